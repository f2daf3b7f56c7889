/**
 * Who may do what, when, to what: one row an action, and no action without a row.
 *
 * Refusals come in the order of what the person can do least about: a frozen draft is over for everybody (`frozen`);
 * then who they are (role, then whose thing it is, then level: to ask a colleague for the right to put forward would
 * not help with somebody else's proposal); then the stage, which will change; then the thing itself.
 */
import {
  all, always, anyThread, begunByUs, broughtByUs, chairsTable, circleOpen, drafts, during, either, forwards, fromOwnSide, hasState,
  headOfIt, leftOut, negotiators, newOrOpen, newOrSponsoredByUs, newOrStillRecorded, noOtherSponsor, notIncorporated,
  notObserver, notSigned, notYetSponsor, ofKind, only, open, ownConfidence, ownDelegationsSide, ownEditorial, ownOral, ownSide,
  positionsOpened, presiding, presidingOrScribe, proposedByOthers, proposedByUs, proposers, recorded, sharedOrOwnSide,
  signed, signingOpen, someUnit, sponsored, sponsoredByUs, sponsoredByUsOrOver, threadResolved, threadUnresolved, unitAgreed, unitFree, unitLocked,
  uncertified, unitNotAgreed, unitUnlocked, unpackaged, untilFrozen, waitsForState, whileBaseIsOpen,
} from './checks.ts'
import type { Check, When } from './checks.ts'
import { transitions } from './transitions.ts'
import type { TransitionName } from './transitions.ts'
import type { Action } from './types.ts'

export interface Row {
  readonly who: Check
  readonly when: When
  readonly what: Check
}

const row = (who: Check, when: When, ...what: readonly Check[]): Row => ({ who, when, what: all(...what) })

const chair = all(only('only-chair', 'chair'), drafts)
const chairOrSecretary = all(only('only-chair', 'chair', 'secretary'), drafts)
const table = all(chairsTable, drafts)
const members = all(notObserver, drafts)
const shapers = all(notObserver, only('not-permitted', 'chair', 'facilitator', 'secretary', 'delegate'), drafts)
const preside = all(presiding, drafts)
const decide = all(presidingOrScribe, drafts)
const legal = all(only('only-legal', 'legal'), drafts)
const proposersPeople = all(proposers, proposedByUs, forwards)
const withdrawers = either(all(table, recorded), proposersPeople)
const inviters = either(chairOrSecretary, headOfIt)
const revokers = either(chair, headOfIt)
const states = all(notObserver, ofKind('only-states', 'state'))
const statesAndGroups = all(notObserver, ofKind('only-states', 'state', 'group'))
const delegations = all(notObserver, ofKind('not-permitted', 'state', 'agency', 'igo', 'ngo', 'group'))
const ownSideDrafters = all(notObserver, ownSide, drafts)
const ownDelegationsDrafters = all(notObserver, ownDelegationsSide, drafts)
const ownersOfWording = all(proposers, fromOwnSide, newOrSponsoredByUs, forwards)
const revisers = all(notObserver, fromOwnSide, sponsoredByUsOrOver, drafts)
const sponsorsPeople = all(proposers, sponsoredByUs, forwards)
const tableUntilConfirmed = all(table, newOrStillRecorded)
const delegationRecorded = all(notObserver, only('not-yours', 'delegate'), proposedByUs, forwards)
const stateOrChair = all(either(chair, states), forwards)
const otherStatesAndGroups = all(statesAndGroups, proposedByOthers, forwards)
const otherDelegations = all(delegations, proposedByOthers, forwards)
const talkers = all(notObserver, sharedOrOwnSide, drafts)
const threadOwners = all(notObserver, sharedOrOwnSide, either(chairsTable, begunByUs), drafts)
const sourceOwners = all(notObserver, either(chairsTable, broughtByUs), drafts)
const anyDelegation = all(delegations, forwards)
const statesPeople = all(states, forwards)
const anyStateOrGroup = all(statesAndGroups, forwards)
const tableOrLegal = all(only('only-chairs-table', 'chair', 'facilitator', 'secretary', 'legal'), drafts)
const legalOwnWording = all(legal, newOrSponsoredByUs)
const positionReaders = either(ownConfidence, either(positionsOpened, negotiators))
const confidants = either(ownConfidence, chairsTable)
const announcers = either(table, all(statesPeople, ownOral))
const certifiers = either(chairOrSecretary, all(notObserver, ownOral, forwards))
const discarders = either(table, all(notObserver, ownOral, forwards))
const decideOrOwnEditorial = either(all(ownEditorial, drafts), decide)

/** A change of stage is made where, and by whom, the table of transitions says. */
const change = (name: TransitionName): Row => row(chair, during(...transitions[name].from))

export const policy: Readonly<Record<Action, Row>> = {
  // action               who                    when                             what
  'read':             row(sharedOrOwnSide,       always),
  'speak':            row(sharedOrOwnSide,       always),
  'read-positions':   row(positionReaders,       always),
  'read-confidential': row(confidants,           always),

  'write-base':       row(members,               whileBaseIsOpen,                 unitFree),
  'shape-base':       row(shapers,               whileBaseIsOpen,                 unitFree),
  'write-side':       row(ownSideDrafters,       untilFrozen,                     circleOpen),
  'write-notes':      row(ownDelegationsDrafters, untilFrozen),

  'import':           row(table,                 during('drafting')),
  'invite':           row(chairOrSecretary,      always),
  'invite-own':       row(inviters,              always),
  'revoke':           row(revokers,              always),
  'add-delegation':   row(table,                 always),

  'open-negotiation': change('open-negotiation'),
  'next-reading':     change('next-reading'),
  'former-reading':   change('former-reading'),
  'start-silence':    change('start-silence'),
  'end-silence':      change('end-silence'),
  'reopen-drafting':  change('reopen-drafting'),
  'freeze':           change('freeze'),
  'reopen-frozen':    change('reopen-frozen'),
  'ask-second':       row(chair,                 untilFrozen),
  'confirm-freeze':   row(tableOrLegal,          untilFrozen),
  'set-deadline':     row(chair,                 during('drafting', 'negotiation')),
  'extend-silence':   row(chair,                 during('silence')),
  'break-silence':    row(anyStateOrGroup,       during('silence')),
  'record-objection': row(table,                 during('silence')),
  'lock':             row(chair,                 untilFrozen,                     unitUnlocked),
  'unlock':           row(chair,                 untilFrozen,                     unitLocked),

  'put-forward':      row(ownersOfWording,       during('negotiation'),           newOrOpen, circleOpen, unitFree),
  'withdraw':         row(withdrawers,           untilFrozen,                     open, noOtherSponsor),
  'record-for':       row(tableUntilConfirmed,   during('negotiation'),           newOrOpen, unitFree),
  'confirm-recorded': row(delegationRecorded,    untilFrozen,                     recorded),
  'take-up':          row(stateOrChair,          untilFrozen,                     open, waitsForState),
  'cosponsor':        row(otherStatesAndGroups,  untilFrozen,                     open, notYetSponsor),
  'consent':          row(proposersPeople,       untilFrozen,                     open),

  'support':          row(otherDelegations,      untilFrozen,                     open),
  'position':         row(otherStatesAndGroups,  untilFrozen,                     open),
  'support-unit':     row(anyDelegation,         untilFrozen,                     someUnit),
  'position-unit':    row(anyStateOrGroup,       untilFrozen,                     someUnit),
  'record-position':  row(table,                 untilFrozen),
  'open-positions':   row(chair,                 untilFrozen),
  'close-positions':  row(chair,                 untilFrozen),

  'review':           row(legal,                 during('negotiation'),           open),
  'release-flag':     row(tableOrLegal,          untilFrozen,                     open),
  'correct-editorially': row(legalOwnWording,    during('negotiation'),           newOrOpen, unitFree),

  'start-thread':     row(talkers,               untilFrozen),
  'reply':            row(talkers,               untilFrozen,                     anyThread),
  'resolve-thread':   row(threadOwners,          untilFrozen,                     threadUnresolved),
  'reopen-thread':    row(talkers,               untilFrozen,                     threadResolved),

  'incorporate':      row(decideOrOwnEditorial,  during('negotiation'),           open, hasState, unitFree, unpackaged),
  'not-reflected':    row(decide,                during('negotiation'),           open, unpackaged),
  'keep-in-brackets': row(decide,                during('negotiation'),           open, unpackaged),
  'hold':             row(decide,                during('negotiation'),           open, unpackaged),
  'merge':            row(decide,                during('negotiation'),           open, unitFree, unpackaged),
  'undo-decision':    row(decide,                during('negotiation')),
  'lift-bracket':     row(decide,                during('drafting', 'negotiation'), unitFree),
  'agree':            row(preside,               during('negotiation'),           unitNotAgreed, unpackaged),
  'reopen-unit':      row(preside,               during('negotiation'),           unitAgreed, unpackaged),
  'ask-reopen':       row(anyDelegation,         during('negotiation'),           unitAgreed),
  'answer-request':   row(preside,               during('negotiation')),
  'make-package':     row(preside,               during('negotiation')),
  'agree-package':    row(preside,               during('negotiation')),
  'reopen-package':   row(preside,               during('negotiation')),
  'drop-package':     row(preside,               during('negotiation')),

  // What comes after the freeze stands in the record, beside the frozen text: these write into no document then.
  'sponsor':          row(statesPeople,          always,                          signingOpen, notSigned),
  'unsponsor':        row(statesPeople,          always,                          signingOpen, signed),
  'sponsors-deadline': row(chair,                always),
  'revise-orally':    row(announcers,            during('frozen'),                sponsored),
  'certify-oral':     row(certifiers,            during('frozen'),                uncertified),
  'discard-oral':     row(discarders,            during('frozen'),                uncertified),
  'keep-issued':      row(table,                 always),
  'keep-version':     row(table,                 untilFrozen),
  'restore-version':  row(chair,                 during('drafting', 'negotiation')),
  'issue-revision':   row(chair,                 during('negotiation')),
  'put-forward-again': row(sponsorsPeople,       during('negotiation'),           leftOut, unitFree),

  'add-source':       row(members,               untilFrozen),
  'remove-source':    row(sourceOwners,          untilFrozen),
  'leave-out-source': row(members,               untilFrozen),

  'name-themes':      row(preside,               untilFrozen),
  'remove-theme':     row(preside,               untilFrozen),
  'tag-theme':        row(members,               untilFrozen),

  'name-authors':     row(table,                 untilFrozen),
  'prepare':          row(ownSideDrafters,       untilFrozen),
  'revise':           row(revisers,              untilFrozen,                     notIncorporated, circleOpen),
  'leave':            row(sponsorsPeople,        untilFrozen,                     open),
  'set-members':      row(table,                 untilFrozen),
  'give-hat':         row(chairOrSecretary,      untilFrozen),
  'open-circle':      row(sponsorsPeople,        untilFrozen,                     open),
  'name-circle':      row(preside,               untilFrozen),
  'show-as-typed':    row(chair,                 untilFrozen),
}
