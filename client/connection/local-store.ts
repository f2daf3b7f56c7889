/** What has been typed here and is not yet acknowledged, where a reload or a crash of the page cannot take it. */
import type { JsonValue } from '../../shared/wire/json.ts'

export interface KeptUpdate {
  readonly number: number
  /** A Yjs update. */
  readonly update: Uint8Array
  /** Lineage hints as JSON, or ''. */
  readonly hints: string
  /** The model operations that made it, for replaying when the update itself is refused. */
  readonly operations: readonly JsonValue[]
}

/** One per person, document and session. Methods reject when the device keeps nothing (private mode, full disk). */
export interface LocalStore {
  /** What earlier sessions that have ended left behind, in their order. It becomes this session's, numbered anew from 1. */
  adopt(): Promise<readonly KeptUpdate[]>
  keep(update: KeptUpdate): Promise<void>
  forget(numbers: readonly number[]): Promise<void>
  close(): Promise<void>
}

/** Where the browser has no database for this page. It says so at each update, so that nothing is ever said to be kept. */
export const noLocalStore = (): LocalStore => ({
  adopt: async () => [],
  keep: () => Promise.reject(new Error('this device keeps nothing')),
  forget: async () => undefined,
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
    async close() {
      // Nothing to let go of.
    },
  }
}
