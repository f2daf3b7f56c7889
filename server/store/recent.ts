/**
 * The newest entries of all logs, in the order in which they were committed.
 *
 * The table `log` lies in the order of its documents, so that a room is read in one go; there the commit of a hundred
 * rooms would write a hundred pages, where here it writes a few. Thousands are moved over at a time, document by document, so many
 * in one go that no commit waits long for it. Until all of them are there they are in both, and the view `entry` shows each once.
 */
import { limits } from '../../shared/wire/limits.ts'
import type { Database } from './database.ts'
import { integer } from './rows.ts'
import type { LogEntry } from './store.ts'

/** Of an entry, in both tables. */
export const columns = ['document', 'seq', 'at_ms', 'actor', 'kind', 'bytes', 'lineage', 'digest'] as const
const names = columns.join(', ')

export interface Recent {
  /** Inside the caller's transaction. */
  insert(entry: LogEntry): void
  /** Whether there are so many that it is time to move them, or some have been moved and some not. */
  readonly isDue: boolean
  /** Some of them, in a transaction of its own. Throws what the database throws; then they are where they were. */
  moveSome(): void
  /** All of them at once, the same way. */
  moveToLog(): void
}

/** Rows of `recent`, each document's together. */
interface Moving {
  readonly rows: readonly number[]
  readonly upToRow: number
  readonly at: number
  /** Of which the log had none yet. */
  readonly copied: number
}

export function prepareRecent(database: Database): Recent {
  const insert = database.prepare(`INSERT INTO recent (${names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const rollback = database.prepare('ROLLBACK')
  const copyRows = database.prepare(`INSERT OR IGNORE INTO log (${names}) SELECT ${names} FROM recent WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY document, seq`)
  const copyAll = database.prepare(`INSERT OR IGNORE INTO log (${names}) SELECT ${names} FROM recent ORDER BY document, seq`)
  const rowsInOrder = database.prepare('SELECT rowid AS row FROM recent ORDER BY document, seq')
  const lastRow = database.prepare('SELECT coalesce(max(rowid), 0) AS row FROM recent')
  const countUpTo = database.prepare('SELECT count(*) AS found FROM recent WHERE rowid <= ?')
  const deleteUpTo = database.prepare('DELETE FROM recent WHERE rowid <= ?')
  // Of what the log has another entry for, the chain is to say that something is wrong: it stays.
  const deleteMoved = database.prepare('DELETE FROM recent WHERE rowid <= ? AND EXISTS (SELECT 1 FROM log WHERE log.document = recent.document AND log.seq = recent.seq AND log.digest = recent.digest)')
  let sinceMoved = 0
  /** Since some were moved the last time. */
  let sinceStep = 0
  let moving: Moving | null = null

  function all(): Moving {
    const rows = rowsInOrder.all().map((row) => integer(row, 'row'))
    return { rows, upToRow: integer(lastRow.get()!, 'row'), at: 0, copied: 0 }
  }

  function transaction<T>(run: () => T): T {
    try {
      begin.run()
      const result = run()
      commit.run()
      return result
    } catch (error) {
      if (database.inTransaction) rollback.run()
      throw error
    }
  }

  function takeOut(upToRow: number, copied: number): void {
    if (integer(countUpTo.get(upToRow)!, 'found') === copied) deleteUpTo.run(upToRow)
    else deleteMoved.run(upToRow)
  }

  function moveOn({ rows, upToRow, at, copied }: Moving): Moving | null {
    // More than have come meanwhile, or there would be ever more of them.
    const end = at + Math.max(limits.storeMovedAtOnce, 2 * sinceStep)
    sinceStep = 0
    const inAll = copied + copyRows.run(JSON.stringify(rows.slice(at, end)))
    if (end < rows.length) return { rows, upToRow, at: end, copied: inAll }
    takeOut(upToRow, inAll)
    return null
  }

  return {
    insert({ document, seq, atMs, actor, kind, bytes, lineage, digest }) {
      insert.run(document, seq, atMs, actor, kind, bytes, lineage, digest)
      sinceMoved += 1
      sinceStep += 1
    },
    get isDue() {
      return moving !== null || sinceMoved >= limits.storeRecentEntries
    },
    moveSome() {
      if (moving === null) sinceMoved = sinceStep = 0
      const begun = moving ?? all()
      // Where it fails, all that is left is begun anew when it is time again.
      moving = null
      moving = transaction(() => moveOn(begun))
    },
    moveToLog() {
      sinceMoved = 0
      moving = null
      transaction(() => takeOut(integer(lastRow.get()!, 'row'), copyAll.run()))
    },
  }
}
