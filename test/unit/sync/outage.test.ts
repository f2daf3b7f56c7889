/** What happens in a room whose store keeps nothing, or whose log was damaged. */
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import { StoreError } from '../../../server/store/errors.ts'
import { keeps, Outage } from '../../../server/sync/outage.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { closeCodes, type Message } from '../../../shared/wire/protocol.ts'
import {
  isAck, isStep, manualTimers, openHand, openHouse, openMember, openWire, silent, textIn, updateOf, whenLive, whenSaved, whenStatus, whenWords, wordsSeen, type House,
} from './support.ts'

/** A store that keeps nothing while it is down. */
function fragile() {
  let isDown = false
  const tries: string[] = []
  const store = openMemoryStore({
    fail: (op) => {
      if (op !== 'append' && op !== 'write') return null
      tries.push(op)
      return isDown ? new StoreError('store-failed', 'The disk is full') : null
    },
  })
  return { store, tries, down: () => { isDown = true }, up: () => { isDown = false } }
}

async function open(): Promise<{ readonly house: House; readonly disk: ReturnType<typeof fragile>; readonly retry: () => Promise<void> }> {
  const disk = fragile()
  const timers = manualTimers()
  const outage = new Outage({ isBack: () => keeps(disk.store, 0), log: silent, now: () => 0, after: timers.after })
  const house = await openHouse({ store: disk.store, outage })
  return {
    house, disk,
    retry: async () => {
      timers.advance(limits.storeRetryMaxMs)
      await new Promise(setImmediate)
    },
  }
}

const isReadOnly = (code: string) => (message: Message): boolean => message.type === 'notice' && message.notice.notice === 'read-only' && message.notice.code === code

it('RO45 when the store keeps nothing those who are in stay and are told, nothing is acknowledged or seen, and all comes to be saved by itself', async () => {
  const { house, disk, retry } = await open()
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji')]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  amina.type('before ')
  await Promise.all([whenSaved(amina), whenWords(kenji, 'before ')])
  disk.down()
  amina.type('meanwhile ')
  const paused = await Promise.all([amina, kenji].map((one) => whenStatus(one, ({ phase }) => phase === 'paused')))
  expect(paused.map(({ code, saved, unacknowledged, writable }) => [code, saved, unacknowledged, writable])).toEqual([['store-down', 'kept', 1, true], ['store-down', 'saved', 0, true]])
  kenji.type('and also ', 0)
  await retry()
  await retry()
  expect([amina.words(), kenji.words()]).toEqual(['before meanwhile ', 'and also before '])
  expect([amina.local.kept.size, kenji.local.kept.size, (await disk.store.load('d1')).seq]).toEqual([1, 1, 1])
  disk.up()
  await retry()
  await Promise.all([whenSaved(amina), whenSaved(kenji)])
  await Promise.all([amina, kenji].map((one) => whenWords(one, 'and also before meanwhile ')))
  expect((await disk.store.load('d1')).seq).toBe(3)
})

it('RO45 a store that is down is tried less and less often, and soon again when it fails another time', async () => {
  const disk = fragile()
  const timers = manualTimers()
  const waits: number[] = []
  const clock = { ms: 0 }
  const outage = new Outage({
    isBack: () => keeps(disk.store, clock.ms), log: silent, now: () => clock.ms,
    after: (ms, run) => {
      waits.push(ms)
      return timers.after(ms, run)
    },
  })
  const retry = async (): Promise<void> => {
    timers.advance(limits.storeRetryMaxMs)
    await new Promise(setImmediate)
  }
  disk.down()
  outage.begin(new Error('first'))
  outage.begin(new Error('once is enough'))
  for (let times = 0; times < 8; times++) await retry()
  expect(waits.slice(0, 3)).toEqual([1, 2, 4].map((times) => times * limits.storeRetryMinMs))
  expect(waits.at(-1)).toBe(limits.storeRetryMaxMs)
  expect(outage.isOn).toBe(true)
  disk.up()
  await retry()
  expect(outage.isOn).toBe(false)
  // It comes and goes: each coming is no reason to hurry.
  outage.begin(new Error('again'))
  expect(waits.at(-1)).toBe(limits.storeRetryMaxMs)
  await retry()
  clock.ms = limits.storeRetryMaxMs + 1
  outage.begin(new Error('much later'))
  expect(waits.at(-1)).toBe(limits.storeRetryMinMs)
  outage.stop()
})

it('RO45 whoever comes in meanwhile reads, and is told; what they submit is neither refused nor acknowledged', async () => {
  const { house, disk, retry } = await open()
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('before'))
  await amina.seen(isAck(1))
  const issued = await house.lease('kenji')
  disk.down()
  amina.submit(2, amina.write('lost'))
  await amina.seen(isReadOnly('store-down'))
  const reader = await openWire(house, 'kenji')
  reader.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
  await Promise.all([reader.seen(isReadOnly('store-down')), reader.seen(isStep(1))])
  expect(wordsSeen(reader)).toBe('before')
  const tried = disk.tries.length
  const doc = defineShared(newDoc())
  for (const message of reader.received) if (message.type === 'sync' && message.step === 1) Y.applyUpdate(doc, message.bytes)
  doc.clientID = issued
  reader.send({ type: 'submit', number: 1, bytes: updateOf(doc, () => textIn(doc).insert(0, 'also lost ')), hints: '' })
  amina.submit(3, amina.write(' and more'))
  await Promise.all([amina.fence(), reader.fence()])
  await new Promise(setImmediate)
  const answers = [amina, reader].map(({ received }) => received.filter(({ type }) => type === 'refused' || type === 'acknowledged'))
  expect(answers).toEqual([[{ type: 'acknowledged', number: 1 }], []])
  expect(disk.tries.length).toBe(tried)
  disk.up()
  await retry()
  expect(await Promise.all([amina.closed, reader.closed])).toEqual([closeCodes.rebuilt, closeCodes.rebuilt])
})

it('RO46 a room whose log was damaged opens with what is proved of it, but for what builds on what is lost, and takes nothing', async () => {
  const store = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  const updates = [
    updateOf(source, () => textIn(source).insert(0, 'Recalling ')),
    updateOf(source, () => source.getText('other').insert(0, 'lost')),
    updateOf(source, () => source.getText('other').insert(4, ' with it')),
  ]
  const elsewhere = new Y.Doc({ gc: false })
  Y.applyUpdate(elsewhere, updates[0]!)
  updates.push(updateOf(elsewhere, () => textIn(elsewhere).insert(10, 'its resolution')))
  for (const [expectedSeq, bytes] of updates.entries()) await store.append({ document: 'd1', expectedSeq, entries: [{ actor: 'amina', kind: 'update', bytes, lineage: null }] })
  store.damage('d1', 2)
  const house = await openHouse({ store })
  const amina = openMember(house, 'amina')
  expect(await whenStatus(amina, ({ phase }) => phase === 'paused')).toMatchObject({ code: 'log-damaged' })
  expect([amina.words(), amina.doc.getText('other').toString()]).toEqual(['Recalling its resolution', ''])
  const room = await house.room()
  expect([room.isDamaged, room.doc.store.pendingStructs]).toEqual([true, null])
  await expect(room.change(() => ({ actor: 'chair', draft: 'd1', kind: 'lock', record: null }))).rejects.toMatchObject({ code: 'log-damaged' })
  const kenji = await openHand(house, 'kenji')
  kenji.submit(1, kenji.write('more'))
  await kenji.fence()
  await new Promise(setImmediate)
  expect(kenji.received.filter(({ type }) => type === 'refused' || type === 'acknowledged')).toEqual([])
  expect((await store.salvage('d1')).seq).toBe(4)
})

it('RO46 of a damaged document no snapshot is saved when its room closes: it would stand for what is lost', async () => {
  const store = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  const entries = Array.from({ length: limits.snapshotAtEndEntries + 2 }, () => ({ actor: 'amina', kind: 'update' as const, bytes: updateOf(source, () => textIn(source).insert(0, 'a')), lineage: null }))
  await store.append({ document: 'd1', expectedSeq: 0, entries })
  store.damage('d1', 2)
  const house = await openHouse({ store })
  const room = await house.room()
  expect(room.isDamaged).toBe(true)
  await room.close()
  await expect(store.load('d1')).rejects.toMatchObject({ code: 'log-damaged', seq: 2 })
})

it('LG33 a room whose ids are on a damaged page opens for reading', async () => {
  const memory = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  await memory.append({ document: 'd1', expectedSeq: 0, entries: [{ actor: 'amina', kind: 'update', bytes: updateOf(source, () => textIn(source).insert(0, 'Recalling')), lineage: null }] })
  const house = await openHouse({ store: { ...memory, leases: () => Promise.reject(new StoreError('log-damaged', 'A page is damaged')) } })
  const amina = openMember(house, 'amina')
  expect(await whenStatus(amina, ({ phase }) => phase === 'paused')).toMatchObject({ code: 'log-damaged' })
  expect(amina.words()).toBe('Recalling')
})

it('LG31 a store that cannot keep what it is tried by, on a damaged page, is not down for ever', async () => {
  const timers = manualTimers()
  const write = (): Promise<boolean> => Promise.reject(new StoreError('log-damaged', 'A page is damaged'))
  const outage = new Outage({ isBack: () => keeps({ write }, 0), log: silent, now: () => 0, after: timers.after })
  outage.begin(new StoreError('store-failed', 'The disk is full'))
  timers.advance(limits.storeRetryMinMs)
  await new Promise(setImmediate)
  expect(outage.isOn).toBe(false)
})
