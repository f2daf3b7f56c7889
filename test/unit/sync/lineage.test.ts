import { expect, it } from 'vitest'
import { isAck, openHand, openHouse, textIn, updateOf } from './support.ts'

const run = (client: number, clock: number, length: number): number[] => [client, clock, length]

it('RO37 copied words are logged with their source where they agree letter by letter, also with deleted words', async () => {
  const house = await openHouse()
  const amina = await openHand(house, 'amina')
  const id = amina.doc.clientID
  amina.submit(1, amina.write('Urges Member States'))
  amina.submit(2, updateOf(amina.doc, () => textIn(amina.doc).delete(0, 6)))
  const again = updateOf(amina.doc, () => textIn(amina.doc).insert(0, 'Urges '))
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
