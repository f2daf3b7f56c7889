/**
 * A paragraph as it would read if changes of words were incorporated one after the other, worked out without writing
 * anything: which letters would stand, in which order, and where the places in them would be that the next one names.
 * The steps are those of *incorporate* (`wordSteps`), and letters go where Yjs puts them. Pure.
 */
import type { PlacedAmendment } from '../model/amendments.ts'
import { embedCharacter } from '../model/layout.ts'
import type { UnitView } from '../model/units.ts'
import { wordSteps } from '../model/word-steps.ts'
import { asIf } from './compile.ts'
import type { Run } from './compile.ts'

/** A paragraph as it would read, and of which words of it and of the amendments that is made. */
export interface LaidUnit {
  readonly unit: UnitView
  /** Offsets of base words are those of the paragraph as it stands. */
  readonly runs: readonly Run[]
}

/** A letter of the base (`hunk` ''), or of a hunk; `at` is its offset there. */
interface Letter {
  readonly letter: string
  readonly by: string
  readonly hunk: string
  readonly at: number
  isGone: boolean
}

interface Sheet {
  /** Those that are gone among them. */
  readonly all: Letter[]
  readonly standing: Letter[]
}

/**
 * In the order given, all of them placed in the unit as it stands, with no end of a cut at a letter that is gone. Null
 * where a footnote's mark would go, or the letter that a square bracket begins or ends with, or two brackets of one
 * decision would become one.
 */
export function laidOver(unit: UnitView, placed: readonly PlacedAmendment[]): LaidUnit | null {
  const letters = lettersOf(unit.atoms, '', '')
  const sheet = { all: letters, standing: [...letters] }
  for (const one of placed) carryOut(sheet, placedNow(sheet.all, one))
  const { standing } = sheet
  const now = new Map(standing.flatMap(({ hunk, at }, index) => (hunk === '' ? [[at, index] as const] : [])))
  const notes = unit.notes.map((note) => ({ ...note, at: now.get(note.at) }))
  const brackets = unit.brackets.map((bracket) => ({ ...bracket, from: now.get(bracket.from), last: now.get(bracket.to - 1) }))
  if (notes.some(({ at }) => at === undefined) || brackets.some(({ from, last }) => from === undefined || last === undefined)) return null
  if (brackets.some((bracket) => brackets.some(({ id, from }) => id === bracket.id && from === bracket.last! + 1))) return null
  const atoms = standing.map(({ letter }) => letter).join('')
  return {
    runs: runsOf(standing),
    unit: {
      ...unit, atoms, words: atoms.replaceAll(embedCharacter, ''),
      notes: notes.map((note) => ({ ...note, at: note.at! })),
      brackets: brackets.map(({ last, ...bracket }) => ({ ...bracket, from: bracket.from!, to: last! + 1 })),
    },
  }
}

/** By UTF-16 units, as offsets are. */
const lettersOf = (words: string, by: string, hunk: string): Letter[] => words.split('').map((letter, at) => ({ letter, by, hunk, at, isGone: false }))

/** Where its places are after what came before it: a hunk behind the letter that it follows, a cut from its first letter to its last. */
function placedNow(letters: readonly Letter[], placed: PlacedAmendment): PlacedAmendment {
  const before: number[] = []
  const behind: number[] = [0]
  let standing = 0
  for (const { hunk, at, isGone } of letters) {
    if (hunk === '') before[at] = standing
    if (!isGone) standing++
    if (hunk === '') behind[at + 1] = standing
  }
  return {
    ...placed,
    hunks: placed.hunks.map((one) => ({ ...one, at: behind[one.at]! })),
    cuts: placed.cuts.filter(({ from, to }) => to > from).map((one) => ({ ...one, from: before[one.from]!, to: Math.max(before[one.from]!, behind[one.to]!) })),
  }
}

function carryOut({ all, standing }: Sheet, placed: PlacedAmendment): void {
  const atoms = standing.map(({ letter }) => letter).join('')
  for (const step of wordSteps(atoms, placed, asIf(atoms, [placed]))) {
    if (step.does === 'write') {
      const written = lettersOf(step.words, placed.amendment.id, step.hunk)
      // It comes behind the letters that are gone there, right before the next that stands.
      const next = standing[step.at]
      all.splice(next === undefined ? all.length : all.indexOf(next), 0, ...written)
      standing.splice(step.at, 0, ...written)
    } else for (const gone of standing.splice(step.from, step.to - step.from)) gone.isGone = true
  }
}

function runsOf(standing: readonly Letter[]): Run[] {
  const runs: Run[] = []
  let base = 0
  for (const { letter, by, hunk, at } of standing) {
    const last = runs.at(-1)
    if (hunk === '') base = at + 1
    if (last?.kind === 'base' && hunk === '' && last.from + last.words.length === at) runs[runs.length - 1] = { ...last, words: last.words + letter }
    else if (last?.kind === 'proposed' && hunk !== '' && last.hunk === hunk && last.insertedBy === by && last.from + last.words.length === at) runs[runs.length - 1] = { ...last, words: last.words + letter }
    else if (hunk === '') runs.push({ kind: 'base', words: letter, from: at, cutBy: [], opens: [], closes: [] })
    else runs.push({ kind: 'proposed', words: letter, at: base, from: at, insertedBy: by, hunk })
  }
  return runs
}
