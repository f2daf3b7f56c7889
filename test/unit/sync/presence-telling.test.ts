/** What telling everybody of everybody costs, and who is told when. */
import { afterEach, expect, it, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Connection } from '../../../server/sync/connection.ts'
import { PresenceTable } from '../../../server/sync/presence.ts'
import * as wire from '../../../shared/wire/presence.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { decodeMessage } from '../../../shared/wire/protocol.ts'
import { messageIn, type Frame } from '../../../server/sync/frames.ts'
import { isStep, manualTimers, openHand, openHouse, type Hand, type Wire } from './support.ts'

vi.mock('../../../shared/wire/presence.ts', { spy: true })
afterEach(() => vi.clearAllMocks())

interface Person {
  readonly connection: Connection
  readonly client: number
  readonly delegation: string
  readonly frames: Frame[]
  unsentBytes: number
}

function person(index: number, delegation: string): Person {
  const frames: Frame[] = []
  const one = { client: 1_000 + index, delegation, frames, unsentBytes: 0 }
  const speaker = { person: `p${index}`, personName: `Person ${index}`, hatId: `h${index}`, hat: { role: 'delegate', delegation, kind: 'state', level: 'head' } }
  const connection = { speaker, send: (frame: Frame) => frames.push(frame), get unsentBytes() { return one.unsentBytes } }
  return Object.assign(one, { connection: connection as unknown as Connection })
}

const saidIn = (frame: Frame): wire.Presence[] => {
  const message = decodeMessage(messageIn(frame))
  return message?.type === 'awareness' ? wire.decodePresence(message.bytes)! : []
}

function crowd(count: number, delegations: number): { readonly table: PresenceTable; readonly people: readonly Person[]; readonly connections: readonly Connection[] } {
  const table = new PresenceTable(() => 5, () => true)
  const people = Array.from({ length: count }, (_, index) => person(index, `d${index % delegations}`))
  for (const { connection, client } of people) table.take(connection, { client, clock: 1, state: { cursor: { at: client } } })
  return { table, people, connections: people.map(({ connection }) => connection) }
}

it('RO49 two hundred people are told of each other, and each is encoded once for strangers and once for the own delegation', () => {
  const { table, people, connections } = crowd(200, 40)
  table.tell(table.takeChanged(), connections)
  expect(vi.mocked(wire.encodeOnePresence).mock.calls.length).toBeLessThanOrEqual(2 * people.length)
  for (const one of people.filter((_, index) => index % 20 === 0)) {
    const told = saidIn(one.frames[0]!).sort((left, right) => left.client - right.client)
    expect(told.map(({ client, state }) => ({ client, state }))).toEqual(people.filter((other) => other !== one).map(({ client, delegation, connection }) => ({
      client,
      state: { user: { delegation, role: 'delegate', name: delegation === one.delegation ? connection.speaker.personName : null }, cursor: { at: client } },
    })))
  }
})

it('RO49 of a few, everybody else of one delegation, and all delegations that none of them is of, are told in one frame', () => {
  const { table, people, connections } = crowd(12, 3)
  table.takeChanged()
  table.take(people[0]!.connection, { client: people[0]!.client, clock: 2, state: { cursor: 'elsewhere' } })
  table.leave(people[1]!.connection)
  table.tell(table.takeChanged(), connections)
  const told = new Map(people.map((one) => [one, one.frames[0]!]))
  const [colleagues, strangers] = [people.filter((one) => one.delegation === 'd0' && one !== people[0]), people.filter((one) => one.delegation !== 'd0')]
  expect([new Set(colleagues.map((one) => told.get(one))).size, new Set(strangers.map((one) => told.get(one))).size]).toEqual([1, 1])
  expect(saidIn(told.get(people[0]!)!)).toEqual([expect.objectContaining({ client: people[1]!.client, state: null })])
  expect(saidIn(told.get(strangers[0]!)!).map(({ client, state }) => [client, state?.['cursor'] ?? null])).toEqual(expect.arrayContaining([[people[0]!.client, 'elsewhere'], [people[1]!.client, null]]))
})

it('RO34 a reader that goes by clocks hears at every ping that somebody whose caret rests is still here', () => {
  const { table, people, connections } = crowd(2, 2)
  const awareness = new Awareness(new Y.Doc())
  const heard: number[] = []
  awareness.on('update', ({ added, updated }: { added: number[]; updated: number[] }, origin: unknown) => { if (origin === 'remote') heard.push(...added, ...updated) })
  for (let ping = 0; ping < 3; ping++) {
    table.renew()
    table.tell(table.takeChanged(), connections)
    applyAwarenessUpdate(awareness, wire.encodePresence(saidIn(people[1]!.frames.at(-1)!)), 'remote')
  }
  awareness.destroy()
  expect(heard).toEqual([people[0]!.client, people[0]!.client, people[0]!.client])
})

it('RO50 who is behind with reading is told nothing of presence until all of it has gone, and then all that was withheld', () => {
  const { table, people, connections } = crowd(4, 2)
  table.tell(table.takeChanged(), connections)
  const [moving, leaving, behind, still] = people as [Person, Person, Person, Person]
  behind.unsentBytes = limits.presenceUnsentBytesMax + 1
  table.take(moving.connection, { client: moving.client, clock: 2, state: { cursor: 'first' } })
  table.tell(table.takeChanged(), connections)
  behind.unsentBytes = 1
  table.take(moving.connection, { client: moving.client, clock: 3, state: { cursor: 'second' } })
  table.leave(leaving.connection)
  table.tell(table.takeChanged(), connections)
  expect([table.tellWithheld(), behind.frames.length, still.frames.length]).toEqual([true, 1, 3])
  behind.unsentBytes = 0
  expect([table.tellWithheld(), behind.frames.length, still.frames.length]).toEqual([false, 2, 3])
  expect(saidIn(behind.frames[1]!).map(({ client, state }) => [client, state?.['cursor'] ?? null])).toEqual(expect.arrayContaining([[moving.client, 'second'], [leaving.client, null]]))
  table.take(still.connection, { client: still.client, clock: 2, state: { cursor: 'third' } })
  table.tell(table.takeChanged(), connections)
  expect(behind.frames).toHaveLength(3)
})

const announce = (hand: Hand, cursor: string): void => hand.send({ type: 'awareness', bytes: wire.encodePresence([{ client: hand.doc.clientID, clock: 1, state: { cursor } }]) })

const presenceFrames = (one: Wire): number => one.received.filter(({ type }) => type === 'awareness').length

it('RO50 words go to a socket that is behind, and presence when it has read them', async () => {
  const timers = manualTimers()
  const house = await openHouse({ after: timers.after })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  const unsent = vi.spyOn(house.sockets[1]!, 'bufferedAmount', 'get').mockReturnValue(limits.presenceUnsentBytesMax + 1)
  kenji.received.length = 0
  announce(amina, 'here')
  amina.submit(1, amina.write('words'))
  await kenji.seen(isStep(2))
  timers.advance(limits.presenceGatherMs)
  timers.advance(limits.pingMs)
  await kenji.fence()
  expect(presenceFrames(kenji)).toBe(0)
  unsent.mockReturnValue(0)
  timers.advance(limits.presenceGatherMs)
  await kenji.fence()
  expect(presenceFrames(kenji)).toBe(1)
})

it('RO51 carets that move within the time of gathering are told in one frame', async () => {
  const timers = manualTimers()
  const house = await openHouse({ after: timers.after })
  const [amina, wanjiru, kenji] = [await openHand(house, 'amina'), await openHand(house, 'wanjiru'), await openHand(house, 'kenji')]
  kenji.received.length = 0
  for (const cursor of ['here', 'there']) {
    for (const one of [amina, wanjiru]) announce(one, cursor)
    await Promise.all([amina.fence(), wanjiru.fence()])
  }
  timers.advance(limits.presenceGatherMs)
  timers.advance(limits.presenceGatherMs)
  await kenji.fence()
  expect(presenceFrames(kenji)).toBe(1)
})

it('RO51 a caret that is not passed on is no news, and is there when it may be seen again', async () => {
  const timers = manualTimers()
  const house = await openHouse({ after: timers.after })
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  announce(amina, 'before')
  await amina.fence()
  timers.advance(limits.presenceGatherMs)
  const room = await house.room()
  const stage = (name: string): Promise<unknown> => room.change((doc) => {
    doc.getMap('state').set('draft', { stage: name, title: '', language: 'en' })
    return { actor: 'chair', draft: 'd1', kind: 'open-negotiation', record: {} }
  })
  await stage('negotiation')
  await kenji.fence()
  kenji.received.length = 0
  announce(amina, 'a private place')
  await amina.fence()
  timers.advance(limits.presenceGatherMs)
  await kenji.fence()
  expect(presenceFrames(kenji)).toBe(0)
  await stage('drafting')
  const seen = await kenji.seen(({ type }) => type === 'awareness')
  expect(wire.decodePresence((seen as { bytes: Uint8Array }).bytes)).toMatchObject([{ state: { cursor: 'a private place' } }])
})

it('RO32 a caret that is taken back at a change of stage is taken back also where clocks are gone by', async () => {
  const house = await openHouse()
  const [amina, kenji] = [await openHand(house, 'amina'), await openHand(house, 'kenji')]
  const awareness = new Awareness(new Y.Doc())
  kenji.socket.on('message', () => {
    const message = kenji.received.at(-1)!
    if (message.type === 'awareness') applyAwarenessUpdate(awareness, message.bytes, 'remote')
  })
  announce(amina, 'here')
  await kenji.seen((message) => message.type === 'awareness' && message.bytes.length > 2)
  await (await house.room()).change((doc) => {
    doc.getMap('state').set('draft', { stage: 'negotiation', title: '', language: 'en' })
    return { actor: 'chair', draft: 'd1', kind: 'open-negotiation', record: {} }
  })
  await kenji.fence()
  awareness.destroy()
  expect(awareness.getStates().get(amina.doc.clientID)).toEqual({ user: { delegation: 'ke', role: 'delegate', name: null } })
})
