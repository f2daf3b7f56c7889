/**
 * Two texts side by side: paragraph by paragraph (added, removed, moved, changed), and word by word within each that
 * changed. Paragraphs keep their ids for life, so those of one draft are found by them; a text that came from outside has
 * none, and its paragraphs are found by their likeness. Pure.
 */
import { numberUnits } from '../model/numbering.ts'
import { valueOf } from '../model/operations.ts'
import type { DraftView } from '../model/units.ts'
import type { ResolutionValue, UnitKind, UnitValue } from '../model/value.ts'
import { embedCharacter } from '../model/layout.ts'
import { pairsOf } from './alike-units.ts'
import { wordDiff } from './word-diff.ts'
import type { WordPart } from './word-diff.ts'

export interface ComparedUnit {
  /** Null in a text that came from outside. */
  readonly id: string | null
  readonly kind: UnitKind
  /** What the room calls it (PP3, OP5), and what is printed before its words. */
  readonly number: string
  readonly printed: string
  readonly depth: number
  /** With its footnotes where their marks are: "… 2030 [footnote: Resolution 70/1.]". */
  readonly words: string
}

/** In the order of the page. */
export type ComparedText = readonly ComparedUnit[]

export const comparedOf = (view: DraftView): ComparedUnit[] =>
  view.units.map(({ id, kind, number, printed, depth, atoms, notes }) => {
    let note = 0
    return { id, kind, number, printed, depth, words: notes.length === 0 ? atoms : atoms.replaceAll(embedCharacter, () => noteText(notes[note++]?.words ?? '')) }
  })

const noteText = (words: string): string => `[footnote: ${words}]`

/** `ids` of its units in the order of the page; none for a text from outside. */
export const comparedOfValue = (value: ResolutionValue, ids: readonly string[] = []): ComparedUnit[] => unitsOf(value, ids, wordsWithNotes)

/** As it is shown to people, with the square brackets that stand: lifting them is a change that they look for. */
export const shownOfValue = (value: ResolutionValue, ids: readonly string[] = []): ComparedUnit[] => unitsOf(value, ids, wordsWithSigns)

export const shownOf = (view: DraftView, language: string): ComparedUnit[] => shownOfValue(valueOf(view, language), view.units.map(({ id }) => id))

function unitsOf(value: ResolutionValue, ids: readonly string[], wordsOf: (unit: UnitValue) => string): ComparedUnit[] {
  const numbers = numberUnits(value.units, value.language)
  const found: ComparedUnit[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    const { number = '', printed = '' } = numbers.get(unit) ?? {}
    found.push({ id: ids[found.length] ?? null, kind: unit.kind, number, printed, depth, words: wordsOf(unit) })
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of value.units) visit(unit, 0)
  return found
}

interface Sign {
  readonly at: number
  /** What stands at one place: a bracket that closes, a note, a bracket that opens. */
  readonly order: number
  readonly words: string
}

const noteSigns = ({ notes }: UnitValue): Sign[] => notes.map((note) => ({ at: note.at, order: 1, words: noteText(note.words) }))

const bracketSigns = ({ brackets = [], words }: UnitValue): Sign[] => brackets.flatMap(({ from, to, placeholder = false }) => [
  { at: from, order: 2, words: placeholder ? (words === '' ? '[placeholder' : '[placeholder: ') : '[' },
  { at: to, order: placeholder ? 3 : 0, words: ']' },
])

function withSigns(words: string, signs: readonly Sign[]): string {
  let [text, from] = ['', 0]
  for (const sign of signs.toSorted((left, right) => left.at - right.at || left.order - right.order)) {
    text += words.slice(from, sign.at) + sign.words
    from = sign.at
  }
  return text + words.slice(from)
}

const wordsWithNotes = (unit: UnitValue): string => withSigns(unit.words, noteSigns(unit))
const wordsWithSigns = (unit: UnitValue): string => withSigns(unit.words, [...noteSigns(unit), ...bracketSigns(unit)])

/**
 * One line of the comparison. `moved-away` stands where a paragraph was, `moved` where it is now, whose words may have
 * changed too.
 */
export interface ComparedRow {
  readonly kind: 'same' | 'changed' | 'added' | 'removed' | 'moved' | 'moved-away'
  readonly before: ComparedUnit | null
  readonly after: ComparedUnit | null
  readonly parts: readonly WordPart[]
}

export interface Comparison {
  readonly rows: readonly ComparedRow[]
  /** How many paragraphs each; one that moved and changed counts as both. */
  readonly counts: Readonly<Record<'added' | 'removed' | 'moved' | 'changed', number>>
}

export function compareTexts(before: ComparedText, after: ComparedText): Comparison {
  const pairs = pairsOf(before, after)
  const moved = movedIn(before, after, pairs)
  const carried = carriedBy(before, moved)
  const rows: ComparedRow[] = []
  const counts = { added: 0, removed: 0, moved: 0, changed: 0 }
  const taken = new Set(pairs.values())
  let next = 0
  // What went stands behind what it followed.
  const upTo = (end: number): void => {
    for (; next < end; next++) {
      const unit = before[next]!
      if (!taken.has(next)) {
        counts.removed++
        rows.push({ kind: 'removed', before: unit, after: null, parts: plain('struck', unit.words) })
      } else if (moved.has(next)) rows.push({ kind: 'moved-away', before: unit, after: after[after.findIndex((_, at) => pairs.get(at) === next)] ?? null, parts: [] })
    }
  }
  for (const [at, unit] of after.entries()) {
    const index = pairs.get(at)
    if (index === undefined) {
      counts.added++
      rows.push({ kind: 'added', before: null, after: unit, parts: plain('new', unit.words) })
      continue
    }
    const was = before[index]!
    const isMoved = moved.has(index)
    const isElsewhere = isMoved || carried.has(index)
    const isChanged = was.words !== unit.words || was.kind !== unit.kind
    if (!isElsewhere) {
      upTo(index)
      next = Math.max(next, index + 1)
    }
    counts.moved += isMoved ? 1 : 0
    counts.changed += isChanged ? 1 : 0
    rows.push({ kind: isMoved ? 'moved' : isChanged ? 'changed' : 'same', before: was, after: unit, parts: wordDiff(was.words, unit.words) })
  }
  upTo(before.length)
  return { rows, counts }
}

const plain = (kind: 'struck' | 'new', words: string): WordPart[] => (words === '' ? [] : [{ kind, words }])

/** Whether a reader should be shown a row among those that differ. */
export const differs = ({ kind }: ComparedRow): boolean => kind !== 'same'

/**
 * Those that stand elsewhere: beneath another paragraph, or out of the order that most of their neighbours kept. What hangs
 * on a paragraph that moved has not moved itself.
 */
function movedIn(before: ComparedText, after: ComparedText, pairs: ReadonlyMap<number, number>): ReadonlySet<number> {
  const [old, now] = [parentsIn(before), parentsIn(after)]
  const moved = new Set<number>()
  const groups = new Map<number, number[]>()
  for (const at of after.keys()) {
    const index = pairs.get(at)
    if (index === undefined) continue
    const [was, is] = [old[index]!, now[at]!]
    if (was === -1 ? is !== -1 : is === -1 || pairs.get(is) !== was) moved.add(index)
    else groups.set(was, [...(groups.get(was) ?? []), index])
  }
  for (const group of groups.values()) {
    const kept = longestRising(group)
    for (const index of group) if (!kept.has(index)) moved.add(index)
  }
  return moved
}

/** What hangs on those that moved, and went with them. */
function carriedBy(text: ComparedText, moved: ReadonlySet<number>): ReadonlySet<number> {
  const parents = parentsIn(text)
  const carried = new Set<number>()
  for (const at of text.keys()) if (!moved.has(at) && (moved.has(parents[at]!) || carried.has(parents[at]!))) carried.add(at)
  return carried
}

/** The place of each paragraph's parent; -1 at the top. */
function parentsIn(text: ComparedText): number[] {
  const open: number[] = []
  return text.map(({ depth }, at) => {
    while (open.length > 0 && text[open.at(-1)!]!.depth >= depth) open.pop()
    const parent = open.at(-1) ?? -1
    open.push(at)
    return parent
  })
}

/** The longest run of numbers, each greater than the one before, with others between. */
export function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []
  const previous = new Map<number, number | undefined>()
  for (const number of numbers) {
    let low = 0
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1
      if (ends[middle]! < number) low = middle + 1
      else high = middle
    }
    previous.set(number, ends[low - 1])
    ends[low] = number
  }
  const kept = new Set<number>()
  for (let at: number | undefined = ends.at(-1); at !== undefined; at = previous.get(at)) kept.add(at)
  return kept
}
