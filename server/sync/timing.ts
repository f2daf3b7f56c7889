/** What the rooms have from outside themselves: alarms, the end of a turn, and chance. A simulation drives all of it. */
import { randomBytes } from 'node:crypto'

/** Timers as a value, so that a test can drive them. Returns what calls it off. */
export type After = (ms: number, run: () => void) => () => void

export interface Outside {
  readonly after: After
  /** When this turn of the event loop is over. */
  readonly soon: (run: () => void) => void
  /** From 0 up to, not with, 1: for ids that need only be new. */
  readonly random: () => number
  /** For what nobody may guess. */
  readonly secretBytes: (count: number) => Uint8Array
}

export const realOutside: Outside = {
  /** Does not keep the process alive. */
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
  soon: (run) => void setImmediate(run),
  random: () => Math.random(),
  secretBytes: randomBytes,
}
