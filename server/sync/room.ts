/** One document, open: what the rest of the server may ask of it. Made by `openRoom` (see opening.ts). */
import type * as Y from 'yjs'
import type { WebSocket } from 'ws'
import type { AppendRequest, AppendResult, CommandOutcome, Write } from '../store/store.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Notice } from '../../shared/wire/protocol.ts'
import type { Carrier } from './connection.ts'
import type { Waiting } from './porch.ts'
import type { Speaker } from './service.ts'

export interface Change {
  readonly actor: string
  readonly draft: string
  /** The command's name, in the log and in the record. */
  readonly kind: string
  /** Null where there is nothing that the room may know of. */
  readonly record: JsonValue
  /** Of another document that was read: the position at which it was. */
  readonly alsoExpect?: NonNullable<AppendRequest['alsoExpect']>
  readonly outcome?: CommandOutcome
  readonly writes?: readonly Write[]
  readonly lineage?: JsonValue
}

export interface Hold {
  /** Resolves when what was under way has come in, or has taken too long. */
  readonly held: Promise<void>
  readonly release: () => void
}

export interface Room {
  readonly document: string
  /**
   * With everything applied, ahead of the log. Read it; write it through `change` alone. Another one takes its place when
   * the room reads its log again (it had moved, or a change left something behind), so it is asked for and not kept.
   */
  readonly doc: Y.Doc
  /** Of the last committed entry. */
  readonly seq: number
  /** Its log does not hold, or that of the shared document that it refers to: it can be read, and that is all. */
  readonly isDamaged: boolean
  readonly connections: ReadonlySet<{ readonly speaker: Speaker }>
  /** Frames go on `carrier` where it is given, and else through the socket. `waited` where it came while the document was read. */
  connect(socket: WebSocket, speaker: Speaker, carrier?: Carrier, waited?: Waiting): void
  /**
   * Runs `write` in one transaction under the server's own id, appends what it wrote with its record, outcome and
   * writes, and resolves after the commit and the broadcast. `write` runs after everything submitted before it is
   * committed, and nothing is admitted between its run and its append. If `write` throws, nothing is written and the
   * rejection is what it threw. On `moved` the room reads on and runs `write` again.
   */
  change(change: (doc: Y.Doc) => Change): Promise<AppendResult>
  /** Everything submitted so far is committed. */
  settled(): Promise<void>
  notify(notice: Notice, to?: (speaker: Speaker) => boolean): void
  /** Closes the sockets of those for whom it is true. */
  expel(whom: (speaker: Speaker) => boolean): void
  /** Asks members to finish. While held, what they submit waits (at most limits.closingDrainMs). */
  hold(): Hold
  close(): Promise<void>
}
