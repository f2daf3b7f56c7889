/** The store on SQLite in a data folder: the side on the main thread, which calls the worker's. */
import { mkdir } from 'node:fs/promises'
import { openCaller, type Caller } from './caller.ts'
import type { AppendReply, StoreStats } from './protocol.ts'
import { unpackEntries, type PackedEntries } from './packed.ts'
import type { PackedDocument, ReadName } from './reads.ts'
import { assertStorable } from './storable.ts'
import type { AppendRequest, AppendResult, Store } from './store.ts'

export interface SqliteStore extends Store {
  stats(): Promise<StoreStats>
}

export interface SqliteOptions {
  /** The database clock in milliseconds since 1970; the machine's by default. */
  readonly clock?: () => number
}

/**
 * Opens the data folder, and makes it when it is not there. Rejects with a `StoreError`: `store-busy`,
 * `store-unknown-version` or `store-failed`. Methods reject with `store-failed`, `store-closed`, `log-damaged` or,
 * for a request that no caller should make, a RangeError.
 */
export async function openSqliteStore(folder: string, options: SqliteOptions = {}): Promise<SqliteStore> {
  // Private: session hashes and unpublished amendments are in it.
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const clock = options.clock ?? Date.now
  return storeOver(await openCaller(folder, clock), clock)
}

function storeOver({ call, close }: Caller, clock: () => number): SqliteStore {
  function read<K extends Exclude<ReadName, 'load' | 'entries'>>(name: K): (...args: Parameters<Store[K]>) => ReturnType<Store[K]> {
    return (...args) => call({ op: 'read', name, args }) as ReturnType<Store[K]>
  }
  let closing: Promise<void> | null = null

  return {
    async append(request) {
      assertStorable(request, 'append')
      const own = withOwnBytes(request)
      const reply = (await call({ op: 'append', request: own, nowMs: Math.floor(clock()) })) as AppendReply
      return appendResult(own, reply)
    },
    async write(writes) {
      assertStorable(writes, 'write')
      return (await call({ op: 'write', writes })) as boolean
    },
    async saveSnapshot(document, seq, bytes) {
      await call({ op: 'saveSnapshot', document, seq, bytes: new Uint8Array(bytes) })
    },
    async load(document) {
      const { snapshot, snapshotSeq, ...packed } = (await call({ op: 'read', name: 'load', args: [document] })) as PackedDocument
      return { snapshot, snapshotSeq, entries: unpackEntries(document, packed), seq: snapshotSeq + packed.count }
    },
    salvage: read('salvage'),
    async entries(document, ...page) {
      return unpackEntries(document, (await call({ op: 'read', name: 'entries', args: [document, ...page] })) as PackedEntries)
    },
    history: read('history'),
    outcome: read('outcome'),
    drafts: read('drafts'),
    draft: read('draft'),
    person: read('person'),
    persons: read('persons'),
    session: read('session'),
    invite: read('invite'),
    invites: read('invites'),
    hats: read('hats'),
    hatsOf: read('hatsOf'),
    delegations: read('delegations'),
    leases: read('leases'),
    leaseCount: read('leaseCount'),
    lease: read('lease'),
    record: read('record'),
    version: read('version'),
    versions: read('versions'),
    sources: read('sources'),
    sourceValue: read('sourceValue'),
    sourceFile: read('sourceFile'),
    visit: read('visit'),
    seen: read('seen'),
    setting: read('setting'),
    stats: () => call({ op: 'stats' }) as Promise<StoreStats>,
    close: () => (closing ??= close()),
  }
}

/**
 * Copies the updates, all into one buffer, which crosses to the worker as one: a view into a socket's buffer would travel with the
 * whole of that, and could change before it does.
 */
function withOwnBytes(request: AppendRequest): AppendRequest {
  const all = new Uint8Array(request.entries.reduce((sum, { bytes }) => sum + bytes.length, 0))
  let at = 0
  const entries = request.entries.map((entry) => {
    const bytes = all.subarray(at, (at += entry.bytes.length))
    bytes.set(entry.bytes)
    return { ...entry, bytes }
  })
  return { ...request, entries }
}

function appendResult({ document, entries, record }: AppendRequest, reply: AppendReply): AppendResult {
  if (!reply.ok) return reply
  return {
    ok: true,
    entries: entries.map((entry, index) => ({ document, ...entry, ...reply.links[index]! })),
    record: record && reply.record ? { ...record, ...reply.record } : null,
  }
}
