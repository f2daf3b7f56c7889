/**
 * What a document's log and leases say of its letters: kept in memory and read on with the log, so that each entry is
 * read once. A log is never rewritten, so what was read stays true.
 */
import * as Y from 'yjs'
import type { Arrival, Copy, LetterLog, LetterRun, Writer } from '../../shared/model/authors.ts'
import type { Taking } from '../../shared/model/taking.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, LeaseRow, LogEntry, Store } from '../store/store.ts'

/** Letters that came within so long of each other need no times of their own. */
const arrivalGrainMs = 60_000

/** What wrote into a document by decision, by actor and time (see LG8: all that one request writes has one time). */
export type CommandAt = (actor: string, atMs: number) => { readonly imported: boolean; readonly by: Writer } | null

export class Letters implements LetterLog {
  readonly copies = new Map<number, Copy[]>()
  readonly takings = new Map<number, Taking[]>()
  readonly arrivals = new Map<number, Arrival[]>()
  readonly writers = new Map<number, Writer>()
  /** The documents that words were copied from, other than this one. */
  readonly sources = new Set<DocumentId>()
  readonly #store: Store
  readonly #document: DocumentId
  #seq = 0

  constructor(store: Store, document: DocumentId) {
    this.#store = store
    this.#document = document
  }

  get seq(): number {
    return this.#seq
  }

  /** Reads the log on to its end, in pages, so that others have their turn. */
  async readOn(commandAt: CommandAt): Promise<void> {
    const strangers = new Set<number>()
    for (;;) {
      const page = await this.#store.entries(this.#document, this.#seq, limits.snapshotEveryEntries)
      for (const entry of page) this.#take(entry, commandAt, strangers)
      if (page.length < limits.snapshotEveryEntries) break
    }
    if (strangers.size === 0) return
    for (const { clientId, delegation, person } of await this.#leasesOf(strangers)) this.writers.set(clientId, { delegation, person })
  }

  /** Of a document that has been written for months all are many, and a few have come since. */
  async #leasesOf(clients: ReadonlySet<number>): Promise<readonly LeaseRow[]> {
    if (clients.size > limits.unknownIdsMax) return this.#store.leases(this.#document)
    const rows = await Promise.all([...clients].map((client) => this.#store.lease(client)))
    return rows.filter((row) => row !== null)
  }

  /** Adds to the strangers whoever wrote in it and is not known yet. */
  #take(entry: LogEntry, commandAt: CommandAt, strangers: Set<number>): void {
    this.#seq = entry.seq
    for (const one of entry.lineage === null ? [] : lineageIn(entry.lineage, this.#document)) {
      if ('source' in one) addFirst(this.takings, one)
      else {
        if (one.document !== this.#document) this.sources.add(one.document)
        addFirst(this.copies, one)
      }
    }
    if (entry.bytes.length === 0) return
    const decided = entry.kind === 'command' ? commandAt(entry.actor, entry.atMs) : null
    for (const [client, clock] of Y.parseUpdateMeta(entry.bytes).from) {
      if (client >= limits.serverClientIdMax && !this.writers.has(client)) strangers.add(client)
      this.#addArrival(client, { clock, atMs: entry.atMs - (entry.atMs % arrivalGrainMs), imported: decided?.imported ?? false, by: decided?.by ?? null })
    }
  }

  #addArrival(client: number, arrival: Arrival): void {
    const list = this.arrivals.get(client)
    const last = list?.at(-1)
    if (list === undefined) this.arrivals.set(client, [arrival])
    else if (last!.atMs !== arrival.atMs || last!.imported !== arrival.imported || last!.by?.person !== arrival.by?.person) list.push(arrival)
  }
}

/** In order of clock; the first that claims a letter has it. */
function addFirst<T extends { readonly to: LetterRun }>(known: Map<number, T[]>, one: T): void {
  const list = known.get(one.to[0])
  if (list === undefined) return void known.set(one.to[0], [one])
  let at = list.length
  while (at > 0 && list[at - 1]!.to[1] > one.to[1]) at--
  const overlaps = (other: T | undefined): boolean => other !== undefined && other.to[1] < one.to[1] + one.to[2] && one.to[1] < other.to[1] + other.to[2]
  if (!overlaps(list[at - 1]) && !overlaps(list[at])) list.splice(at, 0, one)
}

type Kept = { readonly to: LetterRun; readonly from: readonly (string | number)[] } | Taking

/** The log's own JSON: what it was copied from is [client, clock, length] of the same document, or [document, client, clock, length]. */
function lineageIn(lineage: string, document: DocumentId): (Copy | Taking)[] {
  return (JSON.parse(lineage) as readonly Kept[]).map((one) => {
    if (!('from' in one)) return one
    const { to, from } = one
    const [source, run] = typeof from[0] === 'string' ? [from[0], from.slice(1)] : [document, from]
    return { to, document: source, from: run as unknown as LetterRun }
  })
}
