import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Change } from '../../../server/sync/room.ts'
import { realOutside, type Deflate } from '../../../server/sync/timing.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { closeCodes, encodeMessage } from '../../../shared/wire/protocol.ts'
import {
  heldStore, isAck, isRefusal, isStep, manualTimers, openHand, openHouse, openWire, permissive, speakerOf, textIn, updateOf, updatesIn, wordsSeen,
} from './support.ts'
import type { Wire } from './support.ts'

const asChange = (write: () => void): Change => {
  write()
  return { actor: 'chair', draft: 'd1', kind: 'lock', record: { unit: 'u1' } }
}

it('RO1 a room is its snapshot and the log behind it, and writes under an id from the server’s range that is not used', async () => {
  const store = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  const first = updateOf(source, () => textIn(source).insert(0, 'Recalling'))
  const second = updateOf(source, () => textIn(source).insert(9, ' its resolution'))
  await store.append({ document: 'd1', expectedSeq: 0, entries: [{ actor: 'amina', kind: 'update', bytes: first, lineage: null }] })
  await store.saveSnapshot('d1', 1, first)
  await store.append({
    document: 'd1',
    expectedSeq: 1,
    entries: [
      { actor: 'amina', kind: 'update', bytes: second, lineage: null },
      { actor: 'chair', kind: 'command', bytes: new Uint8Array(0), lineage: null },
    ],
  })
  const room = await (await openHouse({ store })).room()
  expect(textIn(room.doc).toString()).toBe('Recalling its resolution')
  expect(room.seq).toBe(3)
  expect(room.doc.gc).toBe(false)
  expect(room.doc.share.has('units')).toBe(true)
  expect(room.doc.clientID).toBeLessThan(limits.serverClientIdMax)
  expect(Y.getState(room.doc.store, room.doc.clientID)).toBe(0)
})

it('RO2 nothing is acknowledged and nothing is seen by anybody before its commit', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  held.hold()
  amina.submit(1, amina.write('Recalling'))
  await held.asked(1)
  await Promise.all([amina.fence(), kenji.fence()])
  expect(amina.received.some(isAck(1))).toBe(false)
  expect(updatesIn(kenji)).toEqual([])
  held.release()
  await Promise.all([amina.seen(isAck(1)), kenji.seen(isStep(2))])
  expect(wordsSeen(kenji)).toBe('Recalling')
})

it('RO3 what is submitted while a commit is under way goes in one append and one message', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, wanjiru, kenji] = [await openHand(house, 'amina'), await openHand(house, 'wanjiru'), await openHand(house, 'kenji')]
  held.hold()
  amina.submit(1, amina.write('a'))
  await held.asked(1)
  for (let number = 2; number <= 21; number++) amina.submit(number, amina.write('a'))
  for (let number = 1; number <= 20; number++) wanjiru.submit(number, wanjiru.write('w'))
  await Promise.all([amina.fence(), wanjiru.fence()])
  held.release()
  await Promise.all([amina.seen(isAck(21)), wanjiru.seen(isAck(20))])
  await kenji.fence()
  expect(held.appends.map((append) => append.entries.length)).toEqual([1, 40])
  expect(updatesIn(kenji)).toHaveLength(2)
  expect(wordsSeen(kenji)).toHaveLength(41)
  // They come on two sockets: which of them is read first is open.
  const { entries } = held.appends[1]!
  for (const actor of ['amina', 'wanjiru']) expect(entries.filter((entry) => entry.actor === actor && entry.kind === 'update' && entry.lineage === null), actor).toHaveLength(20)
})

it('RO4 who submitted alone is told nothing twice; who submitted with others is told of the others', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  held.hold()
  amina.submit(1, amina.write('first '))
  await held.asked(1)
  amina.submit(2, amina.write('second '))
  kenji.submit(1, kenji.write('third '))
  await Promise.all([amina.fence(), kenji.fence()])
  held.release()
  await Promise.all([amina.seen(isAck(2)), kenji.seen(isAck(1))])
  expect(updatesIn(amina)).toHaveLength(1)
  expect(wordsSeen(kenji)).toBe(textIn((await house.room()).doc).toString())
})

it('RO5 who comes in while a commit is under way is told what is committed at once, and the rest when it is', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('zero '))
  await amina.seen(isAck(1))
  held.hold()
  amina.submit(2, amina.write('one '))
  await held.asked(2)
  const kenji = await openWire(house, 'kenji')
  kenji.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
  await kenji.seen(isStep(1))
  expect(wordsSeen(kenji)).toBe('zero ')
  const [greeting] = kenji.received
  expect(greeting).toMatchObject({ type: 'sync', step: 0 })
  expect(Y.decodeStateVector((greeting as { bytes: Uint8Array }).bytes).get(amina.doc.clientID)).toBe(5)
  held.release()
  await amina.seen(isAck(2))
  await kenji.fence()
  expect(wordsSeen(kenji)).toBe('zero one ')
})

it('RO5 the rest for who has some of it waits for the commit, and what is typed after the question waits for the answer', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('zero '))
  await amina.seen(isAck(1))
  const known = Y.encodeStateVector(amina.doc)
  const kenji = await openWire(house, 'kenji')
  held.hold()
  amina.submit(2, amina.write('one '))
  await held.asked(2)
  kenji.send({ type: 'sync', step: 0, bytes: known })
  await kenji.fence()
  amina.submit(3, amina.write('two '))
  await Promise.all([amina.fence(), kenji.fence()])
  expect(kenji.received.some(isStep(1))).toBe(false)
  held.release()
  await amina.seen(isAck(3))
  const answer = await kenji.seen(isStep(1))
  await kenji.seen(isStep(2))
  expect(Y.parseUpdateMeta((answer as { bytes: Uint8Array }).bytes).to.get(amina.doc.clientID)).toBe('zero one '.length)
})

it('RO39 however many come in, the state is encoded once, what is committed since follows it, and who has most of it is sent the rest', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('words '.repeat(200)))
  await amina.seen(isAck(1))
  const ask = async (stateVector: Uint8Array): Promise<{ frames: Buffer[]; words: string }> => {
    const wire = await openWire(house, 'kenji', { perMessageDeflate: false })
    await wire.seen(isStep(0))
    const sent = vi.spyOn(house.streams.at(-1)!, 'write')
    wire.send({ type: 'sync', step: 0, bytes: stateVector })
    await wire.seen(isStep(1))
    const doc = new Y.Doc()
    for (const message of wire.received) if (message.type === 'sync' && message.step !== 0) Y.applyUpdate(doc, message.bytes)
    return { frames: sent.mock.calls.map(([frame]) => frame as Buffer), words: textIn(doc).toString() }
  }
  const nothing = new Uint8Array([0])
  const [first, second] = [await ask(nothing), await ask(nothing)]
  // The state as it was when the first came in, what she wrote, and the end.
  expect(first.frames.length).toBe(3)
  expect(second.frames.every((frame, index) => frame === first.frames[index])).toBe(true)
  const known = Y.encodeStateVector(amina.doc)
  amina.submit(2, amina.write('more'))
  await amina.seen(isAck(2))
  const third = await ask(nothing)
  expect(third.words).toBe(textIn(amina.doc).toString())
  expect(third.frames.length).toBe(4)
  const rest = await ask(known)
  expect(rest.frames.length).toBe(1)
  expect(rest.frames[0]!.length).toBeLessThan(first.frames[1]!.length / 10)
})

it('RO39 where much has been committed since, the state is encoded anew', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const ask = async (): Promise<number> => {
    const wire = await openWire(house, 'kenji')
    await wire.seen(isStep(0))
    const sent = vi.spyOn(house.streams.at(-1)!, 'write')
    wire.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
    await wire.seen(isStep(1))
    return sent.mock.calls.length
  }
  for (let number = 1; number <= limits.arrivalUpdatesMax + 1; number++) {
    amina.submit(number, amina.write('x'))
    // One by one, or they would be committed together.
    await amina.seen(isAck(number))
    if (number === 10) expect(await ask()).toBe(12)
  }
  // Whoever comes first sets it going; it is there for the next.
  await openWire(house, 'kenji').then((wire) => wire.seen(isStep(0)))
  await house.room().then((room) => room.settled())
  expect(await ask()).toBe(1)
})

it('RO39 the first who come into a document that was just read are told what it was read from', async () => {
  const store = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  const entry = (words: string) => ({ actor: 'amina', kind: 'update' as const, bytes: updateOf(source, () => textIn(source).insert(0, words)), lineage: null })
  await store.append({ document: 'd1', expectedSeq: 0, entries: [entry('words '), entry('more ')] })
  await store.saveSnapshot('d1', 2, Y.encodeStateAsUpdate(source))
  await store.append({ document: 'd1', expectedSeq: 2, entries: [entry('and '), entry('yet '), entry('so ')] })
  const house = await openHouse({ store })
  const wire = await openWire(house, 'kenji')
  const greeting = await wire.seen(isStep(0))
  expect(Y.decodeStateVector((greeting as { bytes: Uint8Array }).bytes)).toEqual(Y.decodeStateVector(Y.encodeStateVector(source)))
  const sent = vi.spyOn(house.streams.at(-1)!, 'write')
  wire.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
  await wire.seen(isStep(1))
  expect(sent.mock.calls.length).toBe(5)
  expect(wordsSeen(wire)).toBe('so yet and more words ')
})

it('RO39 who comes in when more has been committed is told the state that was packed for the first, and what came since', async () => {
  const store = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  const bytes = updateOf(source, () => textIn(source).insert(0, 'words and words '.repeat(limits.packedBytesMin / 10)))
  await store.append({ document: 'd1', expectedSeq: 0, entries: [{ actor: 'amina', kind: 'update', bytes, lineage: null }] })
  await store.saveSnapshot('d1', 1, Y.encodeStateAsUpdate(source))
  const packed: number[] = []
  const house = await openHouse({ store, deflate: (message) => (packed.push(message.length), realOutside.deflate(message)) })
  const comeIn = async (): Promise<Wire> => {
    const wire = await openWire(house, 'kenji', { perMessageDeflate: packed.length === 0 })
    wire.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
    await wire.seen(isStep(1))
    return wire
  }
  const first = await comeIn()
  expect([first.received.filter(isStep(2)).length, wordsSeen(first)]).toEqual([0, textIn(source).toString()])
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('more'))
  await amina.seen(isAck(1))
  const later = await comeIn()
  expect([later.received.filter(isStep(2)).length, wordsSeen(later)]).toEqual([2, textIn(amina.doc).toString()])
  expect(packed[1]).toBe(packed[0])
  expect(packed.length).toBe(2)
})

it('RO16 who comes in while a stage change is being made is told so before anything else, and when it is over', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const release = (await house.room()).hold().release
  const kenji = await openWire(house, 'kenji')
  await kenji.seen(isStep(0))
  expect(kenji.received[0]).toEqual({ type: 'notice', notice: { notice: 'closing' } })
  release()
  await kenji.seen((message) => message.type === 'notice' && message.notice.notice === 'open')
  const after = await openWire(house, 'chair')
  await after.seen(isStep(0))
  expect(after.received.some(({ type }) => type === 'notice')).toBe(false)
  expect(amina.received.filter(({ type }) => type === 'notice')).toHaveLength(2)
})

it('RO39 who waits for a state to be packed misses nothing that is committed meanwhile, also when it is encoded anew meanwhile', async () => {
  const packing: (() => void)[] = []
  const deflate: Deflate = async (bytes) => {
    await new Promise<void>((resolve) => packing.push(resolve))
    return realOutside.deflate(bytes)
  }
  const house = await openHouse({ deflate })
  const amina = await openHand(house, 'amina')
  let number = 0
  const write = async (words: string): Promise<void> => {
    amina.submit(++number, amina.write(words))
    await amina.seen(isAck(number))
  }
  const comeIn = async (): Promise<Wire> => {
    const wire = await openWire(house, 'kenji')
    await wire.seen(isStep(0))
    await (await house.room()).settled()
    return wire
  }
  // Long enough to be packed, and often enough to be encoded anew for who comes in.
  for (let count = 0; count <= limits.arrivalUpdatesMax; count++) await write('words and words ')
  await comeIn()
  const kenji = await comeIn()
  kenji.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
  await kenji.fence()
  expect(packing.length).toBe(1)
  for (let count = 0; count <= limits.arrivalUpdatesMax; count++) await write('x')
  await comeIn()
  await write('the last words')
  while (!kenji.received.some(isStep(1))) {
    packing.splice(0).forEach((done) => done())
    await kenji.fence()
  }
  expect(wordsSeen(kenji).slice(-20)).toBe(textIn(amina.doc).toString().slice(-20))
  expect(wordsSeen(kenji).length).toBe(textIn(amina.doc).length)
})

it('RO40 a long answer is packed for those who offer to unpack it, and the same for both', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  for (const [number, length] of [100, 30_000, 70_000].entries()) {
    amina.submit(number + 1, amina.write('words '.repeat(length / 6)))
    await amina.seen(isAck(number + 1))
  }
  const bytes: number[] = []
  for (const perMessageDeflate of [false, true]) {
    const wire = await openWire(house, 'kenji', { perMessageDeflate })
    await wire.seen(isStep(0))
    const sent = vi.spyOn(house.streams.at(-1)!, 'write')
    wire.send({ type: 'sync', step: 0, bytes: new Uint8Array([0]) })
    const answer = await wire.seen(isStep(1))
    const doc = new Y.Doc()
    if (answer.type === 'sync') Y.applyUpdate(doc, answer.bytes)
    expect(textIn(doc).toString()).toBe(textIn(amina.doc).toString())
    bytes.push((sent.mock.calls[0]![0] as Buffer).length)
  }
  expect(bytes[1]).toBeLessThan(bytes[0]! / 10)
})

it('RO6 a refusal is told to its sender alone, who is then refused everything; the others go on', async () => {
  const house = await openHouse()
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  amina.submit(1, amina.write('good '))
  amina.submit(2, amina.write('§'))
  amina.submit(3, amina.write('after'))
  await amina.seen(isRefusal(3))
  expect(amina.received.filter((message) => message.type === 'refused')).toEqual([
    { type: 'refused', number: 2, code: 'unit-locked' },
    { type: 'refused', number: 3, code: 'unit-locked' },
  ])
  kenji.submit(1, kenji.write('mine'))
  await kenji.seen(isAck(1))
  expect(kenji.received.some((message) => message.type === 'refused')).toBe(false)
  expect((await house.room()).doc.getText('words').toString()).not.toContain('§')
  expect((await house.store.load('d1')).seq).toBe(2)
})

it('RO7 a plain client is refused with its socket closed', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  amina.send({ type: 'sync', step: 2, bytes: amina.write('§') })
  expect(await amina.closed).toBe(closeCodes.refused)
  expect(amina.received.at(-1)).toEqual({ type: 'refused', number: 0, code: 'unit-locked' })
})

it('RO8 an id that was issued after the room opened is looked up; one that never was, or is another’s, is refused', async () => {
  const house = await openHouse()
  const kenji = await openHand(house, 'kenji')
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('mine'))
  await amina.seen(isAck(1))
  kenji.doc.clientID = await house.lease('amina')
  kenji.submit(1, kenji.write('hers'))
  expect(await kenji.seen(isRefusal(1))).toMatchObject({ code: 'not-your-id' })
  const wanjiru = await openHand(house, 'wanjiru')
  wanjiru.doc.clientID = 2 ** 50 + 1
  wanjiru.submit(1, wanjiru.write('nobody’s'))
  expect(await wanjiru.seen(isRefusal(1))).toMatchObject({ code: 'not-your-id' })
})

/** Two people in a room in which one has written something that is kept. */
async function houseWithWords() {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  amina.submit(1, amina.write('kept '))
  await amina.seen(isAck(1))
  const before = await house.room()
  return { held, house, amina, kenji, before }
}

it('RO48 what arrives together and brings the document down is refused, so that the next room stands', async () => {
  const { held, house, amina, kenji, before } = await houseWithWords()
  before.doc.on('afterTransaction', () => { throw new Error('brought down') })
  amina.submit(2, amina.write('one'))
  amina.submit(3, amina.write('two'))
  expect(await Promise.all([amina.closed, kenji.closed])).toEqual([closeCodes.rebuilt, closeCodes.rebuilt])
  expect(amina.received.some((message) => message.type === 'refused' && message.number === 2 && message.code === 'malformed')).toBe(true)
  expect(held.appends).toHaveLength(1)
  expect(textIn((await house.room()).doc).toString()).toBe('kept ')
})

it('RO48 who is refused among those who arrive together takes nobody along, and each is logged under their own name', async () => {
  const house = await openHouse()
  const hands = [await openHand(house, 'amina'), await openHand(house, 'kenji'), await openHand(house, 'wanjiru')]
  // So that their ids are known, and nothing has to wait for those.
  for (const hand of hands) {
    hand.submit(1, hand.write('.'))
    await hand.seen(isAck(1))
  }
  const room = await house.room()
  const transactions: number[] = []
  room.doc.on('afterTransaction', ({ beforeState, afterState }: Y.Transaction) => {
    const wrote = [...afterState].filter(([client, clock]) => beforeState.get(client) !== clock)
    if (wrote.length > 0) transactions.push(wrote.length)
  })
  const submissions = hands.map((hand, index) => hand.write(index === 1 ? '§' : `${index} `))
  for (const [index, update] of submissions.entries()) house.sockets[index]!.emit('message', Buffer.from(encodeMessage({ type: 'submit', number: 2, hints: '', bytes: update })), true)
  await Promise.all([hands[0]!.seen(isAck(2)), hands[2]!.seen(isAck(2))])
  await hands[1]!.seen((message) => message.type === 'refused' && message.code === 'unit-locked')
  expect(transactions).toEqual([2])
  expect((await house.store.entries('d1', 3, 10)).map(({ actor, bytes }) => [actor, [...Y.parseUpdateMeta(bytes).from.keys()]])).toEqual([
    ['amina', [hands[0]!.doc.clientID]],
    ['wanjiru', [hands[2]!.doc.clientID]],
  ])
})

it('RO9 when the store fails, the room is discarded: sockets closed, nothing acknowledged, and the next room is the log', async () => {
  const { held, house, amina, kenji, before } = await houseWithWords()
  held.failNext(new Error('disk full'))
  amina.submit(2, amina.write('lost'))
  expect(await Promise.all([amina.closed, kenji.closed])).toEqual([closeCodes.rebuilt, closeCodes.rebuilt])
  expect(amina.received.some(isAck(2))).toBe(false)
  expect(wordsSeen(kenji)).toBe('kept ')
  await expect(before.settled()).rejects.toThrow('disk full')
  const after = await house.room()
  expect(after).not.toBe(before)
  expect(textIn(after.doc).toString()).toBe('kept ')
})

it('RO10 an update that is sent again is acknowledged and not logged again', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const update = amina.write('once')
  amina.submit(1, update)
  amina.submit(2, update)
  await amina.seen(isAck(2))
  expect((await house.store.load('d1')).seq).toBe(1)
  expect(textIn((await house.room()).doc).toString()).toBe('once')
})

it('RO11 two rooms on one log converge: one that finds the log moved reads on, checks again and appends behind', async () => {
  const store = openMemoryStore()
  const [here, there] = [await openHouse({ store }), await openHouse({ store })]
  const amina = await openHand(here, 'amina')
  const kenji = await openHand(there, 'kenji')
  const reader = await openHand(there, 'chair')
  amina.submit(1, amina.write('from here '))
  await amina.seen(isAck(1))
  kenji.submit(1, kenji.write('from there '))
  await kenji.seen(isAck(1))
  await reader.fence()
  const logged = textIn((await there.room()).doc).toString()
  expect(logged).toHaveLength('from here from there '.length)
  expect(wordsSeen(reader)).toBe(logged)
  expect((await store.load('d1')).entries.map((entry) => entry.actor)).toEqual(['amina', 'kenji'])
})

it('RO12 what the new state of the log does not permit is refused at the second check', async () => {
  const store = openMemoryStore()
  const isFrozen = (doc: Y.Doc): boolean => doc.getMap('state').has('frozen')
  const house = await openHouse({
    store,
    check: (doc, update, actor, facts) => (isFrozen(doc) ? { ok: false, code: 'frozen' } : permissive.check(doc, update, actor, facts)),
  })
  const amina = await openHand(house, 'amina')
  const other = await (await openHouse({ store })).room()
  await other.change((doc) => asChange(() => doc.getMap('state').set('frozen', true)))
  amina.submit(1, amina.write('too late'))
  expect(await amina.seen(isRefusal(1))).toMatchObject({ code: 'frozen' })
  expect(textIn((await house.room()).doc).toString()).toBe('')
  expect((await house.room()).seq).toBe(1)
})

it('RO13 a change runs when everything before it is committed, is logged with its record, and is told before it resolves', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  const room = await house.room()
  held.hold()
  amina.submit(1, amina.write('before'))
  await held.asked(1)
  let seqAtRun = -1
  const changed = room.change((doc) => {
    seqAtRun = room.seq
    return {
      ...asChange(() => doc.getMap('state').set('unit:u1', { locked: true })),
      outcome: { person: 'chair', draft: 'd1', key: 'k1', bodyDigest: 'b', result: { done: true } },
      lineage: [{ to: [1, 2, 3] }],
    }
  })
  amina.submit(2, amina.write('after'))
  await amina.fence()
  expect(seqAtRun).toBe(-1)
  held.release()
  const result = await changed
  expect(seqAtRun).toBe(1)
  expect(result).toMatchObject({ ok: true, record: { kind: 'lock', seq: 1 }, entries: [{ kind: 'command', actor: 'chair', seq: 2, lineage: '[{"to":[1,2,3]}]' }] })
  expect(await house.store.outcome('chair', 'd1', 'k1')).toEqual({ bodyDigest: 'b', result: { done: true } })
  await amina.seen(isAck(2))
  await kenji.fence()
  expect(updatesIn(kenji)).toHaveLength(3)
  expect((await house.store.load('d1')).seq).toBe(3)
})

it('RO14 a change that throws, and one that was made before, leave nothing behind', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const room = await house.room()
  const dirtied = room.doc
  const thrown = room.change((doc) => {
    doc.getMap('state').set('half', 1)
    throw new Refusal('changed')
  })
  await expect(thrown).rejects.toMatchObject({ code: 'changed' })
  expect(room.doc.getMap('state').has('half')).toBe(false)
  expect(room.doc).not.toBe(dirtied)
  const once = (value: number): Promise<unknown> =>
    room.change((doc) => ({
      ...asChange(() => doc.getMap('state').set('value', value)),
      outcome: { person: 'chair', draft: 'd1', key: 'k', bodyDigest: 'b', result: value },
    }))
  expect(await once(1)).toMatchObject({ ok: true })
  expect(await once(2)).toEqual({ ok: false, why: 'repeated', bodyDigest: 'b', result: 1 })
  expect(room.doc.getMap('state').get('value')).toBe(1)
  amina.submit(1, amina.write('goes on'))
  await amina.seen(isAck(1))
  expect((await house.store.load('d1')).seq).toBe(2)
})

it('RO15 a side document names the shared position of its earliest check, and is checked again when that has moved', async () => {
  const inner = openMemoryStore()
  const held = heldStore(inner)
  const positions: (number | null)[] = []
  let sharedSeq: number | null = null
  let isSteady = false
  const house = await openHouse({
    store: held.store,
    document: 'd1/side/ke',
    kind: 'side',
    facts: () => {
      positions.push(sharedSeq)
      return { facts: null, ...(sharedSeq === null ? {} : { alsoExpect: { document: 'd1', seq: sharedSeq } }) }
    },
    steady: async () => { isSteady = true },
  })
  const amina = await openHand(house, 'amina')
  held.hold()
  amina.submit(1, amina.write('a'))
  await held.asked(1)
  sharedSeq = 0
  amina.submit(2, amina.write('b'))
  await amina.fence()
  await inner.append({ document: 'd1', expectedSeq: 0, entries: [{ actor: 'chair', kind: 'command', bytes: new Uint8Array(0), lineage: null }] })
  sharedSeq = 1
  amina.submit(3, amina.write('c'))
  await amina.fence()
  held.release()
  await amina.seen(isAck(3))
  expect(positions).toEqual([null, 0, 1, 1, 1])
  expect(held.appends.map((append) => append.alsoExpect?.seq)).toEqual([undefined, 0, 1])
  expect(isSteady).toBe(true)
  expect((await inner.load('d1/side/ke')).seq).toBe(3)
})

it('RO16 before a stage change clients are asked to finish; what they had sent comes before it, what comes later after it', async () => {
  const house = await openHouse({
    check: (doc, update, actor, facts) => (doc.getMap('state').has('closed') ? { ok: false, code: 'base-closed' } : permissive.check(doc, update, actor, facts)),
  })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  amina.send({ type: 'drained' })
  await amina.fence()
  const room = await house.room()
  const { release } = room.hold()
  const changed = room.change((doc) => asChange(() => doc.getMap('state').set('closed', true)))
  await amina.seen((message) => message.type === 'notice' && message.notice.notice === 'closing')
  amina.submit(1, amina.write('on its way'))
  amina.send({ type: 'drained' })
  await amina.seen(isAck(1))
  expect(await changed).toMatchObject({ ok: true, entries: [{ seq: 2 }] })
  kenji.submit(1, kenji.write('too late'))
  await kenji.fence()
  expect(kenji.received.some(isRefusal(1))).toBe(false)
  release()
  expect(await kenji.seen(isRefusal(1))).toMatchObject({ code: 'base-closed' })
  await amina.seen((message) => message.type === 'notice' && message.notice.notice === 'open')
})

it('RO17 a client that does not answer is not waited for longer than the bound, nor is what is held held longer', async () => {
  const timers = manualTimers()
  const house = await openHouse({ after: timers.after })
  const amina = await openHand(house, 'amina')
  amina.send({ type: 'drained' })
  await amina.fence()
  const room = await house.room()
  room.hold()
  let isChanged = false
  const changed = room.change((doc) => asChange(() => doc.getMap('state').set('closed', true))).then(() => { isChanged = true })
  await amina.fence()
  expect(isChanged).toBe(false)
  timers.advance(limits.closingDrainMs)
  await changed
  amina.submit(1, amina.write('held'))
  await amina.fence()
  expect(amina.received.some(isAck(1))).toBe(false)
  timers.advance(limits.closingDrainMs)
  await amina.seen(isAck(1))
  // Whoever asks again while the first has not let go is not left waiting.
  const again = room.hold()
  await amina.fence()
  timers.advance(limits.closingDrainMs)
  await again.held
  again.release()
})

it('RO18 what is malformed ends the connection, and only that one', async () => {
  const house = await openHouse()
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  amina.socket.send('text')
  expect(await amina.closed).toBe(closeCodes.malformed)
  const wanjiru = await openHand(house, 'wanjiru')
  wanjiru.socket.send(new Uint8Array([99, 1]))
  expect(await wanjiru.closed).toBe(closeCodes.malformed)
  kenji.submit(1, kenji.write('here'))
  await kenji.seen(isAck(1))
})

it('RO19 a member whose rights end is told and put out, and nothing more of theirs is let in', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const kenji = await openHand(house, 'kenji')
  const room = await house.room()
  room.expel((speaker) => speaker.person === 'amina')
  expect(await amina.closed).toBe(closeCodes.revoked)
  expect(amina.received.at(-1)).toEqual({ type: 'notice', notice: { notice: 'revoked' } })
  expect([...room.connections].map((one) => one.speaker)).toEqual([speakerOf('kenji')])
  room.notify({ notice: 'record', seq: 4 }, (speaker) => speaker.person === 'kenji')
  expect(await kenji.seen((message) => message.type === 'notice')).toEqual({ type: 'notice', notice: { notice: 'record', seq: 4 } })
})

it('RO20 closing a room first commits what was submitted', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const amina = await openHand(house, 'amina')
  held.hold()
  amina.submit(1, amina.write('last words'))
  await held.asked(1)
  const closed = (await house.room()).close()
  held.release()
  await closed
  expect((await house.store.load('d1')).seq).toBe(1)
  expect(await amina.closed).toBe(1001)
})

/** A store with so many entries of one letter each in its log, and the snapshots that are saved in it from then on. */
async function writtenStore(count: number): Promise<{ store: Store; saved: number[]; whenSaved: (seq: number) => Promise<void> }> {
  const inner = openMemoryStore()
  const source = new Y.Doc({ gc: false })
  const entries = Array.from({ length: count }, () => ({
    actor: 'amina',
    kind: 'update' as const,
    bytes: updateOf(source, () => textIn(source).insert(0, 'x')),
    lineage: null,
  }))
  await inner.append({ document: 'd1', expectedSeq: 0, entries })
  const saved: number[] = []
  let waiting: { seq: number; resolve: () => void }[] = []
  const saveSnapshot: Store['saveSnapshot'] = async (document, seq, bytes) => {
    await inner.saveSnapshot(document, seq, bytes)
    saved.push(seq)
    for (const one of waiting) if (one.seq === seq) one.resolve()
    waiting = waiting.filter((one) => one.seq !== seq)
  }
  return { store: { ...inner, saveSnapshot }, saved, whenSaved: (seq) => (saved.includes(seq) ? Promise.resolve() : new Promise((resolve) => waiting.push({ seq, resolve }))) }
}

it('RO21 a snapshot is saved after so many entries, and the room opens from it', async () => {
  const { store, whenSaved } = await writtenStore(limits.snapshotEveryEntries - 1)
  const house = await openHouse({ store })
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('y'))
  await whenSaved(limits.snapshotEveryEntries)
  const loaded = await store.load('d1')
  expect([loaded.snapshotSeq, loaded.entries.length]).toEqual([limits.snapshotEveryEntries, 0])
  const again = await (await openHouse({ store })).room()
  expect(textIn(again.doc).toString()).toBe(`${'x'.repeat(limits.snapshotEveryEntries - 1)}y`)
})

it('RO21 the next one waits for its time, or for very many entries', async () => {
  const clock = { ms: 5_000_000 }
  const { store, saved, whenSaved } = await writtenStore(limits.snapshotEveryEntries)
  const house = await openHouse({ store, now: () => clock.ms, bounds: { updatesPerSecondMax: 1_000_000 } })
  const amina = await openHand(house, 'amina')
  let number = 0
  const atOnce = limits.updatesBurstMax / 2
  /** No more at a time than one person may say, and a millisecond between, so that they may say more. */
  const write = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= atOnce) {
      if (left < count) clock.ms += 1
      for (let done = 0; done < Math.min(left, atOnce); done++) amina.submit(++number, amina.write('y'))
      await amina.seen(isAck(number))
    }
  }
  await write(1)
  const first = limits.snapshotEveryEntries + 1
  await whenSaved(first)
  clock.ms += limits.snapshotEveryMs - 1
  await write(limits.snapshotEveryEntries)
  clock.ms += 1
  await write(1)
  const second = first + limits.snapshotEveryEntries + 1
  await whenSaved(second)
  await write(limits.snapshotEntriesMax - 1)
  expect(saved).toEqual([first, second])
  await write(1)
  await whenSaved(second + limits.snapshotEntriesMax)
})

it('RO21 a room that is closed leaves a snapshot where it would take long to read what came since the last', async () => {
  for (const count of [limits.snapshotAtEndEntries - 1, limits.snapshotAtEndEntries]) {
    const { store, saved } = await writtenStore(count)
    await (await (await openHouse({ store })).room()).close()
    expect(saved).toEqual(count < limits.snapshotAtEndEntries ? [] : [count])
  }
})

it('RO22 the server’s own id is kept when Yjs would give it up, and never leaves its range', async () => {
  const house = await openHouse({ check: (_doc, update) => ({ ok: true, update, writers: [...Y.parseUpdateMeta(update).from.keys()] }) })
  const amina = await openHand(house, 'amina')
  const room = await house.room()
  amina.doc.clientID = room.doc.clientID
  amina.submit(1, amina.write('under the server’s id'))
  await amina.seen(isAck(1))
  expect(room.doc.clientID).not.toBe(amina.doc.clientID)
  expect(room.doc.clientID).toBeLessThan(limits.serverClientIdMax)
  expect(Y.getState(room.doc.store, room.doc.clientID)).toBe(0)
})
