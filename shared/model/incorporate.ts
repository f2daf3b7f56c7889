/**
 * What incorporating an amendment writes into the base: for each kind what it says, by the operations that members use
 * while drafting. No rule is asked here, and nothing of the amendment itself is erased.
 */
import type * as Y from 'yjs'
import { kindBehind } from './about.ts'
import { hunkText, placeAmendment, proposalText } from './amendments.ts'
import type { AmendmentView, PlacedAmendment } from './amendments.ts'
import { liftPlaceholder, stateOfBracket } from './brackets.ts'
import type { BracketState } from './brackets.ts'
import { copyWords, difference, noteWritten } from './decisions.ts'
import type { Lineage } from './decisions.ts'
import { lettersIn, pairLetters, stateOfBecame } from './forward.ts'
import type { Became } from './forward.ts'
import { standingOf, unitOfTarget } from './grounds.ts'
import { nextId, stateOf, textNamed, textsOf, unitsOf } from './layout.ts'
import type { About, Anchor } from './layout.ts'
import { createUnits, insertNote, joinUnits, moveUnit, placeIn, runsIn, setKind, splitUnit } from './operations.ts'
import { comingMoved, comingNew } from './placing.ts'
import { readDraft } from './reader.ts'
import { isWithin, placementOf, waitsForOuter, wholeOf } from './recheck.ts'
import { anchorAfter, anchorBefore } from './texts.ts'
import type { TextScan } from './texts.ts'
import type { DraftView, UnitView } from './units.ts'
import type { UnitValue } from './value.ts'
import { wordSteps } from './word-steps.ts'

export interface Writing {
  readonly scans: (text: Y.Text) => TextScan
  /** The words of a unit as they were shown "as if incorporated": what stands afterwards. */
  readonly wanted: (atoms: string, placed: readonly PlacedAmendment[]) => string
  /** Whose words are copied: the shared document's id, for the lineage. */
  readonly document: string
  /** The delegations behind it. */
  readonly by: readonly string[]
  readonly atMs: number
  readonly lineage: Lineage
}

type Of<K extends About['kind']> = Extract<About, { kind: K }>

/** Returns the unit that now bears it, or null when it has nowhere to go. */
export function incorporate(shared: Y.Doc, view: DraftView, amendment: AmendmentView, writing: Writing): string | null {
  const { about } = amendment
  if (waitsForOuter(shared, view, amendment)) return null
  switch (about.kind) {
    case 'modify':
      return modify(shared, view, amendment, writing)
    case 'insert':
    case 'placeholder':
      return insertParagraph(shared, view, amendment, about, writing)
    case 'delete':
      return onWhole(shared, view, about.target, (unit) => (removeTree(shared, view, unit), unit.id))
    case 'replace':
      return onWhole(shared, view, about.target, (unit) => replaceWhole(shared, unit, amendment, writing))
    case 'move':
      return onWhole(shared, view, about.target, (unit) => move(shared, view, unit, about))
    case 'join':
      return onWhole(shared, view, about.target, (first) => onWhole(shared, view, about.with, (second) => join(shared, view, first, second)))
    case 'split':
      return split(shared, view, amendment, writing)
    case 'bracket':
      return bracket(shared, view, amendment, writing)
    case 'note':
      return note(shared, view, amendment, writing)
  }
}

function onWhole(shared: Y.Doc, view: DraftView, target: string, write: (unit: UnitView) => string | null): string | null {
  const unit = wholeOf(shared, view, target)
  return unit === null ? null : write(unit)
}

/** In each unit that holds some of it; the draft is read anew between them, since they may share a text. */
function modify(shared: Y.Doc, view: DraftView, amendment: AmendmentView, writing: Writing): string | null {
  const { on } = standingOf(shared, view, amendment, writing.scans)
  for (const [index, one] of on.entries()) {
    const unit = index === 0 ? one.unit : (readDraft(shared).byId.get(one.unit.id) ?? one.unit)
    const placed = index === 0 ? one.placed : placeAmendment(shared, unit, amendment, writing.scans)
    writeRuns(shared, unit, placed, writing.wanted(unit.atoms, [placed]), writing)
    noteWritten(shared, unit.id, writing.atMs, writing.lineage)
  }
  return on[0]?.unit.id ?? null
}

function insertParagraph(shared: Y.Doc, view: DraftView, amendment: AmendmentView, about: Of<'insert' | 'placeholder'>, writing: Writing): string | null {
  const proposal = proposalText(shared, amendment.id)
  const target = about.target === '' ? null : unitOfTarget(shared, view, about.target)
  if (proposal === null || (target === null && about.target !== '')) return null
  const coming = comingNew(shared, view, amendment.id, about, target)
  const [id] = createUnits(shared, view, coming, [{ kind: coming.kind, words: '', notes: [], children: [] }])
  const text = textsOf(shared).get(id!)
  if (text === undefined) return null
  copyWords(text, 0, proposal, 0, proposal.length, writing.document, writing.lineage)
  forward(shared, amendment.id, { unit: id!, start: anchorAfter(text, 0)!, atMs: writing.atMs, runs: pairLetters(lettersIn(proposal, 0, proposal.length), lettersIn(text, 0, text.length)) })
  if (about.kind === 'placeholder') {
    putInBrackets(shared, amendment.id, { by: writing.by, ranges: [], unit: id!, placeholder: true, atMs: writing.atMs })
  }
  noteWritten(shared, id!, writing.atMs, writing.lineage)
  return id!
}

const forward = (shared: Y.Doc, amendment: string, became: Became): void => void stateOf(shared).set(stateOfBecame(amendment), became)

const putInBrackets = (shared: Y.Doc, id: string, state: BracketState): void => void stateOf(shared).set(stateOfBracket(id), state)

/** "Delete operative paragraph 7" takes its sub-paragraphs with it. */
function removeTree(shared: Y.Doc, view: DraftView, unit: UnitView): void {
  unitsOf(shared).get(unit.id)?.set('removed', true)
  for (const child of view.children.get(unit.id) ?? []) removeTree(shared, view, child)
}

function replaceWhole(shared: Y.Doc, unit: UnitView, amendment: AmendmentView, writing: Writing): string | null {
  const proposal = proposalText(shared, amendment.id)
  if (proposal === null) return null
  const { start, oldEnd, nextEnd } = difference(unit.atoms, proposal.toString())
  deleteIn(shared, unit, start, oldEnd)
  const place = placeIn(asItIs(shared, unit), start)
  const text = place === null ? undefined : textsOf(shared).get(place.text)
  if (text !== undefined) copyWords(text, place!.at, proposal, start, nextEnd, writing.document, writing.lineage)
  const now = readDraft(shared).byId.get(unit.id)
  const first = now?.segments[0]
  const beginning = first === undefined ? undefined : textsOf(shared).get(first.text)
  if (now !== undefined && beginning !== undefined) {
    const letters = now.segments.flatMap((part) => lettersIn(textsOf(shared).get(part.text)!, part.from, part.to))
    forward(shared, amendment.id, { unit: unit.id, start: anchorAfter(beginning, first!.from)!, atMs: writing.atMs, runs: pairLetters(lettersIn(proposal, 0, proposal.length), letters) })
  }
  noteWritten(shared, unit.id, writing.atMs, writing.lineage)
  return unit.id
}

function move(shared: Y.Doc, view: DraftView, unit: UnitView, about: Of<'move'>): string | null {
  const place = placementOf(shared, view, about)
  if (place === null || isWithin(view, place.parent, unit.id)) return null
  moveUnit(shared, view, unit, place)
  setKind(shared, unit, comingMoved(view, unit, place).kind)
  return unit.id
}

/** With a space between where neither has one. */
function join(shared: Y.Doc, view: DraftView, first: UnitView, second: UnitView): string {
  const apart = first.atoms === '' || second.atoms === '' || /\s$/.test(first.atoms) || /^\s/.test(second.atoms)
  const end = placeIn(first, first.atoms.length)
  joinUnits(shared, view, first, second)
  if (!apart && end !== null) textsOf(shared).get(end.text)?.insert(end.at, ' ')
  return first.id
}

/** Both halves are of its kind, and the second in no brackets, also where that was a paragraph, or a place kept for one, before it was joined. */
function split(shared: Y.Doc, view: DraftView, amendment: AmendmentView, writing: Writing): string | null {
  const found = signIn(shared, view, amendment, writing)
  const second = found === null ? null : splitUnit(shared, view, found.unit, found.at, kindBehind[found.unit.kind] ?? found.unit.kind)
  if (second === null) return null
  liftPlaceholder(shared, second)
  return found!.unit.id
}

function signIn(shared: Y.Doc, view: DraftView, amendment: AmendmentView, { scans }: Writing): { unit: UnitView; at: number } | null {
  for (const { unit, placed } of standingOf(shared, view, amendment, scans).on) {
    const [sign] = placed.signs
    if (sign !== undefined && view.byId.has(unit.id)) return { unit, at: sign.at }
  }
  return null
}

function bracket(shared: Y.Doc, view: DraftView, amendment: AmendmentView, writing: Writing): string | null {
  const { on } = standingOf(shared, view, amendment, writing.scans)
  const [first] = on
  if (first === undefined) return null
  const ranges = on.flatMap(({ unit, placed }) => placed.brackets.flatMap(({ from, to }) => rangesIn(shared, unit, from, to)))
  putInBrackets(shared, amendment.id, { by: writing.by, ranges, unit: first.unit.id, placeholder: false, atMs: writing.atMs })
  return first.unit.id
}

/** Brackets that came with a text from outside: nobody's, so that they stand there without a name. `units` are those of `view`, in its order. */
export function putStandingBrackets(shared: Y.Doc, view: DraftView, units: readonly UnitValue[], atMs: number): void {
  const walk = view.units.values()
  const visit = ({ brackets = [], notes, children }: UnitValue): void => {
    const unit = walk.next().value
    if (unit === undefined) return
    const inAtoms = (at: number): number => at + notes.filter((note) => note.at < at).length
    for (const { from, to, placeholder = false } of brackets) {
      const ranges = placeholder ? [] : rangesIn(shared, unit, inAtoms(from), inAtoms(to))
      putInBrackets(shared, nextId(shared), { by: [], ranges, unit: unit.id, placeholder, atMs })
    }
    children.forEach(visit)
  }
  units.forEach(visit)
}

/** One for each text: what was one in an alternative may be in several texts of the paragraph that it replaced. */
function rangesIn(shared: Y.Doc, unit: UnitView, from: number, to: number): (readonly [Anchor, Anchor])[] {
  return runsIn(unit, from, to).flatMap((run) => {
    const text = textsOf(shared).get(run.text)
    const [first, last] = text === undefined ? [null, null] : [anchorBefore(text, run.from), anchorAfter(text, run.to)]
    return first === null || last === null ? [] : [[first, last] as const]
  })
}

function note(shared: Y.Doc, view: DraftView, amendment: AmendmentView, writing: Writing): string | null {
  const found = signIn(shared, view, amendment, writing)
  const proposal = proposalText(shared, amendment.id)
  const id = found === null ? null : insertNote(shared, found.unit, found.at, '')
  const text = id === null ? undefined : textsOf(shared).get(id)
  if (text === undefined || proposal === null) return null
  copyWords(text, 0, proposal, 0, proposal.length, writing.document, writing.lineage)
  return found!.unit.id
}

function writeRuns(shared: Y.Doc, unit: UnitView, placed: PlacedAmendment, wanted: string, { document, lineage }: Writing): void {
  const [only, ...more] = unit.segments
  const isOne = only !== undefined && more.length === 0
  const textAt = (at: number): { text: Y.Text | undefined; at: number } => {
    const place = isOne ? { text: only.text, at: only.from + at } : placeIn(asItIs(shared, unit), at)
    return { text: place === null ? undefined : textNamed(shared, place.text), at: place?.at ?? 0 }
  }
  for (const step of wordSteps(unit.atoms, placed, wanted)) {
    if (step.does === 'erase') {
      if (isOne) textNamed(shared, only.text)?.delete(only.from + step.from, step.to - step.from)
      else deleteIn(shared, asItIs(shared, unit), step.from, step.to)
      continue
    }
    const { text, at } = textAt(step.at)
    const source = hunkText(shared, placed.amendment.id, step.hunk)
    if (text !== undefined && source !== null) copyWords(text, at, source, 0, source.length, document, lineage)
  }
}

/** Of several joined texts the order on the page need not be that within a text: each step reads anew where the words are. */
const asItIs = (shared: Y.Doc, unit: UnitView): UnitView => (unit.segments.length > 1 ? (readDraft(shared).byId.get(unit.id) ?? unit) : unit)

function deleteIn(shared: Y.Doc, unit: UnitView, from: number, to: number): void {
  for (const run of runsIn(unit, from, to).sort((left, right) => right.from - left.from)) textsOf(shared).get(run.text)?.delete(run.from, run.to - run.from)
}
