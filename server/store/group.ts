/** Group commit: one transaction, and so one fsync, for everything that arrived while the last one ran. */
import { prepareAppend } from './append.ts'
import { harmsOnlyItsRequest, isDamage, messageOf, type Database } from './database.ts'
import { sha256 } from './digest.ts'
import { snapshotAhead, StoreError } from './errors.ts'
import { prepareLookThrough, type LookThrough } from './look-through.ts'
import { prepareRecent, type Recent } from './recent.ts'
import { integer } from './rows.ts'
import type { AppendRequest, AppendResult, DocumentId, Write } from './store.ts'
import { prepareTails, type Tails } from './tails.ts'
import { prepareWrites } from './writes.ts'

export type WriteRequest =
  | { readonly op: 'append'; readonly request: AppendRequest; readonly nowMs: number }
  | { readonly op: 'write'; readonly writes: readonly Write[] }
  | { readonly op: 'saveSnapshot'; readonly document: DocumentId; readonly seq: number; readonly bytes: Uint8Array }

/** `value`: an AppendResult, a boolean, or null for a snapshot. */
export type WriteOutcome = { readonly ok: true; readonly value: AppendResult | boolean | null } | { readonly ok: false; readonly error: unknown }

/** One outcome per request, in order. Throws `store-failed` when the database failed: then none of them was kept. */
export type CommitGroup = (requests: readonly WriteRequest[]) => readonly WriteOutcome[]

export function prepareGroup(database: Database, recent: Recent = prepareRecent(database), files: LookThrough = prepareLookThrough(database)): CommitGroup {
  const tails = prepareTails(database, files)
  const perform = preparePerform(database, recent, tails)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const rollback = database.prepare('ROLLBACK')
  const savepoint = database.prepare('SAVEPOINT request')
  const undo = database.prepare('ROLLBACK TO request')
  const release = database.prepare('RELEASE request')

  /** A request succeeds or fails alone, unless the database itself is in trouble. */
  function alone(request: WriteRequest): WriteOutcome {
    const isOne = isOneEntry(request)
    if (!isOne) savepoint.run()
    let outcome: WriteOutcome
    try {
      outcome = { ok: true, value: perform(request) }
    } catch (error) {
      if (isDamage(error) && isBeyondLogs(request)) throw new OnDamagedPage(request, error)
      if (!harmsOnlyItsRequest(error)) throw error
      outcome = { ok: false, error }
    }
    if (isOne) return outcome
    if (!isKept(outcome)) undo.run()
    release.run()
    return outcome
  }

  function lookAt({ document, alsoExpect }: AppendRequest): void {
    tails.look(document)
    if (alsoExpect) tails.look(alsoExpect.document)
  }

  function together(requests: readonly WriteRequest[]): readonly WriteOutcome[] {
    try {
      for (const request of requests) if (request.op === 'append') lookAt(request.request)
      begin.run()
      const outcomes = requests.map(alone)
      commit.run()
      tails.committed()
      return outcomes
    } catch (error) {
      // A full disk rolls back by itself; a failed COMMIT leaves the transaction open.
      if (database.inTransaction) rollback.run()
      tails.rolledBack()
      // What the disk did not give it may give the next time.
      database.forgetPages()
      if (error instanceof OnDamagedPage) throw error
      throw new StoreError('store-failed', `The database could not keep the changes: ${messageOf(error)}`)
    }
  }

  /** Where the disk did not give the page, which is no damage, all of them have failed. */
  function assertReadable(): void {
    try {
      files.look()
    } catch (error) {
      throw new StoreError('store-failed', `The database could not keep the changes: ${messageOf(error)}`)
    }
  }

  /** Over a damaged page the whole transaction fails, so it is made again without the request that met it. */
  return (requests) => {
    const failed = new Map<WriteRequest, WriteOutcome>()
    for (;;) {
      const rest = requests.filter((request) => !failed.has(request))
      try {
        const outcomes = together(rest).values()
        return requests.map((request) => failed.get(request) ?? outcomes.next().value!)
      } catch (error) {
        if (!(error instanceof OnDamagedPage)) throw error
        assertReadable()
        failed.set(error.request, { ok: false, error: new StoreError('log-damaged', error.message) })
      }
    }
  }
}

/** A request that meets a page of the database that is damaged. */
class OnDamagedPage extends Error {
  readonly request: WriteRequest

  constructor(request: WriteRequest, cause: unknown) {
    const what = request.op === 'saveSnapshot' ? `The snapshot of ${request.document}` : request.op === 'append' ? `What comes with an entry of ${request.request.document}` : 'What was to be written'
    super(`${what} cannot be kept, since a page that it belongs on is damaged: ${messageOf(cause)}`)
    this.request = request
  }
}

/** Where newest entries cannot be written no room can: that is a store that has failed. */
function isBeyondLogs(request: WriteRequest): boolean {
  if (request.op !== 'append') return true
  const { record, outcome, writes } = request.request
  return record !== undefined || outcome !== undefined || writes !== undefined
}

function isKept(outcome: WriteOutcome): boolean {
  if (!outcome.ok) return false
  const { value } = outcome
  return typeof value === 'object' && value !== null ? value.ok : value !== false
}

/** A keystroke alone is one statement, which is written or not: it needs no savepoint of its own. */
function isOneEntry(request: WriteRequest): boolean {
  if (request.op !== 'append') return false
  const { entries, record, outcome, writes } = request.request
  return entries.length === 1 && record === undefined && outcome === undefined && writes === undefined
}

function preparePerform(database: Database, recent: Recent, tails: Tails): (request: WriteRequest) => AppendResult | boolean | null {
  const apply = prepareWrites(database)
  const append = prepareAppend(database, apply, recent, tails)
  const covers = database.prepare('SELECT count(*) AS found FROM entry WHERE document = ? AND seq = ?')
  const save = database.prepare(`
    INSERT INTO snapshot (document, seq, sha256, bytes) VALUES (?, ?, ?, ?)
    ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, sha256 = excluded.sha256, bytes = excluded.bytes
    WHERE excluded.seq >= snapshot.seq`)

  return (request) => {
    switch (request.op) {
      case 'append':
        return append(request.request, request.nowMs)
      case 'write':
        return request.writes.every(apply)
      case 'saveSnapshot': {
        const { document, seq, bytes } = request
        if (integer(covers.get(document, seq)!, 'found') === 0) throw snapshotAhead(document, seq)
        save.run(document, seq, sha256(bytes), bytes)
        return null
      }
    }
  }
}
