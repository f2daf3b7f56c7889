/** One person's page: the real connections to both documents, what is typed there, and decisions sent as the page sends them. */
import type * as Y from 'yjs'
import { openRoomConnection, pageMemory, pageStore, type PageMemory, type RoomConnection, type Status } from '../../../client/connection/index.ts'
import { createDecider, type Decide } from '../../../client/room/decide.ts'
import { refusalOfStep } from '../../../client/room/undo.ts'
import { judgeOfBase, judgeOfSide } from '../../../client/room/judge.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { openHistory, type History } from '../../../shared/model/history.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { closedUnits, readStage, readUnitState } from '../../../shared/model/state.ts'
import { refusalOf } from '../../../shared/policy/index.ts'
import type { Command, CommandResult } from '../../../shared/wire/commands.ts'
import { Refusal, type ErrorCode } from '../../../shared/wire/errors.ts'
import { decodeMessage, sideRoomOf } from '../../../shared/wire/protocol.ts'
import type { Answer } from '../../../client/api.ts'
import { deeds } from '../deeds.ts'
import { draftingKinds, perform, wordingKinds, type Operation } from '../operations.ts'
import { pick, randomOf } from '../random.ts'
import { isAmong, type Screen } from '../screens.ts'
import type { Device } from './device.ts'
import type { Line } from './network.ts'
import type { World } from './world.ts'

export interface Person {
  readonly speaker: Speaker
  readonly line: Line
  /** By document. */
  readonly devices: ReadonlyMap<string, Device>
  /** What a device did not keep, by document, for as long as the page lives. */
  readonly memories: Map<string, PageMemory>
}

/** Most decisions need something that is not there: others are thought of then. */
const decideTriesMax = 6

const wordings = new Set(wordingKinds.map(([kind]) => kind))

export class Page {
  readonly person: Person
  readonly shared: Y.Doc
  readonly side: Y.Doc
  readonly origin: object
  readonly history: History
  readonly links: readonly [shared: RoomConnection, side: RoomConnection]
  readonly #world: World
  readonly #decide: Decide
  readonly #stores: { crash: () => void }[] = []
  #isClosing = false
  isOver = false
  /** It was there when the server was given an older copy of its data. */
  knowsMore = false
  hasCrashed = false

  constructor(world: World, person: Person) {
    this.#world = world
    this.person = person
    this.shared = defineShared(newDoc())
    this.side = defineSide(newDoc())
    const { speaker } = person
    this.links = [this.#link(world.draft, this.shared), this.#link(sideRoomOf(world.draft, speaker.hat.delegation), this.side)]
    const origin = (this.origin = { typed: speaker.person })
    this.history = openHistory([this.shared, this.side], { origins: new Set([origin]), now: () => 0, permitted: (step) => refusalOfStep(step, speaker.hat, this.shared) === null })
    this.history.onHint = (hints, doc) => this.links[doc === this.shared ? 0 : 1].note(hints)
    this.#decide = createDecider(
      { api: { command: (request) => world.post(this, request) }, newKey: () => world.newKey(), pause: (ms) => world.clock.wait(ms) },
      { draft: world.draft, hatId: speaker.hatId },
    )
    for (const link of this.links) link.status.subscribe((status) => this.#look(link, status))
  }

  get isWritable(): boolean {
    return !this.isOver && !this.#isClosing && this.links.every((link) => link.status.value.writable)
  }

  get isHalfOver(): boolean {
    return this.links.filter((link) => link.status.value.phase === 'ended').length === 1
  }

  get isSettled(): boolean {
    return this.links.every(({ status: { value } }) => value.phase === 'live' && value.saved === 'saved')
  }

  #link(document: string, doc: Y.Doc): RoomConnection {
    const world = this.#world
    const { speaker, line, devices } = this.person
    const name = `${speaker.person} ${document === world.draft ? 'shared' : 'side'}`
    const device = devices.get(document)!.open(() => !this.hasCrashed)
    this.#stores.push(device)
    const memory = this.person.memories.get(document) ?? pageMemory()
    this.person.memories.set(document, memory)
    const isShared = document === world.draft
    const whenReceived = async (): Promise<void> => {
      while (!this.isOver && !this.links[0].status.value.received) await world.clock.wait(20)
    }
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => { if (transaction.local) world.witness.type(this, document, update) })
    /** By number; null once it is acknowledged, as it may be again on a connection that was given up. */
    const submitted = new Map<number, Uint8Array | null>()
    return openRoomConnection({
      url: 'ws://simulated',
      room: document,
      hatId: speaker.hatId,
      doc,
      local: pageStore(device, memory),
      ...(isShared ? {} : { anchored: this.shared }),
      // As the page asks: of a side document only when the shared one is there.
      judge: async () => {
        if (isShared) return judgeOfBase(speaker.hat, doc, () => readDraft(doc, 'en'))
        await whenReceived()
        return judgeOfSide(speaker.hat, this.shared, () => ({ delegation: speaker.hat.delegation }))
      },
      unsent: (unsent) => world.trace.count(`unsent ${unsent.length > 0 ? unsent[0]!.code : 'nothing'}`),
      random: () => world.random(2 ** 20) / 2 ** 20,
      after: (ms, run) => world.clock.after(ms, () => { if (!this.hasCrashed) run() }),
      now: () => world.clock.nowMs,
      why: () => world.over(line, async () => {
        const ending = await world.server.speaker(speaker.person, world.draft, speaker.hatId).then(() => null, (error: unknown) => {
          if (error instanceof Refusal) return error.code
          throw error
        })
        // By another way than a socket's, which may be a slower one.
        if (world.random(2) === 0) await world.clock.wait(world.random(2_000))
        return ending
      }),
      lease: () => world.over(line, async () => {
        const id = await world.server.lease(document, speaker.person, speaker.hatId)
        world.witness.issued(id, speaker.person)
        return id
      }),
      noticed: ({ notice }) => {
        if (doc !== this.shared) return
        if (notice === 'closing') this.#isClosing = true
        if (notice === 'open') this.#isClosing = false
      },
      socketOf: () => {
        const connection = world.network.connect(line, name, {
          up: (bytes) => {
            const message = decodeMessage(bytes)
            if (message?.type !== 'submit') return
            submitted.set(message.number, message.bytes)
            world.witness.submitted(speaker.person, message.bytes)
          },
          down: (bytes) => world.witness.said(document, name, decodeMessage(bytes)!, submitted),
        })
        world.clock.after(line.delayMs(), () => void world.server.enter(connection, document, speaker.person, speaker.hatId))
        return connection.near
      },
    })
  }

  #look(link: RoomConnection, { phase, code, unsent = [] }: Status): void {
    if (phase === 'paused') this.#world.trace.count(`page paused ${code}`)
    if (this.isOver) return
    if (phase === 'ended') return this.#end(link, code ?? null, unsent.map(({ update }) => update))
    if (phase !== 'refused' && phase !== 'restored') return
    const all = this.links.flatMap((one) => (one.status.value.phase === phase ? [one.status.value.unsent ?? []] : [])).flat()
    this.#world.witness.refused(this, phase, code ?? 'malformed', all.map(({ update }) => update))
    for (const one of this.links) one.sayAgain()
    // The room is opened anew on what the device keeps, and what is permitted of it is done again.
    this.leave()
    this.#world.reopenSoon(this.person)
  }

  /** Whoever was put out is shown what was not let in, and the device keeps it no longer. */
  #end(link: RoomConnection, code: ErrorCode | null, unsent: readonly Uint8Array[]): void {
    this.#world.witness.ended(this, code, unsent, this.#world.isToldOff(this.person))
    void link.dropUnsent()
    if (!this.links.every(({ status: { value } }) => value.phase === 'ended')) return
    this.leave()
    this.#world.goneForGood(this.person)
  }

  lookAgain(): void {
    for (const link of this.links) {
      this.#world.trace.count(`looked at while ${link.status.value.phase}`)
      link.retry()
    }
  }

  /** As a page that is left: what was asked of the device is done. */
  leave(): void {
    this.isOver = true
    for (const link of this.links) void link.close()
  }

  /** As a page that dies: nothing that it had not done is done. */
  crash(): void {
    this.hasCrashed = true
    this.leave()
    for (const store of this.#stores) store.crash()
  }

  /** What a person types, where the page lets them; false where it came to nothing. */
  type(operation: Operation): boolean {
    if (!this.isWritable) return false
    const { hat } = this.person.speaker
    const { stage } = readStage(this.shared)
    const isDrafting = draftingKinds.some(([kind]) => kind === operation.kind)
    if ((stage === 'drafting') !== isDrafting && !['undo', 'redo'].includes(operation.kind)) return false
    if (stage === 'frozen') return false
    if (stage !== 'drafting') return refusalOf({ hat, stage, delegation: hat.delegation }, 'write-side') === null && perform(this, operation)
    if (refusalOf({ hat, stage }, 'shape-base') !== null) return false
    const closed = closedUnits(this.shared)
    if (closed.length > 0 && !this.#isBesideClosed(operation)) return false
    return perform(this, operation)
  }

  /** While paragraphs are closed, words are written in others; how breaks may be moved then is for tests of the gate. */
  #isBesideClosed({ kind, unit }: Operation): boolean {
    if (!wordings.has(kind) || kind === 'note-words') return false
    if (kind === 'undo' || kind === 'redo') return true
    const { units } = readDraft(this.shared)
    const found = units[unit % units.length]
    if (found === undefined) return false
    const state = readUnitState(this.shared, found.id)
    return !state.locked && state.agreed === null
  }

  /** One of the decisions that this page offers. */
  decide(seed: number): void {
    const { speaker } = this.person
    if (!this.isWritable) return
    const random = randomOf(seed)
    const rows = deeds.filter(({ who }) => isAmong(who, speaker.hat)).map((one) => [one, one.weight] as const)
    if (rows.length === 0) return
    const screen: Screen = {
      random, speaker, shared: this.shared, side: this.side, circle: null, words: () => `words ${random(1000)}`, people: [], links: [], flagged: new Set(), nowMs: 0,
    }
    if (readStage(this.shared).stage !== 'negotiation') return
    for (let tries = 0; tries < decideTriesMax; tries++) {
      const body = pick(random, rows).deed(screen)
      if (body !== null) return void this.send(body)
    }
  }

  lock(seed: number): void {
    if (!this.isWritable) return
    const { units } = readDraft(this.shared)
    const locked = closedUnits(this.shared).filter((unit) => readUnitState(this.shared, unit).locked)
    const unit = units[seed % units.length]?.id
    if (locked.length > 0 && seed % 3 > 0) void this.send({ command: 'unlock', unit: locked[seed % locked.length]! })
    else if (unit !== undefined) void this.send({ command: 'lock', unit })
  }

  changeStage(): void {
    if (!this.isWritable) return
    const { stage } = readStage(this.shared)
    if (stage === 'drafting') void this.send({ command: 'open-negotiation' })
    if (stage === 'negotiation' && closedUnits(this.shared).length === 0) void this.send({ command: 'reopen-drafting', reason: 'The text is to be written again.' })
  }

  freeze(): void {
    if (!this.isWritable || readStage(this.shared).stage !== 'negotiation') return
    const { digest } = freezePreview(this.shared, new Set())
    void this.send({ command: 'freeze', digest, symbol: 'A/C.3/81/L.1', closeOpen: true, reason: 'It is agreed.' })
  }

  async send(body: Command): Promise<Answer<CommandResult>> {
    const { trace } = this.#world
    trace.note(`${this.person.speaker.person} asks: ${JSON.stringify(body).slice(0, 160)}`)
    const answer = await this.#decide(body)
    trace.note(`${this.person.speaker.person} is answered ${body.command}: ${answer.ok ? 'done' : answer.code}`)
    trace.count(answer.ok ? body.command : `answered ${answer.code}`)
    return answer
  }
}
