/**
 * A WebSocket of a client that does as little as it can: two hundred of them share a process with the clock that they
 * are measured by. Frames come whole; a fragmented one is an error, since none of the servers sends any.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { constants, inflateRawSync } from 'node:zlib'

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface Heard {
  /** `payload` is valid during the call alone. `atMs` is when its bytes arrived, by performance.now(). */
  readonly message: (payload: Uint8Array, atMs: number) => void
  readonly closed: (code: number | null) => void
}

/** All sockets read into one place, one after the other. */
const shared = new Uint8Array(1 << 20)

export class RawSocket {
  readonly #socket: Socket
  #heard: Heard = { message: () => undefined, closed: () => undefined }
  #pending: Buffer[] = []
  #pendingBytes = 0
  /** Bytes that the next whole frame needs at least. */
  #wantedBytes = 2
  #closeCode: number | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#heard.closed(this.#closeCode))
  }

  /** Rejects with the status of a refused upgrade. */
  static open(url: string, headers: Readonly<Record<string, string>>): Promise<RawSocket> {
    const { hostname, port, pathname, search } = new URL(url)
    const lines = [
      `GET ${pathname}${search} HTTP/1.1`, `Host: ${hostname}:${port}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
      // As browsers do; none of the servers but ours takes it up, for what is long.
      'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    return new Promise((resolve, reject) => {
      let said = Buffer.alloc(0)
      let opened: RawSocket | null = null
      const upgrade = (chunk: Buffer): void => {
        said = Buffer.concat([said, chunk])
        const end = said.indexOf('\r\n\r\n')
        if (end === -1) return
        const status = said.subarray(9, 12).toString('latin1')
        if (status !== '101') {
          socket.destroy()
          return reject(new Error(`The server refused the upgrade (${status})`))
        }
        const open = (opened = new RawSocket(socket))
        const rest = said.subarray(end + 4)
        resolve(open)
        // After whoever waits for it listens.
        if (rest.length > 0) open.#pending.push(rest)
        open.#pendingBytes = rest.length
        setImmediate(() => open.#parse(performance.now()))
      }
      const read = (length: number, buffer: Uint8Array): boolean => {
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, length)
        if (opened === null) upgrade(chunk)
        else opened.#take(chunk)
        return true
      }
      const socket = connect({ port: Number(port), host: hostname, noDelay: true, onread: { buffer: shared, callback: read } })
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('The server closed the connection during the upgrade')))
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    })
  }

  listen(heard: Heard): void {
    this.#heard = heard
  }

  get bytesRead(): number {
    return this.#socket.bytesRead
  }

  /** The mask is zero: a server undoes it all the same. */
  send(payload: Uint8Array, opcode: number = opcodes.binary): void {
    const { length } = payload
    const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
    const frame = Buffer.alloc(2 + lengthBytes + 4 + length)
    frame[0] = 0x80 | opcode
    frame[1] = 0x80 | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127)
    if (lengthBytes === 2) frame.writeUInt16BE(length, 2)
    if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2)
    frame.set(payload, 2 + lengthBytes + 4)
    this.#socket.write(frame)
  }

  /** Bytes as they are, which may be no frame at all. */
  sendRaw(bytes: Uint8Array): void {
    this.#socket.write(bytes)
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** `chunk` is valid during the call alone. */
  #take(chunk: Buffer): void {
    this.#pendingBytes += chunk.length
    if (this.#pendingBytes < this.#wantedBytes) {
      this.#pending.push(Buffer.from(chunk))
      return
    }
    this.#pending.push(chunk)
    this.#parse(performance.now())
  }

  #parse(atMs: number): void {
    const bytes = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending)
    let at = 0
    for (;;) {
      const frame = frameAt(bytes, at)
      if (typeof frame === 'number') {
        const rest = Buffer.from(bytes.subarray(at))
        this.#pending = rest.length === 0 ? [] : [rest]
        this.#pendingBytes = rest.length
        this.#wantedBytes = frame
        return
      }
      at = frame.end
      const payload = bytes.subarray(frame.start, frame.end)
      this.#read(frame.opcode, frame.isPacked ? unpacked(payload) : payload, atMs)
    }
  }

  #read(opcode: number, payload: Buffer, atMs: number): void {
    switch (opcode) {
      case opcodes.binary:
        return this.#heard.message(payload, atMs)
      case opcodes.ping:
        return this.send(payload, opcodes.pong)
      case opcodes.close:
        this.#closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : null
        this.send(payload, opcodes.close)
        this.#socket.end()
    }
  }
}

/** The frame that begins there, or how many bytes it needs where it is not whole. */
function frameAt(bytes: Buffer, at: number): { readonly opcode: number; readonly isPacked: boolean; readonly start: number; readonly end: number } | number {
  const there = bytes.length - at
  if (there < 2) return 2
  if ((bytes[at]! & 0x80) === 0) throw new Error('A server sent a fragmented message')
  const short = bytes[at + 1]! & 0x7f
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  if (there < start) return start
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
  if (there < start + length) return start + length
  return { opcode: bytes[at]! & 0x0f, isPacked: (bytes[at]! & 0x40) !== 0, start: at + start, end: at + start + length }
}

/** What RFC 7692 leaves out at the end of each message. Each is packed by itself: a server that went on from the one before would not be understood. */
const tail = Buffer.from([0x00, 0x00, 0xff, 0xff])

/**
 * The last that was unpacked. People have a machine each, while all clients here share one core: what a crowd is told in the same
 * bytes is unpacked once, or the measure would be of zlib.
 */
let last: { readonly packed: Buffer; readonly plain: Buffer } | null = null

function unpacked(payload: Buffer): Buffer {
  if (last === null || !last.packed.equals(payload)) {
    last = { packed: Buffer.from(payload), plain: inflateRawSync(Buffer.concat([payload, tail]), { finishFlush: constants.Z_SYNC_FLUSH }) }
  }
  return last.plain
}
