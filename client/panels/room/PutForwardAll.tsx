/** All that is prepared in the place that is open, put forward at one press: each by itself, with what became of each. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { message } from '../../messages/index.ts'
import { placeName } from '../../room/circles.ts'
import { putForwardAll } from '../../room/forwarding.ts'
import type { Forwarded } from '../../room/forwarding.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { placeOf } from './Card.tsx'

export function PutForwardAll({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const [done, setDone] = useState<readonly Forwarded[] | null>(null)
  const cards = session.view.value.private
  const { circle } = session.sideFacts()
  const why = judge({ ...factsOnRoom(session.standing.value), ...(circle === undefined ? {} : { circle }) }, 'put-forward').why
  return (
    <>
      {cards.length < 2 ? null : (
        <div class="forward-all">
          <Button why={why} onPress={async () => setDone(await putForwardAll(session))}>{message('put-forward-all', { count: cards.length })}</Button>
        </div>
      )}
      {done === null ? null : <Summary session={session} done={done} onClose={() => setDone(null)} />}
    </>
  )
}

/** A refused keystroke says where the words went; these have gone nowhere. */
const whyOf = ({ refusal }: Forwarded): string => (refusal?.code === 'unit-locked' ? message('forwarded-locked') : (refusal?.sentence ?? ''))

function Summary({ session, done, onClose }: { readonly session: RoomSession; readonly done: readonly Forwarded[]; readonly onClose: () => void }): JSX.Element {
  const went = done.filter(({ refusal }) => refusal === null)
  const refused = done.filter(({ refusal }) => refusal !== null)
  const name = (one: Forwarded): string => message('forwarded-line', { what: message(`about-${one.card.amendment.about.kind}`), place: placeOf(one.card) })
  return (
    <Dialog title={message('forwarded-title')} onClose={onClose}>
      <p>{message('forwarded-count', { went: went.length, all: done.length })}</p>
      {went.length === 0 ? null : (
        <ul class="forwarded" aria-label={message('forwarded-went')}>
          {went.map((one) => <li key={one.card.id}>{name(one)}{one.revision > 1 ? <span class="chip">{message('revision', { number: one.revision })}</span> : null}</li>)}
        </ul>
      )}
      {refused.length === 0 ? null : (
        <section aria-labelledby="forwarded-refused">
          <h3 id="forwarded-refused">{message('forwarded-refused')}</h3>
          <ul class="forwarded">
            {refused.map((one) => <li key={one.card.id}>{name(one)}<p class="hint">{whyOf(one)}</p></li>)}
          </ul>
          <p class="hint">{message('forwarded-kept', { place: placeName(session.view.value, session.hat, session.place) })}</p>
        </section>
      )}
    </Dialog>
  )
}
