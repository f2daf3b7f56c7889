/** Many latencies in little room: counted by tenths of a millisecond. */

const perMs = 10
const longestMs = 30_000

export interface Spread {
  readonly samples: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly mostMs: number
}

export class Latencies {
  readonly #counts = new Uint32Array(longestMs * perMs + 1)
  #samples = 0
  #mostMs = 0

  add(ms: number): void {
    this.#counts[Math.min(longestMs * perMs, Math.max(0, Math.round(ms * perMs)))]! += 1
    this.#samples += 1
    if (ms > this.#mostMs) this.#mostMs = ms
  }

  get samples(): number {
    return this.#samples
  }

  spread(): Spread {
    return { samples: this.#samples, medianMs: this.#at(0.5), p95Ms: this.#at(0.95), p99Ms: this.#at(0.99), mostMs: this.#mostMs }
  }

  #at(share: number): number {
    let left = Math.ceil(this.#samples * share)
    for (let index = 0; index < this.#counts.length; index++) {
      left -= this.#counts[index]!
        if (left <= 0) return index / perMs
    }
    return longestMs
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.max(0, Math.ceil(values.length * share) - 1)]!
