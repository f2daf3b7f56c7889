/** What the gate is told, what it answers, and an update as it reads it. */
import type * as Y from 'yjs'
import type { CircleFacts, Hat, Stage, UnitFacts } from '../../../shared/policy/types.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'

export interface Actor {
  readonly hat: Hat
  /** Whether this client id is leased to this person and hat in this document. */
  owns(client: number): boolean
}

export interface GateFacts {
  readonly kind: 'shared' | 'side'
  /** Whose side document it is. */
  readonly delegation?: string
  /** Or of which circle. */
  readonly circle?: CircleFacts
  readonly stage: Stage
  /** By the unit that the page shows; units that nothing is known of are open. */
  unitFacts(unitId: string): UnitFacts
  /** Where no unit is locked or agreed, nobody needs to know which unit a letter falls in. */
  readonly anyClosedUnit: boolean
  /** For a side document the shared one, where anchors resolve. */
  readonly shared?: Y.Doc
}

/**
 * `update` is what to apply: without what the document already has. `writers` are the clients whose structs are in it.
 * `news` is false where nothing is left.
 */
export type Verdict =
  | { readonly ok: true; readonly update: Uint8Array; readonly writers: readonly number[]; readonly news: boolean }
  | { readonly ok: false; readonly code: ErrorCode }

export interface Id {
  readonly client: number
  readonly clock: number
}

/** `values`: what a map entry holds; `json` says in which of the two encodings. */
export type Content =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'embed'; readonly embed: unknown }
  | { readonly kind: 'values'; readonly values: readonly unknown[]; readonly json: boolean }
  | { readonly kind: 'map' }
  | { readonly kind: 'text' }

/** `parent` is a root's name or an item's id; null where the neighbours tell. */
export interface Parts {
  readonly origin: Id | null
  readonly right: Id | null
  readonly parent: string | Id | null
  readonly sub: string | null
  readonly content: Content
}

export interface Struct extends Id {
  readonly length: number
  /** Null for what the sender has collected as garbage. */
  readonly item: Parts | null
  /** Its bytes in the update, from and to; null for the rest of one that is known in part. */
  readonly bytes: readonly [from: number, to: number] | null
}

export interface Range {
  readonly clock: number
  readonly length: number
}

export interface Decoded {
  readonly structs: ReadonlyMap<number, readonly Struct[]>
  readonly deletes: ReadonlyMap<number, readonly Range[]>
}

/** A type that items can stand in: one of the document, or the struct of this update that makes it. */
export type Holder = Y.Map<unknown> | Y.Text | Struct

/** Where an item stands: in the sequence of a holder, or under a key of it. */
export interface Home {
  readonly holder: Holder
  readonly sub: string | null
}

/** An item's place in its text's order, and the unit that a letter right behind it belongs to. */
export interface Spot {
  readonly index: number
  readonly unit: string
}

/** `spots` is empty where the whole text is `first`'s. */
export interface Segments {
  readonly first: string
  readonly spots: ReadonlyMap<Y.Item, Spot>
  readonly markers: readonly Spot[]
}

/** Between which items of the stored text a new one may come to stand, and in which units. */
export interface Reach {
  readonly from: number
  readonly to: number
  readonly units: readonly string[]
}

export const endOf = (struct: Struct): number => struct.clock + struct.length
