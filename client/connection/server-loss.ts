/** What a server has lost of a document that it once had: its data was restored from an older copy. */
import * as Y from 'yjs'
import type { KeptUpdate } from './local-store.ts'

export interface ServerLoss {
  /** One's own, acknowledged before: from the first that is missing on, for what follows stands on it. */
  readonly own: readonly KeptUpdate[]
  /** Something else is missing, which nobody but its writers can say again. */
  readonly others: boolean
}

interface Range {
  readonly clock: number
  readonly len: number
}

type Deletes = ReadonlyMap<number, readonly Range[]>

/** By the server's state vector. What waits to be sent is not missing; `acknowledged` is what may be sent again. */
export function lettersLost(doc: Y.Doc, state: ReadonlyMap<number, number>, waiting: readonly KeptUpdate[], acknowledged: readonly KeptUpdate[]): ServerLoss {
  const has = (client: number): number => state.get(client) ?? 0
  const own = from(acknowledged, ({ update }) => [...Y.parseUpdateMeta(update).to].some(([client, clock]) => clock > has(client)))
  // From each client's first on that one can say oneself, nothing is missing for good.
  const sayable = new Map<number, number>()
  for (const { update } of [...own, ...waiting]) {
    for (const [client, clock] of Y.parseUpdateMeta(update).from) sayable.set(client, Math.min(clock, sayable.get(client) ?? Infinity))
  }
  const isWhole = [...Y.decodeStateVector(Y.encodeStateVector(doc))].every(([client, clock]) => Math.min(clock, sayable.get(client) ?? clock) <= has(client))
  return { own, others: !isWhole }
}

/** By its answer, the parts of which name all that is deleted there; `doc` is without the last of them yet. */
export function deletionsLost(doc: Y.Doc, answer: readonly Uint8Array[], waiting: readonly KeptUpdate[], acknowledged: readonly KeptUpdate[]): ServerLoss {
  const there = deletesIn(answer)
  const own = from(acknowledged, ({ update }) => !covers(there, deletesIn([update])))
  const sayable = deletesIn([...answer, ...[...own, ...waiting].map(({ update }) => update)])
  return { own, others: !covers(sayable, struckIn(doc)) }
}

function from(updates: readonly KeptUpdate[], isMissing: (one: KeptUpdate) => boolean): readonly KeptUpdate[] {
  const first = updates.findIndex(isMissing)
  return first === -1 ? [] : updates.slice(first)
}

/** Letters, and keys that were taken away: which value of a key gives way to another is settled by each document for itself, also by what only waits. */
function struckIn(doc: Y.Doc): Deletes {
  return new Map([...doc.store.clients].map(([client, structs]) => [
    client,
    structs.flatMap((struct) => (struct instanceof Y.Item && struct.deleted && !hasGivenWay(struct) ? [{ clock: struct.id.clock, len: struct.length }] : [])),
  ]))
}

/** Another value of its key is behind it. */
const hasGivenWay = ({ right, parentSub }: Y.Item): boolean => parentSub !== null && right !== null

function deletesIn(updates: readonly Uint8Array[]): Deletes {
  const all = new Map<number, Range[]>()
  for (const update of updates) {
    for (const [client, ranges] of Y.decodeUpdate(update).ds.clients) all.set(client, [...(all.get(client) ?? []), ...ranges])
  }
  for (const ranges of all.values()) ranges.sort((left, right) => left.clock - right.clock)
  return all
}

/** Whether every range of `part` lies within those of `whole`, which are in order of clock. */
function covers(whole: Deletes, part: Deletes): boolean {
  return [...part].every(([client, ranges]) => ranges.every(({ clock, len }) => {
    let from = clock
    for (const range of whole.get(client) ?? []) {
      if (range.clock > from) break
      from = Math.max(from, range.clock + range.len)
    }
    return from >= clock + len
  }))
}
