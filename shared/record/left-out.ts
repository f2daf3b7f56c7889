/** Which paragraphs of sources were left out of the draft, and why, as the record says. Pure and total. */
import type { JsonValue } from '../wire/json.ts'

/** "source paragraph" -> the reason. */
export type LeftOut = ReadonlyMap<string, string>

export const nothingLeftOut: LeftOut = new Map()

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Entries of other kinds change nothing; an empty reason takes back the one before. */
export function foldLeftOut(rows: readonly { readonly kind: string; readonly body: JsonValue }[], onto: LeftOut = nothingLeftOut): LeftOut {
  const said = rows.filter(({ kind }) => kind === 'leave-out-source')
  if (said.length === 0) return onto
  const now = new Map(onto)
  for (const { body } of said) {
    const one: unknown = isRecord(body) ? body['body'] : null
    if (!isRecord(one) || typeof one['source'] !== 'number' || typeof one['paragraph'] !== 'number' || typeof one['reason'] !== 'string') continue
    const key = `${one['source']} ${one['paragraph']}`
    if (one['reason'] === '') now.delete(key)
    else now.set(key, one['reason'])
  }
  return now
}
