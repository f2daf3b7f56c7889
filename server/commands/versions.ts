/** Versions: the text kept as it stands, issued as a revision, compared with what the Secretariat issued, and returned to. */
import * as Y from 'yjs'
import { importText } from '../../shared/convert/importText.ts'
import { readSymbolOf } from '../../shared/lifecycle/symbol.ts'
import { digestOf } from '../../shared/lifecycle/digests.ts'
import { digestOfText } from '../../shared/lifecycle/digests.ts'
import { keptForm, unitIdsOf } from '../../shared/lifecycle/versions.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { valueOf } from '../../shared/model/operations.ts'
import { docAt, returnTo } from '../../shared/model/past.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { markRecheck, recheckReason } from '../../shared/model/recheck.ts'
import { closedUnits, readAmendmentState, readStage, stateOfAmendment, writeState } from '../../shared/model/state.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { VersionKind } from '../../shared/policy/types.ts'
import { keptIn, rewrite, wouldChange } from '../../shared/text/rewrite.ts'
import { sponsorsOf } from '../../shared/text/sponsors.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { VersionRow, Write } from '../store/store.ts'
import { allow, amendmentFacts, isAmendmentPackaged, newLineage, published, requirePlace, scans, viewOf } from './context.ts'
import type { Context, Handler, Published } from './context.ts'
import { writeDecided, writeIntoText } from './decisions.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

/** A symbol may be left out; one that is given is one. */
export function requireSymbol(symbol: string, kind?: VersionKind): void {
  if (symbol !== '' && !readSymbolOf(symbol, kind).ok) throw new Refusal('bad-symbol')
}

export function nextVersion({ before }: Context): number {
  if (before.versions.length >= limits.versionsMax) throw new Refusal('bounds')
  return (before.versions.at(-1)?.number ?? 0) + 1
}

/** What every version has besides its bytes: where in the log it stands, its paragraphs, and the point in the document's history. */
export const placeOfVersion = (context: Context, view: DraftView): Pick<VersionRow, 'by' | 'seq' | 'units' | 'point'> => ({
  by: context.speaker.hat.delegation,
  seq: context.room.seq,
  units: unitIdsOf(view),
  point: Y.encodeSnapshot(Y.snapshot(context.doc)),
})

interface Kept {
  readonly kind: VersionKind
  readonly name: string
  readonly symbol: string
  readonly language: string
  readonly resolution: JsonValue
}

function keep(context: Context, { kind, name, symbol, language, resolution }: Kept, place: Pick<VersionRow, 'by' | 'seq' | 'units' | 'point'>): { readonly number: number; readonly sha256: string; readonly write: Write } {
  const { draft, doc, before, atMs } = context
  const number = nextVersion(context)
  const { bytes, sha256 } = keptForm({
    draft, version: number, kind, name, symbol, title: readStage(doc).title, language, atMs,
    previous: before.versions.at(-1)?.sha256 ?? null,
    recordHead: before.ledger.head,
    sponsors: sponsorsOf(doc),
    resolution,
  })
  return { number, sha256, write: { put: 'version', row: { draft, number, kind, name, symbol, bytes, sha256, atMs, ...place } } }
}

function keepText(context: Context, view: DraftView, facts: Pick<Kept, 'kind' | 'name' | 'symbol'>): ReturnType<typeof keep> {
  const { language } = readStage(context.doc)
  return keep(context, { ...facts, language, resolution: valueOf(view, language) as unknown as JsonValue }, placeOfVersion(context, view))
}

function seeText({ view, doc }: Context, digest: string): void {
  if (digestOfText(view, readStage(doc).language) !== digest) throw new Refusal('changed')
}

export const keepVersion: Handler<Of<'keep-version'>> = (context) => {
  const { command } = context
  allow(context, 'keep-version')
  requireSymbol(command.symbol)
  seeText(context, command.digest)
  const { number, sha256, write } = keepText(context, context.view, command)
  return { result: { version: number, sha256 }, record: { version: number, sha256, kind: command.kind, name: command.name, symbol: command.symbol }, writes: [write] }
}

/** From outside: it is kept beside the draft and changes nothing in it, also when that is frozen. */
export const keepIssued: Handler<Of<'keep-issued'>> = (context) => {
  const { command, room, speaker } = context
  allow(context, 'keep-issued')
  requireSymbol(command.symbol, command.kind)
  if (command.source.includes('\u0000')) throw new Refusal('import-unreadable')
  const { value } = importText(command.source)
  if (value.units.length === 0) throw new Refusal('import-empty')
  const { kind, name, symbol } = command
  const { number, sha256, write } = keep(
    context,
    { kind, name, symbol, language: value.language, resolution: value as unknown as JsonValue },
    { by: speaker.hat.delegation, seq: room.seq, units: [], point: null },
  )
  return { result: { version: number, sha256 }, record: { version: number, sha256, kind, name, symbol }, writes: [write] }
}

/** The text becomes the base of the next round: what it does not reflect is closed as such, for its sponsors to bring again. */
export const issueRevision: Handler<Of<'issue-revision'>> = (context) => {
  const { command, doc, before } = context
  allow(context, 'issue-revision')
  requireSymbol(command.symbol)
  seeText(context, command.digest)
  const { written, reflected, left } = seenAll(context)
  const lineage = newLineage()
  if (command.text !== undefined) takeAsBase(context, command.text)
  for (const one of written) {
    const { wording } = writeIntoText(context, viewOf(doc), one, lineage)
    writeDecided(context, one, 'incorporated', command.note, { id: null, wording })
  }
  const revision = before.versions.filter(({ kind }) => kind === 'revision').length + 1
  const name = command.name === '' ? `Rev.${revision}` : command.name
  const { number, sha256, write } = keepText(context, viewOf(doc), { kind: 'revision', name, symbol: command.symbol })
  for (const one of reflected) writeDecided(context, one, 'merged', command.note, { id: null })
  for (const one of left) writeDecided(context, one, 'not-reflected', command.note, { id: null, notIn: number })
  const idsOf = (found: readonly Published[]): string[] => found.map(({ amendment }) => amendment.id)
  return {
    result: { version: number, sha256 },
    record: { version: number, sha256, kind: 'revision', name, symbol: command.symbol, incorporated: idsOf(written), reflected: idsOf(reflected), left: idsOf(left), another: command.text !== undefined, note: command.note },
    writes: [write],
    lineage,
  }
}

/** A text prepared elsewhere: what is agreed or locked stays as it is. */
function takeAsBase({ doc, view, atMs }: Context, { units }: ResolutionValue): void {
  if (units.length === 0) throw new Refusal('import-empty')
  const kept = keptIn(view, { language: readStage(doc).language, units })
  if (closedUnits(doc).some((id) => wouldChange(view, units, kept, id))) throw new Refusal('unit-locked')
  rewrite(doc, view, units, kept, atMs)
}

/** All that is open, each named once and as the sender saw it. */
function seenAll(context: Context<Of<'issue-revision'>>): { readonly written: Published[]; readonly reflected: Published[]; readonly left: Published[] } {
  const { command, doc } = context
  const isAnother = command.text !== undefined
  if (isAnother ? command.incorporate.length > 0 : (command.reflect ?? []).length > 0) throw new Refusal('bad-command')
  const written = command.incorporate.map(({ amendment, digest }) => {
    const one = published(context, amendment, digest)
    allow(context, 'incorporate', { amendment: amendmentFacts(context, amendment, one.state), ...(one.unit === undefined ? {} : { unit: one.unit }) })
    return one
  })
  const reflected = (command.reflect ?? []).map(({ amendment, digest }) => {
    const one = published(context, amendment, digest)
    allow(context, 'merge', { amendment: amendmentFacts(context, amendment, one.state), packaged: isAmendmentPackaged(context, amendment), ...(one.unit === undefined ? {} : { unit: one.unit }) })
    return one
  })
  const left = command.leave.map(({ amendment, digest }) => published(context, amendment, digest))
  const named = [...written, ...reflected, ...left].map(({ amendment }) => amendment.id)
  if (new Set(named).size < named.length) throw new Refusal('bad-command')
  const open = readAmendments(doc).filter(({ id }) => isUndecided(readAmendmentState(doc, id)?.status ?? 'withdrawn'))
  if (open.length !== named.length || open.some(({ id }) => !named.includes(id))) throw new Refusal('changed')
  return { written, reflected, left }
}

/** The same proposal, with its sponsors and all that was said of it, on the text as it stands now. */
export const putForwardAgain: Handler<Of<'put-forward-again'>> = (context) => {
  const { command, doc, view } = context
  const { amendment, state, unit } = published(context, command.amendment, command.digest)
  allow(context, 'put-forward-again', { amendment: amendmentFacts(context, amendment.id, state), ...(unit === undefined ? {} : { unit }) })
  requirePlace(context, amendment, 'put-forward')
  writeState(doc, stateOfAmendment(amendment.id), { ...state, status: 'open', decision: null, recheck: recheckReason(doc, view, amendment, scans) })
  return { result: { amendment: amendment.id, revision: state.revision }, record: { amendment: amendment.id, digest: state.digest, notIn: state.decision?.notIn ?? null } }
}

/** Back to an earlier text, as a new state: nothing is erased, and what was agreed or locked stays as it is. */
export const restoreVersion: Handler<Of<'restore-version'>> = (context) => {
  const { command, doc, view, draft, before, atMs, speaker } = context
  allow(context, 'restore-version')
  const { version } = before
  if (version === null) throw new Refusal('no-such-version')
  if (version.point === null) throw new Refusal('no-point')
  seeText(context, command.digest)
  const point = Y.decodeSnapshot(version.point)
  requireRestorable(context, point, command.digest)
  const lineage = newLineage()
  const { hints, out, back } = returnTo(doc, point, { id: null, by: speaker.hat.delegation, atMs, note: command.reason, with: [], notIn: version.number })
  for (const { to, from } of hints) lineage.runs.push({ to, from: [draft, ...from] })
  return {
    result: {},
    record: { version: version.number, reason: command.reason, before: command.digest, out: [...out], back: [...back], rechecked: markRecheck(doc, viewOf(doc), '', scans), units: view.units.length },
    lineage,
  }
}

/** Refuses what would change nothing, and what would change a paragraph that is closed. */
function requireRestorable({ doc, view }: Context, point: Y.Snapshot, digest: string): void {
  const { language } = readStage(doc)
  const copy = docAt(doc, point)
  const then = readDraft(copy, language)
  copy.destroy()
  const isSame = digestOf(valueOf(then, language) as unknown as JsonValue) === digest && unitIdsOf(then).join() === unitIdsOf(view).join()
  if (isSame) throw new Refusal('already-so')
  const printOf = (unit: UnitView | undefined): string | null =>
    unit === undefined ? null : JSON.stringify([unit.kind, unit.parent, unit.label, unit.atoms, unit.notes.map(({ words }) => words), unit.brackets])
  if (closedUnits(doc).some((id) => printOf(view.byId.get(id)) !== printOf(then.byId.get(id)))) throw new Refusal('unit-locked')
}
