/** Timers as a value, so that a test can drive them. Returns what calls it off. */
export type After = (ms: number, run: () => void) => () => void

/** Does not keep the process alive. */
export const realAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
