/**
 * What typing means. An edit is a range of the compiled runs of one block and the words in its place; this says which
 * model operations it comes to. The editor and the tests make edits through here and in no other way.
 */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, dropAmendment, dropCut, editText, hunkText, insertionAnchor, proposalText, readAmendments } from '../model/amendments.ts'
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import { followed } from '../model/forward.ts'
import { amendmentsOf, cleanWords } from '../model/layout.ts'
import { placeIn, replaceWords } from '../model/operations.ts'
import { wholeRange } from '../model/texts.ts'
import { readAmendmentState } from '../model/state.ts'
import type { UnitView } from '../model/units.ts'
import { isUndecided } from '../policy/types.ts'
import type { ProposedRun, Run } from './compile.ts'

/** A replacement in a block's compiled text: UTF-16 offsets over the runs' words laid end to end. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly words: string
}

/** While drafting: runs are base words alone, and the edit goes into the base. */
export function editBase(shared: Y.Doc, unit: UnitView, edit: Edit, origin?: unknown): void {
  replaceWords(shared, unit, edit.from, edit.to, edit.words, origin)
}

export interface AmendTarget {
  readonly shared: Y.Doc
  readonly side: Y.Doc
  /** The words it is about: a unit's, a footnote's, or a paragraph that another delegation proposes. */
  readonly unit: UnitView
  /** As shown: base, others' published proposals, one's own amendment. */
  readonly runs: readonly Run[]
  /** One's own amendment on this unit, placed; null when none is begun. */
  readonly own: PlacedAmendment | null
}

/**
 * In negotiation: deleting base words makes cuts, deleting one's own proposed words deletes them, deleting one's own sign
 * takes back what it stands for, deleting another's does nothing; typing goes into one's own hunk where it touches one, else a new hunk begins at the nearest place of
 * the base, after what it replaces. Base words already cut by oneself that are typed over stay cut. Returns the amendment's id, null when
 * nothing came of it.
 */
export function editAmendment(target: AmendTarget, asked: Edit, origin?: unknown): string | null {
  const { side } = target
  const edit = wholeCharacters(target.runs, asked)
  return side.transact(() => {
    const touched = piecesIn(target.runs, edit.from, edit.to)
    const cuts = touched.filter((piece) => piece.run.kind === 'base' && !piece.run.cutBy.includes(target.own?.amendment.id ?? ''))
    const erased = touched.filter((piece) => piece.run.kind === 'proposed' && piece.run.insertedBy === target.own?.amendment.id)
    const signs = touched.flatMap(({ run }) => (run.kind === 'sign' && amendmentsOf(side).has(run.by) ? [run.by] : []))
    for (const sign of signs) dropAmendment(side, sign, true, origin)
    if (cuts.length === 0 && erased.length === 0 && edit.words === '') return signs[0] ?? null
    const amendment = target.own?.amendment.id ?? ownAmendment(side, target.shared, target.unit.id) ?? beginAmendment(side, { kind: 'modify', target: target.unit.id }, origin)
    const place = edit.words === '' ? null : placeForWords(target, edit, amendment)
    if (place !== null && 'hunk' in place) {
      const text = hunkText(side, amendment, place.hunk)
      if (text !== null) editText(side, text, place.at, place.at, edit.words, origin)
    }
    eraseOwn(side, amendment, erased, place, edit.words.length, origin)
    for (const span of joinSpans(cuts.map((piece) => ({ from: baseOffset(piece.run) + piece.from, to: baseOffset(piece.run) + piece.to })))) {
      addCuts(side, amendment, target.shared, target.unit, span.from, span.to, origin)
    }
    if (place !== null && 'base' in place) {
      const at = placeIn(target.unit, place.base)
      const anchor = at === null ? null : insertionAnchor(target.shared, at)
      if (anchor !== null) addHunk(side, amendment, anchor, edit.words, origin)
    }
    return amendment
  }, origin)
}

/** The edit with its words as they may stand in a text, and its ends not within a character. */
function wholeCharacters(runs: readonly Run[], edit: Edit): Edit {
  return { ...wholeRange(runs.map((run) => run.words).join(''), edit.from, edit.to), words: cleanWords(edit.words) }
}

/** Takes one's own cuts off a range of base words again; what of a cut lies outside stays cut. */
export function restoreWords(target: AmendTarget, from: number, to: number, origin?: unknown): void {
  const { own, side } = target
  if (own === null) return
  side.transact(() => {
    const affected = new Set(own.cuts.filter((cut) => cut.to > from && cut.from < to).map((cut) => cut.id))
    for (const id of affected) dropCut(side, own.amendment.id, id, origin)
    for (const cut of own.cuts) {
      if (!affected.has(cut.id)) continue
      if (cut.from < from) addCuts(side, own.amendment.id, target.shared, target.unit, cut.from, Math.min(cut.to, from), origin)
      if (cut.to > to) addCuts(side, own.amendment.id, target.shared, target.unit, Math.max(cut.from, to), cut.to, origin)
    }
  }, origin)
}

/** Typing in one's own proposed paragraph (an insertion or an alternative). */
export function editProposal(side: Y.Doc, amendment: string, edit: Edit, origin?: unknown): void {
  const text = proposalText(side, amendment)
  if (text !== null) editText(side, text, edit.from, edit.to, edit.words, origin)
}

/**
 * The amendment that a delegation's next keystroke on a unit goes into: of several begun at once by colleagues the
 * lowest id; never one that has been decided, for what is typed after a decision is a new proposal.
 */
export function ownAmendment(side: Y.Doc, shared: Y.Doc, unit: string): string | null {
  const isOn = ({ about }: AmendmentView): boolean => about.kind === 'modify' && followed(shared, about.target) === unit
  const own = readAmendments(side).find((view) => !view.dropped && isOn(view) && !isDecided(shared, view.id))
  return own?.id ?? null
}

/** `ownAmendment` of every unit that has one. */
export function ownAmendments(side: Y.Doc, shared: Y.Doc): Map<string, string> {
  const own = new Map<string, string>()
  for (const { id, about, dropped } of readAmendments(side)) {
    if (about.kind !== 'modify' || dropped || isDecided(shared, id)) continue
    const unit = followed(shared, about.target)
    if (!own.has(unit)) own.set(unit, id)
  }
  return own
}

/** Whether a published amendment of that id has been decided or withdrawn. */
export function isDecided(shared: Y.Doc, amendment: string): boolean {
  const status = readAmendmentState(shared, amendment)?.status
  return status !== undefined && !isUndecided(status)
}

interface RunPiece {
  readonly run: Run
  /** Offsets in the run's words. */
  readonly from: number
  readonly to: number
}

function piecesIn(runs: readonly Run[], from: number, to: number): RunPiece[] {
  const pieces: RunPiece[] = []
  let start = 0
  for (const run of runs) {
    const end = start + run.words.length
    const low = Math.max(from, start)
    const high = Math.min(to, end)
    if (low < high) pieces.push({ run, from: low - start, to: high - start })
    start = end
  }
  return pieces
}

const baseOffset = (run: Run): number => (run.kind === 'base' ? run.from : run.at)

type WordsPlace = { readonly hunk: string; readonly at: number } | { readonly base: number }

/**
 * In one's own hunk where the edit begins in it, at its end or at its start, or where it stands at the same place of
 * the base (a second hunk there would come before or behind it by chance); else the nearest place in the base.
 */
function placeForWords(target: AmendTarget, edit: Edit, amendment: string): WordsPlace {
  let start = 0
  // Words typed over others stand after what they replace, as in a document with tracked changes.
  const replaced = piecesIn(target.runs, edit.from, edit.to).filter((piece) => piece.run.kind === 'base').at(-1)
  let base = replaced === undefined ? 0 : baseOffset(replaced.run) + replaced.to
  let following: WordsPlace | null = null
  const hunks: { run: ProposedRun; start: number }[] = []
  for (const run of target.runs) {
    const end = start + run.words.length
    if (run.kind === 'proposed' && run.insertedBy === amendment) {
      if (edit.from >= start && edit.from <= end) return { hunk: run.hunk, at: run.from + edit.from - start }
      if (edit.to >= start && edit.to <= end) following ??= { hunk: run.hunk, at: run.from }
      hunks.push({ run, start })
    }
    if (run.kind === 'base' && edit.from >= start && edit.from <= end) base = Math.max(base, run.from + edit.from - start)
    else if (run.kind !== 'base' && edit.from >= start && edit.from <= end) base = Math.max(base, run.at)
    start = end
  }
  if (following !== null) return following
  const there = hunks.filter(({ run }) => run.at === base)
  const next = there.find((hunk) => hunk.start >= edit.to)
  const last = next ?? there.at(-1)
  if (last === undefined) return { base }
  return { hunk: last.run.hunk, at: last.run.from + (next === undefined ? last.run.words.length : 0) }
}

/** Own proposed words that were deleted, from the back; new words put into the same hunk before them moved them on. */
function eraseOwn(side: Y.Doc, amendment: string, erased: readonly RunPiece[], place: WordsPlace | null, added: number, origin: unknown): void {
  for (const piece of [...erased].reverse()) {
    if (piece.run.kind !== 'proposed') continue
    const text = hunkText(side, amendment, piece.run.hunk)
    if (text === null) continue
    const from = piece.run.from + piece.from
    const moved = place !== null && 'hunk' in place && place.hunk === piece.run.hunk && place.at <= from ? added : 0
    editText(side, text, from + moved, piece.run.from + piece.to + moved, '', origin)
  }
}

function joinSpans(spans: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const joined: { from: number; to: number }[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last !== undefined && last.to === span.from) last.to = span.to
    else joined.push({ ...span })
  }
  return joined
}
