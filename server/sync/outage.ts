/**
 * The time in which the store keeps nothing: a full disk, a failing one, a database that somebody else holds. An append that
 * fails begins it; a write that is kept ends it. Until then the rooms are read-only, and say so. Or the time in which it cannot
 * read one document (unread.ts).
 */
import type { Logger } from 'pino'
import { limits } from '../../shared/wire/limits.ts'
import { StoreError } from '../store/errors.ts'
import type { Store } from '../store/store.ts'
import type { After } from './timing.ts'

export interface OutageDeps {
  /** Rejects for as long as it is not over. */
  readonly isBack: () => Promise<void>
  /** It has been tried, and is not over. */
  readonly goesOn?: () => void
  readonly log: Logger
  readonly now: () => number
  readonly after: After
}

export class Outage {
  readonly #deps: OutageDeps
  #isOn = false
  readonly #listeners = new Set<() => void>()
  #attempts = 0
  #endedMs = -Infinity
  #stopWaiting = (): void => undefined

  constructor(deps: OutageDeps) {
    this.#deps = deps
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** A write has failed, or a read. */
  begin(error: unknown): void {
    if (this.#isOn) return
    this.#isOn = true
    // What has only just come back and fails again is not asked more and more often.
    if (this.#deps.now() - this.#endedMs > limits.storeRetryMaxMs) this.#attempts = 0
    this.#deps.log.error({ error }, 'the store has failed; what depends on it is read-only until it is back')
    this.#wait()
  }

  /** Calls it when this outage is over; now, where there is none. Returns what takes that back. */
  whenOver(run: () => void): () => void {
    if (!this.#isOn) {
      run()
      return nothing
    }
    // Also where the same is asked for twice.
    const listener = (): void => run()
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The server stops: nobody waits for the store any more. */
  stop(): void {
    this.#stopWaiting()
    this.#end()
  }

  #wait(): void {
    const ms = Math.min(limits.storeRetryMaxMs, limits.storeRetryMinMs * 2 ** Math.min(this.#attempts++, 20))
    this.#stopWaiting = this.#deps.after(ms, () => void this.#try())
  }

  async #try(): Promise<void> {
    const { isBack, goesOn, log } = this.#deps
    try {
      await isBack()
    } catch (error) {
      log.warn({ error }, 'the store is still not back')
      if (!this.#isOn) return
      goesOn?.()
      this.#wait()
      return
    }
    log.warn('the store is back')
    this.#end()
  }

  #end(): void {
    if (!this.#isOn) return
    this.#isOn = false
    this.#endedMs = this.#deps.now()
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    for (const run of listeners) run()
  }
}

/** Whether it keeps a write that has to reach the disk: an empty transaction would be kept by a full one too. */
export async function keeps(store: Pick<Store, 'write'>, nowMs: number): Promise<void> {
  try {
    await store.write([{ put: 'setting', row: { key: probeSetting, value: String(nowMs) } }])
  } catch (error) {
    // The page that this would be written on says nothing of the others, and would never let it end.
    if (!(error instanceof StoreError) || error.code !== 'log-damaged') throw error
  }
}

const nothing = (): void => undefined

const probeSetting = 'store-probe'
