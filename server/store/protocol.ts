/** What the main thread and the store's worker say to each other: batches one way, batches of replies the other. */
import type { ChainTail } from './digest.ts'
import type { SentError } from './errors.ts'
import type { WriteRequest } from './group.ts'
import type { ReadName } from './reads.ts'
import type { AppendResult } from './store.ts'

export type Request =
  | WriteRequest
  | { readonly op: 'read'; readonly name: ReadName; readonly args: readonly unknown[] }
  | { readonly op: 'stats' }
  | { readonly op: 'close' }

export interface Message {
  readonly id: number
  readonly request: Request
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: SentError }

/** The buffers in an answer, which cross without being copied. */
export function handedOver(reply: Reply): readonly ArrayBuffer[] {
  return reply.ok ? Object.values(reply.value ?? {}).filter((value) => value instanceof ArrayBuffer) : []
}

/** The first thing the worker says. */
export type Opened = { readonly opened: true } | { readonly opened: false; readonly error: SentError }

/** An append's result without what its sender has: the bytes need not travel back. */
export type AppendReply =
  | Exclude<AppendResult, { ok: true }>
  | { readonly ok: true; readonly links: readonly ChainTail[]; readonly record: ChainTail | null }

/** Transactions committed, and requests that they held. */
export interface StoreStats {
  readonly commits: number
  readonly requests: number
}
