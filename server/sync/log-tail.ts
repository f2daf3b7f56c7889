/**
 * The end of a document's log: what has been submitted, in order; what of it is applied and not yet committed; and what
 * has to wait for the commit. The document runs ahead of the log, and nothing leaves here that the log does not hold.
 *
 * At most one append is under way. What is admitted meanwhile gathers and goes in the next one, together. Changes and
 * reads wait until everything submitted before them is committed, and hold back what comes after them, so neither can
 * be kept waiting for ever by people who go on typing; nor can these by reads, of which so many have their turn at once.
 */
import * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { AppendResult, Store } from '../store/store.ts'
import { applyTogether, type Apply } from './apply-together.ts'
import { JobQueue } from './job-queue.ts'
import { bytesOf, earliestRead, entriesOf, mistakeIn, requestFor, tell } from './jobs.ts'
import type { Admitted, Holding, Submission, Submitter, WaitingChange, WaitingRead, WaitingSubmission } from './jobs.ts'
import { joinUpdates } from './join-updates.ts'
import { judge, type JudgeDeps } from './judge.ts'
import type { Library } from './library.ts'
import { lineageOf, sourcesNamed } from './lineage.ts'
import { entriesBetween, loadDocument, newServerId, type DocumentKind, type Loaded } from './loading.ts'
import type { Change } from './room.ts'
import { Snapshots, type SnapshotsDeps } from './snapshots.ts'
import type { Turns } from './turns.ts'

export interface TailDeps<Facts> extends JudgeDeps<Facts> {
  readonly store: Store
  readonly now: () => number
  readonly kind: DocumentKind
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
  /** Of all rooms: one snapshot is saved after the other. */
  readonly saving: Turns
  readonly bounds?: SnapshotsDeps['bounds']
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
  readonly #queue = new JobQueue()
  #admitted: Admitted[] = []
  #isAppending = false
  #isPumpSoon = false
  /** A transaction of what was submitted is under way. */
  #isAdmitting = false
  /** What the document has failed over, while that transaction is ended. */
  #failure: { readonly cause: unknown } | null = null
  /** So many asynchronous steps have the document to themselves: one, but where an append fails while a submission waits for something. */
  #busy = 0
  #attempts = 0
  #error: { readonly cause: unknown } | null = null

  constructor(deps: TailDeps<Facts>, loaded: Loaded) {
    this.#deps = deps
    this.#doc = loaded.doc
    this.#seq = loaded.seq
    this.#snapshots = new Snapshots({ ...deps, read: async (save) => await this.read((doc) => save(doc, this.#seq)) }, loaded.snapshotSeq)
    this.#serverId = loaded.doc.clientID
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  get seq(): number {
    return this.#seq
  }

  get holding(): Holding {
    return this.#queue.holding
  }

  submit(submission: Submission): void {
    if (this.#error !== null) return
    this.#queue.addSubmission(submission)
    this.#pumpSoon()
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
      this.#queue.add({ kind: 'read', run, reject })
      this.#pump()
    })
  }

  change(write: (doc: Y.Doc) => Change): Promise<AppendResult> {
    if (this.#error !== null) return Promise.reject(this.#error.cause)
    return new Promise((resolve, reject) => {
      this.#queue.add({ kind: 'change', write, resolve, reject })
      this.#pump()
    })
  }

  hold(holding: Holding): void {
    this.#queue.hold(holding)
    this.#pump()
  }

  /** Ends it without a word; whoever waits is rejected with `error`. */
  end(error: unknown): void {
    if (this.#error !== null) return
    this.#error = { cause: error }
    this.#admitted = []
    for (const job of this.#queue.takeAll()) if (job.kind !== 'submission') job.reject(error)
  }

  #fail(error: unknown): void {
    if (this.#error !== null) return
    this.end(error)
    this.#deps.failed(error)
  }

  /** At the end of this turn, so that what arrives together is checked, applied and appended together. */
  #pumpSoon(): void {
    if (this.#isPumpSoon) return
    this.#isPumpSoon = true
    this.#deps.soon(() => {
      this.#isPumpSoon = false
      this.#pump()
    })
  }

  #pump(): void {
    // Whoever is refused may leave, and that may ask for this.
    if (this.#isAdmitting) return
    while (this.#error === null && this.#busy === 0) {
      const job = this.#queue.next()
      if (job === null) break
      if (job.kind === 'submission') {
        this.#admitWaiting()
        continue
      }
      if (this.#isAppending || this.#admitted.length > 0) break
      this.#queue.take()
      if (job.kind === 'change') void this.#runChange(job)
      else this.#runReads(job)
    }
    if (!this.#isAppending && this.#busy === 0 && this.#error === null && this.#admitted.length > 0) void this.#flush()
  }

  /** Whoever waits for a read goes on before anything else is applied. */
  #runReads(first: WaitingRead): void {
    this.#busy += 1
    first.run()
    for (const next of this.#queue.takeReads(limits.readsAtOnce - 1)) next.run()
    this.#deps.soon(() => this.#goOn())
  }

  /** A step that had it is over. */
  #goOn(): void {
    this.#busy -= 1
    this.#pump()
  }

  /**
   * Everything that waits up to the next change or read, in one transaction. What names the letters that it was copied from has one
   * of its own: where they stand is asked of a document at rest.
   */
  #admitWaiting(): void {
    const first = this.#queue.next()
    const isAlone = first?.kind === 'submission' && first.submission.hints !== ''
    const before = this.#admitted.length
    this.#isAdmitting = true
    try {
      applyTogether(this.#doc, (apply) => {
        for (;;) {
          const job = this.#queue.next()
          if (job?.kind !== 'submission' || (job !== first && (isAlone || job.submission.hints !== ''))) return
          this.#queue.take()
          this.#admit(job, apply)
          if (this.#busy > 0 || this.#failure !== null) return
        }
      })
    } catch (error) {
      // Whose it was cannot be told. Refused first: sent again, it would bring down the next room as well.
      for (const { from, number } of this.#admitted.slice(before)) from.refuse(number, 'malformed')
      this.#failure ??= { cause: error }
    }
    this.#isAdmitting = false
    this.#guardServerId()
    if (this.#failure !== null) return this.#fail(this.#failure.cause)
    if (isAlone) this.#nameSources(before)
  }

  #admit(job: WaitingSubmission, apply: Apply): void {
    const { submission } = job
    const { from, number } = submission
    if (from.isExpelled) return
    if (from.refusal !== null) return from.refuse(number, from.refusal)
    if (!job.hasRead && submission.hints !== '') {
      job.hasRead = true
      const sources = this.#deps.library.missing(sourcesNamed(submission.hints))
      if (sources.length > 0) return this.#admitAfter(job, this.#deps.library.load(sources))
    }
    const code = this.#judge(submission, apply)
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
    this.#busy += 1
    awaited.then(
      () => {
        this.#queue.putBack(job)
        this.#goOn()
      },
      (error: unknown) => this.#fail(error),
    )
  }

  /** Null when it was admitted, or when the document has failed over it. */
  #judge(submission: Submission, apply: Apply): ErrorCode | null {
    const judged = judge(this.#deps, this.#doc, submission, apply)
    if ('code' in judged) return judged.code
    if ('error' in judged) this.#failure = { cause: judged.error }
    else this.#admitted.push(judged.admitted)
    return null
  }

  /** Of what was admitted last, from there on. */
  #nameSources(from: number): void {
    this.#admitted = this.#admitted.map((one, index) =>
      index < from || one.changed === null ? one : { ...one, lineage: lineageOf(this.#doc, one.changed, one.hints, this.#deps.library.wordsOf) },
    )
  }

  /** Yjs takes a new id by itself when it meets its own elsewhere; that one could be anybody's. */
  #guardServerId(): void {
    if (this.#doc.clientID === this.#serverId) return
    this.#serverId = this.#doc.clientID = newServerId(this.#doc, this.#deps.random)
  }

  async #flush(): Promise<void> {
    const batch = this.#admitted
    this.#admitted = []
    const entries = entriesOf(batch)
    this.#isAppending = true
    try {
      if (entries.length > 0) {
        const result = await this.#deps.store.append({ document: this.#deps.document, expectedSeq: this.#seq, ...earliestRead(batch), entries })
        if (this.#error !== null) return
        if (!result.ok) return await this.#again(batch)
        this.#seq += entries.length
      }
      this.#isAppending = false
      this.#attempts = 0
      tell(batch, this.#deps.committed)
      this.#snapshots.ifDue(this.#seq, bytesOf(batch))
      // Not `goOn`: a submission may be waiting for a lease or a source, and what comes behind it waits for that.
      this.#pump()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The log had moved: everything that is not committed is checked again, on what stands now. */
  async #again(batch: readonly Admitted[]): Promise<void> {
    this.#busy += 1
    if (++this.#attempts > limits.appendAttemptsMax) throw new Error(`The log of ${this.#deps.document} moves faster than it can be written`)
    await this.#reload()
    await this.#deps.steady?.()
    if (this.#error !== null) return
    const again = [...batch, ...this.#admitted]
    this.#admitted = []
    this.#isAppending = false
    for (const submission of again) if (this.#failure === null) this.#admitAgain(submission)
    this.#busy -= 1
    if (this.#failure !== null) throw this.#failure.cause
    // At once: the position that was read may have moved by the next turn.
    if (this.#admitted.length > 0 && this.#error === null) await this.#flush()
    else this.#pump()
  }

  #admitAgain(submission: Submission): void {
    const { from, number } = submission
    if (from.isExpelled) return
    const before = this.#admitted.length
    applyTogether(this.#doc, (apply) => {
      const code = from.refusal ?? this.#judge(submission, apply)
      if (code !== null) from.refuse(number, code)
    })
    this.#guardServerId()
    this.#nameSources(before)
  }

  /** From the log, without what was applied here and not committed; tells what others have committed. */
  async #reload(): Promise<void> {
    const { store, document, kind, random } = this.#deps
    const loaded = await loadDocument(store, document, kind, random)
    const foreign = await entriesBetween(store, document, this.#seq, loaded.seq)
    if (this.#error !== null) return
    this.#doc.destroy()
    this.#doc = loaded.doc
    this.#seq = loaded.seq
    this.#serverId = loaded.doc.clientID
    const updates = foreign.map((entry) => entry.bytes).filter((bytes) => bytes.length > 0)
    if (updates.length > 0) this.#deps.committed(joinUpdates(updates), null)
  }

  async #runChange(job: WaitingChange): Promise<void> {
    this.#busy += 1
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

  /** Null when `write` threw, or wrote what cannot be kept: then nothing of it stays, and the change is already rejected. */
  async #attempt(job: WaitingChange): Promise<AppendResult | null> {
    const emitted: Uint8Array[] = []
    const collect = (update: Uint8Array): void => void emitted.push(update)
    const doc = this.#doc
    doc.on('update', collect)
    let change: Change
    try {
      change = doc.transact(() => job.write(doc), 'change')
    } catch (error) {
      if (emitted.length > 0) await this.#reload()
      job.reject(error)
      return null
    } finally {
      doc.off('update', collect)
    }
    const update = emitted.length === 0 ? null : Y.mergeUpdates(emitted)
    const result = await this.#deps.store.append(requestFor(change, update, this.#deps.document, this.#seq)).catch(mistakeIn)
    if (this.#error !== null) throw this.#error.cause
    if (result instanceof RangeError) {
      if (update !== null) await this.#reload()
      job.reject(result)
      return null
    }
    if (result.ok) {
      this.#seq += 1
      if (update !== null) this.#deps.committed(update, null)
      this.#snapshots.ifDue(this.#seq, update?.length ?? 0)
    } else if (update !== null || result.why === 'moved') {
      await this.#reload()
    }
    return result
  }

  snapshotAtEnd(): Promise<void> {
    return this.#snapshots.atEnd(this.#seq)
  }
}
