import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { isAck, isStep, manualTimers, openHand, openHouse, openWire } from './support.ts'

it('RO53 fifty who come back with the same are told what they miss in one and the same frame, until more is committed', async () => {
  const house = await openHouse({ after: manualTimers().after })
  const amina = await openHand(house, 'amina')
  amina.submit(1, amina.write('Recalling '))
  await amina.seen(isAck(1))
  const known = Y.encodeStateVector(amina.doc)
  amina.submit(2, amina.write('its resolutions'))
  await amina.seen(isAck(2))
  const answers: unknown[] = []
  const ask = async (count: number): Promise<void> => {
    const crowd = await Promise.all(Array.from({ length: count }, () => openWire(house, 'kenji', { perMessageDeflate: false })))
    await Promise.all(crowd.map((one) => one.seen(isStep(0))))
    const writes = house.streams.slice(-count).map((stream) => vi.spyOn(stream, 'write'))
    for (const one of crowd) one.send({ type: 'sync', step: 0, bytes: known })
    await Promise.all(crowd.map((one) => one.seen(isStep(1))))
    answers.push(...writes.map((write) => write.mock.calls[0]![0]))
    for (const one of crowd) one.socket.terminate()
  }
  await ask(50)
  expect(new Set(answers).size).toBe(1)
  amina.submit(3, amina.write('!'))
  await amina.seen(isAck(3))
  await ask(2)
  expect(new Set(answers).size).toBe(2)
})

it('RO3 what is committed is handed to everybody as the same bytes', async () => {
  const house = await openHouse()
  const [amina, kenji, chair] = [await openHand(house, 'amina'), await openHand(house, 'kenji'), await openHand(house, 'chair')]
  const writes = house.streams.slice(1).map((stream) => vi.spyOn(stream, 'write'))
  amina.submit(1, amina.write('Recalling'))
  await Promise.all([kenji.seen(isStep(2)), chair.seen(isStep(2))])
  const [first, second] = writes.map((write) => write.mock.calls[0]![0] as unknown)
  expect(Buffer.isBuffer(first)).toBe(true)
  expect(second).toBe(first)
})

it('RO2 a keystroke that comes alone waits for no timer', async () => {
  const house = await openHouse({ after: () => () => undefined })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  amina.submit(1, amina.write('R'))
  await Promise.all([amina.seen(isAck(1)), kenji.seen(isStep(2))])
})
