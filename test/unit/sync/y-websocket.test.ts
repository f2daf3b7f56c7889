import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { closeCodes, plainCloseCodes } from '../../../shared/wire/protocol.ts'
import { heldStore, openMember, openHouse, speakerOf, textIn, whenLive, whenWords, type House } from './support.ts'

async function openPlain(house: House, name: string): Promise<WebsocketProvider> {
  const doc = defineShared(newDoc())
  doc.clientID = await house.lease(name)
  const provider = new WebsocketProvider(`${house.url}/sync`, 'd1', doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { hat: speakerOf(name).hatId },
  })
  onTestFinished(() => {
    provider.destroy()
    doc.destroy()
  })
  return provider
}

it('RO38 a plain y-websocket client with an issued id writes and reads through the room, also what it wrote offline', async () => {
  const house = await openHouse()
  const plain = await openPlain(house, 'kenji')
  textIn(plain.doc).insert(0, 'Recalling ')
  const member = openMember(house, 'amina')
  await whenLive(member)
  await whenWords(member, 'Recalling ')
  member.type('its resolutions')
  await whenWords(plain, 'Recalling its resolutions')
  textIn(plain.doc).insert(0, 'Deeply ')
  await whenWords(member, 'Deeply Recalling its resolutions')
  const seen = new Promise<void>((resolve) => {
    plain.awareness.on('change', () => {
      if ([...plain.awareness.getStates().values()].some((state) => (state['user'] as { delegation?: string } | undefined)?.delegation === 'ke')) resolve()
    })
  })
  member.presence.setCursor({ at: 1 })
  await seen
  const reconnected = new Promise<void>((resolve) => plain.on('sync', (isSynced) => { if (isSynced) resolve() }))
  house.sockets[0]!.terminate()
  textIn(plain.doc).insert(0, '(offline) ')
  await reconnected
  await whenWords(member, '(offline) Deeply Recalling its resolutions')
  expect((await house.store.load('d1')).entries.every((entry) => ['kenji', 'amina'].includes(entry.actor))).toBe(true)
})

const synced = (plain: WebsocketProvider): Promise<void> => new Promise((resolve) => plain.on('sync', (isSynced) => { if (isSynced) resolve() }))

it('RO7 a plain client comes back by itself, with what it wrote, where that is of use', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const plain = await openPlain(house, 'kenji')
  await synced(plain)
  held.failNext(new Error('disk full'))
  const back = synced(plain)
  textIn(plain.doc).insert(0, 'kept ')
  await back
  for (const code of [closeCodes.tooSlow, plainCloseCodes.goingAway, plainCloseCodes.serverFault, plainCloseCodes.tryAgainLater]) {
    const again = synced(plain)
    house.sockets.at(-1)!.close(code)
    textIn(plain.doc).insert(0, `${code} `)
    await again
  }
  await whenWords(openMember(house, 'amina'), '1013 1011 1001 4508 kept ')
})

it.each(Object.entries(closeCodes).filter(([, code]) => code < 4500))('RO7 a plain client does not come back where it would be so again (%s)', async (_name, code) => {
  const house = await openHouse()
  const plain = await openPlain(house, 'kenji')
  await synced(plain)
  const over = new Promise<void>((resolve) => plain.on('closed', () => resolve()))
  if (code === closeCodes.refused) textIn(plain.doc).insert(0, '§')
  else house.sockets[0]!.close(code)
  await over
  expect([plain.shouldConnect, house.sockets.length]).toEqual([false, 1])
})
