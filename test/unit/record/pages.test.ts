/** One reading of the record for many who ask. */
import { expect, it } from 'vitest'
import { createRecordPages } from '../../../server/record/pages.ts'
import type { RecordRow } from '../../../server/store/store.ts'
import { limits } from '../../../shared/wire/limits.ts'

/** A store that answers when it is let, with what is there when it does. */
function heldRecord() {
  const rows: RecordRow[] = []
  const asked: (readonly [draft: string, afterSeq: number])[] = []
  const waiting: (() => void)[] = []
  let isHeld = false
  let fault: Error | null = null
  return {
    asked,
    write(draft: string, count = 1): void {
      const from = rows.filter((row) => row.draft === draft).length
      for (let seq = from + 1; seq <= from + count; seq++) rows.push({ draft, seq, atMs: seq, actor: 'amina', kind: 'lock', body: null, digest: '' })
    },
    fail: (error: Error | null) => { fault = error },
    hold: () => { isHeld = true },
    release(): void {
      isHeld = false
      for (const one of waiting.splice(0)) one()
    },
    async record(draft: string, afterSeq: number, entriesMax = Infinity): Promise<readonly RecordRow[]> {
      asked.push([draft, afterSeq])
      const found = rows.filter((row) => row.draft === draft && row.seq > afterSeq).slice(0, entriesMax)
      const error = fault
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve))
      if (error !== null) throw error
      return found
    },
  }
}

const seqs = (rows: readonly RecordRow[]): number[] => rows.map(({ seq }) => seq)

it('RC9 many who ask at once are told by two readings, and each all that was committed before they asked', async () => {
  const store = heldRecord()
  const pages = createRecordPages(store)
  store.write('d1', 2)
  store.hold()
  const early = pages.after('d1', 0, 10)
  // The first reading has begun, and does not have it.
  store.write('d1')
  const late = Array.from({ length: 20 }, () => pages.after('d1', 0, 10))
  store.release()
  expect([seqs(await early).slice(0, 2), ...(await Promise.all(late)).map(seqs)]).toEqual([[1, 2], ...Array<number[]>(20).fill([1, 2, 3])])
  expect(store.asked).toEqual([['d1', 0], ['d1', 2]])
  expect(seqs(await pages.after('d1', 1, 1))).toEqual([2])
  expect(store.asked.at(-1)).toEqual(['d1', 3])
})

it('RC9 a record of many pages is read to its end, once', async () => {
  const store = heldRecord()
  const pages = createRecordPages(store)
  store.write('d1', 2 * limits.recordPageEntriesMax + 5)
  expect(seqs(await pages.after('d1', 2 * limits.recordPageEntriesMax, 10))).toEqual([1, 2, 3, 4, 5].map((one) => 2 * limits.recordPageEntriesMax + one))
  expect(store.asked.length).toBe(3)
})

it('RC9 where it cannot be read all who asked are told so, and the next are not', async () => {
  const store = heldRecord()
  const pages = createRecordPages(store)
  store.write('d1')
  store.fail(new Error('disk'))
  const told = await Promise.allSettled([pages.after('d1', 0, 10), pages.after('d1', 0, 10)])
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  store.fail(null)
  expect(seqs(await pages.after('d1', 0, 10))).toEqual([1])
})

it('RC9 no more is kept than the bound: whose was asked for longest ago is read again, and what is longer each time', async () => {
  const store = heldRecord()
  for (const draft of ['d1', 'd2', 'd3']) store.write(draft, 4)
  store.write('long', 30)
  const oneCharacters = 4 * JSON.stringify((await store.record('d1', 0, 1))[0]).length
  // Two of the short ones, with what a draft itself counts for.
  const pages = createRecordPages(store, 2.5 * oneCharacters + 250)
  for (const draft of ['d1', 'd2', 'd3']) await pages.after(draft, 0, 10)
  store.asked.length = 0
  await pages.after('d3', 0, 10)
  await pages.after('d1', 0, 10)
  expect(store.asked).toEqual([['d3', 4], ['d1', 0]])
  expect(seqs(await pages.after('long', 9, 2))).toEqual([10, 11])
  store.asked.length = 0
  expect(seqs(await pages.after('long', 9, 2))).toEqual([10, 11])
  expect(store.asked).toEqual([['long', 9]])
})
