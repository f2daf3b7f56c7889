/**
 * The end of a document's log: what has been submitted, in order; what of it is applied and not yet committed; and what
 * has to wait for the commit. The document runs ahead of the log, and nothing leaves here that the log does not hold.
 *
 * At most one append is under way. What is admitted meanwhile gathers and goes in the next one, together. Changes and
 * reads wait until everything submitted before them is committed, and hold back what comes after them, so neither can
 * be kept waiting for ever by people who go on typing.
 */
import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { AppendRequest, AppendResult, DocumentId, EntryDraft, Store } from '../store/store.ts'
import type { Gate } from './admission.ts'
import { changesLast, requestFor } from './jobs.ts'
import type { Admitted, Holding, Job, Submission, Submitter, WaitingChange, WaitingRead, WaitingSubmission } from './jobs.ts'
import { joinUpdates } from './join-updates.ts'
import type { Leases } from './leases.ts'
import type { Library } from './library.ts'
import { lineageOf, sourcesNamed } from './lineage.ts'
import { entriesBetween, isWhole, loadDocument, newServerId, type DocumentKind, type Loaded } from './loading.ts'
import type { Change } from './room.ts'
import { Snapshots } from './snapshots.ts'

export interface TailDeps<Facts> extends Gate<Facts> {
  readonly store: Store
  readonly log: Logger
  readonly now: () => number
  readonly document: DocumentId
  readonly kind: DocumentKind
  readonly leases: Leases
  /** Of its draft: what words can have been taken from. */
  readonly library: Library
  readonly random: () => number
  /** When this turn of the event loop is over. */
  readonly soon: (run: () => void) => void
  /**
   * Resolves when the position that `facts` names is not about to move by itself. Asked when it had moved, and before
   * anything is refused for what is said there.
   */
  readonly steady?: () => Promise<void>
  /** Everything up to there is in a snapshot. */
  readonly saved?: (seq: number) => Promise<void>
  /** Committed: may be told. `by` is null for what no single submitter has. */
  readonly committed: (update: Uint8Array, by: Submitter | null) => void
  /** The database failed, or the document did: nothing under way is acknowledged, and this tail does nothing any more. */
  readonly failed: (error: unknown) => void
}

export class LogTail<Facts> {
  readonly #deps: TailDeps<Facts>
  #doc: Y.Doc
  #seq: number
  readonly #snapshots: Snapshots
  #serverId: number
  #holding: Holding = 'open'
  #waiting: Job[] = []
  #admitted: Admitted[] = []
  #isAppending = false
  #isFlushSoon = false
  /** An asynchronous step has the document to itself. */
  #isBusy = false
  #attempts = 0
  #error: { readonly cause: unknown } | null = null
  /** What the running transaction emitted. */
  #emitted: Uint8Array[] = []
  readonly #collect = (update: Uint8Array): void => { this.#emitted.push(update) }

  constructor(deps: TailDeps<Facts>, loaded: Loaded) {
    this.#deps = deps
    this.#doc = loaded.doc
    this.#seq = loaded.seq
    this.#snapshots = new Snapshots({ ...deps, read: async (save) => await this.read((doc) => save(doc, this.#seq)) }, loaded.snapshotSeq)
    this.#serverId = loaded.doc.clientID
    this.#doc.on('update', this.#collect)
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  get seq(): number {
    return this.#seq
  }

  get holding(): Holding {
    return this.#holding
  }

  submit(submission: Submission): void {
    if (this.#error !== null) return
    this.#waiting.push({ kind: 'submission', submission, isHeld: this.#holding === 'held', hasLookedUp: false, hasRead: false, hasSettled: false })
    this.#pump()
  }

  /** Resolves with what `read` finds when everything submitted before is committed and nothing else is applied. */
  read<T>(read: (doc: Y.Doc) => T): Promise<T> {
    if (this.#error !== null) return Promise.reject(this.#error.cause)
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(read(this.#doc))
        } catch (error) {
          reject(error)
        }
      }
      this.#waiting.push({ kind: 'read', run, reject })
      this.#pump()
    })
  }

  change(write: (doc: Y.Doc) => Change): Promise<AppendResult> {
    if (this.#error !== null) return Promise.reject(this.#error.cause)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind: 'change', write, resolve, reject })
      this.#pump()
    })
  }

  hold(holding: Holding): void {
    // What came while draining goes before the changes that were waiting for it.
    if (holding === 'held') this.#waiting = changesLast(this.#waiting)
    if (holding === 'open') for (const job of this.#waiting) if (job.kind === 'submission') job.isHeld = false
    this.#holding = holding
    this.#pump()
  }

  /** Ends it without a word; whoever waits is rejected with `error`. */
  end(error: unknown): void {
    if (this.#error !== null) return
    this.#error = { cause: error }
    const waiting = this.#waiting
    this.#waiting = []
    this.#admitted = []
    for (const job of waiting) if (job.kind !== 'submission') job.reject(error)
    this.#doc.off('update', this.#collect)
  }

  #fail(error: unknown): void {
    if (this.#error !== null) return
    this.end(error)
    this.#deps.failed(error)
  }

  #pump(): void {
    while (this.#error === null && !this.#isBusy) {
      const index = this.#waiting.findIndex((job) =>
        job.kind === 'change' ? this.#holding !== 'draining' : job.kind === 'read' || !job.isHeld,
      )
      const job = this.#waiting[index]
      if (job === undefined) break
      if (job.kind !== 'submission' && (this.#isAppending || this.#admitted.length > 0)) break
      // The first, nearly always: behind it thousands may wait, which `splice` would move one place on.
      if (index === 0) this.#waiting.shift()
      else this.#waiting.splice(index, 1)
      if (job.kind === 'submission') this.#admit(job)
      else if (job.kind === 'change') void this.#runChange(job)
      else this.#runReads(job)
    }
    this.#flushSoon()
  }

  /** Whoever waits for a read goes on before anything else is applied. */
  #runReads(first: WaitingRead): void {
    this.#isBusy = true
    first.run()
    for (let next = this.#waiting[0]; next?.kind === 'read'; next = this.#waiting[0]) {
      this.#waiting.shift()
      next.run()
    }
    this.#deps.soon(() => this.#goOn())
  }

  #goOn(): void {
    this.#isBusy = false
    this.#pump()
  }

  #admit(job: WaitingSubmission): void {
    const { submission } = job
    const { from, number } = submission
    if (from.isExpelled) return
    if (from.refusal !== null) return from.refuse(number, from.refusal)
    if (!job.hasRead && submission.hints !== '') {
      job.hasRead = true
      const sources = this.#deps.library.missing(sourcesNamed(submission.hints))
      if (sources.length > 0) return this.#admitAfter(job, this.#deps.library.load(sources))
    }
    const code = this.#tryToAdmit(submission)
    if (code === null) return
    const unknown = code === 'not-your-id' && !job.hasLookedUp ? this.#deps.leases.unknownIn(submission.update) : []
    const { leases, steady } = this.#deps
    if (unknown.length > 0) {
      // Ids are issued beside the room. Everyone waits for this, once for each id.
      job.hasLookedUp = true
      this.#admitAfter(job, leases.lookUp(unknown))
    } else if (steady !== undefined && !job.hasSettled) {
      // What forbids it in the other document may not be committed, and may never be.
      job.hasSettled = true
      this.#admitAfter(job, steady())
    } else from.refuse(number, code)
  }

  /** Holds everyone up, so that the order stays. */
  #admitAfter(job: WaitingSubmission, awaited: Promise<void>): void {
    this.#isBusy = true
    awaited.then(
      () => {
        this.#waiting.unshift(job)
        this.#goOn()
      },
      (error: unknown) => this.#fail(error),
    )
  }

  /** Null when it was admitted. */
  #tryToAdmit(submission: Submission): ErrorCode | null {
    const { from, number, update, hints } = submission
    const { check, facts: factsOf, leases, log, document } = this.#deps
    const { facts, alsoExpect } = factsOf(this.#doc)
    const actor = { hat: from.speaker.hat, owns: (clientId: number) => leases.owns(from.speaker, clientId) }
    let verdict
    try {
      verdict = check(this.#doc, update, actor, facts)
    } catch (error) {
      log.error({ error, document }, 'the gate failed on an update, which is refused')
      return 'malformed'
    }
    if (!verdict.ok) return verdict.code
    this.#emitted = []
    try {
      Y.applyUpdate(this.#doc, verdict.update, from)
      if (!isWhole(this.#doc)) throw new Error('An update that was let in refers to what is not there')
    } catch (error) {
      // Refused first: sent again, it would bring down the next room as well.
      from.refuse(number, 'malformed')
      this.#fail(error)
      return null
    }
    this.#guardServerId()
    const changed = this.#takeEmitted()
    const lineage = changed === null ? null : lineageOf(this.#doc, changed, hints, this.#deps.library.wordsOf)
    // Field by field: V8 spreads an object into another shape so slowly that it was a fifteenth of a busy room's work.
    this.#admitted.push({ from, number, update, hints, changed, lineage, alsoExpect })
    return null
  }

  #takeEmitted(): Uint8Array | null {
    const emitted = this.#emitted
    this.#emitted = []
    return emitted.length === 0 ? null : emitted.length === 1 ? emitted[0]! : Y.mergeUpdates(emitted)
  }

  /** Yjs takes a new id by itself when it meets its own elsewhere; that one could be anybody's. */
  #guardServerId(): void {
    if (this.#doc.clientID === this.#serverId) return
    this.#serverId = this.#doc.clientID = newServerId(this.#doc, this.#deps.random)
  }

  /** At the end of this turn, so that what arrived together is appended together. */
  #flushSoon(): void {
    if (this.#isFlushSoon || this.#isAppending || this.#isBusy || this.#admitted.length === 0) return
    this.#isFlushSoon = true
    this.#deps.soon(() => {
      this.#isFlushSoon = false
      if (!this.#isAppending && !this.#isBusy && this.#error === null) void this.#flush()
    })
  }

  async #flush(): Promise<void> {
    const batch = this.#admitted
    this.#admitted = []
    const entries = batch.flatMap(({ from, changed, lineage }): EntryDraft[] =>
      changed === null ? [] : [{ actor: from.speaker.person, kind: 'update', bytes: changed, lineage }],
    )
    this.#isAppending = true
    try {
      if (entries.length > 0) {
        const result = await this.#deps.store.append({ ...this.#position(batch), entries })
        if (this.#error !== null) return
        if (!result.ok) return await this.#again(batch)
        this.#seq += entries.length
      }
      this.#isAppending = false
      this.#attempts = 0
      this.#tell(batch)
      this.#goOn()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Of the positions that the checks read, the earliest: if that still stands, all of them do. */
  #position(batch: readonly Admitted[]): Omit<AppendRequest, 'entries'> {
    const alsoExpect = batch.map((one) => one.alsoExpect).filter((one) => one !== undefined).sort((left, right) => left.seq - right.seq)[0]
    return { document: this.#deps.document, expectedSeq: this.#seq, ...(alsoExpect === undefined ? {} : { alsoExpect }) }
  }

  #tell(batch: readonly Admitted[]): void {
    const answers = new Map<Submitter, { number: number; answered: number }>()
    for (const { from, number } of batch) {
      const before = answers.get(from) ?? { number: 0, answered: 0 }
      answers.set(from, { number: Math.max(before.number, number), answered: before.answered + 1 })
    }
    for (const from of answers.keys()) from.cork()
    try {
      this.#tellOthers(batch)
      for (const [from, { number, answered }] of answers) from.acknowledge(number, answered)
    } finally {
      for (const from of answers.keys()) from.uncork()
    }
    this.#snapshots.ifDue(this.#seq)
  }

  #tellOthers(batch: readonly Admitted[]): void {
    const changes = batch.filter((one) => one.changed !== null)
    if (changes.length === 0) return
    const update = changes.length === 1 ? changes[0]!.changed! : joinUpdates(changes.map((one) => one.changed!))
    const [first] = changes
    this.#deps.committed(update, changes.every((one) => one.from === first!.from) ? first!.from : null)
  }

  /** The log had moved: everything that is not committed is checked again, on what stands now. */
  async #again(batch: readonly Admitted[]): Promise<void> {
    this.#isBusy = true
    if (++this.#attempts > limits.appendAttemptsMax) throw new Error(`The log of ${this.#deps.document} moves faster than it can be written`)
    await this.#reload()
    await this.#deps.steady?.()
    if (this.#error !== null) return
    const again = [...batch, ...this.#admitted]
    this.#admitted = []
    this.#isAppending = false
    for (const { from, number, update, hints } of again) {
      const code = from.refusal ?? this.#tryToAdmit({ from, number, update, hints })
      if (code !== null) from.refuse(number, code)
    }
    this.#isBusy = false
    // At once: the position that was read may have moved by the next turn.
    if (this.#admitted.length > 0 && this.#error === null) await this.#flush()
    else this.#goOn()
  }

  /** From the log, without what was applied here and not committed; tells what others have committed. */
  async #reload(): Promise<void> {
    const { store, document, kind, random } = this.#deps
    const loaded = await loadDocument(store, document, kind, random)
    const foreign = await entriesBetween(store, document, this.#seq, loaded.seq)
    if (this.#error !== null) return
    this.#doc.off('update', this.#collect)
    this.#doc.destroy()
    this.#doc = loaded.doc
    this.#doc.on('update', this.#collect)
    this.#seq = loaded.seq
    this.#serverId = loaded.doc.clientID
    const updates = foreign.map((entry) => entry.bytes).filter((bytes) => bytes.length > 0)
    if (updates.length > 0) this.#deps.committed(joinUpdates(updates), null)
  }

  async #runChange(job: WaitingChange): Promise<void> {
    this.#isBusy = true
    try {
      for (let attempt = 1; ; attempt++) {
        const result = await this.#attempt(job)
        if (result === null) break
        if (result.ok || result.why !== 'moved' || attempt === limits.appendAttemptsMax) {
          job.resolve(result)
          break
        }
      }
    } catch (error) {
      job.reject(error)
      this.#fail(error)
      return
    }
    // After those who waited for the change: they may read what it made.
    this.#deps.soon(() => this.#goOn())
  }

  /** Null when `write` threw: then nothing of it stays, and the change is already rejected. */
  async #attempt(job: WaitingChange): Promise<AppendResult | null> {
    this.#emitted = []
    let change: Change
    try {
      change = this.#doc.transact(() => job.write(this.#doc), 'change')
    } catch (error) {
      if (this.#takeEmitted() !== null) await this.#reload()
      job.reject(error)
      return null
    }
    const update = this.#takeEmitted()
    const result = await this.#deps.store.append(requestFor(change, update, this.#deps.document, this.#seq))
    if (this.#error !== null) throw this.#error.cause
    if (result.ok) {
      this.#seq += 1
      if (update !== null) this.#deps.committed(update, null)
      this.#snapshots.ifDue(this.#seq)
    } else if (update !== null || result.why === 'moved') {
      await this.#reload()
    }
    return result
  }

  snapshotAtEnd(): Promise<void> {
    return this.#snapshots.atEnd(this.#seq)
  }
}
