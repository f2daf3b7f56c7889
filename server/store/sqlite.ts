/** The store on SQLite in a data folder: the side on the main thread, which sends requests to the worker in batches. */
import { mkdir } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { limits } from '../../shared/wire/limits.ts'
import { received, StoreError } from './errors.ts'
import type { AppendReply, Message, Opened, Reply, Request, StoreStats } from './protocol.ts'
import { unpackEntries, type PackedEntries } from './packed.ts'
import type { PackedDocument, ReadName } from './reads.ts'
import { assertStorable } from './storable.ts'
import type { AppendRequest, AppendResult, Store } from './store.ts'
import { workerFile } from './worker-file.ts'

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
  // Not the flags of this process: some (--input-type) are refused in a worker.
  const worker = new Worker(workerFile(), { workerData: { folder }, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: limits.storeYoungMegabytesMax } })
  const opened = await firstMessage(worker)
  if (!opened.opened) throw received(opened.error)
  return storeOver(callerOf(worker), options.clock ?? Date.now)
}

function firstMessage(worker: Worker): Promise<Opened> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new StoreError('store-failed', 'The worker of the store ended before it had opened the data folder')))
  })
}

interface Caller {
  /** What is called in one turn of the microtasks, or while a batch is under way, travels together. */
  call(request: Request): Promise<unknown>
  /** Sends `close` as the last request; whatever is called afterwards rejects with `store-closed`. */
  close(): Promise<void>
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

function callerOf(worker: Worker): Caller {
  const pending = new Map<number, Pending>()
  let outbox: Message[] = []
  /** A batch is with the worker: one at a time, and what is called meanwhile is the next. */
  let isUnderWay = false
  let lastId = 0
  let closed: StoreError | null = null

  function end(error: StoreError): void {
    closed = error
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  worker.on('message', (replies: readonly Reply[]) => {
    isUnderWay = false
    if (outbox.length > 0) flush()
    for (const reply of replies) {
      const waiting = pending.get(reply.id)
      pending.delete(reply.id)
      if (reply.ok) waiting?.resolve(reply.value)
      else waiting?.reject(received(reply.error))
    }
  })
  worker.on('error', (error: Error) => end(new StoreError('store-failed', `The worker of the store failed: ${error.message}`)))
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  void exited.then(() => end(closed ?? new StoreError('store-closed', 'The worker of the store ended')))

  function flush(): void {
    const messages = outbox
    outbox = []
    isUnderWay = true
    worker.postMessage(messages)
  }
  function call(request: Request): Promise<unknown> {
    if (closed) return Promise.reject(closed)
    return new Promise((resolve, reject) => {
      const id = ++lastId
      pending.set(id, { resolve, reject })
      if (outbox.push({ id, request }) === 1 && !isUnderWay) queueMicrotask(flush)
    })
  }
  return {
    call,
    async close() {
      const done = call({ op: 'close' })
      closed = new StoreError('store-closed', 'The store is closed')
      await done
      await exited
    },
  }
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
