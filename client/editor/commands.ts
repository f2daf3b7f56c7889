/** What can be done to paragraphs, by key or by button. Each returns null when done, else the code of its refusal. */
import { beginAmendment, dropAmendment } from '../../shared/model/amendments.ts'
import { createUnits, insertNote, joinUnits, liftUnit, moveUnit, nestUnit, removeUnit, setKind, splitUnit } from '../../shared/model/operations.ts'
import type { UnitView } from '../../shared/model/units.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import { editProposal, restoreWords } from '../../shared/text/edit.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { amendTarget, refusalFor, sideOf } from './desk.ts'
import type { Desk } from './desk.ts'
import type { CommandOptions, EditorCommand } from './host.ts'
import { placeAt } from './places.ts'
import type { Place } from './places.ts'
import { baseOf, proposeAnew, proposeBrackets, proposeJoin, proposeMoveTo, proposeNesting, proposeNote, proposePlaceholder, proposeSplit, proposeStep } from './proposing.ts'
import { proposeAfter, replaceRange } from './writing.ts'
import type { Spot } from './writing.ts'

/** What a command works on: the caret's paragraph, and the selection in it. */
export interface Aim extends Spot {
  /** The other end of the selection; the same spot when there is only a caret. */
  readonly to: Spot
}

type Act = (desk: Desk, aim: Aim, options: CommandOptions) => ErrorCode | null

/** What only a proposal can be. */
const proposals = new Set<EditorCommand>(['alternative', 'restore', 'join-next', 'move-to', 'bracket', 'placeholder', 'place-anew'])

export function runCommand(desk: Desk, name: EditorCommand, aim: Aim, options: CommandOptions): ErrorCode | null {
  const drafting = desk.host.stage() === 'drafting'
  const follows = name === 'insert-after' || name === 'placeholder'
  const refused = aim.block.proposal !== null && !aim.block.isCopy && follows ? desk.host.mayWrite(null) : refusalFor(desk, aim.block)
  if (refused !== null) return refused
  if (drafting && proposals.has(name)) return 'wrong-stage'
  return (drafting ? acts[name] : (proposing[name] ?? acts[name]))(desk, aim, options)
}

const unitNow = (desk: Desk, aim: Aim): UnitView | null => (aim.block.unit === null ? null : (desk.projection().view.byId.get(aim.block.unit.id) ?? null))

/** A change of shape in the base; nothing at all where the paragraph is no unit. */
function shape(desk: Desk, aim: Aim, act: (unit: UnitView) => Place | null): ErrorCode | null {
  const unit = unitNow(desk, aim)
  if (unit === null) return 'no-such-unit'
  desk.write(() => {
    const place = act(unit)
    desk.edited(aim.block.key)
    return place
  })
  return null
}

const startOf = (unit: string | null): Place | null => (unit === null ? null : { key: `unit:${unit}`, behind: null })

/** What comes after a paragraph of this kind when one goes on writing. */
const nextKinds: Partial<Record<UnitKind, UnitKind>> = { title: 'pp', organ: 'pp', heading: 'op', annex: 'para' }

function moveBy(desk: Desk, aim: Aim, step: -1 | 1): ErrorCode | null {
  const { host } = desk
  return shape(desk, aim, (unit) => {
    const { view } = desk.projection()
    const siblings = view.children.get(unit.parent) ?? []
    const index = siblings.findIndex((other) => other.id === unit.id)
    const after = step === 1 ? siblings[index + 1] : siblings[index - 2]
    if (step === 1 ? after === undefined : index <= 0) return null
    moveUnit(host.shared, view, unit, { parent: unit.parent, after: after?.id ?? null }, host.origin)
    host.announce(step === 1 ? 'Moved down.' : 'Moved up.')
    return null
  })
}

const acts: Readonly<Record<EditorCommand, Act>> = {
  'leave-out': (desk, aim) => replaceRange(desk, { from: aim, to: aim.to, paragraphs: [''] }),

  restore: (desk, aim) => {
    const target = amendTarget(desk, aim.block)
    if (target === null) return 'no-such-unit'
    desk.write(() => {
      restoreWords(target, baseOf(aim.block.runs, aim.offset), baseOf(aim.block.runs, aim.to.block === aim.block ? aim.to.offset : aim.block.words.length), desk.host.origin)
      desk.edited(aim.block.key)
      return null
    })
    return null
  },

  'insert-after': (desk, aim, options) => {
    if (desk.host.stage() !== 'drafting') {
      desk.write(() => ({ key: `new:${proposeAfter(desk, aim.block, options.kind)}`, behind: null }))
      return null
    }
    return shape(desk, aim, (unit) => {
      const value = { kind: options.kind ?? nextKinds[unit.kind] ?? unit.kind, words: '', notes: [], children: [] }
      const [id] = createUnits(desk.host.shared, desk.projection().view, { parent: unit.parent, after: unit.id }, [value], desk.host.origin)
      return startOf(id ?? null)
    })
  },

  alternative: (desk, aim) => propose(desk, aim, 'replace'),

  'delete-unit': (desk, aim) => {
    if (aim.block.proposal !== null) {
      if (!aim.block.proposal.own) return 'not-yours'
      const { id } = aim.block.proposal.view
      desk.write(() => (dropAmendment(sideOf(desk), id, true, desk.host.origin), before(desk, aim)))
      return null
    }
    if (desk.host.stage() !== 'drafting') return propose(desk, aim, 'delete')
    return shape(desk, aim, (unit) => {
      const place = before(desk, aim)
      removeUnit(desk.host.shared, desk.projection().view, unit, desk.host.origin)
      return place
    })
  },

  split: (desk, aim) =>
    shape(desk, aim, (unit) => {
      const atEnd = aim.offset >= unit.atoms.length
      const id = splitUnit(desk.host.shared, desk.projection().view, unit, aim.offset, atEnd ? nextKinds[unit.kind] : undefined, desk.host.origin)
      return startOf(id)
    }),

  join: (desk, aim) =>
    shape(desk, aim, (unit) => {
      const { view, blocks } = desk.projection()
      const at = blocks.findIndex((block) => block.key === aim.block.key)
      const first = blocks[at - 1]?.unit ?? null
      if (first === null || refusalFor(desk, blocks[at - 1]!) !== null) return null
      const place = placeAt(desk.docs, blocks[at - 1]!, first.atoms.length)
      joinUnits(desk.host.shared, view, first, unit, desk.host.origin)
      return place
    }),

  nest: (desk, aim) => shape(desk, aim, (unit) => (nestUnit(desk.host.shared, desk.projection().view, unit, desk.host.origin), null)),
  lift: (desk, aim) => shape(desk, aim, (unit) => (liftUnit(desk.host.shared, desk.projection().view, unit, desk.host.origin), null)),
  'move-up': (desk, aim) => moveBy(desk, aim, -1),
  'move-down': (desk, aim) => moveBy(desk, aim, 1),

  footnote: (desk, aim, options) =>
    shape(desk, aim, (unit) => (insertNote(desk.host.shared, unit, aim.to.offset, options.words ?? '', desk.host.origin), null)),

  insert: (desk, aim, { words = '' }) => replaceRange(desk, { from: aim.to, to: aim.to, paragraphs: [words] }),
  substitute: (desk, aim, { words = '' }) => replaceRange(desk, { from: aim, to: aim.to, paragraphs: [words] }),
  'join-next': (desk, aim) => proposeJoin(desk, aim, true),
  'move-to': (desk, aim, { after = '' }) => proposeMoveTo(desk, aim, after),
  bracket: (desk, aim, { verb = 'bracket' }) => proposeBrackets(desk, aim, verb),
  placeholder: (desk, aim, { words = '' }) => proposePlaceholder(desk, aim, words),
  'place-anew': (desk, aim, { amendment = '' }) => proposeAnew(desk, aim, amendment),

  'set-kind': (desk, aim, options) =>
    options.kind === undefined ? 'bad-command' : shape(desk, aim, (unit) => (setKind(desk.host.shared, unit, options.kind!, desk.host.origin), null)),
}

/** The same in negotiation, where the base is changed by decision. */
const proposing: Readonly<Partial<Record<EditorCommand, Act>>> = {
  split: proposeSplit,
  join: (desk, aim) => proposeJoin(desk, aim, false),
  nest: (desk, aim) => proposeNesting(desk, aim, 'nest'),
  lift: (desk, aim) => proposeNesting(desk, aim, 'lift'),
  'move-up': (desk, aim) => proposeStep(desk, aim, -1),
  'move-down': (desk, aim) => proposeStep(desk, aim, 1),
  footnote: (desk, aim, { words = '' }) => proposeNote(desk, aim, words),
  // Where nothing is selected the paragraph as a whole is meant.
  'leave-out': (desk, aim, options) => (isCaret(aim) ? propose(desk, aim, 'delete') : acts['leave-out'](desk, aim, options)),
  substitute: (desk, aim, options) => (isCaret(aim) ? propose(desk, aim, 'replace', options.words) : acts.substitute(desk, aim, options)),
  'set-kind': () => 'base-closed',
}

const isCaret = (aim: Aim): boolean => aim.block === aim.to.block && aim.offset === aim.to.offset

/** One amendment of this kind on a unit is enough: one's own that is there is gone to. */
function propose(desk: Desk, aim: Aim, kind: 'replace' | 'delete', words = ''): ErrorCode | null {
  const unit = unitNow(desk, aim)
  if (unit === null) return 'no-such-unit'
  const there = desk.projection().amendments.on(unit.id).find(({ own, view }) => own && view.about.kind === kind)
  desk.write(() => {
    const id = there?.view.id ?? beginAmendment(sideOf(desk), { kind, target: unit.id }, desk.host.origin)
    desk.edited(aim.block.key)
    if (kind === 'delete') return null
    desk.begun.add(id)
    if (words !== '') editProposal(sideOf(desk), id, { from: 0, to: 0, words }, desk.host.origin)
    return { key: `new:${id}`, behind: null }
  })
  return null
}

/** The end of the paragraph before. */
function before(desk: Desk, aim: Aim): Place | null {
  const { blocks } = desk.projection()
  const previous = blocks[blocks.findIndex((block) => block.key === aim.block.key) - 1]
  return previous === undefined ? null : placeAt(desk.docs, previous, previous.words.length)
}
