/**
 * A negotiation: four delegations, a legal officer and two at the chair's table, and whoever is invited or speaks for a group
 * besides, who write and decide, each at their own copies.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type * as Y from 'yjs'
import type { Answer } from '../../client/api.ts'
import type { Speaker } from '../../server/sync/service.ts'
import { importText } from '../../shared/convert/importText.ts'
import { readCircle } from '../../shared/model/circles.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { closedUnits, readAmendmentState, readStage } from '../../shared/model/state.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { flaggedIn } from '../../shared/record/stands.ts'
import type { Command, CommandAnswer, CommandResult } from '../../shared/wire/commands.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import { Book } from './book.ts'
import { deeds } from './deeds.ts'
import { House } from './house.ts'
import type { Count, Member, Place } from './house.ts'
import { houseDeeds } from './house-deeds.ts'
import { fileBeside } from './library.ts'
import { amendingKinds, evenlyDrafting, notingKinds, operationOf, perform, wordingKinds } from './operations.ts'
import type { OperationKind } from './operations.ts'
import { pick } from './random.ts'
import type { Random } from './random.ts'
import { isAmong } from './screens.ts'
import { stageDeeds } from './stage-deeds.ts'
import type { Row, Screen } from './screens.ts'
import type { Seat, Wire } from './wires.ts'

const delegations = [['eu', 'group'], ['jp', 'state'], ['br', 'state'], ['ngo', 'ngo']] as const
type Post = Pick<Hat, 'role' | 'delegation' | 'level'>
/** Never empty for long: whoever has to go is followed by somebody else. */
const posts: readonly Post[] = [
  ...delegations.map(([delegation]): Post => ({ role: 'delegate', delegation, level: 'head' })),
  { role: 'secretary', delegation: 'office', level: 'head' },
  { role: 'legal', delegation: 'legal', level: 'head' },
]
const membersMax = 11
const rows: readonly Row[] = [...deeds, ...houseDeeds, ...stageDeeds]

const source = [
  'On cooperation', '', 'The General Assembly,', '', 'Recalling its resolution 64/293,', '', 'Noting the report,', '',
  '1. Requests a report:', '', '(a) On the means;', '', '(b) On the results;', '', '2. Invites all States to contribute;', '', '3. Decides to meet.', '',
].join('\n')

export class Negotiation extends House {
  readonly told: string[] = []
  chair!: Speaker
  readonly #book: Book
  readonly #flagNotes = new Map<string, string>()
  readonly #links = new Map<string, string>()
  #draftingSteps = 0
  #keys = 0

  constructor(random: Random, count: Count) {
    super(random, count)
    this.#book = new Book(count)
  }

  async open(): Promise<void> {
    await this.store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
    const made = await this.rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    this.count('create-draft')
    this.draft = made.result.draft!
    this.chair = await this.atDoor('chair', made.result.hatId!)
    this.witness = await this.wire({ person: 'witness', personName: 'Witness', hatId: 'witness', hat: { role: 'observer', delegation: 'ngo', kind: 'ngo', level: 'reader' } }, this.draft)
    for (const [id, kind] of delegations) await this.command(this.chair, { command: 'add-delegation', delegation: { id, name: id, kind } })
    await this.command(this.chair, { command: 'import', value: importText(source).value })
    await this.command(this.chair, { command: 'open-negotiation' })
    await this.enter(this.chair)
    await this.#fillPosts()
    await this.settle()
  }

  async #fillPosts(): Promise<void> {
    for (const post of posts) {
      if (this.members.some(({ speaker: { hat } }) => hat.role === post.role && hat.delegation === post.delegation && hat.level === post.level && hat.of === undefined)) continue
      const answer = await this.command(this.chair, { command: 'invite', hat: post, days: 14, uses: 1 })
      if (!answer.ok) throw new Error(`nobody can be invited: ${answer.error.code}`)
      await this.join(answer.result.link!)
    }
  }

  async command(who: Speaker, body: Command, side?: Y.Doc): Promise<CommandAnswer> {
    const speaker = await this.atDoor(who.person, who.hatId)
    const request = { key: `key-number-${++this.#keys}`, draft: this.draft, hatId: who.hatId, body }
    this.letters.offer(this.#publishedBy(body, side))
    this.#book.begin(this.witness.doc, body)
    this.deciding = body
    const answer = await this.rooms.command(request, speaker, fileBeside(body))
    // The answer was lost, and it is sent again.
    if (this.random(10) === 0 && answer.ok) {
      const again = await this.rooms.command(request, speaker, fileBeside(body))
      if (JSON.stringify(again) !== JSON.stringify(answer)) throw new Error(`${body.command} was answered otherwise when it was sent again`)
      this.count('lost answer')
    }
    this.told.push(`${who.person} (${who.hat.delegation}) ${JSON.stringify(body).slice(0, 300)} ${answer.ok ? 'done' : answer.error.code}`)
    if (!answer.ok && ['store-failed', 'server-fault', 'bad-command', 'bad-anchor'].includes(answer.error.code)) throw new Error(`${body.command} was answered ${answer.error.code}`)
    this.letters.bring(answer.ok ? ('amendment' in body ? body.amendment : body.command) : null)
    const foreign = this.letters.foreignIn(JSON.stringify(answer), who.hat, false)
    if (foreign !== null) throw new Error(`${foreign}, was answered to ${who.person}`)
    this.count(answer.ok ? body.command : `refused: ${answer.error.code}`)
    await this.hear()
    this.#book.end(this.witness.doc, answer.ok)
    if (answer.ok) await this.#follow(body, answer.result)
    this.deciding = null
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
    this.readCircles()
    if (body.command === 'review' && body.verdict === 'flagged') this.#flagNotes.set(body.amendment, body.note)
    if (body.command === 'give-hat') {
      const { person } = (await this.store.hats(this.draft)).find(({ id }) => id === result.hatId)!
      await this.enter(await this.atDoor(person, result.hatId!))
    }
    if (body.command === 'invite') {
      this.#links.set(result.invite!, result.link!)
      this.secrets.add(result.link!.split('#')[1]!)
    }
    if (body.command === 'revoke-invite') {
      const link = this.#links.get(body.invite)!
      this.#links.delete(body.invite)
      if (await this.join(link).then(() => true, () => false)) throw new Error('a link that was revoked gave a hat')
    }
    if (body.command === 'revoke-member' || body.command === 'set-members') {
      await this.seeOut()
      await this.#fillPosts()
    }
    for (const member of this.members) await this.takePlaces(member)
  }

  async step(): Promise<void> {
    const { random } = this
    if (this.#draftingSteps > 0 && --this.#draftingSteps === 0) await this.#closeText()
    // The first is the chair, who has the most to do.
    const member = this.members[random(8) === 0 ? 0 : random(this.members.length)]!
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
    const { document } = place.wires[kinds === evenlyDrafting || kinds === wordingKinds ? 0 : 1]
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
    return refusalOf({ hat, stage: 'drafting' }, 'shape-base') === null ? evenlyDrafting : wordingKinds
  }

  protected async sendTyped(speaker: Speaker, { wires, side }: Seat, circle: string | null, body: Command): Promise<Answer<CommandResult>> {
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
    if (!this.reads(wire.speaker.hat, wire.document)) return wire.end()
    wire.reconnect()
    wire.sendAgain(this.random)
    this.count('reconnection')
  }

  /** Who has no business in a document neither gets in at the door nor, had they passed it, hears a word. */
  async #trespass({ speaker }: Member): Promise<void> {
    const sides = [...delegations.map(([id]) => id), 'office', 'legal', ...this.circles.keys()].map((side) => sideRoomOf(this.draft, side))
    const foreign = sides.filter((document) => !this.reads(speaker.hat, document))
    const document = foreign[this.random(foreign.length)]!
    if (await this.rooms.mayOpen(document, speaker)) throw new Error(`${speaker.person} may open ${document}`)
    const wire = await this.wire(speaker, document)
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
      nowMs: this.nowMs,
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
      await this.join(answer.result.link!)
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
    await this.hear()
    this.raise()
  }

  /** Everything has been sent, and what is to be decided is open for decisions. */
  async finish(): Promise<void> {
    if (this.#draftingSteps > 0) await this.#closeText()
    this.#draftingSteps = 0
    if (readStage(this.witness.doc).stage === 'silence') await this.command(this.chair, { command: 'end-silence', reason: 'We go on.' })
    await this.settle()
    this.#book.begin(this.witness.doc, null)
    for (const wire of this.wires) this.count('lost acknowledgement', wire.lostAcknowledgements)
  }
}
