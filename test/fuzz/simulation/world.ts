/**
 * A whole house in one thread and one seed: the real rooms, gate, log and commands, the real connections of five people's
 * pages, and between them a clock, a network and a store that do what a script says.
 */
import type { Answer } from '../../../client/api.ts'
import type { RoomBounds } from '../../../server/sync/room-bounds.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { CommandAnswer, CommandRequest, CommandResult } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { randomOf, type Random } from '../random.ts'
import { Clock } from './clock.ts'
import { Device } from './device.ts'
import { Disk } from './disk.ts'
import { Line, Network } from './network.ts'
import { Page, type Person } from './page.ts'
import type { Deed, Script } from './script.ts'
import { Server, withinReach } from './server.ts'
import { Trace } from './trace.ts'
import { check } from './verdict.ts'
import { Witness } from './witness.ts'

const people: readonly (readonly [person: string, hat: Hat])[] = [
  ['chair', { role: 'chair', delegation: 'office', kind: 'office', level: 'head' }],
  ['amina', { role: 'delegate', delegation: 'ke', kind: 'state', level: 'head' }],
  ['wanjiru', { role: 'delegate', delegation: 'ke', kind: 'state', level: 'forward' }],
  ['kenji', { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' }],
  ['lucie', { role: 'legal', delegation: 'legal', kind: 'office', level: 'head' }],
]

const source = ['On cooperation', '', 'The General Assembly,', '', 'Recalling its resolution 64/293,', '', '1. Requests a report:', '', '(a) On the means;', '', '2. Invites all States to contribute;', ''].join('\n')

/** All must have come to rest so long after the last trouble: the longest wait of a page, and a server that is silent before it. */
const restMs = 4 * limits.serverSilenceMs

/** Back and forth in much less time than a stage change waits. */
const harmlessLagMs = 300
/** What was said too fast is sent again by then. */
const floodMs = 10_000

type Fault = 'lost' | 'answer-lost' | 'twice'

export class World {
  readonly clock = new Clock()
  readonly trace = new Trace(() => this.clock.nowMs)
  readonly random: Random
  readonly network: Network
  readonly disk: Disk
  readonly server: Server
  readonly witness = new Witness(this.clock, this.trace)
  draft = ''
  readonly #people: Person[] = []
  readonly #pages = new Map<Person, Page>()
  /** Whose capacity somebody has asked to end; and those for whom it has. */
  readonly #toldOff = new Set<Person>()
  readonly #out = new Set<Person>()
  readonly #faults = new Map<Person, Fault[]>()
  /** What makes all that was witnessed as it was when the disk was copied. */
  #restoreWitness: ((pages: readonly Page[]) => void) | null = null
  #keys = 0

  /** `bounds`: of the rooms. */
  constructor(seed: number, bounds: Partial<RoomBounds> = withinReach) {
    const random = randomOf(seed)
    const { clock, trace, witness } = this
    this.random = random
    this.network = new Network(clock, random, trace)
    this.disk = new Disk(clock, random, trace, witness)
    this.server = new Server({ clock, disk: this.disk, trace, random, bounds, alarm: (what) => witness.alarm(what) })
  }

  newKey(): string {
    return `simulated-key-${++this.#keys}`
  }

  /** Throws what was found. */
  async run(script: Script): Promise<void> {
    await this.#open()
    for (const step of script) {
      await this.clock.pass(step.afterMs)
      this.#do(step)
      this.witness.raise()
    }
    await this.#heal()
    await check(this.witness, this.disk.memory, this.#pages.values(), this.#people)
    for (const page of this.#pages.values()) page.leave()
    await this.#until(this.server.stop())
    this.witness.raise()
  }

  async #open(): Promise<void> {
    const { memory } = this.disk
    await memory.write([{ put: 'person', row: { id: 'chair', name: 'chair', canCreate: true } }])
    this.server.start()
    const { rooms } = this.server.process!
    const made = await this.#until(rooms.createDraft({ key: 'simulated-draft', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'chair' }))
    if (!made.ok) throw new Error(made.error.code)
    this.draft = this.witness.draft = made.result.draft!
    const documents = [this.draft, ...new Set(people.map(([, { delegation }]) => sideRoomOf(this.draft, delegation)))]
    for (const [index, [person, hat]] of people.entries()) {
      const hatId = index === 0 ? made.result.hatId! : `h-${person}`
      if (index > 0) await memory.write([{ put: 'hat', row: { id: hatId, draft: this.draft, person, hat: { ...hat }, revokedAtMs: null } }])
      this.#people.push({
        speaker: { person, personName: person, hatId, hat }, line: new Line(this.network, person),
        memories: new Map(),
        devices: new Map(documents.map((document) => [document, new Device(this.clock)])),
      })
    }
    const chair = this.#people[0]!.speaker
    for (const body of [
      { command: 'add-delegation', delegation: { id: 'ke', name: 'Kenya', kind: 'state' } },
      { command: 'add-delegation', delegation: { id: 'jp', name: 'Japan', kind: 'state' } },
      { command: 'import', value: importText(source).value },
    ] as const) {
      const answer = await this.#until(rooms.command({ key: this.newKey(), draft: this.draft, hatId: chair.hatId, body }, chair))
      if (!answer.ok) throw new Error(answer.error.code)
    }
    for (const person of this.#people) this.#pages.set(person, new Page(this, person))
    await this.clock.pass(10_000, () => this.#isAtRest())
  }

  /** Lets time pass until it has come. */
  async #until<T>(promise: Promise<T>): Promise<T> {
    let isOver = false
    const ended = promise.finally(() => { isOver = true })
    ended.catch(() => undefined)
    await this.clock.pass(60_000, () => isOver)
    if (!isOver) throw new Error('the server does not answer')
    return ended
  }

  #do(deed: Deed): void {
    const person = 'who' in deed ? this.#people[deed.who % this.#people.length]! : this.#people[0]!
    const page = this.#pages.get(person)
    this.trace.note(`${person.speaker.person}: ${JSON.stringify(deed)}`)
    switch (deed.do) {
      case 'type':
        if (page?.type(deed.operation) === true) this.trace.count(deed.operation.kind)
        return
      case 'decide':
        return page?.decide(deed.seed)
      case 'lock':
        return page?.lock(deed.seed)
      case 'stage':
        return page?.changeStage()
      case 'freeze':
        return page?.freeze()
      case 'request':
        this.#faults.set(person, [...(this.#faults.get(person) ?? []), deed.how])
        return
      case 'device':
        for (const device of person.devices.values()) device.isFull = deed.isFull
        return
      case 'look':
        return page?.lookAgain()
      case 'reload':
        return this.#reload(person, deed.how, deed.awayMs)
      case 'copy':
        this.disk.copy()
        this.#restoreWitness = this.witness.copy()
        return
      case 'revoke':
        return this.#revoke(person)
      default:
        this.#trouble(deed, person)
    }
  }

  #trouble(deed: Extract<Deed, { do: 'break' | 'partition' | 'lag' | 'slow' | 'flood' | 'store' | 'crash' | 'stop' | 'restore' }>, person: Person): void {
    const { line } = person
    const ms = 'downMs' in deed ? deed.downMs : deed.do === 'lag' ? (deed.ms < harmlessLagMs ? 0 : Infinity) : deed.do === 'flood' ? floodMs : 'ms' in deed ? deed.ms : 0
    this.witness.troubled('who' in deed ? line : null, this.clock.nowMs + ms)
    switch (deed.do) {
      case 'break':
        for (const connection of this.network.of(line)) connection.break(deed.how)
        return
      case 'partition':
        return line.cut(deed.ms)
      case 'lag':
        line.latencyMs = deed.ms
        return
      case 'slow':
        return line.stall(deed.ms)
      case 'flood': {
        const page = this.#pages.get(person)
        for (let times = 0; times < deed.times; times++) if (page?.type(deed.operation) !== true) return
        this.trace.count('flood')
        return
      }
      case 'store':
        return this.disk.ail(deed.how, deed.ms)
      case 'crash':
        return this.#crash(deed.downMs, deed.isHeardOf)
      case 'stop':
        if (this.server.process === null) return
        void this.server.stop().then(() => {
          this.network.crash(true)
          this.clock.after(deed.downMs, () => this.#restart())
        })
        return
      case 'restore':
        if (this.#restoreWitness === null) return
        this.#crash(deed.downMs, true)
        this.disk.restore()
        this.#restoreWitness([...this.#pages.values()])
    }
  }

  #crash(downMs: number, isHeardOf: boolean): void {
    if (this.server.process === null) return
    this.server.crash()
    this.network.crash(isHeardOf)
    this.clock.after(downMs, () => this.#restart())
  }

  #restart(): void {
    if (this.server.process === null) this.server.start()
  }

  #reload(person: Person, how: 'left' | 'crashed', awayMs: number): void {
    const page = this.#pages.get(person)
    if (page === undefined) return
    this.trace.count(`page ${how}`)
    person.memories.clear()
    this.witness.left(page)
    if (how === 'left') page.leave()
    else page.crash()
    this.#pages.delete(person)
    this.clock.after(awayMs, () => this.#reopen(person))
  }

  reopenSoon(person: Person): void {
    this.#pages.delete(person)
    this.clock.after(50, () => this.#reopen(person))
  }

  #reopen(person: Person): void {
    if (!this.#pages.has(person) && !this.#out.has(person)) this.#pages.set(person, new Page(this, person))
  }

  /** The chair's page ends their capacity. */
  #revoke(person: Person): void {
    const chair = this.#pages.get(this.#people[0]!)
    if (chair?.isWritable !== true || chair.person === person) return
    this.#toldOff.add(person)
    void chair.send({ command: 'revoke-member', hatId: person.speaker.hatId })
  }

  isToldOff(person: Person): boolean {
    return this.#toldOff.has(person)
  }

  /** They do not come back. */
  goneForGood(person: Person): void {
    this.#pages.delete(person)
    this.#out.add(person)
  }

  /** A request over a person's line. */
  async over<T>(line: Line, run: () => Promise<T>): Promise<T> {
    await this.network.carry(line, false)
    const late = this.clock.wait(20_000).then(() => { throw new Error('no answer came') })
    late.catch(() => undefined)
    const result = await Promise.race([run(), late])
    await this.network.carry(line, false)
    return result
  }

  async post({ person }: Page, request: CommandRequest): Promise<Answer<CommandResult>> {
    const fault = this.#faults.get(person)?.shift()
    if (fault !== undefined) this.trace.count(`request ${fault}`)
    this.witness.asked.ask(request.key, request.body.command)
    try {
      await this.network.carry(person.line, fault === 'lost')
      if (fault === 'twice') this.clock.after(this.random(300), () => void this.#command(person, request).catch(() => undefined))
      const answer = await this.over(person.line, () => this.#command(person, request))
      if (fault === 'answer-lost') throw new Error('no answer came')
      if (answer.ok) return answer
      return { ok: false, status: answer.error.code === 'store-failed' ? 503 : 409, code: answer.error.code, sentence: answer.error.sentence }
    } catch {
      return { ok: false, status: 0, code: 'offline', sentence: '' }
    }
  }

  #command({ speaker: { person, hatId } }: Person, request: CommandRequest): Promise<CommandAnswer> {
    return this.server.ask(async ({ rooms }) => {
      const speaker = await this.server.speaker(person, this.draft, hatId)
      const answer = await rooms.command(request, speaker)
      this.witness.asked.answered(request.key, answer)
      if (answer.ok && request.body.command === 'revoke-member') this.#revoked(request.body.hatId)
      return answer
    })
  }

  #revoked(hatId: string): void {
    const { speaker: { person } } = this.#people.find(({ speaker }) => speaker.hatId === hatId)!
    this.witness.revoked(person, this.disk.isAtWork ? [...this.witness.committed.keys()] : [])
  }

  #isAtRest(): boolean {
    return this.server.process !== null && this.#pages.size === people.length - this.#out.size && [...this.#pages.values()].every((page) => page.isSettled)
  }

  /** Put out in one document, by a server that has been given a copy since in which their capacity goes on: they load the page anew. */
  #comeBackIn(): void {
    for (const page of [...this.#pages.values()]) {
      if (!page.isHalfOver) continue
      page.leave()
      this.reopenSoon(page.person)
    }
  }

  /** All trouble is over, and everything comes to rest by itself. */
  async #heal(): Promise<void> {
    this.trace.note('all heals')
    this.disk.heal()
    for (const { line, devices } of this.#people) {
      line.heal()
      for (const device of devices.values()) device.isFull = false
    }
    this.#faults.clear()
    await this.clock.pass(restMs)
    if (this.witness.isRestored) this.#comeBackIn()
    await this.clock.pass(restMs, () => this.#isAtRest())
    this.witness.raise()
    if (!this.#isAtRest()) {
      const restless = [...this.#pages.values()].filter((page) => !page.isSettled).map(({ person, links }) => `${person.speaker.person} ${links.map(({ status: { value } }) => `${value.phase} ${value.saved} ${value.unacknowledged}`).join(', ')}`)
      throw new Error(`it does not come to rest: ${restless.join('; ')}`)
    }
    // What was acknowledged last is still on its way to the others.
    await this.clock.pass(2_000)
  }
}
