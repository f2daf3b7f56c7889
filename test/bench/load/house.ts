/**
 * The rooms and people of a measurement: for Omnibus a data folder in which they are members of drafts that are being
 * drafted, with sessions and issued ids; for the others, who let everybody in, the same text under the same names.
 */
import { pino } from 'pino'
import * as Y from 'yjs'
import { leaseClientIds } from '../../../server/auth/leases.ts'
import { newId } from '../../../server/auth/secrets.ts'
import { sessionCookie } from '../../../server/auth/sessions.ts'
import { firstPerson, importAs, resultOf } from '../../../server/cli/import.ts'
import { joinByLink } from '../../../server/cli/join.ts'
import { sampleText } from '../../../server/cli/sample-text.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import type { PersonRow, Store } from '../../../server/store/store.ts'
import { loadDocument } from '../../../server/sync/loading.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Rooms } from '../../../server/sync/service.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { Command, CommandResult } from '../../../shared/wire/commands.ts'
import type { Seat } from './seat.ts'
import { makings, type Kind } from './servers.ts'
import { temporaryFolder } from './temporary.ts'
import { randomOf } from './typist.ts'
import { fixedKeys } from '../../unit/keys/fixed-keys.ts'

export interface Plan {
  readonly rooms: number
  readonly peopleInEach: number
  readonly units: number
  readonly words: number
  /** Ids of each person: one for each time that they come in to write. */
  readonly idsOfEach: number
}

interface Member {
  readonly hatId: string
  readonly session: string
  readonly clientIds: readonly number[]
}

interface PlannedRoom {
  readonly draft: string
  readonly members: readonly Member[]
  /** The ids that the members have on a server that issues none: 32 bits, as Yjs draws them. */
  readonly plainIds: readonly (readonly number[])[]
}

export interface House {
  /** Of Omnibus; copied for each run. */
  readonly folder: string
  readonly rooms: readonly PlannedRoom[]
  /** The text of each room as it is before anybody types. */
  readonly base: Uint8Array
}

export async function build({ rooms: count, peopleInEach, units, words, idsOfEach }: Plan): Promise<House> {
  const folder = await temporaryFolder('house')
  const store = await openSqliteStore(folder)
  const rooms = createRooms({ store, keys: fixedKeys, log: pino({ level: 'error' }), now: Date.now })
  const random = randomOf(count * 1_000 + peopleInEach)
  const plainId = (): number => 1 + Math.floor(random() * (2 ** 32 - 2))
  try {
    const { person } = await firstPerson(store, 'Chair')
    const source = sampleText(units, words)
    const planned: PlannedRoom[] = []
    for (let number = 0; number < count; number++) {
      const { draft, members } = await roomOf(store, rooms, person, source, peopleInEach, idsOfEach)
      planned.push({ draft, members, plainIds: members.map(() => Array.from({ length: idsOfEach }, plainId)) })
    }
    const { doc } = await loadDocument(store, planned[0]!.draft, 'shared', Math.random)
    return { folder, rooms: planned, base: Y.encodeStateAsUpdate(doc) }
  } finally {
    await rooms.stop()
    await store.close()
  }
}

/** The seats of one room on a server that listens on `port`; `turn` says which of each person's ids is used. */
export function seatsIn(house: House, kind: Kind, port: number, number: number, turn = 0): Seat[] {
  const room = house.rooms[number]!
  const { language } = makings[kind]
  const origin = `http://127.0.0.1:${port}`
  const address = `ws://127.0.0.1:${port}`
  return room.members.map(({ hatId, session, clientIds }, index): Seat => language === 'omnibus'
    ? { language, url: `${address}/sync/${room.draft}?hat=${hatId}`, headers: { origin, cookie: `${sessionCookie}=${session}` }, room: room.draft, clientId: clientIds[turn]! }
    : { language, url: `${address}/${room.draft}`, headers: {}, room: room.draft, clientId: room.plainIds[index]![turn]! })
}

const delegationsMost = 20

async function roomOf(store: Store, rooms: Rooms, person: PersonRow, source: string, people: number, idsOfEach: number): Promise<{ draft: string; members: Member[] }> {
  const { draft, chair } = await importAs(rooms, person, { value: importText(source).value, title: 'A draft of a given size' })
  const command = async (body: Command): Promise<CommandResult> => resultOf(await rooms.command({ key: newId(), draft, hatId: chair.hatId, body }, chair))
  const delegations = Array.from({ length: Math.min(delegationsMost, people) }, (_, index) => `state-${index + 1}`)
  for (const [index, id] of delegations.entries()) await command({ command: 'add-delegation', delegation: { id, name: `State ${index + 1}`, kind: 'state' } })
  const members: Member[] = []
  for (let number = 0; number < people; number++) {
    const delegation = delegations[number % delegations.length]!
    const { link } = await command({ command: 'invite', hat: { role: 'delegate', delegation, level: number < delegations.length ? 'head' : 'drafter' }, days: 1, uses: 1 })
    const { speaker, session } = await joinByLink(store, draft, link!, `Person ${number + 1}`)
    members.push({ hatId: speaker.hatId, session, clientIds: await leaseClientIds(store, draft, speaker, idsOfEach) })
  }
  return { draft, members }
}
