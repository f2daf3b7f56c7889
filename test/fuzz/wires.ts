/**
 * Wires to the real rooms, without sockets: what is said waits on the wire until it is delivered, and is lost with it
 * when it breaks. The server has a socket that behaves as one of `ws`, paused until the room has taken it over.
 */
import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { refusalOfStep } from '../../client/room/undo.ts'
import type { Rooms, Speaker } from '../../server/sync/service.ts'
import { openHistory } from '../../shared/model/history.ts'
import type { History, Step } from '../../shared/model/history.ts'
import type { LineageHint } from '../../shared/model/revert.ts'
import { closeCodes, decodeMessage, encodeMessage, syncStep2 } from '../../shared/wire/protocol.ts'
import type { Message } from '../../shared/wire/protocol.ts'
import type { Random } from './random.ts'

/** What the server holds of a wire. */
class FarEnd extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly bufferedAmount = 0
  isPaused = true
  closedWith: number | null = null
  readonly said: Uint8Array[] = []
  readonly #heard: (message: Message) => void

  constructor(heard: (message: Message) => void) {
    super()
    this.#heard = heard
  }

  send(bytes: Uint8Array): void {
    this.said.push(bytes)
    this.#heard(decodeMessage(bytes)!)
  }

  close(code: number): void {
    this.closedWith ??= code
    this.end()
  }

  end(): void {
    if (this.readyState !== this.OPEN) return
    this.readyState = 3
    this.emit('close')
  }

  terminate(): void {
    this.end()
  }

  ping(): void {
    this.emit('pong')
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }
}

interface Sent {
  readonly number: number
  readonly bytes: Uint8Array
  readonly hints: readonly LineageHint[]
}

export interface WireOptions {
  readonly rooms: Rooms
  readonly document: string
  readonly speaker: Speaker
  readonly doc: Y.Doc
  /** Sees all that the server says, when it says it. */
  readonly said: (wire: Wire, message: Message) => void
}

/** One person's copy of one document, and what is under way between it and the room. */
export class Wire {
  readonly document: string
  readonly speaker: Speaker
  readonly doc: Y.Doc
  readonly #options: WireOptions
  readonly #up: Uint8Array[] = []
  #far: FarEnd | null = null
  #unacknowledged: Sent[] = []
  #hints: readonly LineageHint[] = []
  #number = 0
  /** Has heard from the room since it was last connected. */
  #synced = false
  /** Has what the room had when it was first connected: before that no page lets anybody write. */
  isReady = false
  /** Its people may be in that room no more, or may not write there: what was under way is theirs to keep. */
  isOver = false
  /** The code of the first refusal that came down. */
  refusedWith: string | null = null
  lostAcknowledgements = 0

  constructor(options: WireOptions) {
    this.#options = options
    this.document = options.document
    this.speaker = options.speaker
    this.doc = options.doc
    this.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === this) return
      const sent = { number: ++this.#number, bytes, hints: this.#hints }
      this.#hints = []
      this.#unacknowledged.push(sent)
      if (this.#far !== null) this.#submit(sent)
    })
    this.reconnect()
  }

  get online(): boolean {
    return this.#far !== null
  }

  /** Whether the server hears and tells it anything; it may not have noticed yet. */
  get isOpen(): boolean {
    return this.#far !== null && this.#far.closedWith === null
  }

  get unsent(): number {
    return this.#unacknowledged.length
  }

  get settled(): boolean {
    return this.isOver || (this.isOpen && this.#synced && this.#up.length === 0 && this.#far?.said.length === 0 && this.#unacknowledged.length === 0)
  }

  /** Goes with the next update, as the page sends what an undo brings back. */
  hint(hints: readonly LineageHint[]): void {
    this.#hints = hints
  }

  deliverUp(): boolean {
    if (this.#far === null || this.#far.isPaused) return false
    const bytes = this.#up.shift()
    if (bytes !== undefined) this.#far.emit('message', bytes, true)
    return bytes !== undefined
  }

  deliverDown(): boolean {
    const bytes = this.#far?.said.shift()
    if (bytes !== undefined) this.#take(decodeMessage(bytes)!)
    else this.#noticeEnd()
    return bytes !== undefined
  }

  #take(message: Message): void {
    if (message.type === 'refused') {
      this.refusedWith ??= message.code
      this.end()
    }
    if (message.type === 'acknowledged') this.#unacknowledged = this.#unacknowledged.filter(({ number }) => number > message.number)
    if (message.type !== 'sync' || message.step === 0) return
    Y.applyUpdate(this.doc, message.bytes, this)
    // What comes before the answer is a part of it: the text may be older than the stage by then.
    if (message.step === syncStep2) this.#synced = this.isReady = true
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) throw new Error(`something is pending at ${this.speaker.person} in ${this.document}`)
  }

  #noticeEnd(): void {
    if (this.#far === null || this.#far.closedWith === null) return
    if (this.#far.closedWith !== closeCodes.revoked) throw new Error(`the server closed ${this.document} to ${this.speaker.person}: ${this.#far.closedWith}`)
    this.end()
  }

  end(): void {
    this.isOver = true
    this.disconnect()
  }

  /** What waits on the wire is lost in both directions; what the room has taken it has taken. */
  disconnect(): void {
    const far = this.#far
    if (far === null) return
    this.#far = null
    this.lostAcknowledgements += far.said.filter((bytes) => decodeMessage(bytes)?.type === 'acknowledged').length
    this.#up.length = 0
    far.end()
  }

  reconnect(): void {
    if (this.isOver) return
    this.disconnect()
    this.#synced = false
    this.#far = new FarEnd((message) => this.#options.said(this, message))
    this.#options.rooms.connect(this.#far as unknown as WebSocket, this.document, this.speaker)
    this.#say({ type: 'sync', step: 0, bytes: Y.encodeStateVector(this.doc) })
  }

  /** Everything without acknowledgement, one by one or as one. */
  sendAgain(random: Random): void {
    if (this.#far === null || this.#unacknowledged.length === 0) return
    if (random(2) === 0) return this.#unacknowledged.forEach((sent) => this.#submit(sent))
    const { number } = this.#unacknowledged.at(-1)!
    this.#submit({ number, bytes: Y.mergeUpdates(this.#unacknowledged.map(({ bytes }) => bytes)), hints: this.#unacknowledged.flatMap(({ hints }) => hints) })
  }

  #submit({ number, bytes, hints }: Sent): void {
    this.#say({ type: 'submit', number, bytes, hints: hints.length === 0 ? '' : JSON.stringify(hints) })
  }

  #say(message: Message): void {
    this.#up.push(encodeMessage(message))
  }
}

/** One place to write at: the shared document with one side document, and one history over both. */
export interface Seat {
  readonly wires: readonly [shared: Wire, side: Wire]
  readonly shared: Y.Doc
  readonly side: Y.Doc
  readonly history: History
  readonly origin: object
}

export function seatAt(shared: Wire, side: Wire): Seat {
  const origin = { seat: side.document }
  const permitted = (step: Step): boolean => refusalOfStep(step, side.speaker.hat, shared.doc) === null
  const history = openHistory([shared.doc, side.doc], { origins: new Set([origin]), now: () => 0, permitted })
  history.onHint = (hints, doc) => (doc === shared.doc ? shared : side).hint(hints)
  return { wires: [shared, side], shared: shared.doc, side: side.doc, history, origin }
}
