/** A frozen or kept version as Akoma Ntoso: its text, its sponsors, and in `workflow` by whom it was submitted and when. */
import type { ResolutionValue } from '../../model/value.ts'
import { writeAkn } from './write.ts'

export interface AknVersion {
  /** With the lines of its sponsors. */
  readonly value: ResolutionValue
  /** Their official names. */
  readonly sponsors: readonly string[]
  readonly draft: string
  readonly number: number
  /** Empty where it has none. */
  readonly symbol: string
  readonly atMs: number
}

export function versionAkn({ value, sponsors, draft, number, symbol, atMs }: AknVersion): string {
  const date = new Date(atMs).toISOString().slice(0, 10)
  const known = symbol === '' ? {} : { symbol }
  return writeAkn(value, {
    ...known,
    date,
    draft,
    version: `v${number}`,
    organizations: sponsors.map((name, index) => ({ id: `sponsor_${index + 1}`, name })),
    steps: [{ outcome: 'draftResolution', date, as: symbol, by: sponsors.join(', ') }],
  })
}
