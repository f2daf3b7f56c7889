/** What the chair's table decides about proposals and paragraphs. */
import { readAmendments } from '../../shared/model/amendments.ts'
import { stateOfBracket } from '../../shared/model/brackets.ts'
import { endsOf } from '../../shared/model/grounds.ts'
import { incorporate as writeIntoBase } from '../../shared/model/incorporate.ts'
import { stateOf } from '../../shared/model/layout.ts'
import { markRecheck } from '../../shared/model/recheck.ts'
import { readAmendmentState, readUnitState, stateOfAmendment, stateOfUnit, writeState } from '../../shared/model/state.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import type { AmendmentStatus } from '../../shared/policy/types.ts'
import { asIf } from '../../shared/text/compile.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, newLineage, published, requirePlace, scans, unitFacts, unitSeen, viewOf } from './context.ts'
import type { Context, Handler, Outcome, Published } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

function decided(context: Context, state: AmendmentState, status: AmendmentStatus, note: string): AmendmentState {
  return { ...state, status, decision: { by: context.speaker.hat.delegation, atMs: context.atMs, note } }
}

function seen(context: Context<Of<'incorporate' | 'not-reflected' | 'keep-in-brackets'>>): Published {
  const found = published(context, context.command.amendment, context.command.digest)
  allow(context, context.command.command, { amendment: amendmentFacts(found.state), ...(found.unit === undefined ? {} : { unit: found.unit }) })
  return found
}

/** Others that it leaves without their words, their place or the proposal they stand on. */
const rechecked = (context: Context, amendment: string): string[] => markRecheck(context.doc, viewOf(context.doc), amendment, scans)

function writeDown(context: Context, { amendment, state }: Published): Outcome {
  requirePlace(context, amendment, 'incorporate')
  const lineage = newLineage()
  const unit = writeIntoBase(context.doc, context.view, amendment, {
    scans,
    wanted: asIf,
    document: context.draft,
    by: [state.proposer, ...state.sponsors.map((sponsor) => sponsor.delegation)],
    atMs: context.atMs,
    lineage,
  })
  if (unit === null) throw new Refusal('no-such-unit')
  writeState(context.doc, stateOfAmendment(amendment.id), decided(context, state, 'incorporated', ''))
  return {
    result: { amendment: amendment.id },
    record: { amendment: amendment.id, digest: state.digest, unit, rechecked: rechecked(context, amendment.id) },
    lineage,
  }
}

export const incorporate: Handler<Of<'incorporate'>> = (context) => writeDown(context, seen(context))

export const notReflected: Handler<Of<'not-reflected'>> = (context) => {
  const { amendment, state } = seen(context)
  writeState(context.doc, stateOfAmendment(amendment.id), decided(context, state, 'not-reflected', context.command.note))
  return {
    result: { amendment: amendment.id },
    record: { amendment: amendment.id, digest: state.digest, note: context.command.note, rechecked: rechecked(context, amendment.id) },
  }
}

/** Of a proposal that is itself square brackets nothing else can be kept: they are written into the text. */
export const keepInBrackets: Handler<Of<'keep-in-brackets'>> = (context) => {
  const found = seen(context)
  const { amendment, state } = found
  if (amendment.about.kind === 'bracket') {
    allow(context, 'incorporate', { amendment: amendmentFacts(state), ...(found.unit === undefined ? {} : { unit: found.unit }) })
    return writeDown(context, found)
  }
  if (state.status === 'bracketed') throw new Refusal('already-so')
  writeState(context.doc, stateOfAmendment(amendment.id), decided(context, state, 'bracketed', ''))
  return { result: { amendment: amendment.id }, record: { amendment: amendment.id, digest: state.digest } }
}

/** The words stay; a placeholder's paragraph is from then on like any other. */
export const liftBracket: Handler<Of<'lift-bracket'>> = (context) => {
  const { bracket } = context.command
  const unit = unitSeen(context, context.command.unit, context.command.digest)
  allow(context, 'lift-bracket', { unit: unitFacts(context.doc, unit.id) })
  if (!unit.brackets.some((one) => one.id === bracket)) throw new Refusal('already-so')
  stateOf(context.doc).delete(stateOfBracket(bracket))
  return { result: {}, record: { unit: unit.id, number: unit.number, bracket } }
}

/** Ad referendum. What is still proposed on the paragraph is decided or bracketed first. */
export const agree: Handler<Of<'agree'>> = (context) => {
  const unit = unitSeen(context, context.command.unit, context.command.digest)
  const state = readUnitState(context.doc, unit.id)
  allow(context, 'agree', { unit: unitFacts(context.doc, unit.id) })
  if (state.agreed !== null) throw new Refusal('already-so')
  const open = readAmendments(context.doc).some(
    (amendment) => readAmendmentState(context.doc, amendment.id)?.status === 'open' && endsOf(context.doc, context.view, amendment, scans).includes(unit.id),
  )
  if (open) throw new Refusal('open-amendments')
  const digest = digestOfUnit(unit)
  writeState(context.doc, stateOfUnit(unit.id), { ...state, agreed: { by: context.speaker.hat.delegation, atMs: context.atMs, digest } })
  return { result: {}, record: { unit: unit.id, number: unit.number, digest } }
}

export const reopenUnit: Handler<Of<'reopen-unit'>> = (context) => {
  const unit = unitSeen(context, context.command.unit, context.command.digest)
  const state = readUnitState(context.doc, unit.id)
  allow(context, 'reopen-unit', { unit: unitFacts(context.doc, unit.id) })
  if (state.agreed === null) throw new Refusal('already-so')
  writeState(context.doc, stateOfUnit(unit.id), { ...state, agreed: null })
  return { result: {}, record: { unit: unit.id, number: unit.number, reason: context.command.reason } }
}

const setLocked = (context: Context<Of<'lock' | 'unlock'>>, locked: boolean): ReturnType<Handler<Of<'lock'>>> => {
  const unit = unitSeen(context, context.command.unit)
  allow(context, context.command.command, { unit: unitFacts(context.doc, unit.id) })
  const state = readUnitState(context.doc, unit.id)
  if (state.locked === locked) throw new Refusal('already-so')
  writeState(context.doc, stateOfUnit(unit.id), { ...state, locked })
  return { result: {}, record: { unit: unit.id, number: unit.number } }
}

export const lock: Handler<Of<'lock'>> = (context) => setLocked(context, true)
export const unlock: Handler<Of<'unlock'>> = (context) => setLocked(context, false)
