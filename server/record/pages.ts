/**
 * The records of drafts as they were read, for all who ask for them: each page that opens reads its draft's whole record, and reading and
 * proving a thousand entries takes the store's thread as long as some fifty commits.
 */
import type { RecordRow, Store } from '../store/store.ts'
import { limits } from '../../shared/wire/limits.ts'

export interface RecordPages {
  /** As `Store.record`: all that was committed when it was asked for, and perhaps what came since. */
  after(draft: string, afterSeq: number, entriesMax: number): Promise<readonly RecordRow[]>
}

/** What a draft of which nothing is kept counts for. */
const draftCharacters = 100

/** An entry never changes, so that only what has come since has to be read. */
class Known {
  /** From the first, without gaps. */
  readonly rows: RecordRow[] = []
  /** Of them, as JSON. */
  characters = 0
  /** None of it is kept. */
  isTooLong = false
  /** Under way. */
  reading: Promise<void> | null = null
  /** Begins when that has ended, and so has all that was committed before. */
  next: Promise<void> | null = null
}

export function createRecordPages(store: Pick<Store, 'record'>, charactersKeptMax: number = limits.recordCharactersKeptMax): RecordPages {
  /** Whoever was asked for last is last. */
  const all = new Map<string, Known>()

  async function readOn(draft: string, known: Known): Promise<void> {
    for (;;) {
      const page = await store.record(draft, known.rows.length, limits.recordPageEntriesMax)
      known.rows.push(...page)
      for (const row of page) known.characters += JSON.stringify(row).length
      known.isTooLong = known.characters > charactersKeptMax
      if (known.isTooLong) known.rows.length = known.characters = 0
      if (known.isTooLong || page.length < limits.recordPageEntriesMax) return
    }
  }

  function begin(draft: string, known: Known): Promise<void> {
    const reading = readOn(draft, known).finally(() => { known.reading = null })
    known.reading = reading
    return reading
  }

  /** Many who ask at once are told by one reading, which began after each had asked. */
  function upToDate(draft: string, known: Known): Promise<void> {
    if (known.reading === null) return begin(draft, known)
    const again = (): Promise<void> => {
      known.next = null
      return begin(draft, known)
    }
    return (known.next ??= known.reading.then(again, again))
  }

  function knownOf(draft: string): Known {
    const known = all.get(draft) ?? new Known()
    all.delete(draft)
    all.set(draft, known)
    return known
  }

  function letGo(): void {
    let kept = 0
    for (const { characters } of all.values()) kept += draftCharacters + characters
    for (const [draft, { characters, reading }] of all) {
      if (kept <= charactersKeptMax) return
      if (reading !== null) continue
      kept -= draftCharacters + characters
      all.delete(draft)
    }
  }

  return {
    async after(draft, afterSeq, entriesMax) {
      const known = knownOf(draft)
      if (!known.isTooLong) await upToDate(draft, known)
      const rows = known.isTooLong ? await store.record(draft, afterSeq, entriesMax) : known.rows.slice(afterSeq, afterSeq + entriesMax)
      letGo()
      return rows
    },
  }
}
