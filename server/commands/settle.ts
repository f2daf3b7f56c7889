/**
 * Several decisions as one: a paragraph closed from the room view, a merge credited to all it is made of, a delegation's
 * proposals decided together. All of it happens or none; the record has it as one entry.
 */
import { markRecheck } from '../../shared/model/recheck.ts'
import { readReversal, standsAsDecided, takeBack } from '../../shared/model/reversal.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { Action, AmendmentStatus } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, isAmendmentPackaged, isUnitPackaged, newLineage, published, scans, unitFacts, unitSeen, viewOf } from './context.ts'
import type { Context, Handler, Published } from './context.ts'
import { writeAgreed, writeDecided, writeIntoText } from './decisions.ts'

type Settle = Extract<Command, { command: 'settle' }>
type Undo = Extract<Command, { command: 'undo-decision' }>

/** Each list with the action that the policy is asked for and the status it gives. */
const lists = [
  ['incorporate', 'incorporate', 'incorporated'],
  ['merge', 'merge', 'merged'],
  ['bracket', 'keep-in-brackets', 'bracketed'],
  ['hold', 'hold', 'held'],
  ['decline', 'not-reflected', 'not-reflected'],
] as const satisfies readonly (readonly [keyof Settle, Action, AmendmentStatus])[]

type ListName = (typeof lists)[number][0]

export const settle: Handler<Settle> = (context) => {
  const { command } = context
  if (command.unit !== null) unitSeen(context, command.unit.unit, command.unit.digest)
  const found = seenAll(context)
  if (found.merge.length > 0 && found.incorporate.length === 0) throw new Refusal('nothing-to-merge-into')
  const lineage = newLineage()
  const carriers = idsOf(found.incorporate)
  const written: string[] = []
  for (const one of found.incorporate) {
    const { unit, wording } = writeIntoText(context, viewOf(context.doc), one, lineage)
    writeDecided(context, one, 'incorporated', command.note, { with: idsOf(found.merge), wording })
    written.push(unit)
  }
  for (const one of found.merge) writeDecided(context, one, 'merged', command.note, { with: carriers })
  for (const name of ['bracket', 'hold', 'decline'] as const) {
    for (const one of found[name]) writeDecided(context, one, statusOf(name), command.note)
  }
  const rechecked = carriers.flatMap((id) => markRecheck(context.doc, viewOf(context.doc), id, scans))
  const agreed = command.agree ? agreeUnit(context) : null
  return {
    result: { decision: context.decision },
    record: {
      unit: command.unit?.unit ?? null,
      ...Object.fromEntries(lists.map(([name]) => [name, found[name].map(({ amendment, state }) => ({ amendment: amendment.id, digest: state.digest }))])),
      written,
      rechecked: [...new Set(rechecked)],
      agreed,
      note: command.note,
    },
    lineage,
  }
}

const idsOf = (found: readonly Published[]): string[] => found.map(({ amendment }) => amendment.id)
const statusOf = (name: ListName): AmendmentStatus => lists.find(([known]) => known === name)![2]

/** Everything that is named, as the sender saw it and as this capacity may decide on it; nothing is named twice. */
function seenAll(context: Context<Settle>): Readonly<Record<ListName, Published[]>> {
  const named = new Set<string>()
  const all: Record<ListName, Published[]> = { incorporate: [], merge: [], bracket: [], hold: [], decline: [] }
  for (const [name, action, status] of lists) {
    // Of an empty settlement the role is judged all the same.
    for (const { amendment: id, digest } of context.command[name]) {
      if (named.has(id)) throw new Refusal('bad-command')
      named.add(id)
      const one = published(context, id, digest)
      allow(context, action, { packaged: isAmendmentPackaged(context, id), amendment: amendmentFacts(context, id, one.state), ...(one.unit === undefined ? {} : { unit: one.unit }) })
      if (isUndecided(status) && one.state.status === status) throw new Refusal('already-so')
      all[name].push(one)
    }
  }
  if (named.size === 0 && !context.command.agree) throw new Refusal('bad-command')
  return all
}

/** As it reads now, with what has just been written into it. */
function agreeUnit(context: Context<Settle>): { unit: string; number: string; digest: string } {
  const { unit: asked } = context.command
  const unit = asked === null ? undefined : viewOf(context.doc).byId.get(asked.unit)
  if (unit === undefined) throw new Refusal('no-such-unit')
  allow(context, 'agree', { unit: unitFacts(context.doc, unit.id), packaged: isUnitPackaged(context, unit.id) })
  return { unit: unit.id, number: unit.number, digest: writeAgreed(context, unit) }
}

/** What came after it stays: a decision on which something was built is decided anew instead. */
export const undoDecision: Handler<Undo> = (context) => {
  allow(context, 'undo-decision')
  const { doc, command, draft } = context
  const reversal = readReversal(doc, command.decision)
  if (reversal === null) throw new Refusal('already-so')
  if (!standsAsDecided(doc, context.view, reversal)) throw new Refusal('built-on')
  const lineage = newLineage()
  for (const { to, from } of takeBack(doc, command.decision, reversal)) lineage.runs.push({ to, from: [draft, ...from] })
  return { result: {}, record: { decision: command.decision, undone: reversal.kind, units: reversal.units.map(({ unit }) => unit) }, lineage }
}
