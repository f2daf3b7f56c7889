/** What somebody should look at first: a delegate what changed, a legal officer what is unreviewed, the chair where it stands. */
import type { Stands } from '../../shared/record/stands.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

export type Landing = 'changes' | 'unreviewed' | 'statuses'

export function landingOf(hat: Hat): Landing {
  if (hat.role === 'legal') return 'unreviewed'
  return hat.role === 'chair' || hat.role === 'facilitator' || hat.role === 'secretary' ? 'statuses' : 'changes'
}

/** Never reviewed, or reviewed on an earlier wording. */
export const isUnreviewed = ({ id, state }: PublishedCard, stands: Stands): boolean =>
  isOpen(state) && !state.editorial && stands.reviews.get(id)?.digest !== state.digest

export const unreviewed = (view: RoomView, stands: Stands): readonly PublishedCard[] =>
  view.published.filter((card) => isUnreviewed(card, stands))

export type UnitStatus = 'amended' | 'open' | 'agreed' | 'locked'

export function statusOf(view: RoomView, unit: string): UnitStatus {
  const state = view.unitStates.get(unit)
  if ((state?.agreed ?? null) !== null) return 'agreed'
  if (state?.locked === true) return 'locked'
  return view.published.some((card) => card.unit?.id === unit && isOpen(card.state)) ? 'amended' : 'open'
}

const counted: ReadonlySet<string> = new Set(['title', 'heading', 'pp', 'op', 'sub', 'para'])

/** Paragraphs by status, each in the order of the page. */
export function byStatus(view: RoomView): ReadonlyMap<UnitStatus, readonly string[]> {
  const groups = new Map<UnitStatus, string[]>([['amended', []], ['open', []], ['locked', []], ['agreed', []]])
  for (const unit of view.text.units) {
    if (counted.has(unit.kind)) groups.get(statusOf(view, unit.id))!.push(unit.id)
  }
  return groups
}
