/**
 * A whole house in one thread and one seed: the real rooms, gate, log and commands, the real connections of five people's
 * pages, and between them a clock, a network and a store that do what a script says.
 */
import * as Y from 'yjs'
import type { Phase } from '../../../client/connection/index.ts'
import type { Answer } from '../../../client/api.ts'
import type { AppendRequest, AppendResult } from '../../../server/store/store.ts'
import { entriesBetween } from '../../../server/sync/loading.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { closedUnits, readStage } from '../../../shared/model/state.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { CommandAnswer, CommandRequest, CommandResult } from '../../../shared/wire/commands.ts'
import { sentenceOf, type ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sideRoomOf, type Message } from '../../../shared/wire/protocol.ts'
import { randomOf, type Random } from '../random.ts'
import { Clock } from './clock.ts'
import { Device } from './device.ts'
import { Disk } from './disk.ts'
import { Network, type Line } from './network.ts'
import { Page, type Person } from './page.ts'
import type { Deed, Script } from './script.ts'
import { Server } from './server.ts'
import { Trace } from './trace.ts'
import { Line as NetworkLine } from './network.ts'

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

/** A page has noticed by then that it was cut off, and is there again. */
const calmMs = limits.serverSilenceMs + limits.reconnectMaxMs
/** Back and forth in much less time than a stage change waits. */
const harmlessLagMs = 300

type Fault = 'lost' | 'answer-lost' | 'twice'

interface Asked {
  readonly command: string
  commits: number
  readonly answers: CommandAnswer[]
  /** Refused when it was done already. */
  disowned: boolean
}

export class World {
  readonly clock = new Clock()
  readonly trace = new Trace(() => this.clock.nowMs)
  readonly random: Random
  readonly network: Network
  readonly disk: Disk
  readonly server: Server
  draft = ''
  readonly #people: Person[] = []
  readonly #pages = new Map<Person, Page>()
  readonly #alarms: string[] = []
  /** Each document as its log has it at this moment. */
  readonly #committed = new Map<string, Y.Doc>()
  readonly #acknowledged: { readonly document: string; readonly update: Uint8Array }[] = []
  readonly #told: { readonly document: string; readonly update: Uint8Array }[] = []
  readonly #typed: { readonly page: Page; readonly document: string; readonly update: Uint8Array }[] = []
  /** What pages have taken for words that were not let in: their writers have them. */
  readonly #shelf = new Set<Uint8Array>()
  /** Whose words in the text came too late. */
  readonly #refusedInText = new Set<Person>()
  readonly #asked = new Map<string, Asked>()
  readonly #faults = new Map<Person, Fault[]>()
  /** What the draft ever was, as committed: a refusal has to have a reason. */
  readonly #was = { closed: false, negotiated: false, frozen: false }
  #frozenAt: number | null = null
  #keys = 0
  /** When the last trouble ended, or will end: of one person's line, and of the server or its store. */
  readonly #lineTroubledMs = new Map<Line, number>()
  #houseTroubledMs = -Infinity

  constructor(seed: number) {
    const random = randomOf(seed)
    this.random = random
    this.network = new Network(this.clock, random, this.trace)
    this.disk = new Disk(this.clock, random, this.trace, (request, result) => this.#commit(request, result))
    const alarm = (what: string): void => void this.#alarms.push(what)
    this.server = new Server({ clock: this.clock, disk: this.disk, trace: this.trace, random, alarm })
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
      this.#raise()
    }
    await this.#heal()
    await this.#check()
    for (const page of this.#pages.values()) page.leave()
    await this.#until(this.server.stop())
    this.#raise()
  }

  async #open(): Promise<void> {
    const { memory } = this.disk
    await memory.write([{ put: 'person', row: { id: 'chair', name: 'chair', canCreate: true } }])
    this.server.start()
    const { rooms } = this.server.process!
    const made = await this.#until(rooms.createDraft({ key: 'simulated-draft', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'chair' }))
    if (!made.ok) throw new Error(made.error.code)
    this.draft = made.result.draft!
    const documents = [this.draft, ...new Set(people.map(([, { delegation }]) => sideRoomOf(this.draft, delegation)))]
    for (const [index, [person, hat]] of people.entries()) {
      const hatId = index === 0 ? made.result.hatId! : `h-${person}`
      if (index > 0) await memory.write([{ put: 'hat', row: { id: hatId, draft: this.draft, person, hat: { ...hat }, revokedAtMs: null } }])
      this.#people.push({
        speaker: { person, personName: person, hatId, hat }, line: new NetworkLine(this.network, person),
        unkept: new Map(),
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
      default:
        this.#trouble(deed, person.line)
    }
  }

  #trouble(deed: Extract<Deed, { do: 'break' | 'partition' | 'lag' | 'store' | 'crash' | 'stop' }>, line: Line): void {
    const endMs = this.clock.nowMs + ('downMs' in deed ? deed.downMs : deed.do === 'lag' ? (deed.ms < harmlessLagMs ? 0 : Infinity) : 'ms' in deed ? deed.ms : 0)
    if ('who' in deed) this.#lineTroubledMs.set(line, Math.max(endMs, this.#lineTroubledMs.get(line) ?? -Infinity))
    else this.#houseTroubledMs = Math.max(endMs, this.#houseTroubledMs)
    switch (deed.do) {
      case 'break':
        for (const connection of this.network.of(line)) connection.break(deed.how)
        return
      case 'partition':
        return line.cut(deed.ms)
      case 'lag':
        line.latencyMs = deed.ms
        return
      case 'store':
        return this.disk.ail(deed.how, deed.ms)
      case 'crash':
        if (this.server.process === null) return
        this.server.crash()
        this.network.crash(deed.isHeardOf)
        this.clock.after(deed.downMs, () => this.#restart())
        return
      case 'stop':
        if (this.server.process === null) return
        void this.server.stop().then(() => {
          this.network.crash(true)
          this.clock.after(deed.downMs, () => this.#restart())
        })
    }
  }

  #restart(): void {
    if (this.server.process === null) this.server.start()
  }

  #reload(person: Person, how: 'left' | 'crashed', awayMs: number): void {
    const page = this.#pages.get(person)
    if (page === undefined) return
    this.trace.count(`page ${how}`)
    person.unkept.clear()
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
    if (!this.#pages.has(person)) this.#pages.set(person, new Page(this, person))
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
    const asked = this.#asked.get(request.key) ?? { command: request.body.command, commits: 0, answers: [], disowned: false }
    this.#asked.set(request.key, asked)
    try {
      await this.network.carry(person.line, fault === 'lost')
      if (fault === 'twice') this.clock.after(this.random(300), () => void this.#command(person, request, asked).catch(() => undefined))
      const answer = await this.over(person.line, () => this.#command(person, request, asked))
      if (fault === 'answer-lost') throw new Error('no answer came')
      if (answer.ok) return answer
      return { ok: false, status: answer.error.code === 'store-failed' ? 503 : 409, code: answer.error.code, sentence: answer.error.sentence }
    } catch {
      return { ok: false, status: 0, code: 'offline', sentence: '' }
    }
  }

  #command({ speaker: { person, hatId } }: Person, request: CommandRequest, asked: Asked): Promise<CommandAnswer> {
    return this.server.ask(async ({ rooms }) => {
      const speaker = await this.server.speaker(person, this.draft, hatId)
      const answer = await rooms.command(request, speaker)
      asked.answers.push(answer)
      asked.disowned ||= asked.commits > 0 && !answer.ok && answer.error.code !== 'store-failed'
      return answer
    })
  }

  #commit(request: AppendRequest, result: AppendResult): void {
    const { document, entries, outcome, record } = request
    if (!result.ok) return
    this.trace.note(`committed ${document} ${result.entries.at(-1)?.seq} ${outcome?.key ?? ''} ${record?.kind ?? ''}`)
    const doc = this.#logOf(document)
    for (const { bytes } of entries) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) this.#alarms.push(`the log of ${document} refers to what it does not hold`)
    const asked = outcome === undefined ? undefined : this.#asked.get(outcome.key)
    if (asked !== undefined) asked.commits += 1
    // An additional sponsor is an entry of the record, and no byte of any document.
    if (this.#frozenAt !== null && entries.some(({ bytes }) => bytes.length > 0)) this.#alarms.push(`${document} took ${entries.map(({ kind }) => kind).join()} after the freeze`)
    if (record?.kind === 'freeze') this.#frozenAt = this.clock.nowMs
    if (document !== this.draft) return
    const { stage } = readStage(doc)
    this.#was.negotiated ||= stage !== 'drafting'
    this.#was.frozen ||= stage === 'frozen'
    this.#was.closed ||= closedUnits(doc).length > 0
  }

  #logOf(document: string): Y.Doc {
    const known = this.#committed.get(document)
    if (known !== undefined) return known
    const doc = document.includes('/') ? defineSide(newDoc()) : defineShared(newDoc())
    this.#committed.set(document, doc)
    return doc
  }

  /** The server says it, at this moment: nothing that is not committed. */
  said(document: string, name: string, message: Message, submitted: Map<number, Uint8Array>): void {
    const log = this.#logOf(document)
    const isThere = (clocks: ReadonlyMap<number, number>): boolean => [...clocks].every(([client, clock]) => clock <= Y.getState(log.store, client))
    if (message.type === 'sync') {
      const clocks = message.step === 0 ? Y.decodeStateVector(message.bytes) : Y.parseUpdateMeta(message.bytes).to
      if (!isThere(clocks)) this.#alarms.push(`${name} was told of what is not committed`)
      if (message.step !== 0) this.#told.push({ document, update: message.bytes })
    }
    if (message.type !== 'acknowledged') return
    if (!submitted.has(message.number)) this.#alarms.push(`${name} had an acknowledgement of ${message.number}, which it has not sent`)
    for (const [number, update] of submitted) {
      if (number > message.number) continue
      submitted.delete(number)
      if (!isThere(Y.parseUpdateMeta(update).to)) this.#alarms.push(`${name} had an acknowledgement of what is not committed`)
      this.#acknowledged.push({ document, update })
    }
  }

  typed(page: Page, document: string, update: Uint8Array): void {
    this.#typed.push({ page, document, update })
  }

  /** A page was told that something is not let in: it must have been written before that was heard which closed it. */
  refused({ person, links }: Page, phase: Phase, code: ErrorCode, unsent: readonly Uint8Array[]): void {
    if (phase === 'restored') this.#alarms.push(`${person.speaker.person} took the server for one that was restored from a copy`)
    this.trace.note(`${person.speaker.person} is refused: ${code}, with ${unsent.length} unsent`)
    this.trace.count(`refused ${code}`)
    for (const update of unsent) this.#shelf.add(update)
    const { closed, negotiated, frozen } = this.#was
    // A proposal that holds on to one's own words of the text, or to one's own paragraph, which came too late themselves.
    if (links[0].status.value.phase === 'refused') this.#refusedInText.add(person)
    const isOnUnsent = (code === 'bad-anchor' || code === 'unknown-place') && negotiated && (links[0].status.value.unacknowledged > 0 || this.#refusedInText.has(person))
    const isLawful = (code === 'unit-locked' && closed) || (code === 'base-closed' && negotiated) || (code === 'frozen' && frozen) || isOnUnsent
    if (!isLawful) this.#alarms.push(`an honest update of ${person.speaker.person} was refused: ${code}`)
    const isCalm = this.clock.nowMs - Math.max(this.#lineTroubledMs.get(person.line) ?? -Infinity, this.#houseTroubledMs) > calmMs
    // A stage change waits for what is on its way into the text, not into the side documents.
    if (isCalm && code !== 'unit-locked' && links[0].status.value.phase === 'refused') this.#alarms.push(`${person.speaker.person}’s last words came too late though nothing was amiss: ${code}`)
  }

  #isAtRest(): boolean {
    return this.server.process !== null && this.#pages.size === people.length && [...this.#pages.values()].every((page) => page.isSettled)
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
    await this.clock.pass(restMs, () => this.#isAtRest())
    this.#raise()
    if (!this.#isAtRest()) {
      const restless = [...this.#pages.values()].filter((page) => !page.isSettled).map(({ person, links }) => `${person.speaker.person} ${links.map(({ status: { value } }) => `${value.phase} ${value.saved} ${value.unacknowledged}`).join(', ')}`)
      throw new Error(`it does not come to rest: ${restless.join('; ')}`)
    }
    // What was acknowledged last is still on its way to the others.
    await this.clock.pass(2_000)
  }

  async #check(): Promise<void> {
    const logs = new Map<string, Y.Doc>()
    for (const document of this.#committed.keys()) logs.set(document, await this.#replay(document))
    for (const [document, log] of logs) {
      if (!Y.equalSnapshots(Y.snapshot(log), Y.snapshot(this.#logOf(document)))) throw new Error(`the log of ${document} is not what was committed`)
    }
    for (const { person, shared, side } of this.#pages.values()) {
      for (const [doc, document] of [[shared, this.draft], [side, sideRoomOf(this.draft, person.speaker.hat.delegation)]] as const) {
        const log = logs.get(document) ?? (document === this.draft ? defineShared(newDoc()) : defineSide(newDoc()))
        if (!Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(log))) throw new Error(`${person.speaker.person} has another ${document} than the log`)
      }
      for (const [document, device] of person.devices) if (device.kept.length > 0) throw new Error(`${person.speaker.person}’s device still keeps ${device.kept.length} updates of ${document}`)
    }
    this.#checkTyped(logs)
    this.#checkKept(logs, this.#acknowledged, 'was acknowledged')
    this.#checkKept(logs, this.#told, 'was told to somebody')
    this.#checkCommands()
  }

  /** From its start, without the snapshots; its chain is checked on the way. */
  async #replay(document: string): Promise<Y.Doc> {
    const store = this.disk.memory
    const doc = document === this.draft ? defineShared(newDoc()) : defineSide(newDoc())
    const { seq } = await store.load(document)
    for (const { bytes } of await entriesBetween(store, document, 0, seq)) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
    return doc
  }

  /** It is in the log or on its writer's shelf, unless the page died or the device kept nothing. */
  #checkTyped(logs: ReadonlyMap<string, Y.Doc>): void {
    for (const { page: { person, hasCrashed }, document, update } of this.#typed) {
      const log = logs.get(document)
      if (hasCrashed || person.devices.get(document)!.hasRefused || this.#shelf.has(update)) continue
      const isThere = log !== undefined && [...Y.parseUpdateMeta(update).to].every(([client, clock]) => clock <= Y.getState(log.store, client))
      if (!isThere) throw new Error(`what ${person.speaker.person} typed in ${document} is neither in its log nor with its writer`)
    }
  }

  /** Applied to the log, none of it is news. */
  #checkKept(logs: ReadonlyMap<string, Y.Doc>, updates: readonly { readonly document: string; readonly update: Uint8Array }[], what: string): void {
    for (const [document, log] of logs) {
      let isNews = false
      const look = (): void => { isNews = true }
      log.on('update', look)
      for (const one of updates) if (one.document === document) Y.applyUpdate(log, one.update)
      log.off('update', look)
      if (isNews || log.store.pendingStructs !== null || log.store.pendingDs !== null) throw new Error(`something ${what} and is not in the log of ${document}`)
    }
  }

  /** Each was done once or not at all, and whoever asked was not told otherwise. */
  #checkCommands(): void {
    for (const [key, { command, commits, answers, disowned }] of this.#asked) {
      const codes = answers.map((answer) => (answer.ok ? 'done' : answer.error.code))
      const told = `${command} ${key}, committed ${commits} times, was answered ${codes.join()}`
      if (commits > 1) throw new Error(told)
      if (codes.includes('done') && commits === 0) throw new Error(told)
      if (disowned) throw new Error(told)
      const fault = codes.find((code) => ['server-fault', 'bad-command', 'bad-anchor', 'key-reused'].includes(code))
      if (fault !== undefined) throw new Error(`${told}: ${sentenceOf(fault as ErrorCode)}`)
    }
  }

  #raise(): void {
    if (this.#alarms.length > 0) throw new Error(this.#alarms[0]!)
  }
}
