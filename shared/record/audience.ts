/** Entries of the record that are not for everybody: who may read one. The record keeps them whole, in its chain. */
import { refusalOf } from '../policy/index.ts'
import type { Hat } from '../policy/types.ts'

/** `delegations`: those who negotiate, and others while the chair has opened positions. `table`: the chair's table alone. */
export interface Audience {
  readonly to: 'delegations' | 'table'
  /** The delegation whose it is. It reads it in any case. */
  readonly of: string
}

/** Null is everybody. Reading is asked alike at every stage. */
export function mayRead(hat: Hat, audience: Audience | null, positionsOpen: boolean): boolean {
  if (audience === null) return true
  const facts = { hat, stage: 'negotiation' as const, delegation: audience.of, positionsOpen }
  return refusalOf(facts, audience.to === 'table' ? 'read-confidential' : 'read-positions') === null
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of a record entry's body, as `server/commands/execute.ts` writes it. What cannot be read is nobody's but its table's. */
export function audienceOf(body: unknown): Audience | null {
  const audience = isRecord(body) ? body['audience'] : undefined
  if (audience === undefined) return null
  const of = isRecord(audience) && typeof audience['of'] === 'string' ? audience['of'] : ''
  return { to: isRecord(audience) && audience['to'] === 'delegations' ? 'delegations' : 'table', of }
}
