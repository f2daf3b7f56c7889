/**
 * Whether the disk gives a database's files whole: of a page that it did not give the database says what it says of one that was changed.
 * Looking takes the longer the larger the files are, and everybody's commits wait meanwhile, so it takes a share of the time.
 */
import { limits } from '../../shared/wire/limits.ts'
import type { Database } from './database.ts'

export interface LookThrough {
  /** How often it found them whole. */
  readonly wholeCount: number
  /**
   * Reads them from end to end. Returns whether it did: not where looking has had its share of the time. Throws `store-unreadable` where the
   * disk does not give all of them, or did not the last time and it was not looked again.
   */
  look(): boolean
}

/** `nowMs`: a clock that is never set. */
export function prepareLookThrough(database: Pick<Database, 'assertReadable'>, nowMs: () => number = () => performance.now()): LookThrough {
  let wholeCount = 0
  let last: unknown = null
  let leftMs: number = limits.storeLookBurstMs
  let atMs = nowMs()

  function looked(): void {
    try {
      database.assertReadable()
      wholeCount += 1
      last = null
    } catch (error) {
      last = error
    }
  }

  return {
    get wholeCount() {
      return wholeCount
    },
    look() {
      const fromMs = nowMs()
      leftMs = Math.min(limits.storeLookBurstMs, leftMs + (fromMs - atMs) * limits.storeLookShare)
      atMs = fromMs
      const isTime = leftMs > 0
      if (isTime) looked()
      leftMs -= nowMs() - fromMs
      if (last !== null) throw last
      return isTime
    },
  }
}
