/** A delegation's private notes on a paragraph: instructions, red line, fallback. Total reading. */
import * as Y from 'yjs'
import { compareIds, isId, nextId, noteKinds, notesOf } from './layout.ts'
import type { NoteKind } from './layout.ts'
import { difference } from './decisions.ts'
import { replaceIn } from './operations.ts'

export interface SideNote {
  readonly id: string
  readonly unit: string
  readonly kind: NoteKind
  readonly words: string
}

/** In the order of their ids, so that all read them alike. Two who begin one at once have one each. */
export function readNotes(side: Y.Doc, unit: string): SideNote[] {
  const found: SideNote[] = []
  for (const [id, map] of notesOf(side).entries()) {
    const text = noteText(map)
    const kind = map instanceof Y.Map ? noteKinds.find((known) => known === map.get('kind')) : undefined
    if (isId(id) && text !== null && kind !== undefined && map.get('unit') === unit) found.push({ id, unit, kind, words: text.toString() })
  }
  return found.sort((left, right) => compareIds(left.id, right.id))
}

/** Makes a note read so, begun where `note` is null; only what differs is written. Returns its id. */
export function writeNote(side: Y.Doc, place: { readonly unit: string; readonly kind: NoteKind; readonly note: string | null }, words: string, origin?: unknown): string {
  return side.transact(() => {
    const id = place.note ?? beginNote(side, place.unit, place.kind)
    const text = noteText(notesOf(side).get(id))
    if (text === null) return id
    const { start, oldEnd, nextEnd } = difference(text.toString(), words)
    replaceIn(side, text, start, oldEnd, words.slice(start, nextEnd), origin)
    return id
  }, origin)
}

function beginNote(side: Y.Doc, unit: string, kind: NoteKind): string {
  const id = nextId(side)
  const map = new Y.Map<unknown>()
  notesOf(side).set(id, map)
  map.set('unit', unit)
  map.set('kind', kind)
  map.set('text', new Y.Text())
  return id
}

function noteText(map: unknown): Y.Text | null {
  const text: unknown = map instanceof Y.Map ? map.get('text') : null
  return text instanceof Y.Text ? text : null
}
