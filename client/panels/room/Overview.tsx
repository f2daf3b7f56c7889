/** Where to look first, above the page: what changed, what is unreviewed, or where each paragraph stands. */
import type { JSX } from 'preact'
import { recordLine } from '../../../shared/record/line.ts'
import { message, whenOf } from '../../messages/index.ts'
import { byStatus, landingOf, unreviewed } from '../../room/overview.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import type { RoomThread } from '../../room/threads.ts'
import { placeOf, unitName } from './Card.tsx'
import { MentionList, mentionsIn } from './Mentions.tsx'

export interface OverviewProps {
  readonly session: RoomSession
  /** Where this person's last visit ended; null on the first. */
  readonly visit: { readonly recordSeq: number; readonly atMs: number } | null
  readonly onUnit: (unit: string) => void
  readonly onAmendment: (amendment: string) => void
  readonly onThread: (room: RoomThread) => void
  readonly onQueue: () => void
  readonly onClose: () => void
}

export function Overview(props: OverviewProps): JSX.Element {
  const landing = landingOf(props.session.hat)
  const mentions = mentionsIn(props.session).filter((one) => one.unread)
  return (
    <section class="overview" aria-label={message('overview')}>
      <header>
        <h2>{message(`overview-${landing}`)}</h2>
        <Button kind="quiet" onPress={props.onClose}>{message('close')}</Button>
      </header>
      {mentions.length === 0 ? null : (
        <>
          <h3>{message('overview-mentions')}</h3>
          <MentionList session={props.session} mentions={mentions} onThread={props.onThread} />
        </>
      )}
      {landing === 'changes' ? <Changed {...props} /> : landing === 'unreviewed' ? <Unreviewed {...props} /> : <Statuses {...props} />}
    </section>
  )
}

const linesShownMax = 8
const linksShownMax = 12

/** Of no news to a delegate, or not for their eyes. */
const unseenKinds: ReadonlySet<string> = new Set(['join', 'invite', 'confidential'])

function Changed({ session, visit, onAmendment, onUnit }: OverviewProps): JSX.Element {
  const view = session.view.value
  const lines = session.record.value.filter((entry) => entry.seq > (visit?.recordSeq ?? 0)).map(recordLine).filter((line) => !unseenKinds.has(line.kind))
  const cards = new Map(view.published.map((card) => [card.id, card]))
  if (visit === null) return <p>{message('overview-first-visit', { open: view.published.filter((card) => card.state.status === 'open').length })}</p>
  if (lines.length === 0) return <p>{message('overview-nothing', { when: whenOf(visit.atMs) })}</p>
  return (
    <>
      <p class="hint">{message('overview-since', { when: whenOf(visit.atMs), count: lines.length })}</p>
      <ul>
        {lines.slice(-linesShownMax).reverse().map((line) => {
          const card = line.amendment === null ? undefined : cards.get(line.amendment)
          const unit = line.unit === null ? undefined : view.text.byId.get(line.unit)
          return (
            <li key={line.seq}>
              <span class="by">{line.delegation === null ? '' : view.nameOf(line.delegation)}</span> {message(`record-${line.kind}`)}{' '}
              {card !== undefined ? (
                <button type="button" class="link" onClick={() => onAmendment(card.id)}>{message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })}</button>
              ) : unit !== undefined ? (
                <button type="button" class="link" onClick={() => onUnit(unit.id)}>{unitName(unit)}</button>
              ) : null}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Unreviewed({ session, onAmendment, onQueue }: OverviewProps): JSX.Element {
  const view = session.view.value
  const stands = session.stands.value
  const cards = unreviewed(view, stands)
  if (cards.length === 0) return <p>{message('overview-all-reviewed')}</p>
  return (
    <>
      <p><Button kind="primary" onPress={onQueue}>{message('queue-open', { count: cards.length })}</Button></p>
      <ul class="links">
        {cards.slice(0, linksShownMax).map((card) => (
          <li key={card.id}>
            <button type="button" class="link" onClick={() => onAmendment(card.id)}>{message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })}</button>
            {stands.reviews.get(card.id) === undefined ? null : <span class="hint"> {message('review-earlier-wording')}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

function Statuses({ session, onUnit }: OverviewProps): JSX.Element {
  const view = session.view.value
  return (
    <dl class="statuses">
      {[...byStatus(view)].filter(([status, units]) => units.length > 0 || status === 'amended').map(([status, units]) => (
        <div key={status}>
          <dt><span class={`dot dot-${status}`} /> {message(`units-${status}`, { count: units.length })}</dt>
          <dd>
            {status === 'open' ? null : units.map((unit) => (
              <button key={unit} type="button" class="link" onClick={() => onUnit(unit)}>{unitName(view.text.byId.get(unit)!)}</button>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
