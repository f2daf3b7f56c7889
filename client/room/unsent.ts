/** Words that the server did not take, kept on this device until their writer copies or discards them. */
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { UnsentWords } from './link.ts'

export interface UnsentShelf {
  readonly all: Signal<readonly UnsentWords[]>
  /** False while the device has refused to keep what is on it: it is lost with the page. */
  readonly isKept: Signal<boolean>
  add(words: readonly Omit<UnsentWords, 'id'>[]): void
  discard(id: string): void
}

type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const isUnsent = (value: unknown): value is UnsentWords =>
  typeof value === 'object' && value !== null && 'id' in value && 'words' in value && 'sentence' in value && typeof value.words === 'string'

const asKnown = ({ words, sentence, struck, place }: Omit<UnsentWords, 'id'>): string => JSON.stringify([words, sentence, struck ?? false, place ?? null])

function readKept(keep: Keep, key: string): UnsentWords[] {
  try {
    const kept: unknown = JSON.parse(keep.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isUnsent) : []
  } catch {
    return []
  }
}

/** One shelf for a person and draft. A device that keeps nothing still shows them until the page is left. */
export function openShelf(keep: Keep, person: string, draft: string): UnsentShelf {
  const key = `omnibus-unsent:${person}:${draft}`
  const all = signal<readonly UnsentWords[]>(readKept(keep, key))
  const isKept = signal(true)
  const change = (next: readonly UnsentWords[]): void => {
    all.value = next
    try {
      if (next.length === 0) keep.removeItem(key)
      else keep.setItem(key, JSON.stringify(next))
      isKept.value = true
    } catch {
      isKept.value = false
    }
  }
  return {
    all,
    isKept,
    add: (words) => {
      const begin = all.value.reduce((most, one) => Math.max(most, Number(one.id) || 0), 0)
      // A page that was lost between putting them here and forgetting them elsewhere puts them here again.
      const known = new Set(all.value.map(asKnown))
      const worth = words.filter((one) => one.words.trim() !== '' && !known.has(asKnown(one)))
      change([...all.value, ...worth.map((one, index) => ({ ...one, id: String(begin + index + 1) }))])
    },
    discard: (id) => change(all.value.filter((one) => one.id !== id)),
  }
}
