/** Changes of a text by the places of its paragraphs in the order of the page, from 0: so they are told of a text that is in no draft yet. Pure. */
import { unitOfNote } from '../../model/grounds.ts'
import type { DraftView, UnitView } from '../../model/units.ts'
import type { UnitKind } from '../../model/value.ts'
import { Refusal } from '../../wire/errors.ts'
import { cleanWords, isInsidePair } from '../../wire/words.ts'
import type { ReplyChange, ReplyEdit } from './reply.ts'

/** As `ReplyChange`. `note`: which of the paragraph's footnotes, from 0; null for its own words. A place that is null is before the first paragraph. */
export type PlacedChange =
  | { readonly kind: 'words'; readonly unit: number; readonly note: number | null; readonly edits: readonly ReplyEdit[] }
  | { readonly kind: 'note'; readonly unit: number; readonly at: number; readonly words: string }
  | { readonly kind: 'delete'; readonly unit: number }
  | { readonly kind: 'insert'; readonly unit: number | null; readonly inside: boolean; readonly unitKind: UnitKind; readonly words: string }
  | { readonly kind: 'move'; readonly unit: number; readonly after: number | null }
  | { readonly kind: 'split'; readonly unit: number; readonly at: number }
  | { readonly kind: 'join'; readonly unit: number; readonly with: number }

/** Of changes that were read against this very text. */
export function placedChanges(view: DraftView, changes: readonly ReplyChange[]): PlacedChange[] {
  const places = new Map(view.units.map(({ id }, at) => [id, at]))
  const placeOf = (id: string): number => places.get(id)!
  const placeOrNone = (id: string): number | null => (id === '' ? null : placeOf(id))
  return changes.map((change): PlacedChange => {
    switch (change.kind) {
      case 'words': {
        const noted = view.byId.has(change.unit) ? null : unitOfNote(view, change.unit)
        const unit = noted === null ? change.unit : noted.unit.id
        const note = noted === null ? null : noted.unit.notes.findIndex(({ id }) => id === change.unit)
        return { kind: 'words', unit: placeOf(unit), note, edits: change.edits.map(({ from, to, words }) => ({ from, to, words: cleanWords(words) })) }
      }
      case 'note':
        return { kind: 'note', unit: placeOf(change.unit), at: change.at, words: cleanWords(change.words) }
      case 'delete':
        return { kind: 'delete', unit: placeOf(change.unit) }
      case 'insert':
        return { kind: 'insert', unit: placeOrNone(change.unit), inside: change.inside, unitKind: change.unitKind, words: cleanWords(change.words) }
      case 'move':
        return { kind: 'move', unit: placeOf(change.unit), after: placeOrNone(change.after) }
      case 'split':
        return { kind: 'split', unit: placeOf(change.unit), at: change.at }
      case 'join':
        return { kind: 'join', unit: placeOf(change.unit), with: placeOf(change.with) }
    }
  })
}

/** Refuses as no-such-unit what names a paragraph or footnote that the text does not have, and as bad-command what names no place in its words. */
export function changesAt(view: DraftView, placed: readonly PlacedChange[]): ReplyChange[] {
  const unitAt = (place: number): UnitView => found(view.units[place])
  const idAt = (place: number | null): string => (place === null ? '' : unitAt(place).id)
  return placed.map((change): ReplyChange => {
    if (change.kind === 'insert') return { ...change, unit: idAt(change.unit) }
    const unit = unitAt(change.unit)
    switch (change.kind) {
      case 'words': {
        const note = change.note === null ? null : found(unit.notes[change.note])
        requireEdits(note?.words ?? unit.atoms, change.edits)
        return { kind: 'words', unit: note?.id ?? unit.id, edits: change.edits, shown: [] }
      }
      case 'note':
      case 'split':
        requirePlace(unit.atoms, change.at)
        return { kind: change.kind, unit: unit.id, at: change.at, words: change.kind === 'note' ? change.words : '' }
      case 'delete':
        return { kind: 'delete', unit: unit.id, words: unit.words }
      case 'move':
        return { kind: 'move', unit: unit.id, after: idAt(change.after), words: unit.words }
      case 'join':
        return { kind: 'join', unit: unit.id, with: idAt(change.with) }
    }
  })
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('no-such-unit')
  return value
}

function requirePlace(words: string, at: number): void {
  if (at > words.length || isInsidePair(words, at)) throw new Refusal('bad-command')
}

/** From the first to the last, none over another. */
function requireEdits(words: string, edits: readonly ReplyEdit[]): void {
  for (const [index, { from, to }] of edits.entries()) {
    requirePlace(words, from)
    requirePlace(words, to)
    if (to < from || from < (edits[index - 1]?.to ?? 0)) throw new Refusal('bad-command')
  }
}
