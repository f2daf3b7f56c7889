/** Which proposals are on the page, and deciding on all of them. */
import type { JSX } from 'preact'
import { viewModes } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import { everything, isNarrow, passes, statusFilters } from '../../room/filter.ts'
import { maySettleAny } from '../../room/settling.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Check, Choice } from '../../ui/field.tsx'
import { unitName } from './Card.tsx'

export interface FilterBarProps {
  readonly session: RoomSession
  readonly onDecide: (amendments: readonly string[]) => void
}

export function FilterBar({ session, onDecide }: FilterBarProps): JSX.Element {
  const view = session.view.value
  const filter = session.filter.value
  const behind = new Set(view.published.flatMap(({ state }) => [state.proposer, ...state.sponsors.map((sponsor) => sponsor.delegation)]))
  const delegations = view.delegations.filter(({ id }) => behind.has(id))
  const shown = view.published.filter((card) => passes(filter, card, session.themes.value) && !filter.hidden.has(card.id))
  const undecided = shown.filter((card) => isOpen(card.state))
  const unit = view.text.byId.get(filter.unit ?? session.selected.value ?? '')
  return (
    <div class="filter" role="group" aria-label={message('filter')}>
      <span class="count">{message(isNarrow(filter) ? 'shown-count' : 'open-count', { count: isNarrow(filter) ? shown.length : undecided.length })}</span>
      <Choice
        label={message('filter-delegation')}
        hidden
        value={filter.delegation ?? ''}
        onChange={(value) => { session.filter.value = { ...filter, delegation: value === '' ? null : value } }}
        options={[{ value: '', label: message('filter-all') }, ...delegations.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Choice
        label={message('filter-status')}
        hidden
        value={filter.status}
        onChange={(status) => { session.filter.value = { ...filter, status } }}
        options={statusFilters.map((value) => ({ value, label: message(`filter-status-${value}`) }))}
      />
      {session.themes.value.list.length === 0 ? null : (
        <Choice
          label={message('filter-theme')}
          hidden
          value={String(filter.theme ?? '')}
          onChange={(value) => { session.filter.value = { ...filter, theme: value === '' ? null : Number(value) } }}
          options={[{ value: '', label: message('filter-any-theme') }, ...session.themes.value.list.map(({ number, name }) => ({ value: String(number), label: name }))]}
        />
      )}
      <Choice label={message('view-mode')} hidden value={session.mode.value} onChange={(mode) => { session.mode.value = mode }} options={viewModes.map((value) => ({ value, label: message(`view-${value}`) }))} />
      {unit === undefined ? null : (
        <Check label={message('filter-unit', { unit: unitName(unit) })} checked={filter.unit !== null} onChange={(only) => { session.filter.value = { ...filter, unit: only ? unit.id : null } }} />
      )}
      {isNarrow(filter) ? <Button kind="quiet" onPress={() => { session.filter.value = everything }}>{message('filter-clear')}</Button> : null}
      {undecided.length > 1 && maySettleAny(session.standing.value, undecided) ? <Button onPress={() => onDecide(undecided.map((card) => card.id))}>{message('decide-all-shown', { count: undecided.length })}</Button> : null}
    </div>
  )
}
