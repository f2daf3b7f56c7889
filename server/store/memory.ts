/** The store in memory, with the semantics of the one on SQLite: for tests and simulation. Keeps nothing. */
import { assertEntries, assertRecord, chainEntries, chainRecord, EMPTY_TAIL, GENESIS_DIGEST, provedEntries, type ChainTail } from './digest.ts'
import { snapshotAhead, StoreError } from './errors.ts'
import { applyToTables, asStored, emptyTables, keyOf, Transaction, type Tables } from './memory-tables.ts'
import { assertStorable } from './storable.ts'
import { headOf } from './store.ts'
import type { AppendRequest, AppendResult, DocumentId, HistoryRow, LogEntry, RecordRow, Store } from './store.ts'

export interface MemoryOptions {
  /** The database clock in milliseconds since 1970; the machine's by default. */
  readonly clock?: () => number
  /** Asked before each call with the method's name; what it returns is what the call rejects with, having kept nothing. */
  readonly fail?: (op: string) => Error | null
}

export interface MemoryStore extends Store {
  /** The same data in a new store, as after a restart. */
  reopen(options?: MemoryOptions): MemoryStore
  /** As it is now, in a store of its own, as a backup of the data folder. */
  copy(): MemoryStore
  /** Changes an entry behind the chain's back, as a hand in the data folder would. */
  damage(document: DocumentId, seq: number): void
}

export function openMemoryStore(options: MemoryOptions = {}): MemoryStore {
  return storeOn(emptyTables(), options)
}

function storeOn(tables: Tables, options: MemoryOptions): MemoryStore {
  const clock = options.clock ?? Date.now
  let closed = false

  function enter(op: string): void {
    if (closed) throw new StoreError('store-closed', 'The store is closed')
    const failure = options.fail?.(op)
    if (failure) throw failure
  }
  /** Copies on the way out, so that nobody holds a row of the table. */
  function reading<A extends readonly unknown[], R>(op: string, read: (...args: A) => R): (...args: A) => Promise<R> {
    return async (...args) => {
      enter(op)
      return structuredClone(read(...args))
    }
  }

  return {
    ...readsOf(tables, reading),
    async append(request) {
      enter('append')
      assertStorable(request, 'append')
      return structuredClone(attempt((transaction) => append(tables, transaction, request, Math.floor(clock())), (result) => result.ok))
    },
    async write(writes) {
      enter('write')
      assertStorable(writes, 'write')
      return attempt((transaction) => writes.every((write) => applyToTables(tables, transaction, write)), (done) => done)
    },
    async saveSnapshot(document, seq, bytes) {
      enter('saveSnapshot')
      if (seq < 1 || seq > tailOf(tables.logs.get(document)).seq) throw snapshotAhead(document, seq)
      const before = tables.snapshots.get(document)
      if (!before || before.seq <= seq) tables.snapshots.set(document, { seq, bytes: new Uint8Array(bytes) })
    },
    async close() {
      closed = true
    },
    reopen: (again = options) => storeOn(tables, again),
    copy: () => storeOn(structuredClone(tables), options),
    damage(document, seq) {
      const log = (tables.logs.get(document) ?? []).map((entry) => (entry.seq === seq ? { ...entry, actor: `${entry.actor}?` } : entry))
      tables.logs.set(document, log)
    },
  }
}

function attempt<T>(perform: (transaction: Transaction) => T, isKept: (result: T) => boolean): T {
  const transaction = new Transaction()
  try {
    const result = perform(transaction)
    if (!isKept(result)) transaction.rollBack()
    return result
  } catch (error) {
    transaction.rollBack()
    throw error
  }
}

function append(tables: Tables, transaction: Transaction, request: AppendRequest, nowMs: number): AppendResult {
  const { document, expectedSeq, alsoExpect, record, outcome } = request
  const outcomeKey = outcome && keyOf(outcome.person, outcome.draft, outcome.key)
  const earlier = outcomeKey && tables.outcomes.get(outcomeKey)
  if (earlier) return { ok: false, why: 'repeated', ...earlier }

  const log = tables.logs.get(document) ?? []
  const tail = tailOf(log)
  const alsoMoved = alsoExpect && tailOf(tables.logs.get(alsoExpect.document)).seq !== alsoExpect.seq
  if (tail.seq !== expectedSeq || alsoMoved) return { ok: false, why: 'moved', seq: tail.seq }

  const records: readonly RecordRow[] = (record && tables.records.get(record.draft)) ?? []
  const atMs = Math.max(nowMs, tail.atMs, tailOf(records).atMs)
  // Bytes of their own size: a clone of a view would clone the whole buffer that it looks into.
  const entries = chainEntries(document, tail, request.entries, atMs).map((entry) => ({ ...entry, bytes: new Uint8Array(entry.bytes) }))
  transaction.push(tables.logs, document, entries)
  const row = record ? chainRecord(tailOf(records), record, atMs) : null
  if (row) transaction.push(tables.records, row.draft, [{ ...row, body: asStored(row.body) }])
  for (const write of request.writes ?? []) if (!applyToTables(tables, transaction, write)) return { ok: false, why: 'gone' }
  if (outcome && outcomeKey) transaction.put(tables.outcomes, outcomeKey, { bodyDigest: outcome.bodyDigest, result: asStored(outcome.result) })
  return { ok: true, entries, record: row }
}

function tailOf(chain: readonly ChainTail[] | undefined): ChainTail {
  return chain?.at(-1) ?? EMPTY_TAIL
}

type Reading = <A extends readonly unknown[], R>(op: string, read: (...args: A) => R) => (...args: A) => Promise<R>

function readsOf(tables: Tables, reading: Reading): Omit<Store, 'append' | 'write' | 'saveSnapshot' | 'close'> {
  const where = <V>(table: Map<unknown, V>, matches: (row: V) => boolean) => [...table.values()].filter(matches)

  return {
    ...logReadsOf(tables, reading),
    outcome: reading('outcome', (person, draft, key) => tables.outcomes.get(keyOf(person, draft, key)) ?? null),
    drafts: reading('drafts', () => [...tables.drafts.values()]),
    draft: reading('draft', (id) => tables.drafts.get(id) ?? null),
    person: reading('person', (id) => tables.persons.get(id) ?? null),
    persons: reading('persons', (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => tables.persons.get(id) ?? [])),
    session: reading('session', (secretHash) => tables.sessions.get(secretHash) ?? null),
    invite: reading('invite', (id) => tables.invites.get(id) ?? null),
    invites: reading('invites', (draft) => where(tables.invites, (row) => row.draft === draft)),
    hats: reading('hats', (draft) => where(tables.hats, (row) => row.draft === draft)),
    hatsOf: reading('hatsOf', (person) => where(tables.hats, (row) => row.person === person)),
    delegations: reading('delegations', (draft) => where(tables.delegations, (row) => row.draft === draft)),
    leases: reading('leases', (document) => where(tables.leases, (row) => row.document === document).sort((a, b) => a.clientId - b.clientId)),
    leaseCount: reading('leaseCount', (document, hatId) => where(tables.leases, (row) => row.document === document && row.hatId === hatId).length),
    lease: reading('lease', (clientId) => tables.leases.get(clientId) ?? null),
    version: reading('version', (draft, number) => tables.versions.get(keyOf(draft, number)) ?? null),
    versions: reading('versions', (draft) =>
      where(tables.versions, (row) => row.draft === draft)
        .sort((a, b) => a.number - b.number)
        .map(({ draft, number, kind, name, symbol, by, seq, sha256, atMs }) => ({ draft, number, kind, name, symbol, by, seq, sha256, atMs })),
    ),
    sources: reading('sources', (draft) =>
      where(tables.sources, (row) => row.draft === draft)
        .sort((a, b) => a.number - b.number)
        .map(headOf),
    ),
    sourceValue: reading('sourceValue', (draft, number) => tables.sources.get(keyOf(draft, number))?.value ?? null),
    sourceFile: reading('sourceFile', (draft, number) => {
      const row = tables.sources.get(keyOf(draft, number))
      return row === undefined || row.removedAtMs !== null ? null : row.bytes
    }),
    visit: reading('visit', (draft, person) => tables.visits.get(keyOf(draft, person)) ?? null),
    seen: reading('seen', (draft, person) =>
      where(tables.seen, (row) => row.draft === draft && row.person === person)
        .map(({ thread, message }) => ({ thread, message }))
        .sort((a, b) => (a.thread < b.thread ? -1 : 1)),
    ),
    setting: reading('setting', (key) => tables.settings.get(key) ?? null),
  }
}

function logReadsOf(tables: Tables, reading: Reading): Pick<Store, 'load' | 'salvage' | 'entries' | 'history' | 'record'> {
  const logOf = (document: DocumentId): readonly LogEntry[] => tables.logs.get(document) ?? []
  const digestAt = (chain: readonly ChainTail[], seq: number) => (seq === 0 ? GENESIS_DIGEST : (chain[seq - 1]?.digest ?? null))

  return {
    load: reading('load', (document: DocumentId) => {
      const log = logOf(document)
      const snapshot = tables.snapshots.get(document) ?? null
      const snapshotSeq = snapshot?.seq ?? 0
      const entries = log.slice(snapshotSeq)
      assertEntries(document, snapshotSeq, digestAt(log, snapshotSeq), entries)
      return { snapshot: snapshot?.bytes ?? null, snapshotSeq, entries, seq: log.length }
    }),
    salvage: reading('salvage', (document: DocumentId) => {
      const log = logOf(document)
      const snapshot = tables.snapshots.get(document) ?? null
      const snapshotSeq = snapshot?.seq ?? 0
      const { sound, lost } = provedEntries(snapshotSeq, digestAt(log, snapshotSeq), log.slice(snapshotSeq))
      return { snapshot: snapshot?.bytes ?? null, snapshotSeq, entries: sound, seq: log.length, lost }
    }),
    entries: reading('entries', (document: DocumentId, afterSeq: number, entriesMax: number) => {
      const log = logOf(document)
      const entries = log.slice(afterSeq, afterSeq + entriesMax)
      if (entries.length > 0) assertEntries(document, afterSeq, digestAt(log, afterSeq), entries)
      return entries
    }),
    history: reading('history', (document: DocumentId, afterSeq: number) => {
      const found: HistoryRow[] = []
      for (let next = tables.history.get(keyOf(document, afterSeq)); next !== undefined; next = tables.history.get(keyOf(document, next.seq))) found.push(next)
      return found
    }),
    record: reading('record', (draft: string, afterSeq: number, entriesMax = Infinity) => {
      const all = tables.records.get(draft) ?? []
      const rows = all.slice(afterSeq, afterSeq + entriesMax)
      if (rows.length > 0) assertRecord(draft, afterSeq, digestAt(all, afterSeq), rows)
      return rows
    }),
  }
}
