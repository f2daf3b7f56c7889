/** Amendments of every kind as delegations may make them, on paragraphs, footnotes and on what others propose. */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, insertionAnchor, placeAmendment, proposalText, readAmendments } from '../../shared/model/amendments.ts'
import type { AmendmentView } from '../../shared/model/amendments.ts'
import { newLineage, publish, readPublished } from '../../shared/model/decisions.ts'
import { noteGround, proposalGround } from '../../shared/model/grounds.ts'
import { bracketVerbs } from '../../shared/model/layout.ts'
import type { About, Anchor } from '../../shared/model/layout.ts'
import { placeIn } from '../../shared/model/operations.ts'
import { stateOfAmendment, writeState } from '../../shared/model/state.ts'
import type { AmendmentState } from '../../shared/model/state.ts'
import { outsidePair, scanText } from '../../shared/model/texts.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import { compile } from '../../shared/text/compile.ts'
import { editAmendment } from '../../shared/text/edit.ts'
import { sideDoc } from '../unit/model/support.ts'
import { pick } from './random.ts'
import type { Random } from './random.ts'
import { letters, someWords } from './some-draft.ts'

/** What an amendment may be on: a paragraph, a footnote, or a paragraph that another amendment proposes. */
interface Ground {
  readonly what: 'paragraph' | 'footnote' | 'proposal'
  readonly unit: UnitView
}

/** Hunks and cuts as they may lie, overlapping and within each other. */
function marked(random: Random, shared: Y.Doc, side: Y.Doc, unit: UnitView): void {
  const id = beginAmendment(side, { kind: 'modify', target: unit.id })
  const { length } = unit.atoms
  const place = (): number => outsidePair(unit.atoms, pick(random, [[0, 1], [length, 1], [random(length + 1), 4], [wordEdge(random, unit.atoms), 6]]))
  const changes = pick(random, [[1, 4], [2, 3], [4, 2], [7, 1]])
  for (let change = 0; change < changes; change++) {
    if (random(2) === 0) addHunk(side, id, insertionAnchor(shared, placeIn(unit, place())!)!, someWords(random, 3) || 'a')
    else {
      const [from, to] = [place(), place()].sort((left, right) => left - right)
      addCuts(side, id, shared, unit, from!, to!)
    }
  }
}

const wordEdge = (random: Random, atoms: string): number => {
  const edges = [...atoms.matchAll(/(?<= )(?=\S)|(?<=\S)(?= )/g)].map((found) => found.index)
  return edges.length === 0 ? 0 : edges[random(edges.length)]!
}

/** Typed as in the editor, a stretch replaced at a time. */
function typed(random: Random, shared: Y.Doc, side: Y.Doc, unit: UnitView): void {
  const times = 1 + random(4)
  for (let time = 0; time < times; time++) {
    const [view] = readAmendments(side)
    const own = view === undefined ? null : placeAmendment(shared, unit, view, scanText)
    const runs = compile(unit.atoms, own === null ? [] : [own])
    const text = runs.map((run) => run.words).join('')
    const from = random(2) === 0 ? wordEdge(random, text) : random(text.length + 1)
    const to = Math.min(text.length, from + pick(random, [[0, 1], [random(6), 2]]))
    editAmendment({ shared, side, unit, runs, own }, { from, to, words: random(3) === 0 ? '' : someWords(random, 2) })
  }
}

/** As people do who mind their spaces: whole words, set apart. */
function neat(random: Random, shared: Y.Doc, side: Y.Doc, unit: UnitView): void {
  const words = [...unit.atoms.matchAll(/[^ \uFFFC]+/g)].map((found) => ({ from: found.index, to: found.index + found[0].length }))
  const id = beginAmendment(side, { kind: 'modify', target: unit.id })
  const changes = words.length === 0 ? 0 : pick(random, [[1, 3], [2, 2]])
  for (let change = 0; change < changes; change++) {
    const at = random(words.length)
    const [first, last] = [words[at]!, words[Math.min(words.length - 1, at + random(2))]!]
    const [is, put] = [pick(random, [['inserted', 2], ['deleted', 1], ['replaced', 1]]), letters[random(pick(random, [[5, 2], [1, 1]]))]!]
    if (is === 'inserted' && at === 0) {
      addHunk(side, id, insertionAnchor(shared, placeIn(unit, first.from)!)!, `${put} `)
      continue
    }
    if (is !== 'inserted') addCuts(side, id, shared, unit, first.from, last.to)
    if (is !== 'deleted') addHunk(side, id, insertionAnchor(shared, placeIn(unit, last.to)!)!, is === 'inserted' ? ` ${put}` : put)
  }
}

const insertable = ['op', 'op', 'pp', 'sub', 'heading', 'para', 'closing'] as const

/** Where something new goes: '' only for a paragraph, since nothing is put at the beginning of a proposal. */
function newAbout(random: Random, kind: 'insert' | 'placeholder', { what, unit }: Ground): About {
  const unitKind = unit.kind === 'sub' && random(2) === 0 ? 'sub' : insertable[random(insertable.length)]!
  return { kind, target: what === 'paragraph' && random(6) === 0 ? '' : unit.id, unitKind, inside: random(3) === 0 }
}

function moveAbout(random: Random, view: DraftView, unit: UnitView): About | null {
  const parent = unit.parent === null ? undefined : view.byId.get(unit.parent)
  if (parent !== undefined && random(3) === 0) return { kind: 'move', target: unit.id, parent: parent.parent ?? '', after: parent.id }
  const below = view.children.get(unit.id)?.[0]
  if (below !== undefined && random(8) === 0) return { kind: 'move', target: unit.id, parent: below.id, after: '' }
  const goal = view.units[random(view.units.length)]
  if (goal === undefined || goal.id === unit.id || goal.parent === unit.id) return random(2) === 0 ? { kind: 'move', target: unit.id, parent: '', after: '' } : null
  if (random(8) === 0) return { kind: 'move', target: unit.id, parent: '', after: '' }
  if (random(3) === 0) return { kind: 'move', target: unit.id, parent: goal.id, after: '' }
  return { kind: 'move', target: unit.id, parent: goal.parent ?? '', after: goal.id }
}

function joinAbout(random: Random, view: DraftView, unit: UnitView): About | null {
  const { units } = view
  const next = units[random(10) === 0 ? random(units.length) : units.indexOf(unit) + 1]
  return next === undefined || next.id === unit.id ? null : { kind: 'join', target: unit.id, with: next.id }
}

function anchorIn(random: Random, shared: Y.Doc, unit: UnitView): Anchor | null {
  const at = outsidePair(unit.atoms, pick(random, [[0, 1], [unit.atoms.length, 1], [random(unit.atoms.length + 1), 4], [wordEdge(random, unit.atoms), 8]]))
  const place = placeIn(unit, at)
  return place === null ? null : insertionAnchor(shared, place)
}

/** Square brackets round one stretch, or two, that have some word in them. */
function bracketStretches(random: Random, shared: Y.Doc, side: Y.Doc, id: string, unit: UnitView): void {
  const { atoms } = unit
  const place = (): number => outsidePair(atoms, random(2) === 0 ? random(atoms.length + 1) : wordEdge(random, atoms))
  const stretch = random(6) === 0 ? [0, atoms.length] : [place(), place(), ...(random(3) === 0 ? [place(), place()] : [])].sort((left, right) => left - right)
  for (let at = 0; at < stretch.length; at += 2) {
    const [from, to] = [stretch[at]!, stretch[at + 1]!]
    if (atoms.slice(from, to).trim() !== '' && (at === 0 || from > stretch[at - 1]!)) addCuts(side, id, shared, unit, from, to)
  }
}

export type Kind = About['kind']

const onParagraph: readonly (readonly [Kind, number])[] = [['modify', 17], ['insert', 3], ['placeholder', 2], ['delete', 1], ['replace', 2], ['move', 6], ['split', 4], ['join', 3], ['bracket', 4], ['note', 4]]
const onProposal: readonly (readonly [Kind, number])[] = [['modify', 6], ['insert', 2], ['placeholder', 1], ['delete', 1], ['replace', 1], ['move', 2], ['split', 2], ['bracket', 2], ['note', 2]]

/** Begins one in a side document, if something can be made of it. */
function begun(random: Random, shared: Y.Doc, side: Y.Doc, view: DraftView, ground: Ground, kinds: readonly Kind[] | null): void {
  const { what, unit } = ground
  const kind = kinds !== null ? kinds[random(kinds.length)]! : what === 'footnote' ? 'modify' : pick(random, what === 'proposal' ? onProposal : onParagraph)
  const begin = (about: About | null): string | null => (about === null ? null : beginAmendment(side, about))
  const proposing = (about: About, words: string): void => proposalText(side, beginAmendment(side, about))!.insert(0, words)
  switch (kind) {
    case 'modify':
      return pick(random, [[marked, 2], [typed, 2], [neat, 4]])(random, shared, side, unit)
    case 'insert':
      return proposing(newAbout(random, kind, ground), someWords(random, 6) || 'a')
    case 'placeholder':
      return proposing(newAbout(random, kind, ground), random(2) === 0 ? '' : someWords(random, 3))
    case 'replace':
      return proposing({ kind, target: unit.id }, someWords(random, 6) || 'a')
    case 'delete':
      return void begin({ kind, target: unit.id })
    case 'move':
      return void begin(moveAbout(random, view, unit))
    case 'join':
      return void begin(joinAbout(random, view, unit))
    case 'bracket': {
      const id = begin({ kind, target: unit.id, verb: bracketVerbs[random(3)]! })!
      return bracketStretches(random, shared, side, id, unit)
    }
    case 'split':
    case 'note': {
      const at = anchorIn(random, shared, unit)
      if (at === null) return
      return kind === 'split' ? void begin({ kind, target: unit.id, at }) : proposing({ kind, target: unit.id, at }, someWords(random, 3) || 'See b.')
    }
  }
}

function groundOf(random: Random, view: DraftView, outer: AmendmentView | null, isParagraph: boolean): Ground | null {
  const replaced = outer === null ? undefined : view.byId.get(outer.about.target)
  if (outer !== null) return { what: 'proposal', unit: proposalGround(outer, 'unitKind' in outer.about ? (outer.about.unitKind as UnitView['kind']) : (replaced?.kind ?? 'para')) }
  const notes = view.units.flatMap((unit) => unit.notes)
  if (!isParagraph && notes.length > 0 && random(9) === 0) return { what: 'footnote', unit: noteGround(notes[random(notes.length)]!) }
  const unit = view.units[random(view.units.length)]
  return unit === undefined ? null : { what: 'paragraph', unit }
}

const open: AmendmentState = {
  status: 'open', proposer: 'eu', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false,
  editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
}

export interface Wish {
  /** The open proposal that it is on. */
  readonly outer?: AmendmentView
  /** The paragraph that it is on. */
  readonly unit?: UnitView | undefined
  /** Of one of these kinds. */
  readonly kinds?: readonly Kind[]
}

/** One that is put forward; null where there is nothing to it. `by` tells side documents apart. */
export function someAmendment(random: Random, shared: Y.Doc, view: DraftView, by: number, wish: Wish = {}): AmendmentView | null {
  const ground = wish.unit === undefined ? groundOf(random, view, wish.outer ?? null, wish.kinds !== undefined) : { what: 'paragraph' as const, unit: wish.unit }
  const side = sideDoc(by)
  if (ground !== null) begun(random, shared, side, view, ground, wish.kinds ?? null)
  else proposalText(side, beginAmendment(side, { kind: pick(random, [['insert', 1], ['placeholder', 1]]), target: '', unitKind: 'op', inside: random(2) === 0 }))!.insert(0, someWords(random, 3) || 'a')
  const [amendment] = readAmendments(side)
  if (amendment === undefined || ((amendment.about.kind === 'modify' || amendment.about.kind === 'bracket') && amendment.hunks.length + amendment.cuts.length === 0)) return null
  publish(shared, side, 'd/side/eu', amendment, 1, by, {}, newLineage())
  writeState(shared, stateOfAmendment(amendment.id), open)
  return readPublished(shared, amendment.id)
}
