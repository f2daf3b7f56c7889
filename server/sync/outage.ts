/**
 * The time in which the store keeps nothing: a full disk, a failing one, a database that somebody else holds. An append that
 * fails begins it; a write that is kept ends it. Until then the rooms are read-only, and say so.
 */
import type { Logger } from 'pino'
import { limits } from '../../shared/wire/limits.ts'
import type { Store } from '../store/store.ts'
import type { After } from './timing.ts'

export interface OutageDeps {
  readonly store: Store
  readonly log: Logger
  readonly now: () => number
  readonly after: After
}

export class Outage {
  readonly #deps: OutageDeps
  #isOn = false
  #listeners: (() => void)[] = []
  #attempts = 0
  #endedMs = -Infinity
  #stopWaiting = (): void => undefined

  constructor(deps: OutageDeps) {
    this.#deps = deps
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** A write has failed. */
  begin(error: unknown): void {
    if (this.#isOn) return
    this.#isOn = true
    // What has only just come back and fails again is not asked more and more often.
    if (this.#deps.now() - this.#endedMs > limits.storeRetryMaxMs) this.#attempts = 0
    this.#deps.log.error({ error }, 'the store keeps nothing; the rooms are read-only until it does')
    this.#wait()
  }

  /** Calls it when this outage is over; now, where there is none. */
  whenOver(run: () => void): void {
    if (this.#isOn) this.#listeners.push(run)
    else run()
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

  /** By a write that has to reach the disk: an empty transaction would be kept by a full one too. */
  async #try(): Promise<void> {
    const { store, log, now } = this.#deps
    try {
      await store.write([{ put: 'setting', row: { key: probeSetting, value: String(now()) } }])
    } catch (error) {
      log.warn({ error }, 'the store still keeps nothing')
      if (this.#isOn) this.#wait()
      return
    }
    log.warn('the store keeps what it is given again')
    this.#end()
  }

  #end(): void {
    if (!this.#isOn) return
    this.#isOn = false
    this.#endedMs = this.#deps.now()
    for (const run of this.#listeners.splice(0)) run()
  }
}

const probeSetting = 'store-probe'
