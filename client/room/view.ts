/** What the panels show of a room, read from its documents. Pure: the same documents give the same view. */
import type * as Y from 'yjs'
import { isEmpty, readAmendments } from '../../shared/model/amendments.ts'
import { amendmentsOf } from '../../shared/model/layout.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { readPackages, readRequests } from '../../shared/model/agreed.ts'
import type { PackageState, RequestState } from '../../shared/model/agreed.ts'
import { progressOf } from '../../shared/model/progress.ts'
import type { Progress } from '../../shared/model/progress.ts'
import { readCircles } from '../../shared/model/circles.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import { readRevisions } from '../../shared/model/revise.ts'
import { endsOf, openProposal, standingOf, unitOfNote, unitOfTarget } from '../../shared/model/grounds.ts'
import type { Standing } from '../../shared/model/grounds.ts'
import { faultOf, placementOf, recheckReason, waitsForOuter } from '../../shared/model/recheck.ts'
import type { RecheckReason } from '../../shared/model/recheck.ts'
import { readAmendmentState, readDelegations, readSponsors, readStage, readUnitState, readVersions } from '../../shared/model/state.ts'
import type { AmendmentState, DelegationState, SponsorState, UnitState, VersionState } from '../../shared/model/state.ts'
import { readReversal, standsAsDecided } from '../../shared/model/reversal.ts'
import { wordsHeld } from '../../shared/model/texts.ts'
import type { TextScan } from '../../shared/model/texts.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import { wordingSource } from '../../shared/text/wording.ts'
import type { WordingSource } from '../../shared/text/wording.ts'
import { stageFactsOf } from '../../shared/lifecycle/stages.ts'
import type { StageFacts } from '../../shared/lifecycle/stages.ts'
import { readSilences } from '../../shared/model/silence.ts'
import type { SilenceState } from '../../shared/model/silence.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { readRoomThreads } from './threads.ts'
import type { RoomThread } from './threads.ts'

/** An amendment with the paragraph it stands beside. */
interface Beside {
  readonly id: string
  readonly amendment: AmendmentView
  /** Null when its paragraph is gone, or for a new paragraph before the first. */
  readonly unit: UnitView | null
  /** The words that it strikes, also where they are gone from the text; with `gone` only those. */
  readonly struck: (gone: boolean) => readonly string[]
  /** The words it is about, with its parts in them: those of `unit`, of its halves, of a footnote or a proposed paragraph. */
  readonly standing: Standing['on']
  /** Of a join, the paragraph that would be joined on; of a move, the one that it would follow, or come beneath. */
  readonly second: UnitView | null
  /** The proposal whose new paragraph it is about; null where that is a paragraph of the text. */
  readonly outer: AmendmentView | null
  /** The units that it would change. */
  readonly ends: readonly string[]
  /** Why it must be looked at again as the text stands now. */
  readonly recheck: RecheckReason | null
  /** Whether nothing in that keeps it from being written into the text. */
  readonly hasPlace: boolean
  /** It stands on a proposal that has not been decided. */
  readonly waits: boolean
}

export interface PublishedCard extends Beside {
  readonly state: AmendmentState
}

/** Prepared in one's own side document and seen there alone. */
export interface PrivateCard extends Beside {
  readonly published: PublishedCard | null
  /** Null when it reads as published, so there is nothing to put forward; else the number it would get. */
  readonly nextRevision: number | null
}

export interface RoomView {
  readonly draft: ReturnType<typeof readStage>
  readonly text: DraftView
  readonly unitStates: ReadonlyMap<string, UnitState>
  readonly delegations: readonly DelegationState[]
  readonly versions: readonly VersionState[]
  /** States that sponsor the resolution, as far as the document says. */
  readonly sponsors: readonly SponsorState[]
  readonly circles: readonly CircleState[]
  readonly silences: readonly SilenceState[]
  readonly packages: readonly PackageState[]
  readonly requests: readonly RequestState[]
  /** Of what the way asks; flags are not among them, which not everybody may know of. */
  readonly stageFacts: StageFacts
  /** Without flags, for the same reason. */
  readonly progress: Progress
  readonly published: readonly PublishedCard[]
  /** Those in which there is something that is not published as it reads. */
  readonly private: readonly PrivateCard[]
  readonly threads: readonly RoomThread[]
  readonly nameOf: (delegation: string) => string
  /** Against which the official wording is said. */
  readonly grounds: WordingSource
  /** Whether a decision still stands as it was made, so that it can be undone. */
  readonly canUndo: (decision: string) => boolean
}

export interface Reader {
  readonly read: (language?: string) => DraftView
  readonly scans: (text: Y.Text) => TextScan
}

const digests = new WeakMap<AmendmentView, string>()

/** The digest of an amendment as it was read: what a decision on this view names. */
export function digestOfView(amendment: AmendmentView): string {
  let digest = digests.get(amendment)
  if (digest === undefined) digests.set(amendment, (digest = digestOfAmendment(amendment)))
  return digest
}

export function readRoom(shared: Y.Doc, side: Y.Doc | null, reader: Reader): RoomView {
  const draft = readStage(shared)
  const text = reader.read(draft.language)
  const targets = new Map((side === null ? [] : readAmendments(side)).map(({ id, about }) => [id, about.target]))
  const prepared = new Set((side === null ? [] : readAmendments(side)).flatMap(({ id, dropped }) => (dropped || amendmentsOf(shared).has(id) ? [] : [id])))
  const beside = (amendment: AmendmentView): Beside => {
    const { about } = amendment
    const standing = standingOf(shared, text, amendment, reader.scans)
    return {
      id: amendment.id,
      struck: (gone) => amendment.cuts.map((cut) => wordsHeld(shared, cut.range, gone)),
      amendment,
      unit: unitBeside(shared, text, targets, about.target),
      standing: standing.on,
      second: secondOf(shared, text, amendment),
      outer: about.target === '' ? null : openProposal(shared, about.target),
      ends: endsOf(shared, text, amendment, reader.scans, standing),
      // What is beneath a paragraph that is itself in preparation has its place there.
      recheck: prepared.has(about.target) ? null : recheckReason(shared, text, amendment, reader.scans, standing),
      hasPlace: faultOf(shared, text, amendment, reader.scans, standing) === null,
      waits: waitsForOuter(shared, text, amendment),
    }
  }
  const published = readAmendments(shared).flatMap((amendment): PublishedCard[] => {
    const state = readAmendmentState(shared, amendment.id)
    return state === null ? [] : [{ ...beside(amendment), state }]
  })
  const delegations = readDelegations(shared)
  const names = new Map(delegations.map((delegation) => [delegation.id, delegation.name]))
  const order = new Map(text.units.map((unit, index) => [unit.id, index]))
  const placeOf = (card: Beside): number => order.get(card.unit?.id ?? '') ?? -1
  const byPlace = (left: Beside, right: Beside): number => placeOf(left) - placeOf(right)
  return {
    draft,
    text,
    unitStates: new Map(text.units.map((unit) => [unit.id, readUnitState(shared, unit.id)])),
    delegations,
    versions: readVersions(shared),
    sponsors: readSponsors(shared),
    circles: readCircles(shared),
    silences: readSilences(shared),
    packages: readPackages(shared),
    requests: readRequests(shared),
    progress: progressOf(shared, text, new Set()),
    stageFacts: stageFactsOf(shared, text, new Set()),
    published: published.sort(byPlace),
    private: side === null ? [] : privateCards(shared, side, published, beside).sort(byPlace),
    grounds: wordingSource(shared, text, reader.scans),
    threads: readRoomThreads(shared, side, text, reader.scans),
    nameOf: (delegation) => names.get(delegation) ?? delegation,
    canUndo: (decision) => {
      const reversal = readReversal(shared, decision)
      return reversal !== null && standsAsDecided(shared, text, reversal)
    },
  }
}

/** The paragraph beside which a card stands: for what is proposed on a proposal or a footnote the one that that belongs to. */
function unitBeside(shared: Y.Doc, text: DraftView, own: ReadonlyMap<string, string>, target: string, depth = 0): UnitView | null {
  const unit = unitOfTarget(shared, text, target) ?? unitOfNote(text, target)?.unit ?? null
  const outer = unit === null && depth < nestedProposalsMax ? (openProposal(shared, target)?.about.target ?? own.get(target)) : undefined
  return outer === undefined ? unit : unitBeside(shared, text, own, outer, depth + 1)
}

/** A proposal on a proposal on a proposal: further than this nobody looks for a paragraph. */
const nestedProposalsMax = 8

function secondOf(shared: Y.Doc, text: DraftView, { about }: AmendmentView): UnitView | null {
  if (about.kind === 'join') return unitOfTarget(shared, text, about.with)
  const place = about.kind === 'move' ? placementOf(shared, text, about) : null
  return text.byId.get(place?.after ?? place?.parent ?? '') ?? null
}

function privateCards(shared: Y.Doc, side: Y.Doc, published: readonly PublishedCard[], beside: (amendment: AmendmentView) => Beside): PrivateCard[] {
  const known = new Map(published.map((card) => [card.id, card]))
  return readAmendments(side).flatMap((amendment) => {
    const already = known.get(amendment.id) ?? null
    if (amendment.dropped || isEmpty(amendment)) return []
    if (already !== null && (digestOfView(amendment) === already.state.digest || !isOpen(already.state))) return []
    // A copy of an earlier revision, with nothing of one's own in it.
    if (already !== null && readRevisions(shared, amendment.id).some(({ digest }) => digest === digestOfView(amendment))) return []
    return [{ ...beside(amendment), published: already, nextRevision: (already?.state.revision ?? 0) + 1 }]
  })
}

export const isOpen = (state: AmendmentState): boolean => isUndecided(state.status)

export const openOn = (view: RoomView, unit: string): readonly PublishedCard[] =>
  view.published.filter((card) => card.unit?.id === unit && isOpen(card.state))

const firstWords = 9

/** The beginning of a paragraph, for a line of the outline. */
export function beginningOf(unit: UnitView): string {
  const words = unit.words.trim().split(/\s+/)
  return words.length > firstWords ? `${words.slice(0, firstWords).join(' ')}…` : words.join(' ')
}
