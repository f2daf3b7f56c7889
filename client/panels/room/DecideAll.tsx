/** One decision on several proposals: those that the filter shows, or all on one paragraph. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { rivalGroups, settleAll, verdicts, whyNotSettle } from '../../room/settling.ts'
import type { SettlingVerdict } from '../../room/settling.ts'
import type { RoomSession } from '../../room/session.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Choice, Field } from '../../ui/field.tsx'
import { placeOf } from './Card.tsx'
import { Changes } from './Changes.tsx'

export interface DecideAllProps {
  readonly session: RoomSession
  /** In the order of the text. */
  readonly amendments: readonly string[]
  readonly onClose: () => void
}

export function DecideAll({ session, amendments, onClose }: DecideAllProps): JSX.Element {
  const view = session.view.value
  const standing = session.standing.value
  const [verdict, setVerdict] = useState<SettlingVerdict>('decline')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [note, setNote] = useState('')
  const cards = view.published.filter((card) => amendments.includes(card.id))
  const possible = cards.filter((card) => whyNotSettle(standing, card, verdict) === null)
  const chosen = possible.filter((card) => !left.has(card.id))
  const clashes = verdict === 'incorporate' ? rivalGroups(chosen) : []
  const toggle = (card: PublishedCard, take: boolean): void => {
    const next = new Set(left)
    if (take) next.delete(card.id)
    else next.add(card.id)
    setLeft(next)
  }
  const nameOf = (id: string): string => view.nameOf(cards.find((card) => card.id === id)?.state.proposer ?? '')
  const why = chosen.length === 0 ? message('decide-all-none')
    : chosen.length > limits.settledAtOnceMax ? message('decide-all-too-many', { most: limits.settledAtOnceMax })
    : clashes.length > 0 ? message('decide-all-rivals', { delegations: clashes[0]!.map(nameOf).join(', ') })
    : null
  const decide = async (): Promise<void> => {
    if (await session.act(settleAll(chosen, verdict, note.trim()))) onClose()
  }
  return (
    <Dialog title={message('decide-all')} onClose={onClose} wide>
      <Choice label={message('decide-all-verdict')} value={verdict} onChange={setVerdict} options={verdicts.map((value) => ({ value, label: message(`settle-${value}`) }))} />
      <ul class="decide-all scroll" tabIndex={0} aria-label={message('decide-all-list')}>
        {cards.map((card) => {
          const refused = whyNotSettle(standing, card, verdict)
          return (
            <li key={card.id} class={session.colours.value.get(card.state.proposer)}>
              {refused === null ? (
                <Check label={message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })} checked={!left.has(card.id)} onChange={(take) => toggle(card, take)} />
              ) : (
                <p class="hint">{message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })}: {refused}</p>
              )}
              <Changes card={card} />
            </li>
          )
        })}
      </ul>
      <Field label={message('decide-all-note')} lines={2} value={note} onInput={setNote} charactersMax={limits.noteCharactersMax} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={why} onPress={decide}>{message('decide-all-do', { count: chosen.length })}</Button>
      </div>
    </Dialog>
  )
}
