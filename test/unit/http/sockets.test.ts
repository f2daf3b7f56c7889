import type { WebSocket } from 'ws'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { StoreError } from '../../../server/store/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { chairHat, dayMs, euDrafter, japanHead, openWorld, seedDraft, seedPerson, startMs, type World } from './support.ts'

let world: World
let ana: string

beforeEach(async () => {
  world = await openWorld()
  await seedDraft(world.store)
  ana = await seedPerson(world.store, 'ana', euDrafter)
  await seedPerson(world.store, 'ben', japanHead)
})
afterEach(() => world.stop())

const statusOf = async (path: string, headers?: Record<string, string>) => (await world.connect(path, headers)).status

it('HT13 a member’s socket is handed to its room with who speaks', async () => {
  const speaker = { person: 'ana', personName: 'Name of ana', hatId: 'ana-hat', hat: euDrafter }
  for (const path of ['/sync/d?hat=ana-hat', '/sync/d/side/eu?hat=ana-hat', '/sync/d%2Fside%2Feu?hat=ana-hat']) {
    expect(await statusOf(path, { cookie: ana })).toBe(101)
  }
  expect(world.rooms.connected).toEqual([{ room: 'd', speaker }, { room: 'd/side/eu', speaker }, { room: 'd/side/eu', speaker }])
})

it('HT13 a socket without a session, or with one that ended, is refused with 401', async () => {
  expect(await statusOf('/sync/d?hat=ana-hat')).toBe(401)
  expect(await statusOf('/sync/d?hat=ana-hat', { cookie: 'omnibus_session=guess' })).toBe(401)
  world.clockMs = startMs + limits.sessionDays * dayMs
  expect(await statusOf('/sync/d?hat=ana-hat', { cookie: ana })).toBe(401)
})

it('HT13 a socket from another site is refused with 403, with a session too', async () => {
  for (const origin of ['http://evil.example', 'null', '', world.url.replace('127.0.0.1', 'localhost')]) {
    expect(await statusOf('/sync/d?hat=ana-hat', { cookie: ana, origin })).toBe(403)
  }
  expect(world.rooms.connected).toEqual([])
})

it('HT13 a socket under another’s hat, a revoked one or none, or for another’s side document, is refused with 403', async () => {
  expect(await statusOf('/sync/d?hat=ben-hat', { cookie: ana })).toBe(403)
  expect(await statusOf('/sync/d', { cookie: ana })).toBe(403)
  expect(await statusOf('/sync/d/side/japan?hat=ana-hat', { cookie: ana })).toBe(403)
  await world.store.write([{ drop: 'hat', id: 'ana-hat', atMs: startMs }])
  expect(await statusOf('/sync/d?hat=ana-hat', { cookie: ana })).toBe(403)
  expect(world.rooms.connected).toEqual([])
})

it('HT10 HT13 where it cannot be read whether a room may be opened, its socket is let in to be told so, and no id is issued for it', async () => {
  world.rooms.mayOpen = () => Promise.reject(new StoreError('store-unreadable', 'The disk gives nothing'))
  expect(await statusOf('/sync/d/side/japan?hat=ana-hat', { cookie: ana })).toBe(101)
  const lease = await world.post('/api/leases', { hatId: 'ana-hat', room: 'd/side/japan', count: 1 }, ana)
  expect([lease.status, lease.code, await world.store.leases('d/side/japan')]).toEqual([503, 'store-failed', []])
  world.rooms.mayOpen = () => Promise.reject(new StoreError('log-damaged', 'It is gone'))
  expect(await statusOf('/sync/d/side/japan?hat=ana-hat', { cookie: ana })).toBe(503)
})

it('HT13 a room that is none is refused with 404', async () => {
  for (const path of ['/sync/nowhere?hat=ana-hat', '/sync/?hat=ana-hat', '/sync/d/other?hat=ana-hat', '/sync/d/side/eu/x?hat=ana-hat', '/other?hat=ana-hat', '/sync/%ff?hat=ana-hat']) {
    expect([path, await statusOf(path, { cookie: ana })]).toEqual([path, 404])
  }
})

it('HT13 what a client says before its room is loaded is heard when it is', async () => {
  let loaded = (): void => undefined
  world.rooms.loading = new Promise((resolve) => { loaded = resolve })
  const { socket } = await world.connect('/sync/d?hat=ana-hat', { cookie: ana })
  await new Promise((resolve) => socket.send('first words', resolve))
  // Another connection's whole round trip: the words are long with the server.
  await world.connect('/sync/d?hat=ana-hat', { cookie: ana })
  expect(world.rooms.heard).toEqual([])
  const heard = new Promise((resolve) => socket.once('message', resolve))
  loaded()
  await heard
  expect(world.rooms.heard).toEqual(['first words'])
})

it.each([['as it is', false], ['packed into a thousandth of it', true]])('HT13 a message over the bound, %s, closes its socket, and the others stay', async (_, compress) => {
  const chair = await seedPerson(world.store, 'cy', chairHat)
  const [big, other] = [(await world.connect('/sync/d?hat=ana-hat', { cookie: ana })).socket, (await world.connect('/sync/d?hat=cy-hat', { cookie: chair })).socket]
  expect(big.extensions).toBe('permessage-deflate')
  const closed = new Promise((resolve) => big.once('close', resolve))
  big.send(new Uint8Array(limits.messageBytesMax + 1), { compress })
  expect(await closed).toBe(1009)
  expect(other.readyState).toBe(other.OPEN)
})

it('HT18 whoever floods their own socket does not keep another waiting', async () => {
  const chair = await seedPerson(world.store, 'cy', chairHat)
  const [flooding, other] = [(await world.connect('/sync/d?hat=ana-hat', { cookie: ana })).socket, (await world.connect('/sync/d?hat=cy-hat', { cookie: chair })).socket]
  const answered = new Promise<void>((resolve) => other.on('message', (said: Buffer) => { if (said.toString() === 'heard') resolve() }))
  for (let count = 0; count < 2_000; count++) flooding.send('flood')
  other.send('one word')
  await answered
  expect(world.rooms.heard.indexOf('one word')).toBeLessThan(100)
})

it('HT18 one person has only so many sockets at once, over all sessions; each that closes makes room for another', async () => {
  const ben = await seedPerson(world.store, 'ben', null)
  const second = await seedPerson(world.store, 'ana', euDrafter)
  const open: WebSocket[] = []
  for (let count = 0; count < limits.socketsOfPersonMax; count++) open.push((await world.connect('/sync/d?hat=ana-hat', { cookie: count % 2 === 0 ? ana : second })).socket)
  expect(await statusOf('/sync/d?hat=ana-hat', { cookie: second })).toBe(429)
  expect(await statusOf('/sync/d?hat=ben-hat', { cookie: ben })).toBe(101)
  open[0]!.close()
  await expect.poll(() => statusOf('/sync/d?hat=ana-hat', { cookie: second })).toBe(101)
})
