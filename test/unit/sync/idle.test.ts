/** When a draft that nobody is in is closed. */
import { EventEmitter } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import { IdleDrafts } from '../../../server/sync/idle.ts'
import type { Room } from '../../../server/sync/room.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { manualTimers, silent } from './support.ts'

afterEach(() => vi.restoreAllMocks())

class Socket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly bufferedAmount = 0
  code: number | null = null
  readonly greeted = new Promise<void>((resolve) => this.once('greeted', () => resolve()))
  send(): void { this.emit('greeted') }
  close(code: number): void { this.code = code }
  pause(): void { /* comes paused */ }
  resume(): void { /* nothing is waiting */ }
  ping(): void { this.emit('pong') }
  terminate(): void { this.close(0) }
  leaves(): void {
    this.readyState = 3
    this.emit('close')
  }
}

interface Server {
  readonly rooms: Rooms
  readonly timers: ReturnType<typeof manualTimers>
  /** How often the draft was read from the store. */
  loads(): number
  enter(): Promise<Socket>
}

async function server(): Promise<Server> {
  const memory = openMemoryStore()
  const timers = manualTimers()
  let loads = 0
  const load: typeof memory.load = (document) => {
    loads += 1
    return memory.load(document)
  }
  const rooms = createRooms({ store: { ...memory, load }, keys: fixedKeys, log: silent, now: () => 1_000, outside: { ...realOutside, after: timers.after } })
  await memory.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft, hatId } = made.result as { draft: string; hatId: string }
  const chair: Speaker = { person: 'chair', personName: 'Chair', hatId, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }
  loads = 0
  return {
    rooms,
    timers,
    loads: () => loads,
    async enter() {
      const socket = new Socket()
      rooms.connect(socket as unknown as WebSocket, draft, chair)
      await socket.greeted
      return socket
    },
  }
}

const someTurns = async (): Promise<void> => { for (let turns = 0; turns < 20; turns++) await turn() }

test('RO52 a room that was left a moment ago is open for who comes back, and closed and given back when nobody has come for the whole time', async () => {
  const destroyed = vi.spyOn(Y.Doc.prototype, 'destroy')
  const { rooms, timers, loads, enter } = await server()
  const first = await enter()
  const before = destroyed.mock.calls.length
  timers.advance(limits.roomIdleMs - 1)
  first.leaves()
  timers.advance(limits.roomIdleMs - 1)
  await someTurns()
  const second = await enter()
  timers.advance(3 * limits.roomIdleMs)
  await someTurns()
  expect([loads(), second.code, destroyed.mock.calls.length - before]).toEqual([1, null, 0])
  second.leaves()
  timers.advance(limits.roomIdleMs)
  await someTurns()
  expect(destroyed.mock.calls.length - before).toBe(1)
  await enter()
  expect(loads()).toBe(2)
  await rooms.stop()
})

interface FakeRoom {
  readonly document: string
  readonly connections: Set<unknown>
  close(): Promise<void>
}

for (const [how, come] of [
  ['is in', (_idle: IdleDrafts, shared: FakeRoom) => void shared.connections.add('somebody')],
  ['is on the way', (idle: IdleDrafts) => idle.used('d1')],
] as const) {
  test(`RO52 whoever ${how} when others of the draft have just been closed stays`, async () => {
    const timers = manualTimers()
    const closed: string[] = []
    let end = (): void => undefined
    const held = new Promise<void>((resolve) => { end = resolve })
    const room = (document: string, closing: Promise<void>): FakeRoom => ({ document, connections: new Set(), close: () => {
      closed.push(document)
      return closing
    } })
    const rooms = [room('d1/side/ke', held), room('d1', Promise.resolve())] as const
    const idle = new IdleDrafts({ log: silent, after: timers.after, roomsOf: () => rooms as unknown as readonly Room[], forget: () => undefined })
    idle.used('d1')
    timers.advance(limits.roomIdleMs)
    come(idle, rooms[1])
    end()
    await someTurns()
    expect(closed).toEqual(['d1/side/ke'])
    idle.stop()
  })
}
