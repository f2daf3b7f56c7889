/**
 * Messages as they go on the wire. A WebSocket frame of a server carries no mask, so one frame is the same bytes for
 * everybody: it is made once, however many it goes to. What is long is also packed once (permessage-deflate, RFC 7692, with no
 * memory of other messages), for those whose clients have offered to unpack.
 */
import { limits } from '../../shared/wire/limits.ts'
import { inflated, type Deflate } from './timing.ts'

export interface Frame {
  readonly plain: Buffer
  /** Null where packing saves nothing. */
  readonly packed: Buffer | null
}

/** FIN and the opcode of a binary message (RFC 6455, section 5.2). */
const binary = 0x82
/** RSV1: the message is packed. */
const isPacked = 0x40

export const frameOf = (message: Uint8Array): Frame => ({ plain: framed(message, binary), packed: null })

/** Of a message in parts, each of which is copied once. */
export const frameOfParts = (parts: readonly Uint8Array[]): Frame => ({ plain: framedParts(parts, binary), packed: null })

export const bytesIn = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0)

/** Packed beside the event loop; then no more of it is held than that, until somebody needs it plain. */
export async function packedFrameOf(message: Uint8Array, deflate: Deflate): Promise<Frame> {
  const plain = frameOf(message)
  if (message.length < limits.packedBytesMin) return plain
  const deflated = await deflate(message)
  // The receiver puts back the end that every flush has.
  const packed = framed(deflated.subarray(0, -flushEnd.length), binary | isPacked)
  return packed.length < plain.plain.length ? new PackedFrame(packed) : plain
}

class PackedFrame implements Frame {
  readonly packed: Buffer
  #plain: Buffer | null = null

  constructor(packed: Buffer) {
    this.packed = packed
  }

  get plain(): Buffer {
    return (this.#plain ??= framed(inflated(Buffer.concat([payloadOf(this.packed), flushEnd])), binary))
  }
}

/** What a frame that is not packed says. */
export const messageIn = ({ plain }: Frame): Uint8Array => payloadOf(plain)

const payloadOf = (frame: Buffer): Buffer => frame.subarray(headerBytes(frame[1]!))

const flushEnd = Buffer.from([0x00, 0x00, 0xff, 0xff])

/** From here on a length takes two bytes more, from there on eight. */
const lengthIn16Bits = 126
const lengthIn64Bits = 127

const headerBytes = (lengthByte: number): number => (lengthByte === lengthIn64Bits ? 10 : lengthByte === lengthIn16Bits ? 4 : 2)

const framed = (payload: Uint8Array, firstByte: number): Buffer => framedParts([payload], firstByte)

function framedParts(parts: readonly Uint8Array[], firstByte: number): Buffer {
  const length = bytesIn(parts)
  const lengthByte = length < lengthIn16Bits ? length : length < 2 ** 16 ? lengthIn16Bits : lengthIn64Bits
  const frame = Buffer.allocUnsafe(headerBytes(lengthByte) + length)
  frame[0] = firstByte
  frame[1] = lengthByte
  if (lengthByte === lengthIn16Bits) frame.writeUInt16BE(length, 2)
  if (lengthByte === lengthIn64Bits) frame.writeBigUInt64BE(BigInt(length), 2)
  let at = headerBytes(lengthByte)
  for (const part of parts) {
    frame.set(part, at)
    at += part.length
  }
  return frame
}
