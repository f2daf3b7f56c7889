/** What every command has to hand, and the facts that the policy asks. */
import type * as Y from 'yjs'
import type { Logger } from 'pino'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Action, AmendmentFacts, Facts, UnitFacts } from '../../shared/policy/types.ts'
import { packageOfAmendment, packageOfUnit, readPackages } from '../../shared/model/agreed.ts'
import { isEmpty } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { newLineage, readPublished } from '../../shared/model/decisions.ts'
import type { Lineage } from '../../shared/model/decisions.ts'
import { endsOf } from '../../shared/model/grounds.ts'
import { amendmentsOf } from '../../shared/model/layout.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { faultOf, waitsForOuter } from '../../shared/model/recheck.ts'
import type { Fault } from '../../shared/model/recheck.ts'
import { factsOfAmendment, readAmendmentState, readDelegations, readStage, readUnitState } from '../../shared/model/state.ts'
import type { AmendmentState, DelegationState } from '../../shared/model/state.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import type { Audience } from '../../shared/record/audience.ts'
import { flaggedIn } from '../../shared/record/stands.ts'
import { digestOfAmendment, digestOfUnit } from '../../shared/lifecycle/digests.ts'
import type { Command, CommandResult } from '../../shared/wire/commands.ts'
import { limits } from '../../shared/wire/limits.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Keys } from '../keys/keys.ts'
import type { Ledger, Ledgers } from '../record/ledger.ts'
import type { DelegationRow, DraftRow, HatRow, InviteRow, SourceHead, Store, VersionHead, VersionRow, Write } from '../store/store.ts'
import type { Room } from '../sync/room.ts'
import type { Speaker } from '../sync/service.ts'
import type { Outside } from '../sync/timing.ts'

export interface CommandDeps {
  readonly store: Store
  readonly ledgers: Ledgers
  /** What the server signs with. */
  readonly keys: Keys
  readonly log: Logger
  readonly now: () => number
  readonly secretBytes: Outside['secretBytes']
  readonly room: (document: string) => Promise<Room>
  /** Rooms of a draft that are open now, for those who leave or whose rights end. */
  readonly openRooms: (draft: string) => readonly Room[]
  /**
   * Asks everyone in the draft's rooms, its side documents too, to finish; resolves when what they had sent is committed,
   * or they took too long. Until what it resolves with is called, what they send waits.
   */
  readonly hold: (draft: string) => Promise<() => void>
  /** How many units of the draft, as committed, have words of that source. */
  readonly unitsFrom: (draft: string, source: number) => Promise<number>
  /** A source was taken out of the draft's library. */
  readonly sourceRemoved: (draft: string, source: number) => void
}

/** A file that comes beside a command, as the server itself has read it. */
export interface SentFile {
  readonly bytes: Uint8Array
  readonly sha256: string
  /** Empty, and no value, where no reader takes it. */
  readonly format: string
  readonly value: ResolutionValue | null
}

/** Read before the change, so that what runs inside it is synchronous. */
export interface Before {
  readonly draft: DraftRow
  readonly hats: readonly HatRow[]
  readonly delegations: readonly DelegationRow[]
  readonly invites: readonly InviteRow[]
  readonly versions: readonly VersionHead[]
  /** The version that the command returns to; where silence is begun the last one of the draft. */
  readonly version: VersionRow | null
  /** Of the library, where the command asks for it; none else. */
  readonly sources: readonly SourceHead[]
  /** Units with words of the source that the command removes. */
  readonly unitsFromSource: number
  /** Positions, reviews and the end of the record: asked for each time, since it goes on with every command. */
  readonly ledger: Ledger
  /** The sender's side document, where the command reads or writes one. */
  readonly side: Room | null
}

/** What a command leaves behind besides what it wrote into the document. */
export interface Outcome {
  readonly result: CommandResult
  /** Null for what changes nothing that the room may know of. */
  readonly record: JsonValue
  /** Who may read the entry; everybody where it is absent. */
  readonly audience?: Audience
  readonly writes?: readonly Write[]
  readonly lineage?: Lineage
  /** After the commit: whose sockets are to be closed, in which room. */
  readonly expel?: (speaker: Speaker, document: string) => boolean
}

export interface Context<C extends Command = Command> {
  readonly deps: CommandDeps
  readonly before: Before
  readonly draft: string
  readonly speaker: Speaker
  readonly command: C
  readonly file: SentFile | null
  /** The shared document. */
  readonly doc: Y.Doc
  /** What is written: the shared document, or a side document of the sender's for what is said apart, for `revise` and for `prepare`. */
  readonly home: Y.Doc
  readonly view: DraftView
  readonly room: Room
  readonly atMs: number
  /** The id under which what would undo this decision is kept. */
  readonly decision: string
}

export type Handler<C extends Command> = (context: Context<C>) => Outcome

export const scans = scanText

export const viewOf = (doc: Y.Doc): DraftView => readDraft(doc, readStage(doc).language)

/** Asks the one policy table. Throws the refusal. */
export function allow(context: Context, action: Action, more: MoreFacts = {}): void {
  const code = refusalOf(factsOf(context, more), action)
  if (code !== null) throw new Refusal(code)
}

export type MoreFacts = Pick<Facts, 'unit' | 'amendment' | 'thread' | 'delegation' | 'circle' | 'packaged' | 'sponsoring' | 'oral'>

export const isUnitPackaged = ({ doc }: Pick<Context, 'doc'>, unit: string): boolean => packageOfUnit(readPackages(doc), unit) !== null
export const isAmendmentPackaged = ({ doc }: Pick<Context, 'doc'>, amendment: string): boolean => packageOfAmendment(readPackages(doc), amendment) !== null

export function factsOf(context: Context, more: MoreFacts): Facts {
  return {
    hat: context.speaker.hat,
    stage: readStage(context.doc).stage,
    chairPresent: [...context.room.connections].some(({ speaker }) => speaker.hat.role === 'chair' || speaker.hat.role === 'facilitator'),
    ...more,
  }
}

export const amendmentFacts = (context: Context, id: string, state: AmendmentState): AmendmentFacts => factsOfAmendment(state, flaggedIn(context.before.ledger.stands).has(id))

export function unitFacts(doc: Y.Doc, unit: string): UnitFacts {
  const state = readUnitState(doc, unit)
  return { locked: state.locked, agreed: state.agreed !== null }
}

/** The unit a command names, as the sender saw it; `changed` when it reads otherwise now. */
export function unitSeen(context: Context, id: string, digest?: string): UnitView {
  const unit = context.view.byId.get(id)
  if (unit === undefined) throw new Refusal('no-such-unit')
  if (digest !== undefined && digestOfUnit(unit) !== digest) throw new Refusal('changed')
  return unit
}

export interface Published {
  readonly amendment: AmendmentView
  readonly state: AmendmentState
  /** Of the units that it would change, taken together. */
  readonly unit?: UnitFacts
}

export function published(context: Context, id: string, digest?: string): Published {
  const amendment = readPublished(context.doc, id)
  const state = readAmendmentState(context.doc, id)
  if (amendment === null || state === null) throw new Refusal('no-such-amendment')
  if (digest !== undefined && state.digest !== digest) throw new Refusal('changed')
  return { amendment, state, ...targetFacts(context.doc, amendment) }
}

/** What the policy asks of the units that an amendment would change: of a move or a join both ends. */
export function targetFacts(doc: Y.Doc, amendment: AmendmentView): { unit?: UnitFacts } {
  const facts = endsOf(doc, viewOf(doc), amendment, scans).map((unit) => unitFacts(doc, unit))
  return facts.length === 0 ? {} : { unit: { locked: facts.some((unit) => unit.locked), agreed: facts.some((unit) => unit.agreed) } }
}

/** An amendment of the sender's side document that is to be put up, asked of the policy as far as it is known; `known` is null at first. */
export function allowPrepared(context: Context, action: Action, id: string, digest: string, more: MoreFacts = {}): { readonly amendment: AmendmentView; readonly known: AmendmentState | null } {
  allow(context, action, more)
  const amendment = prepared(context, id, digest)
  const known = readAmendmentState(context.doc, amendment.id)
  allow(context, action, { ...more, ...targetFacts(context.doc, amendment), ...(known === null ? {} : { amendment: amendmentFacts(context, amendment.id, known) }) })
  return { amendment, known }
}

const refusals: Readonly<Record<Fault, ErrorCode>> = {
  'target-gone': 'no-such-unit',
  'anchor-broken': 'anchor-broken',
  'words-gone': 'anchor-broken',
  'place-gone': 'place-gone',
  'beneath-itself': 'beneath-itself',
  'too-deep': 'too-deep',
  'not-next': 'not-next',
}

/** Refuses what has no place in the text as it stands: to be put forward it may stand on a proposal that was. */
export function requirePlace(context: Context, amendment: AmendmentView, to: 'put-forward' | 'incorporate'): void {
  const { doc, view } = context
  const { target } = amendment.about
  const isPrivate = target !== '' && !amendmentsOf(doc).has(target) && context.before.side !== null && amendmentsOf(context.before.side.doc).has(target)
  if (to === 'put-forward' && isPrivate) throw new Refusal('outer-private')
  const fault = faultOf(doc, view, amendment, scans)
  if (fault !== null) throw new Refusal(refusals[fault])
  if (to === 'incorporate' && waitsForOuter(doc, view, amendment)) throw new Refusal('outer-open')
}

/** A private amendment of the sender's own side document, as the sender saw it. */
function prepared(context: Context, id: string, digest: string): AmendmentView {
  const side = context.before.side
  const amendment = side === null ? null : readPublished(side.doc, id)
  if (amendment === null || amendment.dropped) throw new Refusal('no-such-amendment')
  if (isEmpty(amendment)) throw new Refusal('empty-amendment')
  if (amendment.hunks.length + amendment.cuts.length > limits.amendmentPartsMax) throw new Refusal('too-many-parts')
  if (digestOfAmendment(amendment) !== digest) throw new Refusal('changed')
  return amendment
}

export function delegationOf(context: Context, id: string): DelegationState {
  const found = readDelegations(context.doc).find((delegation) => delegation.id === id)
  if (found === undefined) throw new Refusal('no-such-delegation')
  return found
}

export { newLineage }
