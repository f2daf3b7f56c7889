/** Groups of States: who is in them, and who of their members' people speaks for them. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { DelegationState } from '../../../shared/model/state.ts'
import { levels } from '../../../shared/policy/types.ts'
import type { Level } from '../../../shared/policy/types.ts'
import { message } from '../../messages/index.ts'
import { titleOf } from '../../room/circles.ts'
import { whyNot } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Chosen } from './Chosen.tsx'

export function Groups({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const groups = session.view.value.delegations.filter(({ kind }) => kind === 'group')
  if (groups.length === 0) return null
  return (
    <section aria-labelledby="groups-heading">
      <h3 id="groups-heading">{message('groups')}</h3>
      <ul class="members">
        {groups.map((group) => <Group key={group.id} session={session} group={group} />)}
      </ul>
    </section>
  )
}

function Group({ session, group }: { readonly session: RoomSession; readonly group: DelegationState }): JSX.Element {
  const view = session.view.value
  const [editing, setEditing] = useState<readonly string[] | null>(null)
  const members = group.members ?? []
  const candidates = view.delegations.filter(({ kind }) => kind !== 'office' && kind !== 'group')
  const save = async (): Promise<void> => {
    if (editing !== null && await session.act({ command: 'set-members', group: group.id, members: [...editing] })) setEditing(null)
  }
  return (
    <li>
      <div class="row">
        <span class="grow">
          <strong>{titleOf(view, group.id)}</strong> {members.length === 0 ? message('group-empty') : members.map((id) => view.nameOf(id)).join(', ')}
        </span>
        {whyNot(session, 'set-members') === null && editing === null ? (
          <Button kind="quiet" label={message('group-change-of', { group: group.name })} onPress={() => setEditing(members)}>{message('group-change')}</Button>
        ) : null}
      </div>
      {editing === null ? null : (
        <div class="group-edit">
          <Chosen legend={message('group-members', { group: group.name })} all={candidates.map(({ id, name }) => ({ value: id, label: name }))} chosen={editing} onChange={setEditing} />
          <div class="row">
            <Button kind="primary" onPress={save}>{message('save')}</Button>
            <Button onPress={() => setEditing(null)}>{message('cancel')}</Button>
          </div>
        </div>
      )}
      {editing === null && members.length > 0 && whyNot(session, 'give-hat') === null ? <Speaker session={session} group={group} members={members} /> : null}
    </li>
  )
}

function Speaker({ session, group, members }: { readonly session: RoomSession; readonly group: DelegationState; readonly members: readonly string[] }): JSX.Element | null {
  const view = session.view.value
  const people = session.info.value.members.filter(({ role, delegation }) => role === 'delegate' && members.includes(delegation))
  const [chosen, setChosen] = useState('')
  const [level, setLevel] = useState<Level>('forward')
  if (people.length === 0) return <p class="hint">{message('group-nobody')}</p>
  const give = async (): Promise<void> => {
    if (!(await session.act({ command: 'give-hat', hatId: chosen, group: group.id, level }))) return
    setChosen('')
    await session.refreshInfo()
  }
  return (
    <div class="fields">
      <Choice label={message('group-speaker')} value={chosen} onChange={setChosen} options={[
        { value: '', label: message('group-speaker-choose') },
        ...people.map(({ hatId, name, delegation }) => ({ value: hatId, label: `${name ?? message('member-unnamed')}, ${view.nameOf(delegation)}` })),
      ]} />
      <Choice label={message('invite-level')} value={level} onChange={setLevel} options={levels.map((value) => ({ value, label: message(`level-${value}`) }))} />
      <Button why={chosen === '' ? message('group-speaker-first') : null} onPress={give}>{message('group-give')}</Button>
    </div>
  )
}
