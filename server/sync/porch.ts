/**
 * Those who have come to a document that is still being read from the disk. Whoever asks for all of it is told what the disk
 * holds before it is read, which takes longer than the rest together; everything else that they say waits until the room is there.
 */
import type { RawData, WebSocket } from 'ws'
import { decodeMessage, syncStep1 } from '../../shared/wire/protocol.ts'
import { bytesOf, isEmptyVector, write } from './connection.ts'
import type { Carrier } from './connection.ts'
import type { ReadFrom } from './encoded-state.ts'
import type { Frame } from './frames.ts'

/** One socket on the porch. */
export class Waiting {
  readonly socket: WebSocket
  readonly #carrier: Carrier | undefined
  readonly #heard: [data: RawData, isBinary: boolean][] = []
  #told: ReadFrom | null = null

  constructor(socket: WebSocket, carrier: Carrier | undefined) {
    this.socket = socket
    this.#carrier = carrier
    socket.on('message', this.#hear)
    socket.resume()
  }

  /** What the document is read from, where this socket was told all of it. */
  get told(): ReadFrom | null {
    return this.#told
  }

  get asksForAll(): boolean {
    const [first] = this.#heard
    const message = first?.[1] === true ? decodeMessage(bytesOf(first[0])) : null
    return message?.type === 'sync' && message.step === syncStep1 && isEmptyVector(message.bytes)
  }

  tell(source: ReadFrom, frames: readonly Frame[]): void {
    for (const frame of frames) write(this.socket, this.#carrier, frame)
    this.#told = source
  }

  /** Whoever listens from now on hears what was said on the porch, but for a question that was answered there. */
  goIn(isAnswered: boolean): void {
    this.leave()
    for (const [data, isBinary] of this.#heard.splice(0).slice(isAnswered ? 1 : 0)) this.socket.emit('message', data, isBinary)
  }

  leave(): void {
    this.socket.off('message', this.#hear)
  }

  /** One thing is enough to know what is asked for; the rest waits on the other side. */
  readonly #hear = (data: RawData, isBinary: boolean): void => {
    this.#heard.push([data, isBinary])
    this.socket.pause()
  }
}

/** By document. */
export class Porch {
  readonly #waiting = new Map<string, Set<Waiting>>()

  enter(document: string, socket: WebSocket, carrier: Carrier | undefined): Waiting {
    const one = new Waiting(socket, carrier)
    const all = this.#waiting.get(document) ?? new Set()
    this.#waiting.set(document, all.add(one))
    return one
  }

  leave(document: string, one: Waiting): void {
    one.leave()
    const all = this.#waiting.get(document)
    all?.delete(one)
    if (all?.size === 0) this.#waiting.delete(document)
  }

  /** Of those who wait for it and have asked for all of it. */
  async tell(document: string, source: ReadFrom): Promise<void> {
    if (!this.#isAsked(document)) return
    const frames = await source.frames()
    for (const one of this.#waiting.get(document) ?? []) if (one.asksForAll) one.tell(source, frames)
  }

  #isAsked(document: string): boolean {
    return [...(this.#waiting.get(document) ?? [])].some((one) => one.asksForAll)
  }
}
