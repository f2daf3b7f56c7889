/**
 * What one update did, told in ids, keys and words, so that it can be done again in another copy of the document under
 * another id: where the update itself was refused, or stands on one that was. Kept beside the update on the device.
 */
import * as Y from 'yjs'
import type { JsonValue } from '../wire/json.ts'
import { itemsIn } from './changes.ts'

/** One character or embed, or what stands under a key: by client and clock. */
export type Letter = readonly [client: number, clock: number]

/** A root's name, and the keys under it. */
export type Path = readonly string[]

export type Deed =
  /** Words behind a letter (null: at the beginning of the text), the first of them as `as`. */
  | { readonly do: 'write'; readonly in: Path; readonly as: Letter; readonly after: Letter | null; readonly words: string }
  /** A one-place embed: the mark of a unit or of a note. */
  | { readonly do: 'mark'; readonly in: Path; readonly as: Letter; readonly after: Letter | null; readonly mark: JsonValue }
  /** Words and marks taken out. */
  | { readonly do: 'strike'; readonly in: Path; readonly from: Letter; readonly length: number }
  | { readonly do: 'make'; readonly in: Path; readonly as: Letter; readonly key: string; readonly type: 'map' | 'text' }
  | { readonly do: 'set'; readonly in: Path; readonly as: Letter; readonly key: string; readonly value: JsonValue }

/** In the order in which they were done, what was struck last. `doc` has the update. */
export function deedsOf(doc: Y.Doc, update: Uint8Array): Deed[] {
  const { structs, ds } = Y.decodeUpdate(update)
  const done = structs.flatMap((struct) => (struct instanceof Y.Item ? (deedOf(doc, struct) ?? []) : []))
  const struck = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.flatMap(({ clock, len }) => strikesIn(doc, { client, clock, length: len })))
  return [...done, ...struck]
}

function deedOf(doc: Y.Doc, { id, origin, content }: Y.Item): Deed | null {
  const [item] = itemsIn(doc, { client: id.client, clock: id.clock, length: 1 })
  const path = item === undefined ? null : pathOf(doc, item.parent)
  if (item === undefined || path === null) return null
  const as: Letter = [id.client, id.clock]
  const key = item.parentSub
  if (key === null) {
    const after: Letter | null = origin === null ? null : [origin.client, origin.clock]
    if (content instanceof Y.ContentString) return { do: 'write', in: path, as, after, words: content.str }
    return content instanceof Y.ContentEmbed ? { do: 'mark', in: path, as, after, mark: content.embed as JsonValue } : null
  }
  if (content instanceof Y.ContentType) return { do: 'make', in: path, as, key, type: content.type instanceof Y.Text ? 'text' : 'map' }
  return content instanceof Y.ContentAny ? { do: 'set', in: path, as, key, value: content.arr.at(-1) as JsonValue } : null
}

/** The values that a key held go with the new one, and are no deed of their own. */
function strikesIn(doc: Y.Doc, range: { readonly client: number; readonly clock: number; readonly length: number }): Deed[] {
  return [...itemsIn(doc, range)].flatMap((item): Deed[] => {
    const path = item.parentSub === null && item.countable ? pathOf(doc, item.parent) : null
    if (path === null) return []
    const from = Math.max(range.clock, item.id.clock)
    const to = Math.min(range.clock + range.length, item.id.clock + item.length)
    return [{ do: 'strike', in: path, from: [range.client, from], length: to - from }]
  })
}

/** Null where it is in none that keys lead to. */
export function pathOf(doc: Y.Doc, parent: Y.Item['parent']): Path | null {
  const keys: string[] = []
  let type = parent
  while (type instanceof Y.AbstractType && type._item !== null) {
    if (type._item.parentSub === null) return null
    keys.unshift(type._item.parentSub)
    type = type._item.parent
  }
  for (const [root, named] of doc.share) if (named === type) return [root, ...keys]
  return null
}

/** What a path leads to; null where there is nothing. */
export function typeAt(doc: Y.Doc, [root, ...keys]: Path): Y.AbstractType<unknown> | null {
  let type: unknown = doc.share.get(root ?? '')
  for (const key of keys) type = type instanceof Y.Map ? type.get(key) : null
  return type instanceof Y.AbstractType ? (type as Y.AbstractType<unknown>) : null
}
