/** Agreement and locks on more than one paragraph, packages, and requests to reopen what is agreed. */
import {
  packageOfAmendment, packageOfUnit, readPackage, readPackages, readRequest, readRequests, stateOfPackage, stateOfRequest, unitsUnder,
} from '../../shared/model/agreed.ts'
import type { PackageState, RequestState } from '../../shared/model/agreed.ts'
import { endsOf } from '../../shared/model/grounds.ts'
import { stateOf } from '../../shared/model/layout.ts'
import { markRecheck } from '../../shared/model/recheck.ts'
import { readUnitState, stateOfUnit, writeState } from '../../shared/model/state.ts'
import type { UnitState } from '../../shared/model/state.ts'
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import { digestOfPackageIn, digestOfUnits } from '../../shared/lifecycle/stages.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { Action } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { limits } from '../../shared/wire/limits.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, newLineage, published, scans, unitFacts, unitSeen, viewOf } from './context.ts'
import type { Context, Handler, Published } from './context.ts'
import { reopen } from './reopening.ts'
import { anyOpenOn, writeAgreed, writeDecided, writeIntoText } from './decisions.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

const acts = {
  agree: { action: 'agree', isSo: (state: UnitState) => state.agreed !== null },
  reopen: { action: 'reopen-unit', isSo: (state: UnitState) => state.agreed === null },
  lock: { action: 'lock', isSo: (state: UnitState) => state.locked },
  unlock: { action: 'unlock', isSo: (state: UnitState) => !state.locked },
} as const satisfies Record<Of<'close-together'>['act'], { action: Action; isSo: (state: UnitState) => boolean }>

/** What is so already stays; where all of it is, there is nothing to do. */
export const closeTogether: Handler<Of<'close-together'>> = (context) => {
  const { command, doc, view } = context
  const { action, isSo } = acts[command.act]
  const all = unitsUnder(view, command.under)
  // With nothing to act on the role is judged all the same.
  allow(context, action, { unit: { locked: command.act === 'unlock', agreed: command.act === 'reopen' } })
  if (all.length === 0) throw new Refusal(command.under === null ? 'no-text' : 'no-such-unit')
  if (digestOfUnits(view, all) !== command.digest) throw new Refusal('changed')
  const units = all.filter((id) => !isSo(readUnitState(doc, id)))
  if (units.length === 0) throw new Refusal('already-so')
  const packages = readPackages(doc)
  for (const id of units) allow(context, action, { unit: unitFacts(doc, id), packaged: packageOfUnit(packages, id) !== null })
  if (command.act === 'agree' && anyOpenOn(context, units)) throw new Refusal('open-amendments')
  for (const id of units) {
    const state = readUnitState(doc, id)
    if (command.act === 'agree') writeAgreed(context, view.byId.get(id)!)
    else if (command.act === 'reopen') reopen(context, id)
    else writeState(doc, stateOfUnit(id), { ...state, locked: command.act === 'lock' })
  }
  return { result: {}, record: { act: command.act, under: command.under, units, text: command.digest, reason: command.reason } }
}

function reopenPackage(context: Context, found: PackageState): readonly string[] {
  const units = found.units.filter((id) => context.view.byId.has(id))
  for (const id of units) reopen(context, id)
  writeState(context.doc, stateOfPackage(found.id), { ...found, agreed: null })
  return units
}

export const askReopen: Handler<Of<'ask-reopen'>> = (context) => {
  const { command, doc, speaker: { hat: { delegation } }, atMs } = context
  const unit = unitSeen(context, command.unit, command.digest)
  allow(context, 'ask-reopen', { unit: unitFacts(doc, unit.id) })
  const known = readRequests(doc)
  if (known.some((one) => one.unit === unit.id && one.delegation === delegation && one.answer === null)) throw new Refusal('already-so')
  if (known.length >= limits.requestsMax) throw new Refusal('too-fast')
  const id = context.decision
  writeState(doc, stateOfRequest(id), { id, unit: unit.id, delegation, reason: command.reason, atMs, answer: null })
  return { result: { request: id }, record: { request: id, unit: unit.id, number: unit.number, reason: command.reason } }
}

/** Of a package all of it is reopened, as with any of its paragraphs. */
export const answerRequest: Handler<Of<'answer-request'>> = (context) => {
  const { command, doc, atMs } = context
  allow(context, 'answer-request')
  const request: RequestState | null = readRequest(doc, command.request)
  if (request === null) throw new Refusal('no-such-request')
  if (request.answer !== null) throw new Refusal('already-decided')
  if (!command.reopen && command.note === '') throw new Refusal('word-needed')
  writeState(doc, stateOfRequest(request.id), { ...request, answer: { reopened: command.reopen, note: command.note, atMs } })
  const found = packageOfUnit(readPackages(doc), request.unit)
  const units = !command.reopen ? [] : found !== null && found.agreed !== null ? reopenPackage(context, found) : [request.unit]
  for (const id of units) if (readUnitState(doc, id).agreed !== null) reopen(context, id)
  return { result: {}, record: { request: request.id, unit: request.unit, delegation: request.delegation, reopened: command.reopen, units: [...units], note: command.note } }
}

/** Nothing is in two packages, and nothing that is settled already in any. */
export const makePackage: Handler<Of<'make-package'>> = (context) => {
  const { command, doc, atMs } = context
  allow(context, 'make-package')
  const packages = readPackages(doc)
  if (packages.length >= limits.packagesMax) throw new Refusal('too-fast')
  const units = [...new Set(command.units.map((one) => unitSeen(context, one.unit, one.digest).id))]
  const amendments = [...new Set(command.amendments.map((one) => one.amendment))]
  if (units.length + amendments.length < 2) throw new Refusal('package-small')
  for (const id of units) {
    if (packageOfUnit(packages, id) !== null) throw new Refusal('in-package')
    if (unitFacts(doc, id).agreed) throw new Refusal('already-so')
  }
  for (const { amendment, digest } of command.amendments) {
    const { state } = published(context, amendment, digest)
    if (!isUndecided(state.status)) throw new Refusal('already-decided')
    if (packageOfAmendment(packages, amendment) !== null) throw new Refusal('in-package')
  }
  const id = context.decision
  writeState(doc, stateOfPackage(id), { id, name: command.name, units, amendments, atMs, agreed: null })
  return { result: { package: id }, record: { package: id, name: command.name, units, amendments } }
}

function seen(context: Context<Of<'agree-package' | 'reopen-package' | 'drop-package'>>): PackageState {
  const { command } = context
  allow(context, command.command)
  const found = readPackage(context.doc, command.package)
  if (found === null) throw new Refusal('no-such-package')
  return found
}

/** Its proposals are written into the text in their order, then all its paragraphs are agreed; or nothing happens at all. */
export const agreePackage: Handler<Of<'agree-package'>> = (context) => {
  const found = seen(context)
  const { doc, atMs } = context
  if (found.agreed !== null) throw new Refusal('already-so')
  if (digestOfPackage(context, found) !== context.command.digest) throw new Refusal('changed')
  const lineage = newLineage()
  const touched = new Set(found.units)
  const written: string[] = []
  const open: Published[] = []
  for (const id of found.amendments) {
    const one = published(context, id)
    if (one.state.status === 'incorporated') continue
    allow(context, 'incorporate', { amendment: amendmentFacts(context, id, one.state), ...(one.unit === undefined ? {} : { unit: one.unit }) })
    for (const unit of endsOf(doc, context.view, one.amendment, scans)) touched.add(unit)
    open.push(one)
  }
  if (anyOpenOn(context, [...touched], found.amendments)) throw new Refusal('open-amendments')
  for (const one of open) {
    const { unit, wording } = writeIntoText(context, viewOf(doc), one, lineage)
    writeDecided(context, one, 'incorporated', '', { wording })
    touched.add(unit)
    written.push(one.amendment.id)
  }
  const rechecked = written.flatMap((id) => markRecheck(doc, viewOf(doc), id, scans))
  const view = viewOf(doc)
  const units = view.units.filter(({ id }) => touched.has(id))
  // What was proposed on a new paragraph has come along with it.
  if (anyOpenOn({ doc, view }, units.map(({ id }) => id))) throw new Refusal('open-amendments')
  for (const unit of units) {
    const state = readUnitState(doc, unit.id)
    if (state.agreed === null) writeState(doc, stateOfUnit(unit.id), { ...state, agreed: { by: context.speaker.hat.delegation, atMs, digest: digestOfUnit(unit) } })
  }
  writeState(doc, stateOfPackage(found.id), { ...found, units: units.map(({ id }) => id), agreed: { atMs } })
  return {
    result: {},
    record: { package: found.id, name: found.name, units: units.map(({ id }) => id), incorporated: written, rechecked: [...new Set(rechecked)] },
    lineage,
  }
}

/** Of its paragraphs as they read and its proposals as they are worded: what whoever agrees it has seen. */
function digestOfPackage(context: Context, { units, amendments }: PackageState): string {
  return digestOfPackageIn(context.view, units, amendments.map((id) => published(context, id).state.digest))
}

export const reopenWhole: Handler<Of<'reopen-package'>> = (context) => {
  const found = seen(context)
  if (found.agreed === null) throw new Refusal('already-so')
  const units = reopenPackage(context, found)
  return { result: {}, record: { package: found.id, name: found.name, units: [...units], reason: context.command.reason } }
}

/** What was agreed with it stays agreed; its parts go their own ways from then on. */
export const dropPackage: Handler<Of<'drop-package'>> = (context) => {
  const found = seen(context)
  stateOf(context.doc).delete(stateOfPackage(found.id))
  return { result: {}, record: { package: found.id, name: found.name, reason: context.command.reason } }
}
