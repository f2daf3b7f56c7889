/** Every chain of a data folder, from its first entry: what was changed or lost outside the server, and what a backup has of it. */
import { lastIn, orNull, readAround } from './around.ts'
import { chainsOf, type Chain } from './chains.ts'
import { isDamage, type Database } from './database.ts'
import { GENESIS_DIGEST, provedEntries, provedRecord } from './digest.ts'
import { faultsIn } from './faults.ts'
import { prepareEntriesAfter } from './log-pages.ts'
import * as rows from './rows.ts'
import { prepareSalvage } from './salvage.ts'
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

/** Of every chain, or of the records alone. */
export function checkDatabase(database: Database, tables: readonly Chain['table'][] = ['log', 'record']): Findings {
  const checked = chainsOf(database)
    .filter(({ table }) => tables.includes(table))
    .map((chain) => ({ chain: chain.name, ...provedIn(database, chain) }))
    .filter(({ lost, count }) => lost.length > 0 || count > 0)
  return {
    chains: checked.length,
    entries: checked.reduce((sum, { count }) => sum + count, 0),
    damages: checked.filter(({ lost }) => lost.length > 0).map(({ chain, lost }) => ({ chain, lost })),
    faults: faultsIn(database),
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
    try {
      return mendChain(database, backup, chain, lost)
    } catch (error) {
      // A damaged page takes nothing back.
      if (database.inTransaction) database.prepare('ROLLBACK').run()
      if (!isDamage(error)) throw error
      return []
    }
  })
}

function mendChain(database: Database, backup: Database, chain: Chain, lost: readonly number[]): readonly Damage[] {
  database.prepare('BEGIN IMMEDIATE').run()
  for (const seq of lost) putBack(database, backup, chain, seq)
  const still = new Set(provedIn(database, chain).lost)
  const mended = lost.filter((seq) => !still.has(seq))
  // A backup of another conference proves nothing, and must not take the place of what there is.
  const isBetter = mended.length > 0 && [...still].every((seq) => lost.includes(seq))
  database.prepare(isBetter ? 'COMMIT' : 'ROLLBACK').run()
  return isBetter ? [{ chain: chain.name, lost: mended }] : []
}

interface Proof {
  readonly lost: readonly number[]
  readonly count: number
}

function provedIn(database: Database, chain: Chain): Proof {
  return orNull(() => provedWhole(database, chain)) ?? provedAround(database, chain)
}

function provedWhole(database: Database, { table, key }: Chain): Proof {
  if (table === 'log') {
    const entries = prepareEntriesAfter(database)(key, Number.MIN_SAFE_INTEGER)
    return { lost: provedEntries(0, GENESIS_DIGEST, entries).lost, count: entries.length }
  }
  const record = database.prepare(`SELECT ${rows.recordColumns} FROM record WHERE draft = ? ORDER BY seq`).all(key).map(rows.recordRow)
  return { lost: provedRecord(record).lost, count: record.length }
}

/** Where pages of it cannot be read. How many are gone at an end that cannot be read nobody knows: the first stands for all. */
function provedAround(database: Database, { table, key }: Chain): Proof {
  if (table === 'log') {
    const { entries, lost } = prepareSalvage(database)(key, { snapshot: null, snapshotSeq: 0 })
    return { lost, count: entries.length }
  }
  const last = lastIn(() => database.prepare('SELECT seq AS last FROM record WHERE draft = ? ORDER BY seq DESC LIMIT 1').get(key))
  const range = database.prepare(`SELECT ${rows.recordColumns} FROM record WHERE draft = ? AND seq > ? AND seq <= ? ORDER BY seq`)
  const record = readAround(0, last, (from, to) => range.all(key, from, to).map(rows.recordRow))
  const { lost } = provedRecord(record)
  return { lost: last === null ? [...lost, (record.at(-1)?.seq ?? 0) + 1] : lost, count: record.length }
}

const columns = {
  log: ['document', 'seq', 'at_ms', 'actor', 'kind', 'bytes', 'lineage', 'digest'],
  record: ['draft', 'seq', 'at_ms', 'actor', 'kind', 'body', 'digest'],
} as const

function putBack(database: Database, backup: Database, { table, key }: Chain, seq: number): void {
  const names = columns[table]
  const row = orNull(() => backup.prepare(`SELECT * FROM ${table} WHERE ${names[0]} = ? AND seq = ?`).get(key, seq))
  if (row === null) return
  const values = names.map((name) => (name === 'bytes' ? rows.bytes(row, name) : (row[name] as string | number | null)))
  database.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...values)
}

/** Null where damaged pages are in the way. */
interface Frozen {
  readonly draft: string
  readonly number: number
  readonly version: VersionRow | null
  /** Of its draft. */
  readonly record: readonly RecordRow[] | null
}

/** Every frozen version; null where it cannot be read which there are. */
export function versionsIn(database: Database): readonly Frozen[] | null {
  const names = orNull(() => database.prepare("SELECT draft, number FROM version WHERE kind = 'final' ORDER BY draft, number").all())
  const whole = database.prepare('SELECT * FROM version WHERE draft = ? AND number = ?')
  const record = database.prepare(`SELECT ${rows.recordColumns} FROM record WHERE draft = ? ORDER BY seq`)
  return names?.map((name) => {
    const [draft, number] = [rows.text(name, 'draft'), rows.integer(name, 'number')]
    return { draft, number, version: orNull(() => rows.versionRow(whole.get(draft, number)!)), record: orNull(() => record.all(draft).map(rows.recordRow)) }
  }) ?? null
}
