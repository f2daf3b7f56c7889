/** On a paragraph that is agreed ad ref: who asks that it be reopened, and the chair's answer; and asking for it. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import type { RequestState } from '../../../shared/model/agreed.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message, whenOf } from '../../messages/index.ts'
import { factsOnRoom, factsOnUnit, judge } from '../../room/facts.ts'
import { packageHolding } from '../../room/packages.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { unitName } from './Card.tsx'

export function Requests({ session, unit }: { readonly session: RoomSession; readonly unit: UnitView }): JSX.Element | null {
  const view = session.view.value
  const known = view.requests.filter((one) => one.unit === unit.id)
  const mayAsk = judge(factsOnUnit(session.standing.value, unit.id), 'ask-reopen').code === null && !known.some((one) => one.delegation === session.hat.delegation && one.answer === null)
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  if (known.length === 0 && !mayAsk) return null
  const ask = async (): Promise<void> => {
    if (!(await session.act({ command: 'ask-reopen', unit: unit.id, digest: digestOfUnit(unit), reason: reason.trim() }))) return
    setAsking(false)
    setReason('')
  }
  return (
    <section class="requests" aria-label={message('requests')}>
      <ul>{known.map((one) => <Request key={one.id} session={session} one={one} />)}</ul>
      {!mayAsk ? null : asking ? (
        <div class="writing">
          <Field label={message('reason')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} autoFocus onSubmitKey={() => { if (reason.trim() !== '') void ask() }} />
          <div class="row">
            <Button kind="primary" why={reason.trim() === '' ? message('note-needed') : null} onPress={ask}>{message('ask-reopen')}</Button>
            <Button kind="quiet" onPress={() => setAsking(false)}>{message('cancel')}</Button>
          </div>
        </div>
      ) : <Button onPress={() => setAsking(true)}>{message('ask-reopen')}</Button>}
    </section>
  )
}

function Request({ session, one }: { readonly session: RoomSession; readonly one: RequestState }): JSX.Element {
  const view = session.view.value
  const [note, setNote] = useState('')
  const may = judge(factsOnRoom(session.standing.value), 'answer-request')
  const found = packageHolding(view, one.unit)
  const answer = (reopen: boolean) => () => session.act({ command: 'answer-request', request: one.id, reopen, note: note.trim() })
  return (
    <li class="request">
      <p><span class="by">{view.nameOf(one.delegation)}</span> <span class="hint">{message('request-asked', { when: whenOf(one.atMs) })}</span></p>
      <p>{one.reason}</p>
      {one.answer !== null ? <p class="hint">{message(one.answer.reopened ? 'request-reopened' : 'request-declined', { when: whenOf(one.answer.atMs) })} {one.answer.note}</p>
        : may.code !== null ? <p class="hint">{message('request-waits')}</p> : (
          <>
            {found === null || found.agreed === null ? null : <p class="fault">{message('package-reopens', { parts: found.units.flatMap((id) => { const unit = view.text.byId.get(id); return unit === undefined ? [] : [unitName(unit)] }).join(', ') })}</p>}
            <Field label={message('request-word')} value={note} onInput={setNote} charactersMax={limits.noteCharactersMax} />
            <div class="row">
              <Button kind="primary" onPress={answer(true)}>{message('request-reopen')}</Button>
              <Button why={note.trim() === '' ? message('request-word-needed') : null} onPress={answer(false)}>{message('request-decline')}</Button>
            </div>
          </>
        )}
    </li>
  )
}
