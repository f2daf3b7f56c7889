/** Where delegations stand on an amendment or a paragraph, and the way to say where one's own stands. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { positionKinds } from '../../../shared/policy/types.ts'
import type { Facts, PositionKind } from '../../../shared/policy/types.ts'
import { aboutKey } from '../../../shared/record/entries.ts'
import { positionAction } from '../../../shared/record/stands.ts'
import type { Given, Held } from '../../../shared/record/stands.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message, whenOf } from '../../messages/index.ts'
import { isPersonal, judge } from '../../room/facts.ts'
import { historyOn, standsOn } from '../../room/positions.ts'
import type { Stand } from '../../room/positions.ts'
import type { RoomSession } from '../../room/session.ts'
import type { RoomView } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'

export type PositionAbout = Extract<Command, { command: 'position' }>['about']

export interface PositionsProps {
  readonly session: RoomSession
  readonly about: PositionAbout
  readonly facts: Facts
  /** Whether there is a place to say one's own. */
  readonly open: boolean
}

export function Positions({ session, about, facts, open }: PositionsProps): JSX.Element {
  const key = aboutKey(about)
  const stands = standsOn(session.stands.value, key, about.digest)
  const own = session.stands.value.positions.get(key)?.get(session.hat.delegation)
  return (
    <div class="positions">
      <StandList session={session} stands={stands} />
      {open ? (
        <>
          <OwnPosition session={session} about={about} facts={facts} held={own} />
          {judge(facts, 'record-position').code === null ? <FromTheFloor session={session} about={about} /> : null}
          <History session={session} about={key} />
        </>
      ) : null}
    </div>
  )
}

/** "Japan (on an earlier wording) (to the chair’s table)": what the sign beside a name means is said in words. */
export function standName(session: RoomSession, stand: Stand): string {
  const parts = [session.view.value.nameOf(stand.delegation)]
  if (stand.stale) parts.push(message('stand-earlier'))
  if (stand.confidential) parts.push(message('stand-table'))
  if (stand.given.asRecorded) parts.push(message('stand-recorded'))
  return parts.join(' ')
}

export function StandList({ session, stands }: { readonly session: RoomSession; readonly stands: readonly Stand[] }): JSX.Element | null {
  if (stands.length === 0) return null
  return (
    <ul class="stands" aria-label={message('positions')}>
      {positionKinds.map((kind) => [kind, stands.filter((stand) => stand.position === kind)] as const).filter(([, list]) => list.length > 0).map(([kind, list]) => (
        <li key={kind}>
          <span class={`stand stand-${kind}`}>{message(`position-${kind}`)}</span>
          {list.map((stand) => (
            <span key={stand.delegation} class={`stander${stand.stale ? ' stale' : ''}${stand.confidential ? ' confidential' : ''}`}>
              {standName(session, stand)}
              {stand.given.note === '' ? null : <q>{stand.given.note}</q>}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** By delegation and what it is about, so that changing the selection, or a refusal, loses nothing. */
const unsentNotes = new Map<string, string>()

interface SayingProps {
  readonly session: RoomSession
  readonly kept: string
  readonly why: (position: PositionKind) => string | null
  readonly offered: readonly PositionKind[]
  readonly now: PositionKind | null
  readonly label: string
  readonly send: (position: PositionKind, to: 'all' | 'table', note: string) => Promise<boolean>
}

/** First what, then to whom: neither is ever taken for granted. */
function Saying({ kept, why, offered, now, label, send }: SayingProps): JSX.Element {
  const [chosen, setChosen] = useState<PositionKind | null>(null)
  const [note, setNote] = useState(unsentNotes.get(kept) ?? '')
  const change = (value: string): void => {
    unsentNotes.set(kept, value)
    setNote(value)
  }
  const give = async (to: 'all' | 'table'): Promise<void> => {
    if (chosen === null || !(await send(chosen, to, note.trim()))) return
    setChosen(null)
    change('')
  }
  return (
    <>
      <div class="row saying" role="group" aria-label={label}>
        <span class="saying-label">{label}</span>
        {offered.map((kind) => (
          <Button key={kind} why={why(kind)} pressed={(chosen ?? now) === kind} onPress={() => setChosen(kind)}>{message(`position-${kind}`)}</Button>
        ))}
      </div>
      {chosen === null ? null : (
        <div class="writing">
          <Field key={chosen} label={message('position-note', { position: message(`position-${chosen}`) })} lines={2} value={note} onInput={change} charactersMax={limits.noteCharactersMax} hint={message('position-readers')} autoFocus />
          <div class="row">
            <Button kind="primary" onPress={() => give('all')}>{message('position-to-all')}</Button>
            <Button onPress={() => give('table')}>{message('position-to-table')}</Button>
            <Button kind="quiet" onPress={() => setChosen(null)}>{message('cancel')}</Button>
          </div>
        </div>
      )}
    </>
  )
}

function OwnPosition({ session, about, facts, held }: Pick<PositionsProps, 'session' | 'about' | 'facts'> & { readonly held: Held | undefined }): JSX.Element | null {
  const verdict = (kind: PositionKind) => judge(facts, positionAction(about.kind, kind))
  const offered = positionKinds.filter((kind) => !isPersonal(verdict(kind).code))
  if (offered.length === 0) return null
  const takeBack = (to: 'all' | 'table') => session.act({ command: 'position', about, position: null, to, note: '' })
  const line = (given: Given | null | undefined, to: 'all' | 'table'): JSX.Element | null =>
    given?.position === null || given === null || given === undefined ? null : (
      <div class="row said">
        <span>{message(`position-said-${to}`, { position: message(`position-${given.position}`) })}{given.digest === about.digest ? '' : ` ${message('stand-earlier')}`}</span>
        <Button kind="quiet" why={judge(facts, positionAction(about.kind, null)).why} onPress={() => takeBack(to)}>{message('position-take-back')}</Button>
      </div>
    )
  return (
    <>
      <Saying
        session={session}
        kept={`${session.hatId} ${aboutKey(about)}`}
        label={message('position-of', { delegation: session.view.value.nameOf(session.hat.delegation) })}
        offered={offered}
        why={(kind) => verdict(kind).why}
        now={held?.table?.position ?? held?.all?.position ?? null}
        send={(position, to, note) => session.act({ command: 'position', about, position, to, note })}
      />
      {line(held?.all, 'all')}
      {line(held?.table, 'table')}
    </>
  )
}

/** For whom something said from the floor can be recorded, to choose from. */
export const speakers = (view: RoomView, kinds: readonly string[] = ['state', 'group', 'agency', 'igo', 'ngo']): { readonly value: string; readonly label: string }[] => [
  { value: '', label: message('record-for-choose') },
  ...view.delegations.filter(({ kind }) => kinds.includes(kind)).map(({ id, name }) => ({ value: id, label: name })),
]

/** The chair's table writes down what a delegation says. */
export function FromTheFloor({ session, about, open = false }: Pick<PositionsProps, 'session' | 'about'> & { readonly open?: boolean }): JSX.Element {
  const [delegation, setDelegation] = useState('')
  return (
    <details class="from-the-floor" open={open}>
      <summary>{message('position-record')}</summary>
      <Choice
        label={message('position-whose')}
        hidden
        value={delegation}
        onChange={setDelegation}
        options={speakers(session.view.value)}
      />
      <Saying
        session={session}
        kept={`${session.hatId} ${aboutKey(about)} recorded`}
        label={message('position-recorded')}
        offered={positionKinds}
        why={() => (delegation === '' ? message('record-for-first') : null)}
        now={null}
        send={(position, to, note) => session.act({ command: 'record-position', about, delegation, position, to, note })}
      />
    </details>
  )
}

function History({ session, about }: { readonly session: RoomSession; readonly about: string }): JSX.Element | null {
  const given = historyOn(session.stands.value, about)
  if (given.length === 0) return null
  const { nameOf } = session.view.value
  return (
    <details class="position-history">
      <summary>{message('position-history', { count: given.length })}</summary>
      <ol>
        {given.map((one) => (
          <li key={one.seq}>
            <time>{whenOf(one.atMs)}</time> <span class="by">{nameOf(one.delegation)}</span>{' '}
            {one.position === null ? message('position-taken-back') : message(`position-${one.position}`)}
            {one.to === 'table' ? ` ${message('stand-table')}` : ''}{one.asRecorded ? ` ${message('stand-recorded')}` : ''}
            {one.note === '' ? null : <q>{one.note}</q>}
          </li>
        ))}
      </ol>
    </details>
  )
}
