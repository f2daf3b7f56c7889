/**
 * One way in for every decision: found before (idempotency), checked, written, recorded and kept in one transaction,
 * and only then answered. A command cannot be executed by any other road.
 */
import { digestOf } from '../../shared/lifecycle/digests.ts'
import { lineageJson } from '../../shared/model/decisions.ts'
import { nextId } from '../../shared/model/layout.ts'
import { decideReversibly } from '../../shared/model/reversal.ts'
import { readStage } from '../../shared/model/state.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import { isTransition } from '../../shared/policy/transitions.ts'
import { commandSchema } from '../../shared/wire/commands.ts'
import type { Command, CommandAnswer, CommandName, CommandRequest, CommandResult } from '../../shared/wire/commands.ts'
import { Refusal, sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import { StoreError } from '../store/errors.ts'
import type { VersionHead } from '../store/store.ts'
import type { Speaker } from '../sync/service.ts'
import type { Change, Room } from '../sync/room.ts'
import { mayEnter, sideOf } from '../sync/entering.ts'
import * as circles from './circles.ts'
import { viewOf } from './context.ts'
import type { Before, CommandDeps, Context, Handler, Outcome, SentFile } from './context.ts'
import * as decisions from './decisions.ts'
import { bringAlong } from './followers.ts'
import * as groups from './groups.ts'
import { correctEditorially } from './editorial.ts'
import { nameAuthors } from './name-authors.ts'
import * as members from './members.ts'
import * as oral from './oral.ts'
import * as positions from './positions.ts'
import { prepare } from './prepare.ts'
import * as proposals from './proposals.ts'
import * as settlements from './settle.ts'
import { revise } from './revise.ts'
import * as reviews from './reviews.ts'
import * as silence from './silence.ts'
import * as sources from './sources.ts'
import * as sponsoring from './sponsoring.ts'
import * as stages from './stages.ts'
import * as themes from './themes.ts'
import * as threads from './threads.ts'
import * as together from './together.ts'
import * as versions from './versions.ts'

type Handlers = { readonly [N in Exclude<CommandName, 'create-draft'>]: Handler<Extract<Command, { command: N }>> }

const handlers: Handlers = {
  import: stages.importWords,
  'add-delegation': members.addDelegation,
  invite: members.invite,
  'revoke-invite': members.revokeInvite,
  'revoke-member': members.revokeMember,
  'open-negotiation': stages.openNegotiation,
  'next-reading': stages.nextReading,
  'former-reading': stages.formerReading,
  'set-deadline': stages.setDeadline,
  'start-silence': silence.startSilence,
  'extend-silence': silence.extendSilence,
  'end-silence': silence.endSilence,
  'break-silence': silence.breakSilence,
  'record-objection': silence.recordObjection,
  'reopen-drafting': stages.reopenDrafting,
  'put-forward': proposals.putForward,
  'record-for': proposals.recordFor,
  'confirm-recorded': proposals.confirmRecorded,
  withdraw: proposals.withdraw,
  'take-up': proposals.takeUp,
  cosponsor: proposals.cosponsor,
  consent: proposals.consent,
  position: positions.position,
  'record-position': positions.recordPosition,
  'open-positions': positions.openPositions,
  'close-positions': positions.closePositions,
  review: reviews.review,
  'release-flag': reviews.releaseFlag,
  'correct-editorially': correctEditorially,
  'start-thread': threads.startThread,
  reply: threads.reply,
  'resolve-thread': threads.resolveThread,
  'reopen-thread': threads.reopenThread,
  incorporate: decisions.incorporate,
  'not-reflected': decisions.notReflected,
  'keep-in-brackets': decisions.keepInBrackets,
  settle: settlements.settle,
  'undo-decision': settlements.undoDecision,
  'lift-bracket': decisions.liftBracket,
  agree: decisions.agree,
  'reopen-unit': decisions.reopenUnit,
  'close-together': together.closeTogether,
  'ask-reopen': together.askReopen,
  'answer-request': together.answerRequest,
  'make-package': together.makePackage,
  'agree-package': together.agreePackage,
  'reopen-package': together.reopenWhole,
  'drop-package': together.dropPackage,
  lock: decisions.lock,
  unlock: decisions.unlock,
  freeze: stages.freeze,
  'reopen-frozen': stages.reopenFrozen,
  'ask-second': stages.askSecond,
  'confirm-freeze': stages.confirmFreeze,
  'revise-orally': oral.reviseOrally,
  'certify-oral': oral.certifyOral,
  'discard-oral': oral.discardOral,
  sponsor: sponsoring.sponsor,
  unsponsor: sponsoring.unsponsor,
  'sponsors-deadline': sponsoring.sponsorsDeadline,
  'keep-version': versions.keepVersion,
  'keep-issued': versions.keepIssued,
  'restore-version': versions.restoreVersion,
  'issue-revision': versions.issueRevision,
  'put-forward-again': versions.putForwardAgain,
  'add-source': sources.addSource,
  'remove-source': sources.removeSource,
  'leave-out-source': sources.leaveOutSource,
  'name-themes': themes.nameThemes,
  'remove-theme': themes.removeTheme,
  'tag-theme': themes.tagTheme,
  'name-authors': nameAuthors,
  prepare,
  revise,
  leave: proposals.leave,
  'set-members': groups.setMembers,
  'give-hat': groups.giveHat,
  'open-circle': circles.openCircle,
  'set-circle': circles.setCircle,
  'show-as-typed': stages.showAsTyped,
}

/** Decisions that are kept with what would undo them. */
const canBeUndone: ReadonlySet<CommandName> = new Set(['incorporate', 'not-reflected', 'keep-in-brackets', 'settle', 'agree', 'correct-editorially'])
const readsSide: ReadonlySet<CommandName> = new Set(['put-forward', 'record-for', 'correct-editorially'])
/** What is nobody's business but one side document's people's: written there, in no record. */
const writesSide = (body: Command): boolean => body.command === 'revise' || body.command === 'prepare' || ('apart' in body && body.apart)
const revises: ReadonlySet<CommandName> = new Set(['put-forward', 'record-for'])

export const refused = (code: ErrorCode): CommandAnswer => ({ ok: false, error: { code, sentence: sentenceOf(code) } })

export const bodyDigestOf = (body: Command): string => digestOf(body as unknown as JsonValue)

export async function execute(deps: CommandDeps, request: CommandRequest, speaker: Speaker, file: SentFile | null = null): Promise<CommandAnswer> {
  const draft = request.draft
  if (draft === undefined || request.body.command === 'create-draft') return refused('bad-command')
  const bodyDigest = bodyDigestOf(commandSchema.parse(request.body))
  const before = async (): Promise<CommandAnswer | null> => {
    const known = await deps.store.outcome(speaker.person, draft, request.key)
    return known === null ? null : repeated(known, bodyDigest)
  }
  try {
    return (await before()) ?? (await run(deps, { ...request, draft }, speaker, bodyDigest, file).catch(async (error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      // Sent twice at once, the second is refused for what the first has done.
      return (await before()) ?? refused(error.code)
    }))
  } catch (error) {
    deps.log.error({ error, command: request.body.command, draft }, 'a command failed')
    return refused(error instanceof StoreError && error.code === 'log-damaged' ? 'log-damaged' : 'store-failed')
  }
}

export function repeated(known: { bodyDigest: string; result: JsonValue }, bodyDigest: string): CommandAnswer {
  return known.bodyDigest === bodyDigest ? { ok: true, result: known.result as unknown as CommandResult } : refused('key-reused')
}

async function run(deps: CommandDeps, request: CommandRequest & { draft: string }, speaker: Speaker, bodyDigest: string, file: SentFile | null): Promise<CommandAnswer> {
  const { draft, body, key } = request
  const room = await deps.room(draft)
  const side = writesSide(body) || readsSide.has(body.command) ? await sideOfSender(deps, room, draft, body, speaker) : null
  const target = side !== null && writesSide(body) ? side : room
  await silence.endDueSilence(deps, draft, room)
  const release = asksToFinish(room, body, speaker) ? await deps.hold(draft) : null
  let outcome: Outcome | null = null
  try {
    if (side !== null) await side.settled()
    const before = await gather(deps, draft, side, body)
    const appended = await target.change((home): Change => {
      const { doc } = room
      const context: Context = { deps, before, draft, speaker, command: body, file, doc, home, view: viewOf(doc), room, atMs: deps.now(), decision: nextId(doc) }
      outcome = handle(context)
      return {
        actor: speaker.person,
        draft,
        kind: body.command,
        record: outcome.record === null ? null : { hat: { ...speaker.hat }, hatId: speaker.hatId, stage: readStage(doc).stage, ...confidence(deps, outcome), body: outcome.record },
        // What was read in the shared document is as it was when this is kept.
        ...(target === room ? {} : { alsoExpect: { document: room.document, seq: room.seq } }),
        outcome: { person: speaker.person, draft, key, bodyDigest, result: outcome.result as unknown as JsonValue },
        ...(outcome.writes === undefined ? {} : { writes: outcome.writes }),
        ...(outcome.lineage === undefined || outcome.lineage.runs.length === 0 ? {} : { lineage: lineageJson(outcome.lineage) }),
      }
    })
    if (!appended.ok) return appended.why === 'repeated' ? repeated(appended, bodyDigest) : refused('changed')
    const done = outcome as Outcome | null
    if (done === null) return refused('server-fault')
    if (appended.record !== null) deps.ledgers.take(draft, appended.record)
    afterwards(deps, room, draft, done, appended.record?.seq ?? null)
    if (body.command === 'remove-source') deps.sourceRemoved(draft, body.source)
    if (revises.has(body.command) && (done.result.revision ?? 1) > 1) await bringAlong(deps, room, side!, draft, done.result.amendment!, speaker)
    return { ok: true, result: done.result }
  } finally {
    release?.()
  }
}

/** Nobody is held up for a change of stage that is not the sender's to make. */
const asksToFinish = ({ doc }: Room, { command }: Command, { hat }: Speaker): boolean =>
  isTransition(command) && refusalOf({ hat, stage: readStage(doc).stage }, command) === null

/** One's delegation's, or that of a circle of it: no other is even opened. */
async function sideOfSender(deps: CommandDeps, room: Room, draft: string, body: Command, speaker: Speaker): Promise<Room> {
  const circle = 'circle' in body ? body.circle : undefined
  const document = sideRoomOf(draft, circle ?? speaker.hat.delegation)
  if (circle !== undefined && !mayEnter(room.doc, document, speaker)) throw new Refusal('no-such-circle')
  return deps.room(document)
}

/** Salted: the digest of an entry is told to those who may not read it, and a position has few words to be guessed. */
function confidence({ secretBytes }: CommandDeps, { audience }: Outcome): { audience?: JsonValue } {
  return audience === undefined ? {} : { audience: { ...audience, salt: Buffer.from(secretBytes(16)).toString('base64url') } }
}

function handle(context: Context): Outcome {
  if (context.command.command === 'create-draft') throw new Refusal('bad-command')
  const handler = handlers[context.command.command] as Handler<Command>
  if (!canBeUndone.has(context.command.command)) return handler(context)
  const { doc, decision, atMs, command } = context
  return decideReversibly(doc, decision, { atMs, kind: command.command }, () => viewOf(doc), () => handler(context))
}

/** Not what the Secretariat made of it. */
const isOfDraft = ({ kind }: VersionHead): boolean => kind !== 'issued' && kind !== 'correction'

async function gather(deps: CommandDeps, draft: string, side: Before['side'], body: Command): Promise<Before> {
  const [row, hats, delegations, invites, versions, known, unitsFromSource, ledger] = await Promise.all([
    deps.store.draft(draft),
    deps.store.hats(draft),
    deps.store.delegations(draft),
    deps.store.invites(draft),
    deps.store.versions(draft),
    sources.asksLibrary.has(body.command) ? deps.store.sources(draft) : [],
    body.command === 'remove-source' ? deps.unitsFrom(draft, body.source) : 0,
    deps.ledgers.of(draft),
  ])
  if (row === null) throw new Refusal('no-such-draft')
  const named = body.command === 'restore-version' ? body.version : body.command === 'start-silence' ? versions.findLast(isOfDraft)?.number : undefined
  const version = named === undefined ? null : await deps.store.version(draft, named)
  return { draft: row, hats, delegations, invites, versions, version, sources: known, unitsFromSource, ledger, side }
}

function afterwards(deps: CommandDeps, shared: Room, draft: string, outcome: Outcome, recordSeq: number | null): void {
  for (const room of deps.openRooms(draft)) {
    if (recordSeq !== null) room.notify({ notice: 'record', seq: recordSeq })
    const { expel } = outcome
    if (expel !== undefined) room.expel((speaker) => expel(speaker, room.document))
    // Whoever is in a circle no more is out of its room at once.
    if (sideOf(room.document) !== null) room.expel((speaker) => !mayEnter(shared.doc, room.document, speaker))
  }
}
