import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import { Snapshots } from '../../../server/sync/snapshots.ts'
import { Turns } from '../../../server/sync/turns.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { isAck, openHand, openHouse, silent } from './support.ts'

it('RO21 rooms whose snapshots are due together save one after the other, also where one of them cannot', async () => {
  const saving = new Turns()
  const underWay: { readonly document: string; readonly end: (error?: Error) => void }[] = []
  let asked = (): void => undefined
  const nextAsked = (): Promise<void> => new Promise((resolve) => { asked = resolve })
  const room = (document: string): Snapshots => new Snapshots({
    store: {
      saveSnapshot: (which) => new Promise<void>((resolve, reject) => {
        underWay.push({ document: which, end: (error) => (error === undefined ? resolve() : reject(error)) })
        asked()
      }),
    },
    log: silent,
    now: () => 0,
    document,
    read: (save) => save(new Y.Doc(), limits.snapshotEveryEntries),
    saving,
  }, 0)
  const saved = (): string[] => underWay.map(({ document }) => document)
  const first = nextAsked()
  for (const one of ['d1', 'd2', 'd3'].map(room)) one.ifDue(limits.snapshotEveryEntries, 0)
  await first
  expect(saved()).toEqual(['d1'])
  const second = nextAsked()
  underWay[0]!.end()
  await second
  expect(saved()).toEqual(['d1', 'd2'])
  const third = nextAsked()
  underWay[1]!.end(new Error('The disk is full'))
  await third
  expect(saved()).toEqual(['d1', 'd2', 'd3'])
})

it('RO21 ten large pastes save one snapshot, and what comes to as much since the last one is saved at the end', async () => {
  const store = openMemoryStore()
  const saved: number[] = []
  const house = await openHouse({ now: () => 0, store: { ...store, saveSnapshot: (document, seq, bytes) => {
    saved.push(seq)
    return store.saveSnapshot(document, seq, bytes)
  } } })
  const hand = await openHand(house, 'amina')
  const paste = async (number: number): Promise<void> => {
    hand.submit(number, hand.write('w'.repeat(limits.updateCharactersMax)))
    await hand.seen(isAck(number))
  }
  for (let number = 1; number <= 10; number++) await paste(number)
  await (await house.room()).settled()
  expect(saved).toEqual([Math.ceil(limits.snapshotEveryBytes / limits.updateCharactersMax)])
  for (let number = 11; number <= 14; number++) await paste(number)
  await (await house.room()).close()
  expect(saved.slice(1)).toEqual([14])
})
