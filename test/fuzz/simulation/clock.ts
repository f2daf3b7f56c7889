/** Time that passes only when it is told to: what is due is run in order, each when everything before it has come to rest. */
import { setImmediate as rest } from 'node:timers/promises'

interface Due {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
  isOff: boolean
}

export class Clock {
  /** Milliseconds since 1970. */
  nowMs = 1_700_000_000_000
  /** By time, and of one time by the order in which it was asked for. */
  readonly #due: Due[] = []
  #order = 0

  /** Returns what calls it off. */
  after(ms: number, run: () => void): () => void {
    const due: Due = { atMs: this.nowMs + Math.max(0, Math.ceil(ms)), order: this.#order++, run, isOff: false }
    let [from, to] = [0, this.#due.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#due[middle]!.atMs <= due.atMs) from = middle + 1
      else to = middle
    }
    this.#due.splice(from, 0, due)
    return () => { due.isOff = true }
  }

  /** Resolves after so much time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** Lets time pass, until it is true if that is earlier. */
  async pass(ms: number, isOver: () => boolean = () => false): Promise<void> {
    const untilMs = this.nowMs + ms
    await rest()
    while (!isOver()) {
      const next = this.#due[0]
      if (next === undefined || next.atMs > untilMs) {
        this.nowMs = untilMs
        return
      }
      this.#due.shift()
      if (next.isOff) continue
      this.nowMs = next.atMs
      next.run()
      // Promises that hang on it have all run before the next turn of the event loop.
      await rest()
    }
  }
}
