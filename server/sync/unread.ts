/**
 * Documents that the store cannot read for now, each by itself: the others have nothing of it. Those who are there for one stay and
 * are told so; it is opened again less and less often, and when it can be they come anew.
 */
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, encodeMessage, plainCloseCodes } from '../../shared/wire/protocol.ts'
import { isStoreDown } from '../store/errors.ts'
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

interface Unreadable {
  readonly outage: Outage
  /** Nobody listens to these until they come anew. */
  readonly waiting: Map<WebSocket, Carrier | undefined>
}

export class Unread {
  readonly #deps: UnreadDeps
  readonly #documents = new Map<DocumentId, Unreadable>()

  constructor(deps: UnreadDeps) {
    this.#deps = deps
  }

  /** For a socket that came for it. */
  wait(document: DocumentId, socket: WebSocket, carrier: Carrier | undefined, error: unknown): void {
    const { outage, waiting } = this.#of(document, error)
    waiting.set(socket, carrier)
    tell(socket, carrier)
    const stop = outage.whenOver(() => socket.close(closeCodes.rebuilt))
    socket.once('close', () => {
      stop()
      waiting.delete(socket)
    })
    // It is not read into a room, where what it says would be counted.
    let heard = 0
    socket.on('message', () => { if (++heard > limits.updatesBurstMax) socket.close(plainCloseCodes.tryAgainLater) })
  }

  /** It could not be read. */
  begin(document: DocumentId, error: unknown): Outage {
    return this.#of(document, error).outage
  }

  stop(): void {
    for (const { outage } of this.#documents.values()) outage.stop()
  }

  #of(document: DocumentId, error: unknown): Unreadable {
    const known = this.#documents.get(document)
    if (known !== undefined) return known
    const waiting = new Map<WebSocket, Carrier | undefined>()
    let attempts = 0
    const outage = new Outage({
      ...this.#deps,
      log: this.#deps.log.child({ document }),
      isBack: () => this.#opens(document, ++attempts >= limits.storeReadAttemptsMax),
      // A page takes a server for gone that says nothing.
      goesOn: () => { for (const [socket, carrier] of waiting) tell(socket, carrier) },
    })
    this.#documents.set(document, { outage, waiting })
    outage.begin(error)
    outage.whenOver(() => this.#documents.delete(document))
    return { outage, waiting }
  }

  /** Rejects while it cannot be read. Where something else is amiss those who wait come anew, and are told that. */
  async #opens(document: DocumentId, isLast: boolean): Promise<void> {
    try {
      await this.#deps.open(document, isLast)
    } catch (error) {
      if (isStoreDown(error)) throw error
    }
  }
}

function tell(socket: WebSocket, carrier: Carrier | undefined): void {
  write(socket, carrier, frameOf(encodeMessage({ type: 'notice', notice: { notice: 'read-only', code: 'store-down' } })))
}
