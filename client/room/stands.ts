/** Positions and reviews as the server shows them to this capacity, asked for again when the record has gone on. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { foldStands, noStands } from '../../shared/record/stands.ts'
import type { Stands } from '../../shared/record/stands.ts'
import type { Api } from '../api.ts'

export interface StandsReader {
  readonly value: ReadonlySignal<Stands>
  refresh(): Promise<void>
}

export function openStands(api: Pick<Api, 'positions'>, draft: string, hatId: string): StandsReader {
  const value = signal<Stands>(noStands)
  const refresh = async (): Promise<void> => {
    const answer = await api.positions(draft, hatId, value.value.seq)
    if (!answer.ok) return
    const { seq, opened, entries } = answer.result
    if (opened === value.value.opened || value.value.seq === 0) {
      value.value = foldStands(entries.filter((entry) => entry.seq > value.value.seq), value.value, seq)
      return
    }
    // Opened or closed: what was hidden is to be read too, and what was open to be forgotten.
    const whole = await api.positions(draft, hatId, 0)
    if (whole.ok) value.value = foldStands(whole.result.entries, noStands, whole.result.seq)
  }
  return { value, refresh }
}
