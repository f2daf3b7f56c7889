/** Who the authors of Word files are, as the chair's table has said in the record: remembered for the next file. Pure and total. */
import type { JsonValue } from '../wire/json.ts'

/** `text`: what they changed is in the text already. `out`: it is left out. */
export type AuthorRole = { readonly kind: 'delegation'; readonly delegation: string } | { readonly kind: 'text' } | { readonly kind: 'out' }

/** By the name that the file has. */
export type AuthorRoles = ReadonlyMap<string, AuthorRole>

export const sameRole = (left: AuthorRole | undefined, right: AuthorRole): boolean =>
  left?.kind === right.kind && (left.kind !== 'delegation' || right.kind !== 'delegation' || left.delegation === right.delegation)

type Row = { readonly kind: string; readonly body: JsonValue }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was said last of each; entries of other kinds, and those that the reader may not read, say nothing. */
export function foldAuthorRoles(rows: readonly Row[]): AuthorRoles {
  const roles = new Map<string, AuthorRole>()
  for (const { kind, body } of rows) {
    const said = kind === 'name-authors' && isRecord(body) && isRecord(body['body']) ? body['body']['authors'] : null
    for (const one of Array.isArray(said) ? said : []) {
      const role = isRecord(one) ? roleOf(one['role']) : null
      if (role !== null && isRecord(one) && typeof one['name'] === 'string') roles.set(one['name'], role)
    }
  }
  return roles
}

function roleOf(value: unknown): AuthorRole | null {
  if (!isRecord(value)) return null
  if (value['kind'] === 'text' || value['kind'] === 'out') return { kind: value['kind'] }
  return value['kind'] === 'delegation' && typeof value['delegation'] === 'string' ? { kind: 'delegation', delegation: value['delegation'] } : null
}
