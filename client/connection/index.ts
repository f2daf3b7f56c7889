/**
 * A document's connection to its room. Sends what is typed here, numbered, until it is acknowledged; keeps it on this
 * device meanwhile; brings in what others write. Yjs cannot take back what the server refuses: then the connection
 * stops, hands over everything unsent, and the caller opens the document anew.
 */
import * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { errors } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, decodeMessage, encodeMessage, syncStep1, syncStep2, type Message, type Notice } from '../../shared/wire/protocol.ts'
import { realAfter, waitMs, type After } from './backoff.ts'
import { ClientId } from './client-id.ts'
import type { LocalStore } from './local-store.ts'
import { Outbox } from './outbox.ts'
import { RoomPresence } from './presence.ts'
import { Observed, type Observable, type Phase, type Status } from './status.ts'

export type { KeptUpdate, LocalStore } from './local-store.ts'
export { memoryLocalStore, noLocalStore } from './local-store.ts'
export type { RemotePresence } from './presence.ts'
export type { Observable, Phase, Status } from './status.ts'
export { unsentWordsOf } from './unsent-words.ts'

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
  /** Why a socket could not be opened, where the server can be asked: null when it is only the network. */
  readonly why?: () => Promise<ErrorCode | null>
  /** Every `closing` is followed by an `open`, also where the server does not come to say it. */
  readonly noticed?: (notice: Notice) => void
  readonly random?: () => number
  readonly now?: () => number
  readonly after?: After
}

export interface RoomConnection {
  readonly status: Observable<Status>
  readonly presence: RoomPresence
  /** Attaches a model operation to the next local update, and lineage hints where words are copied in it. */
  note(operation: JsonValue, copies?: readonly { readonly to: readonly number[]; readonly from: readonly number[] }[]): void
  /** Tries to connect now rather than when the wait is over. */
  retry(): void
  /** The caller has taken the unsent updates elsewhere: this device need not keep them any more. */
  dropUnsent(): Promise<void>
  /** Leaves the room. What is unacknowledged stays on this device for the next session. */
  close(): Promise<void>
}

export function openRoomConnection(options: RoomConnectionOptions): RoomConnection {
  const connection = new Connection(options)
  connection.begin()
  return connection
}

const remote = 'remote'

class Connection implements RoomConnection {
  readonly status: Observed<Status>
  readonly presence: RoomPresence
  readonly #options: RoomConnectionOptions
  readonly #after: After
  readonly #random: () => number
  readonly #outbox: Outbox
  readonly #clientId: ClientId
  #phase: Phase = 'connecting'
  #code: ErrorCode | undefined
  #socket: Socket | null = null
  #isSynced = false
  #hasSynced = false
  #hasAdopted = false
  #attempts = 0
  /** A stage change is being made, or the server asked for a pause. */
  #isHolding = false
  #isClosing = false
  /** The server lets nothing in on this socket, and has said why. */
  #readOnly: ErrorCode | null = null
  #stopWaiting: () => void = nothing
  #stopHolding: () => void = nothing
  #stopListening: () => void = nothing
  #operations: JsonValue[] = []
  #copies: JsonValue[] = []

  constructor(options: RoomConnectionOptions) {
    this.#options = options
    this.#after = options.after ?? realAfter
    this.#random = options.random ?? Math.random
    this.#outbox = new Outbox(options.local, () => this.#show())
    this.presence = new RoomPresence(options.doc, (bytes) => this.#say({ type: 'awareness', bytes }))
    this.#clientId = new ClientId(options.doc, options.lease, (id) => this.presence.changeId(id))
    this.status = new Observed(this.#status())
    options.doc.on('update', this.#updated)
  }

  begin(): void {
    this.#stopWaiting()
    this.#prepare().then(
      () => { if (!this.#isOver) this.#connect() },
      () => void this.#explain(),
    )
  }

  note(operation: JsonValue, copies: readonly { readonly to: readonly number[]; readonly from: readonly number[] }[] = []): void {
    this.#operations.push(operation)
    this.#copies.push(...copies.map(({ to, from }) => ({ to, from })))
  }

  retry(): void {
    if (this.#isOver || this.#socket !== null || this.#phase !== 'offline') return
    this.#attempts = 0
    this.begin()
  }

  dropUnsent(): Promise<void> {
    return this.#outbox.drop()
  }

  async close(): Promise<void> {
    if (this.#phase !== 'refused') this.#phase = 'ended'
    this.#leave()
    this.#options.doc.off('update', this.#updated)
    this.#clientId.stop()
    this.presence.awareness.destroy()
    await this.#options.local.close()
  }

  get #isOver(): boolean {
    return this.#phase === 'refused' || this.#phase === 'ended'
  }

  async #prepare(): Promise<void> {
    if (!this.#hasAdopted) {
      this.#hasAdopted = true
      // A device that keeps nothing is no reason not to work.
      this.#outbox.adopt(await this.#options.local.adopt().catch(() => []))
    }
    await this.#clientId.obtain()
  }

  #connect(): void {
    const { url, room, hatId, socketOf } = this.#options
    const socket = socketOf(`${url}/sync/${encodeURIComponent(room)}?hat=${encodeURIComponent(hatId)}`)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    // Also one that never opens: nobody may be there any more to say that it does not.
    this.#listenForSilence()
    let hasOpened = false
    socket.onopen = () => {
      hasOpened = true
      this.#say({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(this.#options.doc) })
      this.#say({ type: 'drained' })
      this.presence.announce()
      this.#listenForSilence()
    }
    socket.onmessage = ({ data }: { readonly data: unknown }) => {
      if (socket !== this.#socket) return
      this.#listenForSilence()
      const message = data instanceof ArrayBuffer ? decodeMessage(new Uint8Array(data)) : null
      if (message !== null) this.#take(message)
    }
    socket.onerror = nothing
    socket.onclose = ({ code }: { readonly code: number }) => {
      if (socket === this.#socket) this.#lost(code, hasOpened)
    }
  }

  #say(message: Message): void {
    if (this.#socket?.readyState === isOpen) this.#socket.send(encodeMessage(message))
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'sync':
        // Only what is unacknowledged is ever sent, so the server's question needs no answer.
        if (message.step !== syncStep1) Y.applyUpdate(this.#options.doc, message.bytes, remote)
        if (message.step === syncStep2) this.#synced()
        break
      case 'awareness':
        this.presence.receive(message.bytes)
        break
      case 'query-awareness':
        this.presence.announce()
        break
      case 'acknowledged':
        this.#outbox.acknowledge(message.number)
        this.#sendWaiting()
        this.#show()
        break
      case 'refused':
        this.#refused(message.number, message.code in errors ? (message.code as ErrorCode) : 'malformed')
        break
      case 'notice':
        this.#notice(message.notice)
        break
      case 'submit':
      case 'drained':
        break
    }
  }

  #synced(): void {
    if (!this.#hasSynced) {
      this.#hasSynced = true
      // Of an earlier session: only now is there what they refer to.
      for (const { update } of this.#outbox.all()) Y.applyUpdate(this.#options.doc, update, 'kept')
    }
    this.#isSynced = true
    this.#attempts = 0
    this.#phase = 'live'
    this.#outbox.rewind(1)
    this.#sendWaiting()
    this.#show()
  }

  /** Also after a refusal: whoever goes on typing until the document is opened anew loses nothing. */
  readonly #updated = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (!transaction.local) return
    if (!this.#hasSynced) throw new RangeError('The document was written before its connection said that it is writable')
    const hints = this.#copies.length === 0 ? '' : JSON.stringify(this.#copies)
    this.#outbox.add(update, hints, this.#operations)
    this.#operations = []
    this.#copies = []
    this.#sendWaiting()
    this.#show()
  }

  #sendWaiting(): void {
    if (!this.#isSynced || this.#isHolding || this.#readOnly !== null || this.#isOver) return
    for (const { number, update, hints } of this.#outbox.next()) this.#say({ type: 'submit', number, bytes: update, hints })
  }

  #refused(number: number, code: ErrorCode): void {
    // Presence, or a plain client's: nothing of the outbox.
    if (number === 0) return
    if (code !== 'too-fast') return this.#stop('refused', code)
    this.#outbox.rewind(number)
    this.#holdFor(limits.tooFastPauseMs)
  }

  #notice(notice: Notice): void {
    if (notice.notice === 'open') return this.#goOn()
    if (notice.notice === 'closing') {
      this.#isClosing = true
      this.#holdFor(limits.closingDrainMs)
      this.#say({ type: 'drained' })
    }
    if (notice.notice === 'read-only') this.#readOnly = notice.code
    this.#options.noticed?.(notice)
    if (notice.notice === 'revoked') this.#stop('ended', 'hat-revoked')
    this.#show()
  }

  #holdFor(ms: number): void {
    this.#stopHolding()
    this.#isHolding = true
    this.#stopHolding = this.#after(ms, () => this.#goOn())
  }

  #endHold(): void {
    this.#stopHolding()
    this.#isHolding = false
    if (!this.#isClosing) return
    this.#isClosing = false
    this.#options.noticed?.({ notice: 'open' })
  }

  #goOn(): void {
    this.#endHold()
    this.#sendWaiting()
    this.#show()
  }

  #lost(code: number, hasOpened: boolean): void {
    this.#socket = null
    this.#isSynced = false
    this.#readOnly = null
    this.#stopListening()
    this.presence.clear()
    const ending = endings.get(code)
    if (ending !== undefined) return this.#stop(code === closeCodes.malformed ? 'refused' : 'ended', ending)
    // Whatever was asked for a pause is asked again by the next room.
    this.#endHold()
    if (hasOpened) this.#waitAndRetry()
    else void this.#explain()
  }

  /** The socket did not open, or no id was issued: the server can say why, where it can be reached. */
  async #explain(): Promise<void> {
    const code = (await this.#options.why?.().catch(() => null)) ?? null
    if (this.#isOver) return
    if (code === null) this.#waitAndRetry()
    else this.#stop('ended', code)
  }

  #waitAndRetry(): void {
    if (this.#isOver) return
    this.#phase = 'offline'
    this.#stopWaiting()
    this.#stopWaiting = this.#after(waitMs(this.#attempts++, this.#random), () => this.begin())
    this.#show()
  }

  #listenForSilence(): void {
    this.#stopListening()
    const socket = this.#socket
    this.#stopListening = this.#after(limits.serverSilenceMs, () => {
      if (socket === null || socket !== this.#socket) return
      socket.close()
      // The close of a dead connection may be long in coming.
      this.#lost(0, true)
    })
  }

  #stop(phase: 'refused' | 'ended', code: ErrorCode): void {
    if (this.#isOver) return
    this.#phase = phase
    this.#code = code
    this.#leave()
    this.#show()
  }

  #leave(): void {
    this.#stopWaiting()
    this.#stopHolding()
    this.#stopListening()
    const socket = this.#socket
    this.#socket = null
    this.#isSynced = false
    socket?.close()
  }

  #show(): void {
    this.status.set(this.#status())
  }

  #status(): Status {
    const unacknowledged = this.#outbox.count
    const code = this.#code ?? this.#readOnly
    const phase = this.#phase === 'live' && this.#readOnly !== null ? 'paused' : this.#phase
    const isWaited = phase === 'live' || phase === 'connecting'
    return {
      phase,
      saved: unacknowledged === 0 ? 'saved' : isWaited ? 'saving' : this.#outbox.isUnkeepable ? 'unkept' : this.#outbox.isKept ? 'kept' : 'saving',
      unacknowledged,
      writable: this.#clientId.isIssued && this.#hasSynced && !this.#isOver,
      ...(code === null ? {} : { code }),
      ...(this.#isOver ? { unsent: this.#outbox.all() } : {}),
    }
  }
}

const nothing = (): void => undefined

/** WebSocket.OPEN, where there is no WebSocket to ask. */
const isOpen = 1

/** Close codes after which coming back is of no use. */
const endings: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [closeCodes.signIn, 'not-signed-in'],
  [closeCodes.notMember, 'not-a-member'],
  [closeCodes.noRoom, 'no-such-draft'],
  [closeCodes.revoked, 'hat-revoked'],
  [closeCodes.malformed, 'malformed'],
])
