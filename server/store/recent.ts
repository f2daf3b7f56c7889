/**
 * The newest entries of all logs, in the order in which they were committed.
 *
 * The table `log` lies in the order of its documents, so that a room is read in one go; there the commit of a hundred
 * rooms would write a hundred pages, where here it writes a few. A thousand at a time are moved over. The view
 * `entry` is both.
 */
import { limits } from '../../shared/wire/limits.ts'
import type { Database } from './database.ts'
import { integer } from './rows.ts'
import type { LogEntry } from './store.ts'

const columns = 'document, seq, at_ms, actor, kind, bytes, lineage, digest'

export interface Recent {
  /** Inside the caller's transaction. */
  insert(entry: LogEntry): void
  /** Whether there are so many that it is time to move them. */
  readonly isFull: boolean
  /** All of them, in a transaction of its own. Throws what the database throws; then they are where they were. */
  moveToLog(): void
}

export function prepareRecent(database: Database): Recent {
  const insert = database.prepare(`INSERT INTO recent (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const rollback = database.prepare('ROLLBACK')
  const move = database.prepare(`INSERT OR IGNORE INTO log (${columns}) SELECT ${columns} FROM recent ORDER BY document, seq`)
  const all = database.prepare('DELETE FROM recent')
  // Of what the log has another entry for, the chain is to say that something is wrong: it stays.
  const moved = database.prepare('DELETE FROM recent WHERE EXISTS (SELECT 1 FROM log WHERE log.document = recent.document AND log.seq = recent.seq AND log.digest = recent.digest)')
  const count = database.prepare('SELECT count(*) AS found FROM recent')
  let sinceMoved = 0

  return {
    insert({ document, seq, atMs, actor, kind, bytes, lineage, digest }) {
      insert.run(document, seq, atMs, actor, kind, bytes, lineage, digest)
      sinceMoved += 1
    },
    get isFull() {
      return sinceMoved >= limits.storeRecentEntries
    },
    moveToLog() {
      sinceMoved = 0
      try {
        begin.run()
        const found = integer(count.get()!, 'found')
        if (move.run() === found) all.run()
        else moved.run()
        commit.run()
      } catch (error) {
        if (database.inTransaction) rollback.run()
        throw error
      }
    },
  }
}
