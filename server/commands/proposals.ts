/** Putting forward, and what delegations do with each other's proposals. */
import { publish, readPublished } from '../../shared/model/decisions.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { aboutJson, wordingOf } from '../../shared/model/amendments.ts'
import { markRecheck } from '../../shared/model/recheck.ts'
import { readStage, stateOfAmendment, writeState } from '../../shared/model/state.ts'
import type { AmendmentState, DelegationState, Endorsement } from '../../shared/model/state.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import type { DelegationKind } from '../../shared/policy/types.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { circleFacts, circleOf } from './circles.ts'
import { allow, allowPrepared, amendmentFacts, delegationOf, newLineage, published, requirePlace, scans, viewOf } from './context.ts'
import type { Context, Handler, Outcome } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

interface Proposing {
  readonly proposer: string
  readonly kind: DelegationKind
  readonly asRecorded: boolean
  readonly editorial: boolean
  /** Others who prepared it with the proposer: they sponsor it at once. */
  readonly together: readonly string[]
}

/** First wording or next revision. The wording that stands was checked against the sender's digest by `prepared`. */
function putUp(context: Context, amendment: AmendmentView, proposing: Proposing, known: AmendmentState | null): Outcome {
  const side = context.before.side!
  const lineage = newLineage()
  const revision = (known?.revision ?? 0) + 1
  const digest = digestOfAmendment(amendment)
  if (known !== null && known.digest === digest) throw new Refusal('already-so')
  requirePlace(context, amendment, 'put-forward')
  const what = { digest, by: context.speaker.hat.delegation, person: context.speaker.person, atMs: context.atMs, wording: wordingOf(amendment) }
  publish(context.doc, side.doc, side.document, amendment, revision, context.atMs, what, lineage)
  const stands = publishedDigest(context, amendment.id)
  const speaks = context.speaker.hat.delegation
  const state: AmendmentState = known === null
    ? {
        status: 'open',
        proposer: proposing.proposer,
        proposerKind: proposing.kind,
        ...through(context),
        sponsors: proposing.together.map((delegation) => ({ delegation, digest: stands })),
        asking: [],
        needsState: [proposing.proposer, ...proposing.together].every((id) => needsState(delegationOf(context, id).kind)),
        takenUpBy: null,
        asRecorded: proposing.asRecorded,
        editorial: proposing.editorial,
        revision,
        digest: stands,
        atMs: context.atMs,
        ...late(context, proposing),
        decision: null,
        recheck: null,
      }
    : {
        ...known,
        status: 'open',
        revision,
        digest: stands,
        atMs: context.atMs,
        ...(speaks === known.proposer ? through(context) : {}),
        // Only the delegation itself can say that it is as it spoke.
        asRecorded: proposing.asRecorded || (known.asRecorded && speaks !== known.proposer),
        sponsors: known.sponsors.map((one) => (one.delegation === speaks || proposing.together.includes(one.delegation) ? { ...one, digest: stands } : one)),
        recheck: null,
      }
  writeState(context.doc, stateOfAmendment(amendment.id), state)
  return {
    result: { amendment: amendment.id, revision },
    record: { amendment: amendment.id, about: aboutJson(amendment.about), revision, digest: stands, proposer: state.proposer, asRecorded: state.asRecorded, ...(known?.asRecorded === true && !state.asRecorded ? { corrected: true } : {}), ...(known === null && state.lateMs !== undefined ? { late: true } : {}) },
    lineage,
  }
}

/** The deadline is for proposals of delegations: not for the chair's own, nor for editorial corrections. */
function late({ doc, atMs, speaker }: Context, { proposer, editorial }: Proposing): { lateMs?: number } {
  const { deadlineMs } = readStage(doc)
  const isOffice = editorial || (proposer === speaker.hat.delegation && speaker.hat.kind === 'office')
  return deadlineMs === undefined || atMs <= deadlineMs || isOffice ? {} : { lateMs: atMs }
}

/** "Japan, on behalf of G77 and China". */
const through = ({ speaker }: Context): { through?: string } => (speaker.hat.of === undefined ? {} : { through: speaker.hat.of })

const needsState = (kind: DelegationKind): boolean => kind === 'agency' || kind === 'igo' || kind === 'ngo'

/** Ids of hunks order a wording, and a republished one keeps them: read what stands rather than what was sent. */
function publishedDigest(context: Context, id: string): string {
  const stands = readPublished(context.doc, id)
  if (stands === null) throw new Error('a published amendment cannot be read')
  return digestOfAmendment(stands)
}

export const putForward: Handler<Of<'put-forward'>> = (context) => {
  const { command, speaker } = context
  const circle = circleOf(context, command.circle)
  const from = circle === null ? {} : { circle: circleFacts(circle) }
  const { amendment, known } = allowPrepared(context, 'put-forward', command.amendment, command.digest, from)
  // Somebody else's revision may have come first; it would be written over unseen.
  if (command.over !== undefined && known !== null && known.digest !== command.over) throw new Refusal('changed')
  const editorial = speaker.hat.role === 'legal'
  const [proposer, ...together] = proposersOf(circle, speaker.hat.delegation)
  const kind = proposer === speaker.hat.delegation ? speaker.hat.kind : delegationOf(context, proposer).kind
  return putUp(context, amendment, { proposer, kind, asRecorded: false, editorial, together }, known)
}

/** A circle's members, the one that leads first. The chair's table helps a small group and is no sponsor of what it finds. */
function proposersOf(circle: CircleState | null, own: string): [string, ...string[]] {
  const [lead, ...others] = circle?.members ?? []
  return lead === undefined ? [own] : [lead, ...others.filter((id) => id !== 'office')]
}

export const recordFor: Handler<Of<'record-for'>> = (context) => {
  const { command } = context
  const circle = circleOf(context, command.circle)
  if (circle !== null && circle.purpose.kind !== 'screen') throw new Refusal('not-permitted')
  const from = circle === null ? {} : { circle: circleFacts(circle) }
  const { amendment, known } = allowPrepared(context, 'record-for', command.amendment, command.digest, from)
  const delegation = delegationOf(context, command.delegation)
  const isOnScreen = circle !== null && known?.proposer === context.speaker.hat.delegation
  if (known !== null && !isOnScreen && known.proposer !== delegation.id) throw new Refusal('not-yours')
  const proposing = { proposer: delegation.id, kind: delegation.kind, asRecorded: true, editorial: false, together: [] }
  return putUp(context, amendment, proposing, isOnScreen ? handedTo(known, delegation) : known)
}

/** The text on screen was the table's own while it was typed; now it is what that delegation said, put up again as it stands. */
const handedTo = (known: AmendmentState, { id, kind }: DelegationState): AmendmentState => ({
  ...known,
  through: null,
  proposer: id,
  proposerKind: kind,
  needsState: needsState(kind),
  digest: '',
})

/** A change of an amendment's state that the record tells in one line. */
function settle(context: Context, id: string, state: AmendmentState, more: Record<string, string | boolean> = {}): Outcome {
  writeState(context.doc, stateOfAmendment(id), state)
  return { result: { amendment: id }, record: { amendment: id, digest: state.digest, ...more } }
}

type OnAmendment = Of<'withdraw' | 'leave' | 'confirm-recorded' | 'take-up' | 'cosponsor' | 'consent'>

function seen(context: Context<OnAmendment>, action: OnAmendment['command']): { id: string; state: AmendmentState; me: Endorsement } {
  const { amendment, state, unit } = published(context, context.command.amendment, context.command.digest)
  allow(context, action, { amendment: amendmentFacts(context, amendment.id, state), ...(unit === undefined ? {} : { unit }) })
  return { id: amendment.id, state, me: { delegation: context.speaker.hat.delegation, digest: state.digest } }
}

const has = (list: readonly Endorsement[], delegation: string): boolean => list.some((one) => one.delegation === delegation)
const without = (list: readonly Endorsement[], delegation: string): Endorsement[] => list.filter((one) => one.delegation !== delegation)

export const withdraw: Handler<Of<'withdraw'>> = (context) => {
  const { id, state } = seen(context, 'withdraw')
  return withdrawn(context, id, state, {})
}

function withdrawn(context: Context, id: string, state: AmendmentState, more: Record<string, boolean>): Outcome {
  const decision = { id: null, by: context.speaker.hat.delegation, atMs: context.atMs, note: '', with: [] }
  const outcome = settle(context, id, { ...state, status: 'withdrawn', decision }, more)
  // What was proposed on it has lost what it stands on.
  markRecheck(context.doc, viewOf(context.doc), id, scans)
  return outcome
}

/** The first of those who stay leads; when the last one leaves it is withdrawn. */
export const leave: Handler<Of<'leave'>> = (context) => {
  const { id, state, me } = seen(context, 'leave')
  const sponsors = without(state.sponsors, me.delegation)
  const [next, ...rest] = sponsors
  if (me.delegation !== state.proposer) return settle(context, id, standing(context, { ...state, sponsors }))
  if (next === undefined) {
    return withdrawn(context, id, state, { withdrawn: true })
  }
  const leading = { ...state, through: null, proposer: next.delegation, proposerKind: delegationOf(context, next.delegation).kind, sponsors: rest, asRecorded: false }
  return settle(context, id, standing(context, leading), { leads: next.delegation })
}

/** After a change of sponsors: whether a State still stands behind it, and whether the one that took it up does. */
function standing(context: Context, state: AmendmentState): AmendmentState {
  const behind = [state.proposer, ...state.sponsors.map(({ delegation }) => delegation)]
  const takenUpBy = state.takenUpBy === 'office' || (state.takenUpBy !== null && behind.includes(state.takenUpBy) && state.takenUpBy !== state.proposer) ? state.takenUpBy : null
  return { ...state, takenUpBy, needsState: takenUpBy !== 'office' && behind.every((id) => needsState(delegationOf(context, id).kind)) }
}

export const confirmRecorded: Handler<Of<'confirm-recorded'>> = (context) => {
  const { id, state } = seen(context, 'confirm-recorded')
  return settle(context, id, { ...state, asRecorded: false })
}

/** The State that takes it up sponsors it; the origin stays the proposer and is credited. */
export const takeUp: Handler<Of<'take-up'>> = (context) => {
  const { id, state, me } = seen(context, 'take-up')
  const sponsors = has(state.sponsors, me.delegation) || context.speaker.hat.kind === 'office' ? state.sponsors : [...state.sponsors, me]
  return settle(context, id, { ...state, needsState: false, takenUpBy: me.delegation, sponsors })
}

export const cosponsor: Handler<Of<'cosponsor'>> = (context) => {
  const { id, state, me } = seen(context, 'cosponsor')
  if (has(state.asking, me.delegation)) throw new Refusal('needs-consent')
  return settle(context, id, { ...state, asking: [...state.asking, me] })
}

export const consent: Handler<Of<'consent'>> = (context) => {
  const { id, state } = seen(context, 'consent')
  const { delegation, agree } = context.command
  const asked = state.asking.find((one) => one.delegation === delegation)
  if (asked === undefined) throw new Refusal('already-so')
  const sponsors = agree ? [...without(state.sponsors, delegation), asked] : state.sponsors
  return settle(context, id, standing(context, { ...state, asking: without(state.asking, delegation), sponsors }), { delegation, agree })
}
