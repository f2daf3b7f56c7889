/** Pages of the database file that are not what was written: a disk that forgets. */
import Libsql from 'libsql'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '../../../server/store/database.ts'
import { openSqliteStore, type SqliteStore } from '../../../server/store/sqlite.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { appendOf, bytesOf, entry } from '../../contract/store-fixtures.ts'
import { sql, sqliteHarness } from '../../contract/store-harness.ts'

const ENTRIES = 60
const some = (count: number, from = 1) => Array.from({ length: count }, (_, index) => ({ ...entry(0), bytes: new Uint8Array(400).fill(from + index) }))
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

interface Folder {
  readonly folder: string
  readonly store: SqliteStore
}

/** The logs of d0, d1 and d2 in their own places, and then `more`. */
async function written(more: (folder: Folder) => Promise<void> = async () => undefined): Promise<string> {
  const harness = await sqliteHarness()
  onTestFinished(() => harness.dispose())
  const { folder } = harness
  const store = await harness.open(() => 1)
  for (const document of ['d0', 'd1', 'd2']) await store.append(appendOf(document, 0, ...some(ENTRIES)))
  // Without the pages that were left when they were moved.
  sql(folder, 'VACUUM')
  await more({ folder, store })
  await store.close()
  return folder
}

/** Overwrites the page that `bytes` are in, and opens the folder. */
async function damagedAt(folder: string, bytes: Uint8Array): Promise<SqliteStore> {
  const path = join(folder, DATABASE_FILE)
  const file = await readFile(path)
  const at = file.indexOf(bytes)
  expect(at).toBeGreaterThan(0)
  const pageBytes = file.readUInt16BE(16)
  const first = at - (at % pageBytes)
  await writeFile(path, file.fill(0xff, first, first + pageBytes))
  const store = await openSqliteStore(folder)
  onTestFinished(() => store.close())
  return store
}

/** As it stands in the log of d1. */
async function digestOf(folder: string, seq: number): Promise<Buffer> {
  const database = new Libsql(join(folder, DATABASE_FILE))
  const { digest } = database.prepare("SELECT digest FROM log WHERE document = 'd1' AND seq = ?").get([seq]) as { digest: string }
  database.close()
  return Buffer.from(digest)
}

const damage = { code: 'log-damaged', document: 'd1' }

it('LG29 of a page in the middle of a log what stands there is named, and all the rest is read; other documents have nothing of it', async () => {
  const folder = await written()
  const store = await damagedAt(folder, await digestOf(folder, 31))
  const { entries, lost, seq } = await store.salvage('d1')
  expect([seq, lost.includes(31), lost.length < ENTRIES / 2]).toEqual([ENTRIES, true, true])
  expect([...entries.map((one) => one.seq), ...lost].sort((left, right) => left - right)).toEqual(numbers(1, ENTRIES))
  expect(lost).toEqual(numbers(lost[0]!, lost.at(-1)!))
  await expect(store.load('d1')).rejects.toMatchObject({ ...damage, seq: lost[0] })
  await expect(store.entries('d1', 30, 1)).rejects.toMatchObject(damage)
  for (const document of ['d0', 'd2']) {
    expect((await store.load(document)).entries.length).toBe(ENTRIES)
    expect((await store.append(appendOf(document, ENTRIES, entry(1)))).ok).toBe(true)
  }
})

it('LG29 nothing is chained to a last entry that cannot be read, and what others append with it is kept', async () => {
  const folder = await written()
  const store = await damagedAt(folder, await digestOf(folder, ENTRIES))
  const [own, other] = await Promise.allSettled([store.append(appendOf('d1', ENTRIES, entry(1))), store.append(appendOf('d0', ENTRIES, entry(1)))])
  expect([own, other]).toMatchObject([{ status: 'rejected', reason: { code: 'log-damaged' } }, { status: 'fulfilled', value: { ok: true } }])
  const { entries, lost, seq } = await store.salvage('d1')
  // How many there were nothing says any more.
  expect([entries.map((one) => one.seq), lost, seq]).toEqual([numbers(1, entries.length), [entries.length + 1], entries.length + 1])
  expect(entries.length).toBeGreaterThan(ENTRIES / 2)
})

it('LG29 a log whose end cannot be read is read up to there, however long it is', async () => {
  const more = limits.snapshotEveryEntries + 100
  const folder = await written(async ({ folder: at, store }) => {
    await store.append(appendOf('d1', ENTRIES, ...some(more)))
    sql(at, 'VACUUM')
  })
  const store = await damagedAt(folder, await digestOf(folder, ENTRIES + more))
  const { entries, lost } = await store.salvage('d1')
  expect(entries.length).toBeGreaterThan(limits.snapshotEveryEntries + 50)
  expect(lost).toEqual([entries.length + 1])
})

it('LG29 a sound snapshot stands for what is lost below it', async () => {
  const folder = await written(async ({ store }) => store.saveSnapshot('d1', 50, bytesOf(7, 7)))
  const store = await damagedAt(folder, await digestOf(folder, 31))
  expect(await store.load('d1')).toMatchObject({ snapshot: bytesOf(7, 7), snapshotSeq: 50, seq: ENTRIES })
  expect(await store.salvage('d1')).toMatchObject({ snapshotSeq: 50, lost: [], seq: ENTRIES })
})

it('LG29 a snapshot whose page is damaged is passed over', async () => {
  const bytes = new Uint8Array(9_000).fill(7)
  const folder = await written(async ({ store }) => store.saveSnapshot('d1', 50, bytes))
  const store = await damagedAt(folder, bytes.subarray(0, 4_000))
  expect(await store.load('d1')).toMatchObject({ snapshot: null, snapshotSeq: 0, seq: ENTRIES })
})

it('LG31 a snapshot that belongs on a damaged page is not saved, which is reported; what is appended with it is kept, and the room goes on from its log', async () => {
  const bytes = new Uint8Array(9_000).fill(7)
  const folder = await written(async ({ store }) => store.saveSnapshot('d1', 50, bytes))
  const store = await damagedAt(folder, bytes.subarray(0, 4_000))
  const [saved, own, other] = await Promise.allSettled([
    store.saveSnapshot('d1', ENTRIES, bytesOf(8, 8)), store.append(appendOf('d1', ENTRIES, entry(1))), store.append(appendOf('d0', ENTRIES, entry(1))),
  ])
  expect([saved, own, other]).toMatchObject([
    { status: 'rejected', reason: { code: 'log-damaged', message: expect.stringContaining('The snapshot of d1') } },
    { status: 'fulfilled', value: { ok: true } },
    { status: 'fulfilled', value: { ok: true } },
  ])
  expect(await store.load('d1')).toMatchObject({ snapshot: null, seq: ENTRIES + 1 })
  expect((await store.load('d0')).seq).toBe(ENTRIES + 1)
})

it('LG31 of a command whose record is on a damaged page nothing is kept, and nothing else is lost by it', async () => {
  const words = 'a reason that is long enough to be found again'
  const record = { draft: 'd1', actor: 'chair', kind: 'lock', body: { words } }
  const folder = await written(async ({ store }) => void (await store.append({ ...appendOf('d1', ENTRIES, entry(1)), record })))
  const store = await damagedAt(folder, new TextEncoder().encode(words))
  const [own, other] = await Promise.allSettled([store.append({ ...appendOf('d1', ENTRIES + 1, entry(1)), record }), store.append(appendOf('d0', ENTRIES, entry(1)))])
  expect([own, other]).toMatchObject([{ status: 'rejected', reason: { code: 'log-damaged' } }, { status: 'fulfilled', value: { ok: true } }])
  expect((await store.load('d1')).seq).toBe(ENTRIES + 1)
  await expect(store.record('d1', 0)).rejects.toMatchObject({ code: 'log-damaged' })
})

it('LG33 a damaged page that holds no log is named as damage by whatever is asked of it, and as nothing else', async () => {
  const delegation = 'a delegation whose name is found again'
  const row = { clientId: 2 ** 40, document: 'd1', person: 'amina', hatId: 'h-amina', delegation }
  const folder = await written(async ({ store }) => void (await store.write([{ put: 'lease', row }])))
  const store = await damagedAt(folder, new TextEncoder().encode(delegation))
  await expect(store.leases('d1')).rejects.toMatchObject({ code: 'log-damaged', message: expect.stringContaining('damaged page') })
  await expect(store.lease(2 ** 40)).rejects.toMatchObject({ code: 'log-damaged' })
  const [lease, other] = await Promise.allSettled([store.write([{ put: 'lease', row: { ...row, clientId: 2 ** 40 + 1 } }]), store.append(appendOf('d0', ENTRIES, entry(1)))])
  expect([lease, other]).toMatchObject([{ status: 'rejected', reason: { code: 'log-damaged' } }, { status: 'fulfilled', value: { ok: true } }])
  expect((await store.load('d1')).seq).toBe(ENTRIES)
})

it('LG29 where newest entries cannot be read what lies in the logs is', async () => {
  const newest = some(40, 100)
  const folder = await written(async ({ store }) => void (await store.append(appendOf('d1', ENTRIES, ...newest))))
  const store = await damagedAt(folder, newest[20]!.bytes)
  const { entries, lost } = await store.salvage('d1')
  await expect(store.load('d1')).rejects.toMatchObject({ ...damage, seq: lost[0] })
  expect(entries.map((one) => one.seq)).toEqual(expect.arrayContaining(numbers(1, ENTRIES)))
  expect(lost).toContain(ENTRIES + 21)
  expect(entries.length).toBeGreaterThan(ENTRIES)
})
