/** The legal officer's queue: one proposal at a time with all of its paragraph, and one key to clear it and go on. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { FlagKind } from '../../../shared/policy/types.ts'
import { message } from '../../messages/index.ts'
import { byParagraph, reviewItems, reviewOf } from '../../room/review-queue.ts'
import type { ReviewItem } from '../../room/review-queue.ts'
import { whyNot } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check } from '../../ui/field.tsx'
import { placeOf, ReviewNote, unitName } from './Card.tsx'
import { Changes } from './Changes.tsx'
import { FlagForm } from './FlagForm.tsx'

export interface ReviewQueueProps {
  readonly session: RoomSession
  readonly onAmendment: (amendment: string) => void
  readonly onClose: () => void
}

const keys = ['c', 'f', 'n', 'p', 'g', '?'] as const
type Key = (typeof keys)[number]

const nameOfKey = (key: Key): string => `queue-key-${key === '?' ? 'help' : key}`

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]') !== null

/** One card on one wording. */
const wordingOf = ({ id, state }: PublishedCard): string => `${id} ${state.digest}`

export function ReviewQueue({ session, onAmendment, onClose }: ReviewQueueProps): JSX.Element {
  const at = useSignal<string | null>(null)
  const touched = useSignal<ReadonlySet<string>>(new Set())
  const sent = useSignal<ReadonlySet<string>>(new Set())
  const all = useSignal(false)
  const flagging = useSignal(false)
  const help = useSignal(false)
  const refused = useSignal<string | null>(null)
  // What is on its way counts as done: the officer goes on at once, and a refusal brings it back.
  const items: readonly ReviewItem[] = reviewItems(session.view.value, session.stands.value)
    .map((item) => ({ ...item, waiting: item.waiting.filter((card) => !sent.value.has(wordingOf(card))) }))
  const shown = items.filter((item) => all.value || item.waiting.length > 0 || touched.value.has(item.edit))
  const current = shown.find((item) => item.edit === at.value) ?? shown.find((item) => item.waiting.length > 0) ?? shown[0] ?? null
  const waiting = shown.filter((item) => item.waiting.length > 0).length

  const go = (edit: string): void => {
    at.value = edit
    flagging.value = false
  }
  const step = (by: 1 | -1): void => {
    const next = current === null ? undefined : shown[shown.indexOf(current) + by]
    if (next !== undefined) go(next.edit)
  }
  const onwards = (from: ReviewItem): void => {
    const index = shown.indexOf(from)
    const next = [...shown.slice(index + 1), ...shown.slice(0, index)].find((item) => item.waiting.length > 0)
    go(next?.edit ?? from.edit)
  }
  const review = (item: ReviewItem, verdict: 'cleared' | 'flagged', note: string, flag?: FlagKind): void => {
    const command = reviewOf(item, verdict, note, flag)
    const wordings = item.waiting.map(wordingOf)
    sent.value = new Set([...sent.value, ...wordings])
    touched.value = new Set([...touched.value, item.edit])
    refused.value = null
    onwards(item)
    void session.decide(command).then((answer) => {
      if (answer.ok) return
      sent.value = new Set([...sent.value].filter((wording) => !wordings.includes(wording)))
      refused.value = message('queue-refused', { place: placeOf(item.cards[0]!), why: answer.sentence })
    })
  }
  const why = whyNot(session, 'review')
  const mayReview = (): boolean => {
    if (why !== null) refused.value = why
    return why === null && current !== null
  }
  const act: Readonly<Record<Key, () => void>> = {
    c: () => { if (mayReview()) review(current!, 'cleared', '') },
    f: () => { if (mayReview()) flagging.value = true },
    n: () => step(1),
    p: () => step(-1),
    g: () => { if (current !== null) onAmendment(current.cards[0]!.id) },
    '?': () => { help.value = !help.value },
  }
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return
      const key = keys.find((known) => known === event.key)
      if (key === undefined || (flagging.value && key !== '?')) return
      event.preventDefault()
      latest.current[key]()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <Dialog title={message('queue')} full="queue" onClose={onClose}>
      <div class="queue-bar">
        <p role="status">{message('queue-waiting', { count: waiting })}</p>
        <Check label={message('queue-all')} checked={all.value} onChange={(on) => { all.value = on }} />
        <ul class="keys" aria-label={message('queue-keys')}>
          {keys.map((key) => <li key={key}><kbd>{key}</kbd> {message(nameOfKey(key))}</li>)}
        </ul>
      </div>
      {help.value ? <p class="queue-help">{message('queue-help')}</p> : null}
      {refused.value === null ? null : <p class="fault" role="alert">{refused.value}</p>}
      <div class="queue-body">
        {current === null ? <p class="empty">{message('queue-none')}</p> : (
          <Current session={session} item={current} done={waiting === 0} flagging={flagging.value} act={act}
            onFlag={(note, flag) => { review(current, 'flagged', note, flag); return true }} onCancel={() => { flagging.value = false }} />
        )}
        <List session={session} items={shown} current={current?.edit ?? null} onGo={go} />
      </div>
    </Dialog>
  )
}

interface CurrentProps {
  readonly session: RoomSession
  readonly item: ReviewItem
  readonly done: boolean
  readonly flagging: boolean
  readonly act: Readonly<Record<Key, () => void>>
  readonly onFlag: (note: string, flag: FlagKind) => boolean
  readonly onCancel: () => void
}

function Current({ session, item, done, flagging, act, onFlag, onCancel }: CurrentProps): JSX.Element {
  const element = useRef<HTMLElement>(null)
  // Read out as one goes on, and back from the form's field.
  useEffect(() => {
    if (!flagging) element.current?.focus()
  }, [item.edit, flagging])
  const view = session.view.value
  const [card] = item.cards
  const proposers = item.cards.map(({ state }) => view.nameOf(state.proposer)).join(', ')
  const review = session.stands.value.reviews.get(card!.id) ?? null
  return (
    <section class="queue-current" ref={element} tabIndex={-1} aria-label={message('card-of', { delegation: proposers, place: placeOf(card!) })}>
      <header class="row">
        <h3>{placeOf(card!)}</h3>
        <span class="by">{proposers}</span>
        <span class="what">{message(`about-${card!.amendment.about.kind}`)}</span>
        {item.cards.length > 1 ? <span class="chip">{message('queue-alike', { count: item.cards.length })}</span> : null}
        {card!.state.revision > 1 ? <span class="chip">{message('revision', { number: card!.state.revision })}</span> : null}
        <StateChip session={session} item={item} />
      </header>
      <Changes card={card!} whole />
      <ReviewNote review={review} />
      {done ? <p class="hint">{message('overview-all-reviewed')}</p> : null}
      {flagging ? <FlagForm key={item.edit} onSend={onFlag} onCancel={onCancel} /> : (
        <div class="row">
          <Button kind="primary" onPress={act.c}>{message('do-clear')}</Button>
          <Button onPress={act.f}>{message('do-flag')}</Button>
          {review?.released === false ? <Button onPress={() => session.act({ command: 'release-flag', amendment: card!.id, digest: card!.state.digest })}>{message('do-release-flag')}</Button> : null}
          <Button kind="quiet" onPress={act.g}>{message('queue-key-g')}</Button>
        </div>
      )}
    </section>
  )
}

/** New, reviewed on an earlier wording, or how it was reviewed. */
function stateOf(session: RoomSession, item: ReviewItem): 'new' | 'changed' | 'cleared' | 'flagged' {
  const reviews = item.cards.map((card) => session.stands.value.reviews.get(card.id))
  if (item.waiting.length > 0) return reviews.some((review) => review !== undefined) ? 'changed' : 'new'
  return reviews.some((review) => review?.verdict === 'flagged') ? 'flagged' : 'cleared'
}

function StateChip({ session, item }: { readonly session: RoomSession; readonly item: ReviewItem }): JSX.Element {
  const state = stateOf(session, item)
  return <span class={`chip chip-review-${state}`}>{message(`queue-state-${state}`)}</span>
}

interface ListProps {
  readonly session: RoomSession
  readonly items: readonly ReviewItem[]
  readonly current: string | null
  readonly onGo: (edit: string) => void
}

function List({ session, items, current, onGo }: ListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const view = session.view.value
  return (
    <nav class="queue-list" ref={list} aria-label={message('queue-list')}>
      {byParagraph(items).map((group) => (
        <section key={`${group.unit?.id ?? ''} ${group.items[0]!.edit}`}>
          <h3>{group.unit === null ? placeOf(group.items[0]!.cards[0]!) : unitName(group.unit)}</h3>
          <ol>
            {group.items.map((item) => (
              <li key={item.edit}>
                <button type="button" aria-current={item.edit === current ? 'true' : undefined} onClick={() => onGo(item.edit)}>
                  <span class="words">{item.cards.map(({ state }) => view.nameOf(state.proposer)).join(', ')}: {message(`about-${item.cards[0]!.amendment.about.kind}`)}</span>
                  <StateChip session={session} item={item} />
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </nav>
  )
}
