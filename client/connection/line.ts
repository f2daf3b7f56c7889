/** The one socket to a room that is there at a time, and whether the server at its other end is. */
import { limits } from '../../shared/wire/limits.ts'
import { decodeMessage, encodeMessage, type Message } from '../../shared/wire/protocol.ts'
import type { Socket } from './room-connection.ts'
import type { Wait } from './wait.ts'

export interface LineEvents {
  opened(): void
  heard(message: Message): void
  /** `code`: that of its close; 0 where nothing was heard for too long, whether it had opened or not. */
  lost(code: number, hasOpened: boolean): void
}

export class Line {
  readonly #socketOf: (url: string) => Socket
  readonly #silence: Wait
  readonly #events: LineEvents
  #socket: Socket | null = null

  constructor(socketOf: (url: string) => Socket, silence: Wait, events: LineEvents) {
    this.#socketOf = socketOf
    this.#silence = silence
    this.#events = events
  }

  /** Open, or opening. */
  get isThere(): boolean {
    return this.#socket !== null
  }

  open(url: string): void {
    const socket = this.#socketOf(url)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    // What stands in between may leave it neither open nor closed.
    this.expect()
    let hasOpened = false
    socket.onopen = () => {
      if (socket !== this.#socket) return
      hasOpened = true
      this.#events.opened()
      this.expect()
    }
    socket.onmessage = ({ data }: { readonly data: unknown }) => {
      if (socket !== this.#socket) return
      const message = data instanceof ArrayBuffer ? decodeMessage(new Uint8Array(data)) : null
      // What is no message of ours says nothing about our server.
      if (message === null) return
      this.expect()
      this.#events.heard(message)
    }
    socket.onerror = nothing
    socket.onclose = ({ code }: { readonly code: number }) => {
      if (socket === this.#socket) this.#lost(code, hasOpened)
    }
  }

  say(message: Message): void {
    this.send(encodeMessage(message))
  }

  send(bytes: Uint8Array): void {
    if (this.#socket?.readyState === isOpen) this.#socket.send(bytes)
  }

  /** Something is to be heard within so long. */
  expect(ms: number = limits.serverSilenceMs): void {
    this.#silence.begin(ms, () => {
      this.#socket?.close()
      // The close of a dead connection may be long in coming.
      this.#lost(0, true)
    })
  }

  /** Without a word of `lost`. */
  leave(): void {
    this.#silence.end()
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }

  #lost(code: number, hasOpened: boolean): void {
    this.#silence.end()
    this.#socket = null
    this.#events.lost(code, hasOpened)
  }
}

const nothing = (): void => undefined

/** WebSocket.OPEN, where there is no WebSocket to ask. */
const isOpen = 1
