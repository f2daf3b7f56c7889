import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { memoryLocalStore } from '../../../client/connection/index.ts'
import type { KeptUpdate, RoomConnectionOptions, Socket, Status, Unsent } from '../../../client/connection/index.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Gate } from '../../../server/sync/admission.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/protocol.ts'
import { manualTimers, openHand, openHouse, openMember, permissive, textIn, whenLive, whenSaved, whenStatus, whenWords } from '../sync/support.ts'
import type { House, Member } from '../sync/support.ts'

/** As the real gate: nothing that stands on what is not there. */
const gapless: Gate<null> = {
  ...permissive,
  check(doc, update, actor, facts) {
    const { structs } = Y.decodeUpdate(update)
    const ends = new Map<number, number>()
    const knows = (client: number, clock: number): boolean => clock < Math.max(Y.getState(doc.store, client), ends.get(client) ?? 0)
    for (const struct of structs) {
      const { client, clock } = struct.id
      const origins = struct instanceof Y.Item ? [struct.origin, struct.rightOrigin] : []
      if ((clock > 0 && !knows(client, clock - 1)) || origins.some((id) => id !== null && !knows(id.client, id.clock))) return { ok: false, code: 'gap' }
      ends.set(client, clock + struct.length)
    }
    return permissive.check(doc, update, actor, facts)
  },
}

/** What a store held when its log was so long. `leases`: whether the ids that were issued are in it. */
async function backupOf(store: Store, seq: number, leases: boolean): Promise<Store> {
  const copy = openMemoryStore()
  const { entries } = await store.load('d1')
  for (const { seq: at, actor, kind, bytes, lineage } of entries.slice(0, seq)) {
    await copy.append({ document: 'd1', expectedSeq: at - 1, entries: [{ actor, kind, bytes, lineage }] })
  }
  if (leases) await copy.write((await store.leases('d1')).map((row) => ({ put: 'lease', row })))
  return copy
}

/** A line on which another server can come to answer. */
class Line {
  house: House

  constructor(house: House) {
    this.house = house
  }

  member(name: string, options: Partial<RoomConnectionOptions> = {}): Member {
    return openMember(this.house, name, {
      socketOf: (url) => new WebSocket(url.replace(/^ws:\/\/[^/]+/, this.house.url)),
      lease: () => this.house.lease(name),
      ...options,
    })
  }

  /** The old server goes, another answers from now on. */
  async to(next: House, members: readonly Member[]): Promise<void> {
    const before = this.house
    this.house = next
    const gone = members.map((one) => whenStatus(one, (status) => status.phase !== 'live'))
    for (const socket of before.sockets) socket.terminate()
    await Promise.all(gone)
  }
}

interface Left {
  readonly words: string
  readonly unsent: readonly Unsent[]
  readonly member: Member
}

/** As the page: opens anew on what was kept, until everything is saved. */
async function openedAnew(line: Line, name: string, kept: readonly KeptUpdate[], unsent: Unsent[] = []): Promise<Left> {
  const doc = defineShared(newDoc())
  textIn(doc)
  const local = memoryLocalStore(kept)
  const member = line.member(name, { doc, local, unsent: (more) => unsent.push(...more) })
  const { phase } = await whenStatus(member, (status) => status.phase === 'refused' || (status.phase === 'live' && status.saved === 'saved'))
  if (phase === 'live') return { words: member.words(), unsent, member }
  await member.close()
  return openedAnew(line, name, [...local.kept.values()], unsent)
}

/** Each committed by itself. */
async function thatHasTyped(line: Line, each: readonly string[]): Promise<Member> {
  const amina = line.member('amina')
  await whenLive(amina)
  for (const words of each) {
    amina.type(words)
    await whenSaved(amina)
  }
  return amina
}

describe('a server that was restored from a backup', () => {
  it('CO29 one’s own words that it has lost are sent again as they were, and what was struck is struck again', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const amina = await thatHasTyped(line, ['one ', 'two ', 'three'])
    textIn(amina.doc).delete(0, 4)
    await whenSaved(amina)
    // Once all but the first is lost, once no more than that something was struck.
    for (const seq of [1, 3]) {
      const restored = await openHouse({ ...gapless, store: await backupOf(house.store, seq, true) })
      await line.to(restored, [amina])
      await whenSaved(amina)
      expect([amina.words(), textIn((await restored.room()).doc).toString(), (await restored.store.load('d1')).seq]).toEqual(['two three', 'two three', 4])
    }
  })

  it('CO29 where others’ words are lost the room is opened anew: each says their own again, nobody another’s', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const [amina, kenji] = [line.member('amina'), line.member('kenji')]
    await Promise.all([whenLive(amina), whenLive(kenji)])
    const say = async (who: Member, words: string, at?: number): Promise<void> => {
      const all = [amina, kenji].map((one) => whenWords(one, at === undefined ? who.words() + words : words + who.words()))
      who.type(words, at)
      await Promise.all([whenSaved(who), ...all])
    }
    await say(amina, 'old ')
    await say(kenji, 'his ')
    await say(amina, 'on his ')
    await say(amina, 'hers ', 0)
    const restored = await openHouse({ ...gapless, store: await backupOf(house.store, 1, true) })
    const stopped = whenStatus(amina, (status) => status.phase === 'restored')
    await line.to(restored, [amina])
    expect(await stopped).toMatchObject({ unacknowledged: 2, writable: false })
    await amina.close()
    const left = await openedAnew(line, 'amina', [...amina.local.kept.values()])
    expect([left.words, left.unsent.map(({ words, code }) => [words, code])]).toEqual(['hers old ', [['on his ', 'gap']]])
    expect(textIn((await restored.room()).doc).toString()).toBe('hers old ')
    // His own page was there all the time, and lost what she had written: it says his again, and hers are hers to say.
    await whenStatus(kenji, (status) => status.phase === 'restored')
    await kenji.close()
    const his = await openedAnew(line, 'kenji', [...kenji.local.kept.values()])
    expect([his.words, his.unsent]).toEqual(['hers old his ', []])
    await whenWords(left.member, 'hers old his ')
  })

  it('CO29 where the id that they were written under is lost too, one’s own words are written again under another', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const amina = await thatHasTyped(line, ['one ', 'two ', 'three'])
    const restored = await openHouse({ ...gapless, store: await backupOf(house.store, 1, false) })
    const refused = whenStatus(amina, (status) => status.phase === 'refused')
    await line.to(restored, [amina])
    expect(await refused).toMatchObject({ code: 'not-your-id' })
    await amina.close()
    const left = await openedAnew(line, 'amina', [...amina.local.kept.values()])
    expect([left.words, left.unsent, textIn((await restored.room()).doc).toString()]).toEqual(['one two three', [], 'one two three'])
  })

  it('CO29 a server that has everything is sent nothing again, also where what waits has written over its values', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const [amina, kenji] = [line.member('amina'), line.member('kenji')]
    await Promise.all([whenLive(amina), whenLive(kenji)])
    amina.type('letters')
    await whenWords(kenji, 'letters')
    for (let round = 0; round < 6; round++) {
      const gone = [amina, kenji].map((one) => whenStatus(one, (status) => status.phase === 'offline'))
      for (const socket of house.sockets) socket.terminate()
      await Promise.all(gone)
      amina.doc.getMap('units').set('rank', `a${round}`)
      kenji.doc.getMap('units').set('rank', `b${round}`)
      amina.type('!')
      textIn(kenji.doc).delete(0, 1)
      const before = (await house.store.load('d1')).seq
      await Promise.all([whenSaved(amina), whenSaved(kenji)])
      expect((await house.store.load('d1')).seq - before).toBe(4)
    }
    expect([amina.status.value.phase, kenji.status.value.phase]).toEqual(['live', 'live'])
  })

  it('CO29 whoever has to sign in again keeps what they wrote here, for a server from before they came', async () => {
    const house = await openHouse()
    const line = new Line(house)
    const amina = line.member('amina', { why: async () => 'not-signed-in' })
    await whenLive(amina)
    amina.type('one ')
    await whenSaved(amina)
    line.house = { ...house, url: 'ws://127.0.0.1:1' }
    const ended = whenStatus(amina, (status) => status.phase === 'ended')
    for (const socket of house.sockets) socket.terminate()
    expect(await ended).toMatchObject({ code: 'not-signed-in', unacknowledged: 1 })
    await amina.close()
    const restored = await openHouse({ store: await backupOf(house.store, 0, true) })
    const left = await openedAnew(new Line(restored), 'amina', [...amina.local.kept.values()])
    expect([left.words, left.unsent]).toEqual(['one ', []])
  })
})

describe('more than one message holds', () => {
  /** Two bytes each: with what frames it, the update is larger than a message may be. */
  const paste = 'ж'.repeat(1_060_000)

  it('CO33 an update that is too large is refused here as the server would: its words are handed back, and what follows it is saved', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const amina = await thatHasTyped(line, ['before '])
    amina.type(paste, 0)
    amina.type('after')
    expect(amina.status.value).toMatchObject({ phase: 'refused', code: 'bounds', unacknowledged: 2 })
    await amina.close()
    const left = await openedAnew(line, 'amina', [...amina.local.kept.values()])
    expect(left.unsent.map(({ words, code }) => [words === paste, code])).toEqual([[true, 'bounds']])
    expect([left.words, textIn((await house.room()).doc).toString(), left.member.local.kept.size, house.sockets.length]).toEqual(['before after', 'before after', 0, 2])
  })

  it('CO33 so is one that an earlier session left on the device', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const earlier = await openHand(house, 'amina')
    const left = await openedAnew(line, 'amina', [earlier.write('before '), earlier.write(paste), earlier.write(' after', 0)].map((update, index) => ({ number: index + 1, update, hints: '', operations: [] })))
    expect(left.unsent.map(({ words, code }) => [words === paste, code])).toEqual([[true, 'bounds']])
    expect(left.words).toBe(' afterbefore ')
  })

  it('CO33 where a line takes less than the server, of what was on its way the largest is refused, and the rest is saved', async () => {
    const house = await openHouse({ ...gapless })
    const line = new Line(house)
    const amina = await thatHasTyped(line, ['before '])
    const socket = house.sockets[0]!
    socket.pause()
    const refused = whenStatus(amina, (status) => status.phase === 'refused')
    for (const words of ['one ', 'the largest of them ', 'three ']) amina.type(words, 0)
    socket.close(1009)
    // The answer to the closing is behind what it does not read.
    socket.removeAllListeners('message')
    socket.resume()
    expect(await refused).toMatchObject({ code: 'bounds', unacknowledged: 3 })
    await amina.close()
    const left = await openedAnew(line, 'amina', [...amina.local.kept.values()])
    expect([left.words, left.unsent.map(({ words, code }) => [words, code])]).toEqual(['three one before ', [['the largest of them ', 'bounds']]])
    // Where nothing was on its way it is a line that was lost.
    const offline = whenStatus(left.member, (status) => status.phase === 'offline')
    house.sockets.at(-1)!.close(1009)
    await offline
    await whenSaved(left.member)
  })
})

/** A socket on which the test says what the server says. */
class ScriptedSocket implements Socket {
  binaryType = ''
  readonly readyState = 1
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: never) => void) | null = null
  onclose: ((event: never) => void) | null = null
  onerror: ((event: never) => void) | null = null
  readonly sent: Message[] = []

  send(bytes: Uint8Array): void {
    this.sent.push(decodeMessage(bytes)!)
  }

  close(): void {
    this.onclose?.({ code: 1006 } as never)
  }

  says(...messages: readonly Message[]): void {
    for (const message of messages) this.onmessage?.({ data: encodeMessage(message).slice().buffer } as never)
  }

  get submitted(): number[] {
    return this.sent.flatMap((message) => (message.type === 'submit' ? [message.number] : []))
  }
}

describe('a server’s greeting and its answer', () => {
  const greeting = (doc: Y.Doc): Message => ({ type: 'sync', step: 0, bytes: Y.encodeStateVector(doc) })
  const answer = (doc: Y.Doc): Message => ({ type: 'sync', step: 1, bytes: Y.encodeStateAsUpdate(doc) })
  const told = (update: Uint8Array): Message => ({ type: 'sync', step: 2, bytes: update })

  interface Scripted {
    readonly member: Member
    readonly sockets: readonly ScriptedSocket[]
    /** The present socket is lost; resolves with the next one, once it is open. */
    again(): Promise<ScriptedSocket>
    wait(ms: number): void
  }

  /** `opens`: whether a socket comes to be open at all. */
  async function onScript(opens: () => boolean = () => true): Promise<Scripted> {
    const sockets: ScriptedSocket[] = []
    const timers = manualTimers()
    let made = (): void => undefined
    const next = (): Promise<void> => new Promise((resolve) => { made = resolve })
    const first = next()
    const member = openMember({ url: 'ws://scripted' } as never, 'amina', {
      lease: async () => 2 ** 40 + sockets.length + 1,
      after: timers.after,
      socketOf: () => {
        const socket = new ScriptedSocket()
        sockets.push(socket)
        queueMicrotask(() => {
          if (opens()) socket.onopen?.({} as never)
          made()
        })
        return socket
      },
    })
    await first
    return {
      member,
      sockets,
      async again() {
        const second = next()
        sockets.at(-1)!.close()
        timers.advance(limits.reconnectMaxMs)
        await second
        return sockets.at(-1)!
      },
      wait: timers.advance,
    }
  }

  /** Live on a first socket, where `one ` was acknowledged; then on a second, on which nothing was said yet. */
  async function onSecondSocket(): Promise<Scripted & { readonly socket: ScriptedSocket; readonly server: Y.Doc }> {
    const scripted = await onScript()
    const { member, sockets } = scripted
    const server = defineShared(newDoc())
    sockets[0]!.says(greeting(server), answer(server))
    member.type('one ')
    const [submit] = sockets[0]!.sent.filter((message) => message.type === 'submit')
    Y.applyUpdate(server, submit!.bytes)
    sockets[0]!.says({ type: 'acknowledged', number: 1 })
    expect(member.status.value).toMatchObject({ phase: 'live', saved: 'saved' })
    return { ...scripted, socket: await scripted.again(), server }
  }

  it.each(['greeting first', 'answer first'] as const)('CO29 what it has lost is known whichever comes first, and nothing is said before both are there (%s)', async (order) => {
    const { member, socket } = await onSecondSocket()
    const older = defineShared(newDoc())
    const [first, last] = order === 'greeting first' ? [greeting(older), answer(older)] : [answer(older), greeting(older)]
    socket.says(first)
    expect([member.status.value.phase, socket.submitted]).toEqual(['offline', []])
    socket.says(last)
    expect([member.status.value, socket.submitted]).toMatchObject([{ phase: 'live', saved: 'saving', unacknowledged: 1 }, [1]])
  })

  it.each(['greeting first', 'answer first'] as const)('CO29 what others write meanwhile is no loss (%s)', async (order) => {
    const { member, socket, server } = await onSecondSocket()
    server.clientID = 2 ** 41
    const write = (words: string): Uint8Array => {
      const before = Y.encodeStateVector(server)
      textIn(server).insert(0, words)
      textIn(server).delete(0, 1)
      return Y.encodeStateAsUpdate(server, before)
    }
    if (order === 'greeting first') {
      socket.says(greeting(server))
      write('new ')
      socket.says(answer(server))
    } else {
      socket.says(answer(server), told(write('new ')), greeting(server))
    }
    expect([member.status.value, socket.submitted, member.words()]).toMatchObject([{ phase: 'live', saved: 'saved' }, [], 'ew one '])
  })

  it('CO29 which value of a key goes is no loss either: that is settled with what only waits', async () => {
    for (const id of [2 ** 39, 2 ** 41]) {
      const { member, socket, server, again } = await onSecondSocket()
      socket.says(greeting(server), answer(server))
      member.doc.getMap('units').set('rank', 'mine')
      server.clientID = id
      const before = Y.encodeStateVector(server)
      server.getMap('units').set('rank', 'theirs')
      socket.says(told(Y.encodeStateAsUpdate(server, before)))
      const third = await again()
      third.says(greeting(server), answer(server))
      expect([id, member.status.value.phase, third.submitted]).toEqual([id, 'live', [2]])
    }
  })

  it('CO30 a socket that comes to be neither open nor closed is given up', async () => {
    const { member, sockets, wait } = await onScript(() => false)
    expect(member.status.value.phase).toBe('connecting')
    wait(limits.serverSilenceMs)
    expect(member.status.value.phase).toBe('offline')
    wait(limits.reconnectMaxMs)
    await new Promise(setImmediate)
    expect(sockets).toHaveLength(2)
  })
})

/** Answers any path with a page, and takes any socket and says `answers` on it. */
async function openPortal(answers: readonly (string | Uint8Array)[], echoes = false): Promise<{ readonly url: string; readonly sockets: WebSocket[] }> {
  const http = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>'))
  const server = new WebSocketServer({ server: http })
  const sockets: WebSocket[] = []
  server.on('connection', (socket) => {
    sockets.push(socket)
    for (const answer of answers) socket.send(answer)
    if (echoes) socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.terminate()
    server.close()
    http.close()
  })
  return { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`, sockets }
}

describe('what stands between', () => {
  it.each([
    ['says nothing', [], false],
    ['says a page', ['<html>Sign in to the network</html>'], false],
    ['says bytes of no meaning', [new Uint8Array([255, 1, 2]), new Uint8Array([0, 2])], false],
    ['says everything back', [], true],
  ] as const)('CO30 a network that answers in the server’s place and %s is not believed: nothing is saved, nothing lost', async (_name, answers, echoes) => {
    const timers = manualTimers()
    const house = await openHouse()
    const line = new Line(house)
    const amina = line.member('amina', { after: timers.after, why: async () => null })
    await whenLive(amina)
    amina.type('before ')
    await whenSaved(amina)
    const portal = await openPortal(answers, echoes)
    await line.to({ ...house, url: portal.url }, [amina])
    amina.type('meanwhile')
    timers.advance(limits.reconnectMaxMs)
    await whenSockets(portal.sockets)
    // Whatever it says, it answers no question.
    timers.advance(limits.serverSilenceMs)
    expect(await whenStatus(amina, (status) => status.saved === 'kept')).toMatchObject({ phase: 'offline', unacknowledged: 1, writable: true })
    line.house = house
    timers.advance(limits.reconnectMaxMs)
    timers.advance(limits.serverSilenceMs)
    timers.advance(limits.reconnectMaxMs)
    await whenSaved(amina)
    expect(textIn((await house.room()).doc).toString()).toBe('before meanwhile')
  })

  it('CO31 whoever tries again while it is asked why there was no socket is live, and stays so whatever the answer', async () => {
    const { timers, house, amina, answers } = await whoIsDeniedSockets(2)
    answers[0]!(null)
    await whenStatus(amina, (status) => status.phase === 'offline')
    timers.advance(limits.reconnectMaxMs)
    while (answers.length < 2) await new Promise(setImmediate)
    amina.retry()
    await whenLive(amina)
    amina.type('one ')
    await whenSaved(amina)
    const shown: Status[] = []
    amina.status.subscribe((status) => shown.push(status))
    for (const code of [null, 'no-such-draft'] as const) {
      answers[1]!(code)
      await new Promise(setImmediate)
      timers.advance(limits.reconnectMaxMs)
      await pingPong(house)
    }
    expect([shown, house.sockets.length]).toEqual([[], 1])
  })

  it('CO9 what a device gives late takes the place of nothing that was typed, and is waited for', async () => {
    const house = await openHouse()
    const timers = manualTimers()
    const earlier = defineShared(newDoc())
    earlier.clientID = await house.lease('amina')
    textIn(earlier).insert(0, 'earlier ')
    const kept: KeptUpdate = { number: 1, update: Y.encodeStateAsUpdate(earlier), hints: '', operations: [] }
    let give = (): void => undefined
    const given = new Promise<void>((resolve) => { give = resolve })
    const device = memoryLocalStore([kept])
    const amina = openMember(house, 'amina', { local: { ...device, adopt: () => given.then(() => device.adopt()) }, after: timers.after })
    // Tried anew meanwhile, it still knows that there may be something.
    timers.advance(limits.serverSilenceMs)
    timers.advance(limits.reconnectMaxMs)
    await whenLive(openMember(house, 'kenji'))
    expect([amina.status.value.writable, house.sockets.length]).toEqual([false, 1])
    give()
    await whenSaved(amina)
    amina.type('typed now')
    await whenSaved(amina)
    expect([textIn((await house.room()).doc).toString(), amina.words(), device.kept.size]).toEqual(['earlier typed now', 'earlier typed now', 0])
  })

  it('CO30 a network that swallows the question why there was no socket is not waited for', async () => {
    const { timers, amina } = await whoIsDeniedSockets(1)
    expect(amina.status.value.phase).toBe('connecting')
    timers.advance(limits.serverSilenceMs)
    expect(amina.status.value.phase).toBe('offline')
    timers.advance(limits.reconnectMaxMs)
    await whenLive(amina)
  })

  it('CO31 when somebody is back at the page a server that does not answer is taken for gone at once', async () => {
    const timers = manualTimers()
    const house = await openHouse()
    const amina = openMember(house, 'amina', { after: timers.after })
    await whenLive(amina)
    // It answers: nothing happens.
    amina.retry()
    await pingPong(house)
    timers.advance(limits.probeMs)
    expect(amina.status.value.phase).toBe('live')
    // As after a day in a closed laptop: open on this side alone.
    house.sockets[0]!.removeAllListeners('message')
    amina.type('while asleep')
    amina.retry()
    const offline = whenStatus(amina, (status) => status.phase === 'offline' && status.saved === 'kept')
    timers.advance(limits.probeMs)
    await offline
    timers.advance(limits.reconnectMaxMs)
    await whenSaved(amina)
  })
})

interface Denied {
  readonly timers: ReturnType<typeof manualTimers>
  readonly house: House
  readonly amina: Member
  /** What was asked, each to be answered by the test. */
  readonly answers: readonly ((code: ErrorCode | null) => void)[]
}

/** Their first sockets do not open, so that it is asked why. Resolves when that is asked for the first time. */
async function whoIsDeniedSockets(times: number): Promise<Denied> {
  const timers = manualTimers()
  const house = await openHouse()
  const answers: ((code: ErrorCode | null) => void)[] = []
  let denied = 0
  const amina = openMember(house, 'amina', {
    after: timers.after,
    why: () => new Promise((resolve) => answers.push(resolve)),
    socketOf: (url) => {
      if (denied === times) return new WebSocket(url)
      denied += 1
      const socket = new ScriptedSocket()
      queueMicrotask(() => socket.close())
      return socket
    },
  })
  while (answers.length === 0) await new Promise(setImmediate)
  return { timers, house, amina, answers }
}

/** Resolves when somebody is connected, and what they were told has arrived. */
async function whenSockets(sockets: readonly WebSocket[]): Promise<void> {
  while (sockets.length === 0) await new Promise(setImmediate)
  const socket = sockets.at(-1)!
  const pong = once(socket, 'pong')
  socket.ping()
  await pong
}

/** What was asked has been answered, and the answer has arrived. */
async function pingPong(house: House): Promise<void> {
  const socket = house.sockets.at(-1)!
  // There, and back.
  for (let way = 0; way < 2; way++) {
    const pong = once(socket, 'pong')
    socket.ping()
    await pong
    await (await house.room()).settled()
  }
}
