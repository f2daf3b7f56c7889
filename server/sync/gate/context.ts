/** What is found out about an update while it is checked. */
import * as Y from 'yjs'
import type { Root } from '../../../shared/model/layout.ts'
import { sharedRoots, sideRoots } from '../../../shared/model/layout.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import type { Fresh } from './known.ts'
import { entryOf, shapes } from './schema.ts'
import type { MapName, TextName } from './schema.ts'
import { endOf } from './types.ts'
import type { Actor, GateFacts, Holder, Home, Id, Reach, Segments, Struct } from './types.ts'

/** Where a holder stands in the layout, with its key there. `closed`: nobody but the server writes there. */
export type Place =
  | { readonly name: MapName | TextName; readonly holder: Holder; readonly key: string; readonly up: Place | null }
  | { readonly name: 'closed'; readonly code: ErrorCode }

export type OpenPlace = Exclude<Place, { name: 'closed' }>

export interface Context {
  readonly doc: Y.Doc
  readonly actor: Actor
  readonly facts: GateFacts
  readonly fresh: Fresh
  readonly homes: Map<Struct, Home>
  readonly places: Map<Holder, Place>
  /** New entries of maps that are not tombstones, the last of each key. */
  readonly entries: Map<Holder, Map<string, Struct>>
  /** What has been permitted already: asked once per update. */
  readonly permitted: Set<string>
  /** To be judged when the whole update has been read. */
  readonly embeds: { readonly text: string; readonly embed: unknown }[]
  readonly anchors: { readonly entry: OpenPlace; readonly value: unknown }[]
  /** Ids that new amendments name. */
  readonly named: string[]
  readonly made: OpenPlace[]
  readonly tombs: { readonly struct: Struct; readonly home: Home }[]
  /** Origins of new entries of maps, as `client clock`. */
  readonly followed: Set<string>
  /** Only where some unit is closed: which letters of the base are in which unit. */
  readonly segments: Map<Y.Text, Segments>
  readonly reaches: Map<Struct, Reach>
}

export const contextOf = (doc: Y.Doc, actor: Actor, facts: GateFacts, fresh: Fresh): Context => ({
  doc,
  actor,
  facts,
  fresh,
  homes: new Map(),
  places: new Map(),
  entries: new Map(),
  permitted: new Set(),
  embeds: [],
  anchors: [],
  named: [],
  made: [],
  tombs: [],
  followed: new Set(),
  segments: new Map(),
  reaches: new Map(),
})

/** The item with this id: of the document, or new. Null where it has been collected as garbage. */
export function find(context: Context, id: Id): Y.Item | Struct | null {
  const stored = context.doc.store.clients.get(id.client)
  if (stored !== undefined && id.clock < Y.getState(context.doc.store, id.client)) {
    const there = stored[Y.findIndexSS(stored, id.clock)]
    return there instanceof Y.Item ? there : null
  }
  const struct = freshAt(context.fresh, id)
  if (struct === null) throw new Refusal('gap')
  return struct.item === null ? null : struct
}

export function freshAt(fresh: Fresh, id: Id): Struct | null {
  const list = fresh.get(id.client) ?? []
  const index = freshIndex(list, id.clock)
  return list[index] ?? null
}

/** Where in a client's new structs a clock is; past the end where it is not. */
export function freshIndex(list: readonly Struct[], clock: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (endOf(list[middle]!) <= clock) low = middle + 1
    else high = middle
  }
  return low < list.length && list[low]!.clock <= clock ? low : list.length
}

const closedRoots: Readonly<Partial<Record<Root, ErrorCode>>> = {
  amendments: 'not-yours',
  threads: 'not-permitted',
  state: 'not-permitted',
}

/** Throws Refusal `unknown-place` for a holder that the layout has no name for. */
export function placeOf(context: Context, holder: Holder): Place {
  let place = context.places.get(holder)
  if (place === undefined) context.places.set(holder, (place = namePlace(context, holder)))
  return place
}

function namePlace(context: Context, holder: Holder): Place {
  const home = homeOfHolder(context, holder)
  if (home === null) return rootPlace(context, holder)
  const up = placeOf(context, home.holder)
  if (up.name === 'closed') return up
  if (home.sub === null || up.name === 'base' || up.name === 'words') throw new Refusal('unknown-place')
  const entry = entryOf(shapes[up.name], home.sub)
  if (entry === null || entry.make === 'value') throw new Refusal('unknown-place')
  return { name: entry.name, holder, key: home.sub, up }
}

/** Null for a root. */
function homeOfHolder(context: Context, holder: Holder): Home | null {
  if (!(holder instanceof Y.AbstractType)) return context.homes.get(holder)!
  const item = holder._item
  return item === null ? null : { holder: item.parent as unknown as Holder, sub: item.parentSub }
}

function rootPlace(context: Context, holder: Holder): Place {
  const names: readonly Root[] = context.facts.kind === 'shared' ? sharedRoots : sideRoots
  for (const name of names) {
    if ((context.doc.share.get(name) as unknown) !== holder) continue
    const code = context.facts.kind === 'shared' || name === 'threads' ? closedRoots[name] : undefined
    if (code !== undefined) return { name: 'closed', code }
    return { name: name as 'units' | 'texts' | 'amendments' | 'notes', holder, key: name, up: null }
  }
  throw new Refusal('unknown-place')
}

/** A root's map, or null where the document does not define it. Asking Yjs for it would create it. */
export function rootMap(doc: Y.Doc, name: Root): Y.Map<unknown> | null {
  const root: unknown = doc.share.get(name)
  return root instanceof Y.Map ? root : null
}

export const entryIn = (context: Context, holder: Holder, key: string): Struct | undefined => context.entries.get(holder)?.get(key)
