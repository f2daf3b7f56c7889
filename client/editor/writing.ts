/** Words in place of a range of the page, whatever the range: what typing, pasting, dropping and deleting all come to. */
import { beginAmendment } from '../../shared/model/amendments.ts'
import { openingLengthOf } from '../../shared/drafting/phrases.ts'
import { cleanWords } from '../../shared/model/layout.ts'
import { createUnits, joinUnits, removeUnit, splitUnit } from '../../shared/model/operations.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { UnitKind, UnitValue } from '../../shared/model/value.ts'
import { editBase, editProposal } from '../../shared/text/edit.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { applyEdit, refusalFor, sideOf, unitOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { findPlace, placeAt } from './places.ts'
import type { Place } from './places.ts'
import { emptyKey } from './projection.ts'
import type { ShownBlock } from './projection.ts'

export interface Spot {
  readonly block: ShownBlock
  readonly offset: number
}

export interface Replacement {
  readonly from: Spot
  readonly to: Spot
  /** At least one; more than one makes paragraphs. */
  readonly paragraphs: readonly string[]
  /** Deleted with the Delete key: the caret goes on behind what is struck. */
  readonly forward?: boolean
}

/** Null when done; else why nothing was. */
export function replaceRange(desk: Desk, change: Replacement): ErrorCode | null {
  // It could not be sent; whoever pastes it still has it.
  if (change.paragraphs.reduce((sum, words) => sum + words.length, 0) > limits.updateCharactersMax) return 'too-large'
  const blocks = blocksBetween(desk, change.from.block, change.to.block)
  for (const block of blocks) {
    const refused = refusalFor(desk, block)
    if (refused !== null) return refused
  }
  const drafting = desk.host.stage() === 'drafting'
  const single = blocks.length === 1 && change.paragraphs.length === 1
  desk[single ? 'type' : 'write'](() => {
    if (change.from.block.key === emptyKey) return firstWords(desk, change.paragraphs)
    return drafting ? replaceInBase(desk, change, blocks) : replaceInSide(desk, change, blocks)
  })
  return null
}

export function blocksBetween(desk: Desk, from: ShownBlock, to: ShownBlock): ShownBlock[] {
  const { blocks } = desk.projection()
  const first = blocks.findIndex((block) => block.key === from.key)
  const last = blocks.findIndex((block) => block.key === to.key)
  return blocks.slice(first, last + 1)
}

const valueOf = (kind: UnitKind, words: string): UnitValue => ({ kind, words: cleanWords(words).trim(), notes: [], children: [] })

function firstWords(desk: Desk, paragraphs: readonly string[]): Place | null {
  const { host } = desk
  let kind: UnitKind = 'title'
  const values = paragraphs.map((words, index) => valueOf(index === 0 ? 'title' : (kind = kindAfter(kind, words, host.language())), words))
  const ids = createUnits(host.shared, desk.projection().view, { parent: null, after: null }, values, host.origin)
  return endOf(desk, `unit:${ids.at(-1) ?? ''}`)
}

/** A pasted paragraph's kind: what its opening phrase says, else that of the one before it. */
function kindAfter(before: UnitKind, words: string, language: string): UnitKind {
  if (before !== 'op' && before !== 'sub' && openingLengthOf('pp', words, language) > 0) return 'pp'
  if (openingLengthOf('op', words, language) > 0) return 'op'
  return before === 'title' ? 'pp' : before
}

function endOf(desk: Desk, key: string): Place | null {
  const block = desk.project().byKey.get(key)
  return block === undefined ? null : placeAt(desk.docs, block, block.words.length)
}

function replaceInBase(desk: Desk, { from, to, paragraphs }: Replacement, blocks: readonly ShownBlock[]): Place | null {
  const { host } = desk
  const unit = from.block.unit
  if (unit === null) return null
  if (blocks.length === 1 && paragraphs.length === 1) {
    const typed = applyEdit(desk, from.block, { from: from.offset, to: to.offset, words: paragraphs[0]! })
    return typed.length === 0 ? placeAt(desk.docs, from.block, from.offset) : { key: from.block.key, behind: typed.at(-1)! }
  }
  cutAcross(desk, from, to, blocks)
  const now = desk.project()
  const first = now.byKey.get(from.block.key)
  if (first === undefined || first.unit === null) return null
  return paragraphs.length === 1
    ? behindTyped(desk, first, from.offset, paragraphs[0]!)
    : insertParagraphs(desk, first.unit, from.offset, paragraphs.map((words) => cleanWords(words)), host.language())
}

function behindTyped(desk: Desk, block: ShownBlock, offset: number, words: string): Place {
  const typed = words === '' ? [] : applyEdit(desk, block, { from: offset, to: offset, words })
  return typed.length === 0 ? placeAt(desk.docs, block, offset) : { key: block.key, behind: typed.at(-1)! }
}

/** Paragraphs that lie wholly within are taken off the page, and can be brought back; the last is joined to the first. */
function cutAcross(desk: Desk, from: Spot, to: Spot, blocks: readonly ShownBlock[]): void {
  const { host } = desk
  const fresh = (block: ShownBlock): { view: DraftView; unit: UnitView | undefined } => {
    const view = desk.project().view
    return { view, unit: view.byId.get(block.unit?.id ?? '') }
  }
  if (blocks.length === 1) {
    editBase(host.shared, from.block.unit!, { from: from.offset, to: to.offset, words: '' }, host.origin)
    return
  }
  for (const block of blocks.slice(1, -1).reverse()) {
    const { view, unit } = fresh(block)
    if (unit !== undefined) removeUnit(host.shared, view, unit, host.origin)
  }
  const last = fresh(to.block)
  if (last.unit !== undefined) editBase(host.shared, last.unit, { from: 0, to: to.offset, words: '' }, host.origin)
  const first = fresh(from.block)
  if (first.unit !== undefined) editBase(host.shared, first.unit, { from: from.offset, to: first.unit.atoms.length, words: '' }, host.origin)
  const { view, unit } = fresh(from.block)
  const second = view.byId.get(to.block.unit?.id ?? '')
  if (unit !== undefined && second !== undefined) joinUnits(host.shared, view, unit, second, host.origin)
}

function insertParagraphs(desk: Desk, unit: UnitView, offset: number, paragraphs: readonly string[], language: string): Place | null {
  const { host } = desk
  const [first = '', ...rest] = paragraphs
  const tail = unit.atoms.length > offset
  if (first !== '') editBase(host.shared, unit, { from: offset, to: offset, words: first }, host.origin)
  let view = desk.project().view
  let last = ''
  if (tail) {
    const head = view.byId.get(unit.id)
    last = head === undefined ? '' : (splitUnit(host.shared, view, head, offset + first.length, undefined, host.origin) ?? '')
    view = desk.project().view
  }
  let kind = unit.kind
  const whole = tail ? rest.slice(0, -1) : rest
  const values = whole.map((words) => valueOf((kind = kindAfter(kind, words, language)), words))
  const ids = createUnits(host.shared, view, { parent: unit.parent, after: unit.id }, values, host.origin)
  if (!tail) return endOf(desk, `unit:${ids.at(-1) ?? unit.id}`)
  const block = desk.project().byKey.get(`unit:${last}`)
  return block === undefined ? null : behindTyped(desk, block, 0, rest.at(-1) ?? '')
}

function replaceInSide(desk: Desk, { from, to, paragraphs, forward }: Replacement, blocks: readonly ShownBlock[]): Place | null {
  const { docs } = desk
  const start = placeAt(docs, from.block, from.offset)
  const end = placeAt(docs, to.block, to.offset)
  // From the last to the first, so that offsets hold.
  for (const block of blocks.slice(1).reverse()) {
    applyEdit(desk, block, { from: 0, to: block === to.block ? to.offset : block.words.length, words: '' })
  }
  const [first = '', ...rest] = paragraphs
  const edit = { from: from.offset, to: blocks.length === 1 ? to.offset : from.block.words.length, words: cleanWords(first) }
  const tail = rest.length > 0 && from.block.proposal?.own === true ? from.block.words.slice(edit.to) : ''
  const typed = edit.words === '' && edit.from === edit.to ? [] : applyEdit(desk, from.block, edit)
  if (rest.length > 0) return proposeParagraphs(desk, from.block, edit.from + edit.words.length, rest, tail)
  if (typed.length > 0) return { key: from.block.key, behind: typed.at(-1)! }
  const found = findPlace(docs, desk.project().byKey, forward === true ? end : start)
  return found === null ? start : placeAt(docs, found.block, found.offset)
}

/** Each further paragraph is an amendment of its own. What followed in one's own new paragraph goes with the last. */
function proposeParagraphs(desk: Desk, block: ShownBlock, offset: number, paragraphs: readonly string[], tail: string): Place | null {
  const { host } = desk
  const side = sideOf(desk)
  if (tail !== '' && block.proposal?.own === true) editProposal(side, block.proposal.view.id, { from: offset, to: offset + tail.length, words: '' }, host.origin)
  let last = ''
  for (const [index, words] of paragraphs.entries()) {
    last = proposeAfter(desk, block)
    const whole = index === paragraphs.length - 1 ? words + tail : words
    if (whole !== '') editProposal(side, last, { from: 0, to: 0, words: whole }, host.origin)
  }
  const shown = desk.project().byKey.get(`new:${last}`)
  return shown === undefined ? null : placeAt(desk.docs, shown, (paragraphs.at(-1) ?? '').length)
}

/** Begins a new paragraph behind this one; it is shown although it is empty until the caret leaves it. */
export function proposeAfter(desk: Desk, block: ShownBlock, kind?: UnitKind, as: 'insert' | 'placeholder' = 'insert'): string {
  const about = block.proposal?.view.about
  const beside = about !== undefined && 'inside' in about ? about : null
  const target = block.unit?.id ?? beside?.target ?? unitOf(desk, block.target) ?? ''
  const inside = beside?.inside ?? false
  const unitKind = kind ?? beside?.unitKind ?? desk.projection().view.byId.get(target)?.kind ?? 'op'
  const id = beginAmendment(sideOf(desk), { kind: as, target, unitKind, inside }, desk.host.origin)
  desk.begun.add(id)
  return id
}
