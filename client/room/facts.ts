/** The facts on which the policy judges, as this screen knows them; the server judges again on its own. */
import { refusalOf } from '../../shared/policy/index.ts'
import type { Action, AmendmentFacts, Facts, Hat, UnitFacts } from '../../shared/policy/types.ts'
import { packageOfAmendment, packageOfUnit } from '../../shared/model/agreed.ts'
import { factsOfAmendment } from '../../shared/model/state.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import type { Stands } from '../../shared/record/stands.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { PrivateCard, PublishedCard, RoomView } from './view.ts'

export interface Standing {
  readonly hat: Hat
  readonly view: RoomView
  readonly stands: Stands
  /** Whether a chair or facilitator is seen to be here. */
  readonly chairPresent: boolean
}

export const unitFacts = (view: RoomView, unit: string): UnitFacts => {
  const state = view.unitStates.get(unit)
  return { locked: state?.locked ?? false, agreed: (state?.agreed ?? null) !== null }
}

const amendmentFacts = ({ stands }: Standing, id: string, state: AmendmentState): AmendmentFacts => factsOfAmendment(state, stands.reviews.get(id)?.verdict === 'flagged')

const inRoom = ({ hat, view, stands, chairPresent }: Standing): Facts => ({ hat, stage: view.draft.stage, chairPresent, positionsOpen: stands.opened })

/** Of all the units that it would change, taken together. */
function targetFacts(view: RoomView, { ends }: PublishedCard | PrivateCard): Pick<Facts, 'unit'> {
  const facts = ends.map((unit) => unitFacts(view, unit))
  return facts.length === 0 ? {} : { unit: { locked: facts.some((unit) => unit.locked), agreed: facts.some((unit) => unit.agreed) } }
}

export const factsOnRoom = (standing: Standing, delegation?: string): Facts =>
  delegation === undefined ? inRoom(standing) : { ...inRoom(standing), delegation }

export const factsOnUnit = (standing: Standing, unit: string): Facts =>
  ({ ...inRoom(standing), unit: unitFacts(standing.view, unit), packaged: packageOfUnit(standing.view.packages, unit) !== null })

export const factsOnPublished = (standing: Standing, card: PublishedCard): Facts => ({
  ...inRoom(standing),
  ...targetFacts(standing.view, card),
  amendment: amendmentFacts(standing, card.id, card.state),
  packaged: packageOfAmendment(standing.view.packages, card.id) !== null,
})

export const factsOnPrivate = (standing: Standing, card: PrivateCard): Facts => ({
  ...inRoom(standing),
  ...targetFacts(standing.view, card),
  ...(card.published === null ? {} : { amendment: amendmentFacts(standing, card.id, card.published.state) }),
})

export interface Verdict {
  readonly code: ErrorCode | null
  /** The sentence for the tooltip; null when permitted. */
  readonly why: string | null
}

export function judge(facts: Facts, action: Action): Verdict {
  const code = refusalOf(facts, action)
  return { code, why: code === null ? null : sentenceOf(code) }
}

/** Refusals that nothing on this card or paragraph will change: they belong to the capacity worn. */
const personal: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'only-chair', 'only-chairs-table', 'only-legal', 'only-head', 'only-drafters', 'only-states', 'not-permitted', 'not-yours', 'own-proposal',
])

export const isPersonal = (code: ErrorCode | null): boolean => code !== null && personal.has(code)
