/** What is open, or one's own, and has lost its place: a list of its own, and the way to place it anew. */
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { canBePlacedAnew, hasLostPlace } from '../../../shared/text/place-anew.ts'
import type { EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import { stands } from '../../room/card-actions.ts'
import { proposerName } from '../../room/circles.ts'
import { factsOnPrivate, factsOnPublished, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import type { PrivateCard, PublishedCard, RoomView } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toasts.tsx'
import { placeOf, whatOf } from './Card.tsx'
import { Changes } from './Changes.tsx'

/** Of a proposal that is being revised one's own wording is shown, since that is what can be placed. */
function lostIn(view: RoomView): { readonly own: readonly PrivateCard[]; readonly published: readonly PublishedCard[] } {
  const own = view.private.filter(({ recheck }) => hasLostPlace(recheck))
  const revised = new Set(view.private.map(({ id }) => id))
  return { own, published: view.published.filter(({ id, state, recheck }) => isOpen(state) && hasLostPlace(recheck) && !revised.has(id)) }
}

export interface LostPlacesProps {
  readonly session: RoomSession
  /** This one, of one's own side document, is to be placed. */
  readonly onPlace: (amendment: string) => void
}

export function LostPlaces({ session, onPlace }: LostPlacesProps): JSX.Element | null {
  const { own, published } = lostIn(session.view.value)
  if (own.length + published.length === 0) return null
  return (
    <section class="lost-places" aria-labelledby="lost-places">
      <h2 id="lost-places">{message('lost-places', { count: own.length + published.length })}</h2>
      <p class="hint">{message('lost-places-hint')}</p>
      <ul>
        {own.map((card) => (
          <Lost key={`own-${card.id}`} card={card} by={null}>
            <Button why={judge({ ...factsOnPrivate(session.standing.value, card), ...session.sideFacts() }, 'write-side').why} onPress={() => onPlace(card.id)}>{message('place-anew')}</Button>
          </Lost>
        ))}
        {published.map((card) => (
          <Lost key={card.id} card={card} by={proposerName(session.view.value, card.state)}>
            {session.side === null || !stands(card.state, session.hat.delegation) ? null : (
              <Button
                why={judge(factsOnPublished(session.standing.value, card), 'revise').why}
                onPress={async () => {
                  if (await session.act({ command: 'revise', amendment: card.id, digest: card.state.digest })) onPlace(card.id)
                }}
              >
                {message('place-anew')}
              </Button>
            )}
          </Lost>
        ))}
      </ul>
    </section>
  )
}

function Lost({ card, by, children }: { readonly card: PublishedCard | PrivateCard; readonly by: string | null; readonly children: JSX.Element | null }): JSX.Element {
  return (
    <li>
      <p><b>{by ?? message('lost-own')}</b> {whatOf(card)}, {placeOf(card)}</p>
      <p class="chip chip-recheck">{message(`recheck-${card.recheck!}`)}</p>
      <Changes card={card} />
      {canBePlacedAnew(card.amendment.about, card.recheck) ? children : <p class="hint">{message('lost-not-to-place')}</p>}
    </li>
  )
}

export interface PlacingProps {
  readonly session: RoomSession
  readonly editor: EditorHandle | null
  readonly amendment: string
  readonly onClose: () => void
}

/** Stays in sight while its place is looked for in the text. */
export function Placing({ session, editor, amendment, onClose }: PlacingProps): JSX.Element {
  const place = (): void => {
    if (editor === null || editor.command('place-anew', { amendment }) !== null) return
    say(message(session.fresh().private.some(({ id }) => id === amendment) ? 'placed-anew' : 'placed-anew-instead'))
    onClose()
  }
  useEffect(() => {
    session.mode.value = 'rolling'
  }, [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.code !== 'KeyH' || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      place()
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  })
  // A copy that reads as published is no card of one's own yet.
  const card = [...session.view.value.private, ...session.view.value.published].find(({ id }) => id === amendment)
  return (
    <section class="placing" aria-label={message('placing')}>
      <p role="status">{message('placing-hint')}</p>
      {card === undefined ? null : <Changes card={card} />}
      <div class="row">
        <Button kind="primary" onPress={place}>{message('place-here')}</Button>
        <kbd>Alt-Shift-H</kbd>
        <Button onPress={onClose}>{message('place-not-now')}</Button>
      </div>
    </section>
  )
}
