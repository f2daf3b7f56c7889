/** Everything that can be done with a published proposal: one row each, with whether this person may and why not. */
import type { Action, FlagKind } from '../../shared/policy/types.ts'
import type { RecheckReason } from '../../shared/model/recheck.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { factsOnPublished, isPersonal, judge } from './facts.ts'
import type { Standing, Verdict } from './facts.ts'
import { settleAll } from './settling.ts'
import { digestOfView, isOpen } from './view.ts'
import type { PublishedCard } from './view.ts'

/** `asks`: a note is asked for first, or what a flag is about and why. */
export interface CardAction {
  readonly id: string
  readonly action: Action
  readonly asks: 'nothing' | 'note' | 'flag'
  readonly command: (note: string, flag?: FlagKind) => Command
  readonly verdict: Verdict
  /** May be done now, or could be but for something that can change: shown with the card. The rest is listed apart. */
  readonly offered: boolean
  readonly weight: 'primary' | 'plain' | 'danger'
}

const own = (list: readonly { readonly delegation: string }[], delegation: string): boolean => list.some((one) => one.delegation === delegation)

export const stands = (state: AmendmentState, delegation: string): boolean => state.proposer === delegation || own(state.sponsors, delegation)

/** What taking the wording back into one's side document means here; null where it means nothing. */
function revising(state: AmendmentState, delegation: string): 'correct' | 'revise' | 'take-again' | null {
  if (state.status === 'withdrawn' || state.status === 'not-reflected') return 'take-again'
  if (!isOpen(state) || !stands(state, delegation)) return null
  return state.asRecorded && state.proposer === delegation ? 'correct' : 'revise'
}

/** A thing done already is refused like any other, with the code the server would answer. */
const already: Verdict = { code: 'already-so', why: sentenceOf('already-so') }
const asked: Verdict = { code: 'needs-consent', why: sentenceOf('needs-consent') }
const built: Verdict = { code: 'built-on', why: sentenceOf('built-on') }
const says = (code: ErrorCode): Verdict => ({ code, why: sentenceOf(code) })

/** As the server would refuse it. */
const unplacedCodes: Partial<Record<RecheckReason, ErrorCode>> = {
  'target-gone': 'no-such-unit', 'place-gone': 'place-gone', 'beneath-itself': 'beneath-itself', 'too-deep': 'too-deep', 'not-next': 'not-next',
}

export function cardActions(standing: Standing, card: PublishedCard): CardAction[] {
  const { state } = card
  const mine = standing.hat.delegation
  const on = { amendment: card.id, digest: digestOfView(card.amendment) }
  const facts = factsOnPublished(standing, card)
  const decision = state.decision?.id ?? null
  const review = standing.stands.reviews.get(card.id)
  const row = (
    id: string,
    action: Action,
    command: CardAction['command'],
    more: { asks?: CardAction['asks']; weight?: CardAction['weight']; unless?: Verdict | null } = {},
  ): CardAction => {
    const policy = judge(facts, action)
    const verdict = policy.code === null ? (more.unless ?? policy) : policy
    return { id, action, command, verdict, asks: more.asks ?? 'nothing', weight: more.weight ?? 'plain', offered: !isPersonal(verdict.code) }
  }
  const unplaced = !card.hasPlace ? says(unplacedCodes[card.recheck ?? 'target-gone'] ?? 'anchor-broken') : card.waits ? says('outer-open') : null
  const rows: (CardAction | null)[] = [
    row('incorporate', 'incorporate', () => ({ command: 'incorporate', ...on }), { weight: 'primary', unless: unplaced }),
    row('keep-in-brackets', 'keep-in-brackets', () => ({ command: 'keep-in-brackets', ...on }), { unless: state.status === 'bracketed' ? already : null }),
    row('hold', 'hold', () => settleAll([card], 'hold', ''), { unless: state.status === 'held' ? already : null }),
    row('not-reflected', 'not-reflected', (note) => ({ command: 'not-reflected', ...on, note }), { asks: 'note' }),
    row('clear', 'review', (note) => ({ command: 'review', ...on, verdict: 'cleared', note }), { weight: 'primary', asks: 'note' }),
    row('flag', 'review', (note, flag) => ({ command: 'review', ...on, verdict: 'flagged', flag, note }), { asks: 'flag' }),
    review?.released === false ? row('release-flag', 'release-flag', () => ({ command: 'release-flag', ...on })) : null,
    row('cosponsor', 'cosponsor', () => ({ command: 'cosponsor', ...on }), { unless: own(state.asking, mine) ? asked : null }),
    state.needsState ? row('take-up', 'take-up', () => ({ command: 'take-up', ...on }), { weight: 'primary' }) : null,
    state.asRecorded ? row('confirm-recorded', 'confirm-recorded', () => ({ command: 'confirm-recorded', ...on }), { weight: 'primary' }) : null,
    state.status === 'not-reflected' && state.decision?.notIn !== undefined && stands(state, mine)
      ? row('put-forward-again', 'put-forward-again', () => ({ command: 'put-forward-again', ...on }), { weight: 'primary', unless: card.hasPlace ? null : unplaced })
      : null,
    decision === null ? null : row('undo-decision', 'undo-decision', () => ({ command: 'undo-decision', decision }), { unless: standing.view.canUndo(decision) ? null : built }),
    revising(state, mine) === null ? null : row(revising(state, mine)!, 'revise', () => ({ command: 'revise', ...on })),
    stands(state, mine) && state.sponsors.length > 0
      ? row('leave', 'leave', () => ({ command: 'leave', ...on }), { weight: 'danger' })
      : row('withdraw', 'withdraw', () => ({ command: 'withdraw', ...on }), { weight: 'danger' }),
  ]
  return rows.filter((one) => one !== null)
}

export interface ConsentAction {
  readonly delegation: string
  readonly verdict: Verdict
  readonly command: (agree: boolean) => Command
}

/** One for each delegation that has asked to co-sponsor, for the proposer to answer. */
export function consentActions(standing: Standing, card: PublishedCard): ConsentAction[] {
  const on = { amendment: card.id, digest: digestOfView(card.amendment) }
  return card.state.asking.map(({ delegation }) => ({
    delegation,
    verdict: judge(factsOnPublished(standing, card), 'consent'),
    command: (agree) => ({ command: 'consent', ...on, delegation, agree }),
  }))
}
