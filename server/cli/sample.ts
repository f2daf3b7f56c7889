/**
 * `omnibus sample`: a draft of a given size in negotiation, with people in it and amendments on it, in the data folder of
 * a stopped server; and a session for each of its people, so that anybody can point a load generator at the server once
 * it runs. Everything goes the way that people's own work goes: commands, issued ids, sockets and the gate.
 */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import type * as Y from 'yjs'
import { leaseClientIds } from '../auth/leases.ts'
import { newId } from '../auth/secrets.ts'
import { sessionCookie } from '../auth/sessions.ts'
import { addressOf, type Config } from '../config.ts'
import { createHttpServer } from '../http/server.ts'
import { createConverters } from '../convert/converters.ts'
import { openKeys } from '../keys/folder.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Store } from '../store/store.ts'
import { createRooms } from '../sync/rooms.ts'
import type { Rooms, Speaker } from '../sync/service.ts'
import { importText } from '../../shared/convert/importText.ts'
import { addCuts, addHunk, beginAmendment, insertionAnchor, proposalText, readAmendment } from '../../shared/model/amendments.ts'
import { amendmentsOf, defineShared, defineSide, newDoc } from '../../shared/model/layout.ts'
import { placeIn } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import type { Command, CommandResult } from '../../shared/wire/commands.ts'
import { limits } from '../../shared/wire/limits.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import type { CliOutput } from './convert.ts'
import { firstPerson, importAs, resultOf } from './import.ts'
import { joinByLink, type Joined } from './join.ts'
import { openPlainClient, type PlainClient } from './plain-client.ts'
import { sampleText } from './sample-text.ts'
import { UsageError } from './usage.ts'

const usage = 'Usage: omnibus sample [--units 60] [--words 8000] [--amendments 300] [--people 200] [--json]'

interface Size {
  readonly units: number
  readonly words: number
  readonly amendments: number
  readonly people: number
}

/** What somebody needs to speak for one of the sample's people. */
interface SamplePerson {
  readonly name: string
  readonly delegation: string
  readonly hatId: string
  /** The value of the session's cookie, `omnibus_session`. */
  readonly session: string
  /** The room of the delegation's side document, at `/sync/<room>?hat=<hatId>`. */
  readonly room: string
  /** The Yjs client id that was issued to this person for that room. */
  readonly clientId: number
  /** This person's own amendment there, open: its words are the text `amendments` → id → `proposal`. */
  readonly amendment: string
}

interface Sample {
  readonly draft: string
  /** Of the WebSocket, without the room. */
  readonly address: string
  readonly people: readonly SamplePerson[]
}

/** States that the people are of: a State has several people, as at a conference. */
const delegationsMost = 20

export async function runSample(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { size, isJson } = readOrder(args)
  const store = await openSqliteStore(config.dataFolder)
  const log = pino({ level: 'error', errorKey: 'error' }, pino.destination({ dest: 2, sync: true }))
  const { keys } = openKeys(config.dataFolder, config.keySource, Date.now())
  const rooms = createRooms({ store, keys, log, now: Date.now })
  const server = createHttpServer({ store, rooms, keys, converters: createConverters({ threads: 1 }), log, now: Date.now, clientFolder: fileURLToPath(new URL('../../client', import.meta.url)) })
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const made = await makeSample(store, rooms, server, size)
    const sample: Sample = { ...made, address: `${addressOf(config.host, config.port).replace('http', 'ws')}/sync` }
    io.stdout.write(isJson ? `${JSON.stringify(sample)}\n` : told(sample, size))
    return 0
  } finally {
    await rooms.stop()
    server.closeAllConnections()
    server.close()
    await store.close()
  }
}

const told = ({ draft, address, people }: Sample, size: Size): string =>
  `Draft ${draft}: ${size.units} paragraphs, ${size.words} words, ${size.amendments} amendments, ${people.length} people.\n`
  + `Start the server; rooms are at ${address}/<room>?hat=<hat>. With --json the people's sessions are printed.\n`

const bounds: Readonly<Record<keyof Size, readonly [least: number, usual: number, most: number]>> = {
  units: [3, 60, limits.unitsMax], words: [9, 8_000, 250_000], amendments: [0, 300, 20_000], people: [1, 200, 2_000],
}

function readOrder(args: string[]): { readonly size: Size; readonly isJson: boolean } {
  try {
    const number = { type: 'string' } as const
    const { values } = parseArgs({ args, options: { units: number, words: number, amendments: number, people: number, json: { type: 'boolean' } } })
    const read = (name: keyof Size): number => {
      const [least, usual, most] = bounds[name]
      const value = values[name] === undefined ? usual : Number(values[name])
      if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`--${name} is a whole number from ${least} to ${most}.\n${usage}`)
      return value
    }
    return { size: { units: read('units'), words: read('words'), amendments: read('amendments'), people: read('people') }, isJson: values.json === true }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(usage)
  }
}

async function makeSample(store: Store, rooms: Rooms, server: Server, size: Size): Promise<Omit<Sample, 'address'>> {
  const { person } = await firstPerson(store, 'Chair')
  const { draft, chair } = await importAs(rooms, person, { value: importText(sampleText(size.units, size.words)).value, title: 'A draft of a given size' })
  const command = async (speaker: Speaker, body: Command): Promise<CommandResult> => resultOf(await rooms.command({ key: newId(), draft, hatId: speaker.hatId, body }, speaker))
  const delegations = Array.from({ length: Math.min(delegationsMost, Math.ceil(size.people / 2)) }, (_, index) => `state-${index + 1}`)
  const members: Joined[] = []
  for (const [index, id] of delegations.entries()) {
    await command(chair, { command: 'add-delegation', delegation: { id, name: `State ${index + 1}`, kind: 'state' } })
    const count = Math.floor(size.people / delegations.length) + (index < size.people % delegations.length ? 1 : 0)
    for (let number = 1; number <= count; number++) {
      const level = number === 1 ? 'head' : 'drafter'
      const { link } = await command(chair, { command: 'invite', hat: { role: 'delegate', delegation: id, level }, days: 1, uses: 1 })
      members.push(await joinByLink(store, draft, link!, `Person ${number} of State ${index + 1}`))
    }
  }
  await command(chair, { command: 'open-negotiation' })
  const port = (server.address() as AddressInfo).port
  const people: SamplePerson[] = []
  for (const [index, id] of delegations.entries()) {
    const own = members.filter(({ speaker }) => speaker.hat.delegation === id)
    const count = Math.floor(size.amendments / delegations.length) + (index < size.amendments % delegations.length ? 1 : 0)
    people.push(...await workOf(store, port, draft, own, { first: index, step: delegations.length, count }, command))
  }
  return { draft, people }
}

/** What a delegation does: `count` amendments put forward by its head, and one begun by each of its people. */
async function workOf(
  store: Store,
  port: number,
  draft: string,
  members: readonly Joined[],
  share: { readonly first: number; readonly step: number; readonly count: number },
  command: (speaker: Speaker, body: Command) => Promise<CommandResult>,
): Promise<SamplePerson[]> {
  const [head] = members
  if (head === undefined) return []
  const room = sideRoomOf(draft, head.speaker.hat.delegation)
  const enter = async ({ speaker, session }: Joined, name: string, doc: Y.Doc): Promise<PlainClient> => {
    const address = `127.0.0.1:${port}`
    const cookie = `${sessionCookie}=${session}`
    return openPlainClient(`ws://${address}/sync/${encodeURIComponent(name)}?hat=${speaker.hatId}`, { cookie, origin: `http://${address}` }, doc)
  }
  const shared = await enter(head, draft, defineShared(newDoc()))
  const side = await enter(head, room, defineSide(newDoc()))
  const [ownId] = await leaseClientIds(store, room, head.speaker, 1)
  side.doc.clientID = ownId!
  const units = readDraft(shared.doc).units.filter(({ kind }) => kind === 'pp' || kind === 'op')
  for (let made = 0; made < share.count; made++) {
    const number = share.first + made * share.step
    let amendment = ''
    await side.write(() => { amendment = changeWords(side.doc, shared.doc, units[number % units.length]!, number) })
    await command(head.speaker, { command: 'put-forward', amendment, digest: digestOfAmendment(readAmendment(amendment, amendmentsOf(side.doc).get(amendment))!) })
  }
  const people: SamplePerson[] = []
  for (const member of members) {
    const { speaker, session } = member
    const [clientId] = await leaseClientIds(store, room, speaker, 1)
    let amendment = ''
    await side.write(() => {
      amendment = beginAmendment(side.doc, { kind: 'insert', target: units.at(-1)!.id, unitKind: 'op', inside: false })
      proposalText(side.doc, amendment)!.insert(0, 'Decides to ')
    })
    people.push({ name: speaker.personName, delegation: speaker.hat.delegation, hatId: speaker.hatId, session, room, clientId: clientId!, amendment })
  }
  shared.close()
  side.close()
  return people
}

/** A word struck and others put behind it, somewhere in the paragraph. */
function changeWords(side: Y.Doc, shared: Y.Doc, unit: UnitView, number: number): string {
  const words = [...unit.atoms.matchAll(/\S+/g)]
  const found = words[1 + (number * 7) % Math.max(1, words.length - 2)]!
  const [from, to] = [found.index, found.index + found[0].length]
  const amendment = beginAmendment(side, { kind: 'modify', target: unit.id })
  addCuts(side, amendment, shared, unit, from, to)
  const place = placeIn(unit, to)
  const anchor = place === null ? null : insertionAnchor(shared, place)
  if (anchor !== null) addHunk(side, amendment, anchor, `other words (${number + 1})`)
  return amendment
}
