/** SHA-256, and the one way in which several fields become the bytes that it is taken over. */
import { digest as sha256 } from 'lib0/hash/sha256'
import { toHexString } from 'lib0/buffer'

const utf8 = new TextEncoder()

/** As 64 lower-case hexadecimal digits. */
export const sha256Hex = (bytes: Uint8Array): string => toHexString(sha256(bytes))

export type Field = string | number | Uint8Array | null

const ABSENT = 0xffffffff

/**
 * Each field is its length in bytes as an unsigned 32-bit big-endian number, then its bytes; so no two different
 * sequences have the same bytes. Text is UTF-8. A number is its decimal digits as text. An absent field (null) is the
 * length 0xFFFFFFFF and no bytes.
 */
export function fieldBytes(fields: readonly Field[]): Uint8Array {
  const parts = fields.map((field) => (field === null || field instanceof Uint8Array ? field : utf8.encode(String(field))))
  const all = new Uint8Array(parts.reduce((sum, part) => sum + 4 + (part?.length ?? 0), 0))
  const view = new DataView(all.buffer)
  let at = 0
  for (const part of parts) {
    view.setUint32(at, part === null ? ABSENT : part.length)
    all.set(part ?? [], at + 4)
    at += 4 + (part?.length ?? 0)
  }
  return all
}
