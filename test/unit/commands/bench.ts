/** A draft with its delegations, and one way to give commands in it: no sockets, a store in memory. */
import pino from 'pino'
import * as Y from 'yjs'
import { beforeEach } from 'vitest'
import type { CommandDeps } from '../../../server/commands/context.ts'
import { createDraft } from '../../../server/commands/create.ts'
import { execute } from '../../../server/commands/execute.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Room } from '../../../server/sync/room.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { placeAmendment, readAmendments } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import { isUndecided } from '../../../shared/policy/types.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { digestOfAmendment, digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import type { Stands } from '../../../shared/record/stands.ts'
import type { DelegationKind, Hat } from '../../../shared/policy/types.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment, ownAmendment } from '../../../shared/text/edit.ts'
import type { Command, CommandAnswer, CommandRequest } from '../../../shared/wire/commands.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { plainRoom, sideDoc, unitAt } from './support.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

const log = pino({ enabled: false })

export interface Bench {
  readonly store: Store
  readonly draft: string
  readonly shared: Y.Doc
  readonly sides: Map<string, Y.Doc>
  readonly deps: CommandDeps
  /** As the server's clock will say to the next command. */
  readonly nowMs: () => number
  readonly sleep: (ms: number) => void
  readonly run: (speaker: Speaker, body: Command, key?: string) => Promise<CommandAnswer>
}

export let bench: Bench
let keys = 0
let sideClients = 2 ** 33

export const speaker = (person: string, hat: Hat): Speaker => ({ person, personName: person, hatId: `hat-${person}`, hat })
export const office = (role: Hat['role']): Speaker => speaker(role, { role, delegation: role === 'legal' ? 'legal' : 'office', kind: 'office', level: 'head' })
export const delegate = (delegation: string, kind: DelegationKind, level: Hat['level'] = 'head'): Speaker =>
  speaker(`${delegation}-${level}`, { role: 'delegate', delegation, kind, level })

export const chair = office('chair')
export const secretary = office('secretary')
export const legal = office('legal')
export const eu = delegate('eu', 'group')
export const japan = delegate('jp', 'state')
export const brazil = delegate('br', 'state')
export const ngo = delegate('ngo', 'ngo')

export const source = [
  'Strengthening a global partnership against trafficking in persons', '',
  'The General Assembly,', '',
  'Recalling its resolution 64/293 of 30 July 2010,', '',
  '1. Requests the Secretary-General to report every year;', '',
  '2. Decides to remain seized of the matter.', '',
].join('\n')

let sleptMs = 0

beforeEach(() => openBench())

/** A fresh one, for those who need more than one in a test. */
export async function openBench(): Promise<void> {
  sleptMs = 0
  const store = openMemoryStore()
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await createDraft({ store, log, now: () => 1000, ...realOutside }, request({ command: 'create-draft', title: 'Partnership', language: 'en' }), { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const draft = made.result.draft!
  const shared = defineShared(newDoc())
  for (const entry of (await store.load(draft)).entries) Y.applyUpdate(shared, entry.bytes)
  shared.clientID = 11
  const sides = new Map<string, Y.Doc>()
  const rooms = new Map<string, Room>([[draft, plainRoom(store, draft, shared)]])
  const room = (document: string): Promise<Room> => {
    let known = rooms.get(document)
    if (known === undefined) {
      const doc = sideDoc(++sideClients)
      sides.set(document, doc)
      rooms.set(document, (known = plainRoom(store, document, doc)))
    }
    return Promise.resolve(known)
  }
  const deps = { store, keys: fixedKeys, ledgers: createLedgers(store), log, now: () => 2000 + keys + sleptMs, room, ...realOutside, openRooms: () => [...rooms.values()], unitsFrom: () => Promise.resolve(0), sourceRemoved: () => undefined, hold: () => Promise.resolve(() => undefined) }
  bench = { store, draft, shared, sides, deps, nowMs: deps.now, sleep: (ms) => void (sleptMs += ms), run: (who, body, key) => execute(deps, { ...request(body, key), draft, hatId: who.hatId }, who) }
  for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['ngo', 'La Strada', 'ngo']] as const) {
    await done(chair, { command: 'add-delegation', delegation: { id, name, kind } })
  }
  for (const who of [eu, japan, brazil, ngo, chair, legal]) await room(sideRoomOf(draft, who.hat.delegation))
}

function request(body: Command, key = `key-number-${++keys}`): CommandRequest {
  return { key, body }
}

export async function done(who: Speaker, body: Command, key?: string): Promise<Extract<CommandAnswer, { ok: true }>['result']> {
  const answer = await bench.run(who, body, key)
  if (!answer.ok) throw new Error(`${body.command}: ${answer.error.code}`)
  return answer.result
}

export async function refusal(who: Speaker, body: Command, key?: string): Promise<string> {
  const answer = await bench.run(who, body, key)
  if (answer.ok) throw new Error(`${body.command} was not refused`)
  return answer.error.code
}

export interface Seen {
  readonly amendment: string
  readonly digest: string
}

/** Words typed by a delegation in place of others of OP1. Returns its private amendment's id and digest. */
export function type(who: Speaker, find: string, words: string): Seen {
  const side = bench.sides.get(sideRoomOf(bench.draft, who.hat.delegation))!
  const unit = unitAt(readDraft(bench.shared), 'OP1')
  const known = ownAmendment(side, bench.shared, unit.id)
  const own = known === null ? null : placeAmendment(bench.shared, unit, readPublished(side, known)!, scanText)
  const runs = compile(unit.atoms, own === null ? [] : [own])
  const from = runs.map((run) => run.words).join('').indexOf(find)
  const amendment = editAmendment({ shared: bench.shared, side, unit, runs, own }, { from, to: from + find.length, words })!
  return { amendment, digest: digestOfAmendment(readPublished(side, amendment)!) }
}

export const stands = (amendment: string): Seen => ({ amendment, digest: readAmendmentState(bench.shared, amendment)!.digest })
export const unitSeen = (number: string): { unit: string; digest: string } => {
  const unit = unitAt(readDraft(bench.shared), number)
  return { unit: unit.id, digest: digestOfUnit(unit) }
}

export const standsNow = async (): Promise<Stands> => (await createLedgers(bench.store).of(bench.draft)).stands

export async function negotiation(): Promise<void> {
  await done(chair, { command: 'import', value: importText(source).value })
  await done(chair, { command: 'open-negotiation' })
}


/** A paragraph with the open proposals on it: `{delegation words}` proposed, `[delegations words]` struck. */
export function shownOn(number: string): string {
  const unit = unitAt(readDraft(bench.shared), number)
  const open = readAmendments(bench.shared).filter((one) => one.about.target === unit.id && isUndecided(readAmendmentState(bench.shared, one.id)?.status ?? 'withdrawn'))
  const by = (id: string): string => readAmendmentState(bench.shared, id)!.proposer
  return compile(unit.atoms, open.map((one) => placeAmendment(bench.shared, unit, one, scanText)))
    .map((run) => (run.kind === 'proposed' ? `{${by(run.insertedBy)} ${run.words}}` : run.kind === 'sign' || run.cutBy.length === 0 ? run.words : `[${run.cutBy.map(by).join()} ${run.words}]`))
    .join('')
}
