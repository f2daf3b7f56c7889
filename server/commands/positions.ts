/** Where delegations stand. Nothing of it is written into a document that is sent to the room: the record alone has it. */
import { aboutKey } from '../../shared/record/entries.ts'
import { positionAction } from '../../shared/record/stands.ts'
import type { DelegationKind, Facts, Hat } from '../../shared/policy/types.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, delegationOf, factsOf, published, unitFacts, unitSeen } from './context.ts'
import type { Context, Handler, Outcome } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>
type Saying = Of<'position' | 'record-position'>

/** What it is about, on the wording that the sender saw. */
function seen(context: Context<Saying>): Pick<Facts, 'amendment' | 'unit'> {
  const { about } = context.command
  if (about.kind === 'unit') return { unit: unitFacts(context.doc, unitSeen(context, about.unit, about.digest).id) }
  const { amendment, state } = published(context, about.amendment, about.digest)
  return { amendment: amendmentFacts(context, amendment.id, state) }
}

function given(context: Context<Saying>, delegation: string, asRecorded: boolean): Outcome {
  const { about, position, to, note } = context.command
  const held = context.before.ledger.stands.positions.get(aboutKey(about))?.get(delegation)
  const before = to === 'all' ? (held?.all ?? null) : (held?.table ?? null)
  // Said to all again it may still be news: it ends what was said to the chair's table alone.
  const ends = to === 'all' && (held?.table ?? null) !== null
  const same = before === null ? position === null : before.position === position && before.note === note && before.digest === about.digest && before.asRecorded === asRecorded
  if (same && !ends) throw new Refusal('already-so')
  return {
    result: {},
    record: { [about.kind]: about.kind === 'unit' ? about.unit : about.amendment, digest: about.digest, delegation, position, to, note, asRecorded },
    audience: { to: to === 'all' ? 'delegations' : 'table', of: delegation },
  }
}

export const position: Handler<Of<'position'>> = (context) => {
  const { about, position: said } = context.command
  allow(context, positionAction(about.kind, said), seen(context))
  return given(context, context.speaker.hat.delegation, false)
}

/** From the floor or in the chair's ear: what the delegation could say itself. */
export const recordPosition: Handler<Of<'record-position'>> = (context) => {
  const { about, position: said, delegation } = context.command
  allow(context, 'record-position')
  const { id, kind } = delegationOf(context, delegation)
  const asItself: Hat = { role: 'delegate', delegation: id, kind: kind as DelegationKind, level: 'head' }
  const code = refusalOf({ ...factsOf(context, seen(context)), hat: asItself }, positionAction(about.kind, said))
  if (code !== null) throw new Refusal(code)
  return given(context, id, true)
}

function setOpen(context: Context<Of<'open-positions' | 'close-positions'>>, opened: boolean): Outcome {
  allow(context, context.command.command)
  if (context.before.ledger.stands.opened === opened) throw new Refusal('already-so')
  return { result: {}, record: {} }
}

export const openPositions: Handler<Of<'open-positions'>> = (context) => setOpen(context, true)
export const closePositions: Handler<Of<'close-positions'>> = (context) => setOpen(context, false)
