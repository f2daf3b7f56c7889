/** From drafting to negotiation and back, and the freeze. */
import { createUnits, valueOf } from '../../shared/model/operations.ts'
import { readAmendmentState, readStage, stateOfAmendment, writeState } from '../../shared/model/state.ts'
import type { Stage } from '../../shared/policy/types.ts'
import { flaggedIn } from '../../shared/record/stands.ts'
import { canonicalForm, freezePreview } from '../../shared/lifecycle/freeze.ts'
import { importText } from '../../shared/convert/importText.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Write } from '../store/store.ts'
import { allow } from './context.ts'
import type { Context, Handler } from './context.ts'
import { nextVersion, placeOfVersion, requireSymbol } from './versions.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

export const importWords: Handler<Of<'import'>> = (context) => {
  allow(context, 'import')
  if (context.view.units.length > 0) throw new Refusal('draft-not-empty')
  const source = context.command.source
  if (source.includes('\u0000')) throw new Refusal('import-unreadable')
  const { value, report } = importText(source)
  if (value.units.length === 0) throw new Refusal('import-empty')
  if (value.units.length > limits.unitsMax) throw new Refusal('import-too-large')
  createUnits(context.doc, context.view, { parent: null, after: null }, value.units)
  const state = readStage(context.doc)
  writeState(context.doc, 'draft', { ...state, language: value.language })
  return { result: { report }, record: { units: value.units.length, language: value.language } }
}

function stageWrite(context: Context, stage: Stage): Write[] {
  const state = readStage(context.doc)
  writeState(context.doc, 'draft', { ...state, stage })
  return [{ put: 'draft', row: { id: context.draft, title: state.title, stage, createdBy: context.before.draft.createdBy, createdAtMs: context.before.draft.createdAtMs } }]
}

export const openNegotiation: Handler<Of<'open-negotiation'>> = (context) => {
  allow(context, 'open-negotiation')
  return { result: {}, record: { stage: 'negotiation' }, writes: stageWrite(context, 'negotiation') }
}

export const reopenDrafting: Handler<Of<'reopen-drafting'>> = (context) => {
  allow(context, 'reopen-drafting')
  return { result: {}, record: { stage: 'drafting', reason: context.command.reason }, writes: stageWrite(context, 'drafting') }
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

/** What is open is closed as not reflected when the chair asked for that, and stops the freeze otherwise. */
export const freeze: Handler<Of<'freeze'>> = (context) => {
  allow(context, 'freeze')
  const { command, doc, before, atMs } = context
  requireSymbol(command.symbol)
  const preview = freezePreview(doc, flaggedIn(before.ledger.stands))
  if (preview.digest !== command.digest) throw new Refusal('changed')
  if (preview.open.length > 0 && !command.closeOpen) throw new Refusal('open-amendments')
  if (preview.open.some((one) => one.flagged) && command.reason === '') throw new Refusal('flagged')
  for (const one of preview.open) {
    const state = readAmendmentState(doc, one.id)!
    writeState(doc, stateOfAmendment(one.id), {
      ...state,
      status: 'not-reflected',
      decision: { id: null, by: context.speaker.hat.delegation, atMs, note: 'closed by the freeze', with: [] },
    })
  }
  const { title, language } = readStage(doc)
  const last = before.versions.at(-1)
  const number = nextVersion(context)
  const form = canonicalForm({
    draft: context.draft,
    symbol: command.symbol,
    title,
    language,
    version: number,
    atMs,
    previous: last?.sha256 ?? null,
    recordHead: before.ledger.head,
    resolution: valueOf(context.view, language) as unknown as JsonValue,
  })
  writeState(doc, `version:${number}`, { number, sha256: form.sha256, atMs, symbol: command.symbol })
  return {
    result: { version: number, sha256: form.sha256 },
    record: { version: number, sha256: form.sha256, closed: preview.open.map((one) => one.id), reason: command.reason, symbol: command.symbol },
    writes: [...stageWrite(context, 'frozen'), { put: 'version', row: { draft: context.draft, number, kind: 'final', name: '', symbol: command.symbol, bytes: form.bytes, sha256: form.sha256, atMs, ...placeOfVersion(context, context.view) } }],
  }
}
