/** A text as it is laid out on the sheet: paragraph by paragraph, its brackets written out, its footnotes where their marks are. */
import { embedCharacter } from '../../../model/layout.ts'
import type { WordFile } from '../file.ts'
import { textIn, wordsOfRuns } from '../modes.ts'
import type { ReadParagraph } from '../modes.ts'
import { madeStyle } from './styles.ts'
import { numberUnits } from '../../../model/numbering.ts'
import type { UnitView } from '../../../model/units.ts'
import type { BracketValue, ResolutionValue, UnitKind, UnitValue } from '../../../model/value.ts'

export interface SheetNote {
  /** Two texts' notes of one id are one note, whose words may differ. */
  readonly id: string
  readonly words: string
}

export interface SheetUnit {
  /** Null in a text from outside. */
  readonly id: string | null
  readonly kind: UnitKind
  readonly depth: number
  /** What is printed before its words. */
  readonly printed: string
  /** It follows from the order of the text, so that Word can count it. */
  readonly isCounted: boolean
  /** Its words with an embed character for each footnote's mark. */
  readonly letters: string
  readonly notes: readonly SheetNote[]
}

/** Paragraphs of a file, with what this program made of its own left out. Their numbers stay with Word. */
export const sheetOfWord = (file: WordFile, paragraphs: readonly ReadParagraph[]): SheetUnit[] =>
  paragraphs.filter(({ style, runs }) => runs.length > 0 && (file.from === null || style !== madeStyle)).map(({ runs }, at) => ({
    id: null, kind: 'para', depth: 0, printed: '', isCounted: false,
    letters: runs.map(({ words, note }) => (note === null ? words.replace(/[\n\t]/g, ' ') : embedCharacter)).join(''),
    notes: runs.flatMap(({ note }, index) => (note === null ? [] : [{ id: `${at} ${index}`, words: textIn(file.notes.get(note) ?? [], 'accepted').map((one) => wordsOfRuns(one.runs)).join(' ').trim() }])),
  }))

type Bracket = Pick<BracketValue, 'from' | 'to'> & { readonly placeholder?: boolean }

export const sheetOf = (units: readonly UnitView[]): SheetUnit[] =>
  units.map(({ id, kind, depth, printed, label, atoms, notes, brackets }) => ({
    id, kind, depth, printed, isCounted: label === null && printed !== '', letters: lettersWith(atoms, brackets).letters, notes: notes.map((note) => ({ id: note.id, words: note.words })),
  }))

/** `ids` of its units in the order of the page; none for a text from outside. */
export function sheetOfValue({ units, language }: ResolutionValue, ids: readonly string[] = []): SheetUnit[] {
  const numbers = numberUnits(units, language)
  const sheet: SheetUnit[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    const [{ printed }, id] = [numbers.get(unit)!, ids[sheet.length] ?? null]
    sheet.push({
      id, kind: unit.kind, depth, printed, isCounted: unit.label === undefined && printed !== '', letters: lettersWith(...atomsOf(unit)).letters,
      notes: unit.notes.map(({ words }, at) => ({ id: `${sheet.length} ${at}`, words })),
    })
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of units) visit(unit, 0)
  return sheet
}

/** Words with the marks of notes in them, and the brackets where they are then. */
function atomsOf({ words, notes, brackets = [] }: UnitValue): [string, Bracket[]] {
  let [atoms, from] = ['', 0]
  for (const { at } of notes) {
    atoms += words.slice(from, at) + embedCharacter
    from = at
  }
  const before = (place: number): number => notes.filter(({ at }) => at < place).length
  return [atoms + words.slice(from), brackets.map(({ from: start, to, placeholder }) => ({ from: start + before(start), to: to + before(to), placeholder: placeholder === true }))]
}

/** `places`: for each letter, and for the end, the offset in the atoms that it stands at. */
export function lettersWith(atoms: string, brackets: readonly Bracket[]): { readonly letters: string; readonly places: readonly number[] } {
  const signs = [
    ...brackets.map((one) => ({ at: one.from, order: 1, words: one.placeholder === true ? (atoms === '' ? '[placeholder' : '[placeholder: ') : '[' })),
    ...brackets.map((one) => ({ at: one.to, order: one.placeholder === true ? 2 : 0, words: ']' })),
  ].sort((left, right) => left.at - right.at || left.order - right.order)
  let letters = ''
  const places: number[] = []
  const put = (words: string, placeOf: (at: number) => number): void => {
    for (let at = 0; at < words.length; at++) places.push(placeOf(at))
    letters += words
  }
  let from = 0
  for (const sign of signs) {
    const start = from
    put(atoms.slice(start, sign.at), (at) => start + at)
    from = Math.max(start, sign.at)
    put(sign.words, () => from)
  }
  const start = from
  put(atoms.slice(start), (at) => start + at)
  return { letters, places: [...places, atoms.length] }
}
