/** What a connection to a room is made of, and what may be asked of it. */
import type * as Y from 'yjs'
import type { Hint } from '../../shared/model/taking.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { Notice } from '../../shared/wire/protocol.ts'
import type { After } from './backoff.ts'
import type { Judge } from './do-again.ts'
import type { LocalStore } from './local-store.ts'
import type { RoomPresence } from './presence.ts'
import type { Observable, Status } from './status.ts'
import type { Unsent } from './unsent-words.ts'

/** The part of a WebSocket that is used: the browser's, or that of `ws`. */
export interface Socket {
  binaryType: string
  readonly readyState: number
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  send(bytes: Uint8Array): void
  close(): void
}

export interface RoomConnectionOptions {
  /** Where the server is: `wss://drafts.example.org`. */
  readonly url: string
  /** A document id: `draft`, or `draft/side/delegation`. */
  readonly room: string
  readonly hatId: string
  /** Empty, with its roots defined. Nobody writes it before `status` says that it is writable. */
  readonly doc: Y.Doc
  /** A client id issued for this room and hat; rejects when none can be had now. */
  readonly lease: () => Promise<number>
  readonly socketOf: (url: string) => Socket
  readonly local: LocalStore
  /** Why a socket could not be opened, where the server can be asked: null when it is only the network. Waiting is of no use where it is one of `endingCodes`. */
  readonly why?: () => Promise<ErrorCode | null>
  /** Every `closing` is followed by an `open`, also where the server does not come to say it. */
  readonly noticed?: (notice: Notice) => void
  /** For a side document: the one that its anchors name. */
  readonly anchored?: Y.Doc
  /** Says what the server would refuse of what is done again; resolves once that can be known. Without it all is tried. */
  readonly judge?: () => Promise<Judge>
  /** Of what an earlier session left, this is not taken, nor what stands on it. Called before the device forgets it. */
  readonly unsent?: (unsent: readonly Unsent[]) => void
  readonly random?: () => number
  readonly now?: () => number
  readonly after?: After
}

export interface RoomConnection {
  readonly status: Observable<Status>
  readonly presence: RoomPresence
  /** Where words that the next local update brings back were copied from. */
  note(copies: readonly Hint[]): void
  /** Somebody is here: tries to connect now rather than when the wait is over, and asks whether the server is still there. */
  retry(): void
  /** The server may have lost what it acknowledged, and this connection not have heard so: the device keeps all that was written here, for the next session to send. */
  sayAgain(): void
  /** The caller has taken the unsent updates elsewhere: this device need not keep them any more. */
  dropUnsent(): Promise<void>
  /** Leaves the room. What is unacknowledged stays on this device for the next session. */
  close(): Promise<void>
}
