/** A harness of the store's contract for each adapter. */
import Libsql from 'libsql'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DATABASE_FILE } from '../../server/store/database.ts'
import { openMemoryStore, type MemoryStore } from '../../server/store/memory.ts'
import { openSqliteStore, type SqliteStore } from '../../server/store/sqlite.ts'
import type { StoreHarness } from './store.ts'

export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'omnibus-store-'))
}

/** Runs SQL in a data folder from outside, also while a store has it open; the logs are all in `log` then. */
export function sql(folder: string, ...statements: readonly string[]): void {
  const database = new Libsql(join(folder, DATABASE_FILE), { timeout: 10_000 })
  database.exec('BEGIN IMMEDIATE; INSERT INTO log SELECT * FROM recent; DELETE FROM recent; COMMIT')
  for (const statement of statements) database.exec(statement)
  database.close()
}

/** How many entries of a data folder that no store has open are on their way: in their logs, and where they were committed too. */
export function entriesInBoth(folder: string): number {
  const database = new Libsql(join(folder, DATABASE_FILE))
  const { found } = database.prepare('SELECT count(*) AS found FROM recent JOIN log USING (document, seq)').get([]) as { found: number }
  database.close()
  return found
}

export interface SqliteHarness extends StoreHarness {
  readonly folder: string
  open(clock: () => number): Promise<SqliteStore>
}

export async function sqliteHarness(): Promise<SqliteHarness> {
  const folder = await newFolder()
  return {
    folder,
    open: (clock) => openSqliteStore(folder, { clock }),
    reopen: (clock) => openSqliteStore(folder, { clock }),
    damage: async (document, seq) => sql(folder, `UPDATE log SET actor = actor || '?' WHERE document = '${document}' AND seq = ${seq}`),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}

export async function memoryHarness(): Promise<StoreHarness> {
  let store: MemoryStore | null = null
  return {
    open: async (clock) => (store = openMemoryStore({ clock })),
    reopen: async (clock) => store!.reopen({ clock }),
    damage: async (document, seq) => store!.damage(document, seq),
    dispose: async () => undefined,
  }
}
