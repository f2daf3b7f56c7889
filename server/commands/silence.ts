/**
 * The silence procedure: the chair begins, prolongs and ends it, delegations break it, and the server's clock says when it
 * is over. Its end is an entry of the record like any other, written by the server, once, whoever asks how often.
 */
import { readUnitState, readStage, stateOfUnit, writeState } from '../../shared/model/state.ts'
import { lastSilence, silenceRunning, stateOfSilence } from '../../shared/model/silence.ts'
import type { SilenceState } from '../../shared/model/silence.ts'
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import { digestUnderSilence, missingFor, stageFactsOf } from '../../shared/lifecycle/stages.ts'
import { digestOfKeptText } from '../../shared/lifecycle/versions.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { DelegationKind, Hat } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Room } from '../sync/room.ts'
import { allow, delegationOf, factsOf, isUnitPackaged, unitFacts, viewOf } from './context.ts'
import type { CommandDeps, Context, Handler } from './context.ts'
import { anyOpenOn } from './decisions.ts'
import { requireAhead, stageWrite } from './stage-writes.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

/** Paragraphs that are to be agreed by it have no open proposal, as where they are agreed by the chair. */
export const startSilence: Handler<Of<'start-silence'>> = (context) => {
  const { command, doc, view, atMs } = context
  allow(context, 'start-silence')
  const missing = missingFor('start-silence', stageFactsOf(doc, view, new Set()))
  if (missing !== null) throw new Refusal(missing)
  const named = new Set(command.units)
  const units = named.size === 0 ? null : view.units.filter(({ id }) => named.has(id)).map(({ id }) => id)
  if (units !== null && units.length < named.size) throw new Refusal('no-such-unit')
  if (digestUnderSilence(view, readStage(doc).language, units) !== command.digest) throw new Refusal('changed')
  for (const unit of units ?? []) {
    if (unitFacts(doc, unit).agreed) throw new Refusal('already-so')
    if (isUnitPackaged(context, unit)) throw new Refusal('in-package')
  }
  if (units !== null && anyOpenOn(context, units)) throw new Refusal('open-amendments')
  requireAhead(command.untilMs, atMs)
  const number = (lastSilence(doc)?.number ?? 0) + 1
  const version = units === null ? versionOf(context, command.digest) : null
  const silence: SilenceState = { number, units, digest: command.digest, version, startedAtMs: atMs, untilMs: command.untilMs, objections: [], ended: null }
  writeState(doc, stateOfSilence(number), silence)
  return {
    result: {},
    record: { silence: number, units: units === null ? null : [...units], text: command.digest, ...(version === null ? {} : { version }), until: command.untilMs, reason: command.reason },
    writes: stageWrite(context, 'silence'),
  }
}

/** The last version of the draft, where it is the very text that silence is on. */
const versionOf = ({ before: { version } }: Context, text: string): number | null =>
  version !== null && digestOfKeptText(version.bytes) === text ? version.number : null

function running(context: Context): SilenceState {
  const found = silenceRunning(context.doc)
  if (found === null || context.atMs >= found.untilMs) throw new Refusal('silence-over')
  return found
}

export const extendSilence: Handler<Of<'extend-silence'>> = (context) => {
  allow(context, 'extend-silence')
  const silence = running(context)
  const { untilMs, reason } = context.command
  if (untilMs <= silence.untilMs) throw new Refusal('deadline-past')
  requireAhead(untilMs, context.atMs)
  writeState(context.doc, stateOfSilence(silence.number), { ...silence, untilMs })
  return { result: {}, record: { silence: silence.number, before: silence.untilMs, until: untilMs, reason } }
}

/** What a delegation says again stands in place of what it said before, or what was recorded for it. */
export const breakSilence: Handler<Of<'break-silence'>> = (context) => {
  allow(context, 'break-silence')
  const units = object(context, running(context), context.speaker.hat.delegation, false)
  return { result: {}, record: objectionRecord(context, units) }
}

/** Said in the room or on the telephone: what the delegation could say itself, and has not. No paragraph takes back what was recorded. */
export const recordObjection: Handler<Of<'record-objection'>> = (context) => {
  allow(context, 'record-objection')
  const { id, kind } = delegationOf(context, context.command.delegation)
  const asItself: Hat = { role: 'delegate', delegation: id, kind: kind as DelegationKind, level: 'head' }
  const code = refusalOf({ ...factsOf(context, {}), hat: asItself }, 'break-silence')
  if (code !== null) throw new Refusal(code)
  const silence = running(context)
  const said = silence.objections.find((one) => one.delegation === id)
  if (said === undefined ? context.command.units.length === 0 : !said.asRecorded) throw new Refusal('already-so')
  const units = object(context, silence, id, true)
  return { result: {}, record: { ...objectionRecord(context, units), delegation: id, asRecorded: true } }
}

type Objecting = Context<Of<'break-silence' | 'record-objection'>>

/** Written in place of what stood for that delegation. */
function object({ command, view, doc, atMs }: Objecting, silence: SilenceState, delegation: string, asRecorded: boolean): readonly string[] {
  const named = new Set(command.units)
  const units = view.units.filter(({ id }) => named.has(id)).map(({ id }) => id)
  if (units.length < named.size) throw new Refusal('no-such-unit')
  if (silence.units !== null && units.some((id) => !silence.units!.includes(id))) throw new Refusal('not-under-silence')
  const others = silence.objections.filter((one) => one.delegation !== delegation)
  const now = units.length === 0 ? [] : [{ delegation, units, reason: command.reason, atMs, asRecorded }]
  writeState(doc, stateOfSilence(silence.number), { ...silence, objections: [...others, ...now] })
  return units
}

const objectionRecord = ({ command, view, doc }: Objecting, units: readonly string[]): { readonly [member: string]: JsonValue } =>
  ({ silence: lastSilence(doc)!.number, units: [...units], numbers: units.map((id) => view.byId.get(id)!.number), reason: command.reason })

/** Before its deadline it is called off; after an unbroken one the text is open to negotiation again. */
export const endSilence: Handler<Of<'end-silence'>> = (context) => {
  allow(context, 'end-silence')
  const { doc, command, atMs } = context
  const silence = silenceRunning(doc)
  if (silence !== null) writeState(doc, stateOfSilence(silence.number), { ...silence, ended: { how: silence.objections.length > 0 ? 'broken' : 'called-off', atMs } })
  return { result: {}, record: { silence: lastSilence(doc)?.number ?? null, reason: command.reason }, writes: stageWrite(context, 'negotiation') }
}

/** Of a draft's silence, when it is over; null where none runs. */
export const silenceEndsMs = (room: Pick<Room, 'doc'>): number | null => silenceRunning(room.doc)?.untilMs ?? null

/**
 * Ends the silence whose deadline has passed by the server's clock; otherwise does nothing. However many rooms and
 * processes ask, one of them writes it: the log decides. Rejects where the store fails, to be asked again.
 */
export async function endDueSilence(deps: Pick<CommandDeps, 'store' | 'ledgers' | 'now' | 'hold' | 'openRooms'>, draft: string, room: Room): Promise<void> {
  const isDue = (): boolean => {
    const endsMs = silenceEndsMs(room)
    return endsMs !== null && deps.now() >= endsMs
  }
  if (room.isDamaged || !isDue()) return
  const row = await deps.store.draft(draft)
  if (row === null) return
  const release = await deps.hold(draft)
  try {
    const appended = await room.change((doc) => {
      if (!isDue()) throw new AlreadyEnded()
      const atMs = deps.now()
      return { actor: 'server', draft, kind: 'silence-ended', ...written({ doc, atMs, before: { draft: row } }) }
    })
    if (!appended.ok || appended.record === null) return
    deps.ledgers.take(draft, appended.record)
    for (const open of deps.openRooms(draft)) open.notify({ notice: 'record', seq: appended.record.seq })
  } catch (error) {
    if (!(error instanceof AlreadyEnded)) throw error
  } finally {
    release()
  }
}

class AlreadyEnded extends Error {}

/** Unbroken silence on the whole text keeps it as it is, ready to be frozen; on some paragraphs it agrees them. Broken, it goes back. */
function written(context: Pick<Context, 'doc' | 'atMs'> & Parameters<typeof stageWrite>[0]): { record: JsonValue; writes: ReturnType<typeof stageWrite> } {
  const { doc, atMs } = context
  const silence = silenceRunning(doc)!
  const how = silence.objections.length > 0 ? 'broken' : 'unbroken'
  writeState(doc, stateOfSilence(silence.number), { ...silence, ended: { how, atMs } })
  const view = viewOf(doc)
  const agreed = how === 'unbroken' ? (silence.units ?? []).flatMap((id) => view.byId.get(id) ?? []) : []
  for (const unit of agreed) {
    writeState(doc, stateOfUnit(unit.id), { ...readUnitState(doc, unit.id), agreed: { by: 'office', atMs, digest: digestOfUnit(unit) } })
  }
  const stage = how === 'unbroken' && silence.units === null ? 'silence' : 'negotiation'
  const body = {
    silence: silence.number, how, until: silence.untilMs, stage, agreed: agreed.map(({ id }) => id),
    objections: silence.objections.map(({ delegation, units, reason, atMs: saidMs, asRecorded }) => ({ delegation, units: [...units], reason, atMs: saidMs, asRecorded })),
  }
  return { record: { hat: null, hatId: null, stage, body }, writes: stageWrite(context, stage) }
}
