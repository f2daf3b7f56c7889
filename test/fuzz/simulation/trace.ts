/** All that happened, in order, as one digest; and the last of it as lines, for whoever looks into a failure. */
import { createHash } from 'node:crypto'

const linesMax = 400

export class Trace {
  readonly #hash = createHash('sha256')
  readonly #last: string[] = []
  readonly #nowMs: () => number
  readonly #beganMs: number
  readonly counts = new Map<string, number>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
    this.#beganMs = nowMs()
  }

  /** `bytes` are digested and not shown. */
  note(line: string, bytes?: Uint8Array, isShown = true): void {
    const full = `${this.#nowMs() - this.#beganMs} ${line}${bytes === undefined ? '' : ` (${bytes.length})`}`
    this.#hash.update(`${full}\n`)
    if (bytes !== undefined) this.#hash.update(bytes)
    if (!isShown) return
    this.#last.push(full)
    if (this.#last.length > 2 * linesMax) this.#last.splice(0, linesMax)
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  last(count: number): string {
    return this.#last.slice(-Math.min(count, linesMax)).join('\n')
  }

  /** Ends it. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
