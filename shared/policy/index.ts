/** The one question that everybody asks of the rules: may this be done, and if not, why not. */
import { sentenceOf } from '../wire/errors.ts'
import { policy } from './table.ts'
import type { Action, Facts, RefusalOf } from './types.ts'

export { transitions } from './transitions.ts'
export { delegationKinds, flagKinds, levels, positionKinds, roles, stages } from './types.ts'
export type {
  Action, AmendmentFacts, AmendmentStatus, CircleFacts, DelegationKind, Facts, FlagKind, Hat, Level, PositionKind, RefusalOf, Role, Stage, ThreadFacts, UnitFacts,
} from './types.ts'

export const actions = Object.keys(policy) as readonly Action[]

/**
 * Null when the action is permitted; else the code of the refusal that helps the person most (the order is told in
 * `table.ts`). Never throws. An amendment or unit that the action needs and the facts lack is refused as
 * `no-such-amendment` or `no-such-unit`, once the person's role has been found to permit the action.
 */
export const refusalOf: RefusalOf = (facts, action) => {
  const { who, when, what } = policy[action]
  const inTime = when.stages.includes(facts.stage)
  if (facts.stage === 'frozen' && !inTime) return 'frozen'
  return who(facts) ?? (inTime ? null : when.otherwise) ?? what(facts)
}

/** The sentence for a disabled button or a refused change, or null when the action is permitted. */
export const explain = (facts: Facts, action: Action): string | null => {
  const refusal = refusalOf(facts, action)
  return refusal && sentenceOf(refusal)
}
