import { expect, it } from 'vitest'
import { decodePresence, encodePresence, type Presence } from '../../../shared/wire/presence.ts'
import { limits } from '../../../shared/wire/limits.ts'
import type { Message } from '../../../shared/wire/protocol.ts'
import { isRefusal, manualTimers, openHand, openHouse, permissive, type Hand, type House, type Wire } from './support.ts'

const announce = (hand: Wire, client: number, state: Presence['state'], clock = 1): void =>
  hand.send({ type: 'awareness', bytes: encodePresence([{ client, clock, state }]) })

const presenceIn = (message: Message): Presence[] => (message.type === 'awareness' ? (decodePresence(message.bytes) ?? []) : [])

/** The last that was said about this client, when it is so. */
const told = (wire: Wire, client: number, matches: (state: Presence['state']) => boolean = () => true): Promise<Presence> =>
  wire
    .seen((message) => presenceIn(message).some((one) => one.client === client && matches(one.state)))
    .then((message) => presenceIn(message).find((one) => one.client === client)!)

async function houseOfThree(options: Parameters<typeof openHouse>[0] = {}): Promise<{ house: House; amina: Hand; wanjiru: Hand; kenji: Hand }> {
  const house = await openHouse(options)
  return { house, amina: await openHand(house, 'amina'), wanjiru: await openHand(house, 'wanjiru'), kenji: await openHand(house, 'kenji') }
}

it('RO29 the server says who is here from the session, not from the message; the person is named to the own delegation alone', async () => {
  const { amina, wanjiru, kenji } = await houseOfThree()
  const id = amina.doc.clientID
  announce(amina, id, { user: { name: 'Somebody Else', delegation: 'jp' }, cursor: { at: 3 }, more: 'x' })
  expect((await told(wanjiru, id)).state).toEqual({ user: { delegation: 'ke', role: 'delegate', name: 'Amina O.' }, cursor: { at: 3 } })
  expect((await told(kenji, id)).state).toEqual({ user: { delegation: 'ke', role: 'delegate', name: null }, cursor: { at: 3 } })
  expect(Buffer.concat(kenji.received.flatMap((message) => (message.type === 'awareness' ? [message.bytes] : []))).toString()).not.toContain('Amina')
})

it('RO30 presence under another’s id is refused and told to nobody', async () => {
  const { amina, kenji, wanjiru } = await houseOfThree()
  announce(kenji, kenji.doc.clientID, { cursor: 1 })
  await told(wanjiru, kenji.doc.clientID)
  announce(amina, kenji.doc.clientID, { cursor: 'spoof' }, 2 ** 52)
  expect(await amina.seen(isRefusal(0))).toMatchObject({ code: 'bad-awareness' })
  announce(amina, kenji.doc.clientID, null, 2 ** 52)
  announce(amina, amina.doc.clientID, { cursor: 2 })
  await told(wanjiru, amina.doc.clientID)
  expect((await told(wanjiru, kenji.doc.clientID)).state).toMatchObject({ cursor: 1 })
  expect(wanjiru.received.flatMap(presenceIn).filter((one) => one.client === kenji.doc.clientID)).toHaveLength(1)
})

it('RO31 what a plain client repeats of what the server told it is passed over', async () => {
  const { amina, kenji, wanjiru } = await houseOfThree()
  announce(amina, amina.doc.clientID, { cursor: 1 })
  const heard = await told(kenji, amina.doc.clientID)
  kenji.send({ type: 'awareness', bytes: encodePresence([heard]) })
  announce(kenji, kenji.doc.clientID, { cursor: 2 })
  await told(wanjiru, kenji.doc.clientID)
  await kenji.fence()
  expect(kenji.received.some(isRefusal(0))).toBe(false)
})

it('RO32 in negotiation carets are passed on from the chair’s table only, and in side documents among their people', async () => {
  const house = await openHouse()
  const [amina, kenji, chair] = [await openHand(house, 'amina'), await openHand(house, 'kenji'), await openHand(house, 'chair')]
  announce(amina, amina.doc.clientID, { cursor: 'here' })
  await told(kenji, amina.doc.clientID, (state) => state?.['cursor'] === 'here')
  const room = await house.room()
  await room.change((doc) => {
    doc.getMap('state').set('draft', { stage: 'negotiation', title: '', language: 'en' })
    return { actor: 'chair', draft: 'd1', kind: 'open-negotiation', record: {} }
  })
  await told(kenji, amina.doc.clientID, (state) => state !== null && !('cursor' in state))
  announce(chair, chair.doc.clientID, { cursor: 'there' })
  expect((await told(kenji, chair.doc.clientID)).state).toMatchObject({ cursor: 'there' })
  announce(amina, amina.doc.clientID, { cursor: 'private place' })
  expect((await told(chair, amina.doc.clientID, (state) => state !== null && !('cursor' in state))).state).not.toHaveProperty('cursor')
  const side = await openHouse({ kind: 'side', document: 'd1/side/ke' })
  const [writer, colleague] = [await openHand(side, 'amina'), await openHand(side, 'wanjiru')]
  announce(writer, writer.doc.clientID, { cursor: 'ours' })
  expect((await told(colleague, writer.doc.clientID)).state).toMatchObject({ cursor: 'ours', user: { name: 'Amina O.' } })
})

it('RO33 who leaves is told as gone; who comes is told who is here', async () => {
  const { house, amina, kenji } = await houseOfThree()
  announce(amina, amina.doc.clientID, { cursor: 1 })
  await told(kenji, amina.doc.clientID)
  const chair = await openHand(house, 'chair')
  expect((await told(chair, amina.doc.clientID)).state).toMatchObject({ user: { delegation: 'ke' } })
  amina.socket.close()
  expect((await told(kenji, amina.doc.clientID, (state) => state === null)).state).toBeNull()
})

it('RO34 all presence is said again at every ping, so that nobody seems to have gone and no page takes the server for gone', async () => {
  const timers = manualTimers()
  const { amina, kenji } = await houseOfThree({ after: timers.after })
  announce(amina, amina.doc.clientID, { cursor: 1 })
  await amina.fence()
  timers.advance(limits.presenceGatherMs)
  const first = await told(kenji, amina.doc.clientID)
  kenji.received.length = 0
  timers.advance(limits.pingMs)
  const again = await told(kenji, amina.doc.clientID)
  expect(again.state).toEqual(first.state)
  expect(again.clock).toBeGreaterThan(first.clock)
})

it('RO35 presence that is too large or unreadable is refused with its code', async () => {
  const house = await openHouse({ checkAwareness: (bytes, owns) => (bytes.length > 100 ? { ok: false, code: 'bounds' } : permissive.checkAwareness(bytes, owns)) })
  const amina = await openHand(house, 'amina')
  announce(amina, amina.doc.clientID, { cursor: 'x'.repeat(200) })
  expect(await amina.seen(isRefusal(0))).toMatchObject({ code: 'bounds' })
  amina.send({ type: 'awareness', bytes: new Uint8Array([5, 1]) })
  await amina.seen((message) => message.type === 'refused' && message.code === 'bad-awareness')
})

it('RO36 a presence update is read whole or not at all', () => {
  const all: Presence[] = [{ client: 2 ** 52, clock: 2 ** 41, state: { cursor: [1, 'é'] } }, { client: 7, clock: 0, state: null }]
  const bytes = encodePresence(all)
  expect(decodePresence(bytes)).toEqual(all)
  expect(decodePresence(bytes.slice(0, -1))).toBeNull()
  expect(decodePresence(new Uint8Array([...bytes, 0]))).toBeNull()
  expect(decodePresence(new Uint8Array([255, 255, 255, 127]))).toBeNull()
})
