/** The server keeps the time of silence; and a change of stage waits for what is on its way into every document of the draft. */
import { EventEmitter } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { StoreError } from '../../../server/store/errors.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { readAmendments } from '../../../shared/model/amendments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readStage } from '../../../shared/model/state.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment } from '../../../shared/text/edit.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { decodeMessage, encodeMessage, sideRoomOf } from '../../../shared/wire/protocol.ts'
import type { Message } from '../../../shared/wire/protocol.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { manualTimers, updateOf } from './support.ts'

const log = pino({ enabled: false })
const chair: Speaker = { person: 'chair', personName: 'Chair', hatId: '', hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }
const kenji: Speaker = { person: 'kenji', personName: 'Kenji', hatId: 'hat-kenji', hat: { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' } }
const hourMs = 3_600_000

let store: Store
let timers: ReturnType<typeof manualTimers>
let nowMs: number
let draft: string
let hatId: string
let keys = 0

const open = (kept: Store = store): Rooms => createRooms({ store: kept, keys: fixedKeys, log, now: () => nowMs, outside: { ...realOutside, after: timers.after } })

function sleep(ms: number): void {
  nowMs += ms
  timers.advance(ms)
}

async function command(rooms: Rooms, body: Command): Promise<void> {
  const answer = await rooms.command({ key: `key-number-${++keys}`, draft, hatId, body }, chair)
  if (!answer.ok) throw new Error(`${body.command}: ${answer.error.code}`)
}

async function shared(): Promise<Y.Doc> {
  const doc = defineShared(newDoc())
  for (const { bytes } of (await store.load(draft)).entries) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
  return doc
}

const ends = async () => (await store.record(draft, 0)).filter(({ kind }) => kind === 'silence-ended')

/** When the server has done what it had to do: each turn of the loop is looked at. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 2_000; turns++) {
    if (await holds()) return
    await turn()
  }
  throw new Error('it did not come about')
}

const someTurns = async (): Promise<void> => { for (let turns = 0; turns < 50; turns++) await turn() }

beforeEach(async () => {
  timers = manualTimers()
  nowMs = 1_000_000
  store = openMemoryStore({ clock: () => nowMs })
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const rooms = open()
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  draft = made.result.draft!
  hatId = made.result.hatId!
  await store.write([{ put: 'hat', row: { id: 'hat-kenji', draft, person: 'kenji', hat: { ...kenji.hat }, revokedAtMs: null } }])
  await command(rooms, { command: 'add-delegation', delegation: { id: 'jp', name: 'Japan', kind: 'state' } })
  await command(rooms, { command: 'import', value: importText('On lamps\n\nThe General Assembly,\n\n1. Requests a report;\n\n2. Decides to meet.\n').value })
  await command(rooms, { command: 'open-negotiation' })
  await rooms.stop()
})

async function begin(rooms: Rooms, forMs = hourMs): Promise<void> {
  await command(rooms, { command: 'start-silence', digest: digestOfText(readDraft(await shared()), 'en'), units: [], untilMs: nowMs + forMs, reason: '' })
}

test('SI6 at the deadline the server ends silence by its own clock, and nobody need be there', async () => {
  const rooms = open()
  await begin(rooms, 3 * limits.alarmMsMax)
  sleep(3 * limits.alarmMsMax - 1)
  await someTurns()
  expect(await ends()).toEqual([])
  // The room is closed when nobody is in it.
  sleep(1)
  await until(async () => (await ends()).length === 1)
  expect((await ends())[0]).toMatchObject({ actor: 'server', atMs: nowMs })
  await rooms.stop()
})

test('SI6 a deadline that was prolonged meanwhile is the later one', async () => {
  const rooms = open()
  await begin(rooms)
  await command(rooms, { command: 'extend-silence', untilMs: nowMs + 2 * hourMs, reason: '' })
  sleep(hourMs)
  await someTurns()
  expect(await ends()).toEqual([])
  sleep(hourMs)
  await until(async () => (await ends()).length === 1)
  await rooms.stop()
})

test('SI7 a deadline that passes while no server runs is met when one starts again', async () => {
  const before = open()
  await begin(before)
  await before.stop()
  sleep(5 * hourMs)
  expect(await ends()).toEqual([])
  const after = open()
  await until(async () => (await ends()).length === 1)
  expect(readStage(await shared()).stage).toBe('silence')
  await after.stop()
})

test('SI8 two servers on one log end it once', async () => {
  const [one, other] = [open(), open()]
  await begin(one)
  // The other has the draft open as it was, and hears of the silence when it starts to look.
  await other.exported(draft, 'text', 'open')
  const third = open()
  await third.exported(draft, 'text', 'open')
  sleep(hourMs)
  await until(async () => (await ends()).length > 0)
  await someTurns()
  expect(await ends()).toHaveLength(1)
  for (const rooms of [one, other, third]) await rooms.stop()
})

test('SI8 a server that fails while it writes the end writes it later, once', async () => {
  let failures = 0
  const failing: Store = {
    ...store,
    append: (request) => {
      if (request.record?.kind !== 'silence-ended' || failures++ > 1) return store.append(request)
      // Of the second nobody knows that it was kept.
      return failures === 1 ? Promise.reject(new StoreError('store-failed', 'full')) : store.append(request).then(() => Promise.reject(new StoreError('store-failed', 'late')))
    },
  }
  const rooms = open(failing)
  // Before the room is closed because nobody is in it: nothing else would look at the draft again.
  await begin(rooms, limits.roomIdleMs / 2)
  sleep(limits.roomIdleMs / 2)
  await until(() => Promise.resolve(failures === 1))
  for (let tries = 0; tries < 5; tries++) {
    await someTurns()
    sleep(2 * limits.storeRetryMaxMs)
  }
  await someTurns()
  expect(failures).toBe(2)
  expect(await ends()).toHaveLength(1)
  await rooms.stop()
})

class Socket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly bufferedAmount = 0
  readonly heard: Message[] = []
  send(bytes: Uint8Array): void {
    const message = decodeMessage(new Uint8Array(bytes))
    if (message !== null) this.heard.push(message)
  }
  say(message: Message): void { this.emit('message', Buffer.from(encodeMessage(message)), true) }
  has(matches: (message: Message) => boolean): Promise<boolean> { return Promise.resolve(this.heard.some(matches)) }
  close(): void { this.readyState = 3 }
  pause(): void { /* comes paused */ }
  resume(): void { /* nothing is waiting */ }
  ping(): void { /* it is there */ }
  terminate(): void { this.close() }
}

const isNotice = (notice: 'closing' | 'open') => (message: Message): boolean => message.type === 'notice' && message.notice.notice === notice

test('SG5 a change of stage waits for what is on its way into a side document, as into the text, and tells its people when it is over', async () => {
  const rooms = open()
  const document = sideRoomOf(draft, 'jp')
  const clientId = 2 ** 40 + 1
  await store.write([{ put: 'lease', row: { clientId, document, person: 'kenji', hatId: 'hat-kenji', delegation: 'jp' } }])
  const socket = new Socket()
  rooms.connect(socket as unknown as WebSocket, document, kenji)
  socket.say({ type: 'drained' })
  await until(() => socket.has(({ type }) => type === 'sync'))
  socket.say({ type: 'drained' })
  await turn()
  const text = await shared()
  const side = defineSide(newDoc())
  side.clientID = clientId
  const [, , op1] = readDraft(text).units
  const update = updateOf(side, () => editAmendment({ shared: text, side, unit: op1!, runs: compile(op1!.atoms, []), own: null }, { from: 0, to: 0, words: 'Kindly ' }))
  const frozen = command(rooms, { command: 'freeze', digest: freezePreview(text, new Set()).digest, symbol: '', closeOpen: true, reason: 'agreed' })
  await until(() => socket.has(isNotice('closing')))
  // It was being typed when the chair pressed the button.
  socket.say({ type: 'submit', number: 1, bytes: update, hints: '' })
  socket.say({ type: 'drained' })
  await until(() => socket.has(({ type }) => type === 'acknowledged' || type === 'refused'))
  await frozen
  expect(socket.heard.filter(({ type }) => type === 'acknowledged' || type === 'refused')).toEqual([{ type: 'acknowledged', number: 1 }])
  await until(() => socket.has(isNotice('open')))
  expect(readStage(await shared()).stage).toBe('frozen')
  const kept = defineSide(newDoc())
  for (const { bytes } of (await store.load(document)).entries) Y.applyUpdate(kept, bytes)
  expect(readAmendments(kept)).toHaveLength(1)
  // Who comes in while it is being changed is told too; this one comes afterwards.
  const later = new Socket()
  rooms.connect(later as unknown as WebSocket, document, kenji)
  await until(() => later.has(({ type }) => type === 'sync'))
  expect(later.heard.some(isNotice('closing'))).toBe(false)
  await rooms.stop()
})

test('SG5 whoever may not change the stage holds nobody up by asking', async () => {
  const rooms = open()
  const document = sideRoomOf(draft, 'jp')
  const socket = new Socket()
  rooms.connect(socket as unknown as WebSocket, document, kenji)
  await until(() => socket.has(({ type }) => type === 'sync'))
  const answer = await rooms.command({ key: 'key-of-kenji', draft, hatId: 'hat-kenji', body: { command: 'next-reading', reason: '' } }, kenji)
  expect(answer).toMatchObject({ ok: false, error: { code: 'only-chair' } })
  await someTurns()
  expect(socket.heard.some(isNotice('closing'))).toBe(false)
  await rooms.stop()
})
