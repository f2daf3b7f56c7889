/**
 * Makes a draft read as another text does. What of it stands already is not written anew: paragraphs keep their ids, and words that
 * both texts have their letters, so that who wrote them is known as before and what holds on to them holds. Nothing is
 * erased: a paragraph that the other text lacks leaves the page and keeps its words.
 */
import type * as Y from 'yjs'
import { putStandingBrackets } from '../model/incorporate.ts'
import { embedCharacter, unitsOf } from '../model/layout.ts'
import { arrange, createUnits, insertNote, replaceNoteWords, replaceWords } from '../model/operations.ts'
import { readDraft } from '../model/reader.ts'
import type { DraftView, NoteView, UnitView } from '../model/units.ts'
import type { NoteValue, ResolutionValue, UnitValue } from '../model/value.ts'
import { pairsOf } from './alike-units.ts'
import { comparedOf, comparedOfValue } from './compare.ts'
import { markLetters } from './mark-letters.ts'
import { wordDiff } from './word-diff.ts'

/** Which paragraphs of another text are those of the draft, by their likeness: their ids, in its order. */
export function keptIn(view: DraftView, value: ResolutionValue): (string | null)[] {
  const text = comparedOfValue(value)
  const pairs = pairsOf(comparedOf(view), text)
  return text.map((_, at) => view.units[pairs.get(at) ?? -1]?.id ?? null)
}

/** Whether a paragraph would not be as it was: other words, footnotes, kind, number of its own or parent, or gone. */
export function wouldChange(view: DraftView, units: readonly UnitValue[], kept: readonly (string | null)[], id: string): boolean {
  const placed = inOrder(units)
  const unit = view.byId.get(id)
  const next = placed[kept.indexOf(id)]
  if (unit === undefined) return false
  if (next === undefined) return true
  const { value, parent } = next
  const notes = unit.notes.map((note, at) => [note.at - at, note.words])
  const isSame = unit.words === value.words && JSON.stringify(notes) === JSON.stringify(value.notes.map((note) => [note.at, note.words]))
  return !isSame || unit.kind !== value.kind || (unit.label ?? '') !== (value.label ?? '') || unit.parent !== (parent === null ? null : kept[parent])
}

interface Placed {
  readonly value: UnitValue
  /** The place of its parent in the list; null at the top. */
  readonly parent: number | null
}

const inOrder = (units: readonly UnitValue[], parent: number | null = null, found: Placed[] = []): Placed[] => {
  for (const value of units) {
    const at = found.push({ value, parent }) - 1
    inOrder(value.children, at, found)
  }
  return found
}

/**
 * `kept`: for each paragraph of `units`, in the order of the page, the id of the one that it is; null for a new one. Square brackets
 * stay round the words that they are round; those of `units` are put where the paragraph is new.
 */
export function rewrite(doc: Y.Doc, view: DraftView, units: readonly UnitValue[], kept: readonly (string | null)[], atMs: number): void {
  const placed = inOrder(units)
  const users = new Map<string, number>()
  for (const { text } of view.units.flatMap(({ segments }) => segments)) users.set(text, (users.get(text) ?? 0) + 1)
  doc.transact(() => {
    const ids = placed.map(({ value }, at) => {
      const unit = view.byId.get(kept[at] ?? '')
      if (unit === undefined) return createUnits(doc, view, { parent: null, after: null }, [{ ...value, children: [] }])[0]!
      // Where several paragraphs share a text, what was written in one of them moves the others.
      const isAlone = unit.segments.length === 1 && users.get(unit.segments[0]!.text) === 1
      rewriteWords(doc, () => (isAlone ? unit : (readDraft(doc).byId.get(unit.id) ?? unit)), value)
      set(doc, unit.id, 'kind', value.kind)
      set(doc, unit.id, 'label', value.label ?? '')
      return unit.id
    })
    const standing = new Set(ids)
    for (const { id } of view.units) if (!standing.has(id)) set(doc, id, 'removed', true)
    for (const parent of [null, ...placed.keys()]) arrangeUnder(doc, view, parent === null ? null : ids[parent]!, ids.filter((_, at) => placed[at]!.parent === parent))
    const isNew = (at: number): boolean => view.byId.get(kept[at] ?? '') === undefined
    putStandingBrackets(doc, readDraft(doc), bracketsWhere(units, isNew, { at: 0 }), atMs)
  })
}

const set = (doc: Y.Doc, unit: string, key: string, value: unknown): void => {
  const map = unitsOf(doc).get(unit)
  const absent = key === 'label' ? '' : undefined
  if (map !== undefined && (map.get(key) ?? absent) !== value) map.set(key, value)
}

/** Where they stand so already, nothing is written. */
function arrangeUnder(doc: Y.Doc, view: DraftView, parent: string | null, ids: readonly string[]): void {
  const known = new Set(ids)
  const were = (view.children.get(parent) ?? []).map(({ id }) => id).filter((id) => known.has(id))
  if (were.length !== ids.length || were.some((id, at) => id !== ids[at])) arrange(doc, parent, ids)
}

const bracketsWhere = (units: readonly UnitValue[], isNew: (at: number) => boolean, count: { at: number }): UnitValue[] =>
  units.map(({ brackets, ...unit }) => {
    const own = isNew(count.at++) && brackets !== undefined ? { brackets } : {}
    return { ...unit, ...own, children: bracketsWhere(unit.children, isNew, count) }
  })

interface NotePair {
  /** Places in the old and the new list. */
  readonly old: number
  readonly now: number
}

/** In order: first those that read the same, then those between them one by one. */
function pairedNotes(old: readonly NoteView[], now: readonly NoteValue[]): NotePair[] {
  const pairs: NotePair[] = []
  let [from, at] = [0, 0]
  const between = (oldEnd: number, nowEnd: number): void => {
    while (from < oldEnd && at < nowEnd) pairs.push({ old: from++, now: at++ })
    from = oldEnd
    at = nowEnd
  }
  for (let next = 0; next < now.length; next++) {
    const same = old.findIndex(({ words }, index) => index >= from && words === now[next]!.words)
    if (same === -1) continue
    between(same, next)
    pairs.push({ old: same, now: next })
    from = same + 1
    at = next + 1
  }
  between(old.length, now.length)
  return pairs
}

function rewriteWords(doc: Y.Doc, read: () => UnitView, { words, notes }: UnitValue): void {
  const unit = read()
  const now = [...notes].sort((left, right) => left.at - right.at)
  if (unit.words === words && unit.notes.length === now.length && unit.notes.every((note, at) => note.words === now[at]!.words && note.at - at === now[at]!.at)) return
  const pairs = pairedNotes(unit.notes, now)
  const letters = markLetters([unit.atoms, words], unit.notes.length + now.length)
  const letterOf = (at: number): string => letters[pairs.find((pair) => pair.now === at)?.old ?? unit.notes.length + at] ?? ''
  const stays = rewriteRuns(doc, read, withLetters(unit.atoms, letters), lettersIn(words, now, letterOf), (letter) => now.find((_, at) => letterOf(at) === letter)?.words ?? null)
  for (const pair of pairs) {
    const note = unit.notes[pair.old]!
    if (stays.has(letters[pair.old] ?? '')) for (const { from, to, words: by } of editsBetween(note.words, now[pair.now]!.words)) replaceNoteWords(doc, note.id, from, to, by)
  }
}

function withLetters(atoms: string, letters: readonly string[]): string {
  let next = 0
  return atoms.replaceAll(embedCharacter, () => letters[next++] ?? embedCharacter)
}

function lettersIn(words: string, notes: readonly NoteValue[], letterOf: (at: number) => string): string {
  let [text, from] = ['', 0]
  for (const [at, note] of notes.entries()) {
    text += words.slice(from, note.at) + letterOf(at)
    from = note.at
  }
  return text + words.slice(from)
}

interface Edit {
  readonly from: number
  readonly to: number
  readonly words: string
}

/** From the last to the first, so that offsets hold. */
function editsBetween(before: string, after: string): Edit[] {
  const edits: Edit[] = []
  let at = 0
  for (const { kind, words } of wordDiff(before, after)) {
    if (kind === 'new') edits.push({ from: at, to: at, words })
    else {
      if (kind === 'struck') edits.push({ from: at, to: at + words.length, words: '' })
      at += words.length
    }
  }
  return edits.reverse()
}

/** Tells the marks that stay. A mark among new words is a footnote put in there. */
function rewriteRuns(doc: Y.Doc, read: () => UnitView, before: string, after: string, noteOf: (letter: string) => string | null): ReadonlySet<string> {
  const stays = new Set(wordDiff(before, after).flatMap(({ kind, words }) => (kind === 'kept' ? [...words] : [])))
  for (const { from, to, words } of editsBetween(before, after)) {
    if (to > from) replaceWords(doc, read(), from, to, '')
    for (const piece of piecesOf(words, noteOf).reverse()) {
      if (piece.isNote) insertNote(doc, read(), from, piece.words)
      else replaceWords(doc, read(), from, from, piece.words)
    }
  }
  return stays
}

interface Piece {
  readonly isNote: boolean
  readonly words: string
}

function piecesOf(words: string, noteOf: (letter: string) => string | null): Piece[] {
  const pieces: Piece[] = []
  let plain = ''
  const close = (): void => {
    if (plain !== '') pieces.push({ isNote: false, words: plain })
    plain = ''
  }
  for (const letter of words) {
    const note = noteOf(letter)
    if (note === null) plain += letter
    else {
      close()
      pieces.push({ isNote: true, words: note })
    }
  }
  close()
  return pieces
}
