/** The store's thread as the main one calls it. Where it has ended by itself it is started again by the next call. */
import { Worker } from 'node:worker_threads'
import { limits } from '../../shared/wire/limits.ts'
import { received, StoreError } from './errors.ts'
import type { Message, Opened, Reply, Request } from './protocol.ts'
import { workerFile } from './worker-file.ts'

export interface Caller {
  /** What is called in one turn of the microtasks, or while a batch is under way, travels together. */
  call(request: Request): Promise<unknown>
  /** Sends `close` as the last request; whatever is called afterwards rejects with `store-closed`. */
  close(): Promise<void>
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Rejects when the folder cannot be opened. `clock` says when a thread may be started again. */
export async function openCaller(folder: string, clock: () => number): Promise<Caller> {
  const pending = new Map<number, Pending>()
  let outbox: Message[] = []
  /** A batch is with the thread: one at a time, and what is called meanwhile is the next. */
  let isUnderWay = false
  let lastId = 0
  let closed: StoreError | null = null
  let worker: Worker | null = null
  let starting: Promise<void> | null = null
  let startedAgainMs = -Infinity

  serve(await opened(folder))
  return {
    call,
    async close() {
      if (starting !== null) await starting
      const last = worker
      const exited = new Promise<void>((resolve) => (last === null ? resolve() : last.once('exit', () => resolve())))
      const done = last === null ? null : call({ op: 'close' })
      closed = new StoreError('store-closed', 'The store is closed')
      await done
      await exited
    },
  }

  function serve(next: Worker): void {
    let cause = 'nothing says why'
    worker = next
    next.on('message', (replies: readonly Reply[]) => {
      isUnderWay = false
      if (outbox.length > 0) flush(next)
      for (const reply of replies) {
        const waiting = pending.get(reply.id)
        pending.delete(reply.id)
        if (reply.ok) waiting?.resolve(reply.value)
        else waiting?.reject(received(reply.error))
      }
    })
    next.on('error', (error: Error) => { cause = error.message })
    next.once('exit', () => {
      worker = null
      rejectAll(closed ?? new StoreError('store-failed', `The thread of the store has ended: ${cause}`))
    })
    if (outbox.length > 0) flush(next)
  }

  /** What the thread had, and what it was to have: whether any of it is on the disk only the log can say. */
  function rejectAll(error: unknown): void {
    isUnderWay = false
    outbox = []
    const waiting = [...pending.values()]
    pending.clear()
    for (const { reject } of waiting) reject(error)
  }

  function flush(to: Worker): void {
    const messages = outbox
    outbox = []
    isUnderWay = true
    to.postMessage(messages)
  }

  function call(request: Request): Promise<unknown> {
    if (closed) return Promise.reject(closed)
    if (worker === null && !isStarting()) return Promise.reject(new StoreError('store-failed', 'The thread of the store has ended again; it is given a moment'))
    return new Promise((resolve, reject) => {
      const id = ++lastId
      pending.set(id, { resolve, reject })
      const to = worker
      if (outbox.push({ id, request }) === 1 && to !== null && !isUnderWay) queueMicrotask(() => flush(to))
    })
  }

  /** One that ends each time is not started more and more often. */
  function isStarting(): boolean {
    const nowMs = clock()
    // A clock that was set back is no reason to wait.
    if (starting === null && Math.abs(nowMs - startedAgainMs) < limits.storeStartAgainMs) return false
    if (starting === null) {
      startedAgainMs = nowMs
      starting = opened(folder).then(serve, rejectAll).finally(() => { starting = null })
    }
    return true
  }
}

/** A thread that has the folder open. */
async function opened(folder: string): Promise<Worker> {
  // Not the flags of this process: some (--input-type) are refused in a worker.
  const worker = new Worker(workerFile(), { workerData: { folder }, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: limits.storeYoungMegabytesMax } })
  const first = await firstMessage(worker)
  if (!first.opened) throw received(first.error)
  return worker
}

function firstMessage(worker: Worker): Promise<Opened> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error) => reject(new StoreError('store-failed', `The thread of the store failed: ${error.message}`)))
    worker.once('exit', () => reject(new StoreError('store-failed', 'The worker of the store ended before it had opened the data folder')))
  })
}
