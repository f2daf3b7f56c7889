/** Delegations, their people and the links that are out: invite, add, end. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { delegationKinds, levels } from '../../../shared/policy/types.ts'
import type { DelegationKind, Level, Role } from '../../../shared/policy/types.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message, whenOf } from '../../messages/index.ts'
import { whyNot } from '../../room/session.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { say } from '../../ui/toasts.tsx'
import { titleOf } from '../../room/circles.ts'
import { capacityName } from '../Drafts.tsx'
import { Groups } from './Groups.tsx'

export function Members({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const { members, invites } = session.info.value
  const nameOf = session.view.value.nameOf
  const mayInviteAll = whyNot(session, 'invite') === null
  const mayInvite = mayInviteAll || whyNot(session, 'invite-own', session.hat.delegation) === null
  const delegations = [...new Set(members.map((member) => member.delegation))].sort((left, right) => nameOf(left).localeCompare(nameOf(right), 'en'))
  return (
    <Dialog title={message('members')} onClose={onClose} wide>
      {mayInvite ? <Invite session={session} all={mayInviteAll} /> : null}
      {whyNot(session, 'add-delegation') === null ? <AddDelegation session={session} /> : null}
      <Groups session={session} />
      <h3>{message('members-now')}</h3>
      <ul class="members">
        {delegations.map((delegation) => (
          <li key={delegation}>
            <strong>{titleOf(session.view.value, delegation)}</strong>
            <ul>
              {members.filter((member) => member.delegation === delegation).map((member) => (
                <li key={member.hatId} class="row">
                  <span class="grow">
                    {member.name ?? message('member-unnamed')}, {member.role === 'delegate' ? message(`level-${member.level}`) : message(`role-${member.role}`)}
                    {member.of === undefined ? null : message('member-of', { delegation: nameOf(member.of) })}
                  </span>
                  {member.hatId === session.hatId || whyNot(session, 'revoke', delegation) !== null ? null : (
                    <Button kind="danger" label={message('revoke-member-of', { name: member.name ?? nameOf(delegation) })} onPress={async () => {
                      if (await session.act({ command: 'revoke-member', hatId: member.hatId })) await session.refreshInfo()
                    }}>
                      {message('revoke-member')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {invites.length === 0 ? null : (
        <>
          <h3>{message('invites-out')}</h3>
          <ul class="members">
            {invites.map((invite) => (
              <li key={invite.id} class="row">
                <span class="grow">{message('invite-line', { capacity: capacityName(invite.role, nameOf(invite.delegation)), uses: invite.usesLeft, until: whenOf(invite.expiresAtMs) })}</span>
                <Button kind="danger" onPress={async () => {
                  if (await session.act({ command: 'revoke-invite', invite: invite.id })) await session.refreshInfo()
                }}>
                  {message('revoke-invite')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}

const officeRoles: readonly Role[] = ['chair', 'facilitator', 'secretary', 'legal']

function Invite({ session, all }: { readonly session: RoomSession; readonly all: boolean }): JSX.Element {
  const view = session.view.value
  const members = view.delegations.filter((one) => one.kind !== 'office' && (all || one.id === session.hat.delegation))
  const [role, setRole] = useState<Role>('delegate')
  const [chosen, setDelegation] = useState('')
  const [level, setLevel] = useState<Level>('head')
  const [uses, setUses] = useState('1')
  const [link, setLink] = useState<string | null>(null)
  const office = officeRoles.includes(role)
  const delegation = office ? (role === 'legal' ? 'legal' : 'office') : (members.find((one) => one.id === chosen) ?? members[0])?.id
  const why = delegation === undefined ? message('invite-no-delegation') : null
  const make = async (): Promise<void> => {
    if (delegation === undefined) return
    const answer = await session.decide({
      command: 'invite', days: 14, uses: Number(uses),
      hat: { role, delegation, level: office ? 'head' : role === 'observer' ? 'reader' : level },
    })
    if (!answer.ok) return void say(answer.sentence)
    setLink(new URL(answer.result.link ?? '/', location.origin).href)
    await session.refreshInfo()
  }
  return (
    <section class="invite" aria-labelledby="invite-heading">
      <h3 id="invite-heading">{message('invite')}</h3>
      <div class="fields">
        {all ? <Choice label={message('invite-role')} value={role} onChange={setRole} options={(['delegate', 'observer', 'legal', 'facilitator', 'secretary', 'chair'] as const).map((value) => ({ value, label: message(`role-${value}`) }))} /> : null}
        {office ? null : <Choice label={message('invite-delegation')} value={delegation ?? ''} onChange={setDelegation} options={members.map(({ id, name }) => ({ value: id, label: name }))} />}
        {role === 'delegate' ? <Choice label={message('invite-level')} value={level} onChange={setLevel} options={levels.map((value) => ({ value, label: message(`level-${value}`) }))} /> : null}
        <Choice label={message('invite-uses')} value={uses} onChange={setUses} options={['1', '5', '20', '100'].map((value) => ({ value, label: message('invite-uses-count', { count: Number(value) }) }))} />
        <Button kind="primary" why={why} onPress={make}>{message('invite-make')}</Button>
      </div>
      {link === null ? null : <LinkOnce link={link} />}
    </section>
  )
}

function LinkOnce({ link }: { readonly link: string }): JSX.Element {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      say(message('copied'))
    } catch {
      say(message('copy-by-hand'))
    }
  }
  return (
    <div class="link-once">
      <label for="invite-link">{message('invite-link')}</label>
      <div class="row">
        <input id="invite-link" type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <Button kind="primary" onPress={copy}>{message('copy')}</Button>
      </div>
      <p class="hint">{message('invite-once')}</p>
    </div>
  )
}

/** An id that reads like the name, for links and exports. */
export function delegationIdOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name.normalize('NFD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').toLowerCase().slice(0, limits.idCharactersMax - 4)
  const base = plain === '' ? 'member' : plain
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.has(id)) return id
  }
}

function AddDelegation({ session }: { readonly session: RoomSession }): JSX.Element {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<DelegationKind>('state')
  const add = async (): Promise<void> => {
    if (name.trim() === '') return
    const taken = new Set(session.view.value.delegations.map((one) => one.id))
    if (await session.act({ command: 'add-delegation', delegation: { id: delegationIdOf(name, taken), name: name.trim(), kind } })) setName('')
  }
  return (
    <section aria-labelledby="add-heading">
      <h3 id="add-heading">{message('add-delegation')}</h3>
      <form class="fields" onSubmit={(event) => { event.preventDefault(); void add() }}>
        <Field label={message('delegation-name')} value={name} onInput={setName} charactersMax={limits.nameCharactersMax} />
        <Choice label={message('delegation-kind')} value={kind} onChange={setKind} options={delegationKinds.filter((value) => value !== 'office').map((value) => ({ value, label: message(`delegation-${value}`) }))} />
        <button type="submit" class="button plain">{message('add')}</button>
      </form>
    </section>
  )
}
