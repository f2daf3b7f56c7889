/** The thread of the store ends by itself: out of memory, or over a fault of ours. */
import type { Worker } from 'node:worker_threads'
import { rm } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { appendOf, entry, succeeded } from '../../contract/store-fixtures.ts'
import { newFolder } from '../../contract/store-harness.ts'

async function open() {
  const folder = await newFolder()
  const threads: Worker[] = []
  const seen = (worker: Worker): void => void threads.push(worker)
  process.on('worker', seen)
  const clock = { ms: 1_000_000 }
  const store = await openSqliteStore(folder, { clock: () => clock.ms })
  onTestFinished(async () => {
    await store.close()
    process.off('worker', seen)
    await rm(folder, { recursive: true, force: true })
  })
  return { store, threads, clock }
}

const failed = { code: 'store-failed' }

it('LG30 when its thread has ended what was under way is rejected, all that was acknowledged is there, and the next append is kept', async () => {
  const { store, threads } = await open()
  for (let seq = 0; seq < 5; seq++) succeeded(await store.append(appendOf('d1', seq, entry(seq))))
  const underWay = ['d2', 'd3'].map((document) => store.append(appendOf(document, 0, entry(1))))
  const later = Promise.resolve().then(() => store.append(appendOf('d4', 0, entry(1))))
  const settled = Promise.allSettled([...underWay, later])
  await threads[0]!.terminate()
  for (const one of await settled) expect(one.status === 'fulfilled' ? one.value : (one.reason as unknown)).toMatchObject(one.status === 'fulfilled' ? { ok: true } : failed)
  // Asked for together: one thread is started for both.
  const [{ seq }, other] = await Promise.all([store.load('d1'), store.load('d5')])
  expect([seq, other.seq, threads.length]).toEqual([5, 0, 2])
  succeeded(await store.append(appendOf('d1', 5, entry(5))))
  for (const [index, one] of (await settled).entries()) if (one.status === 'fulfilled') expect((await store.load(`d${index + 2}`)).seq).toBe(1)
})

it('LG30 a thread that ends again and again is started no more often than once in a while, and closing waits for none', async () => {
  const { store, threads, clock } = await open()
  const end = (): Promise<unknown> => threads.at(-1)!.terminate()
  await end()
  succeeded(await store.append(appendOf('d1', 0, entry(1))))
  await end()
  clock.ms += limits.storeStartAgainMs - 1
  await expect(store.load('d1')).rejects.toMatchObject(failed)
  expect(threads.length).toBe(2)
  clock.ms += 1
  expect((await store.load('d1')).seq).toBe(1)
  await end()
  await store.close()
  await expect(store.load('d1')).rejects.toMatchObject({ code: 'store-closed' })
  expect(threads.length).toBe(3)
})
