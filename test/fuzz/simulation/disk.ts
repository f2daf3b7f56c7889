/**
 * A store that takes its time, fails, and outlives the process that writes to it. Below it is the store in memory, which
 * commits at once and whole; here it is decided when, and whether whoever asked hears of it.
 */
import { StoreError } from '../../../server/store/errors.ts'
import { openMemoryStore, type MemoryStore } from '../../../server/store/memory.ts'
import type { AppendRequest, AppendResult, LoadedDocument, Store } from '../../../server/store/store.ts'
import type { Random } from '../random.ts'
import type { Clock } from './clock.ts'
import type { Trace } from './trace.ts'

/**
 * `full`: writes fail and keep nothing. `unsure`: they fail, and the first that failed may have been kept all the same, as when
 * the disk does not say whether a COMMIT reached it. `dead`: reads fail too. `stalled`: it answers, very late.
 */
export type Ailment = 'full' | 'unsure' | 'dead' | 'stalled'

interface Onlooker {
  readonly appending: (request: AppendRequest) => void
  readonly commit: (request: AppendRequest, result: AppendResult) => void
}

interface Job {
  readonly op: keyof Store
  readonly run: () => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

const writes: ReadonlySet<keyof Store> = new Set(['append', 'write', 'saveSnapshot'])

export class Disk {
  #memory: MemoryStore
  readonly #clock: Clock
  readonly #random: Random
  readonly #trace: Trace
  readonly #onlooker: Onlooker
  #copied: MemoryStore | null = null
  /** Asked for by the process that is there, and not answered. */
  #askedCount = 0
  #ailment: Ailment | null = null
  #untilMs = 0

  constructor(clock: Clock, random: Random, trace: Trace, onlooker: Onlooker) {
    this.#clock = clock
    this.#random = random
    this.#trace = trace
    this.#onlooker = onlooker
    this.#memory = openMemoryStore({ clock: () => clock.nowMs })
  }

  /** What is on it, for whoever looks on. */
  get memory(): MemoryStore {
    return this.#memory
  }

  get isAtWork(): boolean {
    return this.#askedCount > 0
  }

  /** As a backup does. */
  copy(): void {
    this.#copied = this.#memory.copy()
  }

  /** Gives it what was copied last. */
  restore(): void {
    if (this.#copied !== null) this.#memory = this.#copied.copy()
  }

  ail(ailment: Ailment, ms: number): void {
    this.#ailment = ailment
    this.#untilMs = this.#clock.nowMs + ms
  }

  heal(): void {
    this.#ailment = null
  }

  #now(): Ailment | null {
    if (this.#ailment !== null && this.#clock.nowMs >= this.#untilMs) this.#ailment = null
    return this.#ailment
  }

  /** As one process has it open. */
  open(process: { readonly isAlive: boolean }): Store {
    this.#askedCount = 0
    let waiting: Job[] = []
    let isRunning = false

    const begin = (): void => {
      if (isRunning || waiting.length === 0) return
      isRunning = true
      const ms = this.#now() === 'stalled' ? Math.max(0, this.#untilMs - this.#clock.nowMs) + this.#random(50) : 1 + this.#random(6)
      this.#clock.after(ms, () => void commit())
    }
    /** Everything that has come meanwhile, in one transaction; reads after it. */
    const commit = async (): Promise<void> => {
      if (!process.isAlive) return
      const group = waiting
      waiting = []
      const ailment = this.#now()
      const answers: (() => void)[] = []
      for (const job of group.filter(({ op }) => writes.has(op))) answers.push(await this.#perform(job, ailment === 'stalled' ? null : ailment))
      for (const job of group.filter(({ op }) => !writes.has(op))) answers.push(await this.#perform(job, ailment === 'dead' ? ailment : null))
      // It may end between the commit and the answer.
      this.#clock.after(this.#random(3), () => {
        if (!process.isAlive) return
        isRunning = false
        this.#askedCount -= answers.length
        for (const answer of answers) answer()
        begin()
      })
    }
    const queued = (op: keyof Store) => (...args: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const run = (): Promise<unknown> => (this.#memory[op] as (...args: readonly unknown[]) => Promise<unknown>)(...args)
        if (op === 'append') this.#onlooker.appending(args[0] as AppendRequest)
        this.#askedCount += 1
        waiting.push({ op, run: op === 'append' ? () => this.#append(args[0] as AppendRequest) : run, resolve, reject })
        begin()
      })
    const names = Object.keys(this.#memory).filter((name) => name !== 'reopen' && name !== 'damage' && name !== 'copy' && name !== 'close') as (keyof Store)[]
    return Object.assign(Object.fromEntries(names.map((name) => [name, queued(name)])) as unknown as Store, { close: async () => undefined })
  }

  async #append(request: AppendRequest): Promise<AppendResult> {
    const result = await this.#memory.append(request)
    this.#onlooker.commit(request, result)
    return result
  }

  /** Gives what tells whoever asked. */
  async #perform(job: Job, ailment: Ailment | null): Promise<() => void> {
    if (ailment !== null) {
      const isKept = ailment === 'unsure' && this.#random(2) === 0
      if (isKept) await job.run().catch(() => undefined)
      this.#trace.note(`the store fails: ${job.op} ${ailment}${isKept ? ', and has kept it' : ''}`)
      this.#trace.count(`store ${ailment}`)
      return () => job.reject(new StoreError('store-failed', `The simulated store is ${ailment}`))
    }
    try {
      const value = await job.run()
      if (job.op === 'load' && (value as LoadedDocument).snapshotSeq > 0) this.#trace.count('snapshot read')
      return () => job.resolve(value)
    } catch (error) {
      return () => job.reject(error as Error)
    }
  }
}
