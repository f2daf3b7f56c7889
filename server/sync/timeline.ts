/**
 * The points of a draft's history that the record names: how far each client's structs had come, and what had been deleted,
 * at every entry of the log. Kept in memory and read on with the log, so that each entry is read once; a point is then
 * found without applying a single update.
 */
import * as Y from 'yjs'
import { isPoint } from '../../shared/record/points.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, LogEntry, Store } from '../store/store.ts'
import { decodeHistoryPage, historyPage, type HistoryPage } from './history-page.ts'
import { Turns } from './turns.ts'

/** Of one client, in the order of the log: after entry `seqs[i]` its clock was `clocks[i]`. */
interface Clocks {
  readonly seqs: number[]
  readonly clocks: number[]
}

export class Timeline {
  readonly #store: Pick<Store, 'entries' | 'history' | 'record'>
  readonly #draft: DocumentId
  readonly #clients = new Map<number, Clocks>()
  readonly #deletes: HistoryPage['deleted'][number][] = []
  readonly #commands: HistoryPage['commands'][number][] = []
  readonly #seqOf = new Map<number, number>()
  #matched = 0
  #seq = 0
  #recordSeq = 0
  readonly #turns = new Turns()

  constructor(store: Pick<Store, 'entries' | 'history' | 'record'>, draft: DocumentId) {
    this.#store = store
    this.#draft = draft
  }

  readOn(): Promise<void> {
    return this.#turns.take(() => this.#readOn())
  }

  async #readOn(): Promise<void> {
    if (this.#seq === 0) for (const { seq, bytes } of await this.#store.history(this.#draft, 0)) this.#take(seq, decodeHistoryPage(bytes))
    await this.#readLog()
    for (const { seq, actor, atMs, kind } of await this.#store.record(this.#draft, this.#recordSeq)) {
      this.#recordSeq = seq
      // Joining adds to the record and to no document.
      if (kind === 'join') continue
      let at = this.#matched
      while (at < this.#commands.length && (this.#commands[at]!.actor !== actor || this.#commands[at]!.atMs !== atMs)) at++
      if (at === this.#commands.length) continue
      if (isPoint({ kind })) this.#seqOf.set(seq, this.#commands[at]!.seq)
      this.#matched = at + 1
    }
  }

  /** Two pages are asked for at any time: the store reads the next one while this one is taken. */
  async #readLog(): Promise<void> {
    let at = this.#seq
    const ask = (): Promise<readonly LogEntry[]> => {
      const page = this.#store.entries(this.#draft, at, limits.historyPageEntries)
      at += limits.historyPageEntries
      return page
    }
    const asked = [ask(), ask()]
    try {
      for (let isLast = false; !isLast; ) {
        const entries = await asked[0]!
        asked.shift()
        isLast = entries.length < limits.historyPageEntries
        if (!isLast) asked.push(ask())
        // What was asked goes out when the microtasks are done.
        await null
        if (entries.length > 0) this.#take(entries.at(-1)!.seq, historyPage(entries))
      }
    } finally {
      await Promise.allSettled(asked)
    }
  }

  #take(seq: number, { commands, reached, deleted }: HistoryPage): void {
    this.#seq = seq
    this.#commands.push(...commands)
    this.#deletes.push(...deleted)
    for (const [client, seqs, clocks] of reached) {
      const known = this.#clients.get(client) ?? { seqs: [], clocks: [] }
      this.#clients.set(client, known)
      const before = known.clocks.at(-1) ?? 0
      known.seqs.push(...seqs)
      for (const clock of clocks) known.clocks.push(Math.max(clock, before))
    }
  }

  /** Where in the log an entry of the record was kept; null for one that is no point of the history. */
  seqOf(record: number): number | null {
    return this.#seqOf.get(record) ?? null
  }

  /** The document as it stood behind that entry of the log. */
  pointAt(seq: number): Y.Snapshot {
    const clocks = new Map<number, number>()
    for (const [client, known] of this.#clients) {
      const count = countUpTo(known.seqs, seq)
      if (count > 0) clocks.set(client, known.clocks[count - 1]!)
    }
    return Y.createSnapshot(this.#deletesUpTo(seq), clocks)
  }

  #deletesUpTo(seq: number): Parameters<typeof Y.createSnapshot>[0] {
    const deleted = Y.createDeleteSet()
    const clients = new Map<number, { clock: number; len: number }[]>()
    for (const one of this.#deletes) {
      if (one.seq > seq) break
      const list = clients.get(one.client)
      if (list === undefined) clients.set(one.client, [{ clock: one.clock, len: one.length }])
      else list.push({ clock: one.clock, len: one.length })
    }
    for (const [client, ranges] of clients) {
      ranges.sort((left, right) => left.clock - right.clock)
      const merged: { clock: number; len: number }[] = []
      for (const range of ranges) {
        const last = merged.at(-1)
        if (last !== undefined && last.clock + last.len >= range.clock) last.len = Math.max(last.len, range.clock + range.len - last.clock)
        else merged.push({ ...range })
      }
      deleted.clients.set(client, merged)
    }
    return deleted
  }
}

/** How many of these rising numbers are no greater. */
function countUpTo(numbers: readonly number[], most: number): number {
  let low = 0
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1
    if (numbers[middle]! <= most) low = middle + 1
    else high = middle
  }
  return low
}
