/** In negotiation the keys that shape the base propose a change of its shape; so do the buttons of the paragraph's card. */
import { addCuts, beginAmendment, dropAmendment, editText, insertionAnchor, proposalText, putElsewhere, readAmendments } from '../../shared/model/amendments.ts'
import { isNestable } from '../../shared/model/about.ts'
import type { About, BracketVerb } from '../../shared/model/layout.ts'
import { placeIn } from '../../shared/model/operations.ts'
import { outsidePair } from '../../shared/model/texts.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { Run } from '../../shared/text/compile.ts'
import { placeAnew } from '../../shared/text/place-anew.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { ShownAmendment } from './amendments.ts'
import type { Aim } from './commands.ts'
import { refusalFor, sideOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { placeAt } from './places.ts'
import type { Place } from './places.ts'
import type { ShownBlock } from './projection.ts'
import { blocksBetween, proposeAfter } from './writing.ts'

/** An offset of the page as one of the base. */
export function baseOf(runs: readonly Run[], offset: number): number {
  let start = 0
  for (const run of runs) {
    const end = start + run.words.length
    if (offset <= end) return run.kind === 'base' ? run.from + Math.max(0, offset - start) : run.at
    start = end
  }
  const last = runs.at(-1)
  return last === undefined ? 0 : last.kind === 'base' ? last.from + last.words.length : last.at
}

/** Whether words of the base stand on both sides of the caret, so that Enter parts the paragraph. */
export function isWithin({ block, offset }: Pick<Aim, 'block' | 'offset'>): boolean {
  const at = baseOf(block.runs, offset)
  return block.unit !== null && block.unit.atoms.slice(0, at).trim() !== '' && block.unit.atoms.slice(at).trim() !== ''
}

/** One's own proposal of this kind on a paragraph, that may still be written on. */
function ownOn(desk: Desk, ground: string, fits: (about: About) => boolean): ShownAmendment | null {
  return desk.projection().amendments.on(ground).find(({ own, view }) => own && fits(view.about)) ?? null
}

const signPlace = (desk: Desk, block: ShownBlock, sign: string): Place => {
  const now = desk.project().byKey.get(block.key) ?? block
  let at = 0
  for (const run of now.runs) {
    at += run.words.length
    if (run.kind === 'sign' && run.by === sign) break
  }
  return placeAt(desk.docs, now, at)
}

function begin(desk: Desk, about: About, said: string): string {
  desk.host.announce(said)
  return beginAmendment(sideOf(desk), about, desk.host.origin)
}

export function proposeSplit(desk: Desk, aim: Aim): ErrorCode | null {
  const { unit } = aim.block
  if (unit === null || !isWithin(aim)) {
    desk.write(() => ({ key: `new:${proposeAfter(desk, aim.block)}`, behind: null }))
    return null
  }
  // The second paragraph begins with a word.
  let at = outsidePair(unit.atoms, baseOf(aim.block.runs, aim.offset))
  while (unit.atoms[at] === ' ') at++
  const place = placeIn(unit, at)
  const anchor = place === null ? null : insertionAnchor(desk.host.shared, place)
  if (anchor === null) return 'no-such-unit'
  const there = aim.block.runs.find((run) => run.kind === 'sign' && run.sign === 'split' && run.at === at)
  if (there !== undefined) return 'already-so'
  desk.write(() => {
    const id = begin(desk, { kind: 'split', target: unit.id, at: anchor }, 'Proposed: a new paragraph begins here.')
    desk.edited(aim.block.key)
    return signPlace(desk, aim.block, id)
  })
  return null
}

/** Joins the paragraph onto the one before it, or (`next`) the one after onto it. */
export function proposeJoin(desk: Desk, aim: Aim, next: boolean): ErrorCode | null {
  const { view, byKey } = desk.projection()
  const index = view.units.findIndex((unit) => unit.id === aim.block.unit?.id)
  const [first, second] = next ? [view.units[index], view.units[index + 1]] : [view.units[index - 1], view.units[index]]
  if (index === -1 || first === undefined || second === undefined) return null
  const block = byKey.get(`unit:${first.id}`)
  if (block === undefined) return null
  const refused = refusalFor(desk, block)
  if (refused !== null) return refused
  if (ownOn(desk, first.id, (about) => about.kind === 'join' && about.with === second.id) !== null) return 'already-so'
  desk.write(() => {
    const id = begin(desk, { kind: 'join', target: first.id, with: second.id }, 'Proposed: these two paragraphs become one.')
    desk.edited(block.key)
    return signPlace(desk, block, id)
  })
  return null
}

interface Spot {
  readonly parent: string
  readonly after: string
}

const siblingsBut = (view: DraftView, parent: string, unit: UnitView): UnitView[] =>
  (view.children.get(parent === '' ? null : parent) ?? []).filter((other) => other.id !== unit.id)

/** Where a paragraph stands, without itself. */
function standsAt(view: DraftView, unit: UnitView): Spot {
  const siblings = view.children.get(unit.parent) ?? []
  return { parent: unit.parent ?? '', after: siblings[siblings.findIndex((other) => other.id === unit.id) - 1]?.id ?? '' }
}

export function proposeStep(desk: Desk, aim: Aim, step: -1 | 1): ErrorCode | null {
  return proposeMove(desk, aim, (view, unit, now) => {
    const siblings = siblingsBut(view, now.parent, unit)
    const index = siblings.findIndex((other) => other.id === now.after) + step
    return index < -1 || index >= siblings.length ? null : { parent: now.parent, after: siblings[index]?.id ?? '' }
  })
}

export const proposeMoveTo = (desk: Desk, aim: Aim, after: string): ErrorCode | null =>
  proposeMove(desk, aim, (view, unit) => (after === unit.id ? null : { parent: view.byId.get(after)?.parent ?? '', after }))

/** Tab and Shift-Tab on a paragraph of the base: beneath the one before it, or behind the one it is beneath. */
export function proposeNesting(desk: Desk, aim: Aim, name: 'nest' | 'lift'): ErrorCode | null {
  if (aim.block.proposal !== null) return nestNew(desk, aim.block.proposal, name)
  return proposeMove(desk, aim, (view, unit, now) => {
    const up = now.parent === '' ? null : view.byId.get(now.parent)
    if (name === 'lift') return up === null || up === undefined ? null : { parent: up.parent ?? '', after: up.id }
    const before = view.byId.get(now.after)
    if (before === undefined || !isNestable(before.kind) || !isNestable(unit.kind) || before.depth + 2 >= limits.nestingMax) return null
    return { parent: now.after, after: siblingsBut(view, now.after, unit).at(-1)?.id ?? '' }
  })
}

/** A move of one's own that is there is put elsewhere; back where the paragraph stands it is taken back. */
function proposeMove(desk: Desk, aim: Aim, to: (view: DraftView, unit: UnitView, now: Spot) => Spot | null): ErrorCode | null {
  const { view } = desk.projection()
  const unit = view.byId.get(aim.block.unit?.id ?? '')
  if (unit === undefined) return aim.block.isCopy ? 'moved-copy' : 'no-such-unit'
  const own = ownOn(desk, unit.id, (about) => about.kind === 'move')
  const stands = standsAt(view, unit)
  const about = own?.view.about
  const place = to(view, unit, about?.kind === 'move' ? { parent: about.parent, after: about.after } : stands)
  if (place === null) return null
  for (let up = view.byId.get(place.parent); up !== undefined; up = view.byId.get(up.parent ?? '')) if (up.id === unit.id) return 'beneath-itself'
  const isBack = place.parent === stands.parent && place.after === stands.after
  desk.write(() => {
    const side = sideOf(desk)
    if (own === null && !isBack) begin(desk, { kind: 'move', target: unit.id, ...place }, 'Proposed: the paragraph goes to its new place.')
    else if (own !== null && isBack) dropAmendment(side, own.view.id, true, desk.host.origin)
    else if (own !== null) putElsewhere(side, own.view.id, place, desk.host.origin)
    desk.edited(aim.block.key)
    return null
  })
  return null
}

/** Tab and Shift-Tab on one's own new paragraph. */
function nestNew(desk: Desk, shown: ShownAmendment, name: 'nest' | 'lift'): ErrorCode | null {
  const { about } = shown.view
  if (!shown.own) return 'not-yours'
  if (!('inside' in about)) return null
  const place = name === 'nest' ? beneath(desk, shown) : outOf(desk, about)
  if (place === null) return null
  desk.write(() => {
    putElsewhere(sideOf(desk), shown.view.id, place, desk.host.origin)
    desk.edited(`new:${shown.view.id}`)
    return null
  })
  return null
}

type Inserted = Extract<About, { kind: 'insert' | 'placeholder' }>

function beneath(desk: Desk, shown: ShownAmendment): { target: string; inside: boolean } | null {
  const about = shown.view.about as Inserted
  const { amendments, view } = desk.projection()
  if (about.inside || about.target === '') return null
  const beside = amendments.on(about.target).filter((other) => 'inside' in other.view.about && !other.view.about.inside)
  const before = beside[beside.findIndex((other) => other.view.id === shown.view.id) - 1]
  if (before !== undefined) return { target: before.view.id, inside: true }
  const last = view.children.get(about.target)?.at(-1)
  return last === undefined ? { target: about.target, inside: true } : { target: last.id, inside: false }
}

function outOf(desk: Desk, about: Inserted): { target: string; inside: boolean } | null {
  if (about.inside) return { target: about.target, inside: false }
  const parent = desk.projection().view.byId.get(about.target)?.parent ?? null
  return parent === null ? null : { target: parent, inside: false }
}

/** The selected words of each paragraph; the whole of it where nothing is selected. */
export function proposeBrackets(desk: Desk, aim: Aim, verb: BracketVerb): ErrorCode | null {
  const blocks = blocksBetween(desk, aim.block, aim.to.block)
  for (const block of blocks) {
    const refused = block.ground === null ? 'not-permitted' : refusalFor(desk, block)
    if (refused !== null) return refused
  }
  const isCaret = aim.block === aim.to.block && aim.offset === aim.to.offset
  desk.write(() => {
    for (const block of blocks) {
      const ground = block.ground!
      const from = isCaret || block !== aim.block ? 0 : baseOf(block.runs, aim.offset)
      const to = isCaret || block !== aim.to.block ? ground.atoms.length : baseOf(block.runs, aim.to.offset)
      if (to <= from) continue
      const id = begin(desk, { kind: 'bracket', target: ground.id, verb }, `Proposed: ${verb}.`)
      addCuts(sideOf(desk), id, desk.host.shared, ground, from, to, desk.host.origin)
      desk.edited(block.key)
    }
    return null
  })
  return null
}

export function proposePlaceholder(desk: Desk, aim: Aim, words: string): ErrorCode | null {
  desk.write(() => {
    const id = proposeAfter(desk, aim.block, undefined, 'placeholder')
    const text = proposalText(sideOf(desk), id)
    if (text !== null && words !== '') editText(sideOf(desk), text, 0, 0, words, desk.host.origin)
    return { key: `new:${id}`, behind: null }
  })
  return null
}

/** Its words are written at the foot of the page, where the caret goes when none are given. */
export function proposeNote(desk: Desk, aim: Aim, words: string): ErrorCode | null {
  const { block, offset } = aim.to
  const place = block.ground === null ? null : placeIn(block.ground, outsidePair(block.ground.atoms, baseOf(block.runs, offset)))
  const anchor = place === null ? null : insertionAnchor(desk.host.shared, place)
  if (anchor === null) return 'not-permitted'
  desk.write(() => {
    const id = begin(desk, { kind: 'note', target: block.ground!.id, at: anchor }, 'Proposed: a footnote.')
    if (words === '') desk.begun.add(id)
    const text = proposalText(sideOf(desk), id)
    if (text !== null && words !== '') editText(sideOf(desk), text, 0, 0, words, desk.host.origin)
    desk.edited(block.key)
    return null
  })
  return null
}

/** What has lost its place goes to the selected words, or to where the caret is. */
export function proposeAnew(desk: Desk, aim: Aim, amendment: string): ErrorCode | null {
  const { block, to } = aim
  const { host, docs } = desk
  const side = sideOf(desk)
  const own = readAmendments(side).find(({ id, dropped }) => id === amendment && !dropped)
  if (own === undefined) return 'no-such-amendment'
  if (block.ground === null) return 'not-permitted'
  const from = baseOf(block.runs, aim.offset)
  const end = to.block === block ? baseOf(block.runs, to.offset) : block.ground.atoms.length
  const place = { shared: host.shared, side, view: desk.projection().view, scans: docs.scans.shared, ground: block.ground, from: Math.min(from, end), to: Math.max(from, end) }
  let refused: ErrorCode | null = null
  desk.write(() => {
    const done = placeAnew(place, own, host.origin)
    if ('refused' in done) refused = done.refused
    else host.announce('Placed anew.')
    desk.edited(block.key)
    return null
  })
  return refused
}
