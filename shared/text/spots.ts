/**
 * The sentences for what is done at a place of a paragraph, or round words of it, while its words stay: divided there, a
 * footnote's mark put there, words put in square brackets. English. Pure.
 *
 * Spaces are as nobody says them: none is left where a paragraph is divided, and brackets close up to the words.
 */
import { kindBehind } from '../model/about.ts'
import type { BracketVerb } from '../model/layout.ts'
import { outsidePair } from '../model/texts.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { UnitKind } from '../model/value.ts'
import { said, whereOf } from './clauses.ts'
import type { Wanted } from './clauses.ts'
import type { Named, Naming } from './named.ts'
import { beforeSpaces, behindSpaces, contextAround, contextBefore, contextBehind, isUnique, isWithinLetters } from './places.ts'
import { quoted } from './quotes.ts'
import type { Span } from './quotes.ts'
import { divide, numbersIn, orderOf, outlineOf, renumbered } from './renumbering.ts'

/** Words told at a place, unless that is within a word. */
const before = ({ paragraph }: Wanted, at: number): Span | null => (isWithinLetters(paragraph.atoms, at) ? null : contextBefore(paragraph, at))
const behind = ({ paragraph }: Wanted, at: number): Span | null => (isWithinLetters(paragraph.atoms, at) ? null : contextBehind(paragraph, at))

/** All that stands before a place, letter by letter: where fewer words do not tell it, or it is within one. */
const openingSaid = (wanted: Wanted, to: number): string => said(wanted, { from: 0, to })

/** `named`: the paragraph, which may be only proposed. */
export function divided(view: DraftView, naming: Naming, named: Named, wanted: Wanted, sign: number): string {
  const { atoms } = wanted.paragraph
  const at = outsidePair(atoms, sign)
  const kind = kindBehind[named.kind]
  const hasSubs = named.unit !== null && (view.children.get(named.unit.id) ?? []).length > 0
  const into = kind === undefined ? `two ${plurals[named.kind]}` : `${openings[named.kind] ?? 'a heading'} and ${withArticle(naming.kindSaid(kind, { parent: named.parent, after: named.id }))}`
  const outline = outlineOf(view)
  naming.putProposed(outline, named.id)
  const numbers = numbersIn(outline)
  divide(outline, named.id, `${named.id} behind`, kind ?? named.kind)
  return `Divide ${named.name.words} into ${into}, ${seamSaid(wanted, at)}${hasSubs ? ', the subparagraphs following the second' : ''}${named.isPlaceholder ? ', the square brackets staying round the first' : ''}${renumbered(numbers, outline, ' remaining')}.`
}

const plurals: Readonly<Record<UnitKind, string>> = {
  front: 'lines of the masthead', title: 'titles', organ: 'lines naming the organ', heading: 'headings', pp: 'paragraphs',
  op: 'paragraphs', sub: 'subparagraphs', annex: 'headings', para: 'paragraphs', closing: 'closing lines',
}
const openings: Partial<Record<UnitKind, string>> = { organ: 'a line naming the organ' }

const withArticle = (noun: string): string => `${/^[aou]/.test(noun) ? 'an' : 'a'} ${noun}`

function seamSaid(wanted: Wanted, at: number): string {
  const [first, second] = [before(wanted, at), behind(wanted, at)]
  if (second !== null) return `the second beginning with ${said(wanted, second)}`
  if (first !== null) return `the first ending with ${said(wanted, first)}`
  const around = isWithinLetters(wanted.paragraph.atoms, at) ? null : contextAround(wanted.paragraph, at)
  if (around !== null) return `the first ending with ${said(wanted, around[0])} and the second beginning with ${said(wanted, around[1])}`
  return `the first consisting of ${openingSaid(wanted, beforeSpaces(wanted.paragraph.atoms, at))}`
}

/** The mark stands directly where it is told, so that it is before or behind a space as its delegation put it. */
export function noted(name: string, wanted: Wanted, sign: number, proposal: string, brackets: string, isFollowed: boolean): string {
  const at = outsidePair(wanted.paragraph.atoms, sign)
  const numbers = isFollowed ? ', and renumber the remaining footnotes accordingly' : ''
  return `In ${name}, ${markSaid(wanted, at)}, insert a footnote reading: ${quoted(proposal)}${brackets}${numbers}.`
}

function markSaid(wanted: Wanted, at: number): string {
  const { atoms } = wanted.paragraph
  if (at === 0) return 'at the beginning'
  if (at === atoms.length) return 'at the end'
  const [first, second] = [before(wanted, at), behind(wanted, at)]
  if (first?.to === at) return `after ${said(wanted, first)}`
  if (second?.from === at) return `before ${said(wanted, second)}`
  const end = beforeSpaces(atoms, at)
  const spaces = at === end ? '' : at - end === 1 ? 'one space' : `${at - end} spaces`
  if (end === 0) return `after ${spaces} at the beginning`
  return `after its opening, ${openingSaid(wanted, end)}${spaces === '' ? '' : ` and ${spaces}`}`
}

/** One clause for each stretch that is put in brackets. */
export function bracketed(verb: BracketVerb, wanted: Wanted, ranges: readonly Span[]): string[] {
  return ranges.map((range) => {
    const { place, words } = stretchSaid(wanted, range)
    if (verb === 'retain') return `${place}retain ${words}, placing ${/^the words? /.test(words) ? 'them' : 'it'} in square brackets`
    return `${place}place ${words} in square brackets${verb === 'reserve' ? ', on which the position is reserved' : ''}`
  })
}

/** Whether the brackets are round all the words. */
export const isWhole = ({ paragraph: { atoms } }: Wanted, [only, ...more]: readonly Span[]): boolean =>
  only !== undefined && more.length === 0 && only.from <= behindSpaces(atoms, 0) && only.to >= beforeSpaces(atoms, atoms.length)

export function bracketedWhole(verb: BracketVerb, name: string): string {
  if (verb === 'retain') return `Retain ${name}, placing it in square brackets.`
  return `Place ${name} in square brackets${verb === 'reserve' ? ', on which the position is reserved' : ''}.`
}

/** Words told in a paragraph, and by what they are told where they come again. */
export function stretchSaid(wanted: Wanted, range: Span): { readonly place: string; readonly words: string } {
  const { atoms } = wanted.paragraph
  const span = closedUp(atoms, range)
  const words = said(wanted, span)
  if (!isWithinLetters(atoms, span.from) && !isWithinLetters(atoms, span.to)) {
    const place = isUnique(atoms, span) ? '' : whereOf(wanted, span)
    if (place !== null) return { place, words }
  }
  const end = beforeSpaces(atoms, span.from)
  return { place: end === 0 ? 'at the beginning, ' : `after its opening, ${openingSaid(wanted, end)}, `, words }
}

/** Without the spaces at its ends, unless it is nothing else. */
export function closedUp(atoms: string, { from, to }: Span): Span {
  const [start, end] = [behindSpaces(atoms, from), beforeSpaces(atoms, to)]
  return start < end ? { from: start, to: end } : { from, to }
}

/** Whether a mark put at a place of a paragraph, which may be only proposed, has others behind it. */
export function isFollowedByNotes(view: DraftView, naming: Naming, unit: UnitView, at: number): boolean {
  if (unit.notes.some((note) => note.at >= at)) return true
  const outline = outlineOf(view)
  naming.putProposed(outline, unit.id)
  const order = orderOf(outline)
  const here = order.indexOf(naming.ofTarget(unit.id)?.id ?? unit.id)
  return order.slice(here + 1).some((id) => (view.byId.get(id)?.notes ?? []).length > 0)
}
