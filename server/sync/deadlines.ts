/**
 * What is to be done at a time that a draft has set: an alarm a draft. The alarm only asks; whether the time has come is
 * asked of the draft itself, by the server's clock. A draft that nobody has open is watched all the same.
 */
import type { Logger } from 'pino'
import { limits } from '../../shared/wire/limits.ts'
import type { After } from './timing.ts'

export interface DeadlinesDeps {
  readonly log: Logger
  readonly now: () => number
  readonly after: After
  /** Does what is due in a draft. Resolves with when to ask again; null when there is nothing to wait for. */
  readonly due: (draft: string) => Promise<number | null>
}

export class Deadlines {
  readonly #deps: DeadlinesDeps
  readonly #alarms = new Map<string, () => void>()
  #isStopped = false

  constructor(deps: DeadlinesDeps) {
    this.#deps = deps
  }

  /** Null where it has set none. */
  watch(draft: string, atMs: number | null): void {
    this.#alarms.get(draft)?.()
    this.#alarms.delete(draft)
    if (atMs === null || this.#isStopped) return
    const waitMs = Math.min(Math.max(0, atMs - this.#deps.now()), limits.alarmMsMax)
    this.#alarms.set(draft, this.#deps.after(waitMs, () => this.ask(draft)))
  }

  /** Now, whatever the alarm says. */
  ask(draft: string): void {
    if (this.#isStopped) return
    this.#deps.due(draft).then(
      (nextMs) => this.watch(draft, nextMs),
      (error: unknown) => {
        this.#deps.log.warn({ error, draft }, 'what is due could not be done; it is tried again')
        this.watch(draft, this.#deps.now() + limits.storeRetryMaxMs)
      },
    )
  }

  stop(): void {
    this.#isStopped = true
    for (const callOff of this.#alarms.values()) callOff()
    this.#alarms.clear()
  }
}
