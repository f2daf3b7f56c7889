/** Between the door, where it is asked whether somebody may come in, and the room, which may first have to be loaded. */
import { EventEmitter } from 'node:events'
import pino from 'pino'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { StoreError } from '../../../server/store/errors.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import { loadDocument } from '../../../server/sync/loading.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { closeCodes, sideRoomOf } from '../../../shared/wire/protocol.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

class Socket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  readonly bufferedAmount = 0
  said = 0
  readonly closed = new Promise<number>((resolve) => this.once('closed', resolve))
  readonly heard = new Promise<void>((resolve) => this.once('heard', () => resolve()))
  send(): void {
    this.said++
    this.emit('heard')
  }
  close(code: number): void { this.emit('closed', code) }
  pause(): void { /* comes paused */ }
  resume(): void { /* nothing is waiting */ }
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
      if (times++ === 0) {
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
  expect([times, socket.said > 1]).toEqual([2, true])
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
