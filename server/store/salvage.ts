/**
 * A document some of whose pages on the disk cannot be read: what can be is, and the digests say what of it is proved. The two tables
 * are read each by itself: the view looks into the one for every row of the other.
 */
import { limits } from '../../shared/wire/limits.ts'
import { halved, lastIn, readAround } from './around.ts'
import type { Database } from './database.ts'
import { GENESIS_DIGEST, provedEntries } from './digest.ts'
import { columns } from './recent.ts'
import * as rows from './rows.ts'
import type { DocumentId, LogEntry, SalvagedDocument } from './store.ts'

export type Snapshot = Pick<SalvagedDocument, 'snapshot' | 'snapshotSeq'>

/** What is left of a document behind its snapshot. */
export type Salvage = (document: DocumentId, snapshot: Snapshot) => SalvagedDocument

interface Readable {
  readonly entries: readonly LogEntry[]
  /** Whether what is behind the last of them could be read, and is nothing. */
  readonly isToItsEnd: boolean
}

export function prepareSalvage(database: Database): Salvage {
  const selected = columns.map((column) => (column === 'seq' || column === 'at_ms' || column === 'bytes' ? column : rows.proved(column))).join(', ')
  const logRange = database.prepare(`SELECT ${selected} FROM log WHERE document = ? AND seq > ? AND seq <= ? ORDER BY seq`)
  const logEnd = database.prepare('SELECT seq AS last FROM log WHERE document = ? ORDER BY seq DESC LIMIT 1')
  const recentRange = database.prepare(`SELECT ${selected} FROM recent WHERE document = ? AND rowid > ? AND rowid <= ? ORDER BY rowid`)
  const recentEnd = database.prepare('SELECT rowid AS last FROM recent ORDER BY rowid DESC LIMIT 1')

  function recentOf(document: DocumentId): Readable {
    const last = lastIn(() => recentEnd.get())
    let isWhole = last !== null
    const entries = halved(0, last ?? 2 * limits.storeRecentEntries, (from, to) => recentRange.all(document, from, to).map(rows.entryRow), () => (isWhole = false))
    return { entries, isToItsEnd: isWhole }
  }

  /** What is recent comes after all of it. */
  function logOf(document: DocumentId, afterSeq: number, recentSeq: number | undefined): Readable {
    const last = lastIn(() => logEnd.get(document)) ?? recentSeq ?? null
    const entries = readAround(afterSeq, last, (from, to) => logRange.all(document, from, to).map(rows.entryRow))
    return { entries, isToItsEnd: last !== null }
  }

  return (document, { snapshot, snapshotSeq }) => {
    const recent = recentOf(document)
    // With the one at the snapshot, whose digest the next is proved by.
    const log = logOf(document, Math.max(0, snapshotSeq - 1), recent.entries.at(-1)?.seq)
    const both = inOrder(log.entries, recent.entries)
    const entries = both.filter(({ seq }) => seq > snapshotSeq)
    const previous = snapshotSeq === 0 ? GENESIS_DIGEST : (both.find(({ seq }) => seq === snapshotSeq)?.digest ?? null)
    const { sound, lost } = provedEntries(snapshotSeq, previous, entries)
    const last = entries.at(-1)?.seq ?? snapshotSeq
    const isToItsEnd = log.isToItsEnd && recent.isToItsEnd
    // How many are gone at the end nobody knows: the first of them stands for all.
    return { snapshot, snapshotSeq, entries: sound, seq: isToItsEnd ? last : last + 1, lost: isToItsEnd ? lost : [...lost, last + 1] }
  }
}

/** An entry that is being moved is in both. */
function inOrder(log: readonly LogEntry[], recent: readonly LogEntry[]): readonly LogEntry[] {
  const known = new Set(log.map(({ digest }) => digest))
  return [...log, ...recent.filter(({ digest }) => !known.has(digest))].sort((left, right) => left.seq - right.seq)
}
