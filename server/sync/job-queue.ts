/** What waits at the end of a log, in the order in which it may go on. */
import { changesLast, submissionsFirst } from './jobs.ts'
import type { Holding, Job, Submission, WaitingRead } from './jobs.ts'

export class JobQueue {
  #holding: Holding = 'open'
  #jobs: Job[] = []

  get holding(): Holding {
    return this.#holding
  }

  add(job: Job): void {
    this.#jobs.push(job)
  }

  addSubmission(submission: Submission): void {
    this.add({ kind: 'submission', submission, isHeld: this.#holding === 'held', hasLookedUp: false, hasRead: false, hasSettled: false })
  }

  /** It was taken and cannot go on yet. */
  putBack(job: Job): void {
    this.#jobs.unshift(job)
  }

  hold(holding: Holding): void {
    // What came while draining goes before the changes that were waiting for it.
    if (holding === 'held') this.#jobs = changesLast(this.#jobs)
    if (holding === 'open') for (const job of this.#jobs) if (job.kind === 'submission') job.isHeld = false
    this.#holding = holding
  }

  /** Null where nothing is there, or all of it has to wait. */
  next(): Job | null {
    return this.#jobs[this.#nextIndex()] ?? null
  }

  /** Takes what `next` gave. */
  take(): void {
    const index = this.#nextIndex()
    // The first, nearly always: behind it thousands may wait, which `splice` would move one place on.
    if (index === 0) this.#jobs.shift()
    else if (index > 0) this.#jobs.splice(index, 1)
  }

  /** The reads that come next, so many at most. Where more are left, what was submitted behind them has its turn first. */
  takeReads(countMax: number): WaitingRead[] {
    const reads: WaitingRead[] = []
    for (let next = this.#jobs[0]; next?.kind === 'read'; next = this.#jobs[0]) {
      if (reads.length === countMax) {
        this.#jobs = submissionsFirst(this.#jobs)
        break
      }
      reads.push(next)
      this.#jobs.shift()
    }
    return reads
  }

  takeAll(): Job[] {
    return this.#jobs.splice(0)
  }

  #nextIndex(): number {
    return this.#jobs.findIndex((job) => (job.kind === 'change' ? this.#holding !== 'draining' : job.kind === 'read' || !job.isHeld))
  }
}
