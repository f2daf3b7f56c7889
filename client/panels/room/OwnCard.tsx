/** One's delegation's own work on a paragraph, not published as it stands: plainly marked as private. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { dropAmendment } from '../../../shared/model/amendments.ts'
import { message } from '../../messages/index.ts'
import { factsOnPrivate, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { digestOfView } from '../../room/view.ts'
import type { PrivateCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Changes } from './Changes.tsx'
import { placeOf } from './Card.tsx'
import { Threads } from './Threads.tsx'

export function OwnCard({ session, card }: { readonly session: RoomSession; readonly card: PrivateCard }): JSX.Element {
  const standing = session.standing.value
  const view = session.view.value
  const facts = factsOnPrivate(standing, card)
  const forward = judge(facts, 'put-forward')
  const record = judge(facts, 'record-for')
  const write = judge({ ...facts, delegation: session.hat.delegation }, 'write-side')
  const recordable = view.delegations.filter((delegation) => delegation.kind !== 'office')
  const proposer = card.published?.state.asRecorded === true ? card.published.state.proposer : null
  const [chosen, setChosen] = useState<string>('')
  const delegation = proposer ?? chosen
  const on = { amendment: card.id, digest: digestOfView(card.amendment) }
  const atTable = ['chair', 'facilitator', 'secretary'].includes(session.hat.role)
  const name = view.nameOf(session.hat.delegation)
  return (
    <article class="card private open" data-card={`own-${card.id}`} aria-label={message('own-card', { delegation: name, place: placeOf(card) })}>
      <header class="card-head">
        <span class="private-mark">{message('private-to', { delegation: name })}</span>
        <span class="what">{message(`about-${card.amendment.about.kind}`)}</span>
        <span class="place">{placeOf(card)}</span>
      </header>
      <Changes card={card} />
      {card.published === null ? null : <p class="hint">{message('differs-from-published', { number: card.published.state.revision })}</p>}
      {atTable && record.code !== 'only-chairs-table' ? (
        <div class="row record-for">
          {proposer === null ? (
            <Choice
              label={message('record-for-whom')}
              hidden
              value={chosen}
              onChange={setChosen}
              options={[{ value: '', label: message('record-for-choose') }, ...recordable.map(({ id, name: label }) => ({ value: id, label }))]}
            />
          ) : null}
          <Button kind="primary" why={record.why ?? (delegation === '' ? message('record-for-first') : null)} onPress={() => session.act({ command: 'record-for', ...on, delegation })}>
            {delegation === '' ? message('record-for') : message('record-for-named', { delegation: view.nameOf(delegation) })}
          </Button>
        </div>
      ) : null}
      <div class="row">
        <Button kind={atTable ? 'plain' : 'primary'} why={forward.why} onPress={() => session.act({ command: 'put-forward', ...on })}>
          {card.published === null ? message(atTable ? 'put-forward-chair' : session.hat.role === 'legal' ? 'put-forward-editorial' : 'put-forward') : message('put-forward-revision', { number: card.nextRevision ?? 1 })}
        </Button>
        {card.published === null ? (
          <Button kind="danger" why={write.why} onPress={() => { if (session.side !== null) dropAmendment(session.side, card.id, true, session.origin) }}>
            {message('discard')}
          </Button>
        ) : null}
      </div>
      {card.published === null ? <Threads session={session} about={{ kind: 'amendment', amendment: card.id }} apartOnly /> : null}
    </article>
  )
}
