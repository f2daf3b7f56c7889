/** One connection to the database of a data folder, and the only module that knows libsql. */
import Libsql from 'libsql'
import { join } from 'node:path'
import { limits } from '../../shared/wire/limits.ts'
import { assertReadable } from './disk.ts'
import { StoreError } from './errors.ts'
import { prepareRecent } from './recent.ts'
import { MistypedError } from './rows.ts'
import { MIGRATIONS, SCHEMA, SCHEMA_VERSION } from './schema.ts'

export const DATABASE_FILE = 'omnibus.db'
const LOCK_FILE = 'omnibus.lock'
const FORGET_PAGES = 'PRAGMA shrink_memory'

export type Value = string | number | Uint8Array | null
/** A row by column name. Map its columns explicitly: libsql adds one of its own. */
export type Row = Readonly<Record<string, unknown>>

export interface Statement {
  /** The number of rows that it changed. */
  run(...values: readonly Value[]): number
  get(...values: readonly Value[]): Row | null
  all(...values: readonly Value[]): readonly Row[]
}

export interface Database {
  prepare(sql: string): Statement
  readonly inTransaction: boolean
  /**
   * Without a wait for the disk: what `run` commits may be undone when the power goes, whole transactions from the last backwards.
   * The next commit outside of it waits for all of them. Throws what `run` throws; where it throws anything else, nothing that is
   * committed from then on may be called kept.
   */
  relaxed(run: () => void): void
  /**
   * Lets go of the pages in memory. One that the disk did not give stays there as if it were empty and is called corrupt for as long
   * as it does; whether it is only the file can say.
   */
  forgetPages(): void
  /** Reads the files from end to end. Throws `store-unreadable` where the disk does not give all of them. */
  assertReadable(): void
  /** Gives up the lock on the folder too. */
  close(): void
}

/** Opens, and creates where nothing is. Throws `store-busy`, `store-unknown-version`, `store-unreadable` or `store-failed`. */
export function openDatabase(folder: string): Database {
  const unlock = lock(folder)
  try {
    return openSurely(folder, unlock)
  } catch (error) {
    unlock()
    throw error instanceof StoreError ? error : failed(folder, error)
  }
}

/** What the disk did not give is called damaged too: where it gives all of it now it is tried once more. */
function openSurely(folder: string, unlock: () => void): Database {
  try {
    return openLocked(folder, unlock)
  } catch (error) {
    if (!isDamage(error)) throw error
    assertGiven(folder)
    return openLocked(folder, unlock)
  }
}

const assertGiven = (folder: string): void => [DATABASE_FILE, `${DATABASE_FILE}-wal`].forEach((name) => assertReadable(join(folder, name)))

function openLocked(folder: string, unlock: () => void): Database {
  const connection = connectedIn(folder)
  const database: Database = {
    prepare: (sql) => prepare(connection, sql),
    get inTransaction() {
      return connection.inTransaction
    },
    relaxed(run) {
      connection.exec('PRAGMA synchronous = NORMAL')
      try {
        run()
      } finally {
        connection.exec('PRAGMA synchronous = FULL')
      }
    },
    forgetPages: () => void connection.exec(FORGET_PAGES),
    assertReadable: () => assertGiven(folder),
    close() {
      // What has no room in its place is kept in the log ahead of it, and read there.
      unlessNoRoom(() => connection.exec('PRAGMA wal_checkpoint(TRUNCATE)'))
      connection.close()
      unlock()
    },
  }
  moveRecent(database)
  return database
}

function connectedIn(folder: string): Libsql.Database {
  try {
    return connected(folder, '')
  } catch (error) {
    if (!codeOf(error).startsWith('SQLITE_IOERR_SHM')) throw error
    // On a disk without room for the index that is shared with other processes it is in memory, and they can read nothing.
    return connected(folder, 'PRAGMA locking_mode = EXCLUSIVE')
  }
}

function connected(folder: string, first: string): Libsql.Database {
  const connection = new Libsql(join(folder, DATABASE_FILE))
  try {
    connection.exec(`PRAGMA busy_timeout = ${limits.storeBusyMs}; ${first}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`)
    createTables(connection, folder)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Where the log is damaged, or the disk full, it may take none; they are read where they are. */
function moveRecent(database: Database): void {
  try {
    unlessNoRoom(() => prepareRecent(database).moveToLog())
  } catch (error) {
    if (!isDamage(error)) throw error
  }
}

function unlessNoRoom(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!noRoom.has(codeOf(error))) throw error
  }
}

/** What a disk says that takes nothing more. */
const noRoom: ReadonlySet<string> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_TRUNCATE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_DIR_FSYNC', 'SQLITE_IOERR_SHMSIZE'])

/**
 * Two servers on one folder would each broadcast what the other has not seen. The lock is an exclusive transaction on
 * a database of its own, held open: the system ends it with the process, however that dies, and the log itself stays
 * readable for backups.
 */
function lock(folder: string): () => void {
  const connection = connect(folder)
  try {
    // Nothing is ever written to it, and a full disk has no room for the beginning of a journal.
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    if (!codeOf(error).startsWith('SQLITE_BUSY')) throw failed(folder, error)
    throw new StoreError('store-busy', `Another process has the data folder ${folder} open. Stop it, or name another folder.`)
  }
  return () => {
    connection.exec('ROLLBACK')
    connection.close()
  }
}

function connect(folder: string): Libsql.Database {
  try {
    return new Libsql(join(folder, LOCK_FILE))
  } catch (error) {
    throw failed(folder, error)
  }
}

function failed(folder: string, error: unknown): StoreError {
  const todo = isDamage(error) ? 'It is damaged: restore it from a backup.' : 'Look whether it is there, whether it may be read and written, and whether its disk is sound.'
  return new StoreError('store-failed', `The data folder ${folder} could not be opened: ${messageOf(error)}. ${todo}`)
}

function createTables(connection: Libsql.Database, folder: string): void {
  const found = Number(prepare(connection, 'PRAGMA user_version').get()?.['user_version'])
  if (found === 0) {
    connection.exec(inOne(SCHEMA, SCHEMA_VERSION))
    return
  }
  if (found > SCHEMA_VERSION || (found < SCHEMA_VERSION && MIGRATIONS[found] === undefined)) {
    const message = `The data folder ${folder} has form ${found}; this server knows form ${SCHEMA_VERSION}. Use the version of the server that wrote it.`
    throw new StoreError('store-unknown-version', message)
  }
  for (let version = found; version < SCHEMA_VERSION; version++) connection.exec(inOne(MIGRATIONS[version]!, version + 1))
}

const inOne = (sql: string, version: number): string => `BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${version}; COMMIT`

function prepare(connection: Libsql.Database, sql: string): Statement {
  let statement: Libsql.Statement | null = connection.prepare(sql)
  // One that has failed over a page fails over it again, though the disk may give it the next time, and is prepared anew where it is used next.
  function using<T>(use: (prepared: Libsql.Statement) => T): T {
    try {
      return use((statement ??= connection.prepare(sql)))
    } catch (error) {
      if (isDamage(error)) {
        statement = null
        connection.exec(FORGET_PAGES)
      }
      throw error
    }
  }
  // Always one array: libsql takes a single null or Uint8Array for an object of named parameters.
  return {
    run: (...values) => using((prepared) => prepared.run(bindable(values)).changes),
    get: (...values) => using((prepared) => (prepared.get(bindable(values)) as Row | undefined) ?? null),
    all: (...values) => using((prepared) => prepared.all(bindable(values)) as readonly Row[]),
  }
}

/** libsql ends the whole process on undefined, booleans and objects, so nothing but these passes. */
function bindable(values: readonly unknown[]): readonly Value[] {
  return values.map((value) => {
    if (value === null || typeof value === 'string' || value instanceof Uint8Array) return value
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw new RangeError(`A ${typeof value} cannot be stored: ${String(value)}`)
  })
}

/** Whether the error is about one request's values alone, with the transaction around it unharmed. */
export function harmsOnlyItsRequest(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'log-damaged'
  if (error instanceof RangeError || error instanceof TypeError) return true
  // By the primary code (19, SQLITE_CONSTRAINT): libsql has no name for some of the extended ones.
  return error instanceof Libsql.SqliteError && ((error.rawCode ?? 0) & 0xff) === 19
}

/**
 * Whether it says that pages of the file are not what the database wrote, or that rows in them make no sense. libsql says so too of a
 * page that the disk did not give: see `assertReadable`.
 */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error)
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || error instanceof MistypedError || error instanceof SyntaxError
}

/** SQLite's own; empty for what is no error of the database. */
export function codeOf(error: unknown): string {
  return error instanceof Libsql.SqliteError ? error.code : ''
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? `${codeOf(error)} ${error.message}`.trim() : String(error)
}
