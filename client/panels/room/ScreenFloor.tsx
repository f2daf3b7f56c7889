/** What is said from the floor, in the room view: positions on what is proposed, and for whom the text on screen is recorded. */
import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { aboutKey } from '../../../shared/record/entries.ts'
import { message } from '../../messages/index.ts'
import { factsOnPublished, judge } from '../../room/facts.ts'
import { publicStandsOn } from '../../room/positions.ts'
import type { RoomSession } from '../../room/session.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { FromTheFloor, speakers, StandList } from './Positions.tsx'

/** What was said to all on a proposal, and on the one in focus a place to write down what is said now. */
export function ScreenPositions({ session, card, focused }: { readonly session: RoomSession; readonly card: PublishedCard; readonly focused: boolean }): JSX.Element {
  const about = { kind: 'amendment', amendment: card.id, digest: card.state.digest } as const
  const place = useRef<HTMLDivElement>(null)
  // Before anything is painted: keys typed behind the one that opened it are for it.
  useLayoutEffect(() => {
    if (focused) place.current?.querySelector('select')?.focus()
  }, [focused])
  const mayRecord = judge(factsOnPublished(session.standing.value, card), 'record-position').code === null
  return (
    <div class="positions" ref={place}>
      <StandList session={session} stands={publicStandsOn(session.stands.value, aboutKey(about), about.digest)} />
      {focused && mayRecord ? <FromTheFloor session={session} about={about} open /> : null}
    </div>
  )
}

interface RecordScreenProps {
  readonly session: RoomSession
  readonly why: string | null
  readonly onRecord: (delegation: string) => Promise<void>
  readonly onClose: () => void
}

/** For whom the text on screen is recorded: the delegation's first letters, then Enter. */
export function RecordScreen({ session, why, onRecord, onClose }: RecordScreenProps): JSX.Element {
  const [delegation, setDelegation] = useState('')
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => place.current?.querySelector('select')?.focus(), [])
  const whyNot = why ?? (delegation === '' ? message('record-for-first') : null)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement) || whyNot !== null) return
    event.preventDefault()
    void onRecord(delegation)
  }
  return (
    <div class="screen-record" ref={place} onKeyDown={onKeyDown}>
      <Choice
        label={message('screen-record-whose')}
        value={delegation}
        onChange={setDelegation}
        options={speakers(session.view.value)}
      />
      <Button kind="primary" why={whyNot} onPress={() => onRecord(delegation)}>{delegation === '' ? message('record-for') : message('record-for-named', { delegation: session.view.value.nameOf(delegation) })}</Button>
      <Button onPress={onClose}>{message('cancel')}</Button>
    </div>
  )
}
