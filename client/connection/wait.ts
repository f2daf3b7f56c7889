/** What a connection waits for while it has no socket: one thing at a time. What an earlier one would still bring is of no use any more. */
import type { After } from './backoff.ts'

export class Wait {
  readonly #after: After
  #number = 0
  #stop: () => void = () => undefined

  constructor(after: After) {
    this.#after = after
  }

  /** In place of what was waited for. Calls `over` after so long. Returns whether this is what is waited for still. */
  begin(ms: number, over: () => void): () => boolean {
    this.end()
    const number = this.#number
    this.#stop = this.#after(ms, over)
    return () => number === this.#number
  }

  end(): void {
    this.#number += 1
    this.#stop()
  }
}
