/** A disk that does not give what is asked for, for a while. */
import { rm } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore, type SqliteStore } from '../../../server/store/sqlite.ts'
import { appendOf, bytesOf, entry } from '../../contract/store-fixtures.ts'
import { newFolder } from '../../contract/store-harness.ts'
import { failingDisk, type FailingDisk } from './failing-disk.ts'

const ENTRIES = 20

/** With nothing of its pages in memory but those that every opening reads. */
async function opened(): Promise<{ readonly store: SqliteStore; readonly disk: FailingDisk }> {
  const folder = await newFolder()
  const first = await openSqliteStore(folder)
  const large = Array.from({ length: ENTRIES }, (_, index) => ({ ...entry(0), bytes: new Uint8Array(400).fill(index) }))
  await first.append({ ...appendOf('d1', 0, ...large), record: { draft: 'd1', actor: 'chair', kind: 'lock', body: { words: 'x' } } })
  await first.saveSnapshot('d1', 5, bytesOf(7, 7))
  await first.close()
  // Which moves them to their logs.
  await (await openSqliteStore(folder)).close()
  const store = await openSqliteStore(folder)
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { store, disk: failingDisk(folder) }
}

it('LG32 what cannot be read now is neither damaged nor empty: it is said to be unreadable, and is all there when the disk gives it again', async () => {
  const { store, disk } = await opened()
  disk.fail()
  const failures = await Promise.allSettled([store.load('d1'), store.entries('d1', 0, 100), store.record('d1', 0), store.leases('d1'), store.drafts()])
  disk.recover()
  expect(failures.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : one.value))).toEqual(Array(5).fill('store-unreadable'))
  expect(await store.load('d1')).toMatchObject({ snapshot: bytesOf(7, 7), snapshotSeq: 5, seq: ENTRIES })
  expect((await store.entries('d1', 0, 100)).length).toBe(ENTRIES)
  expect((await store.record('d1', 0)).length).toBe(1)
  expect([await store.leases('d1'), await store.drafts()]).toEqual([[], []])
})

it('LG32 an append whose log cannot be read is not kept, and the next is when it can', async () => {
  const { store, disk } = await opened()
  disk.fail()
  await expect(store.append(appendOf('d1', ENTRIES, entry(1)))).rejects.toThrow()
  disk.recover()
  expect((await store.append(appendOf('d1', ENTRIES, entry(1)))).ok).toBe(true)
  expect((await store.load('d1')).seq).toBe(ENTRIES + 1)
})
