/** What the chair's table decides about proposals and paragraphs. */
import { readAmendments } from '../../shared/model/amendments.ts'
import { stateOfBracket } from '../../shared/model/brackets.ts'
import { endsOf } from '../../shared/model/grounds.ts'
import { incorporate as writeIntoBase } from '../../shared/model/incorporate.ts'
import { stateOf } from '../../shared/model/layout.ts'
import type { Lineage } from '../../shared/model/decisions.ts'
import { markRecheck } from '../../shared/model/recheck.ts'
import { readAmendmentState, readUnitState, stateOfAmendment, stateOfUnit, writeState } from '../../shared/model/state.ts'
import type { Decision } from '../../shared/model/state.ts'
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { AmendmentStatus } from '../../shared/policy/types.ts'
import { asIf } from '../../shared/text/compile.ts'
import { wordingIn, wordingSource } from '../../shared/text/wording.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, isAmendmentPackaged, isUnitPackaged, newLineage, published, requirePlace, scans, unitFacts, unitSeen, viewOf } from './context.ts'
import type { Context, Handler, Outcome, Published } from './context.ts'
import { reopen } from './reopening.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export function writeDecided(context: Context, { amendment, state }: Published, status: AmendmentStatus, note: string, more: Partial<Pick<Decision, 'id' | 'with' | 'wording' | 'notIn'>> = {}): void {
  const decision = { id: context.decision, by: context.speaker.hat.delegation, atMs: context.atMs, note, with: [], ...more }
  writeState(context.doc, stateOfAmendment(amendment.id), { ...state, status, decision })
}

function seen(context: Context<Of<'incorporate' | 'not-reflected' | 'keep-in-brackets'>>): Published {
  const found = published(context, context.command.amendment, context.command.digest)
  allow(context, context.command.command, { packaged: isAmendmentPackaged(context, found.amendment.id), amendment: amendmentFacts(context, found.amendment.id, found.state), ...(found.unit === undefined ? {} : { unit: found.unit }) })
  return found
}

/** Others that it leaves without their words, their place or the proposal they stand on. */
const rechecked = (context: Context, amendment: string): string[] => markRecheck(context.doc, viewOf(context.doc), amendment, scans)

/** Writes one into the base as it stands now. Tells the unit that bears it, and the official sentence against the text before. */
export function writeIntoText(context: Context, view: DraftView, { amendment, state }: Published, lineage: Lineage): { readonly unit: string; readonly wording: string } {
  requirePlace({ ...context, view }, amendment, 'incorporate')
  const wording = wordingIn(wordingSource(context.doc, view, scans))(amendment)
  const by = [state.proposer, ...state.sponsors.map((sponsor) => sponsor.delegation)]
  const unit = writeIntoBase(context.doc, view, amendment, { scans, wanted: asIf, document: context.draft, by, atMs: context.atMs, lineage })
  if (unit === null) throw new Refusal('no-such-unit')
  return { unit, wording }
}

function writeDown(context: Context, found: Published): Outcome {
  const { amendment, state } = found
  const lineage = newLineage()
  const { unit, wording } = writeIntoText(context, context.view, found, lineage)
  writeDecided(context, found, 'incorporated', '', { wording })
  return {
    result: { amendment: amendment.id },
    record: { amendment: amendment.id, digest: state.digest, unit, rechecked: rechecked(context, amendment.id) },
    lineage,
  }
}

export const incorporate: Handler<Of<'incorporate'>> = (context) => writeDown(context, seen(context))

export const notReflected: Handler<Of<'not-reflected'>> = (context) => {
  const found = seen(context)
  const { amendment, state } = found
  writeDecided(context, found, 'not-reflected', context.command.note)
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
    allow(context, 'incorporate', { amendment: amendmentFacts(context, amendment.id, state), ...(found.unit === undefined ? {} : { unit: found.unit }) })
    return writeDown(context, found)
  }
  if (state.status === 'bracketed') throw new Refusal('already-so')
  writeDecided(context, found, 'bracketed', '')
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

/** Whether a proposal is open that would change one of these paragraphs. */
export const anyOpenOn = ({ doc, view }: Pick<Context, 'doc' | 'view'>, units: readonly string[], except: readonly string[] = []): boolean =>
  readAmendments(doc).some((amendment) =>
    readAmendmentState(doc, amendment.id)?.status === 'open' && !except.includes(amendment.id) && endsOf(doc, view, amendment, scans).some((unit) => units.includes(unit)))

/** Ad referendum. What is still proposed on the paragraph is decided or bracketed first. */
export function writeAgreed(context: Context, unit: UnitView): string {
  const state = readUnitState(context.doc, unit.id)
  if (anyOpenOn(context, [unit.id])) throw new Refusal('open-amendments')
  const digest = digestOfUnit(unit)
  writeState(context.doc, stateOfUnit(unit.id), { ...state, agreed: { by: context.speaker.hat.delegation, atMs: context.atMs, digest } })
  return digest
}

export const agree: Handler<Of<'agree'>> = (context) => {
  const unit = unitSeen(context, context.command.unit, context.command.digest)
  allow(context, 'agree', { unit: unitFacts(context.doc, unit.id), packaged: isUnitPackaged(context, unit.id) })
  const digest = writeAgreed(context, unit)
  return { result: {}, record: { unit: unit.id, number: unit.number, digest } }
}

export const reopenUnit: Handler<Of<'reopen-unit'>> = (context) => {
  const unit = unitSeen(context, context.command.unit, context.command.digest)
  allow(context, 'reopen-unit', { unit: unitFacts(context.doc, unit.id), packaged: isUnitPackaged(context, unit.id) })
  reopen(context, unit.id)
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
