/** Putting forward, and what delegations do with each other's proposals. */
import { publish, readPublished, recheckReason } from '../../shared/model/decisions.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { wordingOf } from '../../shared/model/amendments.ts'
import { readAmendmentState, stateOfAmendment, writeState } from '../../shared/model/state.ts'
import type { AmendmentState, Endorsement } from '../../shared/model/state.ts'
import type { DelegationKind } from '../../shared/policy/types.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { allow, amendmentFacts, delegationOf, newLineage, prepared, published, scans, targetFacts } from './context.ts'
import type { Context, Handler, Outcome } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>

interface Proposing {
  readonly proposer: string
  readonly kind: DelegationKind
  readonly asRecorded: boolean
  readonly editorial: boolean
}

/** First wording or next revision. The wording that stands was checked against the sender's digest by `prepared`. */
function putUp(context: Context, amendment: AmendmentView, proposing: Proposing, known: AmendmentState | null): Outcome {
  const side = context.before.side!
  const lineage = newLineage()
  const revision = (known?.revision ?? 0) + 1
  const digest = digestOfAmendment(amendment)
  if (known !== null && known.digest === digest) throw new Refusal('already-so')
  if (recheckReason(context.doc, context.view, amendment, scans) === 'anchor-broken') throw new Refusal('anchor-broken')
  const what = { digest, by: context.speaker.hat.delegation, person: context.speaker.person, atMs: context.atMs, wording: wordingOf(amendment) }
  publish(context.doc, side.doc, side.document, amendment, revision, context.atMs, what, lineage)
  const stands = publishedDigest(context, amendment.id)
  const state: AmendmentState = known === null
    ? {
        status: 'open',
        proposer: proposing.proposer,
        proposerKind: proposing.kind,
        sponsors: [],
        asking: [],
        supporters: [],
        needsState: needsState(proposing.kind),
        takenUpBy: null,
        asRecorded: proposing.asRecorded,
        editorial: proposing.editorial,
        review: null,
        revision,
        digest: stands,
        atMs: context.atMs,
        decision: null,
        recheck: null,
      }
    : { ...known, status: 'open', revision, digest: stands, atMs: context.atMs, asRecorded: proposing.asRecorded, recheck: null }
  writeState(context.doc, stateOfAmendment(amendment.id), state)
  return {
    result: { amendment: amendment.id, revision },
    record: { amendment: amendment.id, about: { ...amendment.about }, revision, digest: stands, proposer: state.proposer, asRecorded: state.asRecorded },
    lineage,
  }
}

const needsState = (kind: DelegationKind): boolean => kind === 'agency' || kind === 'igo' || kind === 'ngo'

/** Ids of hunks order a wording, and a republished one keeps them: read what stands rather than what was sent. */
function publishedDigest(context: Context, id: string): string {
  const stands = readPublished(context.doc, id)
  if (stands === null) throw new Error('a published amendment cannot be read')
  return digestOfAmendment(stands)
}

export const putForward: Handler<Of<'put-forward'>> = (context) => {
  const { command, speaker } = context
  allow(context, 'put-forward')
  const amendment = prepared(context, command.amendment, command.digest)
  const known = readAmendmentState(context.doc, amendment.id)
  allow(context, 'put-forward', {
    ...targetFacts(context.doc, amendment),
    ...(known === null ? {} : { amendment: amendmentFacts(known) }),
  })
  const editorial = speaker.hat.role === 'legal'
  return putUp(context, amendment, { proposer: speaker.hat.delegation, kind: speaker.hat.kind, asRecorded: false, editorial }, known)
}

export const recordFor: Handler<Of<'record-for'>> = (context) => {
  const { command } = context
  allow(context, 'record-for')
  const amendment = prepared(context, command.amendment, command.digest)
  const known = readAmendmentState(context.doc, amendment.id)
  allow(context, 'record-for', {
    ...targetFacts(context.doc, amendment),
    ...(known === null ? {} : { amendment: amendmentFacts(known) }),
  })
  const delegation = delegationOf(context, command.delegation)
  if (known !== null && known.proposer !== delegation.id) throw new Refusal('not-yours')
  return putUp(context, amendment, { proposer: delegation.id, kind: delegation.kind as DelegationKind, asRecorded: true, editorial: false }, known)
}

/** A change of an amendment's state that the record tells in one line. */
function settle(context: Context, id: string, state: AmendmentState, more: Record<string, string | boolean> = {}): Outcome {
  writeState(context.doc, stateOfAmendment(id), state)
  return { result: { amendment: id }, record: { amendment: id, digest: state.digest, ...more } }
}

type OnAmendment = Of<'withdraw' | 'confirm-recorded' | 'take-up' | 'cosponsor' | 'consent' | 'support' | 'review'>

function seen(context: Context<OnAmendment>, action: OnAmendment['command']): { id: string; state: AmendmentState; me: Endorsement } {
  const { amendment, state, unit } = published(context, context.command.amendment, context.command.digest)
  allow(context, action, { amendment: amendmentFacts(state), ...(unit === undefined ? {} : { unit }) })
  return { id: amendment.id, state, me: { delegation: context.speaker.hat.delegation, digest: state.digest } }
}

const has = (list: readonly Endorsement[], delegation: string): boolean => list.some((one) => one.delegation === delegation)
const without = (list: readonly Endorsement[], delegation: string): Endorsement[] => list.filter((one) => one.delegation !== delegation)

export const withdraw: Handler<Of<'withdraw'>> = (context) => {
  const { id, state } = seen(context, 'withdraw')
  return settle(context, id, { ...state, status: 'withdrawn', decision: { by: context.speaker.hat.delegation, atMs: context.atMs, note: '' } })
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
  return settle(
    context,
    id,
    { ...state, asking: without(state.asking, delegation), sponsors: agree ? [...without(state.sponsors, delegation), asked] : state.sponsors },
    { delegation, agree },
  )
}

export const support: Handler<Of<'support'>> = (context) => {
  const { id, state, me } = seen(context, 'support')
  const others = without(state.supporters, me.delegation)
  return settle(context, id, { ...state, supporters: context.command.support ? [...others, me] : others }, { support: context.command.support })
}

export const review: Handler<Of<'review'>> = (context) => {
  const { id, state } = seen(context, 'review')
  const { verdict, note } = context.command
  return settle(context, id, { ...state, review: { verdict, note, digest: state.digest, atMs: context.atMs } }, { verdict, note })
}
