/** Every chain of a data folder, from its first entry: what was changed or lost outside the server, and what a backup has of it. */
import type { Database } from './database.ts'
import { GENESIS_DIGEST, provedEntries, provedRecord } from './digest.ts'
import { prepareEntriesAfter } from './log-pages.ts'
import * as rows from './rows.ts'
import type { RecordRow, VersionRow } from './store.ts'

export interface Damage {
  /** A document, or `<draft>/record`. */
  readonly chain: string
  readonly lost: readonly number[]
}

export interface Findings {
  readonly chains: number
  readonly entries: number
  readonly damages: readonly Damage[]
  /** What the database says of its own pages; none where they are sound. */
  readonly faults: readonly string[]
}

interface Chain {
  readonly name: string
  readonly table: 'log' | 'record'
  readonly key: string
}

/** Of every chain, or of the records alone. */
export function checkDatabase(database: Database, tables: readonly Chain['table'][] = ['log', 'record']): Findings {
  const faults = database.prepare('PRAGMA integrity_check').all().map((row) => rows.text(row, 'integrity_check')).filter((line) => line !== 'ok')
  const checked = chainsOf(database).filter(({ table }) => tables.includes(table)).map((chain) => ({ chain: chain.name, ...provedIn(database, chain) }))
  return {
    chains: checked.length,
    entries: checked.reduce((sum, { count }) => sum + count, 0),
    damages: checked.filter(({ lost }) => lost.length > 0).map(({ chain, lost }) => ({ chain, lost })),
    faults,
  }
}

/**
 * Puts back what is lost and what the backup has, chain by chain: kept where the chain then proves it, and left as it was
 * where not. Gives what was put back.
 */
export function mendFrom(database: Database, backup: Database): readonly Damage[] {
  return chainsOf(database).flatMap((chain) => {
    const { lost } = provedIn(database, chain)
    if (lost.length === 0) return []
    database.prepare('BEGIN IMMEDIATE').run()
    for (const seq of lost) putBack(database, backup, chain, seq)
    const still = new Set(provedIn(database, chain).lost)
    const mended = lost.filter((seq) => !still.has(seq))
    // A backup of another conference proves nothing, and must not take the place of what there is.
    const isBetter = mended.length > 0 && [...still].every((seq) => lost.includes(seq))
    database.prepare(isBetter ? 'COMMIT' : 'ROLLBACK').run()
    return isBetter ? [{ chain: chain.name, lost: mended }] : []
  })
}

function chainsOf(database: Database): Chain[] {
  const documents = database.prepare('SELECT DISTINCT document AS key FROM entry ORDER BY document').all()
  const drafts = database.prepare('SELECT DISTINCT draft AS key FROM record ORDER BY draft').all()
  return [
    ...documents.map((row): Chain => ({ name: rows.text(row, 'key'), table: 'log', key: rows.text(row, 'key') })),
    ...drafts.map((row): Chain => ({ name: `${rows.text(row, 'key')}/record`, table: 'record', key: rows.text(row, 'key') })),
  ]
}

function provedIn(database: Database, { table, key }: Chain): { readonly lost: readonly number[]; readonly count: number } {
  if (table === 'log') {
    const entries = prepareEntriesAfter(database)(key, Number.MIN_SAFE_INTEGER)
    return { lost: provedEntries(0, GENESIS_DIGEST, entries).lost, count: entries.length }
  }
  const record = database.prepare(`SELECT ${rows.recordColumns} FROM record WHERE draft = ? ORDER BY seq`).all(key).map(rows.recordRow)
  return { lost: provedRecord(record).lost, count: record.length }
}

const columns = {
  log: ['document', 'seq', 'at_ms', 'actor', 'kind', 'bytes', 'lineage', 'digest'],
  record: ['draft', 'seq', 'at_ms', 'actor', 'kind', 'body', 'digest'],
} as const

function putBack(database: Database, backup: Database, { table, key }: Chain, seq: number): void {
  const names = columns[table]
  const row = backup.prepare(`SELECT * FROM ${table} WHERE ${names[0]} = ? AND seq = ?`).get(key, seq)
  if (row === null) return
  const values = names.map((name) => (name === 'bytes' ? rows.bytes(row, name) : (row[name] as string | number | null)))
  database.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...values)
}

/** Every frozen version, with its draft's record. */
export function versionsIn(database: Database): readonly { readonly version: VersionRow; readonly record: readonly RecordRow[] }[] {
  return database.prepare("SELECT * FROM version WHERE kind = 'final' ORDER BY draft, number").all().map((row) => ({
    version: rows.versionRow(row),
    record: database.prepare(`SELECT ${rows.recordColumns} FROM record WHERE draft = ? ORDER BY seq`).all(rows.text(row, 'draft')).map(rows.recordRow),
  }))
}
