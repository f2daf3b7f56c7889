/** A page whose document the server cannot read for now. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { closeCodes, encodeMessage } from '../../../shared/wire/protocol.ts'
import { openHouse, openMember, whenSaved, whenStatus } from '../sync/support.ts'

it('DU5 a page whose document cannot be read says why before it has received anything, and comes back by itself', async () => {
  const unreadable = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => void unreadable.close())
  await once(unreadable, 'listening')
  const came = once(unreadable, 'connection') as Promise<[WebSocket]>
  const house = await openHouse()
  let sockets = 0
  const amina = openMember(house, 'amina', {
    socketOf: (url) => new WebSocket(sockets++ === 0 ? `ws://127.0.0.1:${(unreadable.address() as AddressInfo).port}` : url),
  })
  const [socket] = await came
  socket.send(encodeMessage({ type: 'notice', notice: { notice: 'read-only', code: 'store-down' } }))
  expect(await whenStatus(amina, ({ phase }) => phase === 'paused')).toMatchObject({ code: 'store-down', received: false, writable: false })
  socket.close(closeCodes.rebuilt)
  await whenSaved(amina)
  expect(amina.status.value.code).toBeUndefined()
})
