/** How long to wait before the next attempt: longer each time, and not the same for everybody. */
import { limits } from '../../shared/wire/limits.ts'

export function waitMs(attempts: number, random: () => number): number {
  const most = Math.min(limits.reconnectMaxMs, limits.reconnectMinMs * 2 ** Math.min(attempts, 20))
  return Math.round(most / 2 + (most / 2) * random())
}

/** Timers as a value, so that a test can drive them. Returns what calls it off. */
export type After = (ms: number, run: () => void) => () => void

export const realAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
