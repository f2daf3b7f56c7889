/** The compare-and-set append of the log, with all that a command writes beside it. */
import type { Database } from './database.ts'
import { chainEntries, chainRecord, EMPTY_TAIL } from './digest.ts'
import type { Recent } from './recent.ts'
import { json, proved, tailOf, text } from './rows.ts'
import type { AppendRequest, AppendResult, CommandOutcome, RecordRow } from './store.ts'
import type { Tails } from './tails.ts'
import type { ApplyWrite } from './writes.ts'

/** Inside the caller's savepoint, which is rolled back when the result is not ok. `nowMs` is the database clock. */
export type Append = (request: AppendRequest, nowMs: number) => AppendResult

export function prepareAppend(database: Database, apply: ApplyWrite, recent: Recent, tails: Tails): Append {
  const recordTail = database.prepare(`SELECT seq, at_ms, ${proved('digest')} FROM record WHERE draft = ? ORDER BY seq DESC LIMIT 1`)
  const insert = prepareInserts(database)

  return (request, nowMs) => {
    const repeated = request.outcome && insert.earlierOutcome(request.outcome)
    if (repeated) return repeated

    const { document, expectedSeq, alsoExpect, record } = request
    const before = tails.of(document)
    const moved = before.seq !== expectedSeq || (alsoExpect && tails.of(alsoExpect.document).seq !== alsoExpect.seq)
    if (moved) return { ok: false, why: 'moved', seq: before.seq }

    // One time for all that the request writes, and never before what either chain already says.
    const lastRow = record ? recordTail.get(record.draft) : null
    const recordBefore = lastRow ? tailOf(lastRow) : EMPTY_TAIL
    const atMs = Math.max(nowMs, before.atMs, recordBefore.atMs)
    const entries = chainEntries(document, before, request.entries, atMs)
    entries.forEach(recent.insert)
    const row = record ? chainRecord(recordBefore, record, atMs) : null
    if (row) insert.record(row)
    for (const write of request.writes ?? []) if (!apply(write)) return { ok: false, why: 'gone' }
    if (request.outcome) insert.outcome(request.outcome)
    tails.set(document, entries.at(-1) ?? before)
    return { ok: true, entries, record: row }
  }
}

function prepareInserts(database: Database) {
  const record = database.prepare('INSERT INTO record (draft, seq, at_ms, actor, kind, body, digest) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const outcome = database.prepare('INSERT INTO outcome (person, draft, key, body_digest, result) VALUES (?, ?, ?, ?, ?)')
  const earlier = database.prepare('SELECT body_digest, result FROM outcome WHERE person = ? AND draft = ? AND key = ?')

  return {
    record({ draft, seq, atMs, actor, kind, body, digest }: RecordRow): void {
      record.run(draft, seq, atMs, actor, kind, JSON.stringify(body), digest)
    },
    outcome({ person, draft, key, bodyDigest, result }: CommandOutcome): void {
      outcome.run(person, draft, key, bodyDigest, JSON.stringify(result))
    },
    earlierOutcome({ person, draft, key }: CommandOutcome): AppendResult | null {
      const row = earlier.get(person, draft, key)
      return row && { ok: false, why: 'repeated', bodyDigest: text(row, 'body_digest'), result: json(row, 'result') }
    },
  }
}
