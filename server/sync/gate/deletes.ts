/** The delete set: what of it is news, and whether it may go. */
import * as Y from 'yjs'
import { Refusal } from '../../../shared/wire/errors.ts'
import { entryIn, freshIndex, placeOf } from './context.ts'
import type { Context } from './context.ts'
import { cutsPair } from './homes.ts'
import { permit, permitInSide } from './permits.ts'
import { entryOf, isOnce, shapes } from './schema.ts'
import { unitsAround } from './segments.ts'
import { endOf } from './types.ts'
import type { Decoded, Holder, Home, Range, Struct } from './types.ts'

export interface Deletions {
  /** What is to be deleted, in Yjs' order. */
  readonly news: ReadonlyMap<number, readonly Range[]>
  /** Whether the delete set holds anything besides. */
  readonly known: boolean
}

/** Throws Refusal `bad-delete`, `create-once`, `split-surrogate`, the policy's, or that of the place. */
export function admitDeletes(context: Context, decoded: Decoded): Deletions {
  const news = new Map<number, Range[]>()
  let kept = 0
  let sent = 0
  for (const [client, ranges] of decoded.deletes) {
    const list: Range[] = []
    const end = reached(context, client)
    for (const range of ranges) {
      if (range.clock + range.length > end) throw new Refusal('bad-delete')
      sent += range.length
      admitRange(context, client, range, list)
    }
    for (const range of list) kept += range.length
    if (list.length > 0) news.set(client, list)
  }
  return { news, known: kept !== sent }
}

function reached(context: Context, client: number): number {
  const last = context.fresh.get(client)?.at(-1)
  return last === undefined ? Y.getState(context.doc.store, client) : endOf(last)
}

function admitRange(context: Context, client: number, range: Range, list: Range[]): void {
  const end = range.clock + range.length
  const state = Y.getState(context.doc.store, client)
  const stored = context.doc.store.clients.get(client) ?? []
  if (range.clock < state) {
    for (let index = Y.findIndexSS(stored, range.clock); index < stored.length && stored[index]!.id.clock < end; index++) {
      const item = stored[index]!
      if (item.deleted || !(item instanceof Y.Item)) continue
      const from = Math.max(range.clock, item.id.clock)
      const to = Math.min(end, item.id.clock + item.length)
      if (admitStored(context, item, from, to)) add(list, from, to)
    }
  }
  if (end <= state) return
  const fresh = context.fresh.get(client)!
  for (let index = freshIndex(fresh, Math.max(range.clock, state)); index < fresh.length && fresh[index]!.clock < end; index++) {
    const struct = fresh[index]!
    const from = Math.max(range.clock, struct.clock)
    const to = Math.min(end, endOf(struct))
    if (admitFresh(context, struct, from, to)) add(list, from, to)
  }
}

function add(list: Range[], from: number, to: number): void {
  const last = list.at(-1)
  if (last !== undefined && last.clock + last.length === from) list[list.length - 1] = { clock: last.clock, length: to - last.clock }
  else list.push({ clock: from, length: to - from })
}

/** True where it is to be deleted; false where that comes of itself. */
function admitStored(context: Context, item: Y.Item, from: number, to: number): boolean {
  const home: Home = { holder: item.parent as unknown as Holder, sub: item.parentSub }
  const place = placeOf(context, home.holder)
  if (place.name === 'closed') throw new Refusal(context.facts.stage === 'frozen' ? 'frozen' : place.code)
  if (place.name !== 'words' && place.name !== 'base') return admitEntryGone(context, home)
  if (place.name === 'words') permitInSide(context, place)
  else permitInBase(context, item)
  const content = item.content
  if (content instanceof Y.ContentString) checkEnds(content.str, from - item.id.clock, to - item.id.clock)
  return true
}

function permitInBase(context: Context, item: Y.Item): void {
  const isMarker = item.content instanceof Y.ContentEmbed && 'unit' in (item.content.embed as object)
  permit(context, isMarker ? 'shape-base' : 'write-base', context.facts.anyClosedUnit ? unitsAround(context, item) : [])
}

/** New words may go with the update that brings them; a tombstone is one already. */
function admitFresh(context: Context, struct: Struct, from: number, to: number): boolean {
  const content = struct.item?.content
  if (content === undefined || content.kind === 'deleted') return false
  const home = context.homes.get(struct)!
  const place = placeOf(context, home.holder)
  if (place.name !== 'words' && place.name !== 'base') return admitEntryGone(context, home)
  if (content.kind === 'words') checkEnds(content.words, from - struct.clock, to - struct.clock)
  return true
}

function checkEnds(words: string, from: number, to: number): void {
  if (cutsPair(words, from) || cutsPair(words, to)) throw new Refusal('split-surrogate')
}

/**
 * Yjs deletes what a key held when the key is set, wherever that is applied; so such a deletion is left out, and one
 * without the new value would leave the key empty.
 */
function admitEntryGone(context: Context, home: Home): false {
  const place = placeOf(context, home.holder)
  if (place.name === 'closed' || place.name === 'words' || place.name === 'base' || home.sub === null) throw new Refusal('unknown-place')
  const entry = entryOf(shapes[place.name], home.sub)
  if (entry === null || isOnce(entry)) throw new Refusal('create-once')
  if (entryIn(context, home.holder, home.sub) === undefined) throw new Refusal('bad-delete')
  return false
}
