/** Who looks on: knows what was typed, said, committed and acknowledged, and raises an alarm at what must not be. */
import * as Y from 'yjs'
import type { Phase } from '../../../client/connection/index.ts'
import type { AppendRequest, AppendResult } from '../../../server/store/store.ts'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { closedUnits, readStage } from '../../../shared/model/state.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import type { Message } from '../../../shared/wire/protocol.ts'
import { AskedCommands } from './asked.ts'
import type { Line } from './network.ts'
import type { Page, Person } from './page.ts'
import type { Clock } from './clock.ts'
import type { Trace } from './trace.ts'

/** A page has noticed by then that it was cut off, and is there again. */
const calmMs = limits.serverSilenceMs + limits.reconnectMaxMs

/** To be told once more under another id, or not at all: after a server was restored, what words stood on, or were to be struck, may be gone, and the id too. */
const ofRestoring: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['not-your-id', 'gap', 'bad-delete', 'bad-anchor', 'unknown-place'])

export interface Said {
  readonly document: string
  readonly update: Uint8Array
}

export interface Typed extends Said {
  readonly page: Page
}

export const emptyDoc = (document: string): Y.Doc => (document.includes('/') ? defineSide(newDoc()) : defineShared(newDoc()))

export const hasLetters = (doc: Y.Doc, update: Uint8Array): boolean =>
  [...Y.parseUpdateMeta(update).to].every(([client, clock]) => clock <= Y.getState(doc.store, client))

export class Witness {
  draft = ''
  readonly asked = new AskedCommands()
  /** Each document as its log has it at this moment. */
  committed = new Map<string, Y.Doc>()
  acknowledged: Said[] = []
  told: Said[] = []
  /** What is to be in the log in the end, or with its writer. */
  typed: Typed[] = []
  /** What pages have taken for words that were not let in: their writers have them. */
  readonly shelf = new Set<Uint8Array>()
  /** The server was once given an older copy of its data. */
  isRestored = false
  /** Whose words in the text came too late. */
  readonly #refusedInText = new Set<Person>()
  readonly #clock: Clock
  readonly #trace: Trace
  readonly #alarms: string[] = []
  /** What the draft ever was, as committed: a refusal has to have a reason. */
  readonly #was = { closed: false, negotiated: false, frozen: false }
  #frozenAtMs: number | null = null
  /** Whose capacity has ended, and whoever ended it knows; with the documents into which something of theirs was on its way at that moment. */
  #revoked = new Map<string, Set<string>>()
  /** The ids that were issued, and to whom. */
  readonly #issued = new Map<number, string>()
  /** When the last trouble ended, or will end: of one person's line, and of the server or its store. */
  readonly #lineTroubledMs = new Map<Line, number>()
  #houseTroubledMs = -Infinity

  constructor(clock: Clock, trace: Trace) {
    this.#clock = clock
    this.#trace = trace
  }

  alarm(what: string): void {
    this.#alarms.push(what)
  }

  /** Throws the first. */
  raise(): void {
    if (this.#alarms.length > 0) throw new Error(this.#alarms[0]!)
  }

  /** Of this line, or of all. */
  troubled(line: Line | null, untilMs: number): void {
    if (line === null) this.#houseTroubledMs = Math.max(untilMs, this.#houseTroubledMs)
    else this.#lineTroubledMs.set(line, Math.max(untilMs, this.#lineTroubledMs.get(line) ?? -Infinity))
  }

  logOf(document: string): Y.Doc {
    const known = this.committed.get(document)
    if (known !== undefined) return known
    const doc = emptyDoc(document)
    this.committed.set(document, doc)
    return doc
  }

  issued(id: number, person: string): void {
    this.#issued.set(id, person)
  }

  /** The store is asked to keep it. */
  appending({ document, entries }: AppendRequest): void {
    for (const actor of new Set(entries.flatMap(({ actor, kind }) => (kind === 'update' ? [actor] : [])))) {
      const onTheirWay = this.#revoked.get(actor)
      if (onTheirWay !== undefined && !onTheirWay.delete(document)) this.alarm(`${document} lets ${actor} write, whose capacity has ended`)
    }
  }

  /** Whoever ended it was told so. What was admitted before may still have to wait for a store that is at work in these documents. */
  revoked(person: string, onTheirWay: readonly string[]): void {
    this.#revoked.set(person, new Set(onTheirWay))
  }

  commit(request: AppendRequest, result: AppendResult): void {
    const { document, entries, outcome, record } = request
    if (!result.ok) return
    this.#trace.note(`committed ${document} ${result.entries.at(-1)?.seq} ${outcome?.key ?? ''} ${record?.kind ?? ''}`)
    const doc = this.logOf(document)
    for (const { bytes } of entries) if (bytes.length > 0) Y.applyUpdate(doc, bytes)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) this.alarm(`the log of ${document} refers to what it does not hold`)
    if (outcome !== undefined) this.asked.committed(outcome.key)
    // An additional sponsor is an entry of the record, and no byte of any document.
    if (this.#frozenAtMs !== null && entries.some(({ bytes }) => bytes.length > 0)) this.alarm(`${document} took ${entries.map(({ kind }) => kind).join()} after the freeze`)
    if (record?.kind === 'freeze') this.#frozenAtMs = this.#clock.nowMs
    if (document !== this.draft) return
    const { stage } = readStage(doc)
    this.#was.negotiated ||= stage !== 'drafting'
    this.#was.frozen ||= stage === 'frozen'
    this.#was.closed ||= closedUnits(doc).length > 0
  }

  /** The server says it, at this moment: nothing that is not committed. */
  said(document: string, name: string, message: Message, submitted: Map<number, Uint8Array | null>): void {
    const log = this.logOf(document)
    if (message.type === 'sync') {
      const clocks = message.step === 0 ? Y.decodeStateVector(message.bytes) : Y.parseUpdateMeta(message.bytes).to
      if (![...clocks].every(([client, clock]) => clock <= Y.getState(log.store, client))) this.alarm(`${name} was told of what is not committed`)
      if (message.step !== 0) this.told.push({ document, update: message.bytes })
    }
    if (message.type === 'refused') this.#trace.count(`told ${message.code}`)
    if (message.type !== 'acknowledged') return
    if (!submitted.has(message.number)) this.alarm(`${name} had an acknowledgement of ${message.number}, which it has not sent`)
    for (const [number, update] of submitted) {
      if (number > message.number || update === null) continue
      submitted.set(number, null)
      if (!hasLetters(log, update)) this.alarm(`${name} had an acknowledgement of what is not committed`)
      this.acknowledged.push({ document, update })
    }
  }

  /** A page submits what was typed there, and nobody else's words. */
  submitted(person: string, update: Uint8Array): void {
    for (const client of Y.parseUpdateMeta(update).to.keys()) if (this.#issued.get(client) !== person) this.alarm(`${person} sends the words of ${this.#issued.get(client) ?? 'the server'}`)
  }

  type(page: Page, document: string, update: Uint8Array): void {
    this.typed.push({ page, document, update })
  }

  /** A page was told that something is not let in: it must have been written before that was heard which closed it. */
  refused(page: Page, phase: Phase, code: ErrorCode, unsent: readonly Uint8Array[]): void {
    const { person, links, knowsMore } = page
    const { speaker: { person: name }, line } = person
    if (phase === 'restored') {
      this.#trace.count('page restored')
      if (!knowsMore) this.alarm(`${name} took the server for one that was restored from a copy`)
      // Its own words are sent again by the page that is opened next.
      return
    }
    this.#trace.note(`${name} is refused: ${code}, with ${unsent.length} unsent`)
    this.#trace.count(`refused ${code}`)
    for (const update of unsent) this.shelf.add(update)
    const { closed, negotiated, frozen } = this.#was
    // A proposal that holds on to one's own words of the text, or to one's own paragraph, which came too late themselves.
    if (links[0].status.value.phase === 'refused') this.#refusedInText.add(person)
    const isOnUnsent = (code === 'bad-anchor' || code === 'unknown-place') && negotiated && (links[0].status.value.unacknowledged > 0 || this.#refusedInText.has(person))
    const isLawful = (code === 'unit-locked' && closed) || (code === 'base-closed' && negotiated) || (code === 'frozen' && frozen) || isOnUnsent || (this.isRestored && ofRestoring.has(code))
    if (!isLawful) this.alarm(`an honest update of ${name} was refused: ${code}`)
    const isCalm = this.#clock.nowMs - Math.max(this.#lineTroubledMs.get(line) ?? -Infinity, this.#houseTroubledMs) > calmMs
    // A stage change waits for what is on its way into the text, not into the side documents.
    if (isCalm && code !== 'unit-locked' && links[0].status.value.phase === 'refused') this.alarm(`${name}’s last words came too late though nothing was amiss: ${code}`)
  }

  /** A capacity has ended, and whose it was has what was not let in. */
  ended(page: Page, code: ErrorCode | null, unsent: readonly Uint8Array[], isAsked: boolean): void {
    const { person } = page.person.speaker
    // Nobody asks them any more what they knew.
    this.left(page)
    this.#trace.note(`${person} has ended: ${code}, with ${unsent.length} unsent`)
    this.#trace.count(`ended ${code}`)
    if (unsent.length > 0) this.#trace.count('ended with unsent words')
    for (const update of unsent) this.shelf.add(update)
    if (code !== 'hat-revoked' || !isAsked) this.alarm(`${person} was put out: ${code}`)
  }

  /** As it is now. Returns what makes it so again, but for what those who are in know. */
  copy(): (pages: readonly Page[]) => void {
    const documents = [...this.committed].map(([document, doc]) => [document, Y.encodeStateAsUpdate(doc)] as const)
    const [frozenAtMs, revoked, askAgain] = [this.#frozenAtMs, [...this.#revoked.keys()], this.asked.copy()]
    return (pages) => {
      askAgain()
      this.isRestored = true
      this.#frozenAtMs = frozenAtMs
      this.#revoked = new Map(revoked.map((person) => [person, new Set()]))
      const before = this.committed
      this.committed = new Map(documents.map(([document, bytes]) => {
        const doc = emptyDoc(document)
        Y.applyUpdate(doc, bytes)
        return [document, doc]
      }))
      this.acknowledged = this.#stillThere(this.acknowledged)
      this.told = this.#stillThere(this.told)
      const there = new Set(this.#stillThere(this.typed))
      this.typed = this.typed.filter((one) => there.has(one) || pages.includes(one.page) || isOnDevice(one))
      for (const page of pages) page.knowsMore = true
      const lost = [...before].some(([document, doc]) => !Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(this.logOf(document))))
      this.#trace.count(lost ? 'restore from an older copy' : 'restore from a copy that lacks nothing')
    }
  }

  #stillThere<One extends Said>(all: readonly One[]): One[] {
    const snapshots = new Map([...this.committed].map(([document, doc]) => [document, Y.snapshot(doc)]))
    return all.filter(({ document, update }) => {
      const snapshot = snapshots.get(document)
      return snapshot !== undefined && Y.snapshotContainsUpdate(snapshot, update)
    })
  }

  /** Somebody leaves a page: what it alone knew, and had not begun to say again, is gone with it. */
  left(page: Page): void {
    if (!page.knowsMore) return
    this.typed = this.typed.filter((one) => one.page !== page || hasLetters(this.logOf(one.document), one.update) || isOnDevice(one))
  }
}

const isOnDevice = ({ page: { person }, document, update }: Typed): boolean => person.devices.get(document)!.kept.some((kept) => kept.update === update)
