/** From drafting to negotiation and back, the freeze, and back from that. */
import { createUnits, valueOf } from '../../shared/model/operations.ts'
import { silenceRunning, stateOfSilence } from '../../shared/model/silence.ts'
import { stateOf } from '../../shared/model/layout.ts'
import { readAmendmentState, readConfirmation, readStage, readUnitState, stateOfAmendment, stateOfConfirmation, stateOfSponsor, writeState } from '../../shared/model/state.ts'
import { digestOfText, digestOfUnit } from '../../shared/lifecycle/digests.ts'
import { missingFor, stageFactsOf } from '../../shared/lifecycle/stages.ts'
import type { StageFacts, TransitionName, Wish } from '../../shared/lifecycle/stages.ts'
import { certifiedIn, oralOf } from '../../shared/record/oral.ts'
import { flaggedIn } from '../../shared/record/stands.ts'
import { canonicalForm, freezePreview, signedBytes } from '../../shared/lifecycle/freeze.ts'
import { putStandingBrackets } from '../../shared/model/incorporate.ts'
import { rewrite } from '../../shared/text/rewrite.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { allow, viewOf } from './context.ts'
import { frozenVersion, textAsRevised } from './oral.ts'
import { reopen } from './reopening.ts'
import type { Context, Handler } from './context.ts'
import { requireAhead, stageWrite } from './stage-writes.ts'
import { raise } from './threads.ts'
import { nextVersion, placeOfVersion, requireSymbol } from './versions.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export const importWords: Handler<Of<'import'>> = (context) => {
  allow(context, 'import')
  if (context.view.units.length > 0) throw new Refusal('draft-not-empty')
  const { value, remarks = [] } = context.command
  if (value.units.length === 0) throw new Refusal('import-empty')
  createUnits(context.doc, context.view, { parent: null, after: null }, value.units)
  putStandingBrackets(context.doc, viewOf(context.doc), value.units, context.atMs)
  const state = readStage(context.doc)
  writeState(context.doc, 'draft', { ...state, language: value.language })
  const writes = raise(context, viewOf(context.doc), remarks, false)
  return { result: {}, record: { units: value.units.length, language: value.language, ...(remarks.length === 0 ? {} : { remarks: remarks.length }) }, writes }
}

/** What must hold before a change of stage. Throws what is missing first. */
function require(context: Context, name: TransitionName, wish: Wish = {}): StageFacts {
  const facts = stageFactsOf(context.doc, context.view, flaggedIn(context.before.ledger.stands))
  const missing = missingFor(name, facts, wish)
  if (missing !== null) throw new Refusal(missing)
  return facts
}

/** A silence that runs does not outlive its stage. */
function callOff(context: Context): void {
  const running = silenceRunning(context.doc)
  if (running !== null) writeState(context.doc, stateOfSilence(running.number), { ...running, ended: { how: 'called-off', atMs: context.atMs } })
}

export const openNegotiation: Handler<Of<'open-negotiation'>> = (context) => {
  allow(context, 'open-negotiation')
  const { reading } = require(context, 'open-negotiation')
  // The text that was opened for drafting again comes back to the reading that it left.
  const now = Math.max(1, reading)
  return { result: {}, record: { stage: 'negotiation', reading: now, reason: context.command.reason ?? '' }, writes: stageWrite(context, 'negotiation', { reading: now }) }
}

export const reopenDrafting: Handler<Of<'reopen-drafting'>> = (context) => {
  allow(context, 'reopen-drafting')
  require(context, 'reopen-drafting')
  callOff(context)
  return { result: {}, record: { stage: 'drafting', reason: context.command.reason }, writes: stageWrite(context, 'drafting') }
}

/** A deadline that has passed was that of the reading which ends. */
export const nextReading: Handler<Of<'next-reading'>> = (context) => {
  allow(context, 'next-reading')
  const reading = require(context, 'next-reading').reading + 1
  const { deadlineMs } = readStage(context.doc)
  const lifts = deadlineMs !== undefined && deadlineMs < context.atMs
  return {
    result: {},
    record: { reading, reason: context.command.reason, ...(lifts ? { lifted: deadlineMs } : {}) },
    writes: stageWrite(context, 'negotiation', { reading, ...(lifts ? { deadlineMs: undefined } : {}) }),
  }
}

export const formerReading: Handler<Of<'former-reading'>> = (context) => {
  allow(context, 'former-reading')
  const reading = require(context, 'former-reading').reading - 1
  return { result: {}, record: { reading, reason: context.command.reason }, writes: stageWrite(context, 'negotiation', { reading }) }
}

/** Late proposals are marked and not refused: the deadline says which those are. */
export const setDeadline: Handler<Of<'set-deadline'>> = (context) => {
  allow(context, 'set-deadline')
  const { atMs: deadlineMs, reason } = context.command
  const { deadlineMs: before, ...state } = readStage(context.doc)
  if ((before ?? null) === deadlineMs) throw new Refusal('already-so')
  if (deadlineMs !== null) requireAhead(deadlineMs, context.atMs)
  writeState(context.doc, 'draft', deadlineMs === null ? state : { ...state, deadlineMs })
  return { result: {}, record: { deadline: deadlineMs, before: before ?? null, reason } }
}

/** For small teams: whoever holds the right puts forward by pausing. What was begun in private before stays so. */
export const showAsTyped: Handler<Of<'show-as-typed'>> = (context) => {
  allow(context, 'show-as-typed')
  const { show } = context.command
  const { asTyped: before = false, ...state } = readStage(context.doc)
  if (before === show) throw new Refusal('already-so')
  writeState(context.doc, 'draft', show ? { ...state, asTyped: true } : state)
  return { result: {}, record: { show } }
}

/** Whether somebody else has to confirm what will be frozen. */
export const askSecond: Handler<Of<'ask-second'>> = (context) => {
  allow(context, 'ask-second')
  const { ask } = context.command
  const { secondAsked: before = false, ...state } = readStage(context.doc)
  if (before === ask) throw new Refusal('already-so')
  writeState(context.doc, 'draft', ask ? { ...state, secondAsked: true } : state)
  return { result: {}, record: { ask } }
}

/** On what was on the sender's screen; what changes after it has to be confirmed again. */
export const confirmFreeze: Handler<Of<'confirm-freeze'>> = (context) => {
  allow(context, 'confirm-freeze')
  const { doc, view, atMs, before, command: { digest }, speaker: { hat: { role }, hatId } } = context
  if (freezePreview(doc, flaggedIn(before.ledger.stands)).digest !== digest) throw new Refusal('changed')
  const last = readConfirmation(doc)
  if (last?.digest === digest && last.hatId === hatId) throw new Refusal('already-so')
  writeState(doc, stateOfConfirmation, { digest, text: digestOfText(view, readStage(doc).language), hatId, role, atMs })
  return { result: {}, record: { digest } }
}

/** By somebody else than who freezes, whatever capacities they have, on this very preview. */
function requireSecond({ doc, before, speaker }: Context, digest: string): void {
  if (readStage(doc).secondAsked !== true) return
  const last = readConfirmation(doc)
  const by = before.hats.find(({ id }) => id === last?.hatId)?.person
  if (last?.digest !== digest || by === undefined || by === speaker.person) throw new Refusal('needs-second')
}

/** What is open is closed as not reflected when the chair asked for that, and stops the freeze otherwise. */
export const freeze: Handler<Of<'freeze'>> = (context) => {
  allow(context, 'freeze')
  const { command, doc, before, atMs, deps: { keys } } = context
  requireSymbol(command.symbol)
  const { seq, head } = before.ledger
  const preview = freezePreview(doc, flaggedIn(before.ledger.stands))
  if (preview.digest !== command.digest) throw new Refusal('changed')
  require(context, 'freeze', command)
  requireSecond(context, preview.digest)
  const number = nextVersion(context)
  for (const one of preview.open) {
    const state = readAmendmentState(doc, one.id)!
    writeState(doc, stateOfAmendment(one.id), {
      ...state,
      status: 'not-reflected',
      decision: { id: null, by: context.speaker.hat.delegation, atMs, note: 'closed by the freeze', with: [], notIn: number },
    })
  }
  const { title, language } = readStage(doc)
  const last = before.versions.at(-1)
  const form = canonicalForm({
    draft: context.draft,
    symbol: command.symbol,
    title,
    language,
    version: number,
    atMs,
    keyId: keys.current.keyId,
    previous: last?.sha256 ?? null,
    recordHead: head === null ? null : { seq, digest: head },
    resolution: valueOf(context.view, language) as unknown as JsonValue,
    sponsors: preview.sponsors,
  })
  const bytes = signedBytes(form, [keys.sign(form.bytes)])
  writeState(doc, `version:${number}`, { number, sha256: form.sha256, atMs, symbol: command.symbol })
  return {
    result: { version: number, sha256: form.sha256 },
    record: { version: number, sha256: form.sha256, closed: preview.open.map((one) => one.id), reason: command.reason, symbol: command.symbol },
    writes: [...stageWrite(context, 'frozen'), { put: 'version', row: { draft: context.draft, number, kind: 'final', name: '', symbol: command.symbol, bytes, sha256: form.sha256, atMs, ...placeOfVersion(context, context.view) } }],
  }
}

/**
 * Negotiation goes on from the text that was frozen, which stays as it is: what is frozen next is another version. Those who signed
 * since are sponsors of the text that is open again, and those who took their names off are none.
 */
export const reopenFrozen: Handler<Of<'reopen-frozen'>> = (context) => {
  allow(context, 'reopen-frozen')
  const { doc, before } = context
  const { additional, left } = before.ledger.sponsoring
  for (const [delegation, atMs] of additional) writeState(doc, stateOfSponsor(delegation), { delegation, as: 'co', atMs })
  for (const delegation of left.keys()) stateOf(doc).delete(stateOfSponsor(delegation))
  const reading = Math.max(1, readStage(doc).reading)
  const version = before.versions.findLast(({ kind }) => kind === 'final')?.number ?? null
  const orally = context.command.orally === true ? writeAsRevised(context) : 0
  return { result: {}, record: { stage: 'negotiation', reading, version, orally, reason: context.command.reason }, writes: stageWrite(context, 'negotiation', { reading }) }
}

/** The certified oral revisions become the text; tells how many. What was agreed and reads otherwise now is open again. */
function writeAsRevised(context: Context): number {
  const { doc, view, before, atMs } = context
  const revisions = certifiedIn(oralOf(before.ledger.oral, frozenVersion(context)?.number))
  if (revisions.length === 0) throw new Refusal('no-such-oral')
  const { value, ids } = textAsRevised(context, revisions)
  rewrite(doc, view, value.units, ids.map((id) => (view.byId.has(id) ? id : null)), atMs)
  const now = viewOf(doc)
  for (const { id } of view.units) {
    const unit = now.byId.get(id)
    if (readUnitState(doc, id).agreed !== null && (unit === undefined || digestOfUnit(unit) !== digestOfUnit(view.byId.get(id)!))) reopen(context, id)
  }
  return revisions.length
}
