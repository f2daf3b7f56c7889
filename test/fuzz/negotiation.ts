/**
 * A negotiation on the real rooms: four delegations, a legal officer and two at the chair's table, and whoever is invited or
 * speaks for a group besides, who write and decide, each at their own copies.
 */
import { setImmediate as turn } from 'node:timers/promises'
import pino from 'pino'
import type * as Y from 'yjs'
import type { Answer } from '../../client/api.ts'
import { useLink } from '../../server/auth/joining.ts'
import { speakerOf } from '../../server/auth/speaker.ts'
import { openMemoryStore } from '../../server/store/memory.ts'
import { createRooms } from '../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../server/sync/service.ts'
import { readCircle, readCircles } from '../../shared/model/circles.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { defineShared, defineSide, newDoc } from '../../shared/model/layout.ts'
import { closedUnits, readAmendmentState, readStage } from '../../shared/model/state.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { flaggedIn } from '../../shared/record/stands.ts'
import type { Command, CommandAnswer, CommandResult } from '../../shared/wire/commands.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import type { Message } from '../../shared/wire/protocol.ts'
import { Book } from './book.ts'
import { deeds } from './deeds.ts'
import { houseDeeds } from './house-deeds.ts'
import { Letters, wordsIn } from './letters.ts'
import { amendingKinds, draftingKinds, notingKinds, operationOf, perform, wordingKinds } from './operations.ts'
import { Pausing } from './pausing.ts'
import type { OperationKind } from './operations.ts'
import { pick } from './random.ts'
import type { Random } from './random.ts'
import { isAmong } from './screens.ts'
import type { Row, Screen } from './screens.ts'
import { seatAt, Wire } from './wires.ts'
import type { Seat } from './wires.ts'

const delegations = [['eu', 'group'], ['jp', 'state'], ['br', 'state'], ['ngo', 'ngo']] as const
type Post = Pick<Hat, 'role' | 'delegation' | 'level'>
/** Never empty for long: whoever has to go is followed by somebody else. */
const posts: readonly Post[] = [
  ...delegations.map(([delegation]): Post => ({ role: 'delegate', delegation, level: 'head' })),
  { role: 'secretary', delegation: 'office', level: 'head' },
  { role: 'legal', delegation: 'legal', level: 'head' },
]
const membersMax = 11
const rows: readonly Row[] = [...deeds, ...houseDeeds]

const source = [
  'On cooperation', '', 'The General Assembly,', '', 'Recalling its resolution 64/293,', '', 'Noting the report,', '',
  '1. Requests a report:', '', '(a) On the means;', '', '(b) On the results;', '', '2. Invites all States to contribute;', '', '3. Decides to meet.', '',
].join('\n')

export interface Place extends Seat {
  readonly circle: string | null
  readonly pausing: Pausing
}

export interface Member {
  readonly speaker: Speaker
  readonly shared: Wire
  readonly places: Map<string, Place>
}

export type Count = (what: string, times?: number) => void

export class Negotiation {
  readonly random: Random
  readonly count: Count
  readonly store = openMemoryStore({ clock: () => this.nowMs })
  readonly rooms: Rooms
  readonly letters = new Letters((hat, document) => this.#reads(hat, document))
  readonly members: Member[] = []
  readonly told: string[] = []
  /** What the server has written into its log. */
  readonly logged: string[] = []
  nowMs = 1_700_000_000_000
  draft = ''
  chair!: Speaker
  /** Of one who listens over a good wire, an observer: the shared document as committed. */
  witness!: Wire
  /** Of what nobody may do and the server did, found out while it spoke. */
  readonly #alarms: string[] = []
  readonly #book: Book
  /** Who may be in a circle's document, as its last decision says. */
  readonly #circles = new Map<string, ReadonlySet<string>>()
  readonly #closedTo = new Set<Wire>()
  readonly #endedHats = new Set<string>()
  readonly #flagNotes = new Map<string, string>()
  readonly #links = new Map<string, string>()
  /** Under way. */
  #body: Command | null = null
  #draftingSteps = 0
  #keys = 0
  #names = 0
  #clients = 2 ** 33

  constructor(random: Random, count: Count) {
    this.random = random
    this.count = count
    const log = pino({ level: 'trace', errorKey: 'error' }, { write: (line: string) => void this.logged.push(line) })
    this.rooms = createRooms({ store: this.store, log, now: () => (this.nowMs += 1000) })
    this.#book = new Book(count)
  }

  async open(): Promise<void> {
    await this.store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
    const made = await this.rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    this.count('create-draft')
    this.draft = made.result.draft!
    this.chair = await this.#atDoor('chair', made.result.hatId!)
    this.witness = await this.#wire({ ...this.chair, hatId: 'witness', hat: { role: 'observer', delegation: 'ngo', kind: 'ngo', level: 'reader' } }, this.draft)
    for (const [id, kind] of delegations) await this.command(this.chair, { command: 'add-delegation', delegation: { id, name: id, kind } })
    await this.command(this.chair, { command: 'import', source })
    await this.command(this.chair, { command: 'open-negotiation' })
    await this.#enter(this.chair)
    await this.#fillPosts()
    await this.settle()
  }

  get wires(): Wire[] {
    return this.members.flatMap(wiresOf)
  }

  // who is here

  /** As whoever asks the server over the wire is asked at its door. */
  #atDoor(person: string, hatId: string): Promise<Speaker> {
    return speakerOf(this.store, { id: person, name: person, canCreate: false }, this.draft, hatId)
  }

  #reads({ role, delegation }: Hat, document: string): boolean {
    if (document === this.draft) return true
    const side = document.split('/').at(-1)!
    return role !== 'observer' && (this.#circles.get(side)?.has(delegation) ?? side === delegation)
  }

  async #wire(speaker: Speaker, document: string): Promise<Wire> {
    const doc = document === this.draft ? defineShared(newDoc()) : defineSide(newDoc())
    doc.clientID = this.#clients += 7
    await this.store.write([{ put: 'lease', row: { clientId: doc.clientID, document, person: speaker.person, hatId: speaker.hatId, delegation: speaker.hat.delegation } }])
    return new Wire({ rooms: this.rooms, document, speaker, doc, said: (wire, message) => this.#said(wire, message) })
  }

  async #enter(speaker: Speaker): Promise<void> {
    const member = { speaker, shared: await this.#wire(speaker, this.draft), places: new Map<string, Place>() }
    this.members.push(member)
    await this.#takePlaces(member)
  }

  async #takePlaces(member: Member): Promise<void> {
    const { speaker } = member
    for (const side of [speaker.hat.delegation, ...this.#circles.keys()]) {
      const document = sideRoomOf(this.draft, side)
      if (!this.#reads(speaker.hat, document) || member.places.get(document)?.wires[1].isOver === false) continue
      if (!(await this.rooms.mayOpen(document, speaker))) throw new Error(`${speaker.person} is not let into ${document}`)
      const circle = side === speaker.hat.delegation ? null : side
      const seat = seatAt(member.shared, await this.#wire(speaker, document))
      member.places.set(document, { ...seat, circle, pausing: new Pausing(seat, circle, (body) => this.#sendTyped(speaker, seat, circle, body)) })
    }
  }

  async #fillPosts(): Promise<void> {
    for (const post of posts) {
      if (this.members.some(({ speaker: { hat } }) => hat.role === post.role && hat.delegation === post.delegation && hat.level === post.level && hat.of === undefined)) continue
      const answer = await this.command(this.chair, { command: 'invite', hat: post, days: 14, uses: 1 })
      if (!answer.ok) throw new Error(`nobody can be invited: ${answer.error.code}`)
      await this.#join(answer.result.link!)
    }
  }

  async #join(link: string): Promise<void> {
    const [id, secret] = link.slice('/join/'.length).split('#') as [string, string]
    const joined = await useLink(this.store, this.nowMs, { id, secret, name: `Person ${++this.#names}`, session: null })
    if (joined.needsName || joined.hatId === null) throw new Error('a link gave no hat')
    if (joined.record !== null) this.rooms.recorded?.(this.draft, joined.record.seq)
    const row = (await this.store.hats(this.draft)).find((one) => one.id === joined.hatId)!
    await this.#enter(await this.#atDoor(row.person, row.id))
    this.count('joined')
  }

  /** Whoever's hat has ended hears nothing more, and is not let in again. */
  async #seeOut(): Promise<void> {
    for (const { id, revokedAtMs } of await this.store.hats(this.draft)) {
      const index = revokedAtMs === null ? -1 : this.members.findIndex(({ speaker }) => speaker.hatId === id)
      const [member] = index === -1 ? [] : this.members.splice(index, 1)
      if (member === undefined) continue
      this.#endedHats.add(id)
      const told = wiresOf(member).find((wire) => wire.isOpen)
      if (told !== undefined) throw new Error(`the hat of ${member.speaker.person} has ended, who is still in ${told.document}`)
      if (await this.#atDoor(member.speaker.person, id).then(() => true, () => false)) throw new Error(`the hat of ${member.speaker.person} has ended and is still worn`)
      this.count('ended hat')
    }
  }

  // what is said

  #said(wire: Wire, message: Message): void {
    const { document, speaker: { person, hat, hatId } } = wire
    if (message.type === 'refused' && !this.#isLawful(wire, message.code)) this.#alarms.push(`an honest update was refused: ${message.code} in ${document} by ${person}`)
    if (message.type === 'sync' && (this.#endedHats.has(hatId) || !this.#reads(hat, document))) this.#alarms.push(`${person} was told of ${document}`)
    const words = message.type !== 'sync' ? JSON.stringify(message) : message.step === 0 ? '' : wordsIn(message.bytes)
    const foreign = this.letters.foreignIn(words, hat, null)
    if (foreign !== null) this.#alarms.push(`${foreign}, went to ${person} in ${document}`)
  }

  /** What was written before it was heard that a circle has ended, or that the text is frozen, is its writer's to keep. */
  #isLawful(wire: Wire, code: string): boolean {
    const side = wire.document.split('/').at(-1)!
    const isEnding = this.#body?.command === 'set-circle' && this.#body.circle === side
    if (code === 'circle-closed' && (isEnding || readCircle(this.witness.doc, side)?.open === false)) this.#closedTo.add(wire)
    if (code === 'frozen' && (this.#body?.command === 'freeze' || readStage(this.witness.doc).stage === 'frozen')) return true
    return this.#closedTo.has(wire)
  }

  raise(): void {
    for (const line of this.logged.splice(0)) {
      const { level, msg } = JSON.parse(line) as { level: number; msg: string }
      const foreign = this.letters.foreignIn(line, { role: 'observer', delegation: '', kind: 'ngo', level: 'reader' }, null)
      if (level >= 50 || foreign !== null) throw new Error(`the server's log: ${foreign ?? msg} ${line}`)
    }
    if (this.#alarms.length > 0) throw new Error(this.#alarms[0]!)
  }

  async command(who: Speaker, body: Command, side?: Y.Doc): Promise<CommandAnswer> {
    const speaker = await this.#atDoor(who.person, who.hatId)
    const request = { key: `key-number-${++this.#keys}`, draft: this.draft, hatId: who.hatId, body }
    this.letters.offer(this.#publishedBy(body, side))
    this.#book.begin(this.witness.doc, body)
    this.#body = body
    const answer = await this.rooms.command(request, speaker)
    // The answer was lost, and it is sent again.
    if (this.random(10) === 0 && answer.ok) {
      const again = await this.rooms.command(request, speaker)
      if (JSON.stringify(again) !== JSON.stringify(answer)) throw new Error(`${body.command} was answered otherwise when it was sent again`)
      this.count('lost answer')
    }
    this.told.push(`${who.person} (${who.hat.delegation}) ${JSON.stringify(body).slice(0, 300)} ${answer.ok ? 'done' : answer.error.code}`)
    if (!answer.ok && ['store-failed', 'server-fault', 'bad-command', 'bad-anchor'].includes(answer.error.code)) throw new Error(`${body.command} was answered ${answer.error.code}: ${this.logged.at(-1)}`)
    this.letters.bring(answer.ok ? ('amendment' in body ? body.amendment : body.command) : null)
    const foreign = this.letters.foreignIn(JSON.stringify(answer), who.hat, false)
    if (foreign !== null) throw new Error(`${foreign}, was answered to ${who.person}`)
    this.count(answer.ok ? body.command : `refused: ${answer.error.code}`)
    await this.#hear()
    this.#book.end(this.witness.doc, answer.ok)
    if (answer.ok) await this.#follow(body, answer.result)
    this.#body = null
    this.raise()
    return answer
  }

  /** Words that a command brings before everyone: an amendment's, or a note under a flag. */
  #publishedBy(body: Command, side: Y.Doc | undefined): string {
    if (body.command === 'release-flag') return this.#flagNotes.get(body.amendment) ?? ''
    if (side === undefined || (body.command !== 'put-forward' && body.command !== 'record-for' && body.command !== 'correct-editorially')) return ''
    const view = readPublished(side, body.amendment)
    return view === null ? '' : [view.proposal, view.rationale, ...view.hunks.map(({ words }) => words)].join('')
  }

  /** What follows from a command for those who are here. */
  async #follow(body: Command, result: CommandResult): Promise<void> {
    for (const { id, members } of readCircles(this.witness.doc)) this.#circles.set(id, new Set(members))
    if (body.command === 'review' && body.verdict === 'flagged') this.#flagNotes.set(body.amendment, body.note)
    if (body.command === 'give-hat') {
      const { person } = (await this.store.hats(this.draft)).find(({ id }) => id === result.hatId)!
      await this.#enter(await this.#atDoor(person, result.hatId!))
    }
    if (body.command === 'invite') this.#links.set(result.invite!, result.link!)
    if (body.command === 'revoke-invite') {
      const link = this.#links.get(body.invite)!
      this.#links.delete(body.invite)
      if (await this.#join(link).then(() => true, () => false)) throw new Error('a link that was revoked gave a hat')
    }
    if (body.command === 'revoke-member' || body.command === 'set-members') {
      await this.#seeOut()
      await this.#fillPosts()
    }
    for (const member of this.members) await this.#takePlaces(member)
  }

  /** What the server has said to the witness. */
  async #hear(): Promise<void> {
    do await turn()
    while (this.witness.deliverUp() || this.witness.deliverDown() || !this.witness.settled)
  }

  // what is done

  async step(): Promise<void> {
    const { random } = this
    if (this.#draftingSteps > 0 && --this.#draftingSteps === 0) await this.#closeText()
    const member = this.members[random(this.members.length)]!
    const places = [...member.places.values()].filter(({ wires }) => !wires[1].isOver)
    const place = places[random(places.length)]!
    const [shared, side] = place.wires
    const chance = random(100)
    // An open text is there to be written in.
    if (chance < 42 || (this.#draftingSteps > 0 && chance >= 72)) await this.#write(member, place)
    else if (chance < 65) {
      for (let times = 1 + random(12); times > 0; times--) this.#deliver(random(2) === 0 ? shared : side)
    } else if (chance < 71) {
      const wire = random(2) === 0 ? shared : side
      if (wire.online && random(2) === 0) {
        wire.disconnect()
        this.count('disconnection')
      } else if (wire.online) wire.sendAgain(random)
      else this.#reconnect(wire)
    } else if (chance < 72) await this.#trespass(member)
    else await this.#decide(member, place)
    await turn()
    this.raise()
  }

  async #write({ speaker }: Member, place: Place): Promise<void> {
    const { shared, circle } = place
    // The page offers no place to write in where there is none.
    if (speaker.hat.level === 'reader' || !place.wires.every((wire) => wire.isReady) || (circle !== null && readCircle(shared, circle)?.open !== true)) return
    const kinds = this.#kindsFor(speaker.hat, place)
    const { document } = place.wires[kinds === draftingKinds || kinds === wordingKinds ? 0 : 1]
    const operation = { ...operationOf(this.random, kinds), words: this.letters.write(this.random, speaker, { kind: 'document', document }) }
    this.told.push(`${speaker.person} (${speaker.hat.delegation}) in ${document}: ${JSON.stringify(operation)}`)
    place.pausing.look()
    if (perform(place, operation)) this.count(operation.kind)
    place.pausing.look()
    if (place.pausing.isWaiting && this.random(3) > 0) await place.pausing.pause()
  }

  /** Into an open text one writes, and proposes nothing; one's own notes are kept at any time. */
  #kindsFor(hat: Hat, { shared, circle }: Place): readonly (readonly [OperationKind, number])[] {
    if (readStage(shared).stage !== 'drafting') return circle === null ? [...amendingKinds, ...notingKinds] : amendingKinds
    if (circle === null && this.random(8) === 0) return notingKinds
    return refusalOf({ hat, stage: 'drafting' }, 'shape-base') === null ? draftingKinds : wordingKinds
  }

  async #sendTyped(speaker: Speaker, { wires, side }: Seat, circle: string | null, body: Command): Promise<Answer<CommandResult>> {
    const amendment = body.command === 'put-forward' ? readPublished(side, body.amendment) : null
    if (body.command !== 'put-forward' || amendment === null) throw new Error('a pause puts forward what there is')
    await this.#catchUp(wires)
    const answer = await this.command(speaker, { ...body, digest: digestOfAmendment(amendment), ...(circle === null ? {} : { circle }) }, side)
    if (answer.ok) this.count('put forward by a pause')
    return answer.ok ? answer : { ok: false, status: 409, code: answer.error.code as never, sentence: answer.error.sentence }
  }

  #deliver(wire: Wire): void {
    if (this.random(2) === 0) wire.deliverUp()
    else wire.deliverDown()
  }

  #reconnect(wire: Wire): void {
    // Not let in at the door: what was under way is its writer's to keep.
    if (!this.#reads(wire.speaker.hat, wire.document)) return wire.end()
    wire.reconnect()
    wire.sendAgain(this.random)
    this.count('reconnection')
  }

  /** Who has no business in a document neither gets in at the door nor, had they passed it, hears a word. */
  async #trespass({ speaker }: Member): Promise<void> {
    const sides = [...delegations.map(([id]) => id), 'office', 'legal', ...this.#circles.keys()].map((side) => sideRoomOf(this.draft, side))
    const foreign = sides.filter((document) => !this.#reads(speaker.hat, document))
    const document = foreign[this.random(foreign.length)]!
    if (await this.rooms.mayOpen(document, speaker)) throw new Error(`${speaker.person} may open ${document}`)
    const wire = await this.#wire(speaker, document)
    for (let times = 0; times < 20 && !wire.isOver; times++) {
      await turn()
      wire.deliverDown()
    }
    if (!wire.isOver) throw new Error(`${speaker.person} is in ${document}`)
    this.count('trespass')
  }

  async screen(member: Member, place: Place): Promise<Screen> {
    const { speaker } = member
    const [shared, side] = place.wires
    const documents = { shared: shared.document, side: side.document }
    return {
      random: this.random, speaker, shared: place.shared, side: place.side, circle: place.circle,
      words: (home) => this.letters.write(this.random, speaker, typeof home === 'string' ? { kind: 'document', document: documents[home] } : home),
      people: this.members.filter((other) => other !== member).map(({ speaker: { hatId, person, hat } }) => ({ hatId, person, hat })),
      links: [...this.#links.keys()],
      flagged: flaggedIn((await this.rooms.ledger(this.draft)).stands),
    }
  }

  async #decide(member: Member, place: Place): Promise<void> {
    const { speaker } = member
    const row = pick(this.random, rows.filter(({ who }) => isAmong(who, speaker.hat)).map((one) => [one, one.weight] as const))
    // Mostly the page has sent what was typed, and shows what there is; sometimes it has not.
    if (this.random(5) > 0) await this.#catchUp(place.wires)
    const body = row.deed(await this.screen(member, place))
    if (body === null || (body.command === 'reopen-drafting' && closedUnits(this.witness.doc).length > 0)) return
    const answer = await this.command(speaker, body, place.side)
    if (!answer.ok) return
    if (body.command === 'reopen-drafting') await this.#openText()
    if (body.command === 'put-forward') this.#countProposer(speaker, body.amendment)
    if (body.command === 'invite' && this.members.length < membersMax && this.random(2) === 0) {
      this.#links.delete(answer.result.invite!)
      await this.#join(answer.result.link!)
    }
  }

  #countProposer({ hat }: Speaker, amendment: string): void {
    const { proposer, through } = readAmendmentState(this.witness.doc, amendment)!
    if (hat.of === undefined || proposer !== hat.delegation) return
    if (through !== hat.of) throw new Error(`${amendment} was put forward through ${hat.of} and says ${through}`)
    this.count('put forward on behalf of a group')
  }

  async #openText(): Promise<void> {
    await this.settle()
    this.#draftingSteps = 15 + this.random(25)
  }

  /** As the server asks every page for what is under way before the stage changes, and no page writes on until it has. */
  async #closeText(): Promise<void> {
    await this.settle()
    await this.command(this.chair, { command: 'open-negotiation' })
    await this.settle()
  }

  async #catchUp(wires: readonly Wire[]): Promise<void> {
    for (;;) {
      for (const wire of wires) if (!wire.online) this.#reconnect(wire)
      if (wires.every((wire) => wire.settled)) return
      for (const wire of wires) {
        while (wire.deliverUp());
        while (wire.deliverDown());
      }
      await turn()
    }
  }

  async settle(): Promise<void> {
    // Twice: what one sends reaches another who had already caught up.
    for (let times = 0; times < 2; times++) await this.#catchUp(this.wires)
    await this.#hear()
    this.raise()
  }

  /** Everything has been sent, and what is to be decided is open for decisions. */
  async finish(): Promise<void> {
    if (this.#draftingSteps > 0) await this.#closeText()
    this.#draftingSteps = 0
    await this.settle()
    this.#book.begin(this.witness.doc, null)
    for (const wire of this.wires) this.count('lost acknowledgement', wire.lostAcknowledgements)
  }
}

export const wiresOf = ({ shared, places }: Member): Wire[] => [shared, ...[...places.values()].map(({ wires }) => wires[1])]
