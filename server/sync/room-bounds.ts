/** Those bounds of a room that whoever makes it may set otherwise: a server by its configuration, a simulation to reach them. */
import { limits } from '../../shared/wire/limits.ts'

export interface RoomBounds {
  /** Of one person. */
  readonly updatesPerSecondMax: number
  readonly updatesBurstMax: number
  readonly sendBufferBytesMax: number
  readonly snapshotEveryEntries: number
  readonly snapshotEveryMs: number
  readonly snapshotAtEndEntries: number
}

/** What is not given is as in shared/wire/limits.ts. */
export function boundsOf(given: Partial<RoomBounds> = {}): RoomBounds {
  const { updatesPerSecondMax, updatesBurstMax, sendBufferBytesMax, snapshotEveryEntries, snapshotEveryMs, snapshotAtEndEntries } = limits
  return { updatesPerSecondMax, updatesBurstMax, sendBufferBytesMax, snapshotEveryEntries, snapshotEveryMs, snapshotAtEndEntries, ...given }
}
