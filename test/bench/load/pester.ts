/** Sends malformed messages, one after the other, coming in again whenever it is thrown out. */
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from './client.ts'
import type { Jobs } from './jobs.ts'
import { families, oddRooms } from './malformed.ts'
import { RawSocket } from './raw-socket.ts'
import type { Seat } from './seat.ts'
import { randomOf } from './typist.ts'

/** Of the families that cost the sender much: enough to see what they do. */
const heavyEvery = 100
const heavy: readonly string[] = ['frames of 64 MB', 'awareness of a million entries']
/** So that each is answered before the next is said. */
const betweenMs = 8
/** Whoever is not let in waits for so long, and gives up after so many in a row. */
const refusedWaitMs = 50
const refusedEntriesMost = 200

export async function pester({ seats, messages }: Jobs['pester']['takes']): Promise<Jobs['pester']['gives']> {
  const random = randomOf(messages)
  const names = [...Object.keys(families), 'odd room names']
  const light = names.filter((name) => !heavy.includes(name))
  let client: Client | null = null
  let entered = 0
  let lastEntered = 0
  for (let sent = 0; sent < messages; ) {
    const name = sent % heavyEvery < heavy.length ? heavy[sent % heavyEvery]! : light[sent % light.length]!
    try {
      if (name === 'odd room names') await knock(seats[0]!, oddRooms[sent % oddRooms.length]!)
      else {
        // What follows a refusal is refused unread.
        if (client === null || !client.isOpen || client.refusal !== null) {
          client?.leave()
          // In turn: a server may ask one person who comes in so often to wait.
          client = await Client.open(seats[entered++ % seats.length]!)
          await client.comeIn()
          lastEntered = entered
          client.closed = () => undefined
        }
        families[name]!(client, random)
        await pause(betweenMs)
      }
      sent += 1
    } catch (error) {
      if (!(await isThere(seats[0]!.url))) return { sent: sent + 1, endedBy: name }
      if (process.env['OMNIBUS_VERBOSE'] !== undefined) console.log(`    ${name}: ${String(error)}`)
      // What was not said does not count.
      client = null
      if (entered - lastEntered > refusedEntriesMost) throw new Error(`After ${sent} messages nobody was let in any more`, { cause: error })
      await pause(refusedWaitMs)
    }
  }
  client?.leave()
  return { sent: messages, endedBy: null }
}

async function knock(seat: Seat, room: string): Promise<void> {
  const { origin, pathname } = new URL(seat.url)
  const address = `${origin === 'null' ? seat.url.split('/').slice(0, 3).join('/') : origin}${pathname.startsWith('/sync/') ? '/sync' : ''}/${room}`
  const socket = await RawSocket.open(address, seat.headers).catch(() => null)
  socket?.destroy()
}

async function isThere(url: string): Promise<boolean> {
  const { host } = new URL(url)
  return fetch(`http://${host}/`).then(() => true, () => false)
}
