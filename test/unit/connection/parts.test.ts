import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { waitMs } from '../../../client/connection/backoff.ts'
import { memoryLocalStore, unsentRunsOf } from '../../../client/connection/index.ts'
import { Outbox } from '../../../client/connection/outbox.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { textIn, updateOf } from '../sync/support.ts'

const wordsIn = (doc: Y.Doc, updates: readonly Uint8Array[]): string[] => unsentRunsOf(doc, updates, (letter) => letter).map(({ words }) => words)

it('CO17 waits grow to a bound and differ between clients', () => {
  expect(waitMs(0, () => 0)).toBe(limits.reconnectMinMs / 2)
  expect(waitMs(0, () => 1)).toBe(limits.reconnectMinMs)
  expect(waitMs(3, () => 1)).toBe(limits.reconnectMinMs * 8)
  expect(waitMs(5_000, () => 1)).toBe(limits.reconnectMaxMs)
})

it('CO18 unsent words are shown by place, in the order of the page, without what was deleted again', () => {
  const doc = new Y.Doc({ gc: false })
  textIn(doc).insert(0, 'Recalling its resolution')
  const updates = [
    updateOf(doc, () => textIn(doc).insert(9, ' wth')),
    updateOf(doc, () => textIn(doc).insert(11, 'i')),
    updateOf(doc, () => textIn(doc).insert(14, ' great')),
    updateOf(doc, () => textIn(doc).delete(14, 6)),
    updateOf(doc, () => textIn(doc).insert(textIn(doc).length, ' 1/1')),
    updateOf(doc, () => doc.getText('other').insert(0, 'elsewhere')),
  ]
  expect(wordsIn(doc, updates)).toEqual([' with', ' 1/1', 'elsewhere'])
})

it('CO19 unsent words of a document that does not have them are shown in the order they were typed', () => {
  const doc = new Y.Doc({ gc: false })
  const updates = ['Re', 'calling'].map((words) => updateOf(doc, () => textIn(doc).insert(textIn(doc).length, words)))
  updates.push(updateOf(doc, () => textIn(doc).insert(0, 'Deeply ')))
  expect(wordsIn(new Y.Doc(), updates)).toEqual(['Recalling', 'Deeply '])
  expect(wordsIn(new Y.Doc(), [])).toEqual([])
})

it('CO20 no more than a bound is in flight, and each acknowledgement lets more go', () => {
  const outbox = new Outbox(memoryLocalStore(), () => undefined)
  for (let count = 0; count < limits.submitsInFlightMax + 3; count++) outbox.add(new Uint8Array([0, 0]), '', [])
  expect(outbox.next()).toHaveLength(limits.submitsInFlightMax)
  expect(outbox.next()).toEqual([])
  outbox.acknowledge(1)
  outbox.acknowledge(1)
  expect(outbox.next().map((one) => one.number)).toEqual([limits.submitsInFlightMax + 1])
  outbox.rewind(3)
  expect(outbox.next()[0]?.number).toBe(3)
  // One answer speaks for all before it, and for nothing that was not sent.
  outbox.rewind(5)
  outbox.acknowledge(9)
  expect(outbox.all()[0]?.number).toBe(5)
})

it('CO21 what the device could not keep is never said to be kept', async () => {
  const changes: boolean[] = []
  const failing = { ...memoryLocalStore(), keep: () => Promise.reject(new Error('full')) }
  const outbox: Outbox = new Outbox(failing, () => changes.push(outbox.isKept))
  outbox.add(new Uint8Array([0, 0]), '', [])
  await new Promise(setImmediate)
  expect([outbox.isKept, outbox.isUnkeepable, changes]).toEqual([false, true, [false]])
  outbox.next()
  outbox.acknowledge(1)
  expect([outbox.isKept, outbox.isUnkeepable]).toEqual([true, false])
})
