/** The small groups on a paragraph: named by the chair, changed and ended there. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { CircleState } from '../../../shared/model/circles.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { titleOf } from '../../room/circles.ts'
import { whyNot } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Chosen } from './Chosen.tsx'
import { unitName } from './Card.tsx'

export function SmallGroups({ session, unit }: { readonly session: RoomSession; readonly unit: UnitView }): JSX.Element | null {
  const [editing, setEditing] = useState<CircleState | 'new' | null>(null)
  const view = session.view.value
  const groups = view.circles.filter(({ purpose }) => purpose.kind === 'unit' && purpose.unit === unit.id)
  const mayName = whyNot(session, 'name-circle') === null && view.draft.stage !== 'drafting'
  if (groups.length === 0 && !mayName) return null
  return (
    <div class="small-groups">
      {groups.length === 0 ? null : (
        <ul aria-label={message('small-groups')}>
          {groups.map((group) => (
            <li key={group.id} class="row">
              <span class="grow">
                <strong>{group.name}</strong> {group.members.map((id) => titleOf(view, id)).join(', ')}
                {group.open ? null : <span class="chip">{message('circle-is-ended')}</span>}
              </span>
              {mayName ? <Button kind="quiet" onPress={() => setEditing(group)}>{message('change')}</Button> : null}
              {mayName ? (
                <Button kind={group.open ? 'danger' : 'plain'} onPress={() => session.act({ command: 'set-circle', circle: group.id, open: !group.open })}>
                  {message(group.open ? 'circle-end' : 'circle-again')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayName ? <Button kind="quiet" onPress={() => setEditing('new')}>{message('small-group-name')}</Button> : null}
      {editing === null ? null : <SmallGroup session={session} unit={unit} group={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

interface SmallGroupProps {
  readonly session: RoomSession
  readonly unit: UnitView
  /** Null for a new one. */
  readonly group: CircleState | null
  readonly onClose: () => void
}

function SmallGroup({ session, unit, group, onClose }: SmallGroupProps): JSX.Element {
  const view = session.view.value
  const [name, setName] = useState(group?.name ?? message('small-group-on', { unit: unitName(unit) }))
  const [members, setMembers] = useState<readonly string[]>(group?.members ?? [])
  const candidates = view.delegations.filter(({ id }) => id !== 'legal')
  const why = members.length === 0 ? message('small-group-empty') : name.trim() === '' ? message('small-group-nameless') : null
  const save = async (): Promise<void> => {
    const done = await session.act(group === null
      ? { command: 'open-circle', purpose: { kind: 'unit', unit: unit.id, name: name.trim(), members: [...members] } }
      : { command: 'set-circle', circle: group.id, open: group.open, members: [...members] })
    if (done) onClose()
  }
  return (
    <Dialog title={group?.name ?? message('small-group-name')} onClose={onClose}>
      <p>{message('small-group-means')}</p>
      {group === null ? <Field label={message('small-group-label')} value={name} onInput={setName} charactersMax={limits.nameCharactersMax} /> : null}
      <Chosen legend={message('small-group-members')} all={candidates.map(({ id }) => ({ value: id, label: titleOf(view, id) }))} chosen={members} onChange={setMembers} />
      {members.length === 0 ? null : <p class="hint">{message('small-group-leads', { delegation: titleOf(view, members[0]!) })}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={why} onPress={save}>{message(group === null ? 'small-group-name' : 'save')}</Button>
      </div>
    </Dialog>
  )
}
