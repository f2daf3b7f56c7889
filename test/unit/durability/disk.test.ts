/** What a disk does to a running server: it takes no more, or the power goes. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { memoryLocalStore, openRoomConnection } from '../../../client/connection/index.ts'
import { DATABASE_FILE, openDatabase } from '../../../server/store/database.ts'
import { firstDamagedEntry, firstDamagedRecord, GENESIS_DIGEST } from '../../../server/store/digest.ts'
import { openSqliteStore, type SqliteStore } from '../../../server/store/sqlite.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { appendOf, entry } from '../../contract/store-fixtures.ts'
import { entriesInBoth, newFolder } from '../../contract/store-harness.ts'
import { randomOf, type Random } from '../../fuzz/random.ts'
import { whenSaved, whenStatus } from '../sync/support.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const cuts = process.env['OMNIBUS_LONG'] ? 100 : 8
/** Times as many, where chance has missed what is wanted. */
const cutsMost = 8

const start = (script: string, ...args: string[]) => startAs([], script, args)

/** `under` is the command that starts it. */
function startAs(under: readonly string[], script: string, args: readonly string[]): { child: ChildProcess; lines: Interface } {
  const [command, ...words] = [...under, process.execPath, fileURLToPath(new URL(script, import.meta.url)), ...args] as [string, ...string[]]
  // What a server says of a failing disk is not for the test's own output.
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, lines: createInterface({ input: child.stdout! }) }
}

/** From now on nothing of the process can write to a file beyond so many bytes. */
const limitFiles = (child: ChildProcess, bytes: number | 'unlimited'): void => void execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`])

it('DU2 while the disk takes nothing the room is read-only and what is typed is kept; when it does again all is saved, and nobody has done anything', async () => {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { child, lines } = start('server.js', folder, '0')
  const [port] = (await once(lines, 'line')) as [string]
  const doc = defineShared(newDoc())
  const local = memoryLocalStore()
  const connection = openRoomConnection({
    url: `ws://127.0.0.1:${port}`, room: 'd1', hatId: 'h-amina', doc, local, socketOf: (url) => new WebSocket(url),
    lease: async () => Number(await (await fetch(`http://127.0.0.1:${port}/lease?person=amina`)).text()),
  })
  onTestFinished(() => connection.close())
  await whenSaved(connection)
  const write = (words: string): void => void createUnits(doc, readDraft(doc, 'en'), { parent: null, after: null }, [{ kind: 'op', words, notes: [], children: [] }])
  write('Urges Member States')
  await whenSaved(connection)
  limitFiles(child, 1)
  write('Requests a report')
  expect(await whenStatus(connection, ({ phase }) => phase === 'paused')).toMatchObject({ code: 'store-down', unacknowledged: 1 })
  write('Decides to meet')
  await whenStatus(connection, ({ saved, unacknowledged }) => saved === 'kept' && unacknowledged === 2)
  expect(local.kept.size).toBe(2)
  limitFiles(child, 'unlimited')
  await whenSaved(connection)
  const store = await atRest(child, folder)
  expect((await store.load('d1')).entries.map(({ kind }) => kind)).toEqual(['update', 'update', 'update'])
})

it.each([
  ['at rest', async (store: SqliteStore) => store.close()],
  // Nobody has closed it: the pages of the last commits are in the log ahead of it.
  ['as a kill leaves it', async (store: SqliteStore, folder: string, as: string) => {
    for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) await copyFile(join(folder, name), join(as, name))
    await store.close()
  }],
])('DU4 a data folder %s is opened on a full disk and can be read; when there is room again it takes entries, and moves those that it could not', async (_, leave) => {
  const [folder, left] = [await newFolder(), await newFolder()]
  onTestFinished(async () => { for (const path of [folder, left]) await rm(path, { recursive: true, force: true }) })
  const first = await openSqliteStore(folder)
  for (let seq = 0; seq < 3; seq++) expect((await first.append(appendOf('d1', seq, entry(seq)))).ok).toBe(true)
  await leave(first, folder, left)
  const data = existsSync(join(left, DATABASE_FILE)) ? left : folder
  const { child, lines } = startAs(['prlimit', '--fsize=1:unlimited'], 'opener.js', [data])
  const said = lines[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => (await said.next()).value
  const append = (): Promise<unknown> => {
    child.stdin!.write('amina\n')
    return next()
  }
  expect([await next(), await append(), await append()]).toEqual(['opened 3', 'store-failed', 'store-failed'])
  limitFiles(child, 'unlimited')
  expect([await append(), await append()]).toEqual(['kept 4', 'kept 5'])
  // And it is closed where nothing can be written.
  limitFiles(child, 1)
  child.stdin!.end()
  expect(await next()).toBe('closed')
  const again = openDatabase(data)
  onTestFinished(() => again.close())
  const count = (table: string): unknown => again.prepare(`SELECT count(*) AS found FROM ${table}`).get()!['found']
  expect([count('recent'), count('log')]).toEqual([0, 5])
})

async function atRest(child: ChildProcess, folder: string) {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  const store = await openSqliteStore(folder)
  onTestFinished(() => store.close())
  return store
}

/** A process that appends, with what it has acknowledged; it can be made to stand still wherever it is, and its files with it. */
function startAppender(data: string) {
  const { child, lines } = start('../store/appender.js', data, '64')
  const acknowledged = new Map<string, number>()
  let count = 0
  let wake = (): void => undefined
  lines.on('line', (line) => {
    const [document, seq] = line.split(' ') as [string, string]
    acknowledged.set(document, Number(seq))
    count += 1
    wake()
  })
  return {
    async acknowledges(more: number): Promise<void> {
      for (const due = count + more; count < due; ) await new Promise<void>((resolve) => { wake = resolve })
    },
    /** `ms` later: right after an acknowledgement it is always at the same thing. */
    async stand(ms: number): Promise<{ readonly database: Buffer; readonly log: Buffer; readonly acknowledged: ReadonlyMap<string, number> }> {
      await new Promise((resolve) => setTimeout(resolve, ms))
      child.kill('SIGSTOP')
      const [database, log] = await Promise.all([DATABASE_FILE, `${DATABASE_FILE}-wal`].map((name) => readFile(join(data, name))))
      return { database: database!, log: log!, acknowledged: new Map(acknowledged) }
    },
    goOn: () => child.kill('SIGCONT'),
  }
}

/** Of the write-ahead log: its header, and that of each page in it (sqlite.org/fileformat2.html, section 4). */
const logHeaderBytes = 32
const frameHeaderBytes = 24

/**
 * What a power cut may leave of a write-ahead log, pages written since `before` reaching the disk in no order, whole, in part
 * or not at all. Null where the database has taken over pages meanwhile: then the order is not free.
 */
function torn(before: { readonly database: Buffer; readonly log: Buffer }, after: { readonly database: Buffer; readonly log: Buffer }, random: Random): Buffer | null {
  const isSame = before.database.equals(after.database) && before.log.subarray(0, logHeaderBytes).equals(after.log.subarray(0, logHeaderBytes))
  if (!isSame || after.log.length < logHeaderBytes) return null
  const left = Buffer.from(after.log)
  const frameBytes = frameHeaderBytes + after.log.readUInt32BE(8)
  let isTorn = false
  for (let at = logHeaderBytes; at < left.length; at += frameBytes) {
    const [was, is] = [before.log, after.log].map((log) => log.subarray(at, at + frameBytes)) as [Buffer, Buffer]
    if (was.equals(is) || random(3) === 0) continue
    // A sector that arrived, and what was there before, or nothing was.
    const arrived = random(2) * 512 * random(8)
    left.fill(0, at + arrived, at + is.length)
    was.copy(left, at + arrived, Math.min(arrived, was.length))
    isTorn = true
  }
  return isTorn ? left : null
}

it(`DU3 whenever the power goes, all that was acknowledged is there, the chains hold and no command is half there (OMNIBUS_SEED=${seed})`, async () => {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const random = randomOf(seed)
  const appender = startAppender(join(folder, 'data'))
  const counts = { copies: 0, torn: 0, commands: 0, moving: 0 }
  const check = async (database: Buffer, log: Buffer, acknowledged: ReadonlyMap<string, number>): Promise<void> => {
    const copy = join(folder, String(counts.copies++))
    await mkdir(copy)
    await Promise.all([writeFile(join(copy, DATABASE_FILE), database), writeFile(join(copy, `${DATABASE_FILE}-wal`), log)])
    if (entriesInBoth(copy) > 0) counts.moving += 1
    counts.commands += await checkCopy(copy, acknowledged)
    await rm(copy, { recursive: true })
  }
  // When the power goes is left to chance: it goes on until it has been cut in the middle of a move too.
  const isMissed = (): boolean => counts.torn <= cuts / 3 || counts.commands <= cuts || counts.moving === 0
  for (let times = 0; times < cuts || (isMissed() && times < cutsMost * cuts); times++) {
    await appender.acknowledges(1 + random(250))
    const before = await appender.stand(random(15))
    await check(before.database, before.log, before.acknowledged)
    appender.goOn()
    await appender.acknowledges(1 + random(8))
    const after = await appender.stand(random(15))
    const log = torn(before, after, random)
    if (log !== null) {
      counts.torn += 1
      await check(before.database, log, before.acknowledged)
    }
    appender.goOn()
  }
  expect([isMissed(), counts]).toEqual([false, counts])
})

/** The last ones are those that may be half there. */
const outcomesAsked = 20

/** Gives how many commands are in it. */
async function checkCopy(copy: string, acknowledged: ReadonlyMap<string, number>): Promise<number> {
  const store = await openSqliteStore(copy)
  try {
    let commands = 0
    for (const [document, seq] of acknowledged) {
      const loaded = await store.load(document)
      expect(loaded.seq).toBeGreaterThanOrEqual(seq)
      expect(firstDamagedEntry(0, GENESIS_DIGEST, loaded.entries)).toBeNull()
      const decided = loaded.entries.filter(({ kind }) => kind === 'command').map((entry) => entry.seq)
      const record = await store.record(document, 0)
      expect(firstDamagedRecord(0, GENESIS_DIGEST, record)).toBeNull()
      expect(record.map(({ body }) => body)).toEqual(decided.map((at) => ({ at })))
      for (const at of decided.slice(-outcomesAsked)) expect(await store.outcome('child', document, `key ${at}`)).toMatchObject({ result: { at } })
      expect(await store.outcome('child', document, `key ${loaded.seq + 1}`)).toBeNull()
      expect(await store.setting(document)).toBe(decided.length === 0 ? null : String(decided.at(-1)))
      commands += decided.length
    }
    return commands
  } finally {
    await store.close()
  }
}
