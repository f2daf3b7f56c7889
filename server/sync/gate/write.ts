/** Writes what is left of an update when what the document already has is taken out. */
import * as encoding from 'lib0/encoding'
import type { Deletions } from './deletes.ts'
import type { Fresh } from './known.ts'
import type { Id, Struct } from './types.ts'

const hasRight = 0b0100_0000
const hasOrigin = 0b1000_0000

export function writeUpdate(update: Uint8Array, fresh: Fresh, deletes: Deletions['news']): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, fresh.size)
  for (const [client, structs] of fresh) {
    encoding.writeVarUint(encoder, structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, structs[0]!.clock)
    for (const struct of structs) {
      if (struct.bytes === null) writeRest(encoder, struct)
      else encoding.writeUint8Array(encoder, update.subarray(struct.bytes[0], struct.bytes[1]))
    }
  }
  encoding.writeVarUint(encoder, deletes.size)
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const range of ranges) {
      encoding.writeVarUint(encoder, range.clock)
      encoding.writeVarUint(encoder, range.length)
    }
  }
  return encoding.toUint8Array(encoder)
}

/** Only words, values and tombstones are longer than one and can be known in part. */
function writeRest(encoder: encoding.Encoder, struct: Struct): void {
  const item = struct.item
  if (item === null) {
    encoding.writeUint8(encoder, 0)
    encoding.writeVarUint(encoder, struct.length)
    return
  }
  const neighbours = hasOrigin | (item.right === null ? 0 : hasRight)
  const begin = (kind: number): void => {
    encoding.writeUint8(encoder, kind | neighbours)
    writeId(encoder, item.origin!)
    if (item.right !== null) writeId(encoder, item.right)
  }
  const { content } = item
  switch (content.kind) {
    case 'words':
      begin(4)
      encoding.writeVarString(encoder, content.words)
      return
    case 'values':
      begin(content.json ? 2 : 8)
      encoding.writeVarUint(encoder, content.values.length)
      for (const value of content.values) {
        if (content.json) encoding.writeVarString(encoder, value === undefined ? 'undefined' : JSON.stringify(value))
        else encoding.writeAny(encoder, value as Parameters<typeof encoding.writeAny>[1])
      }
      return
    case 'deleted':
      begin(1)
      encoding.writeVarUint(encoder, struct.length)
      return
    case 'embed':
    case 'map':
    case 'text':
      throw new RangeError('A struct of length one cannot be known in part')
  }
}

function writeId(encoder: encoding.Encoder, id: Id): void {
  encoding.writeVarUint(encoder, id.client)
  encoding.writeVarUint(encoder, id.clock)
}
