/** What the chair's table decides about proposals and paragraphs. */
import { placeAmendment } from '../../shared/model/amendments.ts'
import { incorporate as writeIntoBase, markRecheck, noteWritten } from '../../shared/model/decisions.ts'
import type { Lineage } from '../../shared/model/decisions.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { readAmendmentState, readUnitState, stateOfAmendment, stateOfUnit, writeState } from '../../shared/model/state.ts'
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { AmendmentStatus } from '../../shared/policy/types.ts'
import { asIf } from '../../shared/text/compile.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, newLineage, published, scans, unitFacts, unitSeen, viewOf } from './context.ts'
import type { Context, Handler, Published } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export function writeDecided(context: Context, { amendment, state }: Published, status: AmendmentStatus, note: string, others: readonly string[] = []): void {
  const decision = { id: context.decision, by: context.speaker.hat.delegation, atMs: context.atMs, note, with: others }
  writeState(context.doc, stateOfAmendment(amendment.id), { ...state, status, decision })
}

function seen(context: Context<Of<'incorporate' | 'not-reflected' | 'keep-in-brackets'>>): Published {
  const found = published(context, context.command.amendment, context.command.digest)
  allow(context, context.command.command, { amendment: amendmentFacts(context, found.amendment.id, found.state), ...(found.unit === undefined ? {} : { unit: found.unit }) })
  return found
}

/** Writes one into the base as it stands now, and tells the unit that bears it. */
export function writeIntoText(context: Context, view: DraftView, found: Published, lineage: Lineage): string {
  const { amendment } = found
  const target = view.byId.get(amendment.about.target)
  const placed = target === undefined ? null : placeAmendment(context.doc, target, amendment, scans)
  if (amendment.about.target !== '' && target === undefined) throw new Refusal('no-such-unit')
  if (amendment.about.kind === 'modify' && placed!.broken.length > 0) throw new Refusal('anchor-broken')
  const wanted = target === undefined ? '' : asIf(target.atoms, [placed!])
  const unit = writeIntoBase(context.doc, view, amendment, scans, wanted, context.draft, lineage)
  if (unit === null) throw new Refusal('no-such-unit')
  noteWritten(context.doc, unit, context.atMs, lineage)
  return unit
}

export const incorporate: Handler<Of<'incorporate'>> = (context) => {
  const found = seen(context)
  const { amendment, state } = found
  const lineage = newLineage()
  const unit = writeIntoText(context, context.view, found, lineage)
  writeDecided(context, found, 'incorporated', '')
  const rechecked = markRecheck(context.doc, viewOf(context.doc), amendment.id, scans)
  return {
    result: { amendment: amendment.id },
    record: { amendment: amendment.id, digest: state.digest, unit, rechecked },
    lineage,
  }
}

export const notReflected: Handler<Of<'not-reflected'>> = (context) => {
  const found = seen(context)
  const { amendment, state } = found
  writeDecided(context, found, 'not-reflected', context.command.note)
  return { result: { amendment: amendment.id }, record: { amendment: amendment.id, digest: state.digest, note: context.command.note } }
}

export const keepInBrackets: Handler<Of<'keep-in-brackets'>> = (context) => {
  const found = seen(context)
  const { amendment, state } = found
  if (state.status === 'bracketed') throw new Refusal('already-so')
  writeDecided(context, found, 'bracketed', '')
  return { result: { amendment: amendment.id }, record: { amendment: amendment.id, digest: state.digest } }
}

/** Ad referendum. What is still proposed on the paragraph is decided or bracketed first. */
export function writeAgreed(context: Context, unit: UnitView): string {
  const state = readUnitState(context.doc, unit.id)
  const open = readAmendments(context.doc).some(
    (amendment) => amendment.about.target === unit.id && amendment.about.kind !== 'insert' && readAmendmentState(context.doc, amendment.id)?.status === 'open',
  )
  if (open) throw new Refusal('open-amendments')
  const digest = digestOfUnit(unit)
  writeState(context.doc, stateOfUnit(unit.id), { ...state, agreed: { by: context.speaker.hat.delegation, atMs: context.atMs, digest } })
  return digest
}

export const agree: Handler<Of<'agree'>> = (context) => {
  const unit = unitSeen(context, context.command.unit, context.command.digest)
  allow(context, 'agree', { unit: unitFacts(context.doc, unit.id) })
  const digest = writeAgreed(context, unit)
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
