/**
 * The sentences for paragraphs as a whole: new ones and places kept for such, deleted, put elsewhere, merged. They say
 * where and as what a paragraph comes to stand, and that others are renumbered where they are. English. Pure.
 */
import type { About } from '../model/layout.ts'
import { comingMoved } from '../model/placing.ts'
import type { AboutNew } from '../model/placing.ts'
import type { Placement } from '../model/operations.ts'
import type { Fault } from '../model/recheck.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import { limits } from '../wire/limits.ts'
import { bracketsMerged } from './brackets-after.ts'
import type { Named, Naming } from './named.ts'
import { ordinal } from './names.ts'
import { quoted } from './quotes.ts'
import { merge, numbersIn, outlineOf, put, renumbered } from './renumbering.ts'

export interface StructureSource {
  readonly view: DraftView
  readonly naming: Naming
}

export const gone = 'The paragraph that this amendment is about is no longer in the text.'

/** Why there is nothing to carry out. `into`: the paragraph that the one it is about was joined to. */
export function faultSaid(fault: Fault, { naming }: StructureSource, about: About, into: UnitView | null): string {
  if (fault === 'too-deep') return `This amendment would put paragraphs deeper than the ${ordinal(limits.nestingMax)} level.`
  if (fault === 'beneath-itself' && about.kind !== 'move') return 'This amendment would put its new paragraph beside or beneath itself.'
  if (into !== null) return `The paragraph that this amendment is about has been merged into ${naming.ofUnit(into)!.whole}.`
  const name = naming.ofTarget(about.target)?.name.whole
  const second = about.kind === 'join' ? naming.ofTarget(about.with)?.name.whole : undefined
  if (name !== undefined && second !== undefined && fault === 'not-next') return `This amendment would merge ${second} into ${name}, which it does not directly follow.`
  if (name !== undefined && fault === 'place-gone') return `The place to which this amendment would move ${name} is no longer in the text.`
  if (name !== undefined && fault === 'beneath-itself') return `This amendment would move ${name} to a place beneath itself.`
  return gone
}

/** Where it is put is what incorporating asks too: behind what its target has beneath it, behind earlier ones, or first beneath it. */
export function newParagraph({ view, naming }: StructureSource, amendment: string, about: AboutNew, proposal: string): string {
  const coming = naming.comingOf(amendment, about)
  if (coming === null) return gone
  const place = naming.placeSaid(coming)
  const outline = outlineOf(view)
  naming.putProposed(outline, about.target)
  const before = numbersIn(outline)
  put(outline, amendment, coming.kind, coming)
  const insert = place === '' ? 'Insert' : `${place}, insert`
  const kind = naming.kindSaid(coming.kind, coming)
  const numbers = renumbered(before, outline, ' remaining')
  if (about.kind === 'insert') return `${insert} a new ${kind} reading: ${quoted(proposal)}${numbers}.`
  const reading = proposal === '' ? ', the text of which is to come' : ` reading: ${quoted(proposal)}`
  return `${insert} in square brackets a placeholder for a new ${kind}${reading}${numbers}.`
}

export function moved({ view, naming }: StructureSource, named: Named, place: Placement): string {
  const coming = comingMoved(view, named, place)
  const outline = outlineOf(view)
  naming.putProposed(outline, named.id)
  const before = numbersIn(outline)
  put(outline, named.id, coming.kind, coming)
  const isSame = coming.kind === named.kind
  const goal = goalSaid({ view, naming }, named, coming)
  const as = isSame || goal.startsWith('to become') ? '' : `, as a new ${naming.kindSaid(coming.kind, coming)}`
  // What it becomes is said; that what becomes something else has another number need not be.
  const others = isSame ? before : new Map([...before].filter(([id]) => id !== named.id))
  return `Move ${named.name.whole} ${goal}${as}${renumbered(others, outline, '')}.`
}

function goalSaid({ view, naming }: StructureSource, named: Named, { parent, after, kind }: Placement & { readonly kind: string }): string {
  if (after !== null) return `to follow ${naming.ofTarget(after)!.name.whole}`
  if (parent !== null) return `to ${kind === 'sub' ? 'become the first subparagraph of' : 'stand first beneath'} ${naming.ofTarget(parent)!.name.whole}`
  const first = view.children.get(null)?.find((unit) => unit.id !== named.id)
  return first === undefined ? 'to the beginning' : `to precede ${naming.ofUnit(first)!.whole}`
}

/** The brackets of a place that is kept are round whatever it holds, and go with it where it is merged into another. */
export function merged({ view, naming }: StructureSource, first: UnitView, second: UnitView): string {
  const outline = outlineOf(view)
  const before = numbersIn(outline)
  merge(outline, first.id, second.id)
  const also = (view.children.get(second.id) ?? []).length > 0 ? ', with its subparagraphs,' : ''
  const [isKept, isOtherKept] = [first, second].map((unit) => unit.brackets.some(({ placeholder }) => placeholder))
  const brackets = `${isOtherKept === true ? ', without its square brackets' : ''}${isKept === true ? ', all of it in square brackets' : ''}`
  return `Merge ${naming.ofUnit(second)!.whole}${also} into ${naming.ofUnit(first)!.words}${brackets}${bracketsMerged(first, second)}${renumbered(before, outline, ' remaining')}.`
}
