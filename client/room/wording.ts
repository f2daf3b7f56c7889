/** The official wording of what the panels show. */
import { amendmentList } from '../../shared/text/amendment-list.ts'
import type { ListedAmendment, ListForm } from '../../shared/text/amendment-list.ts'
import { wordingIn } from '../../shared/text/wording.ts'
import type { WordingForm } from '../../shared/text/wording.ts'
import type { PrivateCard, PublishedCard, RoomView } from './view.ts'

/** Of one card; what has been incorporated keeps the wording it had against the text before. */
export function wordingOfCard(view: RoomView, card: PublishedCard | PrivateCard, form: WordingForm): string {
  const kept = 'state' in card && card.state.status === 'incorporated' ? card.state.decision?.wording : undefined
  return kept ?? wordingIn({ ...view.grounds, standing: () => card.standing })(card.amendment, form)
}

/** Whether the paragraph could be said as it would read: where its words are changed and have not been yet. */
export const canRead = (card: PublishedCard | PrivateCard): boolean =>
  card.amendment.about.kind === 'modify' && card.unit !== null && !('state' in card && card.state.status === 'incorporated')

export function listOf(view: RoomView, form: ListForm): ListedAmendment[] {
  return amendmentList({ ...view.grounds, title: view.draft.title, delegations: view.delegations, amendments: view.published }, form)
}
