/**
 * Several updates in one transaction. What Yjs does around each transaction (two state vectors over everyone who ever wrote, observers,
 * merging, an encoded update) takes longer than one keystroke itself, and is done once for all of them. What each has changed is
 * written here, byte for byte as Yjs emits it for an update that comes alone, since the log keeps each under its own writer.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/**
 * Applies an update and says what it changed, null where all of it was known. `writers`: the clients whose structs it may bring.
 * It must leave nothing pending. Throws what Yjs throws.
 */
export type Apply = (update: Uint8Array, writers: readonly number[]) => Uint8Array | null

/** The document must not collect garbage. Throws what `act` throws, and what Yjs throws at the end. */
export function applyTogether(doc: Y.Doc, act: (apply: Apply) => void): void {
  doc.transact(({ deleteSet }) => {
    const deleted = new Deleted(deleteSet)
    act((update, writers) => {
      const before = writers.map((client) => [client, Y.getState(doc.store, client)] as const)
      Y.applyUpdate(doc, update)
      const fresh = before.filter(([client, clock]) => Y.getState(doc.store, client) > clock)
      const gone = deleted.sinceLast()
      return fresh.length === 0 && gone.length === 0 ? null : encoded(doc, fresh, gone)
    })
  })
}

type Ranges = readonly [client: number, ranges: readonly Range[]]

interface Range {
  readonly clock: number
  readonly len: number
}

/** What the updates of a transaction have deleted, one after the other. */
class Deleted {
  readonly #deleteSet: Y.Transaction['deleteSet']
  /** How many ranges of each client have been told. */
  readonly #told = new Map<number, number>()

  constructor(deleteSet: Y.Transaction['deleteSet']) {
    this.#deleteSet = deleteSet
  }

  sinceLast(): Ranges[] {
    const found: Ranges[] = []
    for (const [client, ranges] of this.#deleteSet.clients) {
      const told = this.#told.get(client) ?? 0
      if (told === ranges.length) continue
      this.#told.set(client, ranges.length)
      found.push([client, merged(ranges.slice(told))])
    }
    return found
  }
}

/** In order, and those that touch as one. */
function merged(ranges: Range[]): Range[] {
  const found: Range[] = []
  for (const range of ranges.sort((left, right) => left.clock - right.clock)) {
    const last = found.at(-1)
    if (last === undefined || last.clock + last.len < range.clock) found.push(range)
    else found[found.length - 1] = { clock: last.clock, len: Math.max(last.len, range.clock + range.len - last.clock) }
  }
  return found
}

type Client = readonly [client: number, ...rest: unknown[]]

/** Yjs writes the larger ids first, and counts on it where it reads. */
const largerFirst = ([left]: Client, [right]: Client): number => right - left

/** `fresh`: clients, and where what is new of each begins; it goes on to the end. */
function encoded(doc: Y.Doc, fresh: (readonly [client: number, clock: number])[], deleted: Ranges[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder } = encoder
  encoding.writeVarUint(restEncoder, fresh.length)
  for (const [client, clock] of fresh.sort(largerFirst)) {
    const structs = doc.store.clients.get(client)!
    const first = Y.findIndexSS(structs, clock)
    encoding.writeVarUint(restEncoder, structs.length - first)
    encoder.writeClient(client)
    encoding.writeVarUint(restEncoder, clock)
    for (let index = first; index < structs.length; index++) structs[index]!.write(encoder, index === first ? clock - structs[first]!.id.clock : 0)
  }
  encoding.writeVarUint(restEncoder, deleted.length)
  for (const [client, ranges] of deleted.sort(largerFirst)) {
    encoding.writeVarUint(restEncoder, client)
    encoding.writeVarUint(restEncoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(restEncoder, clock)
      encoding.writeVarUint(restEncoder, len)
    }
  }
  return encoder.toUint8Array()
}
