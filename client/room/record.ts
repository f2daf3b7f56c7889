/** The draft's record as one page has read it, and whether it goes on from what this device has seen of it. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { toldOf } from '../../shared/record/chain.ts'
import type { SignedHead } from '../../shared/record/heads.ts'
import type { RecordEntry } from '../../shared/wire/answers.ts'
import type { Api } from '../api.ts'
import type { Departed, HeadWatch } from './heads.ts'

export interface RecordReading {
  readonly entries: ReadonlySignal<readonly RecordEntry[]>
  /** Where it does not go on from what was seen; null where it does, or the person has taken note. */
  readonly departed: ReadonlySignal<Departed | null>
  /** Reads on to the record's end. */
  refresh(): Promise<void>
  /** From the beginning: other entries may be read now. */
  anew(): Promise<void>
  /** The person has been told, and goes on with the record as it is now. */
  accept(): void
}

export function openRecord(api: Pick<Api, 'record'>, draft: string, hatId: string, heads: HeadWatch): RecordReading {
  const entries = signal<readonly RecordEntry[]>([])
  const departed = signal<Departed | null>(null)

  /** Page by page. Its signed head, or null where it could not be asked. */
  const readOn = async (): Promise<SignedHead | null> => {
    for (;;) {
      const answer = await api.record(draft, hatId, entries.value.at(-1)?.seq ?? 0)
      if (!answer.ok) return null
      const { entries: page, head } = answer.result
      const newer = page.filter((entry) => entry.seq > (entries.value.at(-1)?.seq ?? 0))
      entries.value = [...entries.value, ...newer]
      // Where another reading has come first there is nothing newer: that one reads on.
      if (head === null || newer.length === 0 || newer.at(-1)!.seq >= head.seq) return head
    }
  }
  const refresh = async (): Promise<void> => {
    const kept = heads.seen()
    const head = await readOn()
    if (head === null) return
    const found = await heads.look(kept, entries.value.filter(({ seq }) => seq >= (kept?.seq ?? 0)).map(toldOf), head)
    if (found === null || found.now.digest === departed.value?.now.digest) return
    // Meanwhile another head was taken note of: nothing is said by the one before it.
    if (heads.seen()?.digest !== kept?.digest) return refresh()
    departed.value = found
    // What is shown is another record's.
    entries.value = []
    await readOn()
  }
  return {
    entries,
    departed,
    refresh,
    anew: () => {
      entries.value = []
      return refresh()
    },
    accept: () => {
      if (departed.value !== null) heads.accept(departed.value.now)
      departed.value = null
    },
  }
}
