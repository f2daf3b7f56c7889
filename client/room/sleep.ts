/** Whether the machine has slept: its clock goes on meanwhile, and nothing that runs on it. A clock that is set looks the same. */
import { limits } from '../../shared/wire/limits.ts'
import { realAfter } from '../connection/backoff.ts'
import type { After } from '../connection/backoff.ts'

/** Calls `woken` after each jump of the clock, until the returned function is called. */
export function watchForSleep(now: () => number, woken: () => void, after: After = realAfter): () => void {
  let lastMs = now()
  let stop: () => void
  const look = (): void => {
    const nowMs = now()
    const isJump = Math.abs(nowMs - lastMs) > limits.wakeJumpMs
    lastMs = nowMs
    stop = after(limits.wakeLookMs, look)
    if (isJump) woken()
  }
  stop = after(limits.wakeLookMs, look)
  return () => stop()
}
