/** A document's state, saved beside its log by number of entries, by their bytes and by time, so that fast writing is not held up. */
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, Store } from '../store/store.ts'
import { boundsOf, type RoomBounds } from './room-bounds.ts'
import type { Turns } from './turns.ts'

export interface SnapshotsDeps {
  readonly store: Pick<Store, 'saveSnapshot'>
  readonly log: Logger
  readonly now: () => number
  readonly document: DocumentId
  /** Resolves with what `save` does with the document and its position, when the log holds all of it. */
  readonly read: <T>(save: (doc: Y.Doc, seq: number) => Promise<T>) => Promise<T>
  /** Everything up to there is in a snapshot. */
  readonly saved?: (seq: number) => Promise<void>
  /** Of all rooms: a hundred that were opened together are due together, and what is typed meanwhile would wait for all of them. */
  readonly saving: Turns
  readonly bounds?: Partial<RoomBounds> | undefined
}

export class Snapshots {
  readonly #deps: SnapshotsDeps
  readonly #bounds: RoomBounds
  #seq: number
  /** Of what was logged since, as far as this room was open. */
  #bytes = 0
  #atMs = -Infinity
  /** The last one, which may still be on its way. */
  #saving: Promise<void> = Promise.resolve()

  /** `seq`: of the last one, 0 for none. */
  constructor(deps: SnapshotsDeps, seq: number) {
    this.#deps = deps
    this.#bounds = boundsOf(deps.bounds)
    this.#seq = seq
  }

  /** `bytes`: of what has just been logged. Beside the work: the log holds everything already, a snapshot only makes opening quick. */
  ifDue(seq: number, bytes: number): void {
    this.#bytes += bytes
    if (this.#isDue(seq)) this.#saving = this.#deps.saving.take(() => this.#save())
  }

  /** Also before a room is closed, where it takes long to read what came since the last one. */
  async atEnd(seq: number): Promise<void> {
    await this.#saving
    if (seq - this.#seq >= this.#bounds.snapshotAtEndEntries || this.#bytes >= limits.snapshotEveryBytes) await this.#save()
  }

  /** True once; the next time when it is due again. */
  #isDue(seq: number): boolean {
    const entries = seq - this.#seq
    if (entries < this.#bounds.snapshotEveryEntries && this.#bytes < limits.snapshotEveryBytes) return false
    const atMs = this.#deps.now()
    // A clock that was set back is no reason to wait.
    if (entries < limits.snapshotEntriesMax && Math.abs(atMs - this.#atMs) < this.#bounds.snapshotEveryMs) return false
    this.#atMs = atMs
    this.#seq = seq
    this.#bytes = 0
    return true
  }

  async #save(): Promise<void> {
    const { store, document, log, read, saved } = this.#deps
    try {
      const upToSeq = await read(async (doc, seq) => {
        this.#seq = seq
        this.#bytes = 0
        await store.saveSnapshot(document, seq, Y.encodeStateAsUpdate(doc))
        return seq
      })
      await saved?.(upToSeq)
    } catch (error) {
      log.warn({ error, document }, 'a snapshot, or the history up to it, could not be saved')
    }
  }
}
