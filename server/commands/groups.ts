/** Groups of States: who they are, and who speaks for them. */
import { hatOf } from '../auth/hats.ts'
import { newId } from '../auth/secrets.ts'
import { writeState } from '../../shared/model/state.ts'
import type { Hat } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, delegationOf } from './context.ts'
import type { Context, Handler } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

/** A live hat of the draft, with its row's id and person. */
export interface Worn {
  readonly id: string
  readonly person: string
  readonly hat: Hat
}

export const wornHats = (context: Context): Worn[] =>
  context.before.hats.flatMap(({ id, person, hat: stored, revokedAtMs }) => {
    const hat = revokedAtMs === null ? hatOf(stored) : null
    return hat === null ? [] : [{ id, person, hat }]
  })

function groupOf(context: Context, id: string): ReturnType<typeof delegationOf> {
  const group = delegationOf(context, id)
  if (group.kind !== 'group') throw new Refusal('not-a-group')
  return group
}

/** Whoever spoke for the group as a member that is none any more does so no longer. */
export const setMembers: Handler<Of<'set-members'>> = (context) => {
  allow(context, 'set-members')
  const group = groupOf(context, context.command.group)
  const members = [...new Set(context.command.members)]
  for (const id of members) if (['office', 'group'].includes(delegationOf(context, id).kind)) throw new Refusal('not-permitted')
  writeState(context.doc, `delegation:${group.id}`, { ...group, members })
  const ended = wornHats(context).filter(({ hat }) => hat.delegation === group.id && hat.of !== undefined && !members.includes(hat.of))
  return {
    result: {},
    record: { group: group.id, members, ended: ended.map(({ id }) => id) },
    writes: ended.map(({ id }) => ({ drop: 'hat', id, atMs: context.atMs })),
    expel: (speaker) => ended.some(({ id }) => id === speaker.hatId),
  }
}

/** A further hat for somebody who is here already: they then act for one or the other, as they choose. */
export const giveHat: Handler<Of<'give-hat'>> = (context) => {
  allow(context, 'give-hat')
  const { hatId, group: id, level } = context.command
  const group = groupOf(context, id)
  const worn = wornHats(context)
  const own = worn.find((one) => one.id === hatId)
  if (own === undefined) throw new Refusal('no-such-person')
  if (own.hat.role !== 'delegate' || group.members?.includes(own.hat.delegation) !== true) throw new Refusal('not-in-group')
  if (worn.some(({ person, hat }) => person === own.person && hat.delegation === group.id)) throw new Refusal('already-so')
  const hat: Hat = { role: 'delegate', delegation: group.id, kind: 'group', level, of: own.hat.delegation }
  const given = newId()
  return {
    result: { hatId: given },
    record: { hat: { ...hat }, hatId: given, from: hatId },
    writes: [{ put: 'hat', row: { id: given, draft: context.draft, person: own.person, hat: { ...hat }, revokedAtMs: null } }],
  }
}

/** Hats that were given to a person as one of a delegation's, when their last hat in that delegation ends. */
export function givenThrough(context: Context, ended: Worn): Worn[] {
  const worn = wornHats(context).filter(({ person, id }) => person === ended.person && id !== ended.id)
  if (worn.some(({ hat }) => hat.delegation === ended.hat.delegation && hat.of === undefined)) return []
  return worn.filter(({ hat }) => hat.of === ended.hat.delegation)
}
