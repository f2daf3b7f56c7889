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
}

export const stages = ['drafting', 'negotiation', 'silence', 'frozen'] as const
export type Stage = (typeof stages)[number]

export type AmendmentStatus = 'open' | 'incorporated' | 'not-reflected' | 'bracketed' | 'withdrawn'

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
}

/** What a rule may ask of the thread acted on. */
export interface ThreadFacts {
  /** The delegation that began it. */
  readonly by: string
  readonly resolved: boolean
}

export interface Facts {
  readonly hat: Hat
  readonly stage: Stage
  readonly unit?: UnitFacts
  readonly amendment?: AmendmentFacts
  readonly thread?: ThreadFacts
  /** The delegation whose side document, people or consent is meant. */
  readonly delegation?: string
  /** Whether a chair or facilitator is connected: a secretary then acts as scribe. */
  readonly chairPresent?: boolean
}

/** Everything that can be done, by name. What has no name here cannot be done. */
export type Action =
  | 'read'
  // words, through the gate
  | 'write-base' | 'shape-base' | 'write-side' | 'speak'
  // commands
  | 'import' | 'invite' | 'invite-own' | 'revoke' | 'add-delegation'
  | 'open-negotiation' | 'reopen-drafting' | 'freeze' | 'lock' | 'unlock'
  | 'put-forward' | 'withdraw' | 'record-for' | 'confirm-recorded' | 'take-up'
  | 'cosponsor' | 'consent' | 'support' | 'review'
  | 'start-thread' | 'reply' | 'resolve-thread' | 'reopen-thread'
  | 'incorporate' | 'not-reflected' | 'keep-in-brackets' | 'agree' | 'reopen-unit'

export type RefusalOf = (facts: Facts, action: Action) => ErrorCode | null
