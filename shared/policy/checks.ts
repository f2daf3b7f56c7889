/**
 * The words in which the table is written. A check answers with the code of the refusal, or null when it has no
 * objection. What a check needs and the facts do not give is refused, never assumed.
 */
import type { ErrorCode } from '../wire/errors.ts'
import type { AmendmentFacts, DelegationKind, Facts, OralFacts, Role, SponsorFacts, Stage, ThreadFacts } from './types.ts'

export type Check = (facts: Facts) => ErrorCode | null

/** The stages in which a thing can be done, and what is said in the others (frozen always says `frozen`). */
export interface When {
  readonly stages: readonly Stage[]
  readonly otherwise: ErrorCode
}

export const all = (...checks: readonly Check[]): Check => (facts) => {
  for (const check of checks) {
    const refusal = check(facts)
    if (refusal) return refusal
  }
  return null
}

/** Passes where either passes; else says what the second says, which is the usual way. */
export const either = (exception: Check, usual: Check): Check => (facts) =>
  exception(facts) === null ? null : usual(facts)

const check = (holds: (facts: Facts) => boolean, code: ErrorCode): Check => (facts) => (holds(facts) ? null : code)

/** Without the amendment there is nothing to judge: the caller looked it up and did not find it. */
const amendment = (judge: (amendment: AmendmentFacts, facts: Facts) => ErrorCode | null): Check => (facts) =>
  facts.amendment ? judge(facts.amendment, facts) : 'no-such-amendment'

const thread = (judge: (thread: ThreadFacts, facts: Facts) => ErrorCode | null): Check => (facts) =>
  facts.thread ? judge(facts.thread, facts) : 'no-such-thread'

// who: the role

export const only = (code: ErrorCode, ...permitted: readonly Role[]): Check =>
  check(({ hat }) => permitted.includes(hat.role), code)

export const notObserver: Check = check(({ hat }) => hat.role !== 'observer', 'only-drafters')

const presidingRoles: readonly Role[] = ['chair', 'facilitator']
const tableRoles: readonly Role[] = [...presidingRoles, 'secretary']

export const chairsTable: Check = only('only-chairs-table', ...tableRoles)

/** A secretary sits at the chair's table, so "only the chair's table" would tell them nothing. */
export const presiding: Check = all(chairsTable, only('only-chair', ...presidingRoles))

/** A secretary writes down what the chair decides, so somebody must be there to decide it. */
export const presidingOrScribe: Check = either(
  all(only('only-chair', 'secretary'), check((facts) => facts.chairPresent === true, 'only-chair')),
  presiding,
)

/** Whose words can become a proposal: a secretary has none of their own. */
export const proposers: Check = all(notObserver, only('not-permitted', 'chair', 'facilitator', 'legal', 'delegate'))

// who: the delegation

export const ofKind = (code: ErrorCode, ...kinds: readonly DelegationKind[]): Check =>
  check(({ hat }) => hat.role === 'delegate' && kinds.includes(hat.kind), code)

/** The chair's table has a side document too; a hat of its delegation in another role does not open it. */
const sitsThere: Check = either(check(({ hat }) => hat.delegation !== 'office', 'only-chairs-table'), chairsTable)

/** A delegation's is its own people's; a circle's is the people's of its members. */
export const ownSide: Check = all(
  check(({ hat, delegation, circle }) => (circle === undefined ? delegation === hat.delegation : circle.members.includes(hat.delegation)), 'not-yours'),
  sitsThere,
)

/** A delegation's alone: what it notes for itself is not for a circle. */
export const ownDelegationsSide: Check = all(check((facts) => facts.circle === undefined, 'not-yours'), ownSide)

const inSharedRoom: Check = check((facts) => facts.delegation === undefined && facts.circle === undefined, 'not-yours')

/**
 * For what is done in either kind of room: the shared one, or, where `delegation` or `circle` is given, that side document.
 * An observer sits with a delegation and is told nothing of what it prepares.
 */
export const sharedOrOwnSide: Check = either(inSharedRoom, all(check(({ hat }) => hat.role !== 'observer', 'not-yours'), ownSide))

/** For what is put forward from a side document: one's delegation's, or, where `circle` is given, that of a circle of it. */
export const fromOwnSide: Check = either(check((facts) => facts.circle === undefined, 'not-yours'), ownSide)

export const proposedByUs: Check = amendment(({ proposer }, { hat }) =>
  proposer === hat.delegation ? null : 'not-yours')

/** A first wording has no published amendment yet; a next one is its proposer's or a sponsor's. */
export const newOrSponsoredByUs: Check = ({ hat, amendment: published }) =>
  !published || published.proposer === hat.delegation || published.sponsors.includes(hat.delegation)
    ? null
    : 'not-yours'

export const sponsoredByUs: Check = amendment(({ proposer, sponsors }, { hat }) =>
  proposer === hat.delegation || sponsors.includes(hat.delegation) ? null : 'not-yours')

/** What stands is its sponsors' to revise; what was withdrawn or not reflected may be taken up again by anybody. */
export const sponsoredByUsOrOver: Check = either(
  amendment(({ status }) => (status === 'withdrawn' || status === 'not-reflected' ? null : 'not-yours')),
  sponsoredByUs,
)

/** What the table wrote down for a delegation is the table's to correct until that delegation has confirmed it. */
/** What the table typed on screen is its own until it is recorded for whoever said it. */
export const newOrStillRecorded: Check = ({ hat, circle, amendment: published }) =>
  !published || published.asRecorded || (circle !== undefined && published.proposer === hat.delegation) ? null : 'not-yours'

export const proposedByOthers: Check = amendment(({ proposer }, { hat }) =>
  proposer === hat.delegation ? 'own-proposal' : null)

/** Whether an objection has been met is for those to say who raised it. */
export const begunByUs: Check = thread(({ by }, { hat }) => (by === hat.delegation ? null : 'not-yours'))

export const ownEditorial: Check = all(
  only('only-chairs-table', 'legal'),
  proposedByUs,
  amendment(({ editorial }) => (editorial ? null : 'only-chairs-table')),
)

/** Of what is said in confidence: those whose it is. An observer sits with a delegation and speaks for none. */
export const ownConfidence: Check = all(
  check(({ hat, delegation }) => delegation === hat.delegation, 'only-chairs-table'),
  check(({ hat }) => hat.role !== 'observer', 'only-chairs-table'),
)

/** What somebody brought into the library is theirs to take out. */
export const broughtByUs: Check = check(({ hat, delegation }) => delegation === hat.delegation, 'not-yours')

/** Positions are the business of those who negotiate, and of the chair's table and the legal officers. */
export const negotiators: Check = check(({ hat }) =>
  hat.role === 'delegate' ? hat.kind === 'state' || hat.kind === 'group' : hat.role !== 'observer', 'positions-closed')

export const positionsOpened: Check = check((facts) => facts.positionsOpen === true, 'positions-closed')

/** Head of the delegation whose people are meant. */
export const headOfIt: Check = check(
  ({ hat, delegation }) => hat.role === 'delegate' && hat.level === 'head' && delegation === hat.delegation,
  'only-head',
)

// who: the level

/** Whoever only reads does nothing else, whatever their role. */
export const drafts: Check = check(({ hat }) => hat.level !== 'reader', 'only-drafters')

/** Levels above drafter divide a delegation's work; at the chair's table and for legal officers the role decides. */
export const forwards: Check = all(
  drafts,
  check(({ hat: { role, level } }) => role !== 'delegate' || level === 'forward' || level === 'head',
    'not-put-forward-right'),
)

// when

export const always: When = { stages: ['drafting', 'negotiation', 'silence', 'frozen'], otherwise: 'wrong-stage' }
export const untilFrozen: When = { stages: ['drafting', 'negotiation', 'silence'], otherwise: 'wrong-stage' }
export const during = (...stages: readonly Stage[]): When => ({ stages, otherwise: 'wrong-stage' })
export const whileBaseIsOpen: When = { stages: ['drafting'], otherwise: 'base-closed' }

// what

/** What is agreed stands until it is reopened, for a decision as for a keystroke. */
export const unitFree: Check = check(({ unit }) => !unit?.locked && !unit?.agreed, 'unit-locked')

/** Of what is agreed together no part is settled alone. */
export const unpackaged: Check = check(({ packaged }) => packaged !== true, 'in-package')

export const someUnit: Check = check((facts) => facts.unit !== undefined, 'no-such-unit')

const unitIs = (fact: 'locked' | 'agreed', wanted: boolean): Check => ({ unit }) => {
  if (!unit) return 'no-such-unit'
  return unit[fact] === wanted ? null : 'already-so'
}
export const unitLocked = unitIs('locked', true)
export const unitUnlocked = unitIs('locked', false)
export const unitAgreed = unitIs('agreed', true)
export const unitNotAgreed = unitIs('agreed', false)

export const anyThread: Check = thread(() => null)
export const threadResolved: Check = thread(({ resolved }) => (resolved ? null : 'already-so'))
export const threadUnresolved: Check = thread(({ resolved }) => (resolved ? 'already-so' : null))

export const open: Check = amendment(({ status }) => (status === 'open' ? null : 'already-decided'))
export const newOrOpen: Check = either(check((facts) => facts.amendment === undefined, 'already-decided'), open)
export const notIncorporated: Check = amendment(({ status }) => (status === 'incorporated' ? 'already-decided' : null))
/** With co-sponsors it is not one delegation's to take back: whoever no longer wants it leaves. */
export const noOtherSponsor: Check = amendment(({ sponsors }) => (sponsors.length === 0 ? null : 'still-sponsored'))
export const circleOpen: Check = check(({ circle }) => circle?.open !== false, 'circle-closed')
export const recorded: Check = amendment(({ asRecorded }) => (asRecorded ? null : 'already-so'))
export const waitsForState: Check = amendment(({ needsState }) => (needsState ? null : 'already-so'))
export const hasState: Check = amendment(({ needsState }) => (needsState ? 'needs-state' : null))
export const notYetSponsor: Check = amendment(({ sponsors }, { hat }) =>
  sponsors.includes(hat.delegation) ? 'already-so' : null)

/** Left out with others by a revision or a return: its sponsors may bring it again, which what the chair decided on by itself is not. */
export const leftOut: Check = amendment(({ status, leftOut: isLeftOut }) => (status === 'open' ? 'already-so' : isLeftOut === true ? null : 'already-decided'))

const sponsoringIs = (holds: (sponsoring: SponsorFacts) => boolean, code: ErrorCode): Check => ({ sponsoring }) =>
  sponsoring !== undefined && holds(sponsoring) ? null : code
export const signingOpen = sponsoringIs(({ closed }) => !closed, 'sponsors-closed')
export const notSigned = sponsoringIs(({ signed }) => !signed, 'already-so')
export const signed = sponsoringIs((sponsoring) => sponsoring.signed, 'already-so')

const oralIs = (holds: (oral: OralFacts, facts: Facts) => boolean, code: ErrorCode): Check => (facts) =>
  facts.oral === undefined ? 'no-such-oral' : holds(facts.oral, facts) ? null : code
/** A text that has no sponsor is the chair's, whose table then speaks for it. */
export const sponsored = oralIs(({ author, sponsors }, { hat }) => sponsors || (author === 'office' && hat.delegation === 'office'), 'not-sponsor')
/** Only States sponsor; the chair's table has a text of its own at times. */
export const ownOral: Check = all(either(chairsTable, ofKind('only-states', 'state')), oralIs(({ author }, { hat }) => author === hat.delegation, 'not-yours'))
export const uncertified = oralIs(({ certified }) => !certified, 'already-so')
