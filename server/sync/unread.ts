/**
 * Documents that the store cannot read for now, each by itself: the others have nothing of it. Those who are there for one stay and
 * are told so; it is opened again less and less often, and when it can be they come anew.
 */
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, encodeMessage } from '../../shared/wire/protocol.ts'
import { StoreError } from '../store/errors.ts'
import type { DocumentId } from '../store/store.ts'
import { write, type Carrier } from './connection.ts'
import { frameOf } from './frames.ts'
import { Outage } from './outage.ts'
import type { After } from './timing.ts'

export interface UnreadDeps {
  readonly log: Logger
  readonly now: () => number
  readonly after: After
  /** `isLast`: what still cannot be read of it then is not waited for any more. */
  readonly open: (document: DocumentId, isLast: boolean) => Promise<unknown>
}

export class Unread {
  readonly #deps: UnreadDeps
  readonly #outages = new Map<DocumentId, Outage>()

  constructor(deps: UnreadDeps) {
    this.#deps = deps
  }

  /** For a socket that came for it: nobody listens to it until it comes anew. */
  wait(document: DocumentId, socket: WebSocket, carrier: Carrier | undefined, error: unknown): void {
    write(socket, carrier, frameOf(encodeMessage({ type: 'notice', notice: { notice: 'read-only', code: 'store-down' } })))
    this.begin(document, error).whenOver(() => socket.close(closeCodes.rebuilt))
  }

  /** It could not be read. */
  begin(document: DocumentId, error: unknown): Outage {
    const known = this.#outages.get(document)
    if (known !== undefined) return known
    const { open, log } = this.#deps
    let attempts = 0
    const outage = new Outage({ ...this.#deps, log: log.child({ document }), isBack: async () => void (await open(document, ++attempts >= limits.storeReadAttemptsMax)) })
    this.#outages.set(document, outage)
    outage.begin(error)
    outage.whenOver(() => this.#outages.delete(document))
    return outage
  }

  stop(): void {
    for (const outage of this.#outages.values()) outage.stop()
  }
}

/** Whether the store has failed, which may be over at any moment. */
export const isStoreDown = (error: unknown): error is StoreError => error instanceof StoreError && error.code !== 'log-damaged' && error.code !== 'store-closed'
