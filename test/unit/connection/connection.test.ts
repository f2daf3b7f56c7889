import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { memoryLocalStore, noLocalStore, type KeptUpdate } from '../../../client/connection/index.ts'
import { openHistory } from '../../../shared/model/history.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { closeCodes, decodeMessage, type Notice } from '../../../shared/wire/protocol.ts'
import {
  heldStore, manualTimers, openHand, openHouse, openMember, textIn, whenLive, whenSaved, whenStatus, whenWords,
} from '../sync/support.ts'

const isSubmit = (bytes: Uint8Array): boolean => decodeMessage(bytes)?.type === 'submit'

it('CO1 what is typed is shown as saved only when the server has committed it', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const amina = openMember(house, 'amina')
  expect(amina.status.value).toEqual({ phase: 'connecting', saved: 'saved', unacknowledged: 0, received: false, writable: false })
  await whenLive(amina)
  expect(amina.status.value).toEqual({ phase: 'live', saved: 'saved', unacknowledged: 0, received: true, writable: true })
  held.hold()
  amina.type('Recalling')
  amina.type(' its')
  expect(amina.status.value).toMatchObject({ saved: 'saving', unacknowledged: 2 })
  expect(amina.local.kept.size).toBe(2)
  await held.asked(1)
  expect(amina.status.value).toMatchObject({ saved: 'saving', unacknowledged: 2 })
  held.release()
  await whenSaved(amina)
  expect(amina.local.kept.size).toBe(0)
})

it('CO2 what is typed without a connection is kept on the device, and is sent in order when there is one again', async () => {
  const house = await openHouse()
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji')]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  amina.type('one ')
  await whenSaved(amina)
  const offline = whenStatus(amina, (status) => status.phase === 'offline')
  house.sockets[0]!.terminate()
  await offline
  for (const word of ['two ', 'three ', 'four']) amina.type(word)
  expect((await whenStatus(amina, (status) => status.saved === 'kept')).unacknowledged).toBe(3)
  kenji.type('(remote) ', 0)
  await whenSaved(amina)
  await whenWords(kenji, '(remote) one two three four')
  await whenWords(amina, '(remote) one two three four')
})

it('CO21 where the device keeps nothing, what is typed without a connection is said to be on the page alone', async () => {
  const house = await openHouse()
  const amina = openMember(house, 'amina', { local: noLocalStore() })
  await whenLive(amina)
  const offline = whenStatus(amina, (status) => status.phase === 'offline')
  house.sockets[0]!.terminate()
  await offline
  amina.type('unkept')
  await whenStatus(amina, (status) => status.saved === 'unkept')
  await whenSaved(amina)
})

it('CO3 an acknowledgement that is lost costs nothing: the update is sent again and found known', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji')]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  held.hold()
  amina.type('once')
  await held.asked(1)
  house.sockets[0]!.terminate()
  held.release()
  await whenWords(kenji, 'once')
  await whenSaved(amina)
  expect([amina.words(), kenji.words()]).toEqual(['once', 'once'])
  expect((await house.store.load('d1')).seq).toBe(1)
})

it('CO4 when the server’s store fails, nothing is lost and nothing need be done', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji')]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  held.failNext(new Error('disk full'))
  amina.type('Recalling')
  await whenStatus(amina, (status) => status.phase === 'offline')
  await whenSaved(amina)
  await whenWords(kenji, 'Recalling')
})

it('CO5 after a refusal nothing more is sent, and everything the server does not have is handed over with its operations', async () => {
  const house = await openHouse()
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji')]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  amina.type('fine ')
  await whenSaved(amina)
  amina.type('§ locked ')
  amina.type('and on')
  const status = await whenStatus(amina, (one) => one.phase === 'refused')
  expect(status).toMatchObject({ code: 'unit-locked', saved: 'kept', unacknowledged: 2, writable: false })
  const id = amina.doc.clientID
  expect(status.unsent!.map(({ operations, refused }) => ({ operations, refused }))).toEqual([
    { operations: [{ do: 'write', in: ['words'], as: [id, 5], after: [id, 4], words: '§ locked ' }], refused: 'unit-locked' },
    { operations: [{ do: 'write', in: ['words'], as: [id, 14], after: [id, 13], words: 'and on' }], refused: undefined },
  ])
  expect([...amina.local.kept.values()].map(({ refused }) => refused)).toEqual(['unit-locked', undefined])
  amina.type(' still typing')
  expect(amina.status.value.unsent).toHaveLength(3)
  expect(amina.local.kept.size).toBe(3)
  await amina.dropUnsent()
  expect([amina.local.kept.size, amina.status.value.phase]).toEqual([0, 'refused'])
  kenji.type('!')
  await whenSaved(kenji)
  expect(kenji.words()).toBe('fine !')
})

it('CO6 while a stage change is being made sending waits, and goes on when it is over or takes too long', async () => {
  const timers = manualTimers()
  const house = await openHouse()
  let noticed: () => void = () => undefined
  const amina = openMember(house, 'amina', { after: timers.after, noticed: () => noticed() })
  await whenLive(amina)
  const room = await house.room()
  const [socket] = house.sockets
  const ends = [(): void => room.notify({ notice: 'open' }), (): void => timers.advance(limits.closingWaitMs)]
  for (const [index, end] of ends.entries()) {
    const heard = new Promise<void>((resolve) => { noticed = resolve })
    room.notify({ notice: 'closing' })
    room.notify({ notice: 'record', seq: 1 })
    await heard
    amina.type('x')
    const pong = new Promise((resolve) => socket!.once('pong', resolve))
    socket!.ping()
    await pong
    expect(amina.status.value).toMatchObject({ saved: 'saving', unacknowledged: 1 })
    expect(room.seq).toBe(index)
    end()
    await whenSaved(amina)
  }
  expect(room.seq).toBe(2)
})

it('CO22 the page is told when a stage change begins, and that it is over when the server says so, takes too long or is gone', async () => {
  const timers = manualTimers()
  const house = await openHouse()
  const notices: Notice[] = []
  let heard: () => void = () => undefined
  const amina = openMember(house, 'amina', { after: timers.after, noticed: (notice) => { notices.push(notice); heard() } })
  const next = (): Promise<void> => new Promise((resolve) => { heard = resolve })
  await whenLive(amina)
  const room = await house.room()
  const ends = [(): void => room.notify({ notice: 'open' }), (): void => timers.advance(limits.closingWaitMs), (): void => house.sockets[0]!.terminate()]
  for (const end of ends) {
    const closing = next()
    room.notify({ notice: 'closing' })
    await closing
    const open = next()
    end()
    await open
    expect(notices.splice(0)).toEqual([{ notice: 'closing' }, { notice: 'open' }])
  }
})

it('CO7 CO34 what was refused as too fast is sent again from there on, and meanwhile the status says why it waits', async () => {
  const timers = manualTimers()
  const clock = { ms: 0 }
  const house = await openHouse({ now: () => clock.ms })
  const amina = openMember(house, 'amina', { after: timers.after })
  await whenLive(amina)
  const count = limits.updatesBurstMax + 50
  for (let index = 0; index < count; index++) amina.type('x')
  expect(await whenStatus(amina, (status) => status.code !== undefined)).toMatchObject({ phase: 'live', saved: 'saving', code: 'too-fast' })
  let left = count
  while (left > 0) {
    clock.ms += 1_000
    timers.advance(limits.tooFastPauseMs)
    const before = left
    left = (await whenStatus(amina, (status) => status.unacknowledged < before)).unacknowledged
  }
  await whenSaved(amina)
  expect(textIn((await house.room()).doc).length).toBe(count)
  expect(amina.status.value).not.toHaveProperty('code')
})

it('CO34 why a connection was lost is said for as long as there is none', async () => {
  const timers = manualTimers()
  const house = await openHouse()
  const amina = openMember(house, 'amina', { after: timers.after })
  await whenLive(amina)
  const whys = [[1001, 'restarting'], [1006, undefined], [1011, 'server-fault'], [1013, 'too-fast'], [4508, 'behind'], [4509, undefined]] as const
  for (const [code, why] of whys) {
    const offline = whenStatus(amina, (status) => status.phase === 'offline')
    const socket = house.sockets.at(-1)!
    if (code === 1006) socket.terminate()
    else socket.close(code)
    expect([code, (await offline).code]).toEqual([code, why])
    timers.advance(limits.reconnectMaxMs)
    await whenLive(amina)
    expect(amina.status.value).not.toHaveProperty('code')
  }
})

it('CO34 where the server answers twice and no socket opens, that is said; a server that said that it stops is not there to be asked', async () => {
  const house = await openHouse()
  const timers = manualTimers()
  const told: (string | undefined)[] = []
  let isBlocked = false
  let answers: 'no-socket' | null = null
  const amina = openMember(house, 'amina', {
    after: timers.after,
    socketOf: (url) => new WebSocket(isBlocked ? url.replace(/^ws:\/\/[^/]+/, 'ws://127.0.0.1:1') : url),
    why: async () => answers,
  })
  await whenLive(amina)
  const lost = async (withinMs: number = limits.reconnectMaxMs): Promise<void> => {
    // The next one that is told, not the present one.
    const next = new Promise<void>((resolve) => {
      const stop = amina.status.subscribe(({ phase, code }) => {
        if (phase !== 'offline') return
        told.push(code)
        stop()
        resolve()
      })
    })
    if (told.length === 0) house.sockets.at(-1)!.close(1001)
    else timers.advance(withinMs)
    await next
  }
  isBlocked = true
  await lost()
  await lost()
  // The network may have come back just now: it is found out soon.
  answers = 'no-socket'
  await lost()
  await lost(limits.reconnectMinMs)
  answers = null
  await lost()
  answers = 'no-socket'
  await lost()
  expect(told).toEqual(['restarting', 'restarting', 'restarting', 'no-socket', undefined, undefined])
  isBlocked = false
  timers.advance(limits.reconnectMaxMs)
  await whenLive(amina)
  expect(amina.status.value).not.toHaveProperty('code')
})

it('CO8 when its rights end the connection ends, and what was not saved stays on the device', async () => {
  const held = heldStore()
  const house = await openHouse({ store: held.store })
  const notices: Notice[] = []
  const amina = openMember(house, 'amina', { noticed: (notice) => notices.push(notice) })
  await whenLive(amina)
  held.hold()
  amina.type('unsaved')
  await held.asked(1)
  ;(await house.room()).expel(() => true)
  const status = await whenStatus(amina, (one) => one.phase === 'ended')
  expect(status).toMatchObject({ code: 'hat-revoked', saved: 'kept', unacknowledged: 1 })
  expect([notices, amina.local.kept.size]).toEqual([[{ notice: 'revoked' }], 1])
  held.release()
})

it('CO8 so it is where what was refused earlier still waits to be done again: it is handed over, and no room is opened anew', async () => {
  const house = await openHouse()
  const hand = await openHand(house, 'amina')
  const refused: KeptUpdate = { number: 1, update: hand.write('refused'), hints: '', operations: [], refused: 'unit-locked' }
  const amina = openMember(house, 'amina', { local: memoryLocalStore([refused]), lease: () => Promise.reject(new Error('no id')) })
  await whenStatus(amina, (status) => status.phase === 'paused')
  // Of what the server says before it closes nothing arrived.
  house.sockets.at(-1)!.close(closeCodes.revoked)
  expect(await whenStatus(amina, (status) => status.phase === 'ended' || status.phase === 'refused')).toMatchObject({ phase: 'ended', code: 'hat-revoked', unsent: [{ refused: 'unit-locked' }] })
})

it('CO9 what an earlier session left on the device comes back into the document and is sent, also when the server has it', async () => {
  const house = await openHouse()
  const earlier = await openHand(house, 'amina')
  const first = earlier.write('left ')
  const second = earlier.write('behind')
  earlier.submit(1, first)
  await earlier.seen((message) => message.type === 'acknowledged')
  const left: KeptUpdate[] = [first, second].map((update, index) => ({ number: index + 7, update, hints: '', operations: [] }))
  const local = memoryLocalStore(left)
  const amina = openMember(house, 'amina', { local })
  const kenji = openMember(house, 'kenji')
  await Promise.all([whenSaved(amina), whenWords(kenji, 'left behind')])
  expect([amina.words(), local.kept.size]).toEqual(['left behind', 0])
  amina.type('!')
  await whenSaved(amina)
  expect((await house.store.load('d1')).seq).toBe(3)
})

it('CO10 the document is written under issued ids only, also when Yjs takes another by itself', async () => {
  const house = await openHouse()
  const issued: number[] = []
  const amina = openMember(house, 'amina', {
    lease: async () => {
      const id = await house.lease('amina')
      issued.push(id)
      return id
    },
  })
  await whenLive(amina)
  expect(amina.doc.clientID).toBe(issued[0])
  // Another session under the same id, as after a reload that used it again.
  const twin = await openHand(house, 'amina')
  twin.doc.clientID = issued[0]!
  twin.submit(1, twin.write('elsewhere '))
  await whenWords(amina, 'elsewhere ')
  expect(amina.doc.clientID).toBe(issued[1])
  amina.type('here')
  await whenSaved(amina)
  expect(textIn((await house.room()).doc).toString()).toBe('elsewhere here')
})

it('CO11 a document that is written before it may be is a mistake of the caller', async () => {
  const house = await openHouse()
  const amina = openMember(house, 'amina')
  expect(() => amina.type('too early')).toThrow(RangeError)
})

it('CO12 without a server it tries again, less and less often; it ends when the server says why', async () => {
  const timers = manualTimers()
  const waits: number[] = []
  let why: 'not-signed-in' | null = null
  const member = openMember({ url: 'ws://nowhere' } as never, 'amina', {
    lease: () => Promise.reject(new Error('offline')),
    why: async () => why,
    random: () => 1,
    after: (ms, run) => {
      // The others are for what is asked and not answered.
      if (ms <= limits.reconnectMaxMs) waits.push(ms)
      return timers.after(ms, run)
    },
  })
  for (let attempt = 1; attempt <= 9; attempt++) {
    await whenStatus(member, (status) => status.phase === 'offline' && waits.length === attempt)
    timers.advance(limits.reconnectMaxMs)
  }
  expect(waits.slice(0, 3)).toEqual([1, 2, 4].map((times) => times * limits.reconnectMinMs))
  expect(waits.at(-1)).toBe(limits.reconnectMaxMs)
  why = 'not-signed-in'
  timers.advance(limits.reconnectMaxMs)
  member.retry()
  expect(await whenStatus(member, (status) => status.phase === 'ended')).toMatchObject({ code: 'not-signed-in' })
})

it('CO13 a server that is silent too long is taken for gone', async () => {
  const timers = manualTimers()
  const house = await openHouse()
  const amina = openMember(house, 'amina', { after: timers.after })
  await whenLive(amina)
  const offline = whenStatus(amina, (status) => status.phase === 'offline')
  timers.advance(limits.serverSilenceMs)
  await offline
  timers.advance(limits.reconnectMaxMs)
  await whenLive(amina)
})

it('CO13 so is one that never answers the opening of a socket', async () => {
  const timers = manualTimers()
  const house = await openHouse()
  let answers = false
  const closed: string[] = []
  const mute = { binaryType: '', readyState: 0, onopen: null, onmessage: null, onclose: null, onerror: null, send: () => undefined, close: () => void closed.push('mute') }
  const amina = openMember(house, 'amina', { after: timers.after, socketOf: (url) => (answers ? new WebSocket(url) : mute) })
  while (mute.onclose === null) await new Promise(setImmediate)
  const offline = whenStatus(amina, (status) => status.phase === 'offline')
  timers.advance(limits.serverSilenceMs)
  await offline
  expect(closed).toEqual(['mute'])
  answers = true
  timers.advance(limits.reconnectMaxMs)
  await whenLive(amina)
})

it('CO40 while the server lets nothing in, nothing is sent; the status says why, and it is over with the socket', async () => {
  const house = await openHouse()
  const sent: Uint8Array[] = []
  const amina = openMember(house, 'amina', {
    socketOf: (url) => {
      const socket = new WebSocket(url)
      const send = socket.send.bind(socket)
      socket.send = (data: unknown) => {
        sent.push(data as Uint8Array)
        send(data as Uint8Array)
      }
      return socket
    },
  })
  await whenLive(amina)
  const room = await house.room()
  room.notify({ notice: 'read-only', code: 'store-down' })
  await whenStatus(amina, ({ phase, code }) => phase === 'paused' && code === 'store-down')
  amina.type('kept')
  await whenStatus(amina, ({ saved }) => saved === 'kept')
  // A stage change that is over does not end it.
  room.notify({ notice: 'open' })
  const fence = new Promise<void>((resolve) => amina.presence.awareness.on('change', () => resolve()))
  amina.type(' too')
  expect(amina.status.value).toMatchObject({ phase: 'paused', unacknowledged: 2, writable: true })
  const kenji = openMember(house, 'kenji')
  await Promise.all([whenLive(kenji), fence])
  expect(sent.filter(isSubmit)).toEqual([])
  house.sockets[0]!.terminate()
  await whenSaved(amina)
  expect(amina.status.value.code).toBeUndefined()
  await whenWords(kenji, 'kept too')
})

it('CO14 others are seen with their carets, by delegation, and are gone when the connection is', async () => {
  const house = await openHouse()
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji')]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  const seen = new Promise<void>((resolve) => {
    kenji.presence.awareness.on('change', () => { if (kenji.presence.others().some((one) => one.cursor !== null)) resolve() })
  })
  amina.presence.setCursor({ unit: 'u1', at: 4 })
  await seen
  expect(kenji.presence.others()).toEqual([{ client: amina.doc.clientID, delegation: 'ke', role: 'delegate', name: null, cursor: { unit: 'u1', at: 4 } }])
  house.sockets.at(-1)!.terminate()
  house.sockets[0]!.terminate()
  await whenStatus(kenji, (status) => status.phase === 'offline')
  expect(kenji.presence.others()).toEqual([])
})

it('CO15 lineage hints travel with the update they were given for', async () => {
  const house = await openHouse()
  const amina = openMember(house, 'amina')
  await whenLive(amina)
  amina.type('words')
  const id = amina.doc.clientID
  const history = openHistory([amina.doc], { origins: new Set(['typed']), now: () => 0 })
  history.onHint = (hints) => amina.note(hints)
  amina.doc.transact(() => amina.doc.getText('words').delete(0, 5), 'typed')
  history.undo()
  amina.type('!')
  await whenSaved(amina)
  const { entries } = await house.store.load('d1')
  expect(entries.map((entry) => entry.lineage)).toEqual([null, null, JSON.stringify([{ to: [id, 5, 5], from: [id, 0, 5] }]), null])
})

it('CO16 only what was typed here is ever sent: others’ words, and an own update that came back, are not', async () => {
  const house = await openHouse()
  const sent: Uint8Array[] = []
  const [amina, kenji] = [openMember(house, 'amina'), openMember(house, 'kenji', {
    socketOf: (url) => {
      const socket = new WebSocket(url)
      const send = socket.send.bind(socket)
      socket.send = (data: unknown) => {
        sent.push(data as Uint8Array)
        send(data as Uint8Array)
      }
      return socket
    },
  })]
  await Promise.all([whenLive(amina), whenLive(kenji)])
  amina.type('hers')
  await whenWords(kenji, 'hers')
  Y.applyUpdate(kenji.doc, Y.encodeStateAsUpdate(amina.doc), 'elsewhere')
  kenji.doc.transact(() => undefined)
  await whenSaved(kenji)
  expect(sent.filter(isSubmit)).toEqual([])
  kenji.type('!')
  await whenSaved(kenji)
  expect(sent.filter(isSubmit)).toHaveLength(1)
})
