/** One's delegation's own work on a paragraph, not published as it stands: plainly marked as private. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { dropAmendment } from '../../../shared/model/amendments.ts'
import { readRevisions } from '../../../shared/model/revise.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { message } from '../../messages/index.ts'
import { overOf } from '../../room/as-typed.ts'
import { placeName, titleOf } from '../../room/circles.ts'
import { factsOnPrivate, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { digestOfView } from '../../room/view.ts'
import type { PrivateCard, PublishedCard } from '../../room/view.ts'
import { whyForReading } from '../../room/link.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Changes } from './Changes.tsx'
import { placeOf, whatOf } from './Card.tsx'
import { speakers } from './Positions.tsx'
import { Wording } from './Wording.tsx'
import { Threads } from './Threads.tsx'

/** Also from whom, where somebody else put the standing one forward. */
function differs(session: RoomSession, { id, state }: PublishedCard): string {
  if (state.asRecorded) return message('differs-from-recorded')
  const by = readRevisions(session.shared, id).at(-1)?.by ?? session.hat.delegation
  return by === session.hat.delegation || session.place !== null
    ? message('differs-from-published', { number: state.revision })
    : message('differs-from-published-of', { number: state.revision, delegation: titleOf(session.view.value, by) })
}

export function OwnCard({ session, card }: { readonly session: RoomSession; readonly card: PrivateCard }): JSX.Element {
  const standing = session.standing.value
  const view = session.view.value
  const facts = factsOnPrivate(standing, card)
  const forward = judge({ ...facts, ...(session.place === null ? {} : session.sideFacts()) }, 'put-forward')
  const record = judge(facts, 'record-for')
  const write = judge({ ...facts, ...session.sideFacts() }, 'write-side')
  const whyNotWritten = session.writable.value ? write.why : sentenceOf(whyForReading(session.status.value))
  const correct = judge(facts, 'correct-editorially')
  const proposer = card.published?.state.asRecorded === true ? card.published.state.proposer : null
  const [chosen, setChosen] = useState<string>('')
  const delegation = proposer ?? chosen
  const on = { amendment: card.id, digest: digestOfView(card.amendment) }
  const atTable = ['chair', 'facilitator', 'secretary'].includes(session.hat.role)
  const name = placeName(view, session.hat, session.place)
  const rivals = view.private.filter((one) => one.amendment.about.kind === 'modify' && one.unit !== null && one.unit.id === card.unit?.id)
  const target = card.amendment.about.target
  const discard = async (): Promise<void> => {
    if (session.side === null) return
    dropAmendment(session.side, card.id, true, session.origin)
    // What stands published is gone on with, as if nothing had been changed.
    if (card.published !== null) await session.act({ command: 'revise', amendment: card.id, digest: card.published.state.digest })
  }
  return (
    <article class="card private open" data-card={`own-${card.id}`} aria-label={message('own-card', { delegation: name, place: placeOf(card) })}>
      <header class="card-head">
        <span class="private-mark">{message('private-to', { delegation: name })}</span>
        <span class="what">{whatOf(card)}</span>
        <span class="place">{placeOf(card)}</span>
      </header>
      {card.recheck === null ? null : <ul class="chips"><li class="chip chip-recheck">{message(`recheck-${card.recheck}`)}</li></ul>}
      <Changes card={card} />
      <Wording view={view} card={card} />
      {card.published === null ? null : <p class="hint">{differs(session, card.published)}</p>}
      {atTable && session.place === null && record.code !== 'only-chairs-table' ? (
        <div class="row record-for">
          {proposer === null ? (
            <Choice
              label={message('record-for-whom')}
              hidden
              value={chosen}
              onChange={setChosen}
              options={speakers(view)}
            />
          ) : null}
          <Button kind="primary" why={record.why ?? (delegation === '' ? message('record-for-first') : null)} onPress={() => session.act({ command: 'record-for', ...on, delegation })}>
            {delegation === '' ? message('record-for') : message('record-for-named', { delegation: view.nameOf(delegation) })}
          </Button>
        </div>
      ) : null}
      <div class="row">
        <Button kind={atTable || correct.code !== 'only-legal' ? 'plain' : 'primary'} why={forward.why} onPress={() => session.act({ command: 'put-forward', ...on, ...overOf(card) })}>
          {card.published === null ? message(atTable ? 'put-forward-chair' : session.hat.role === 'legal' ? 'put-forward-editorial' : 'put-forward') : message('put-forward-revision', { number: card.nextRevision ?? 1 })}
        </Button>
        {correct.code === 'only-legal' ? null : (
          <Button kind="primary" why={correct.why} onPress={() => session.act({ command: 'correct-editorially', ...on })}>{message('correct-editorially')}</Button>
        )}
        <Button kind="danger" why={whyNotWritten} onPress={discard}>{message(card.published === null ? 'discard' : 'discard-changes')}</Button>
        {rivals.length < 2 ? null : (
          <Button pressed={session.writesOn.value.get(target) === card.id} why={write.why} onPress={() => { session.writesOn.value = new Map(session.writesOn.value).set(target, card.id) }}>
            {message('write-on-this')}
          </Button>
        )}
      </div>
      {card.published === null && session.place === null ? <Threads session={session} about={{ kind: 'amendment', amendment: card.id }} apartOnly /> : null}
    </article>
  )
}
