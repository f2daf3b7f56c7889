import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { Connection, type Listener } from '../../../server/sync/connection.ts'
import { TokenBucket } from '../../../server/sync/rate.ts'
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

function connected(updatesPerSecondMax?: number): { socket: FakeSocket; connection: Connection; heard: (number | string)[]; clock: { ms: number } } {
  const socket = new FakeSocket()
  const clock = { ms: 0 }
  const heard: (number | string)[] = []
  const listener: Listener = {
    submitted: (_from, number) => heard.push(number),
    asked: () => heard.push('asked'),
    announced: () => heard.push('announced'),
    askedPresence: () => heard.push('asked presence'),
    drained: () => heard.push('drained'),
    left: () => heard.push('left'),
  }
  const connection = new Connection(socket as unknown as WebSocket, speakerOf('amina'), listener, { now: () => clock.ms, updatesPerSecondMax })
  return { socket, connection, heard, clock }
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
