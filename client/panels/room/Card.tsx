/** One published proposal: what it changes, who stands behind it, and what this person may do with it. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Review } from '../../../shared/record/stands.ts'
import type { Endorsement } from '../../../shared/model/state.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message, whenOf } from '../../messages/index.ts'
import { cardActions, consentActions } from '../../room/card-actions.ts'
import type { CardAction } from '../../room/card-actions.ts'
import { toggled } from '../../room/filter.ts'
import { rivalsOfCard } from '../../room/settling.ts'
import { proposerName, titleOf } from '../../room/circles.ts'
import { factsOnPublished } from '../../room/facts.ts'
import { packageWith } from '../../room/packages.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import type { PublishedCard, RoomView } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Changes } from './Changes.tsx'
import { NotYours } from './NotYours.tsx'
import { FlagForm } from './FlagForm.tsx'
import { marksOfAmendment } from '../../../shared/text/coverage.ts'
import type { Mark } from '../../../shared/text/coverage.ts'
import { Positions } from './Positions.tsx'
import { ThemeTags } from './ThemeTags.tsx'
import { Together } from './Together.tsx'
import { Wording } from './Wording.tsx'
import { Threads, unreadBeside } from './Threads.tsx'

export interface CardProps {
  readonly session: RoomSession
  readonly card: PublishedCard
  readonly open: boolean
  readonly onToggle: () => void
  readonly onRivals: (amendment: string) => void
}

/** "OP5", "after PP3", "OP5, to after OP2", "before the first paragraph". */
export function placeOf({ amendment, unit, second }: Pick<PublishedCard, 'amendment' | 'unit' | 'second'>): string {
  const name = unit === null ? null : unitName(unit)
  const { about } = amendment
  const other = second === null ? message('place-gone') : unitName(second)
  switch (about.kind) {
    case 'insert':
    case 'placeholder':
      return name === null ? message(about.target === '' ? 'place-first' : 'place-gone') : message(about.inside ? 'place-within' : 'place-after', { unit: name })
    case 'move':
      if (name === null) return message('place-gone')
      if (about.after === '' && about.parent === '') return message('place-to-first', { unit: name })
      return message(about.after === '' ? 'place-to-beneath' : 'place-to-after', { unit: name, place: other })
    case 'join':
      return name === null ? message('place-gone') : message('place-joined', { unit: name, place: other })
    case 'modify':
    case 'delete':
    case 'replace':
    case 'split':
    case 'bracket':
    case 'note':
      return name ?? message('place-gone')
  }
}

/** "change", "reserve", "change, on a proposed paragraph". */
export function whatOf({ amendment, outer, standing }: Pick<PublishedCard, 'amendment' | 'outer' | 'standing'>): string {
  const { about } = amendment
  const name = about.kind === 'bracket' ? about.verb : about.kind
  const kind = message(`about-${name}`)
  if (outer !== null) return `${kind}, ${message('about-on-proposal')}`
  return about.kind === 'modify' && standing[0]?.unit.number.startsWith('note ') === true ? message('about-on-note') : kind
}

export const unitName = (unit: { readonly number: string; readonly kind: string }): string => (unit.number === '' ? message(`kind-${unit.kind}`) : unit.number)

export function Card({ session, card, open, onToggle, onRivals }: CardProps): JSX.Element {
  const view = session.view.value
  const { state } = card
  const decided = !isOpen(state)
  const unread = unreadBeside(session, { kind: 'amendment', amendment: card.id })
  const review = session.stands.value.reviews.get(card.id) ?? null
  const marks = marksOfAmendment(session.themes.value, card.amendment)
  return (
    <article class={`card ${session.colours.value.get(state.proposer) ?? ''} ${open ? 'open' : ''} ${decided ? 'decided' : ''}`} data-card={card.id} aria-label={message('card-of', { delegation: view.nameOf(state.proposer), place: placeOf(card) })}>
      <header>
        <button type="button" class="card-head" aria-expanded={open} onClick={onToggle}>
          <span class="by">{proposerName(view, state)}</span>
          <span class="what">{whatOf(card)}</span>
          <span class="place">{placeOf(card)}</span>
        </button>
      </header>
      <Chips card={card} view={view} review={review} marks={marks} />
      {unread === 0 || open ? null : <p class="chip chip-new">{message('unread-count', { count: unread })}</p>}
      <Changes card={card} />
      <Backers card={card} view={view} />
      <Beside session={session} card={card} onRivals={onRivals} />
      <ReviewNote review={review} />
      <Positions session={session} about={{ kind: 'amendment', amendment: card.id, digest: state.digest }} facts={factsOnPublished(session.standing.value, card)} open={open} />
      {state.decision !== null && state.decision.note !== '' ? <p class="decision-note">{state.decision.note}</p> : null}
      {open ? <CardBody session={session} card={card} marks={marks} /> : null}
    </article>
  )
}

export function ReviewNote({ review }: { readonly review: Review | null }): JSX.Element | null {
  if (review === null || review.note === '') return null
  const by = review.verdict === 'flagged' ? `review-flag-${review.flag}` : 'review-by'
  return (
    <p class={`review-note ${review.verdict}`}>
      <span class="by">{message(by)}</span> {review.note}
    </p>
  )
}

function Chips({ card, view, review, marks }: { readonly card: PublishedCard; readonly view: RoomView; readonly review: Review | null; readonly marks: readonly Mark[] }): JSX.Element | null {
  const { state } = card
  const chips: [string, string][] = []
  if (state.status !== 'open') chips.push([`status-${state.status}`, message(`status-${state.status}`)])
  if (state.revision > 1) chips.push(['revision', message('revision', { number: state.revision })])
  if (state.asRecorded) chips.push(['recorded', message('as-recorded')])
  if (state.lateMs !== undefined) chips.push(['late', message('late-at', { when: whenOf(state.lateMs) })])
  if (state.needsState) chips.push(['needs-state', message('needs-state')])
  if (state.takenUpBy !== null) chips.push(['taken-up', message('taken-up', { delegation: view.nameOf(state.takenUpBy) })])
  const found = packageWith(view, card.id)
  if (found !== null) chips.push(['package', message('package-named', { name: found.name })])
  if (state.editorial) chips.push(['editorial', message('editorial')])
  if (review !== null) {
    const stale = review.digest !== state.digest
    chips.push([`review-${review.verdict}`, stale ? message(`review-${review.verdict}-earlier`) : message(`review-${review.verdict}`)])
    if (!review.released) chips.push(['confidential', message('flag-confidential')])
  }
  const recheck = isOpen(state) ? (card.recheck ?? state.recheck) : null
  if (recheck !== null) chips.push(['recheck', message(`recheck-${recheck}`)])
  if (isOpen(state) && card.waits) chips.push(['waits', message('waits-for-outer')])
  const themes = marks.filter(({ carries }) => carries).map(({ theme }) => theme)
  if (chips.length === 0 && themes.length === 0) return null
  return (
    <ul class="chips">
      {chips.map(([kind, words]) => (
        <li key={kind} class={`chip chip-${kind}`}>{words}</li>
      ))}
      {themes.map(({ number, name }) => <li key={`theme-${number}`} class="chip chip-theme">{name}</li>)}
    </ul>
  )
}

function Backers({ card, view }: { readonly card: PublishedCard; readonly view: RoomView }): JSX.Element | null {
  const { state } = card
  const names = (list: readonly Endorsement[]): string =>
    list.map((one) => (one.digest === state.digest ? titleOf(view, one.delegation) : message('on-earlier-wording', { delegation: titleOf(view, one.delegation) }))).join(', ')
  const lines = ([['sponsors', state.sponsors], ['asking', state.asking]] as const).filter(([, list]) => list.length > 0)
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

/** Its rivals, and whether it stands in the text on this screen. */
function Beside({ session, card, onRivals }: Pick<CardProps, 'session' | 'card' | 'onRivals'>): JSX.Element | null {
  const view = session.view.value
  const filter = session.filter.value
  if (!isOpen(card.state)) return null
  const rivals = rivalsOfCard(view.published, card)
  const hidden = filter.hidden.has(card.id)
  return (
    <div class="row beside-row">
      {rivals.length === 0 ? null : (
        <button type="button" class="link" onClick={() => onRivals(card.id)}>{message('rivals-with', { delegations: rivals.map((rival) => view.nameOf(rival.state.proposer)).join(', ') })}</button>
      )}
      <span class="grow" />
      <Button kind="quiet" pressed={hidden} label={message('hide-in-text-of', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })} onPress={() => { session.filter.value = toggled(filter, card.id) }}>{message(hidden ? 'show-in-text' : 'hide-in-text')}</Button>
    </div>
  )
}

function CardBody({ session, card, marks }: { readonly session: RoomSession; readonly card: PublishedCard; readonly marks: readonly Mark[] }): JSX.Element {
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
      <Wording view={session.view.value} card={card} />
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
          <Together session={session} card={card} />
        </div>
      ) : asking.asks === 'flag' ? (
        <FlagForm onSend={async (words, flag) => {
          const done = await session.act(asking.command(words, flag))
          if (done) setAsking(null)
          return done
        }} onCancel={() => setAsking(null)} />
      ) : (
        <div class="writing">
          <Field label={message(`note-${asking.id}`)} lines={2} value={note} onInput={setNote} charactersMax={limits.noteCharactersMax} autoFocus onSubmitKey={() => void run(asking)} />
          <div class="row">
            <Button kind="primary" onPress={() => run(asking)}>{message(`do-${asking.id}`)}</Button>
            <Button kind="quiet" onPress={() => setAsking(null)}>{message('cancel')}</Button>
          </div>
        </div>
      )}
      <NotYours actions={others} nameOf={(id) => message(`do-${id}`)} />
      <ThemeTags session={session} about={{ kind: 'amendment', amendment: card.id }} marks={marks} />
      <Threads session={session} about={{ kind: 'amendment', amendment: card.id }} />
    </div>
  )
}
