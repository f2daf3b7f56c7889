/** When a document's state is to be saved beside its log: by number of entries, and by time, so that fast writing is not held up. */
import { limits } from '../../shared/wire/limits.ts'

export class SnapshotPace {
  readonly #now: () => number
  #seq: number
  #atMs = -Infinity

  /** `seq`: of the last one, 0 for none. */
  constructor(seq: number, now: () => number) {
    this.#seq = seq
    this.#now = now
  }

  /** True once; the next time when it is due again. */
  isDue(seq: number): boolean {
    const entries = seq - this.#seq
    if (entries < limits.snapshotEveryEntries) return false
    const atMs = this.#now()
    // A clock that was set back is no reason to wait.
    if (entries < limits.snapshotEntriesMax && Math.abs(atMs - this.#atMs) < limits.snapshotEveryMs) return false
    this.#atMs = atMs
    this.#seq = seq
    return true
  }

  isDueAtEnd(seq: number): boolean {
    return seq - this.#seq >= limits.snapshotAtEndEntries
  }

  /** One is being saved as of this entry. */
  saving(seq: number): void {
    this.#seq = seq
  }
}
