import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { lineageOf } from '../../../server/sync/lineage.ts'
import { openHistory } from '../../../shared/model/history.ts'
import { sourceRow } from '../../contract/store-fixtures.ts'
import { isAck, openHand, openHouse, textIn, updateOf } from './support.ts'

const nothing = (): null => null
const run = (client: number, clock: number, length: number): number[] => [client, clock, length]

it('RO37 words that are brought back are logged with their source, where they agree letter by letter', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const id = amina.doc.clientID
  amina.submit(1, amina.write('Urges Member States'))
  const history = openHistory([amina.doc], { origins: new Set(['typed']), now: () => 0 })
  const updates: Uint8Array[] = []
  amina.doc.on('update', (update: Uint8Array) => updates.push(update))
  amina.doc.transact(() => textIn(amina.doc).delete(0, 6), 'typed')
  history.undo()
  const [erased, again] = updates as [Uint8Array, Uint8Array]
  amina.submit(2, erased)
  const hints = [
    { to: run(id, 19, 6), from: run(id, 0, 6) },
    { to: run(id, 19, 5), from: run(id, 6, 5) },
    { to: run(id, 0, 6), from: run(id, 0, 6) },
    { to: run(id, 19, 6), from: run(id, 0, 5) },
    { to: run(id, 19, 600), from: run(id, 0, 600) },
    { to: run(7, 0, 1), from: run(id, 0, 1) },
    { to: run(id, 19, -1), from: run(id, 0, -1) },
    { to: 'x' },
    null,
  ]
  amina.submit(3, again, JSON.stringify(hints))
  amina.submit(4, amina.write('!'), 'not JSON')
  amina.submit(5, amina.write('!'), '{"to":1}')
  await amina.seen(isAck(5))
  const { entries } = await house.store.load('d1')
  expect(entries.map((entry) => entry.lineage)).toEqual([null, null, JSON.stringify([hints[0]]), null, null])
})

it('RO37 nobody makes sentences of another’s letters: words that stand, or stood elsewhere, are no sources', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const id = amina.doc.clientID
  amina.submit(1, amina.write('no, not so'))
  amina.submit(2, updateOf(amina.doc, () => textIn(amina.doc).delete(0, 4)))
  // Typed anew at the end: the letters agree, the place does not.
  amina.submit(3, updateOf(amina.doc, () => textIn(amina.doc).insert(6, 'no')), JSON.stringify([{ to: run(id, 10, 2), from: run(id, 0, 2) }]))
  // Those that they would be copies of have not been deleted.
  amina.submit(4, updateOf(amina.doc, () => textIn(amina.doc).insert(0, 'no')), JSON.stringify([{ to: run(id, 12, 2), from: run(id, 4, 2) }]))
  await amina.seen(isAck(4))
  const { entries } = await house.store.load('d1')
  expect(entries.map((entry) => entry.lineage)).toEqual([null, null, null, null])
})

it('RO37 words come back whole also where another wrote and deleted within them meanwhile', () => {
  const [server, amina, ben] = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc({ gc: false }), { clientID })) as [Y.Doc, Y.Doc, Y.Doc]
  const words = (doc: Y.Doc): Y.Text => doc.get('words', Y.Text)
  const send = (from: Y.Doc, to: Y.Doc): void => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
  words(amina).insert(0, 'ab')
  send(amina, ben)
  words(ben).insert(1, 'x')
  words(ben).delete(1, 1)
  words(amina).delete(0, 2)
  send(amina, server)
  send(ben, server)
  const again = updateOf(amina, () => amina.transact((transaction) => {
    const gone = words(amina)._start!
    new Y.Item(Y.createID(2, 2), null, null, gone, gone.id, words(amina), null, new Y.ContentString('ab')).integrate(transaction, 0)
  }))
  Y.applyUpdate(server, again)
  const hints = JSON.stringify([{ to: run(2, 2, 1), from: run(2, 0, 1) }, { to: run(2, 3, 1), from: run(2, 1, 1) }])
  expect(lineageOf(server, again, hints, nothing)).toBe(hints)
  const turned = JSON.stringify([{ to: run(2, 2, 1), from: run(2, 1, 1) }, { to: run(2, 3, 1), from: run(2, 0, 1) }])
  expect(lineageOf(server, again, turned, nothing)).toBe(null)
})

it('OG2 words are from a source where they read as it does there, letter by letter, and are more than single words', () => {
  const doc = Object.assign(new Y.Doc({ gc: false }), { clientID: 5 })
  const paragraph = 'Decides to remain seized of the matter.'
  const wordsIn = (source: number, place: number): string | null => (source !== 1 ? null : place === 0 ? paragraph : place === 1 ? 'Agreed.' : null)
  const update = updateOf(doc, () => doc.get('words', Y.Text).insert(0, `${paragraph}Agreed.`))
  const from = (clock: number, length: number, ...source: number[]): unknown => ({ to: run(5, clock, length), source })
  const kept = [from(0, 39, 1, 0, 0), from(39, 7, 1, 1, 0), from(8, 16, 1, 0, 8)]
  const forged = [
    from(0, 39, 1, 0, 1), from(0, 39, 2, 0, 0), from(0, 39, 1, 2, 0), from(0, 46, 1, 0, 0), from(8, 2, 1, 0, 8), from(0, 11, 1, 0, 0),
    from(0, 39, 1, 0, -1), from(0, 39, 1, 0), from(0, 39, 1, 0, 0, 0), from(0, 90, 1, 0, 0), { to: run(4, 0, 39), source: [1, 0, 0] }, { to: run(5, 0, 39), source: 'A/RES/64/293' },
  ]
  expect(lineageOf(doc, update, JSON.stringify([...forged, ...kept]), wordsIn)).toBe(JSON.stringify(kept))
  expect(lineageOf(doc, update, JSON.stringify(forged), wordsIn)).toBeNull()
  // What was written before is nobody's to claim.
  const later = updateOf(doc, () => doc.get('words', Y.Text).insert(0, 'x'))
  expect(lineageOf(doc, later, JSON.stringify(kept), wordsIn)).toBeNull()
})

it('OG2 the room looks for the source that an update names before it is judged, and the log keeps what held', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const id = amina.doc.clientID
  const value = { language: 'en', units: [{ kind: 'op', words: 'Decides to remain seized of the matter.', notes: [], children: [] }] }
  await house.store.write([{ put: 'source', row: { ...sourceRow(1), draft: 'd1', value } }])
  const hint = { to: run(id, 0, 39), source: [1, 0, 0] }
  amina.submit(1, amina.write('Decides to remain seized of the matter.'), JSON.stringify([hint, { to: run(id, 0, 39), source: [2, 0, 0] }]))
  await amina.seen(isAck(1))
  expect((await house.store.load('d1')).entries.map((entry) => entry.lineage)).toEqual([JSON.stringify([hint])])
})
