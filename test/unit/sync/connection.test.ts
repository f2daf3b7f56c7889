import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { Connection, type Listener } from '../../../server/sync/connection.ts'
import { Allowances, TokenBucket } from '../../../server/sync/rate.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { closeCodes, decodeMessage, encodeMessage, type Message } from '../../../shared/wire/protocol.ts'
import { speakerOf } from './support.ts'

class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly sent: (Message | null)[] = []
  code: number | null = null
  isTerminated = false
  pings = 0
  isPaused = false
  pause(): void {
    this.isPaused = true
  }
  resume(): void {
    this.isPaused = false
  }
  send(bytes: Uint8Array): void {
    this.sent.push(decodeMessage(bytes))
  }
  close(code: number): void {
    this.code = code
    this.readyState = 2
  }
  terminate(): void {
    this.isTerminated = true
  }
  ping(): void {
    this.pings += 1
  }
  says(message: Message): void {
    this.emit('message', encodeMessage(message), true)
  }
}

interface Connected {
  readonly socket: FakeSocket
  readonly connection: Connection
  readonly heard: (number | string)[]
  readonly clock: { ms: number }
  /** Everything that waits for time to pass. */
  readonly timers: (() => void)[]
}

function connected(updatesPerSecondMax: number = limits.updatesPerSecondMax, clock = { ms: 0 }, allowances = new Allowances(() => clock.ms, updatesPerSecondMax), person = 'amina'): Connected {
  const socket = new FakeSocket()
  const timers: (() => void)[] = []
  const heard: (number | string)[] = []
  const listener: Listener = {
    submitted: (_from, number) => heard.push(number),
    asked: () => heard.push('asked'),
    announced: () => heard.push('announced'),
    askedPresence: () => heard.push('asked presence'),
    drained: () => heard.push('drained'),
    left: () => heard.push('left'),
  }
  const after = (_ms: number, run: () => void): (() => void) => {
    timers.push(run)
    return () => undefined
  }
  const connection = new Connection(socket as unknown as WebSocket, speakerOf(person), listener, { after, allowance: allowances.of(person) })
  return { socket, connection, heard, clock, timers }
}

const submit = (number: number): Message => ({ type: 'submit', number, bytes: new Uint8Array([0, 0]), hints: '' })

it('RO23 a bucket gives its burst at once, and then so many a second, also after the clock was set back', () => {
  let nowMs = 10_000
  const bucket = new TokenBucket(10, 3, () => nowMs)
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false])
  nowMs += 100
  expect([bucket.take(), bucket.take()]).toEqual([true, false])
  nowMs -= 5_000
  expect(bucket.take()).toBe(false)
  nowMs += 100
  expect(bucket.take()).toBe(true)
})

it('RO24 what comes too fast is refused without ending anything, until the first that was refused comes again', () => {
  const { socket, heard, clock } = connected()
  for (let number = 1; number <= limits.updatesBurstMax + 2; number++) socket.says(submit(number))
  expect(heard).toHaveLength(limits.updatesBurstMax)
  expect(socket.sent).toEqual([1, 2].map((more) => ({ type: 'refused', number: limits.updatesBurstMax + more, code: 'too-fast' })))
  clock.ms += 1_000
  socket.says(submit(limits.updatesBurstMax + 3))
  expect(socket.sent).toHaveLength(3)
  socket.says(submit(limits.updatesBurstMax + 1))
  socket.says(submit(limits.updatesBurstMax + 2))
  expect(heard.slice(-2)).toEqual([limits.updatesBurstMax + 1, limits.updatesBurstMax + 2])
  expect([socket.sent.length, socket.code]).toEqual([3, null])
})

it('RO23 an operator decides how many a second a connection may say after its burst', () => {
  const { socket, heard, clock } = connected(5)
  for (let number = 1; number <= limits.updatesBurstMax; number++) socket.says(submit(number))
  clock.ms += 1_000
  for (let more = 1; more <= 6; more++) socket.says(submit(limits.updatesBurstMax + more))
  expect([heard.at(-1), socket.sent]).toEqual([limits.updatesBurstMax + 5, [{ type: 'refused', number: limits.updatesBurstMax + 6, code: 'too-fast' }]])
})

it('RO42 what a person may say is shared by their sockets, and what all may say by the room', () => {
  const clock = { ms: 0 }
  const allowances = new Allowances(() => clock.ms, limits.updatesPerSecondMax)
  const [first, second] = [connected(undefined, clock, allowances), connected(undefined, clock, allowances)]
  for (let number = 1; number <= limits.updatesBurstMax; number++) first.socket.says(submit(number))
  second.socket.says(submit(1))
  expect([first.heard.length, second.heard.length]).toEqual([limits.updatesBurstMax, 0])
  const others = Array.from({ length: limits.roomUpdatesBurstMax / limits.updatesBurstMax }, (_, index) => connected(undefined, clock, allowances, ['kenji', 'wanjiru', 'chair'][index % 3]!))
  const people = new Set(others.map(({ connection }) => connection.speaker.person))
  for (const { socket } of others) for (let number = 1; number <= limits.updatesBurstMax; number++) socket.says(submit(number))
  // Each has their own burst, and no more, however many sockets they have.
  expect(others.reduce((sum, { heard }) => sum + heard.length, 0)).toBe(people.size * limits.updatesBurstMax)
  const crowd = new Allowances(() => 0, limits.updatesPerSecondMax)
  let taken = 0
  for (let person = 0; person < 30; person++) for (let number = 0; number < limits.updatesBurstMax; number++) if (crowd.of(`p${person}`).take(10)) taken += 1
  expect(taken).toBe(limits.roomUpdatesBurstMax)
})

it('RO42 bytes are counted too: a burst of them, and then so many a second', () => {
  let nowMs = 0
  const own = new Allowances(() => nowMs, limits.updatesPerSecondMax).of('amina')
  const count = limits.bytesBurstMax / limits.updateBytesMax
  expect(Array.from({ length: count + 1 }, () => own.take(limits.updateBytesMax))).toEqual([...Array.from({ length: count }, () => true), false])
  expect(own.take(limits.bytesPerSecondMax)).toBe(false)
  nowMs += 1_000
  expect(own.take(limits.bytesPerSecondMax)).toBe(true)
})

it('RO42 so are those of all in a room together', () => {
  let nowMs = 0
  const crowd = new Allowances(() => nowMs, limits.updatesPerSecondMax)
  const said = (person: number): number => {
    let bytes = 0
    while (crowd.of(`p${person}`).take(limits.updateBytesMax)) bytes += limits.updateBytesMax
    return bytes
  }
  // Each has as much as anybody alone, until the room has no more.
  const all = Array.from({ length: 7 }, (_, person) => said(person))
  expect(all).toEqual([...Array.from({ length: limits.roomBytesBurstMax / limits.bytesBurstMax }, () => limits.bytesBurstMax), 0, 0])
  nowMs += 1_000
  expect([crowd.of('p5').take(limits.roomBytesPerSecondMax), crowd.of('p6').take(1)]).toEqual([true, false])
})

it('RO42 who asks for presence too often is asked to come back too', () => {
  const { socket, heard } = connected()
  for (let count = 0; count <= limits.questionsBurstMax; count++) socket.says({ type: 'query-awareness' })
  expect([heard.length, heard.at(-1), socket.code]).toEqual([limits.questionsBurstMax + 1, 'left', 1013])
})

it('RO42 who asks for the state too often is asked to come back', () => {
  const { socket, heard, clock } = connected()
  const ask: Message = { type: 'sync', step: 0, bytes: new Uint8Array([0]) }
  for (let count = 0; count < limits.questionsBurstMax; count++) socket.says(ask)
  expect([heard.length, socket.code]).toEqual([limits.questionsBurstMax, null])
  clock.ms += 1_000
  for (let count = 0; count <= limits.questionsPerSecondMax; count++) socket.says(ask)
  expect([heard.filter((what) => what === 'asked').length, socket.code]).toEqual([limits.questionsBurstMax + limits.questionsPerSecondMax, 1013])
})

it('RO43 nothing is read for a moment of who was too fast', () => {
  const { socket, timers } = connected()
  for (let number = 1; number <= limits.updatesBurstMax; number++) socket.says(submit(number))
  expect(socket.isPaused).toBe(false)
  socket.says(submit(limits.updatesBurstMax + 1))
  expect(socket.isPaused).toBe(true)
  timers.forEach((run) => run())
  expect(socket.isPaused).toBe(false)
})

it('RO43 no more is read of a socket while much of what it submitted is unanswered, however small or few', () => {
  for (const [bytes, count] of [[2, limits.unansweredUpdatesMax], [limits.updateBytesMax - 1, Math.floor(limits.unansweredBytesMax / (limits.updateBytesMax - 1))]] as const) {
    const clock = { ms: 0 }
    const { socket, connection } = connected(undefined, clock)
    const big = (number: number): Message => ({ type: 'submit', number, bytes: new Uint8Array(bytes), hints: '' })
    for (let number = 1; number <= count; number++) socket.says(big(number))
    expect([bytes, socket.isPaused]).toEqual([bytes, false])
    clock.ms += 60_000
    socket.says(big(count + 1))
    expect([bytes, socket.isPaused]).toEqual([bytes, true])
    const half = Math.ceil((count + 1) / 2)
    for (let number = 1; number < half; number++) connection.acknowledge(number)
    expect([bytes, socket.isPaused]).toEqual([bytes, true])
    for (let number = half; number <= half + 1; number++) connection.acknowledge(number)
    expect([bytes, socket.isPaused]).toEqual([bytes, false])
  }
})

it('RO43 a socket that is closed while it was not read hears of it', () => {
  const { socket, connection } = connected()
  for (let number = 1; number <= limits.updatesBurstMax + 1; number++) socket.says(submit(number))
  connection.close(4509)
  expect([socket.isPaused, socket.code]).toEqual([false, 4509])
})

it('RO25 a plain client that is too fast is asked to come back', () => {
  const { socket, heard } = connected()
  for (let count = 0; count <= limits.updatesBurstMax; count++) socket.says({ type: 'sync', step: 2, bytes: new Uint8Array([0, 0]) })
  expect([socket.code, heard.at(-1)]).toEqual([1013, 'left'])
})

it('RO26 a reader that lets too much wait is closed, and told nothing more', () => {
  const { socket, connection, heard } = connected()
  connection.say({ type: 'acknowledged', number: 1 })
  socket.bufferedAmount = limits.sendBufferBytesMax + 1
  connection.say({ type: 'acknowledged', number: 2 })
  socket.bufferedAmount = 0
  connection.say({ type: 'acknowledged', number: 3 })
  expect([socket.sent.length, socket.code, heard]).toEqual([1, closeCodes.tooSlow, ['left']])
})

it('RO27 a connection that is not heard of between two pings is given up', () => {
  const { socket, connection } = connected()
  connection.ping()
  socket.emit('pong')
  connection.ping()
  expect([socket.pings, socket.isTerminated]).toEqual([2, false])
  connection.ping()
  expect([socket.pings, socket.isTerminated]).toEqual([2, true])
})

it('RO28 what only a server says ends the connection, and so does a submission without a number', () => {
  for (const message of [{ type: 'acknowledged', number: 1 }, submit(0)] satisfies Message[]) {
    const { socket, heard } = connected()
    socket.says(message)
    expect([socket.code, heard]).toEqual([closeCodes.malformed, ['left']])
  }
})
