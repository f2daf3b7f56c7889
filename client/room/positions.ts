/** Who stands where on one amendment or paragraph, as a card and the matrix show it. Pure. */
import { positionKinds } from '../../shared/policy/types.ts'
import type { PositionKind } from '../../shared/policy/types.ts'
import { standsAt } from '../../shared/record/stands.ts'
import type { Given, Held, Stands } from '../../shared/record/stands.ts'

export interface Stand {
  readonly delegation: string
  readonly position: PositionKind
  readonly given: Given
  /** Given on an earlier wording than the one that stands. */
  readonly stale: boolean
  /** Said to the chair's table alone. */
  readonly confidential: boolean
}

export function standOf(held: Held | undefined, digest: string): Stand | null {
  const given = standsAt(held)
  if (given === null || given.position === null) return null
  return { delegation: given.delegation, position: given.position, given, stale: given.digest !== digest, confidential: given.to === 'table' }
}

/** From support to cannot accept; of one kind in the order in which they were given. */
export function standsOn(stands: Stands, about: string, digest: string): Stand[] {
  const found = [...(stands.positions.get(about)?.values() ?? [])].map((held) => standOf(held, digest)).filter((stand) => stand !== null)
  const place = ({ position }: Stand): number => positionKinds.indexOf(position)
  return found.sort((left, right) => place(left) - place(right) || left.given.seq - right.given.seq)
}

/** What was said to all, and nothing of what was said to the table: as it may be seen on a projector. */
export function publicStandsOn(stands: Stands, about: string, digest: string): Stand[] {
  const open = new Map([...(stands.positions.get(about) ?? [])].map(([delegation, held]) => [delegation, { ...held, table: null }] as const))
  return standsOn({ ...stands, positions: new Map([[about, open]]) }, about, digest)
}

/** Everything that was said, newest first. */
export const historyOn = (stands: Stands, about: string): Given[] =>
  [...(stands.positions.get(about)?.values() ?? [])].flatMap((held) => held.given).sort((left, right) => right.seq - left.seq)
