/**
 * One update of many that a document emitted one after the other. `Y.mergeUpdates` sorts all of them anew at each struct, which at
 * a hundred keystrokes takes longer than everything else together; what people type needs no more than to be laid end to end.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** What one client wrote, and goes on to write: structs without a gap. */
interface Written {
  readonly clock: number
  structs: number
  readonly bytes: Uint8Array[]
}

interface Joined {
  readonly written: Map<number, Written>
  /** Delete sets: each its clients' ranges, without the count of clients before them. */
  readonly deleted: Uint8Array[]
  deleters: number
}

/** `updates` in the order in which one document emitted them, with nothing left out between them. */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = []
  let joined = nothing()
  for (const update of updates) {
    if (add(joined, update)) continue
    parts.push(...encoded(joined), update)
    joined = nothing()
  }
  parts.push(...encoded(joined))
  return parts.length === 1 ? parts[0]! : Y.mergeUpdates(parts)
}

const nothing = (): Joined => ({ written: new Map(), deleted: [], deleters: 0 })

/** False, and nothing added, where an update both writes and deletes, or more than one wrote it: its structs would have to be read. */
function add(joined: Joined, update: Uint8Array): boolean {
  const decoder = decoding.createDecoder(update)
  const clients = decoding.readVarUint(decoder)
  if (clients === 0) {
    joined.deleters += decoding.readVarUint(decoder)
    joined.deleted.push(update.subarray(decoder.pos))
    return true
  }
  // A range that is deleted is never empty, so a last byte of 0 is the count of an empty delete set.
  if (clients > 1 || update[update.length - 1] !== 0) return false
  const structs = decoding.readVarUint(decoder)
  const client = decoding.readVarUint(decoder)
  const clock = decoding.readVarUint(decoder)
  const written = joined.written.get(client) ?? { clock, structs: 0, bytes: [] }
  joined.written.set(client, written)
  written.structs += structs
  written.bytes.push(update.subarray(decoder.pos, update.length - 1))
  return true
}

function encoded({ written, deleted, deleters }: Joined): Uint8Array[] {
  if (written.size === 0 && deleted.length === 0) return []
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, written.size)
  // Yjs counts on the larger ids coming first.
  for (const [client, { clock, structs, bytes }] of [...written].sort(([left], [right]) => right - left)) {
    encoding.writeVarUint(encoder, structs)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const one of bytes) encoding.writeUint8Array(encoder, one)
  }
  encoding.writeVarUint(encoder, deleters)
  for (const one of deleted) encoding.writeUint8Array(encoder, one)
  return [encoding.toUint8Array(encoder)]
}
