/** Rooms whose documents the store cannot read for a while. */
import { EventEmitter } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { StoreError, type StoreErrorCode } from '../../../server/store/errors.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { closeCodes, decodeMessage, encodeMessage, plainCloseCodes, sideRoomOf, type Message } from '../../../shared/wire/protocol.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { manualTimers, silent } from './support.ts'

class Socket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly bufferedAmount = 0
  readonly messages: Message[] = []
  code: number | null = null
  send(bytes: Uint8Array): void { this.messages.push(decodeMessage(bytes)!) }
  close(code: number): void {
    this.readyState = 3
    this.code ??= code
  }
  pause(): void { /* comes paused */ }
  resume(): void { /* nothing is waiting */ }
  ping(): void { this.emit('pong') }
  terminate(): void { this.close(0) }
}

const isToldStoreDown = ({ messages }: Socket): boolean => messages.some((message) => message.type === 'notice' && message.notice.notice === 'read-only' && message.notice.code === 'store-down')
const isGreeted = ({ messages }: Socket): boolean => messages.some(({ type }) => type === 'sync')

const nameTheme: Command = { command: 'name-themes', themes: [{ theme: null, name: 'Gender', words: ['women'] }] }

interface Server {
  readonly rooms: Rooms
  readonly draft: string
  readonly other: string
  readonly chair: (draft: string) => Speaker
  /** Of that document, reads and looking for ids fail with this code; null for none. */
  fail(document: string | null, code?: StoreErrorCode): void
  /** How often its log was asked for. */
  loads(document: string): number
  enter(document: string): Promise<Socket>
  wait(ms: number): Promise<void>
}

async function server(): Promise<Server> {
  const memory = openMemoryStore()
  const timers = manualTimers()
  let failing: { readonly document: string; readonly code: StoreErrorCode } | null = null
  const loads: string[] = []
  const unlessFailing = <T>(document: string, read: () => Promise<T>): Promise<T> =>
    failing?.document === document ? Promise.reject(new StoreError(failing.code, 'The disk gives nothing')) : read()
  const store: Store = {
    ...memory,
    load: (document) => {
      loads.push(document)
      return unlessFailing(document, () => memory.load(document))
    },
    lease: (clientId) => unlessFailing(draft, () => memory.lease(clientId)),
  }
  const rooms = createRooms({ store, keys: fixedKeys, log: silent, now: () => 1_000, outside: { ...realOutside, after: timers.after } })
  onTestFinished(() => rooms.stop())
  await memory.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const hats = new Map<string, string>()
  const create = async (key: string): Promise<string> => {
    const made = await rooms.createDraft({ key, body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
    const { draft, hatId } = (made.ok ? made.result : {}) as { draft: string; hatId: string }
    hats.set(draft, hatId)
    return draft
  }
  const [draft, other] = [await create('create-draft-key'), await create('create-other-key')]
  const chair = (of: string): Speaker => ({ person: 'chair', personName: 'Chair', hatId: hats.get(of)!, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } })
  const settle = async (): Promise<void> => { for (let turns = 0; turns < 30; turns++) await turn() }
  return {
    rooms, draft, other, chair,
    fail: (document, code = 'store-unreadable') => { failing = document === null ? null : { document, code } },
    loads: (document) => loads.filter((one) => one === document).length,
    async enter(document) {
      const socket = new Socket()
      rooms.connect(socket as unknown as WebSocket, document, chair(document.split('/')[0]!))
      await settle()
      return socket
    },
    async wait(ms) {
      timers.advance(ms)
      await settle()
    },
  }
}

test.each(['store-unreadable', 'store-failed'] as const)('DU5 who comes to a document that cannot be read (%s) is told so and stays; when it can be read they come anew, and other rooms have nothing of it', async (code) => {
  const { rooms, draft, other, chair, fail, enter, wait } = await server()
  fail(draft, code)
  const first = await enter(draft)
  const second = await enter(draft)
  expect([first, second].map((one) => [isToldStoreDown(one), isGreeted(one), one.code])).toEqual(Array(2).fill([true, false, null]))
  const elsewhere = await enter(other)
  expect([isGreeted(elsewhere), isToldStoreDown(elsewhere)]).toEqual([true, false])
  const command = { key: 'key-number-1', draft: other, hatId: chair(other).hatId, body: nameTheme }
  expect(await rooms.command(command, chair(other))).toMatchObject({ ok: true })
  await wait(limits.storeRetryMinMs)
  expect([first.code, second.code]).toEqual([null, null])
  fail(null)
  await wait(limits.storeRetryMaxMs)
  expect([first.code, second.code, elsewhere.code]).toEqual([closeCodes.rebuilt, closeCodes.rebuilt, null])
  const again = await enter(draft)
  expect([isGreeted(again), isToldStoreDown(again)]).toEqual([true, false])
})

test('DU5 it is tried less and less often, and at last opened with what can be read, for reading', async () => {
  const { draft, fail, loads, enter, wait } = await server()
  fail(draft)
  const waiting = await enter(draft)
  const before = loads(draft)
  await wait(limits.storeRetryMinMs)
  await wait(limits.storeRetryMinMs)
  expect(loads(draft) - before).toBe(1)
  for (let attempts = 1; attempts < limits.storeReadAttemptsMax; attempts++) {
    expect(waiting.code).toBe(null)
    await wait(limits.storeRetryMaxMs)
  }
  expect(waiting.code).toBe(closeCodes.rebuilt)
  const reader = await enter(draft)
  expect([isGreeted(reader), reader.messages.find(({ type }) => type === 'notice')]).toEqual([true, { type: 'notice', notice: { notice: 'read-only', code: 'log-damaged' } }])
})

test('DU5 those who wait are told again at each attempt, so that their pages do not take the server for gone; who has left is no longer waited for', async () => {
  const { draft, fail, enter, wait } = await server()
  fail(draft)
  const [waiting, leaving] = [await enter(draft), await enter(draft)]
  const timesTold = ({ messages }: Socket): number => messages.filter(({ type }) => type === 'notice').length
  await wait(limits.storeRetryMinMs)
  expect([timesTold(waiting), timesTold(leaving)]).toEqual([2, 2])
  leaving.emit('close')
  await wait(limits.storeRetryMaxMs)
  expect([timesTold(waiting), timesTold(leaving)]).toEqual([3, 2])
  fail(null)
  await wait(limits.storeRetryMaxMs)
  expect([waiting.code, leaving.code]).toEqual([closeCodes.rebuilt, null])
})

test('DU5 whoever floods while they wait is sent away for a while, alone', async () => {
  const { draft, fail, enter } = await server()
  fail(draft)
  const [flooding, waiting] = [await enter(draft), await enter(draft)]
  for (let said = 1; said <= limits.updatesBurstMax; said++) flooding.emit('message', new Uint8Array(0), true)
  expect(flooding.code).toBe(null)
  flooding.emit('message', new Uint8Array(0), true)
  expect([flooding.code, waiting.code]).toEqual([plainCloseCodes.tryAgainLater, null])
})

test('DU5 where something else is amiss in the end those who wait come anew, and are told that', async () => {
  const { draft, fail, enter, wait } = await server()
  fail(draft)
  const waiting = await enter(draft)
  fail(draft, 'store-closed')
  await wait(limits.storeRetryMinMs)
  expect(waiting.code).toBe(closeCodes.rebuilt)
  expect((await enter(draft)).code).toBe(plainCloseCodes.serverFault)
})

test('DU5 a side document whose shared one cannot be read is waited for in the same way', async () => {
  const { rooms, draft, chair, fail, enter, wait } = await server()
  fail(draft)
  const side = sideRoomOf(draft, 'office')
  await expect(rooms.mayOpen(side, chair(draft))).rejects.toMatchObject({ code: 'store-unreadable' })
  const socket = await enter(side)
  expect([isToldStoreDown(socket), socket.code]).toEqual([true, null])
  fail(null)
  await wait(limits.storeRetryMinMs)
  expect(socket.code).toBe(closeCodes.rebuilt)
})

test('DU6 in an open room whose store cannot be read those who are in stay, are told, and come anew by themselves; other rooms have nothing of it', async () => {
  const { rooms, draft, other, chair, fail, enter, wait } = await server()
  const inside = await enter(draft)
  const elsewhere = await enter(other)
  fail(draft)
  // Under an id that is not known here: it is looked for in the store.
  const doc = new Y.Doc()
  doc.clientID = 2 ** 40
  doc.getText('words').insert(0, 'x')
  inside.emit('message', encodeMessage({ type: 'submit', number: 1, bytes: Y.encodeStateAsUpdate(doc), hints: '' }), true)
  await wait(0)
  expect([isToldStoreDown(inside), inside.code, isToldStoreDown(elsewhere)]).toEqual([true, null, false])
  expect(inside.messages.filter(({ type }) => type === 'acknowledged' || type === 'refused')).toEqual([])
  const command = { key: 'key-number-1', draft: other, hatId: chair(other).hatId, body: nameTheme }
  expect(await rooms.command(command, chair(other))).toMatchObject({ ok: true })
  await wait(limits.storeRetryMinMs)
  expect(inside.code).toBe(null)
  fail(null)
  await wait(limits.storeRetryMaxMs)
  expect([inside.code, elsewhere.code]).toEqual([closeCodes.rebuilt, null])
})
