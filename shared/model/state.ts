/** What has been decided, as the server writes it into the shared document and everybody reads it. Total reading. */
import type * as Y from 'yjs'
import { isUndecided, stages } from '../policy/types.ts'
import type { AmendmentFacts, AmendmentStatus, DelegationKind, Role, SponsorKind, Stage } from '../policy/types.ts'
import type { CircleState } from './circles.ts'
import type { PackageState, RequestState } from './agreed.ts'
import type { SilenceState } from './silence.ts'
import { stateOf } from './layout.ts'

export interface DraftState {
  readonly stage: Stage
  readonly title: string
  readonly language: string
  /** Proposals are put forward by themselves at each pause in typing. */
  readonly asTyped?: boolean
  /** A second person has to confirm what will be frozen. */
  readonly secondAsked?: boolean
  /** Of the negotiation: 1 the first; 0 while there was none. */
  readonly reading?: number
  /** Since when it is at this stage and reading. */
  readonly sinceMs?: number
  /** For proposals: what is put forward after it is marked late. UTC. */
  readonly deadlineMs?: number
}

export interface DelegationState {
  readonly id: string
  /** As it stands in brackets: "EU", "Japan". */
  readonly name: string
  readonly kind: DelegationKind
  /** Of a group: the delegations that it speaks for. */
  readonly members?: readonly string[]
}

export interface UnitState {
  readonly locked: boolean
  /** Agreed ad ref: on which wording, or null. */
  readonly agreed: { readonly by: string; readonly atMs: number; readonly digest: string } | null
}

/** A delegation's word on an amendment, and the wording it was given on. */
export interface Endorsement {
  readonly delegation: string
  readonly digest: string
}

export interface Decision {
  /** Names what would undo it (see reversal.ts); null where nothing can. */
  readonly id: string | null
  /** The delegation that decided: the chair's table, or its proposer where it was withdrawn. */
  readonly by: string
  readonly atMs: number
  readonly note: string
  /** Of an incorporated one those that its wording reflects; of a merged one those that reflect it. */
  readonly with: readonly string[]
  /** Left out by the version of this number: a revision that was issued, or one that was returned to. Its sponsors may put it forward again. */
  readonly notIn?: number
  /** Of what was incorporated, the official sentence against the text before; the text has it since. */
  readonly wording?: string
}

export interface AmendmentState {
  readonly status: AmendmentStatus
  readonly proposer: string
  readonly proposerKind: DelegationKind
  /** The member of a group that spoke for it ("Japan, on behalf of G77 and China"). */
  readonly through?: string | null
  readonly sponsors: readonly Endorsement[]
  /** Have asked to co-sponsor; the proposer has not answered. */
  readonly asking: readonly Endorsement[]
  readonly needsState: boolean
  /** The State (or the chair's table) that took a proposal up; its origin stays the proposer. */
  readonly takenUpBy: string | null
  readonly asRecorded: boolean
  readonly editorial: boolean
  readonly revision: number
  /** First put forward then, after the deadline for proposals. */
  readonly lateMs?: number
  /** Of the wording that stands now. */
  readonly digest: string
  readonly atMs: number
  readonly decision: Decision | null
  /** Why it must be looked at again ("the words it follows are gone"), or null. */
  readonly recheck: string | null
}

/** A second person's word on what will be frozen. */
export interface ConfirmationState {
  /** Of the preview of the freeze that was confirmed, and of the text in it. */
  readonly digest: string
  readonly text: string
  /** The capacity in which it was confirmed. */
  readonly hatId: string
  readonly role: Role
  readonly atMs: number
}

export interface VersionState {
  readonly number: number
  readonly sha256: string
  readonly atMs: number
  readonly symbol: string
}

/** A State that sponsors the resolution, signed before its text was frozen. */
export interface SponsorState {
  readonly delegation: string
  readonly as: SponsorKind
  readonly atMs: number
}

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

export function readStage(doc: Y.Doc): DraftState & { readonly reading: number } {
  const value = record(stateOf(doc).get('draft'))
  const stage = stages.find((known) => known === value?.['stage']) ?? 'drafting'
  return {
    stage,
    title: typeof value?.['title'] === 'string' ? value['title'] : '',
    language: typeof value?.['language'] === 'string' ? value['language'] : 'en',
    ...(value?.['asTyped'] === true ? { asTyped: true } : {}),
    ...(value?.['secondAsked'] === true ? { secondAsked: true } : {}),
    reading: typeof value?.['reading'] === 'number' ? value['reading'] : stage === 'drafting' ? 0 : 1,
    ...(typeof value?.['sinceMs'] === 'number' ? { sinceMs: value['sinceMs'] } : {}),
    ...(typeof value?.['deadlineMs'] === 'number' ? { deadlineMs: value['deadlineMs'] } : {}),
  }
}

export const stateOfConfirmation = 'confirmation'

/** The last one that was given, or null. */
export const readConfirmation = (doc: Y.Doc): ConfirmationState | null => record(stateOf(doc).get(stateOfConfirmation)) as ConfirmationState | null

const openUnit: UnitState = { locked: false, agreed: null }

/** State entries are the server's own and of one shape, so their presence is all that is checked. */
export const readUnitState = (doc: Y.Doc, unit: string): UnitState =>
  (record(stateOf(doc).get(`unit:${unit}`)) as UnitState | null) ?? openUnit

export const stateOfUnit = (unit: string): string => `unit:${unit}`
export const stateOfAmendment = (amendment: string): string => `amendment:${amendment}`

export const readAmendmentState = (doc: Y.Doc, amendment: string): AmendmentState | null =>
  record(stateOf(doc).get(`amendment:${amendment}`)) as AmendmentState | null

/** What the rules may ask of an amendment. What is kept in brackets or on hold is still open: it can be decided, withdrawn and revised. */
export const factsOfAmendment = (state: AmendmentState, flagged: boolean): AmendmentFacts => ({
  leftOut: state.status === 'not-reflected' && state.decision?.notIn !== undefined,
  status: isUndecided(state.status) ? 'open' : state.status,
  proposer: state.proposer,
  proposerKind: state.proposerKind,
  sponsors: state.sponsors.map((sponsor) => sponsor.delegation),
  needsState: state.needsState,
  asRecorded: state.asRecorded,
  editorial: state.editorial,
  flagged,
})

/** What a decision wrote into a unit: runs of [client, clock, length]. */
export interface Written {
  readonly atMs: number
  readonly runs: readonly (readonly [number, number, number])[]
}

export function readWritten(doc: Y.Doc, unit: string): readonly Written[] {
  const value: unknown = stateOf(doc).get(`written:${unit}`)
  return Array.isArray(value) ? (value as Written[]) : []
}

export function topic<T>(doc: Y.Doc, name: string): T[] {
  const found: T[] = []
  for (const [key, value] of stateOf(doc).entries()) {
    if (key.startsWith(`${name}:`) && record(value) !== null) found.push(value as T)
  }
  return found
}

export const readDelegations = (doc: Y.Doc): DelegationState[] =>
  topic<DelegationState>(doc, 'delegation').sort((left, right) => left.name.localeCompare(right.name, 'en'))

export const stateOfSponsor = (delegation: string): string => `sponsor:${delegation}`

export const readSponsors = (doc: Y.Doc): SponsorState[] =>
  topic<SponsorState>(doc, 'sponsor').sort((left, right) => left.atMs - right.atMs || (left.delegation < right.delegation ? -1 : 1))

export const readVersions = (doc: Y.Doc): VersionState[] =>
  topic<VersionState>(doc, 'version').sort((left, right) => left.number - right.number)

/** Units that are locked or agreed: most drafts have none while they are written. */
export function closedUnits(doc: Y.Doc): string[] {
  const closed: string[] = []
  for (const [key, value] of stateOf(doc).entries()) {
    const unit = key.startsWith('unit:') ? (record(value) as UnitState | null) : null
    if (unit !== null && (unit.locked || unit.agreed !== null)) closed.push(key.slice('unit:'.length))
  }
  return closed
}

export function writeState(doc: Y.Doc, key: string, value: DraftState | DelegationState | UnitState | AmendmentState | VersionState | CircleState | ConfirmationState | SponsorState | SilenceState | PackageState | RequestState): void {
  stateOf(doc).set(key, value)
}
