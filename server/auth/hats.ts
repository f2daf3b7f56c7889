/** Hats as the database has them. */
import { z } from 'zod'
import type { Hat } from '../../shared/policy/types.ts'
import { kindSchema, levelSchema, roleSchema } from '../../shared/wire/commands.ts'
import type { JsonValue } from '../../shared/wire/json.ts'

const hatSchema = z.object({ role: roleSchema, delegation: z.string().min(1), kind: kindSchema, level: levelSchema, of: z.string().min(1).optional() })

/** Null for what is not a hat: nobody gets a right out of a damaged row. */
export function hatOf(stored: JsonValue): Hat | null {
  const read = hatSchema.safeParse(stored)
  return read.success ? read.data : null
}

export function sameHat(a: Hat, b: Hat): boolean {
  return a.role === b.role && a.delegation === b.delegation && a.kind === b.kind && a.level === b.level && a.of === b.of
}
