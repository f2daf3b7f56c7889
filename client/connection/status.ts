/** What the page shows about its connection. */
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { closeCodes } from '../../shared/wire/protocol.ts'
import type { KeptUpdate } from './local-store.ts'
import type { Outbox } from './outbox.ts'

/**
 * - `paused`: in touch with the server, which lets nothing in for now, or has not issued an id yet; `code` says why.
 * - `refused`: the server refused an update; nothing is sent any more, and the document has to be opened anew.
 * - `restored`: the server has lost what others had written, as from an older copy of its data; the document has to be opened anew.
 * - `ended`: this capacity, session or room has ended; `code` says which.
 */
export type Phase = 'connecting' | 'live' | 'paused' | 'offline' | 'refused' | 'restored' | 'ended'

/** Nothing is sent any more, nor comes in. */
export type Over = Extract<Phase, 'refused' | 'restored' | 'ended'>

export const isOver = (phase: Phase): phase is Over => phase === 'refused' || phase === 'restored' || phase === 'ended'

/** Close codes after which coming back is of no use. */
export const endings: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [closeCodes.signIn, 'not-signed-in'],
  [closeCodes.notMember, 'not-a-member'],
  [closeCodes.noRoom, 'no-such-draft'],
  [closeCodes.revoked, 'hat-revoked'],
  [closeCodes.malformed, 'malformed'],
])

/** What no waiting mends, whoever says it: a close of the socket, or the server when it is asked why there is none. */
export const endingCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([...endings.values(), 'no-such-hat'])

export interface Status {
  readonly phase: Phase
  /** `saved`: the server has committed everything. `kept`: it has not, but this device keeps it. `unkept`: only this page has it. */
  readonly saved: 'saved' | 'saving' | 'kept' | 'unkept'
  readonly unacknowledged: number
  /** The document has been received, and what an earlier session left is in it as far as it can be for now: it may be shown. */
  readonly received: boolean
  /** An id was issued too: it may be written. */
  readonly writable: boolean
  /** What it ended for, or why for now nothing is taken in, nothing is sent, or there is no connection. */
  readonly code?: ErrorCode
  /** When refused, restored or ended: what the server does not have, oldest first. */
  readonly unsent?: readonly KeptUpdate[]
}

interface Standing {
  readonly phase: Exclude<Phase, 'paused'>
  readonly outbox: Pick<Outbox, 'count' | 'isKept' | 'isUnkeepable' | 'all'>
  readonly code: ErrorCode | null
  /** Why the server lets nothing in. */
  readonly readOnly: ErrorCode | null
  /** Why nothing is sent for a moment. */
  readonly held: ErrorCode | null
  /** Why there is no socket, where that is known. */
  readonly lost: ErrorCode | null
  readonly isIssued: boolean
  /** Why not, where the server has said it. */
  readonly unissued: ErrorCode | null
  readonly isReceived: boolean
  readonly isWritable: boolean
}

export function statusOf({ phase: standing, outbox, code, readOnly, held, lost, isIssued, unissued, isReceived, isWritable }: Standing): Status {
  // While the server cannot read the document either there is a socket, and nothing to be received.
  const isWaiting = readOnly === 'store-down' && !isOver(standing)
  const paused = standing === 'live' ? (readOnly ?? (isIssued ? null : whyReading(unissued))) : isWaiting ? readOnly : null
  const phase = paused === null ? standing : 'paused'
  const why = code ?? paused ?? (standing === 'offline' ? lost : (readOnly ?? held))
  const unacknowledged = outbox.count
  const isWaited = phase === 'live' || phase === 'connecting'
  return {
    phase,
    saved: unacknowledged === 0 ? 'saved' : isWaited ? 'saving' : outbox.isUnkeepable ? 'unkept' : outbox.isKept ? 'kept' : 'saving',
    unacknowledged,
    received: isReceived,
    writable: isWritable && !isOver(phase),
    ...(why === null ? {} : { code: why }),
    ...(isOver(phase) ? { unsent: outbox.all() } : {}),
  }
}

/** All else is over by itself. */
const whyReading = (unissued: ErrorCode | null): ErrorCode => (unissued === 'ids-used-up' ? unissued : 'reading-for-now')

export interface Observable<T> {
  readonly value: T
  /** Called with each new value, not with the present one. Returns what ends it. */
  subscribe(listener: (value: T) => void): () => void
}

export class Observed<T> implements Observable<T> {
  #value: T
  readonly #listeners = new Set<(value: T) => void>()

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    this.#value = value
    for (const listener of [...this.#listeners]) listener(value)
  }

  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
