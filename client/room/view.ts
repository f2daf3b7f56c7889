/** What the panels show of a room, read from its documents. Pure: the same documents give the same view. */
import type * as Y from 'yjs'
import { isEmpty, placeAmendment, readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView, PlacedAmendment } from '../../shared/model/amendments.ts'
import { readCircles } from '../../shared/model/circles.ts'
import type { CircleState } from '../../shared/model/circles.ts'
import { readRevisions } from '../../shared/model/revise.ts'
import { readAmendmentState, readDelegations, readStage, readUnitState, readVersions } from '../../shared/model/state.ts'
import type { AmendmentState, DelegationState, DraftState, UnitState, VersionState } from '../../shared/model/state.ts'
import { readReversal, standsAsDecided } from '../../shared/model/reversal.ts'
import { wordsHeld } from '../../shared/model/texts.ts'
import type { TextScan } from '../../shared/model/texts.ts'
import { isUndecided } from '../../shared/policy/types.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { readRoomThreads } from './threads.ts'
import type { RoomThread } from './threads.ts'

/** An amendment with the paragraph it stands beside. */
interface Beside {
  readonly id: string
  readonly amendment: AmendmentView
  /** Null when its paragraph is gone, or for a new paragraph before the first. */
  readonly unit: UnitView | null
  readonly placed: PlacedAmendment | null
  /** The words that it strikes, also where they are gone from the text; with `gone` only those. */
  readonly struck: (gone: boolean) => readonly string[]
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
  readonly draft: DraftState
  readonly text: DraftView
  readonly unitStates: ReadonlyMap<string, UnitState>
  readonly delegations: readonly DelegationState[]
  readonly versions: readonly VersionState[]
  readonly circles: readonly CircleState[]
  readonly published: readonly PublishedCard[]
  /** Those in which there is something that is not published as it reads. */
  readonly private: readonly PrivateCard[]
  readonly threads: readonly RoomThread[]
  readonly nameOf: (delegation: string) => string
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
  const beside = (amendment: AmendmentView): Beside => {
    const unit = text.byId.get(text.blockOf.get(amendment.about.target) ?? '') ?? null
    const placed = unit === null || amendment.about.kind !== 'modify' ? null : placeAmendment(shared, unit, amendment, reader.scans)
    return { id: amendment.id, amendment, unit, placed, struck: (gone) => amendment.cuts.map((cut) => wordsHeld(shared, cut.range, gone)) }
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
    circles: readCircles(shared),
    published: published.sort(byPlace),
    private: side === null ? [] : privateCards(shared, side, published, beside).sort(byPlace),
    threads: readRoomThreads(shared, side, text, reader.scans),
    nameOf: (delegation) => names.get(delegation) ?? delegation,
    canUndo: (decision) => {
      const reversal = readReversal(shared, decision)
      return reversal !== null && standsAsDecided(shared, text, reversal)
    },
  }
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
