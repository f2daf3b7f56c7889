/** What an honest editor does, as data: numbers are taken modulo what there is at that moment. */
import type * as Y from 'yjs'
import { firstPlace } from '../../shared/model/about.ts'
import {
  addCuts,
  addHunk,
  beginAmendment,
  dropAmendment,
  insertionAnchor,
  placeAmendment,
  putElsewhere,
  rationaleText,
  editText,
  readAmendments,
} from '../../shared/model/amendments.ts'
import { followed } from '../../shared/model/forward.ts'
import { noteGround, openProposal, proposalGround } from '../../shared/model/grounds.ts'
import { bracketVerbs, noteKinds } from '../../shared/model/layout.ts'
import type { About, Anchor } from '../../shared/model/layout.ts'
import type { History } from '../../shared/model/history.ts'
import {
  createUnits,
  insertNote,
  joinUnits,
  liftUnit,
  moveUnit,
  nestUnit,
  placeIn,
  removeUnit,
  replaceNoteWords,
  replaceWords,
  restoreUnit,
  setKind,
  splitUnit,
} from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readNotes, writeNote } from '../../shared/model/side-notes.ts'
import { outsidePair, scanText } from '../../shared/model/texts.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { unitKinds } from '../../shared/model/value.ts'
import type { UnitValue } from '../../shared/model/value.ts'
import { compile } from '../../shared/text/compile.ts'
import { editAmendment, editProposal, ownAmendment, restoreWords } from '../../shared/text/edit.ts'
import type { AmendTarget } from '../../shared/text/edit.ts'
import { pick } from './random.ts'
import type { Random } from './random.ts'

export interface Operation {
  readonly kind: OperationKind
  readonly unit: number
  readonly other: number
  readonly from: number
  readonly length: number
  readonly words: string
}

export interface Desk {
  readonly shared: Y.Doc
  readonly side: Y.Doc | null
  readonly history: History
  /** The origin of its own transactions. */
  readonly origin: unknown
}

type Run = (desk: Desk, operation: Operation) => boolean

const draftingWeights = {
  type: 26, erase: 7, replace: 6, split: 6, join: 6, 'join-any': 1, move: 4, nest: 3, lift: 5, create: 2, remove: 3, restore: 18,
  kind: 1, note: 3, 'note-words': 10, undo: 5, redo: 9, group: 2,
} as const
const amendingWeights = {
  amend: 30, 'amend-cut': 9, 'amend-replace': 8, 'restore-words': 3, hunk: 2, propose: 4, 'proposal-words': 6, rationale: 2, drop: 1,
  'propose-delete': 1, 'propose-move': 3, 'propose-split': 3, 'propose-join': 6, 'propose-bracket': 3, 'propose-placeholder': 2, 'propose-note': 3,
  'put-elsewhere': 3, 'amend-proposal': 12, 'amend-note': 4,
  undo: 5, redo: 9,
} as const

/** Of a delegation's own side document alone: a circle keeps no notes. */
const notingWeights = { 'side-note': 5 } as const

export type OperationKind = keyof typeof draftingWeights | keyof typeof amendingWeights | keyof typeof notingWeights
export const draftingKinds = Object.entries(draftingWeights) as [OperationKind, number][]
export const amendingKinds = Object.entries(amendingWeights) as [OperationKind, number][]
export const notingKinds = Object.entries(notingWeights) as [OperationKind, number][]

/** For little time: none is so rare that it would not come about. */
export const evenlyDrafting = draftingKinds.map(([kind, weight]): [OperationKind, number] => [kind, Math.max(weight, 8)])
/** Those of a legal officer's in an open text: its words, not its paragraphs. */
export const wordingKinds = draftingKinds.filter(([kind]) => ['type', 'erase', 'replace', 'note-words', 'undo', 'redo'].includes(kind))

/** Those that mean to take letters out of texts. */
export const erasing: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'erase', 'replace', 'note-words', 'undo', 'redo', 'group', 'amend-cut', 'amend-replace', 'proposal-words', 'amend-proposal', 'amend-note',
])
export const undoing: ReadonlySet<OperationKind> = new Set<OperationKind>(['undo', 'redo'])

const alphabet = ['a', 'b', 'Decides ', ' also', ',', ' ', '😀', 'é', 'c', 'the']

export const operationOf = (random: Random, kinds: readonly (readonly [OperationKind, number])[]): Operation => ({
  kind: pick(random, kinds),
  unit: random(1000),
  other: random(1000),
  from: random(1000),
  length: 1 + random(6),
  words: Array.from({ length: 1 + random(2) }, () => alphabet[random(alphabet.length)]!).join(''),
})

/** Does it; false where it came to nothing. */
export const perform = (desk: Desk, operation: Operation): boolean => runs[operation.kind](desk, operation)

/** Finds a unit to do it to; false where there is none. */
const onUnit = (run: (desk: Desk, operation: Operation, unit: UnitView) => boolean): Run => (desk, operation) => {
  const { units } = readDraft(desk.shared)
  const unit = units[operation.unit % units.length]
  return unit !== undefined && run(desk, operation, unit)
}

const at = (unit: UnitView, from: number): number => from % (unit.atoms.length + 1)

const joinWith = (any: boolean): Run => ({ shared, origin }, operation) => {
  const view = readDraft(shared)
  const index = operation.unit % view.units.length
  const second = view.units[index]
  const first = any ? view.units[operation.other % view.units.length] : view.units[index - 1]
  if (first === undefined || second === undefined || first === second) return false
  joinUnits(shared, view, first, second, origin)
  return true
}

const pasted = ({ words, length }: Operation): UnitValue[] => [
  { kind: 'op', words, notes: length === 3 ? [{ at: words.length, words: 'note' }] : [], children: [{ kind: 'sub', words, notes: [], children: [] }] },
  ...(length > 4 ? [{ kind: 'pp' as const, words: 'second', notes: [], children: [] }] : []),
]

/** A place in a unit where an editor sets a caret: not between the halves of a character. */
function anchorIn({ shared }: Desk, unit: UnitView, from: number): Anchor | null {
  const place = placeIn(unit, outsidePair(unit.atoms, at(unit, from)))
  return place === null ? null : insertionAnchor(shared, place)
}

/** Begins an amendment on a unit; false where there is no side document, or nothing that it could be. */
const proposing = (about: (desk: Desk, unit: UnitView, operation: Operation) => About | null): Run =>
  onUnit((desk, operation, unit) => {
    const made = desk.side === null ? null : about(desk, unit, operation)
    if (made === null) return false
    desk.history.group(() => {
      const id = beginAmendment(desk.side!, made, desk.origin)
      if (made.kind === 'note' || made.kind === 'placeholder') editProposal(desk.side!, id, { from: 0, to: 0, words: operation.words }, desk.origin)
      if (made.kind === 'bracket') addCuts(desk.side!, id, desk.shared, unit, at(unit, operation.from), at(unit, operation.from) + operation.length, desk.origin)
    })
    return true
  })

const elsewhere = ({ shared }: Desk, unit: UnitView, { other, from }: Operation): { parent: string; after: string } => {
  const { units } = readDraft(shared)
  const goal = units[other % units.length]!
  if (goal.id === unit.id) return { parent: '', after: '' }
  return from % 3 === 0 ? { parent: goal.id, after: '' } : { parent: goal.parent === unit.id ? '' : (goal.parent ?? ''), after: goal.parent === unit.id ? '' : goal.id }
}

function target(desk: Desk, unit: UnitView): AmendTarget | null {
  const { shared, side } = desk
  if (side === null) return null
  const id = ownAmendment(side, shared, unit.id)
  const views = readAmendments(side)
  const ownView = views.find((view) => view.id === id)
  const own = ownView === undefined ? null : placeAmendment(shared, unit, ownView, scanText)
  const published = readAmendments(shared)
    .filter((view) => view.about.kind === 'modify' && followed(shared, view.about.target) === unit.id && !views.some((mine) => mine.id === view.id))
    .map((view) => placeAmendment(shared, unit, view, scanText))
  return { shared, side, unit, own, runs: compile(unit.atoms, own === null ? published : [...published, own]) }
}

const amend = (edit: (operation: Operation, length: number) => { from: number; to: number; words: string }): Run =>
  onUnit((desk, operation, unit) => {
    const found = target(desk, unit)
    if (found === null) return false
    const shown = found.runs.reduce((sum, run) => sum + run.words.length, 0)
    return editAmendment(found, edit(operation, shown), desk.origin) !== null
  })

const within = (from: number, length: number, shown: number): { from: number; to: number } => {
  const start = from % (shown + 1)
  return { from: start, to: Math.min(start + length, shown) }
}

const runs: Readonly<Record<OperationKind, Run>> = {
  type: onUnit(({ shared, origin }, { from, words }, unit) => {
    replaceWords(shared, unit, at(unit, from), at(unit, from), words, origin)
    return true
  }),
  erase: onUnit(({ shared, origin }, { from, length }, unit) => {
    replaceWords(shared, unit, at(unit, from), Math.min(at(unit, from) + length, unit.atoms.length), '', origin)
    return unit.atoms.length > at(unit, from)
  }),
  replace: onUnit(({ shared, origin }, { from, length, words }, unit) => {
    replaceWords(shared, unit, at(unit, from), Math.min(at(unit, from) + length, unit.atoms.length), words, origin)
    return true
  }),
  split: onUnit(({ shared, origin }, { from }, unit) => splitUnit(shared, readDraft(shared), unit, at(unit, from), undefined, origin) !== null),
  join: joinWith(false),
  'join-any': joinWith(true),
  move: onUnit(({ shared, origin }, { other, from }, unit) => {
    const view = readDraft(shared)
    const goal = view.units[other % view.units.length]!
    moveUnit(shared, view, unit, from % 4 === 0 ? { parent: goal.id, after: null } : { parent: goal.parent, after: from % 4 === 1 ? null : goal.id }, origin)
    return goal.id !== unit.id
  }),
  nest: onUnit(({ shared, origin }, _, unit) => nestUnit(shared, readDraft(shared), unit, origin)),
  lift: onUnit(({ shared, origin }, _, unit) => liftUnit(shared, readDraft(shared), unit, origin)),
  create(desk, operation) {
    const view = readDraft(desk.shared)
    if (view.units.length > 14) return false
    const goal = view.units[operation.unit % view.units.length]
    createUnits(desk.shared, view, { parent: goal?.parent ?? null, after: goal?.id ?? null }, pasted(operation), desk.origin)
    return true
  },
  remove: onUnit(({ shared, origin }, _, unit) => {
    const view = readDraft(shared)
    if (view.units.length < 3) return false
    removeUnit(shared, view, unit, origin)
    return true
  }),
  restore({ shared, origin }, { unit }) {
    const { removed } = readDraft(shared)
    if (removed.length === 0) return false
    restoreUnit(shared, removed[unit % removed.length]!, origin)
    return true
  },
  kind: onUnit(({ shared, origin }, { other }, unit) => {
    setKind(shared, unit, unitKinds[other % unitKinds.length]!, origin)
    return true
  }),
  note: onUnit(({ shared, origin }, { from, words }, unit) => insertNote(shared, unit, at(unit, from), words, origin) !== null),
  'note-words'({ shared, origin }, { unit, from, length, words }) {
    const notes = readDraft(shared).units.flatMap((view) => view.notes)
    const note = notes[unit % notes.length]
    if (note === undefined) return false
    const start = from % (note.words.length + 1)
    replaceNoteWords(shared, note.id, start, from % 2 === 0 ? start : start + length, words, origin)
    return true
  },
  undo: ({ history }, { length }) => Array.from({ length: length > 3 ? length : 1 }, () => history.undo()).some(Boolean),
  redo: ({ history }, { from }) => Array.from({ length: 1 + (from % 3) }, () => history.redo()).some(Boolean),
  group: (desk, operation) =>
    desk.history.group(() => [runs.type, runs.split, runs.erase].map((run, index) => run(desk, { ...operation, from: operation.from + index })).some(Boolean)),
  amend: amend(({ from, words }, shown) => ({ from: from % (shown + 1), to: from % (shown + 1), words })),
  'amend-cut': amend(({ from, length }, shown) => ({ ...within(from, length, shown), words: '' })),
  'amend-replace': amend(({ from, length, words }, shown) => ({ ...within(from, length, shown), words })),
  'restore-words': onUnit((desk, { from, length }, unit) => {
    const found = target(desk, unit)
    if (found === null || found.own === null || found.own.cuts.length === 0) return false
    const cut = found.own.cuts[from % found.own.cuts.length]!
    restoreWords(found, cut.from + (from % 2), cut.from + (from % 2) + length, desk.origin)
    return true
  }),
  hunk: onUnit((desk, { from, words }, unit) => {
    const amendment = target(desk, unit)?.own?.amendment.id
    const place = placeIn(unit, at(unit, from))
    const anchor = place === null ? null : insertionAnchor(desk.shared, place)
    // Between the halves of a character no editor sets a caret.
    if (amendment === undefined || anchor === null || /[\ud800-\udbff]$/.test(unit.atoms.slice(0, at(unit, from)))) return false
    return addHunk(desk.side!, amendment, anchor, words, desk.origin) !== null
  }),
  'propose-delete': proposing((_, unit) => ({ kind: 'delete', target: unit.id })),
  'propose-move': proposing((desk, unit, operation) => ({ kind: 'move', target: unit.id, ...elsewhere(desk, unit, operation) })),
  'propose-join': proposing(({ shared }, unit) => {
    const { units } = readDraft(shared)
    const next = units[units.findIndex((one) => one.id === unit.id) + 1]
    return next === undefined ? null : { kind: 'join', target: unit.id, with: next.id }
  }),
  'propose-split': proposing((desk, unit, { from }) => {
    const anchor = anchorIn(desk, unit, from)
    return anchor === null ? null : { kind: 'split', target: unit.id, at: anchor }
  }),
  'propose-note': proposing((desk, unit, { from }) => {
    const anchor = anchorIn(desk, unit, from)
    return anchor === null ? null : { kind: 'note', target: unit.id, at: anchor }
  }),
  'propose-bracket': proposing((_, unit, { from }) => ({ kind: 'bracket', target: unit.id, verb: bracketVerbs[from % 3]! })),
  'propose-placeholder': proposing((_, unit, { from }) => ({ kind: 'placeholder', target: unit.id, unitKind: 'op', inside: from % 2 === 0 })),
  'put-elsewhere'(desk, operation) {
    const views = desk.side === null ? [] : readAmendments(desk.side).filter(({ about }) => firstPlace(about) !== null)
    const view = views[operation.unit % views.length]
    const unit = readDraft(desk.shared).units[operation.other % readDraft(desk.shared).units.length]
    if (view === undefined || unit === undefined) return false
    const moved = readDraft(desk.shared).byId.get(view.about.target) ?? unit
    const place = view.about.kind === 'move' ? elsewhere(desk, moved, operation) : { target: unit.id, inside: operation.from % 2 === 0 }
    putElsewhere(desk.side!, view.id, place, desk.origin)
    return true
  },
  'amend-proposal'(desk, { unit, from, length, words }) {
    const outers = desk.side === null ? [] : readAmendments(desk.shared).flatMap(({ id }) => openProposal(desk.shared, id) ?? []).filter(({ proposal }) => proposal !== '')
    const outer = outers[unit % outers.length]
    const found = outer === undefined ? null : target(desk, proposalGround(outer, 'op'))
    if (found === null) return false
    const shown = found.runs.reduce((sum, run) => sum + run.words.length, 0)
    return editAmendment(found, { ...within(from, from % 2 === 0 ? length : 0, shown), words: from % 3 === 0 ? '' : words }, desk.origin) !== null
  },
  'amend-note'(desk, { unit, from, length, words }) {
    const notes = desk.side === null ? [] : readDraft(desk.shared).units.flatMap((view) => view.notes)
    const note = notes[unit % notes.length]
    const found = note === undefined ? null : target(desk, noteGround(note))
    if (found === null) return false
    const shown = found.runs.reduce((sum, run) => sum + run.words.length, 0)
    return editAmendment(found, { ...within(from, from % 2 === 0 ? length : 0, shown), words }, desk.origin) !== null
  },
  propose: onUnit((desk, { from, words }, unit) => {
    if (desk.side === null) return false
    const about = from % 2 === 0 ? ({ kind: 'insert', target: unit.id, unitKind: 'op', inside: false } as const) : ({ kind: 'replace', target: unit.id } as const)
    desk.history.group(() => editProposal(desk.side!, beginAmendment(desk.side!, about, desk.origin), { from: 0, to: 0, words }))
    return true
  }),
  'proposal-words'({ side, origin }, { unit, from, length, words }) {
    const proposals = side === null ? [] : readAmendments(side).filter(({ about }) => about.kind !== 'modify' && about.kind !== 'bracket')
    const view = proposals[unit % proposals.length]
    if (view === undefined) return false
    editProposal(side!, view.id, { ...within(from, from % 3 === 0 ? length : 0, view.proposal.length), words }, origin)
    return true
  },
  rationale({ side, origin }, { unit, words }) {
    const views = side === null ? [] : readAmendments(side)
    const text = views.length === 0 ? null : rationaleText(side!, views[unit % views.length]!.id)
    if (text === null) return false
    editText(side!, text, 0, 0, words, origin)
    return true
  },
  'side-note': onUnit((desk, { other, from, length, words }, unit) => {
    if (desk.side === null) return false
    const kind = noteKinds[other % noteKinds.length]!
    const known = readNotes(desk.side, unit.id).find((note) => note.kind === kind)
    const before = known?.words ?? ''
    const place = within(from, from % 3 === 0 ? length : 0, before.length)
    writeNote(desk.side, { unit: unit.id, kind, note: known?.id ?? null }, before.slice(0, place.from) + words + before.slice(place.to), desk.origin)
    return true
  }),
  drop({ side, origin }, { unit, from }) {
    const views = side === null ? [] : readAmendments(side)
    if (views.length < 2) return false
    dropAmendment(side!, views[unit % views.length]!.id, from % 2 === 0, origin)
    return true
  },
}
