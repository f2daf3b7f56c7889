/**
 * A negotiation on the real rooms: four delegations, a legal officer and two at the chair's table write every kind of
 * amendment over bad wires and decide on them by command. OMNIBUS_SEED=n repeats a run; OMNIBUS_LONG=1 does more.
 */
import { setImmediate as turn } from 'node:timers/promises'
import pino from 'pino'
import * as Y from 'yjs'
import { afterEach, expect, it, vi } from 'vitest'
import { openMemoryStore } from '../../server/store/memory.ts'
import { createRooms } from '../../server/sync/rooms.ts'
import type { Rooms, Speaker } from '../../server/sync/service.ts'
import { entriesBetween } from '../../server/sync/loading.ts'
import { amendmentKinds } from '../../shared/model/about.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { readCircles } from '../../shared/model/circles.ts'
import { defineShared, defineSide, newDoc, textsOf } from '../../shared/model/layout.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readReversal } from '../../shared/model/reversal.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { itemOf } from '../../shared/model/texts.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import { misplaced } from '../unit/model/support.ts'
import { chair, delegate, speaker } from '../unit/commands/negotiation-bench.ts'
import { deeds, whoOf } from './deeds.ts'
import { amendingKinds, operationOf, perform } from './operations.ts'
import { pick, randomOf } from './random.ts'
import type { Random } from './random.ts'
import { seatAt, Wire } from './wires.ts'
import type { Seat } from './wires.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 400 : 60
const stepsPerRun = 300
const firstLetter = 0x4e00

const delegates = [delegate('eu', 'group'), delegate('jp', 'state'), delegate('br', 'state'), delegate('ngo', 'ngo')]
const everybody: readonly Speaker[] = [
  ...delegates, chair,
  speaker('secretary', { role: 'secretary', delegation: 'office', kind: 'office', level: 'head' }),
  speaker('legal', { role: 'legal', delegation: 'legal', kind: 'office', level: 'head' }),
]

const source = [
  'On cooperation', '', 'The General Assembly,', '', 'Recalling its resolution 64/293,', '', 'Noting the report,', '',
  '1. Requests a report:', '', '(a) On the means;', '', '(b) On the results;', '', '2. Invites all States to contribute;', '', '3. Decides to meet.', '',
].join('\n')

/** Who typed a letter, the document whose people may read it, and the amendments that brought it before everyone. */
interface Letter {
  readonly speaker: Speaker
  readonly home: string | null
  readonly brought: Set<string>
}

interface Member {
  readonly speaker: Speaker
  readonly shared: Wire
  readonly seats: Map<string, Seat>
}

const counts = new Map<string, number>()
const count = (what: string, times = 1): void => void counts.set(what, (counts.get(what) ?? 0) + times)

class Negotiation {
  readonly random: Random
  readonly store = openMemoryStore({ clock: () => this.nowMs })
  readonly faults: string[] = []
  readonly rooms: Rooms
  readonly members: Member[] = []
  readonly letters = new Map<string, Letter>()
  readonly told: string[] = []
  readonly statuses = new Map<string, string>()
  nowMs = 1_700_000_000_000
  draft = ''
  /** Of one who listens over a good wire: the shared document as committed. */
  #witness!: Wire
  #letters = firstLetter
  #keys = 0
  #clients = 2 ** 33

  constructor(random: Random) {
    this.random = random
    const log = pino({ level: 'error', errorKey: 'error' }, { write: (line: string) => void this.faults.push(line) })
    this.rooms = createRooms({ store: this.store, log, now: () => (this.nowMs += 1000) })
  }

  async open(): Promise<void> {
    await this.store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
    const made = await this.rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
    if (!made.ok) throw new Error(made.error.code)
    this.draft = made.result.draft!
    this.#witness = await this.#wire({ ...chair, person: 'witness', hatId: 'hat-witness' }, this.draft)
    for (const { hat: { delegation, kind } } of delegates) await this.command(chair, { command: 'add-delegation', delegation: { id: delegation, name: delegation, kind } })
    await this.command(chair, { command: 'import', source })
    await this.command(chair, { command: 'open-negotiation' })
    for (const one of everybody) {
      const member = { speaker: one, shared: await this.#wire(one, this.draft), seats: new Map<string, Seat>() }
      this.members.push(member)
      await this.#sit(member, sideRoomOf(this.draft, one.hat.delegation))
    }
    await this.settle()
  }

  async #wire(who: Speaker, document: string): Promise<Wire> {
    const doc = document === this.draft ? defineShared(newDoc()) : defineSide(newDoc())
    doc.clientID = this.#clients += 7
    await this.store.write([{ put: 'lease', row: { clientId: doc.clientID, document, person: who.person, hatId: who.hatId, delegation: who.hat.delegation } }])
    return new Wire({ rooms: this.rooms, document, speaker: who, doc, read: (wire, update) => this.#readable(wire, update) })
  }

  async #sit(member: Member, document: string): Promise<void> {
    member.seats.set(document, seatAt(member.shared, await this.#wire(member.speaker, document)))
  }

  get wires(): Wire[] {
    return this.members.flatMap(({ shared, seats }) => [shared, ...[...seats.values()].map(({ wires }) => wires[1])])
  }

  /** Nothing that comes down a wire holds a letter that is not for whoever is at its end. */
  #readable({ document, speaker: reader }: Wire, update: Uint8Array): void {
    for (const struct of Y.decodeUpdate(update).structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString || struct.content instanceof Y.ContentAny || struct.content instanceof Y.ContentJSON)) continue
      for (const letter of JSON.stringify(struct.content.getContent())) {
        const known = this.letters.get(letter)
        if (known === undefined || known.home === document || known.home === this.draft || known.brought.size > 0) continue
        throw new Error(`“${letter}”, which ${known.speaker.person} wrote for ${known.home}, went to ${reader.person} in ${document}`)
      }
    }
  }

  #words(who: Speaker, home: string | null): string {
    return Array.from({ length: 1 + this.random(3) }, () => {
      const letter = String.fromCharCode(this.#letters++)
      this.letters.set(letter, { speaker: who, home, brought: new Set() })
      return letter
    }).join('')
  }

  async command(who: Speaker, body: Command, side?: Y.Doc): Promise<void> {
    const before = new Map(readAmendments(this.#witness.doc).map(({ id }) => [id, readAmendmentState(this.#witness.doc, id)?.status]))
    const taken = body.command === 'undo-decision' ? readReversal(this.#witness.doc, body.decision) : null
    const named = JSON.stringify([body, taken?.state.map(({ key }) => key)])
    const request = { key: `key-number-${++this.#keys}`, draft: this.draft, hatId: who.hatId, body }
    const answer = await this.rooms.command(request, who)
    // The answer was lost, and it is sent again.
    if (this.random(10) === 0 && answer.ok) {
      expect(await this.rooms.command(request, who)).toEqual(answer)
      count('lost answer')
    }
    this.told.push(`${who.person} ${JSON.stringify(body).slice(0, 300)} ${answer.ok ? 'done' : answer.error.code}`)
    if (this.faults.length > 0) throw new Error(`the server failed: ${this.faults[0]!}`)
    if (!answer.ok && ['store-failed', 'server-fault', 'bad-command', 'bad-anchor'].includes(answer.error.code)) throw new Error(`${body.command} was answered ${answer.error.code}`)
    count(answer.ok ? body.command : `refused: ${answer.error.code}`)
    if (answer.ok && side !== undefined) this.#brought(body, side)
    await this.#hear()
    for (const [id, status] of before) {
      const now = readAmendmentState(this.#witness.doc, id)?.status
      if (now === status) continue
      // An editorial correction was put forward and decided as one; taken back, it is the officer's own again.
      if (readPublished(this.#witness.doc, id) === null || (now === undefined && taken?.kind !== 'correct-editorially')) throw new Error(`${id} disappeared`)
      if (!answer.ok || !named.includes(id)) throw new Error(`${id} became ${now} from ${status} and nobody decided it`)
      if (now === 'incorporated') count(`incorporated ${readPublished(this.#witness.doc, id)!.about.kind}`)
    }
  }

  #brought(body: Command, side: Y.Doc): void {
    if (body.command !== 'put-forward' && body.command !== 'record-for' && body.command !== 'correct-editorially') return
    const view = readPublished(side, body.amendment)!
    count(`put forward ${view.about.kind}`)
    for (const letter of [view.proposal, view.rationale, ...view.hunks.map(({ words }) => words)].join('')) this.letters.get(letter)?.brought.add(view.id)
  }

  /** What the server has said to the witness. */
  async #hear(): Promise<void> {
    do await turn()
    while (this.#witness.deliverUp() || this.#witness.deliverDown() || !this.#witness.settled)
  }

  async step(): Promise<void> {
    const { random } = this
    const member = this.members[random(this.members.length)]!
    const seats = [...member.seats.values()].filter(({ wires }) => !wires[1].isRevoked)
    const seat = seats[random(seats.length)]!
    const [shared, side] = seat.wires
    const chance = random(100)
    if (chance < 42) {
      const operation = { ...operationOf(random, amendingKinds), words: this.#words(member.speaker, side.document) }
      this.told.push(`${member.speaker.person} in ${side.document}: ${JSON.stringify(operation)}`)
      if (perform(seat, operation)) count(operation.kind)
    } else if (chance < 66) {
      for (let times = 1 + random(12); times > 0; times--) this.#deliver(random(2) === 0 ? shared : side)
    } else if (chance < 72) {
      const wire = random(2) === 0 ? shared : side
      if (wire.online && random(2) === 0) {
        wire.disconnect()
        count('disconnection')
      } else if (wire.online) wire.sendAgain(random)
      else this.#reconnect(wire)
    } else await this.#decide(member, seat)
    await turn()
  }

  #deliver(wire: Wire): void {
    if (this.random(2) === 0) wire.deliverUp()
    else wire.deliverDown()
  }

  #reconnect(wire: Wire): void {
    wire.reconnect()
    wire.sendAgain(this.random)
    count('reconnection')
  }

  async #decide(member: Member, seat: Seat): Promise<void> {
    const side = seat.wires[1]
    const circle = side.document === sideRoomOf(this.draft, member.speaker.hat.delegation) ? null : side.document.split('/').at(-1)!
    const mine = deeds.filter(({ who }) => who.includes(whoOf(member.speaker)))
    const row = pick(this.random, mine.map((one) => [one, one.weight] as const))
    // Mostly the page has sent what was typed, and shows what there is; sometimes it has not.
    if (this.random(5) > 0) await this.#catchUp(seat.wires)
    const homes = { shared: this.draft, side: side.document, nobody: null }
    const body = row.deed({ random: this.random, speaker: member.speaker, shared: seat.shared, side: seat.side, circle, words: (home) => this.#words(member.speaker, homes[home]) })
    if (body === null) return
    await this.command(member.speaker, body, seat.side)
    if (body.command === 'open-circle') await this.#joinCircles()
  }

  async #joinCircles(): Promise<void> {
    for (const { id, members } of readCircles(this.#witness.doc)) {
      const document = sideRoomOf(this.draft, id)
      for (const member of this.members) if (members.includes(member.speaker.hat.delegation) && !member.seats.has(document)) await this.#sit(member, document)
    }
  }

  async #catchUp(wires: readonly Wire[]): Promise<void> {
    for (const wire of wires) if (!wire.online) this.#reconnect(wire)
    while (!wires.every((wire) => wire.settled)) {
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
  }

  /** Everyone has what the log says, and every word that was written into the text is credited to what brought it. */
  async check(): Promise<void> {
    const replayed = new Map<string, Y.Doc>()
    for (const { document, doc, isRevoked, speaker: who } of [this.#witness, ...this.wires]) {
      if (!replayed.has(document)) {
        const again = document === this.draft ? defineShared(newDoc()) : defineSide(newDoc())
        const { seq } = await this.store.load(document)
        for (const { bytes } of await entriesBetween(this.store, document, 0, seq)) if (bytes.length > 0) Y.applyUpdate(again, bytes)
        replayed.set(document, again)
      }
      if (!isRevoked && !Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(replayed.get(document)!))) throw new Error(`${who.person} has another ${document} than the log`)
      if (!isRevoked) expect(readAmendments(doc)).toEqual(readAmendments(replayed.get(document)!))
    }
    const shared = replayed.get(this.draft)!
    expect(misplaced(shared)).toEqual([])
    for (const { shared: { doc } } of this.members) expect(readDraft(doc)).toEqual(readDraft(shared))
    for (const who of [chair, ...delegates]) await this.#checkCredits(shared, who)
  }

  async #checkCredits(shared: Y.Doc, who: Speaker): Promise<void> {
    const { authors, runs: found } = await this.rooms.authors(this.draft, null, who, (person) => person)
    const base = new Set(textsOf(shared).values())
    for (const [client, clock, length, index] of found) {
      for (let at = clock; at < clock + length; at++) {
        const item = itemOf(shared, [client, at, 0])!
        const letter = (item.content as Y.ContentString).str[at - item.id.clock]!
        const known = this.letters.get(letter)
        if (known === undefined) continue
        const { amendments, delegation } = authors[index]!
        const isTheirs = known.speaker.hat.delegation === who.hat.delegation
        if (amendments.length === 0 || amendments.some((id) => !known.brought.has(id))) throw new Error(`“${letter}” is credited to ${amendments.join()}, brought by ${[...known.brought].join()}`)
        if (delegation !== (isTheirs ? known.speaker.hat.delegation : null)) throw new Error(`“${letter}” of ${known.speaker.person} is told to ${who.person} as ${delegation}’s`)
        if (!base.has(item.parent as Y.Text)) continue
        if (!amendments.some((id) => readAmendmentState(shared, id)?.status === 'incorporated')) throw new Error(`“${letter}” stands in the text and ${amendments.join()} was not incorporated`)
        count('credited')
      }
    }
  }
}

afterEach(() => void vi.restoreAllMocks())

it(`FZ3 a whole negotiation over bad wires: nothing is refused, lost, leaked or credited to another (OMNIBUS_SEED=${seed})`, async () => {
  const startedAtMs = performance.now()
  const wanted = [
    ...amendingKinds.map(([kind]) => kind), ...deeds.map(({ command }) => command), ...amendmentKinds.flatMap((kind) => [`put forward ${kind}`, `incorporated ${kind}`]),
    'disconnection', 'reconnection', 'lost acknowledgement', 'lost answer', 'credited',
  ]
  const missing = (): string[] => wanted.filter((what) => (counts.get(what) ?? 0) === 0)
  // The rarest of the deeds may want some runs more.
  for (let index = 0; index < runs || (missing().length > 0 && index < 2 * runs); index++) {
    const random = randomOf(seed + index * 7919)
    // The rooms draw their own ids from it, so that a run is repeated to the letter.
    vi.spyOn(Math, 'random').mockImplementation(() => random(2 ** 30) / 2 ** 30)
    const world = new Negotiation(random)
    try {
      await world.open()
      for (let at = 0; at < stepsPerRun; at++) await world.step()
      await world.settle()
      await world.check()
    } catch (error) {
      throw new Error(`OMNIBUS_SEED=${seed + index * 7919}, run ${index} of ${seed}; the last were\n${world.told.slice(-14).join('\n')}`, { cause: error })
    } finally {
      await world.rooms.stop()
    }
    count('lost acknowledgement', world.wires.reduce((sum, wire) => sum + wire.lostAcknowledgements, 0))
  }
  process.stdout.write(`negotiation, seed ${seed}, ${runs} runs in ${Math.round(performance.now() - startedAtMs)} ms: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`)
  expect(missing()).toEqual([])
}, 1_800_000)
