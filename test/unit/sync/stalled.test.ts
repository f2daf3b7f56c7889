/** A reader that stalls, on a real socket. */
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { limits } from '../../../shared/wire/limits.ts'
import { closeCodes } from '../../../shared/wire/protocol.ts'
import { isAck, openHand, openHouse, openMember, speakerOf, textIn, whenLive, whenSaved, whenWords } from './support.ts'
import type { Hand } from './support.ts'

/** A fortieth of what may wait unread. */
const page = 'x'.repeat(limits.sendBufferBytesMax / 40)
/** What the system holds besides, on both ends, is a few megabytes. */
const pagesMost = 120

it('RO26 a reader that stalls is closed, alone, before more than the bound waits for it, and is told everything when it reads again', async () => {
  const house = await openHouse()
  const codes: number[] = []
  let own: WebSocket | null = null
  const amina = openMember(house, 'amina', {
    socketOf: (url) => {
      own = new WebSocket(url)
      own.on('close', (code) => codes.push(code))
      return own
    },
  })
  await whenLive(amina)
  const room = await house.room()
  const stalled = house.sockets[0]!
  // Two, since one alone may not say so much at once.
  const writers: readonly Hand[] = [await openHand(house, 'kenji'), await openHand(house, 'chair')]
  const isIn = (): boolean => [...room.connections].some(({ speaker }) => speaker === speakerOf('amina'))
  own!.pause()
  let waiting = 0
  for (let pages = 0; isIn() && pages < pagesMost; pages++) {
    const writer = writers[pages % 2]!
    const number = Math.floor(pages / 2) + 1
    writer.submit(number, writer.write(page))
    await writer.seen(isAck(number))
    waiting = Math.max(waiting, stalled.bufferedAmount)
  }
  expect([isIn(), room.connections.size]).toEqual([false, 2])
  expect(waiting).toBeGreaterThan(limits.sendBufferBytesMax / 2)
  expect(waiting).toBeLessThan(limits.sendBufferBytesMax + 2 * page.length)
  own!.resume()
  await whenWords(amina, textIn(room.doc).toString())
  expect(codes).toEqual([closeCodes.tooSlow])
  amina.type('!')
  await whenSaved(amina)
  expect(textIn(room.doc).toString()).toBe(amina.words())
})
