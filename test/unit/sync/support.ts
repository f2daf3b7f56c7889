/** A room behind a real socket server on port 0, with a permissive gate, and those who speak to it. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { openRoomConnection, memoryLocalStore, type RoomConnection, type RoomConnectionOptions, type Status } from '../../../client/connection/index.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { AppendRequest, AppendResult, Store } from '../../../server/store/store.ts'
import type { Gate, Verdict } from '../../../server/sync/admission.ts'
import { openRoom, type RoomDeps } from '../../../server/sync/opening.ts'
import type { Room } from '../../../server/sync/room.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { decodePresence } from '../../../shared/wire/presence.ts'
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/protocol.ts'

export const speakers: Readonly<Record<string, Speaker>> = {
  amina: { person: 'amina', personName: 'Amina O.', hatId: 'h-amina', hat: { role: 'delegate', delegation: 'ke', kind: 'state', level: 'head' } },
  wanjiru: { person: 'wanjiru', personName: 'Wanjiru K.', hatId: 'h-wanjiru', hat: { role: 'delegate', delegation: 'ke', kind: 'state', level: 'drafter' } },
  kenji: { person: 'kenji', personName: 'Kenji T.', hatId: 'h-kenji', hat: { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' } },
  chair: { person: 'chair', personName: 'The Chair', hatId: 'h-chair', hat: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' } },
}

export const speakerOf = (name: string): Speaker => speakers[name]!

/** Refuses words with `§` in them and ids that are not the sender's. */
export const permissive: Gate<null> = {
  check(doc, update, actor): Verdict {
    for (const struct of Y.decodeUpdate(update).structs) {
      if (struct.id.clock + struct.length <= Y.getState(doc.store, struct.id.client)) continue
      if (!actor.owns(struct.id.client)) return { ok: false, code: 'not-your-id' }
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.content.str.includes('§')) return { ok: false, code: 'unit-locked' }
    }
    return { ok: true, update, writers: [...Y.parseUpdateMeta(update).from.keys()] }
  },
  checkAwareness(bytes, owns) {
    const all = decodePresence(bytes)
    return all !== null && all.every((one) => owns(one.client)) ? { ok: true } : { ok: false, code: 'bad-awareness' }
  },
  facts: () => ({ facts: null }),
}

/** The text that most tests write. A root, so that no operation is needed to make it. */
export const textIn = (doc: Y.Doc): Y.Text => doc.getText('words')

export interface HeldStore {
  readonly store: Store
  readonly appends: AppendRequest[]
  /** From now on an append waits, after it was asked for and before it is done. */
  hold(): void
  release(): void
  /** Resolves when so many appends have been asked for since the beginning. */
  asked(count: number): Promise<void>
  /** The next append fails. */
  failNext(error: Error): void
}

export function heldStore(inner: Store = openMemoryStore()): HeldStore {
  let gate: Promise<void> = Promise.resolve()
  let open = (): void => undefined
  let failure: Error | null = null
  const appends: AppendRequest[] = []
  let waiting: { count: number; resolve: () => void }[] = []
  return {
    appends,
    store: {
      ...inner,
      async append(request): Promise<AppendResult> {
        appends.push(request)
        for (const one of waiting) if (appends.length >= one.count) one.resolve()
        waiting = waiting.filter((one) => appends.length < one.count)
        await gate
        const error = failure
        failure = null
        if (error !== null) throw error
        return inner.append(request)
      },
    },
    hold() {
      gate = new Promise((resolve) => { open = resolve })
    },
    release: () => open(),
    asked: (count) => (appends.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))),
    failNext(error) {
      failure = error
    },
  }
}

export interface House {
  readonly url: string
  readonly store: Store
  room(): Promise<Room>
  /** The sockets on the server's side, in the order they came. */
  readonly sockets: WebSocket[]
  /** What they travel on. */
  readonly streams: Duplex[]
  lease(name: string): Promise<number>
}

let lastId = 2 ** 40

export async function leaseIn(store: Store, document: string, name: string): Promise<number> {
  const { person, hatId, hat } = speakerOf(name)
  const clientId = (lastId += 7)
  await store.write([{ put: 'lease', row: { clientId, document, person, hatId, delegation: hat.delegation } }])
  return clientId
}

export const silent = pino({ level: 'silent' })

export async function openHouse(options: Partial<RoomDeps<null>> = {}): Promise<House> {
  const store = options.store ?? openMemoryStore()
  const document = options.document ?? 'd1'
  let room: Promise<Room> | null = null
  const open = (): Promise<Room> =>
    (room ??= openRoom({ ...permissive, log: silent, now: Date.now, kind: 'shared', ...options, store, document, discarded: () => { room = null } }))
  const http: Server = createServer()
  const sockets: WebSocket[] = []
  const streams: Duplex[] = []
  const server = new WebSocketServer({ server: http, perMessageDeflate: true, maxPayload: limits.messageBytesMax })
  server.on('connection', (socket, request) => {
    sockets.push(socket)
    streams.push(request.socket)
    socket.pause()
    const hat = new URL(request.url ?? '/', 'http://house').searchParams.get('hat')
    const speaker = Object.values(speakers).find((one) => one.hatId === hat)
    void open().then((opened) => opened.connect(socket, speaker!, { stream: request.socket, unpacks: socket.extensions !== '' }))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.terminate()
    await (await room)?.close()
    server.close()
    http.close()
  })
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    store,
    room: open,
    sockets,
    streams,
    lease: (name) => leaseIn(store, document, name),
  }
}

/** A socket whose every message is seen. */
export interface Wire {
  readonly socket: WebSocket
  readonly received: Message[]
  readonly closed: Promise<number>
  send(message: Message): void
  /** Resolves with the first message, of those received or to come, for which it is true. */
  seen(matches: (message: Message) => boolean): Promise<Message>
  /** Everything that the server has said until now has been received. */
  fence(): Promise<void>
}

export async function openWire(house: House, name: string, options: { readonly perMessageDeflate?: boolean } = {}): Promise<Wire> {
  const socket = new WebSocket(`${house.url}/sync/d1?hat=${speakerOf(name).hatId}`, options)
  const received: Message[] = []
  let waiting: { matches: (message: Message) => boolean; resolve: (message: Message) => void }[] = []
  socket.on('message', (data: Buffer) => {
    const message = decodeMessage(new Uint8Array(data))
    if (message === null) throw new Error('The server said what is no message')
    received.push(message)
    for (const one of waiting) if (one.matches(message)) one.resolve(message)
    waiting = waiting.filter((one) => !one.matches(message))
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return {
    socket,
    received,
    closed,
    send: (message) => socket.send(encodeMessage(message)),
    seen: (matches) => {
      const found = received.find(matches)
      return found === undefined ? new Promise((resolve) => waiting.push({ matches, resolve })) : Promise.resolve(found)
    },
    async fence() {
      const pong = once(socket, 'pong')
      socket.ping()
      await pong
    },
  }
}

export const isStep = (step: 0 | 1 | 2) => (message: Message): boolean => message.type === 'sync' && message.step === step
export const isAck = (number: number) => (message: Message): boolean => message.type === 'acknowledged' && message.number === number
export const isRefusal = (number: number) => (message: Message): boolean => message.type === 'refused' && message.number === number

/** On the wire, as a client of ours: with an id, in sync, and a document that is written by hand. */
export interface Hand extends Wire {
  readonly doc: Y.Doc
  /** Writes into the own document and gives the update. */
  write(words: string, at?: number): Uint8Array
  submit(number: number, update: Uint8Array, hints?: string): void
}

export async function openHand(house: House, name: string): Promise<Hand> {
  const clientId = await house.lease(name)
  const wire = await openWire(house, name)
  const doc = defineShared(newDoc())
  wire.send({ type: 'sync', step: 0, bytes: Y.encodeStateVector(doc) })
  const answer = await wire.seen(isStep(1))
  if (answer.type === 'sync') Y.applyUpdate(doc, answer.bytes)
  doc.clientID = clientId
  return {
    ...wire,
    doc,
    write: (words, at = textIn(doc).length) => updateOf(doc, () => textIn(doc).insert(at, words)),
    submit: (number, bytes, hints = '') => wire.send({ type: 'submit', number, bytes, hints }),
  }
}

/** Kenji’s id is known to the room, and his second update is being committed. */
export async function whileHisIsCommitted(held: HeldStore, options: Partial<RoomDeps<null>> = {}): Promise<{ readonly house: House; readonly kenji: Hand; readonly amina: Hand }> {
  const house = await openHouse({ store: held.store, ...options })
  const [kenji, amina] = [await openHand(house, 'kenji'), await openHand(house, 'amina')]
  kenji.submit(1, kenji.write('Recalling'))
  await kenji.seen(isAck(1))
  held.hold()
  kenji.submit(2, kenji.write(' and'))
  await held.asked(2)
  return { house, kenji, amina }
}

export function updateOf(doc: Y.Doc, write: () => void): Uint8Array {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array): void => { updates.push(update) }
  doc.on('update', collect)
  doc.transact(write)
  doc.off('update', collect)
  return Y.mergeUpdates(updates)
}

export const updatesIn = (wire: Wire): Uint8Array[] =>
  wire.received.flatMap((message) => (message.type === 'sync' && message.step === 2 ? [message.bytes] : []))

/** What somebody who has seen only this wire has read. */
export function wordsSeen(wire: Wire): string {
  const doc = defineShared(newDoc())
  for (const message of wire.received) if (message.type === 'sync' && message.step !== 0) Y.applyUpdate(doc, message.bytes)
  return textIn(doc).toString()
}

export interface Member extends RoomConnection {
  readonly doc: Y.Doc
  readonly local: ReturnType<typeof memoryLocalStore>
  type(words: string, at?: number): void
  words(): string
}

export function openMember(house: House, name: string, options: Partial<RoomConnectionOptions> = {}): Member {
  const doc = options.doc ?? defineShared(newDoc())
  const local = memoryLocalStore()
  const connection = openRoomConnection({
    url: house.url,
    room: 'd1',
    hatId: speakerOf(name).hatId,
    doc,
    lease: () => house.lease(name),
    socketOf: (url) => new WebSocket(url),
    local,
    ...options,
  })
  onTestFinished(() => connection.close())
  return Object.assign(connection, {
    doc,
    local,
    type: (words: string, at = textIn(doc).length) => textIn(doc).insert(at, words),
    words: () => textIn(doc).toString(),
  })
}

export function whenStatus(connection: RoomConnection, matches: (status: Status) => boolean): Promise<Status> {
  return new Promise((resolve) => {
    if (matches(connection.status.value)) return resolve(connection.status.value)
    const stop = connection.status.subscribe((status) => {
      if (!matches(status)) return
      stop()
      resolve(status)
    })
  })
}

export const whenLive = (connection: RoomConnection): Promise<Status> => whenStatus(connection, (status) => status.phase === 'live')
export const whenSaved = (connection: RoomConnection): Promise<Status> =>
  whenStatus(connection, (status) => status.phase === 'live' && status.saved === 'saved')

export function whenWords(member: { readonly doc: Y.Doc }, words: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (textIn(member.doc).toString() !== words) return
      member.doc.off('update', look)
      resolve()
    }
    member.doc.on('update', look)
    look()
  })
}

/** Timers that stand still until they are told. */
export function manualTimers(): { after: (ms: number, run: () => void) => () => void; advance: (ms: number) => void } {
  let nowMs = 0
  let timers: { atMs: number; run: () => void }[] = []
  return {
    after(ms, run) {
      const timer = { atMs: nowMs + ms, run }
      timers.push(timer)
      return () => { timers = timers.filter((one) => one !== timer) }
    },
    advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        const next = timers.filter((one) => one.atMs <= untilMs).sort((one, other) => one.atMs - other.atMs)[0]
        if (next === undefined) break
        timers = timers.filter((one) => one !== next)
        nowMs = next.atMs
        next.run()
      }
      nowMs = untilMs
    },
  }
}
