/** A draft in negotiation in real rooms without sockets, with a store in memory. */
import { pino } from 'pino'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { MemoryStore } from '../../../server/store/memory.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../../server/sync/service.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { digestOfAmendment, digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { beginAmendment, proposalText } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import type { About } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import type { DelegationKind, Hat } from '../../../shared/policy/types.ts'
import type { Command, CommandAnswer } from '../../../shared/wire/commands.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

const source = [
  'Strengthening a global partnership against trafficking in persons', '',
  'The General Assembly,', '',
  '1. Requests the Secretary-General to report every year;', '',
  '2. Decides to remain seized of the matter.', '',
].join('\n')

const speaker = (person: string, hat: Hat): Speaker => ({ person, personName: person, hatId: `hat-${person}`, hat })
const office = (role: Hat['role'], delegation = 'office'): Speaker => speaker(role, { role, delegation, kind: 'office', level: 'head' })
const delegate = (delegation: string, kind: DelegationKind): Speaker => speaker(delegation, { role: 'delegate', delegation, kind, level: 'head' })

export const chair = office('chair')
export const secretary = office('secretary')
export const legal = office('legal', 'legal')
export const eu = delegate('eu', 'group')
export const japan = delegate('jp', 'state')
export const brazil = delegate('br', 'state')
export const ngo = delegate('ngo', 'ngo')
export const observer = speaker('observer', { role: 'observer', delegation: 'jp', kind: 'state', level: 'reader' })

let keys = 0

export class Bench {
  readonly store: MemoryStore
  readonly rooms: Rooms
  draft = ''
  #sideClients = 2 ** 33

  private constructor(store: MemoryStore) {
    this.store = store
    this.rooms = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 2_000 })
  }

  static async open(): Promise<Bench> {
    const store = openMemoryStore()
    await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
    const bench = new Bench(store)
    const made = await bench.rooms.createDraft({ key: `key-number-${++keys}`, body: { command: 'create-draft', title: 'Partnership', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    bench.draft = made.result.draft!
    for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['ngo', 'La Strada', 'ngo']] as const) {
      await bench.done(chair, { command: 'add-delegation', delegation: { id, name, kind } })
    }
    await bench.done(chair, { command: 'import', value: importText(source).value })
    await bench.done(chair, { command: 'open-negotiation' })
    return bench
  }

  run(who: Speaker, body: Command): Promise<CommandAnswer> {
    return this.rooms.command({ key: `key-number-${++keys}`, draft: this.draft, hatId: who.hatId, body }, who)
  }

  async done(who: Speaker, body: Command): Promise<void> {
    const answer = await this.run(who, body)
    if (!answer.ok) throw new Error(`${body.command}: ${answer.error.code}`)
  }

  async refusal(who: Speaker, body: Command): Promise<string> {
    const answer = await this.run(who, body)
    if (answer.ok) throw new Error(`${body.command} was not refused`)
    return answer.error.code
  }

  /** The shared document as the log gives it. */
  async shared(): Promise<Y.Doc> {
    const doc = defineShared(newDoc())
    for (const entry of (await this.store.load(this.draft)).entries) if (entry.bytes.length > 0) Y.applyUpdate(doc, entry.bytes)
    return doc
  }

  /** Written in a side document whose room is not open yet. */
  async prepare(delegation: string, about: (unit: string) => About, words: string, number = 'OP1'): Promise<{ amendment: string; digest: string }> {
    const side = defineSide(newDoc())
    side.clientID = ++this.#sideClients
    const unit = readDraft(await this.shared()).units.find((one) => one.number === number)!
    const amendment = beginAmendment(side, about(unit.id))
    proposalText(side, amendment)?.insert(0, words)
    const document = sideRoomOf(this.draft, delegation)
    const { seq } = await this.store.load(document)
    await this.store.append({ document, expectedSeq: seq, entries: [{ actor: delegation, kind: 'update', bytes: Y.encodeStateAsUpdate(side), lineage: null }] })
    return { amendment, digest: digestOfAmendment(readPublished(side, amendment)!) }
  }

  /** A new paragraph after OP1, put forward by `who`. As it stands published. */
  async propose(who: Speaker, words = 'Invites Member States to cooperate;'): Promise<{ amendment: string; digest: string }> {
    const prepared = await this.prepare(who.hat.delegation, (target) => ({ kind: 'insert', target, unitKind: 'op', inside: false }), words)
    await this.done(who, { command: 'put-forward', ...prepared })
    return this.stands(prepared.amendment)
  }

  async stands(amendment: string): Promise<{ amendment: string; digest: string }> {
    return { amendment, digest: readAmendmentState(await this.shared(), amendment)!.digest }
  }

  async unit(number: string): Promise<{ unit: string; digest: string }> {
    const unit = readDraft(await this.shared()).units.find((one) => one.number === number)!
    return { unit: unit.id, digest: digestOfUnit(unit) }
  }
}
