/** Between the door, where it is asked whether somebody may come in, and the room, which may first have to be loaded. */
import { EventEmitter } from 'node:events'
import pino from 'pino'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { WebSocket } from 'ws'
import { StoreError } from '../../../server/store/errors.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import { loadDocument } from '../../../server/sync/loading.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { closeCodes, decodeMessage, encodeMessage, sideRoomOf, syncStep1, syncStep2 } from '../../../shared/wire/protocol.ts'
import type { Message } from '../../../shared/wire/protocol.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

class Socket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly messages: Message[] = []
  /** What the client has said, and is heard when the socket is read. */
  readonly waiting: Message[] = []
  readonly bufferedAmount = 0
  said = 0
  readonly closed = new Promise<number>((resolve) => this.once('closed', resolve))
  readonly heard = new Promise<void>((resolve) => this.once('heard', () => resolve()))
  send(bytes: Uint8Array): void {
    this.said++
    this.messages.push(decodeMessage(bytes)!)
    this.emit('heard')
  }
  close(code: number): void { this.emit('closed', code) }
  pause(): void { /* comes paused */ }
  resume(): void { for (const message of this.waiting.splice(0)) this.emit('message', encodeMessage(message), true) }
  terminate(): void { this.close(0) }
}

test('RO19 a hat that ends while its room is being loaded comes in no more', async () => {
  const memory = openMemoryStore()
  let load = (): void => undefined
  const loading = new Promise<void>((resolve) => { load = resolve })
  const store = { ...memory, leases: async (document: string) => (document.includes('/') ? loading : Promise.resolve()).then(() => memory.leases(document)) }
  const rooms = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft, hatId } = made.result as { draft: string; hatId: string }
  const hat: Hat = { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' }
  await store.write([{ put: 'hat', row: { id: 'hat-kenji', draft, person: 'kenji', hat: { ...hat }, revokedAtMs: null } }])
  const kenji: Speaker = { person: 'kenji', personName: 'Kenji', hatId: 'hat-kenji', hat }
  const chair: Speaker = { person: 'chair', personName: 'Chair', hatId, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }

  const socket = new Socket()
  rooms.connect(socket as unknown as WebSocket, sideRoomOf(draft, 'jp'), kenji)
  const answer = await rooms.command({ key: 'key-number-1', draft, hatId, body: { command: 'revoke-member', hatId: 'hat-kenji' } }, chair)
  expect(answer.ok).toBe(true)
  load()
  expect(await socket.closed).toBe(closeCodes.revoked)
  expect(socket.said).toBe(0)
  await rooms.stop()
})

test('RO19 a room that was given up while the hat was asked for is entered anew, not as it was', async () => {
  const memory = openMemoryStore()
  let answer = (): void => undefined
  let asked = (): void => undefined
  const isAsked = new Promise<void>((resolve) => { asked = resolve })
  const waiting = new Promise<void>((resolve) => { answer = resolve })
  let times = 0
  let failing = false
  const store = {
    ...memory,
    hatsOf: async (person: string) => {
      // First on the porch, then before it is let in.
      if (times++ === 1) {
        asked()
        await waiting
      }
      return memory.hatsOf(person)
    },
    append: (...given: Parameters<typeof memory.append>) => (failing ? Promise.reject(new Error('the disk is full')) : memory.append(...given)),
  }
  const rooms = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft, hatId } = made.result as { draft: string; hatId: string }
  const chair: Speaker = { person: 'chair', personName: 'Chair', hatId, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }
  const socket = new Socket()
  rooms.connect(socket as unknown as WebSocket, draft, chair)
  await isAsked
  failing = true
  expect((await rooms.command({ key: 'key-number-1', draft, hatId, body: { command: 'add-delegation', delegation: { id: 'eu', name: 'EU', kind: 'group' } } }, chair)).ok).toBe(false)
  failing = false
  answer()
  await socket.heard
  expect((await rooms.command({ key: 'key-number-2', draft, hatId, body: { command: 'add-delegation', delegation: { id: 'jp', name: 'Japan', kind: 'state' } } }, chair)).ok).toBe(true)
  expect([times, socket.said > 1]).toEqual([3, true])
  await rooms.stop()
})

test('RO19 nobody comes into a circle by a decision that is not committed', async () => {
  const memory = openMemoryStore()
  let fail: ((error: Error) => void) | null = null
  let isHeld = false
  let asked = (): void => undefined
  const isAsked = new Promise<void>((resolve) => { asked = resolve })
  const store: Store = {
    ...memory,
    append: (request) => (isHeld ? new Promise((_, reject) => {
      fail = reject
      asked()
    }) : memory.append(request)),
  }
  const rooms = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft, hatId } = made.result as { draft: string; hatId: string }
  const chair: Speaker = { person: 'chair', personName: 'Chair', hatId, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }
  let keys = 0
  const command = (body: Command) => rooms.command({ key: `key-number-${++keys}`, draft, hatId, body }, chair)
  for (const id of ['jp', 'br']) await command({ command: 'add-delegation', delegation: { id, name: id, kind: 'state' } })
  await command({ command: 'import', value: importText('The General Assembly,\n\n1. Requests a report.').value })
  await command({ command: 'open-negotiation' })
  const log = await loadDocument(memory, draft, 'shared', () => 0.5)
  const unit = readDraft(log.doc).units.at(-1)!.id
  const opened = await command({ command: 'open-circle', purpose: { kind: 'unit', unit, name: 'Friends', members: ['jp'] } })
  if (!opened.ok) throw new Error(opened.error.code)
  const document = sideRoomOf(draft, opened.result.circle!)
  const brazil: Speaker = { person: 'ana', personName: 'Ana', hatId: 'hat-ana', hat: { role: 'delegate', delegation: 'br', kind: 'state', level: 'head' } }
  expect(await rooms.mayOpen(document, brazil)).toBe(false)
  isHeld = true
  const deciding = command({ command: 'set-circle', circle: opened.result.circle!, open: true, members: ['jp', 'br'] })
  await isAsked
  const may = rooms.mayOpen(document, brazil).catch(() => 'nobody can say')
  fail!(new StoreError('store-failed', 'The disk is full'))
  expect(await may).toBe('nobody can say')
  expect((await deciding).ok).toBe(false)
  expect(await rooms.mayOpen(document, brazil)).toBe(false)
  await rooms.stop()
})

/** A draft with a text, in a server that was ended, and its snapshot. */
async function endedHouse(): Promise<{ readonly memory: ReturnType<typeof openMemoryStore>; readonly draft: string; readonly chair: Speaker }> {
  const memory = openMemoryStore()
  const rooms = createRooms({ store: memory, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  await memory.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft, hatId } = made.result as { draft: string; hatId: string }
  const chair: Speaker = { person: 'chair', personName: 'Chair', hatId, hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } }
  await rooms.command({ key: 'key-number-0', draft, hatId, body: { command: 'import', value: importText('The General Assembly,\n\n1. Requests a report.').value } }, chair)
  await rooms.stop()
  const { doc, seq } = await loadDocument(memory, draft, 'shared', () => 0.5)
  await memory.saveSnapshot(draft, seq, Y.encodeStateAsUpdate(doc))
  return { memory, draft, chair }
}

const asking = (doc: Y.Doc): Message => ({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(doc) })

const answersTo = ({ messages }: Socket): Message[] => messages.filter((message) => message.type === 'sync' && message.step === syncStep2)

function receivedBy({ messages }: Socket): Y.Doc {
  const doc = new Y.Doc()
  for (const message of messages) if (message.type === 'sync' && message.step !== syncStep1) Y.applyUpdate(doc, message.bytes)
  return doc
}

const addJapan = { key: 'key-number-1', body: { command: 'add-delegation', delegation: { id: 'jp', name: 'Japan', kind: 'state' } } } as const

test('RO47 whoever asks for all of a document that lies on the disk is told it before it is read, once, and then what is committed', async () => {
  const { memory, draft, chair } = await endedHouse()
  const [all, some] = [new Socket(), new Socket()]
  const whatIsKept = new Y.Doc()
  Y.applyUpdate(whatIsKept, (await memory.load(draft)).snapshot!)
  whatIsKept.getMap('own').set('typed', true)
  const toldBeforeReading: number[][] = []
  const soon = (run: () => void): void => {
    toldBeforeReading.push([answersTo(all).length, answersTo(some).length])
    setImmediate(run)
  }
  const rooms = createRooms({ store: memory, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000, outside: { ...realOutside, soon } })
  all.waiting.push(asking(new Y.Doc()))
  some.waiting.push(asking(whatIsKept))
  for (const socket of [all, some]) rooms.connect(socket as unknown as WebSocket, draft, chair)
  expect((await rooms.command({ ...addJapan, draft, hatId: chair.hatId }, chair)).ok).toBe(true)
  await rooms.stop()
  expect(toldBeforeReading[0]).toEqual([1, 0])
  expect([answersTo(all).length, answersTo(some).length]).toEqual([1, 1])
  const kept = new Y.Doc()
  const { snapshot, entries } = await memory.load(draft)
  for (const bytes of [snapshot!, ...entries.map((entry) => entry.bytes)]) Y.applyUpdate(kept, bytes)
  expect(Y.encodeStateVector(receivedBy(all))).toEqual(Y.encodeStateVector(kept))
  expect(all.messages.some((message) => message.type === 'sync' && message.step === syncStep1)).toBe(true)
})

test('RO47 what was committed between is told too, and one that closed meanwhile or whose hat has ended is told nothing', async () => {
  const { memory, draft, chair } = await endedHouse()
  const [late, gone, ended] = [new Socket(), new Socket(), new Socket()]
  let times = 0
  let letIn = (): void => undefined
  const isCommitted = new Promise<void>((resolve) => { letIn = resolve })
  const store: Store = {
    ...memory,
    // Of the one person, both sockets: on the porch, and before they are let in.
    hatsOf: async (person) => {
      if (person === 'chair' && ++times > 2) await isCommitted
      return person === 'chair' ? memory.hatsOf(person) : [{ id: 'hat-ended', draft, person, hat: {}, revokedAtMs: 5 }]
    },
  }
  const rooms = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  for (const socket of [late, gone, ended]) socket.waiting.push(asking(new Y.Doc()))
  for (const socket of [late, gone]) rooms.connect(socket as unknown as WebSocket, draft, chair)
  await late.heard
  rooms.connect(ended as unknown as WebSocket, draft, { ...chair, person: 'past', hatId: 'hat-ended' })
  gone.readyState = 3
  expect((await rooms.command({ ...addJapan, draft, hatId: chair.hatId }, chair)).ok).toBe(true)
  const toldWhenGone = gone.said
  letIn()
  expect(await ended.closed).toBe(closeCodes.revoked)
  await rooms.command({ key: 'key-number-2', draft, hatId: chair.hatId, body: { command: 'add-delegation', delegation: { id: 'br', name: 'Brazil', kind: 'state' } } }, chair)
  await rooms.stop()
  const kept = (await loadDocument(memory, draft, 'shared', () => 0.5)).doc
  expect(receivedBy(late).getMap('delegations').toJSON()).toEqual(kept.getMap('delegations').toJSON())
  expect(Y.encodeStateVector(receivedBy(late))).toEqual(Y.encodeStateVector(kept))
  expect([gone.said, ended.said]).toEqual([toldWhenGone, 0])
})
