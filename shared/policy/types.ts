/** Who somebody is in a draft, and what the rules may ask about the thing acted on. Plain values. */
import type { ErrorCode } from '../wire/errors.ts'

export const roles = ['chair', 'facilitator', 'secretary', 'legal', 'delegate', 'observer'] as const
export type Role = (typeof roles)[number]

export const delegationKinds = ['state', 'agency', 'igo', 'ngo', 'group', 'office'] as const
export type DelegationKind = (typeof delegationKinds)[number]

/** head: may invite its own people and put forward; forward: may put forward; drafter: writes; reader: reads. */
export const levels = ['head', 'forward', 'drafter', 'reader'] as const
export type Level = (typeof levels)[number]

/** One capacity in which a person acts in one draft. The chair's table is the delegation `office` of kind `office`. */
export interface Hat {
  readonly role: Role
  readonly delegation: string
  readonly kind: DelegationKind
  readonly level: Level
  /** Of one who speaks for a group: the delegation whose person they are. */
  readonly of?: string
}

export const stages = ['drafting', 'negotiation', 'silence', 'frozen'] as const
export type Stage = (typeof stages)[number]

/** What a delegation says of an amendment or a paragraph, from for to against. */
export const positionKinds = ['support', 'can-accept', 'reserve', 'cannot-accept'] as const
export type PositionKind = (typeof positionKinds)[number]

/** What a legal officer's flag is about. */
export const flagKinds = ['legal', 'editorial', 'terminology', 'reference'] as const
export type FlagKind = (typeof flagKinds)[number]

/** Which text was kept: the zero draft, a revision, another one on the way, the frozen one, one as the Secretariat issued it, its correction. */
export const versionKinds = ['zero', 'revision', 'text', 'final', 'issued', 'correction'] as const
export type VersionKind = (typeof versionKinds)[number]

/** A State that brings the resolution forward, or one that joins it. */
export const sponsorKinds = ['main', 'co'] as const
export type SponsorKind = (typeof sponsorKinds)[number]

/**
 * - `open`          to be decided
 * - `bracketed`     kept in brackets: to be decided
 * - `held`          put on hold: to be decided
 * - `incorporated`  written into the text
 * - `merged`        reflected in another's wording that was written into the text
 * - `not-reflected` decided against
 * - `withdrawn`     by its sponsors
 */
export type AmendmentStatus = 'open' | 'bracketed' | 'held' | 'incorporated' | 'merged' | 'not-reflected' | 'withdrawn'

/** Kept in brackets and on hold are still to be decided. */
export const isUndecided = (status: AmendmentStatus): boolean => status === 'open' || status === 'bracketed' || status === 'held'

/** What a rule may ask of the unit acted on. */
export interface UnitFacts {
  readonly locked: boolean
  readonly agreed: boolean
}

/** What a rule may ask of the published amendment acted on. */
export interface AmendmentFacts {
  readonly status: AmendmentStatus
  readonly proposer: string
  readonly proposerKind: DelegationKind
  readonly sponsors: readonly string[]
  readonly needsState: boolean
  /** Entered by the chair's table for a delegation, not yet confirmed by it. */
  readonly asRecorded: boolean
  readonly editorial: boolean
  readonly flagged: boolean
  /** Not reflected by a revision that was issued, or left out by the return to an earlier text: no decision on it by itself. */
  readonly leftOut?: boolean
}

/** What a rule may ask of the thread acted on. */
export interface ThreadFacts {
  /** The delegation that began it. */
  readonly by: string
  readonly resolved: boolean
}

/** What a rule may ask of a circle: several delegations that prepare proposals together, unseen by others. */
export interface CircleFacts {
  readonly members: readonly string[]
  readonly open: boolean
}

/** What a rule may ask of the resolution's sponsors. */
export interface SponsorFacts {
  /** Whether the sender's delegation is one of them. */
  readonly signed: boolean
  /** Whether the deadline has passed. */
  readonly closed: boolean
}

/** What a rule may ask of an oral revision. */
export interface OralFacts {
  /** The delegation whose it is. */
  readonly author: string
  /** Whether that is a sponsor of the resolution now. */
  readonly sponsors: boolean
  readonly certified: boolean
}

export interface Facts {
  readonly hat: Hat
  readonly stage: Stage
  readonly unit?: UnitFacts
  readonly amendment?: AmendmentFacts
  readonly thread?: ThreadFacts
  /** The delegation whose side document, people, consent, confidence or source is meant. */
  readonly delegation?: string
  /** The circle whose side document is meant. */
  readonly circle?: CircleFacts
  /** Whether the paragraph or proposal belongs to a package, which is agreed whole or not at all. */
  readonly packaged?: boolean
  readonly sponsoring?: SponsorFacts
  readonly oral?: OralFacts
  /** Whether a chair or facilitator is connected: a secretary then acts as scribe. */
  readonly chairPresent?: boolean
  /** Whether the chair has opened positions to contributors and observers. */
  readonly positionsOpen?: boolean
}

/** Everything that can be done, by name. What has no name here cannot be done. */
export type Action =
  | 'read' | 'read-positions' | 'read-confidential'
  // words, through the gate
  | 'write-base' | 'shape-base' | 'write-side' | 'write-notes' | 'speak'
  // commands
  | 'import' | 'invite' | 'invite-own' | 'revoke' | 'add-delegation'
  | 'open-negotiation' | 'reopen-drafting' | 'freeze' | 'reopen-frozen' | 'ask-second' | 'confirm-freeze' | 'lock' | 'unlock'
  | 'ask-reopen' | 'answer-request' | 'make-package' | 'agree-package' | 'reopen-package' | 'drop-package'
  | 'next-reading' | 'former-reading' | 'set-deadline' | 'start-silence' | 'extend-silence' | 'end-silence' | 'break-silence' | 'record-objection'
  | 'put-forward' | 'withdraw' | 'record-for' | 'confirm-recorded' | 'take-up'
  | 'cosponsor' | 'consent'
  | 'support' | 'position' | 'support-unit' | 'position-unit' | 'record-position' | 'open-positions' | 'close-positions'
  | 'review' | 'release-flag' | 'correct-editorially'
  | 'start-thread' | 'reply' | 'resolve-thread' | 'reopen-thread'
  | 'incorporate' | 'not-reflected' | 'keep-in-brackets' | 'lift-bracket' | 'hold' | 'merge' | 'undo-decision' | 'agree' | 'reopen-unit'
  // sponsors, groups, circles
  | 'sponsor' | 'unsponsor' | 'sponsors-deadline'
  | 'revise-orally' | 'certify-oral' | 'discard-oral'
  | 'keep-version' | 'keep-issued' | 'restore-version' | 'issue-revision' | 'put-forward-again'
  | 'add-source' | 'remove-source' | 'leave-out-source'
  | 'name-themes' | 'remove-theme' | 'tag-theme'
  | 'name-authors' | 'prepare'
  | 'revise' | 'leave' | 'set-members' | 'give-hat' | 'open-circle' | 'name-circle' | 'show-as-typed'

export type RefusalOf = (facts: Facts, action: Action) => ErrorCode | null
