/** What has been typed here and is not yet acknowledged, where a reload or a crash of the page cannot take it. */
import type { Deed } from '../../shared/model/deeds.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

export interface KeptUpdate {
  readonly number: number
  /** A Yjs update. */
  readonly update: Uint8Array
  /** Lineage hints as JSON, or ''. */
  readonly hints: string
  /** What it did, for doing that again where the update itself is refused or stands on one that was. */
  readonly operations: readonly Deed[]
  /** Why the server did not take it. It is not sent again as it is. */
  readonly refused?: ErrorCode
  /** It was done again in place of one that was not taken: it is not tried a third time. */
  readonly again?: true
}

/** One per person, capacity, document and session. Methods reject when the device keeps nothing (private mode, full disk). */
export interface LocalStore {
  /** What earlier sessions that have ended, or end within `leavingMs`, left behind, in their order. It becomes this session's, numbered anew from 1. */
  adopt(leavingMs?: number): Promise<readonly KeptUpdate[]>
  /** Also in place of the one that has its number. */
  keep(update: KeptUpdate): Promise<void>
  forget(numbers: readonly number[]): Promise<void>
  /** These in place of those: both or neither. */
  replace(numbers: readonly number[], updates: readonly KeptUpdate[]): Promise<void>
  close(): Promise<void>
}

/** Where the browser has no database for this page. It says so at each update, so that nothing is ever said to be kept. */
export const noLocalStore = (): LocalStore => ({
  adopt: async () => [],
  keep: () => Promise.reject(new Error('this device keeps nothing')),
  forget: async () => undefined,
  replace: (_numbers, updates) => (updates.length === 0 ? Promise.resolve() : Promise.reject(new Error('this device keeps nothing'))),
  close: async () => undefined,
})

/** Keeps in memory, for tests. */
export function memoryLocalStore(left: readonly KeptUpdate[] = []): LocalStore & { readonly kept: ReadonlyMap<number, KeptUpdate> } {
  const kept = new Map<number, KeptUpdate>()
  return {
    kept,
    async adopt() {
      const adopted = left.map((one, index) => ({ ...one, number: index + 1 }))
      for (const one of adopted) kept.set(one.number, one)
      return adopted
    },
    async keep(update) {
      kept.set(update.number, update)
    },
    async forget(numbers) {
      for (const number of numbers) kept.delete(number)
    },
    async replace(numbers, updates) {
      for (const number of numbers) kept.delete(number)
      for (const update of updates) kept.set(update.number, update)
    },
    async close() {
      // Nothing to let go of.
    },
  }
}
