/** The house of a negotiation: its rooms, who is in them and who is let in, and all that the server tells them there. */
import { setImmediate as turn } from 'node:timers/promises'
import pino from 'pino'
import type { Answer } from '../../client/api.ts'
import { useLink } from '../../server/auth/joining.ts'
import { speakerOf } from '../../server/auth/speaker.ts'
import { openMemoryStore } from '../../server/store/memory.ts'
import { createRooms } from '../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../server/sync/service.ts'
import { readCircle, readCircles } from '../../shared/model/circles.ts'
import { defineShared, defineSide, newDoc } from '../../shared/model/layout.ts'
import { readStage } from '../../shared/model/state.ts'
import type { Hat } from '../../shared/policy/types.ts'
import type { Command, CommandResult } from '../../shared/wire/commands.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import type { Message } from '../../shared/wire/protocol.ts'
import { Letters, wordsIn } from './letters.ts'
import { Pausing } from './pausing.ts'
import type { Random } from './random.ts'
import { seatAt, Wire } from './wires.ts'
import type { Seat } from './wires.ts'
import { fixedKeys } from '../unit/keys/fixed-keys.ts'

/** Where somebody writes: their delegation's side document, or a circle's. */
export interface Place extends Seat {
  readonly circle: string | null
  readonly pausing: Pausing
}

/** Somebody in one capacity, with copies of their own. */
export interface Member {
  readonly speaker: Speaker
  readonly shared: Wire
  readonly places: Map<string, Place>
}

export type Count = (what: string, times?: number) => void

export const wiresOf = ({ shared, places }: Member): Wire[] => [shared, ...[...places.values()].map(({ wires }) => wires[1])]

const anybody: Hat = { role: 'observer', delegation: '', kind: 'ngo', level: 'reader' }

export abstract class House {
  readonly random: Random
  readonly count: Count
  readonly store = openMemoryStore({ clock: () => this.nowMs })
  readonly rooms: Rooms
  readonly letters = new Letters((hat, document) => this.reads(hat, document))
  readonly members: Member[] = []
  nowMs = 1_700_000_000_000
  draft = ''
  /** Of one who listens over a good wire, an observer: the shared document as committed. */
  witness!: Wire
  /** The command that is under way. */
  protected deciding: Command | null = null
  /** Who may be in a circle's document, as the last decision says. */
  protected readonly circles = new Map<string, ReadonlySet<string>>()
  /** Lines of the server's log that nobody has looked at. */
  readonly #logged: string[] = []
  /** What the server did and nobody may do, found out while it spoke. */
  readonly #alarms: string[] = []
  readonly #closedTo = new Set<Wire>()
  /** Of links and sessions: in no entry of the record. */
  readonly secrets = new Set<string>()
  readonly #endedHats = new Set<string>()
  #names = 0
  #clients = 2 ** 33

  constructor(random: Random, count: Count) {
    this.random = random
    this.count = count
    const log = pino({ level: 'trace', errorKey: 'error' }, { write: (line: string) => void this.#logged.push(line) })
    this.rooms = createRooms({ store: this.store, keys: fixedKeys, log, now: () => (this.nowMs += 1000) })
  }

  /** Sends what a pause puts forward. */
  protected abstract sendTyped(speaker: Speaker, seat: Seat, circle: string | null, body: Command): Promise<Answer<CommandResult>>

  get wires(): Wire[] {
    return this.members.flatMap(wiresOf)
  }

  /** As whoever asks the server over the wire is asked at its door. */
  protected atDoor(person: string, hatId: string): Promise<Speaker> {
    return speakerOf(this.store, { id: person, name: person, canCreate: false }, this.draft, hatId)
  }

  /** Whether those who wear such a hat may be in that document, as this test keeps count of it. */
  reads({ role, delegation }: Hat, document: string): boolean {
    if (document === this.draft) return true
    const side = document.split('/').at(-1)!
    return role !== 'observer' && (this.circles.get(side)?.has(delegation) ?? side === delegation)
  }

  protected async wire(speaker: Speaker, document: string): Promise<Wire> {
    const doc = document === this.draft ? defineShared(newDoc()) : defineSide(newDoc())
    doc.clientID = this.#clients += 7
    await this.store.write([{ put: 'lease', row: { clientId: doc.clientID, document, person: speaker.person, hatId: speaker.hatId, delegation: speaker.hat.delegation } }])
    return new Wire({ rooms: this.rooms, document, speaker, doc, said: (wire, message) => this.#said(wire, message) })
  }

  protected async enter(speaker: Speaker): Promise<void> {
    const member = { speaker, shared: await this.wire(speaker, this.draft), places: new Map<string, Place>() }
    this.members.push(member)
    await this.takePlaces(member)
  }

  protected async takePlaces(member: Member): Promise<void> {
    const { speaker } = member
    for (const side of [speaker.hat.delegation, ...this.circles.keys()]) {
      const document = sideRoomOf(this.draft, side)
      if (!this.reads(speaker.hat, document) || member.places.get(document)?.wires[1].isOver === false) continue
      if (!(await this.rooms.mayOpen(document, speaker))) throw new Error(`${speaker.person} is not let into ${document}`)
      const circle = side === speaker.hat.delegation ? null : side
      const seat = seatAt(member.shared, await this.wire(speaker, document))
      member.places.set(document, { ...seat, circle, pausing: new Pausing(seat, circle, (body) => this.sendTyped(speaker, seat, circle, body)) })
    }
  }

  protected async join(link: string): Promise<void> {
    const [id, secret] = link.slice('/join/'.length).split('#') as [string, string]
    const joined = await useLink(this.store, this.nowMs, { id, secret, name: `Person ${++this.#names}`, session: null })
    if (joined.needsName || joined.hatId === null) throw new Error('a link gave no hat')
    for (const one of [secret, joined.secret]) if (one !== null) this.secrets.add(one)
    if (joined.record !== null) this.rooms.recorded?.(this.draft, joined.record.seq)
    const row = (await this.store.hats(this.draft)).find((one) => one.id === joined.hatId)!
    await this.enter(await this.atDoor(row.person, row.id))
    this.count('joined')
  }

  /** Whoever's hat has ended hears nothing more, and is not let in again. */
  protected async seeOut(): Promise<void> {
    for (const { id, revokedAtMs } of await this.store.hats(this.draft)) {
      const index = revokedAtMs === null ? -1 : this.members.findIndex(({ speaker }) => speaker.hatId === id)
      const [member] = index === -1 ? [] : this.members.splice(index, 1)
      if (member === undefined) continue
      this.#endedHats.add(id)
      const told = wiresOf(member).find((wire) => wire.isOpen)
      if (told !== undefined) throw new Error(`the hat of ${member.speaker.person} has ended, who is still in ${told.document}`)
      if (await this.atDoor(member.speaker.person, id).then(() => true, () => false)) throw new Error(`the hat of ${member.speaker.person} has ended and is still worn`)
      this.count('ended hat')
    }
  }

  #said(wire: Wire, message: Message): void {
    const { document, speaker: { person, hat, hatId } } = wire
    if (message.type === 'refused' && !this.#isLawful(wire, message.code)) this.#alarms.push(`an honest update was refused: ${message.code} in ${document} by ${person}`)
    if (message.type === 'sync' && (this.#endedHats.has(hatId) || !this.reads(hat, document))) this.#alarms.push(`${person} was told of ${document}`)
    const words = message.type !== 'sync' ? JSON.stringify(message) : message.step === 0 ? '' : wordsIn(message.bytes)
    const foreign = this.letters.foreignIn(words, hat, null)
    if (foreign !== null) this.#alarms.push(`${foreign}, went to ${person} in ${document}`)
  }

  /** What was written before it was heard that a circle has ended, or that the text is frozen, is its writer's to keep. */
  #isLawful(wire: Wire, code: string): boolean {
    const side = wire.document.split('/').at(-1)!
    const isEnding = this.deciding?.command === 'set-circle' && this.deciding.circle === side
    if (code === 'circle-closed' && (isEnding || readCircle(this.witness.doc, side)?.open === false)) this.#closedTo.add(wire)
    if (code === 'frozen' && (this.deciding?.command === 'freeze' || readStage(this.witness.doc).stage === 'frozen')) return true
    return this.#closedTo.has(wire)
  }

  /** Throws what was found out. */
  raise(): void {
    for (const line of this.#logged.splice(0)) {
      const { level, msg } = JSON.parse(line) as { level: number; msg: string }
      const foreign = this.letters.foreignIn(line, anybody, null)
      if (level >= 50 || foreign !== null) throw new Error(`the server's log: ${foreign ?? msg} ${line}`)
    }
    if (this.#alarms.length > 0) throw new Error(this.#alarms[0]!)
  }

  /** What the server has said to the witness. */
  protected async hear(): Promise<void> {
    do await turn()
    while (this.witness.deliverUp() || this.witness.deliverDown() || !this.witness.settled)
  }

  /** Who is in which circle, as everyone can read. */
  protected readCircles(): void {
    for (const { id, members } of readCircles(this.witness.doc)) this.circles.set(id, new Set(members))
  }
}
