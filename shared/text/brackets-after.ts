/**
 * The square brackets of a paragraph whose words are changed. As everybody understands it they stay round those of their
 * words that stay and round what comes between such, and go with the last of them; where incorporating leaves them
 * otherwise (new words put before a letter that opens a bracket, or in place of one) the instruction says how. Pure.
 */
import { paragraphOf } from './places.ts'
import type { Replacement } from './edits.ts'
import { carriedOut } from './edits.ts'
import type { Span } from './quotes.ts'
import { closedUp, stretchSaid } from './spots.ts'
import { standingAfter } from './standing-after.ts'
import type { Written } from './standing-after.ts'
import type { BracketView, UnitView } from '../model/units.ts'
import { embedCharacter } from '../model/layout.ts'

/**
 * "" where they are as everybody understands, else ", so that square brackets stand round the words “…”". `marks`: the numbers of the
 * footnotes whose marks stand in what is written, in order; 0 of one that has none yet.
 */
export function bracketsSaid(unit: UnitView, written: Written, marks: readonly number[], said: readonly Replacement[]): string {
  const standing = unit.brackets.filter(({ placeholder }) => !placeholder)
  if (standing.length === 0) return ''
  const spans = seen(written.result, standingAfter(unit, written).brackets)
  if (JSON.stringify(spans) === JSON.stringify(seen(written.result, understood(unit.atoms, seen(unit.atoms, standing), said, written.result)))) return ''
  const places = [...written.result.matchAll(new RegExp(embedCharacter, 'g'))].map((found) => found.index)
  return standingTold(written.result, spans, (at) => marks[places.indexOf(at)] ?? 0)
}

/**
 * The same of two paragraphs that are merged: a bracket that goes on from the one into the other, and is seen as one in each,
 * is one again. Brackets of kept places are told of otherwise.
 */
export function bracketsMerged(first: UnitView, second: UnitView): string {
  const isApart = first.atoms === '' || second.atoms === '' || /\s$/.test(first.atoms) || /^\s/.test(second.atoms)
  const result = `${first.atoms}${isApart ? '' : ' '}${second.atoms}`
  const behind = result.length - second.atoms.length
  const [own, others] = [first, second].map(({ brackets }) => brackets.filter(({ placeholder }) => !placeholder)) as [BracketView[], BracketView[]]
  const moved = others.map(({ id, from, to }) => ({ id, from: from + behind, to: to + behind }))
  const understood = [...own, ...moved]
  const standing = [...own.map((one) => ({ ...one, to: moved.find(({ id }) => id === one.id)?.to ?? one.to })), ...moved.filter((one) => !own.some(({ id }) => id === one.id))]
  const spans = seen(result, standing)
  if (JSON.stringify(spans) === JSON.stringify(seen(result, understood))) return ''
  const notes = new Map([...first.notes.map(({ at, number }) => [at, number] as const), ...second.notes.map(({ at, number }) => [at + behind, number] as const)])
  return standingTold(result, spans, (at) => notes.get(at) ?? 0)
}

function standingTold(result: string, spans: readonly Span[], noteAt: (at: number) => number): string {
  const wanted = { paragraph: paragraphOf(result), noteAt }
  const [only, ...more] = spans.map((span) => {
    const { place, words } = stretchSaid(wanted, span)
    return `${place}round ${words}`
  })
  if (only === undefined) return ', so that no square brackets stand in it'
  if (more.length === 0) return `, so that square brackets stand ${only}`
  const lettered = [only, ...more].map((one, index) => `(${String.fromCharCode(97 + index)}) ${one}`)
  return `, so that square brackets stand: ${lettered.slice(0, -1).join('; ')}; and ${lettered.at(-1)!}`
}

/** As they are seen: closed up to the words, in the order in which they open. */
const seen = (text: string, spans: readonly Span[]): Span[] =>
  spans.map((span) => closedUp(text, span)).filter(({ from, to }) => text.slice(from, to).trim() !== '').sort((left, right) => left.from - right.from || right.to - left.to)

function understood(atoms: string, brackets: readonly Span[], said: readonly Replacement[], result: string): Span[] {
  const text = carriedOut(atoms, said)
  const lead = text === result ? 0 : /^ */.exec(text)![0].length
  return brackets.flatMap(({ from, to }) => {
    const stays: number[] = []
    for (let at = from; at < to; at++) if (!said.some((one) => one.from <= at && at < one.to)) stays.push(at)
    if (stays.length === 0) return []
    const now = (at: number): number => at - lead + said.filter((one) => one.to <= at).reduce((sum, one) => sum + one.words.length - (one.to - one.from), 0)
    return [{ from: Math.max(0, now(stays[0]!)), to: Math.min(result.length, now(stays.at(-1)!) + 1) }]
  })
}
