/**
 * One way in for every decision: found before (idempotency), checked, written, recorded and kept in one transaction,
 * and only then answered. A command cannot be executed by any other road.
 */
import { digestOf } from '../../shared/lifecycle/digests.ts'
import { lineageJson } from '../../shared/model/decisions.ts'
import { readStage } from '../../shared/model/state.ts'
import { commandSchema } from '../../shared/wire/commands.ts'
import type { Command, CommandAnswer, CommandName, CommandRequest, CommandResult } from '../../shared/wire/commands.ts'
import { Refusal, sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import type { Change } from '../sync/room.ts'
import type { Speaker } from '../sync/service.ts'
import { viewOf } from './context.ts'
import type { Before, CommandDeps, Context, Handler, Outcome } from './context.ts'
import * as decisions from './decisions.ts'
import * as members from './members.ts'
import * as proposals from './proposals.ts'
import * as stages from './stages.ts'
import * as threads from './threads.ts'

type Handlers = { readonly [N in Exclude<CommandName, 'create-draft'>]: Handler<Extract<Command, { command: N }>> }

const handlers: Handlers = {
  import: stages.importWords,
  'add-delegation': members.addDelegation,
  invite: members.invite,
  'revoke-invite': members.revokeInvite,
  'revoke-member': members.revokeMember,
  'open-negotiation': stages.openNegotiation,
  'reopen-drafting': stages.reopenDrafting,
  'put-forward': proposals.putForward,
  'record-for': proposals.recordFor,
  'confirm-recorded': proposals.confirmRecorded,
  withdraw: proposals.withdraw,
  'take-up': proposals.takeUp,
  cosponsor: proposals.cosponsor,
  consent: proposals.consent,
  support: proposals.support,
  'start-thread': threads.startThread,
  reply: threads.reply,
  'resolve-thread': threads.resolveThread,
  'reopen-thread': threads.reopenThread,
  review: proposals.review,
  incorporate: decisions.incorporate,
  'not-reflected': decisions.notReflected,
  'keep-in-brackets': decisions.keepInBrackets,
  agree: decisions.agree,
  'reopen-unit': decisions.reopenUnit,
  lock: decisions.lock,
  unlock: decisions.unlock,
  freeze: stages.freeze,
}

const changesStage: ReadonlySet<CommandName> = new Set(['open-negotiation', 'reopen-drafting', 'freeze'])
const readsSide: ReadonlySet<CommandName> = new Set(['put-forward', 'record-for'])

export const refused = (code: ErrorCode): CommandAnswer => ({ ok: false, error: { code, sentence: sentenceOf(code) } })

export const bodyDigestOf = (body: Command): string => digestOf(body as unknown as JsonValue)

export async function execute(deps: CommandDeps, request: CommandRequest, speaker: Speaker): Promise<CommandAnswer> {
  const draft = request.draft
  if (draft === undefined || request.body.command === 'create-draft') return refused('bad-command')
  const bodyDigest = bodyDigestOf(commandSchema.parse(request.body))
  try {
    const known = await deps.store.outcome(speaker.person, draft, request.key)
    if (known !== null) return repeated(known, bodyDigest)
    return await run(deps, { ...request, draft }, speaker, bodyDigest)
  } catch (error) {
    if (error instanceof Refusal) return refused(error.code)
    deps.log.error({ error, command: request.body.command, draft }, 'a command failed')
    return refused('store-failed')
  }
}

export function repeated(known: { bodyDigest: string; result: JsonValue }, bodyDigest: string): CommandAnswer {
  return known.bodyDigest === bodyDigest ? { ok: true, result: known.result as unknown as CommandResult } : refused('key-reused')
}

async function run(deps: CommandDeps, request: CommandRequest & { draft: string }, speaker: Speaker, bodyDigest: string): Promise<CommandAnswer> {
  const { draft, body, key } = request
  const room = await deps.room(draft)
  const apart = 'apart' in body && body.apart
  const side = apart || readsSide.has(body.command) ? await deps.room(sideRoomOf(draft, speaker.hat.delegation)) : null
  const release = changesStage.has(body.command) ? room.hold() : null
  let outcome: Outcome | null = null
  try {
    if (side !== null) await side.settled()
    const before = await gather(deps, draft, side)
    const appended = await (apart && side !== null ? side : room).change((home): Change => {
      const doc = apart ? room.doc : home
      const context: Context = { deps, before, draft, speaker, command: body, doc, home, view: viewOf(doc), room, atMs: deps.now() }
      outcome = handle(context)
      return {
        actor: speaker.person,
        draft,
        kind: body.command,
        record: outcome.record === null ? null : { hat: { ...speaker.hat }, hatId: speaker.hatId, stage: readStage(doc).stage, body: outcome.record },
        outcome: { person: speaker.person, draft, key, bodyDigest, result: outcome.result as unknown as JsonValue },
        ...(outcome.writes === undefined ? {} : { writes: outcome.writes }),
        ...(outcome.lineage === undefined || outcome.lineage.runs.length === 0 ? {} : { lineage: lineageJson(outcome.lineage) }),
      }
    })
    if (!appended.ok) return appended.why === 'repeated' ? repeated(appended, bodyDigest) : refused('changed')
    const done = outcome as Outcome | null
    if (done === null) return refused('server-fault')
    if (appended.record !== null) afterwards(deps, draft, done, appended.record.seq)
    return { ok: true, result: done.result }
  } finally {
    release?.()
  }
}

function handle(context: Context): Outcome {
  if (context.command.command === 'create-draft') throw new Refusal('bad-command')
  const handler = handlers[context.command.command] as Handler<Command>
  return handler(context)
}

async function gather(deps: CommandDeps, draft: string, side: Before['side']): Promise<Before> {
  const [row, hats, delegations, invites, versions, record] = await Promise.all([
    deps.store.draft(draft),
    deps.store.hats(draft),
    deps.store.delegations(draft),
    deps.store.invites(draft),
    deps.store.versions(draft),
    deps.store.record(draft, 0),
  ])
  if (row === null) throw new Refusal('no-such-draft')
  const head = record.at(-1)
  return { draft: row, hats, delegations, invites, versions, recordHead: head?.digest ?? null, recordSeq: head?.seq ?? 0, side }
}

function afterwards(deps: CommandDeps, draft: string, outcome: Outcome, recordSeq: number): void {
  for (const room of deps.openRooms(draft)) {
    room.notify({ notice: 'record', seq: recordSeq })
    if (outcome.expel !== undefined) room.expel(outcome.expel)
  }
}
