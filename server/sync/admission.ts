/** The seam to the gate: what a room asks of it. The gate itself knows no room. */
import type * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { Hat } from '../../shared/policy/types.ts'
import type { AppendRequest } from '../store/store.ts'

/** Who speaks, and which client ids were issued to them for this document. */
export interface Actor {
  readonly hat: Hat
  readonly owns: (clientId: number) => boolean
}

/** `update` is what to apply, `writers` the clients whose structs are in it. */
export type Verdict = { readonly ok: true; readonly update: Uint8Array; readonly writers: readonly number[] } | { readonly ok: false; readonly code: ErrorCode }

export interface Gate<Facts> {
  readonly check: (doc: Y.Doc, update: Uint8Array, actor: Actor, facts: Facts) => Verdict
  readonly checkAwareness: (bytes: Uint8Array, owns: (clientId: number) => boolean) => { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode }
  /** What the gate is to know besides the document; for a side document also the position of the shared one that says so. */
  readonly facts: (doc: Y.Doc) => { readonly facts: Facts; readonly alsoExpect?: NonNullable<AppendRequest['alsoExpect']> }
}
