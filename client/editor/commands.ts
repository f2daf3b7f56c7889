/** What can be done to paragraphs, by key or by button. Each returns null when done, else the code of its refusal. */
import { beginAmendment, dropAmendment } from '../../shared/model/amendments.ts'
import { createUnits, insertNote, joinUnits, liftUnit, moveUnit, nestUnit, removeUnit, setKind, splitUnit } from '../../shared/model/operations.ts'
import type { UnitView } from '../../shared/model/units.ts'
import type { UnitKind } from '../../shared/model/value.ts'
import { restoreWords } from '../../shared/text/edit.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { amendTarget, refusalFor, sideOf } from './desk.ts'
import type { Desk } from './desk.ts'
import type { CommandOptions, EditorCommand } from './host.ts'
import { placeAt } from './places.ts'
import type { Place } from './places.ts'
import { proposeAfter, replaceRange } from './writing.ts'
import type { Spot } from './writing.ts'

/** What a command works on: the caret's paragraph, and the selection in it. */
export interface Aim extends Spot {
  /** The other end of the selection; the same spot when there is only a caret. */
  readonly to: Spot
}

type Act = (desk: Desk, aim: Aim, options: CommandOptions) => ErrorCode | null

const shaping = new Set<EditorCommand>(['split', 'join', 'nest', 'lift', 'move-up', 'move-down', 'footnote', 'set-kind'])

export function runCommand(desk: Desk, name: EditorCommand, aim: Aim, options: CommandOptions): ErrorCode | null {
  const drafting = desk.host.stage() === 'drafting'
  const onProposal = aim.block.proposal !== null
  const refused = onProposal && name === 'insert-after' ? desk.host.mayWrite(null) : refusalFor(desk, aim.block)
  if (refused !== null) return refused
  if (!drafting && shaping.has(name)) return 'base-closed'
  if (drafting && (name === 'alternative' || name === 'restore')) return 'wrong-stage'
  return acts[name](desk, aim, options)
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

  'set-kind': (desk, aim, options) =>
    options.kind === undefined ? 'bad-command' : shape(desk, aim, (unit) => (setKind(desk.host.shared, unit, options.kind!, desk.host.origin), null)),
}

/** One amendment of this kind on a unit is enough: one's own that is there is gone to. */
function propose(desk: Desk, aim: Aim, kind: 'replace' | 'delete'): ErrorCode | null {
  const unit = unitNow(desk, aim)
  if (unit === null) return 'no-such-unit'
  const there = desk.projection().amendments.on(unit.id).find(({ own, view }) => own && view.about.kind === kind)
  desk.write(() => {
    const id = there?.view.id ?? beginAmendment(sideOf(desk), { kind, target: unit.id }, desk.host.origin)
    desk.edited(aim.block.key)
    if (kind === 'delete') return null
    desk.begun.add(id)
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

/** An offset of the page as one of the base. */
function baseOf(runs: Aim['block']['runs'], offset: number): number {
  let start = 0
  for (const run of runs) {
    const end = start + run.words.length
    if (offset <= end) return run.kind === 'base' ? run.from + Math.max(0, offset - start) : run.at
    start = end
  }
  const last = runs.at(-1)
  return last === undefined ? 0 : last.kind === 'base' ? last.from + last.words.length : last.at
}
