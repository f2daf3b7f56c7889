/** One published proposal: what it changes, who stands behind it, and what this person may do with it. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Endorsement } from '../../../shared/model/state.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { cardActions, consentActions } from '../../room/card-actions.ts'
import type { CardAction } from '../../room/card-actions.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import type { PublishedCard, RoomView } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Changes } from './Changes.tsx'
import { Threads, unreadBeside } from './Threads.tsx'

export interface CardProps {
  readonly session: RoomSession
  readonly card: PublishedCard
  readonly open: boolean
  readonly onToggle: () => void
}

/** "OP5", "after PP3", "before the first paragraph". */
export function placeOf(card: Pick<PublishedCard, 'amendment' | 'unit'>): string {
  const name = card.unit === null ? null : unitName(card.unit)
  if (card.amendment.about.kind === 'insert') return name === null ? message('place-first') : message('place-after', { unit: name })
  return name ?? message('place-gone')
}

export const unitName = (unit: { readonly number: string; readonly kind: string }): string => (unit.number === '' ? message(`kind-${unit.kind}`) : unit.number)

export function Card({ session, card, open, onToggle }: CardProps): JSX.Element {
  const view = session.view.value
  const { state } = card
  const decided = !isOpen(state)
  const unread = unreadBeside(session, { kind: 'amendment', amendment: card.id })
  return (
    <article class={`card ${session.colours.value.get(state.proposer) ?? ''} ${open ? 'open' : ''} ${decided ? 'decided' : ''}`} data-card={card.id} aria-label={message('card-of', { delegation: view.nameOf(state.proposer), place: placeOf(card) })}>
      <header>
        <button type="button" class="card-head" aria-expanded={open} onClick={onToggle}>
          <span class="by">{view.nameOf(state.proposer)}</span>
          <span class="what">{message(`about-${card.amendment.about.kind}`)}</span>
          <span class="place">{placeOf(card)}</span>
        </button>
      </header>
      <Chips card={card} view={view} />
      {unread === 0 || open ? null : <p class="chip chip-new">{message('unread-count', { count: unread })}</p>}
      <Changes card={card} />
      <Backers card={card} view={view} />
      {state.review !== null && state.review.note !== '' ? (
        <p class={`review-note ${state.review.verdict}`}>
          <span class="by">{message('review-by')}</span> {state.review.note}
        </p>
      ) : null}
      {state.decision !== null && state.decision.note !== '' ? <p class="decision-note">{state.decision.note}</p> : null}
      {open ? <CardBody session={session} card={card} /> : null}
    </article>
  )
}

function Chips({ card, view }: { readonly card: PublishedCard; readonly view: RoomView }): JSX.Element | null {
  const { state } = card
  const chips: [string, string][] = []
  if (state.status !== 'open') chips.push([`status-${state.status}`, message(`status-${state.status}`)])
  if (state.revision > 1) chips.push(['revision', message('revision', { number: state.revision })])
  if (state.asRecorded) chips.push(['recorded', message('as-recorded')])
  if (state.needsState) chips.push(['needs-state', message('needs-state')])
  if (state.takenUpBy !== null) chips.push(['taken-up', message('taken-up', { delegation: view.nameOf(state.takenUpBy) })])
  if (state.editorial) chips.push(['editorial', message('editorial')])
  if (state.review !== null) {
    const stale = state.review.digest !== state.digest
    chips.push([`review-${state.review.verdict}`, stale ? message(`review-${state.review.verdict}-earlier`) : message(`review-${state.review.verdict}`)])
  }
  if (state.recheck !== null) chips.push(['recheck', message(`recheck-${state.recheck}`)])
  if (chips.length === 0) return null
  return (
    <ul class="chips">
      {chips.map(([kind, words]) => (
        <li key={kind} class={`chip chip-${kind}`}>{words}</li>
      ))}
    </ul>
  )
}

function Backers({ card, view }: { readonly card: PublishedCard; readonly view: RoomView }): JSX.Element | null {
  const { state } = card
  const names = (list: readonly Endorsement[]): string =>
    list.map((one) => (one.digest === state.digest ? view.nameOf(one.delegation) : message('on-earlier-wording', { delegation: view.nameOf(one.delegation) }))).join(', ')
  const lines = ([['sponsors', state.sponsors], ['asking', state.asking], ['supporters', state.supporters]] as const).filter(([, list]) => list.length > 0)
  if (lines.length === 0) return null
  return (
    <dl class="backers">
      {lines.map(([kind, list]) => (
        <div key={kind}>
          <dt>{message(`card-${kind}`)}</dt>
          <dd>{names(list)}</dd>
        </div>
      ))}
    </dl>
  )
}

function CardBody({ session, card }: { readonly session: RoomSession; readonly card: PublishedCard }): JSX.Element {
  const [asking, setAsking] = useState<CardAction | null>(null)
  const [note, setNote] = useState('')
  const standing = session.standing.value
  const actions = cardActions(standing, card)
  const offered = actions.filter((action) => action.offered)
  const others = actions.filter((action) => !action.offered)
  const run = async (action: CardAction): Promise<void> => {
    if (!(await session.act(action.command(note.trim())))) return
    setAsking(null)
    setNote('')
  }
  return (
    <div class="card-body">
      {consentActions(standing, card).filter((one) => one.verdict.code === null).map((one) => (
        <div class="row asked" key={one.delegation}>
          <span>{message('asks-to-cosponsor', { delegation: session.view.value.nameOf(one.delegation) })}</span>
          <Button kind="primary" onPress={() => session.act(one.command(true))}>{message('consent-yes')}</Button>
          <Button onPress={() => session.act(one.command(false))}>{message('consent-no')}</Button>
        </div>
      ))}
      {asking === null ? (
        <div class="row">
          {offered.map((action) => (
            <Button key={action.id} kind={action.weight} why={action.verdict.why} onPress={() => (action.asks === 'nothing' ? run(action) : setAsking(action))}>
              {message(`do-${action.id}`)}
            </Button>
          ))}
        </div>
      ) : (
        <div class="writing">
          <Field label={message(`note-${asking.id}`)} lines={2} value={note} onInput={setNote} charactersMax={limits.noteCharactersMax} autoFocus onSubmitKey={() => void run(asking)} />
          <div class="row">
            <Button kind="primary" why={asking.asks === 'reason' && note.trim() === '' ? message('note-needed') : null} onPress={() => run(asking)}>{message(`do-${asking.id}`)}</Button>
            <Button kind="quiet" onPress={() => setAsking(null)}>{message('cancel')}</Button>
          </div>
        </div>
      )}
      {others.length === 0 ? null : (
        <details class="not-yours">
          <summary>{message('not-in-this-capacity')}</summary>
          <div class="row">
            {others.map((action) => (
              <Button key={action.id} why={action.verdict.why} onPress={() => undefined}>{message(`do-${action.id}`)}</Button>
            ))}
          </div>
        </details>
      )}
      <Threads session={session} about={{ kind: 'amendment', amendment: card.id }} />
    </div>
  )
}
