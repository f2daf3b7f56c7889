/** One open socket of a room: reads its messages, keeps it from speaking or falling behind too far, and says what it is told. */
import type { Writable } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, decodeMessage, encodeMessage, plainCloseCodes, syncStep1, type Message, type ReadOnlyCode } from '../../shared/wire/protocol.ts'
import { frameOf, messageIn, type Frame } from './frames.ts'
import type { Allowance } from './rate.ts'
import type { Speaker } from './service.ts'
import type { After } from './timing.ts'

/** What a room does with what its connections say. */
export interface Listener {
  /** `number` 0: a plain client's, which expects no answer. */
  submitted(from: Connection, number: number, update: Uint8Array, hints: string): void
  /** Wants what is missing from this state vector. */
  asked(from: Connection, stateVector: Uint8Array): void
  announced(from: Connection, presence: Uint8Array): void
  askedPresence(from: Connection): void
  drained(from: Connection): void
  left(from: Connection): void
}

/** What the socket's frames travel on: written to directly, one frame is handed to everybody as the same bytes. */
export interface Carrier {
  readonly stream: Writable
  /** The client has offered to unpack whatever is packed on its own. */
  readonly unpacks: boolean
}

export interface ConnectionOptions {
  readonly allowance: Allowance
  readonly after: After
  readonly sendBufferBytesMax?: number
  /** Without one, messages go through the socket. */
  readonly carrier?: Carrier | undefined
}

export class Connection {
  readonly speaker: Speaker
  /** Has been answered with the whole document, so it is told of each change from then on. */
  synced = false
  /** A client of ours: it says when nothing of its own is on its way. */
  saysDrained = false
  /** Nothing of it was on its way when it heard the last `closing`, or it does not say. */
  isDrained = true
  /** Heard of since the last ping. */
  isAlive = true
  /** Its rights have ended: what it has sent and is not admitted yet never will be. */
  isExpelled = false
  /** Nothing that it submits is let in or answered: it has been told why. */
  #isReadOnly = false
  /** Of the first update that was refused: what followed was made on top of it. */
  #refusal: ErrorCode | null = null
  /** The first submission refused as too fast. Those behind it must come again too, or there would be a gap. */
  #resumeAt: number | null = null
  #left = false
  readonly #socket: WebSocket
  readonly #listener: Listener
  readonly #options: ConnectionOptions
  /** Bytes of what was submitted and is not answered yet, in order. */
  readonly #unanswered: number[] = []
  #unansweredBytes = 0
  /** While there is a reason to, nothing more is read of it: what it goes on to say waits on its side. */
  readonly #pauses = new Set<'fast' | 'full'>()

  constructor(socket: WebSocket, speaker: Speaker, listener: Listener, options: ConnectionOptions) {
    this.#options = options
    this.speaker = speaker
    this.#socket = socket
    this.#listener = listener
    socket.on('message', (data, isBinary) => this.#read(data, isBinary))
    socket.on('pong', () => { this.isAlive = true })
    socket.on('close', () => this.#leave())
    socket.on('error', () => socket.terminate())
  }

  get refusal(): ErrorCode | null {
    return this.#refusal
  }

  /** Said to it, and not taken by the system yet. */
  get unsentBytes(): number {
    return this.#socket.bufferedAmount
  }

  /** Made once by the caller, however many it goes to. */
  send(frame: Frame): void {
    if (this.#left) return
    if (this.#socket.bufferedAmount > (this.#options.sendBufferBytesMax ?? limits.sendBufferBytesMax)) this.close(closeCodes.tooSlow)
    else write(this.#socket, this.#options.carrier, frame)
  }

  /** What is sent until `uncork` goes to the system in one go. */
  cork(): void {
    this.#options.carrier?.stream.cork()
  }

  uncork(): void {
    this.#options.carrier?.stream.uncork()
  }

  say(message: Message): void {
    this.send(frameOf(encodeMessage(message)))
  }

  acknowledge(number: number, answered = 1): void {
    for (let count = 0; count < answered; count++) this.#answered()
    if (number > 0) this.say({ type: 'acknowledged', number })
  }

  /** The client must reload: Yjs cannot take back what was refused. A plain client knows no refusal, so its socket is closed. */
  refuse(number: number, code: ErrorCode): void {
    this.#answered()
    this.#refusal ??= code
    this.say({ type: 'refused', number, code })
    if (number === 0) this.close(closeCodes.refused)
  }

  letNothingIn(code: ReadOnlyCode): void {
    this.#isReadOnly = true
    // Of that nothing will be answered.
    this.#unanswered.length = 0
    this.#unansweredBytes = 0
    this.#goOn('full')
    this.say({ type: 'notice', notice: { notice: 'read-only', code } })
  }

  close(code: number): void {
    // Or it would not hear that the other side has closed too.
    for (const reason of this.#pauses) this.#goOn(reason)
    this.#socket.close(code)
    this.#leave()
  }

  ping(): void {
    if (!this.isAlive) return this.#socket.terminate()
    this.isAlive = false
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
  }

  #leave(): void {
    if (this.#left) return
    this.#left = true
    this.#listener.left(this)
  }

  #read(data: RawData, isBinary: boolean): void {
    if (this.#left) return
    this.isAlive = true
    const message = isBinary ? decodeMessage(bytesOf(data)) : null
    if (message === null) return this.close(closeCodes.malformed)
    if (this.#options.allowance.take(bytesOf(data).length)) this.#take(message)
    else this.#tooFast(message)
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'submit':
        return this.#submitted(message.number, message.bytes, message.hints)
      case 'sync':
        if (message.step === syncStep1) return this.#options.allowance.ask() ? this.#listener.asked(this, message.bytes) : this.close(plainCloseCodes.tryAgainLater)
        return this.#refusal === null ? this.#submit(0, message.bytes, '') : undefined
      case 'awareness':
        return this.#listener.announced(this, message.bytes)
      case 'query-awareness':
        return this.#options.allowance.ask() ? this.#listener.askedPresence(this) : this.close(plainCloseCodes.tryAgainLater)
      case 'drained':
        return this.#listener.drained(this)
      case 'acknowledged':
      case 'refused':
      case 'notice':
        // Only the server says these.
        return this.close(closeCodes.malformed)
    }
  }

  #submitted(number: number, update: Uint8Array, hints: string): void {
    if (number === 0) return this.close(closeCodes.malformed)
    if (this.#refusal !== null) return this.say({ type: 'refused', number, code: this.#refusal })
    if (this.#resumeAt !== null && number > this.#resumeAt) return this.say({ type: 'refused', number, code: 'too-fast' })
    this.#resumeAt = null
    this.#submit(number, update, hints)
  }

  /** A room that has to wait takes no more of anybody than it can hold. */
  #submit(number: number, update: Uint8Array, hints: string): void {
    // Not refused: it is kept where it was typed, and comes again with the next socket.
    if (this.#isReadOnly) return
    this.#unanswered.push(update.length)
    this.#unansweredBytes += update.length
    if (this.#unansweredBytes > limits.unansweredBytesMax || this.#unanswered.length > limits.unansweredUpdatesMax) this.#pause('full')
    this.#listener.submitted(this, number, update, hints)
  }

  #answered(): void {
    this.#unansweredBytes -= this.#unanswered.shift() ?? 0
    if (this.#unansweredBytes <= limits.unansweredBytesMax / 2 && this.#unanswered.length <= limits.unansweredUpdatesMax / 2) this.#goOn('full')
  }

  #pause(reason: 'fast' | 'full'): void {
    this.#pauses.add(reason)
    this.#socket.pause()
  }

  #goOn(reason: 'fast' | 'full'): void {
    if (this.#pauses.delete(reason) && this.#pauses.size === 0) this.#socket.resume()
  }

  #tooFast(message: Message): void {
    if (!this.#pauses.has('fast')) this.#options.after(limits.tooFastReadPauseMs, () => this.#goOn('fast'))
    this.#pause('fast')
    if (message.type === 'submit') {
      this.#resumeAt ??= message.number
      this.say({ type: 'refused', number: message.number, code: 'too-fast' })
    } else if (message.type === 'sync') {
      // A plain client comes back by itself after this code, with everything it has.
      this.close(plainCloseCodes.tryAgainLater)
    }
  }
}

/** The socket itself never has half a frame under way: it sends none in parts, and packs none. */
export function write(socket: WebSocket, carrier: Carrier | undefined, frame: Frame): void {
  if (socket.readyState !== socket.OPEN) return
  if (carrier === undefined) socket.send(messageIn(frame))
  else carrier.stream.write(carrier.unpacks && frame.packed !== null ? frame.packed : frame.plain)
}

export const isEmptyVector = (stateVector: Uint8Array): boolean => stateVector.length === 1 && stateVector[0] === 0

export function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
