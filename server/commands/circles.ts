/** Circles: sponsors who prepare the next revision together, and small groups that the chair names for one paragraph. */
import { nextCircleId, readCircle, readCircles, stateOfCircle } from '../../shared/model/circles.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import { readDelegations, writeState } from '../../shared/model/state.ts'
import type { CircleFacts } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import { allow, amendmentFacts, delegationOf, published } from './context.ts'
import type { Context, Handler } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

/** The circle that a command says it was prepared in; null where it names none. Whether one is in it, the policy says. */
export function circleOf(context: Context, id: string | undefined): CircleState | null {
  if (id === undefined) return null
  const circle = readCircle(context.doc, id)
  if (circle === null) throw new Refusal('no-such-circle')
  return circle
}

export const circleFacts = ({ members, open }: CircleState): CircleFacts => ({ members, open })

export const openCircle: Handler<Of<'open-circle'>> = (context) => {
  const { purpose } = context.command
  const circle: Omit<CircleState, 'id'> = { name: '', purpose: { kind: 'amendment', amendment: '' }, members: [], open: true }
  if (purpose.kind === 'unit') {
    allow(context, 'name-circle')
    if (!context.view.byId.has(purpose.unit)) throw new Refusal('no-such-unit')
    return begin(context, { ...circle, name: purpose.name, purpose: { kind: 'unit', unit: purpose.unit }, members: membersOf(context, purpose.members) })
  }
  const { state } = published(context, purpose.amendment)
  allow(context, 'open-circle', { amendment: amendmentFacts(context, purpose.amendment, state) })
  const known = readCircles(context.doc).some((one) => one.purpose.kind === 'amendment' && one.purpose.amendment === purpose.amendment)
  if (known) throw new Refusal('already-so')
  return begin(context, { ...circle, purpose: { kind: 'amendment', amendment: purpose.amendment } })
}

function begin(context: Context, circle: Omit<CircleState, 'id'>): ReturnType<Handler<Of<'open-circle'>>> {
  if (readCircles(context.doc).length >= limits.circlesMax) throw new Refusal('bounds')
  const id = nextCircleId(context.doc, readDelegations(context.doc))
  writeState(context.doc, stateOfCircle(id), { id, ...circle })
  return { result: { circle: id }, record: recorded({ id, ...circle }) }
}

/** In the order given, the one that leads first. The chair's table may sit in; a legal office has nobody to put forward for. */
function membersOf(context: Context, ids: readonly string[]): string[] {
  const members = [...new Set(ids)]
  for (const id of members) if (delegationOf(context, id).kind === 'office' && id !== 'office') throw new Refusal('not-permitted')
  return members
}

/** Ends it, takes it up again, or says who is in it. What was prepared stays where it is, for its last members to read. */
export const setCircle: Handler<Of<'set-circle'>> = (context) => {
  const { circle: id, open, members } = context.command
  const circle = circleOf(context, id)!
  if (circle.purpose.kind === 'screen') throw new Refusal('not-permitted')
  if (circle.purpose.kind === 'unit') allow(context, 'name-circle')
  else allow(context, 'open-circle', { amendment: amendmentFacts(context, circle.purpose.amendment, published(context, circle.purpose.amendment).state) })
  if (members !== undefined && circle.purpose.kind !== 'unit') throw new Refusal('not-permitted')
  const next = { ...circle, open, ...(members === undefined ? {} : { members: membersOf(context, members) }) }
  if (JSON.stringify(next) === JSON.stringify(circle)) throw new Refusal('already-so')
  writeState(context.doc, stateOfCircle(id), next)
  const ended = sideRoomOf(context.draft, id)
  return {
    result: { circle: id },
    record: recorded(next),
    ...(circle.open && !open ? { expel: (_speaker, document) => document === ended } : {}),
  }
}

const recorded = ({ id, name, purpose, members, open }: CircleState): { [key: string]: string | boolean | string[] } => ({
  circle: id, name, open, members: [...members], ...Object.fromEntries(purpose.kind === 'screen' ? [] : [[purpose.kind, purpose.kind === 'unit' ? purpose.unit : purpose.amendment]]),
})
