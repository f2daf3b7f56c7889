/** A draft in negotiation with its delegations, on plain rooms: commands are run as their senders would send them. */
import pino from 'pino'
import * as Y from 'yjs'
import { createDraft } from '../../../server/commands/create.ts'
import { execute } from '../../../server/commands/execute.ts'
import { createLedgers } from '../../../server/record/ledger.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Room } from '../../../server/sync/room.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { realOutside } from '../../../server/sync/timing.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { placeAmendment } from '../../../shared/model/amendments.ts'
import type { AmendmentView } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState } from '../../../shared/model/state.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import type { DelegationKind, Hat } from '../../../shared/policy/types.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment, ownAmendment } from '../../../shared/text/edit.ts'
import type { Command, CommandAnswer, CommandResult } from '../../../shared/wire/commands.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { plainRoom, sideDoc, unitAt } from './support.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

const log = pino({ enabled: false })

export const speaker = (person: string, hat: Hat): Speaker => ({ person, personName: person, hatId: `hat-${person}`, hat })
export const delegate = (delegation: string, kind: DelegationKind, more: Partial<Hat> = {}): Speaker =>
  speaker(`${delegation}-${more.level ?? 'head'}`, { role: 'delegate', delegation, kind, level: 'head', ...more })

export const chair = speaker('chair', { role: 'chair', delegation: 'office', kind: 'office', level: 'head' })
export const eu = delegate('eu', 'group')
export const japan = delegate('jp', 'state')
export const brazil = delegate('br', 'state')
export const ngo = delegate('ngo', 'ngo')

const source = [
  'Strengthening a global partnership against trafficking in persons', '', 'The General Assembly,', '',
  'Recalling its resolution 64/293 of 30 July 2010,', '', '1. Requests the Secretary-General to report every year;', '',
  '2. Decides to remain seized of the matter.', '',
].join('\n')

export type Seen = { readonly amendment: string; readonly digest: string }

export class Bench {
  readonly store: Store
  readonly draft: string
  readonly shared: Y.Doc
  readonly rooms = new Map<string, ReturnType<typeof plainRoom>>()
  #keys = 0
  #clients = 2 ** 33

  private constructor(store: Store, draft: string, shared: Y.Doc) {
    this.store = store
    this.draft = draft
    this.shared = shared
    this.rooms.set(draft, plainRoom(store, draft, shared))
  }

  static async open(): Promise<Bench> {
    const store = openMemoryStore()
    await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
    const made = await createDraft({ store, log, now: () => 1000, ...realOutside }, { key: 'create-draft-key', body: { command: 'create-draft', title: 'Partnership', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    const shared = defineShared(newDoc())
    for (const entry of (await store.load(made.result.draft!)).entries) Y.applyUpdate(shared, entry.bytes)
    shared.clientID = 11
    const bench = new Bench(store, made.result.draft!, shared)
    for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state'], ['br', 'Brazil', 'state'], ['ngo', 'La Strada', 'ngo']] as const) {
      await bench.done(chair, { command: 'add-delegation', delegation: { id, name, kind } })
    }
    await bench.done(chair, { command: 'import', value: importText(source).value })
    await bench.done(chair, { command: 'open-negotiation' })
    return bench
  }

  async room(document: string): Promise<Room> {
    let known = this.rooms.get(document)
    if (known === undefined) {
      const { seq } = await this.store.load(document)
      if (seq > 0) throw new Error(`${document} was written and is not open`)
      this.rooms.set(document, (known = plainRoom(this.store, document, sideDoc(++this.#clients))))
    }
    return known
  }

  side(of: string): Y.Doc {
    return this.rooms.get(sideRoomOf(this.draft, of))!.doc
  }

  run(who: Speaker, body: Command, key = `key-number-${++this.#keys}`): Promise<CommandAnswer> {
    const deps = { store: this.store, keys: fixedKeys, ledgers: createLedgers(this.store), log, now: () => 2000 + this.#keys, room: (document: string) => this.room(document), ...realOutside, openRooms: () => [...this.rooms.values()], unitsFrom: () => Promise.resolve(0), sourceRemoved: () => undefined, hold: () => Promise.resolve(() => undefined) }
    return execute(deps, { key, body, draft: this.draft, hatId: who.hatId }, who)
  }

  async done(who: Speaker, body: Command, key?: string): Promise<CommandResult> {
    const answer = await this.run(who, body, key)
    if (!answer.ok) throw new Error(`${body.command}: ${answer.error.code}`)
    return answer.result
  }

  async refusal(who: Speaker, body: Command): Promise<string> {
    const answer = await this.run(who, body)
    if (answer.ok) throw new Error(`${body.command} was not refused`)
    return answer.error.code
  }

  /** Words typed in a side document in place of others of OP1, in the amendment that the page would write on. */
  async type(of: string, find: string, words: string, amendment?: string): Promise<Seen> {
    await this.room(sideRoomOf(this.draft, of))
    const side = this.side(of)
    const unit = unitAt(readDraft(this.shared), 'OP1')
    const known = amendment ?? ownAmendment(side, this.shared, unit.id)
    const own = known === null ? null : placeAmendment(this.shared, unit, readPublished(side, known)!, scanText)
    const runs = compile(unit.atoms, own === null ? [] : [own])
    const from = runs.map((run) => run.words).join('').indexOf(find)
    if (from === -1) throw new RangeError(`no ${find}`)
    return this.prepared(of, editAmendment({ shared: this.shared, side, unit, runs, own }, { from, to: from + find.length, words })!)
  }

  prepared(of: string, amendment: string): Seen {
    return { amendment, digest: digestOfAmendment(this.copy(of, amendment)!) }
  }

  copy(of: string, amendment: string): AmendmentView | null {
    return readPublished(this.side(of), amendment)
  }

  /** Typed and put forward by a delegation. */
  async proposed(who: Speaker, find: string, words: string): Promise<Seen> {
    const typed = await this.type(who.hat.delegation, find, words)
    await this.done(who, { command: 'put-forward', ...typed })
    return this.stands(typed.amendment)
  }

  state(amendment: string): AmendmentState {
    return readAmendmentState(this.shared, amendment)!
  }

  stands(amendment: string): Seen {
    return { amendment, digest: this.state(amendment).digest }
  }

  async cosponsored(by: Speaker, of: Speaker, amendment: string): Promise<void> {
    await this.done(by, { command: 'cosponsor', ...this.stands(amendment) })
    await this.done(of, { command: 'consent', ...this.stands(amendment), delegation: by.hat.delegation, agree: true })
  }
}

export const words = (amendment: AmendmentView | null): string => amendment?.hunks.map((hunk) => hunk.words).join('|') ?? ''
