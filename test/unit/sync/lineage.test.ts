import { expect, it } from 'vitest'
import { openHistory } from '../../../shared/model/history.ts'
import { isAck, openHand, openHouse, textIn, updateOf } from './support.ts'

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
