import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { openMember, openHouse, speakerOf, textIn, whenLive, whenWords, type House } from './support.ts'

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
