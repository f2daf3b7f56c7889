/** Proposals on the same words side by side: the text that stands, and what the paragraph would read under each. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { message } from '../../messages/index.ts'
import { cardActions } from '../../room/card-actions.ts'
import { wholeChangesOf } from '../../room/changes.ts'
import { rivalsOfCard } from '../../room/settling.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { placeOf } from './Card.tsx'
import { Parts } from './Changes.tsx'

export function Rivals({ session, amendment, onClose }: { readonly session: RoomSession; readonly amendment: string; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const standing = session.standing.value
  const card = view.published.find((one) => one.id === amendment)
  // Those of the opening: what is decided on meanwhile leaves, and the rest stays comparable.
  const [group] = useState(() => (card === undefined ? [] : [card.id, ...rivalsOfCard(view.published, card).map((rival) => rival.id)]))
  const rivals = view.published.filter((one) => group.includes(one.id) && isOpen(one.state))
  if (card === undefined || card.unit === null || rivals.length === 0) {
    return (
      <Dialog title={message('rivals')} onClose={onClose}>
        <p>{message('rivals-none')}</p>
      </Dialog>
    )
  }
  return (
    <Dialog title={message('rivals-on', { place: placeOf(card) })} onClose={onClose} wide>
      <div class="rivals">
        <article class="rival base">
          <h3>{message('rivals-base')}</h3>
          <p class="changes">{card.unit.words}</p>
        </article>
        {rivals.map((rival) => <Rival key={rival.id} session={session} card={rival} actions={cardActions(standing, rival).filter((action) => action.offered && action.asks === 'nothing')} />)}
      </div>
    </Dialog>
  )
}

function Rival({ session, card, actions }: { readonly session: RoomSession; readonly card: PublishedCard; readonly actions: ReturnType<typeof cardActions> }): JSX.Element {
  const view = session.view.value
  const sponsors = card.state.sponsors.map((one) => view.nameOf(one.delegation)).filter((name) => name !== view.nameOf(card.state.proposer))
  return (
    <article class={`rival ${session.colours.value.get(card.state.proposer) ?? ''}`}>
      <h3>{[view.nameOf(card.state.proposer), ...sponsors].join(', ')}</h3>
      <p class="changes"><Parts parts={wholeChangesOf(card)} /></p>
      <div class="row">
        {actions.map((action) => (
          <Button key={action.id} kind={action.weight} why={action.verdict.why} label={message('action-of', { action: message(`do-${action.id}`), delegation: view.nameOf(card.state.proposer) })} onPress={() => session.act(action.command(''))}>
            {message(`do-${action.id}`)}
          </Button>
        ))}
      </div>
    </article>
  )
}
