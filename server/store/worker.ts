/** The worker thread that owns the connection: SQLite has one writer, and its fsync must not hold up the rooms. */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { limits } from '../../shared/wire/limits.ts'
import { openDatabase, type Database } from './database.ts'
import type { ChainTail } from './digest.ts'
import { sent } from './errors.ts'
import { prepareGroup, type WriteOutcome, type WriteRequest } from './group.ts'
import { prepareLookThrough } from './look-through.ts'
import { handedOver, type AppendReply, type Message, type Opened, type Reply, type Request, type StoreStats } from './protocol.ts'
import { prepareReads } from './reads.ts'
import { prepareRecent, type Recent } from './recent.ts'
import type { AppendResult } from './store.ts'
import { prepareSureRead } from './sure-reads.ts'

if (parentPort) open(parentPort, workerData as { readonly folder: string })

function open(port: MessagePort, { folder }: { readonly folder: string }): void {
  try {
    serve(port, openDatabase(folder))
    port.postMessage({ opened: true } satisfies Opened)
  } catch (error) {
    port.postMessage({ opened: false, error: sent(error) } satisfies Opened)
    port.close()
  }
}

function serve(port: MessagePort, database: Database): void {
  const recent = prepareRecent(database)
  const answer = prepareAnswers(database, recent)
  port.on('message', (batch: readonly Message[]) => {
    // Whatever else has arrived meanwhile goes into the same transaction.
    const messages = [...batch]
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) messages.push(...(more.message as readonly Message[]))
    const isLast = messages.some(({ request }) => request.op === 'close')
    for (let from = 0; from < messages.length; from += limits.storeGroupRequestsMax) {
      const replies = answer(messages.slice(from, from + limits.storeGroupRequestsMax))
      port.postMessage(replies, replies.flatMap(handedOver))
      // When whoever waits has been answered.
      if (recent.isDue && !isLast) tidied(database, recent)
    }
    // After the replies: what is posted to a closed port is lost.
    if (isLast) port.close()
  })
}

/** They are on the disk where they are, so that nobody waits for them to be on it in their new place too. */
function tidied(database: Database, recent: Recent): void {
  database.relaxed(() => {
    try {
      recent.moveSome()
    } catch {
      // What cannot be moved now is moved another time: it can be read where it is. The next commit says it where the store has failed.
    }
  })
}

/** Writes first, in one transaction; then reads, which so see nothing that is not committed; closing last. */
function prepareAnswers(database: Database, recent: Recent): (messages: readonly Message[]) => readonly Reply[] {
  const files = prepareLookThrough(database)
  const commitGroup = prepareGroup(database, recent, files)
  const reads = prepareReads(database)
  const sure = prepareSureRead(database, files)
  let stats: StoreStats = { commits: 0, requests: 0 }

  function writeAll(messages: readonly Message[]): readonly Reply[] {
    const writes = messages.flatMap(({ id, request }) => (isWrite(request) ? [{ id, request }] : []))
    if (writes.length === 0) return []
    try {
      const outcomes = commitGroup(writes.map(({ request }) => request))
      stats = { commits: stats.commits + 1, requests: stats.requests + writes.length }
      return writes.map(({ id }, index) => written(id, outcomes[index]!))
    } catch (error) {
      return writes.map(({ id }) => ({ id, ok: false, error: sent(error) }))
    }
  }

  function readOne(request: Exclude<Request, WriteRequest>): unknown {
    switch (request.op) {
      case 'read':
        return sure(`${request.name} ${String(request.args[0])}`, () => (reads[request.name] as (...args: readonly unknown[]) => unknown)(...request.args))
      case 'stats':
        return stats
      case 'close':
        database.close()
        return null
    }
  }

  return (messages) => {
    const replies = [...writeAll(messages)]
    for (const { id, request } of messages) {
      if (isWrite(request)) continue
      try {
        replies.push({ id, ok: true, value: readOne(request) })
      } catch (error) {
        replies.push({ id, ok: false, error: sent(error) })
      }
    }
    return replies
  }
}

function isWrite(request: Request): request is WriteRequest {
  return request.op === 'append' || request.op === 'write' || request.op === 'saveSnapshot'
}

function written(id: number, outcome: WriteOutcome): Reply {
  if (!outcome.ok) return { id, ok: false, error: sent(outcome.error) }
  const { value } = outcome
  return { id, ok: true, value: typeof value === 'object' && value !== null ? appendReply(value) : value }
}

function appendReply(result: AppendResult): AppendReply {
  return result.ok ? { ok: true, links: result.entries.map(link), record: result.record && link(result.record) } : result
}

function link({ seq, atMs, digest }: ChainTail): ChainTail {
  return { seq, atMs, digest }
}
