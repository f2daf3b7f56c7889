/** One client in a room: it comes in, hears, and says what it is given to say. */
import * as Y from 'yjs'
import type { Heard } from './languages.ts'
import { speeches } from './languages.ts'
import { RawSocket } from './raw-socket.ts'
import type { Seat } from './seat.ts'

export class Client {
  readonly seat: Seat
  readonly socket: RawSocket
  /** How each update is heard; `atMs` is when its bytes arrived, by performance.now(). */
  heardUpdate: (update: Uint8Array, atMs: number) => void = () => undefined
  closed: (code: number | null) => void = () => undefined
  refusal: string | null = null
  isOpen = true
  acknowledged = 0
  #number = 0
  #whole: (update: Uint8Array, atMs: number) => void = () => undefined

  private constructor(seat: Seat, socket: RawSocket) {
    this.seat = seat
    this.socket = socket
    const { read } = speeches[seat.language]
    socket.listen({
      message: (payload, atMs) => this.#hear(read(payload), atMs),
      closed: (code) => {
        this.isOpen = false
        this.closed(code)
      },
    })
  }

  static async open(seat: Seat): Promise<Client> {
    return new Client(seat, await RawSocket.open(seat.url, seat.headers))
  }

  /** The whole of the room, which may come in parts, and when the last of its bytes arrived. A relay has nothing to say. */
  comeIn(): Promise<{ readonly update: Uint8Array; readonly atMs: number }> {
    return new Promise((resolve, reject) => {
      const parts: Uint8Array[] = []
      const { heardUpdate } = this
      this.heardUpdate = (update, atMs) => {
        parts.push(update.slice())
        heardUpdate(update, atMs)
      }
      this.#whole = (update, atMs) => {
        this.heardUpdate = heardUpdate
        parts.push(kept(update))
        resolve({ update: parts.length === 1 ? parts[0]! : Y.mergeUpdates(parts), atMs })
      }
      this.closed = (code) => reject(new Error(`The server closed the socket on the way in (${code})`))
      for (const message of speeches[this.seat.language].greeting(this.seat)) this.socket.send(message)
      if (this.seat.language === 'relay') resolve({ update: new Uint8Array([0, 0]), atMs: performance.now() })
    })
  }

  write(update: Uint8Array): void {
    this.#number += 1
    this.socket.send(speeches[this.seat.language].write(this.seat, update, this.#number))
  }

  leave(): void {
    this.socket.destroy()
  }

  #hear(heard: Heard | null, atMs: number): void {
    switch (heard?.kind) {
      case 'update':
        return this.heardUpdate(heard.update, atMs)
      case 'whole':
        return this.#whole(heard.update, atMs)
      case 'acknowledged':
        this.acknowledged = heard.number
        return
      case 'refused':
        this.refusal ??= heard.code
    }
  }
}

/**
 * The last whole that was kept. People have a machine each, while all clients here share one core: two hundred copies of what a crowd is
 * told in the same bytes would take longer than the telling, and be measured as if it were the server's.
 */
let last: Buffer | null = null

function kept(whole: Uint8Array): Uint8Array {
  if (last === null || !last.equals(whole)) last = Buffer.from(whole)
  return last
}
