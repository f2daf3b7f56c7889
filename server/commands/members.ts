/** Delegations, people and links. */
import { readCircle } from '../../shared/model/circles.ts'
import { readDelegations, writeState } from '../../shared/model/state.ts'
import type { DelegationKind, Hat, Role } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { makeInvite } from '../auth/invites.ts'
import { allow, delegationOf } from './context.ts'
import { givenThrough } from './groups.ts'
import type { Handler } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export const addDelegation: Handler<Of<'add-delegation'>> = (context) => {
  allow(context, 'add-delegation')
  const { delegation } = context.command
  const taken = readDelegations(context.doc).some((one) => one.id === delegation.id || one.name.toLowerCase() === delegation.name.toLowerCase())
  if (taken || readCircle(context.doc, delegation.id) !== null) throw new Refusal('already-so')
  if (delegation.kind === 'office') throw new Refusal('not-permitted')
  writeState(context.doc, `delegation:${delegation.id}`, delegation)
  return { result: {}, record: { delegation }, writes: [{ put: 'delegation', row: { draft: context.draft, ...delegation } }] }
}

/** The office's roles sit at the chair's table or in the legal office; delegates and observers in a delegation. */
function fits(role: Role, delegation: string, kind: DelegationKind): boolean {
  if (role === 'chair' || role === 'facilitator' || role === 'secretary') return delegation === 'office'
  if (role === 'legal') return delegation === 'legal'
  return kind !== 'office'
}

export const invite: Handler<Of<'invite'>> = (context) => {
  const { hat, days, uses } = context.command
  const delegation = delegationOf(context, hat.delegation)
  const kind = delegation.kind as DelegationKind
  allow(context, hat.role === 'delegate' ? 'invite-own' : 'invite', { delegation: hat.delegation })
  if (!fits(hat.role, hat.delegation, kind)) throw new Refusal('not-permitted')
  const full: Hat = { ...hat, kind }
  const made = makeInvite(context.atMs, { draft: context.draft, hat: full, createdBy: context.speaker.person, days, uses })
  return { result: { link: made.link, invite: made.invite }, record: { invite: made.invite, hat: { ...full }, days, uses }, writes: [made.write] }
}

export const revokeInvite: Handler<Of<'revoke-invite'>> = (context) => {
  const found = context.before.invites.find((one) => one.id === context.command.invite)
  if (found === undefined) throw new Refusal('link-unknown')
  const hat = found.hat as unknown as Hat | null
  allow(context, 'revoke', hat === null ? {} : { delegation: hat.delegation })
  if (found.revokedAtMs !== null) throw new Refusal('already-so')
  return { result: {}, record: { invite: found.id }, writes: [{ drop: 'invite', id: found.id, atMs: context.atMs }] }
}

export const revokeMember: Handler<Of<'revoke-member'>> = (context) => {
  const found = context.before.hats.find((one) => one.id === context.command.hatId)
  if (found === undefined) throw new Refusal('no-such-person')
  const hat = found.hat as unknown as Hat
  allow(context, 'revoke', { delegation: hat.delegation })
  if (found.revokedAtMs !== null) throw new Refusal('already-so')
  const chairs = context.before.hats.filter((one) => one.revokedAtMs === null && (one.hat as unknown as Hat).role === 'chair')
  if (hat.role === 'chair' && chairs.length === 1) throw new Refusal('last-chair')
  const ended = [found.id, ...givenThrough(context, { id: found.id, person: found.person, hat }).map(({ id }) => id)]
  // A link that gave this capacity would let its bearer come back.
  const links = context.before.invites
    .filter((one) => one.revokedAtMs === null && one.usesLeft > 0 && givesSame(one.hat as unknown as Hat | null, hat))
    .map(({ id }) => id)
  return {
    result: {},
    record: { hat: { ...hat }, hatId: found.id, ended, links },
    writes: [
      ...ended.map((id) => ({ drop: 'hat' as const, id, atMs: context.atMs })),
      ...links.map((id) => ({ drop: 'invite' as const, id, atMs: context.atMs })),
    ],
    expel: (speaker) => ended.includes(speaker.hatId),
  }
}

const givesSame = (invited: Hat | null, hat: Hat): boolean => invited !== null && invited.role === hat.role && invited.delegation === hat.delegation
