/** Asks the policy, once for each action and unit in an update. */
import type * as Y from 'yjs'
import { refusalOf } from '../../../shared/policy/index.ts'
import type { Action } from '../../../shared/policy/index.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { rootMap } from './context.ts'
import type { Context, OpenPlace } from './context.ts'

type WordAction = Extract<Action, 'write-base' | 'shape-base' | 'write-side' | 'write-notes'>

/** Throws the policy's refusal. `units`: in whose words it happens; asked about only where some unit is closed. */
export function permit(context: Context, action: WordAction, units: readonly string[] = []): void {
  const { facts } = context
  // What a unit's standing permits, the room's permits too.
  if (facts.kind === 'side' || !facts.anyClosedUnit || units.length === 0) return ask(context, action, null)
  for (const unit of units) for (const id of blockOf(context.doc, unit)) ask(context, action, id)
}

/** A side document holds what is prepared, and apart from it what is only noted. */
export function permitInSide(context: Context, place: OpenPlace): void {
  permit(context, isNoted(place) ? 'write-notes' : 'write-side')
}

const isNoted = (place: OpenPlace): boolean =>
  place.name === 'notes' || (place.up !== null && place.up.name !== 'closed' && isNoted(place.up))

function ask(context: Context, action: WordAction, unit: string | null): void {
  const key = unit === null ? action : `${action} ${unit}`
  if (context.permitted.has(key)) return
  const { actor, facts } = context
  const refusal = refusalOf(
    {
      hat: actor.hat,
      stage: facts.stage,
      ...(facts.kind === 'side' ? { delegation: facts.delegation, circle: facts.circle } : {}),
      ...(unit === null ? {} : { unit: facts.unitFacts(unit) }),
    },
    action,
  )
  if (refusal !== null) throw new Refusal(refusal)
  context.permitted.add(key)
}

/** A unit and those it is joined to: what is closed is the block on the page, and its words may be another unit's. */
export function blockOf(doc: Y.Doc, unit: string): readonly string[] {
  const units = rootMap(doc, 'units')
  const block = [unit]
  for (let id: string | null = unit; id !== null; ) {
    const joined = joinedOf(units, id)
    if (joined === null || block.includes(joined)) break
    block.push(joined)
    id = joined
  }
  return block
}

function joinedOf(units: Y.Map<unknown> | null, unit: string): string | null {
  const map = units?.get(unit) as Y.Map<unknown> | undefined
  const joined = typeof map?.get === 'function' ? map.get('joined') : null
  return typeof joined === 'string' && joined !== '' ? joined : null
}
