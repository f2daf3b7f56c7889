/** What a connection waits for while it has no socket: one thing at a time. What an earlier one would still bring is of no use any more. */
import { waitMs, type After } from './backoff.ts'

export class Wait {
  readonly #after: After
  readonly #random: () => number
  #attempts = 0
  #number = 0
  #stop: () => void = () => undefined

  constructor(after: After, random: () => number) {
    this.#after = after
    this.#random = random
  }

  /** In place of what was waited for. Calls `over` after so long. Returns whether this is what is waited for still. */
  begin(ms: number, over: () => void): () => boolean {
    this.end()
    const number = this.#number
    this.#stop = this.#after(ms, over)
    return () => number === this.#number
  }

  /** Each time longer than the last. */
  longer(over: () => void): void {
    this.begin(waitMs(this.#attempts++, this.#random), over)
  }

  /** The next attempt is a first one again. */
  reset(): void {
    this.#attempts = 0
  }

  end(): void {
    this.#number += 1
    this.#stop()
  }
}
