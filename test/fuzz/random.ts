/** A small generator of random numbers that a seed repeats (mulberry32). */
export interface Random {
  /** 0 up to, not with, `below`. */
  (below: number): number
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** One of these, each as likely as its weight. */
export function pick<T>(random: Random, weighted: readonly (readonly [T, number])[]): T {
  let left = random(weighted.reduce((sum, [, weight]) => sum + weight, 0))
  for (const [value, weight] of weighted) if ((left -= weight) < 0) return value
  throw new RangeError('nothing to pick from')
}
