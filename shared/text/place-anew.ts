/**
 * Placing anew what has lost its place: the words it followed or struck are gone, or its paragraph is. What still has its
 * place keeps it, and every word that was proposed is kept: in the amendment itself where it is about that paragraph still,
 * else in one of the same kind on the paragraph that was chosen.
 */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, dropAmendment, dropCut, editText, hunkText, insertionAnchor, isEmpty, partsIn, proposalText, putElsewhere, rationaleText, readAmendment } from '../model/amendments.ts'
import type { AmendmentView } from '../model/amendments.ts'
import { standingOf } from '../model/grounds.ts'
import { amendmentsOf } from '../model/layout.ts'
import type { About, Anchor } from '../model/layout.ts'
import { placeIn } from '../model/operations.ts'
import { faultOf, recheckReason, wholeOf } from '../model/recheck.ts'
import type { RecheckReason } from '../model/recheck.ts'
import { outsidePair } from '../model/texts.ts'
import type { TextScan } from '../model/texts.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { limits } from '../wire/limits.ts'
import { ownAmendment } from './edit.ts'

/** Where it is to go: words of a paragraph, or the place between two where `from` and `to` are one. Offsets of its atoms. */
export interface NewPlace {
  readonly shared: Y.Doc
  readonly side: Y.Doc
  readonly view: DraftView
  readonly scans: (text: Y.Text) => TextScan
  /** A unit, a footnote's words, or a paragraph that is proposed. */
  readonly ground: UnitView
  readonly from: number
  readonly to: number
}

/** Whether an amendment has lost its place, or some of its parts have. Words that only changed around it have not. */
export const hasLostPlace = (reason: RecheckReason | null): boolean => reason !== null && reason !== 'words-changed'

/** Whether there is a way to place it anew: a join is of two paragraphs that follow each other, and a move of one that is there. */
export const canBePlacedAnew = ({ kind }: About, reason: RecheckReason | null): boolean =>
  hasLostPlace(reason) && kind !== 'join' && !(kind === 'move' && reason === 'target-gone')

/** Writes the side document's amendment at its new place. Gives its id, or that of the one that holds its words now, or why not. */
export function placeAnew(place: NewPlace, amendment: AmendmentView, origin?: unknown): { readonly amendment: string } | { readonly refused: ErrorCode } {
  const { shared, side, view, scans } = place
  const reason = recheckReason(shared, view, amendment, scans)
  if (!hasLostPlace(reason)) return { refused: 'already-so' }
  if (!canBePlacedAnew(amendment.about, reason)) return { refused: 'not-to-place' }
  return side.transact(() => {
    switch (amendment.about.kind) {
      case 'modify':
        return modifyAnew(place, amendment, origin)
      case 'bracket':
        return place.to > place.from ? bracketAnew(place, amendment, origin) : { refused: 'nothing-selected' }
      case 'insert':
      case 'placeholder':
        if (!view.byId.has(place.ground.id)) return { refused: 'no-such-unit' }
        putElsewhere(side, amendment.id, { target: place.ground.id, inside: amendment.about.inside }, origin)
        return { amendment: amendment.id }
      case 'move':
        return moveAnew(place, amendment, amendment.about, origin)
      case 'delete':
      case 'replace':
        return view.byId.has(place.ground.id) ? instead(place, amendment, { kind: amendment.about.kind, target: place.ground.id }, origin) : { refused: 'no-such-unit' }
      case 'split':
      case 'note': {
        const at = anchorAt(place, place.to)
        return at === null ? { refused: 'no-such-unit' } : instead(place, amendment, { kind: amendment.about.kind, target: place.ground.id, at }, origin)
      }
      case 'join':
        return { refused: 'not-to-place' }
    }
  }, origin)
}

function anchorAt({ shared, ground }: NewPlace, offset: number): Anchor | null {
  const at = placeIn(ground, outsidePair(ground.atoms, offset))
  return at === null ? null : insertionAnchor(shared, at)
}

interface Lost {
  readonly hunks: readonly { readonly id: string; readonly words: string }[]
  readonly cuts: readonly string[]
}

/** What is in no paragraph any more, what follows words that are gone, and what would strike nothing. */
function lostOf({ shared, view, scans }: NewPlace, amendment: AmendmentView): Lost {
  const { on, broken } = standingOf(shared, view, amendment, scans)
  const placed = on.map((one) => one.placed)
  const touched = new Set(placed.flatMap(({ hunks }) => hunks.filter((hunk) => hunk.touched).map(({ id }) => id)))
  const striking = new Set(placed.flatMap(({ cuts }) => cuts.filter(({ from, to }) => to > from).map(({ id }) => id)))
  // Those of a bracket are read as one range wherever they touch.
  const bracketing = placed.some(({ brackets }) => brackets.some(({ from, to }) => to > from))
  const isLost = (cut: string): boolean => broken.includes(cut) || (amendment.about.kind === 'bracket' ? !bracketing : !striking.has(cut))
  return {
    hunks: amendment.hunks.filter(({ id }) => broken.includes(id) || touched.has(id)),
    cuts: amendment.cuts.map(({ id }) => id).filter(isLost),
  }
}

function clear({ side }: NewPlace, amendment: string, lost: Lost, origin: unknown): void {
  for (const { id, words } of lost.hunks) {
    const text = hunkText(side, amendment, id)
    if (text !== null) editText(side, text, 0, words.length, '', origin)
  }
  for (const cut of lost.cuts) dropCut(side, amendment, cut, origin)
}

const isAbout = ({ shared, view, ground }: NewPlace, { about }: AmendmentView): boolean =>
  about.target === ground.id || wholeOf(shared, view, about.target)?.id === ground.id

function modifyAnew(place: NewPlace, amendment: AmendmentView, origin: unknown): { amendment: string } | { refused: ErrorCode } {
  const { shared, side, ground, from, to } = place
  const anchor = anchorAt(place, to)
  if (anchor === null) return { refused: 'no-such-unit' }
  const lost = lostOf(place, amendment)
  if (to === from && lost.hunks.length === 0) return { refused: 'nothing-selected' }
  const there = isAbout(place, amendment) ? amendment.id : ownAmendment(side, shared, ground.id)
  // One for the words, and one cut in each text that the paragraph has.
  if (there !== null && partsIn(side, there) + 1 + ground.segments.length > limits.amendmentPartsMax) return { refused: 'too-many-parts' }
  const id = there ?? beginAmendment(side, { kind: 'modify', target: ground.id }, origin)
  if (there === null) copyRationale(side, amendment, id, origin)
  clear(place, amendment.id, lost, origin)
  if (to > from) addCuts(side, id, shared, ground, from, to, origin)
  if (lost.hunks.length > 0) addHunk(side, id, anchor, oneAfterOther(lost.hunks.map(({ words }) => words)), origin)
  return left(place, amendment.id, id, origin)
}

/** What stood in several places comes to one: set apart, where nothing sets it apart yet. */
const oneAfterOther = (pieces: readonly string[]): string =>
  pieces.reduce((words, piece) => `${words}${words === '' || /\s$/.test(words) || /^\s/.test(piece) ? '' : ' '}${piece}`, '')

function bracketAnew(place: NewPlace, amendment: AmendmentView, origin: unknown): { amendment: string } {
  const { shared, side, ground, from, to } = place
  if (amendment.about.kind !== 'bracket') throw new RangeError('this is about no brackets')
  const isHere = isAbout(place, amendment)
  const id = isHere ? amendment.id : beginAmendment(side, { ...amendment.about, target: ground.id }, origin)
  if (!isHere) copyRationale(side, amendment, id, origin)
  clear(place, amendment.id, lostOf(place, amendment), origin)
  addCuts(side, id, shared, ground, from, to, origin)
  return left(place, amendment.id, id, origin)
}

function moveAnew(place: NewPlace, amendment: AmendmentView, about: Extract<About, { kind: 'move' }>, origin: unknown): { amendment: string } | { refused: ErrorCode } {
  const { shared, side, view, scans, ground } = place
  const behind = view.byId.get(ground.id)
  if (behind === undefined || wholeOf(shared, view, about.target) === behind) return { refused: 'no-such-unit' }
  const to = { parent: behind.parent ?? '', after: behind.id }
  const fault = faultOf(shared, view, { ...amendment, about: { ...about, ...to } }, scans)
  if (fault === 'beneath-itself' || fault === 'too-deep') return { refused: fault }
  putElsewhere(side, amendment.id, to, origin)
  return { amendment: amendment.id }
}

/** One of the same kind on what was chosen, with all the words of the first, which goes. */
function instead(place: NewPlace, amendment: AmendmentView, about: About, origin: unknown): { amendment: string } {
  const { side } = place
  const id = beginAmendment(side, about, origin)
  const proposal = proposalText(side, id)
  if (proposal !== null) editText(side, proposal, 0, 0, amendment.proposal, origin)
  copyRationale(side, amendment, id, origin)
  dropAmendment(side, amendment.id, true, origin)
  return { amendment: id }
}

function copyRationale(side: Y.Doc, { rationale }: AmendmentView, to: string, origin: unknown): void {
  const text = rationaleText(side, to)
  if (text !== null && rationale !== '') editText(side, text, 0, 0, rationale, origin)
}

/** What has nothing left in it goes. */
function left({ side }: NewPlace, first: string, id: string, origin: unknown): { amendment: string } {
  const view = id === first ? null : readAmendment(first, amendmentsOf(side).get(first))
  if (view !== null && isEmpty(view)) dropAmendment(side, first, true, origin)
  return { amendment: id }
}
