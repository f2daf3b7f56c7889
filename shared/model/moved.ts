/** Which letters stand for which: runs of one id that were written again under another, each once and in their order. */
import type { IdRange } from './changes.ts'

interface Run {
  readonly from: number
  readonly to: number
  readonly client: number
  /** Of the letter that stands for the first. */
  readonly clock: number
}

export interface Moved {
  add(from: IdRange, to: { readonly client: number; readonly clock: number }): void
  /** What stands for these letters now, piece by piece; what did not move stands for itself. */
  now(range: IdRange): IdRange[]
}

export function openMoved(): Moved {
  const known = new Map<number, Run[]>()
  return {
    add({ client, clock, length }, to) {
      const runs = known.get(client) ?? []
      known.set(client, runs)
      const run = { from: clock, to: clock + length, client: to.client, clock: to.clock }
      const at = firstBehind(runs, clock)
      if (at === runs.length) runs.push(run)
      else runs.splice(at, 0, run)
    },
    now({ client, clock, length }) {
      const runs = known.get(client) ?? []
      const found: IdRange[] = []
      let next = clock
      for (let at = firstBehind(runs, clock); next < clock + length; at++) {
        const run = runs[at]
        const until = Math.min(clock + length, run?.from ?? Infinity)
        if (until > next) found.push({ client, clock: next, length: until - next })
        next = Math.max(next, until)
        if (run === undefined || next >= clock + length) break
        const end = Math.min(clock + length, run.to)
        found.push({ client: run.client, clock: run.clock + next - run.from, length: end - next })
        next = end
      }
      return found
    },
  }
}

/** The first run that ends behind a clock. */
function firstBehind(runs: readonly Run[], clock: number): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[middle]!.to > clock) high = middle
    else low = middle + 1
  }
  return low
}
