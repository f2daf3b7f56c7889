/**
 * A device's store, with what it did not keep handed to the page's next session of the same document: only leaving the page loses it.
 * The page knows the order of all that it had; what the device kept of that comes back in its place, and once.
 */
import type { KeptUpdate, LocalStore } from './local-store.ts'

interface Outstanding {
  readonly updates: Map<number, KeptUpdate>
  /** Of those, what the device has not kept, or not yet. */
  readonly unkept: Set<number>
}

/** Of one document, for as long as the page lives. */
export interface PageMemory {
  /** As the last session had it. */
  last: Outstanding
}

const nothing = (): Outstanding => ({ updates: new Map(), unkept: new Set() })

export const pageMemory = (): PageMemory => ({ last: nothing() })

export function pageStore(device: LocalStore, memory: PageMemory): LocalStore {
  const own = nothing()
  /** Rows of the device that are there, under other numbers, for some of these updates. */
  let stale: readonly number[] = []
  const standFor = new Set<number>()

  const trying = async (updates: readonly KeptUpdate[], act: () => Promise<void>): Promise<void> => {
    for (const update of updates) {
      own.updates.set(update.number, update)
      own.unkept.add(update.number)
    }
    await act()
    for (const { number } of updates) own.unkept.delete(number)
  }
  const gone = (numbers: readonly number[]): void => {
    for (const number of numbers) {
      own.updates.delete(number)
      own.unkept.delete(number)
      standFor.delete(number)
    }
  }
  /** With those that stand for nothing more, which are let go of once: their numbers are given out again. */
  const without = async (numbers: readonly number[], act: (rows: readonly number[]) => Promise<void>): Promise<void> => {
    const over = standFor.size === 0 ? stale : []
    if (over.length > 0) stale = []
    try {
      await act([...numbers, ...over])
    } catch (error) {
      if (over.length > 0) stale = over
      throw error
    }
  }

  return {
    async adopt(leavingMs) {
      const before = memory.last
      const kept = await device.adopt(leavingMs).catch(() => [])
      const all = before.unkept.size === 0 ? kept : inOrder(kept, before)
      if (all === kept) for (const one of kept) own.updates.set(one.number, one)
      else {
        const numbers = kept.map(({ number }) => number)
        // Where it fails the device has what it had, which a page that comes after this one finds.
        await trying(all, () => device.replace(numbers, all)).catch(() => {
          stale = numbers
          for (const { number } of all) standFor.add(number)
        })
      }
      memory.last = own
      return all
    },
    keep: (update) => trying([update], () => device.keep(update)),
    forget(numbers) {
      gone(numbers)
      return without(numbers, (rows) => device.forget(rows))
    },
    replace(numbers, updates) {
      gone(numbers)
      return without(numbers, (rows) => trying(updates, () => device.replace(rows, updates)))
    },
    close: () => device.close(),
  }
}

/** What other sessions left, and then what this page had, under numbers that the device has nothing under. */
function inOrder(kept: readonly KeptUpdate[], { updates, unkept }: Outstanding): readonly KeptUpdate[] {
  const onDevice = new Set(kept.map(bytesOf))
  // What was kept and is not there any more another page has taken over.
  const own = [...updates.values()].filter((one) => unkept.has(one.number) || onDevice.has(bytesOf(one))).sort((one, other) => one.number - other.number)
  const known = new Set(own.map(bytesOf))
  const others = kept.filter((one) => !known.has(bytesOf(one)))
  return [...others, ...own].map((one, index) => ({ ...one, number: kept.length + index + 1 }))
}

const latin1 = new TextDecoder('latin1')

const bytesOf = ({ update }: KeptUpdate): string => latin1.decode(update)
