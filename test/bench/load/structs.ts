/** Whose letters an update holds, read off its bytes (Yjs' first encoding) without a document. */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

const [hasOrigin, hasRightOrigin, hasKey, contentOf] = [0x80, 0x40, 0x20, 0x1f]
const [deletedContent, stringContent] = [1, 4]
const [gc, skip] = [0, 10]

export interface Struct {
  readonly client: number
  readonly clock: number
  readonly length: number
}

export function structsOf(update: Uint8Array): readonly Struct[] {
  const decoder = decoding.createDecoder(update)
  const found: Struct[] = []
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    let structs = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    let clock = decoding.readVarUint(decoder)
    for (; structs > 0; structs--) {
      const length = structLength(decoder)
      if (length === null) return Y.decodeUpdate(update).structs.map((struct) => ({ client: struct.id.client, clock: struct.id.clock, length: struct.length }))
      found.push({ client, clock, length })
      clock += length
    }
  }
  return found
}

/** Null for what nobody types, and Yjs must read. */
function structLength(decoder: decoding.Decoder): number | null {
  const info = decoding.readUint8(decoder)
  const content = info & contentOf
  if (content === gc || content === skip) return decoding.readVarUint(decoder)
  if (info & hasOrigin) readId(decoder)
  if (info & hasRightOrigin) readId(decoder)
  if ((info & (hasOrigin | hasRightOrigin)) === 0) {
    if (decoding.readVarUint(decoder) === 1) decoding.readVarString(decoder)
    else readId(decoder)
    if (info & hasKey) decoding.readVarString(decoder)
  }
  if (content === deletedContent) return decoding.readVarUint(decoder)
  return content === stringContent ? decoding.readVarString(decoder).length : null
}

function readId(decoder: decoding.Decoder): void {
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
}
