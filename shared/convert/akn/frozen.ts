/** A frozen or kept version as Akoma Ntoso: its text, its sponsors, and in `workflow` by whom it was submitted and when. */
import type { ResolutionValue } from '../../model/value.ts'
import { valueSchema } from '../../wire/value.ts'
import { withMasthead } from '../../text/sponsors.ts'
import { z } from 'zod'
import type { AknFacts } from './meta.ts'
import { writeAkn } from './write.ts'

const versionSchema = z.object({
  draft: z.string(),
  version: z.number(),
  symbol: z.string(),
  time: z.iso.datetime(),
  resolution: valueSchema,
  /** With how they sign, where it was frozen. */
  sponsors: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).default([]),
})

/** null for bytes that are no version. */
export function versionAkn(bytes: Uint8Array): string | null {
  const read = versionSchema.safeParse(parsed(bytes))
  if (!read.success) return null
  const { draft, version, symbol, time, resolution, sponsors } = read.data
  const date = time.slice(0, 10)
  const value: ResolutionValue = { ...resolution, units: withMasthead(resolution.units, sponsors, false, []) }
  const organizations = sponsors.map((name, index) => ({ id: `sponsor_${index + 1}`, name }))
  const facts: AknFacts = {
    ...(symbol === '' ? {} : { symbol }), date, draft, version: `v${version}`, organizations,
    steps: [{ outcome: 'draftResolution', date, ...(symbol === '' ? {} : { as: symbol }), by: sponsors.join(', ') }],
  }
  return writeAkn(value, facts)
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
