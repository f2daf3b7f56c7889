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
import type { UnitView } from '../model/units.ts'
import { embedCharacter } from '../model/layout.ts'

/** What incorporating writes: new words at places, and words struck. */
export interface Written {
  readonly hunks: readonly { readonly at: number; readonly words: string }[]
  readonly cuts: readonly Span[]
  /** What stands afterwards. */
  readonly result: string
  /** The numbers of the footnotes whose marks stand in it, in order; 0 of one that has none yet. */
  readonly marks: readonly number[]
}

/** "" where they are as everybody understands, else ", so that square brackets stand round the words “…”". */
export function bracketsSaid(unit: UnitView, written: Written, said: readonly Replacement[]): string {
  const standing = unit.brackets.filter(({ placeholder }) => !placeholder)
  if (standing.length === 0) return ''
  const spans = seen(written.result, actual({ ...unit, brackets: standing }, written))
  if (JSON.stringify(spans) === JSON.stringify(seen(written.result, understood(unit.atoms, standing, said, written.result)))) return ''
  const places = [...written.result.matchAll(new RegExp(embedCharacter, 'g'))].map((found) => found.index)
  const wanted = { paragraph: paragraphOf(written.result), noteAt: (at: number) => written.marks[places.indexOf(at)] ?? 0 }
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

interface Letter {
  readonly letter: string
  /** Its place in the paragraph; null of a new letter. */
  readonly old: number | null
  /** Before which of the letters that stay it was written: those struck there lie before it, as far as its text goes. */
  readonly before: number
  /** In which of several joined texts, counted as in `Run`. */
  readonly run: number
}

/** Where one of several joined texts stands in a paragraph; what is one text in several pieces is one where they follow each other. */
interface Run extends Span {
  readonly run: number
}

function runsOf({ segments }: UnitView): Run[] {
  const runs: Run[] = []
  for (const [index, part] of segments.entries()) {
    const last = runs.at(-1)
    const from = last?.to ?? 0
    runs.push({ from, to: from + part.to - part.from, run: last !== undefined && segments[index - 1]!.text === part.text ? last.run : index })
  }
  return runs
}

/** The letters in the order in which they stand, less the spaces that the result has not. What is put at a seam goes to the text before it. */
function lettersOf({ atoms }: UnitView, runs: readonly Run[], { hunks, cuts, result }: Written): Letter[] {
  const isCut = (at: number): boolean => cuts.some((cut) => cut.from <= at && at < cut.to)
  const letters: Letter[] = []
  for (const [index, { from, to, run }] of runs.entries()) {
    for (let at = from; at <= to; at++) {
      let before = at
      while (before < to && isCut(before)) before++
      if (index === 0 || at > from) for (const { words } of hunks.filter((hunk) => hunk.at === at)) for (let place = 0; place < words.length; place++) letters.push({ letter: words[place]!, old: null, before, run })
      if (at < to && !isCut(at)) letters.push({ letter: atoms[at]!, old: at, before: at, run })
    }
  }
  let match = 0
  return letters.filter(({ letter }) => letter === result[match] && ++match > 0)
}

/** A bracket holds on to its first and its last letter, also when they are struck: what is written there comes behind them. */
function actual(unit: UnitView, written: Written): Span[] {
  const runs = runsOf(unit)
  const letters = lettersOf(unit, runs, written)
  const ids = new Set(unit.brackets.map(({ id }) => id))
  return [...ids].flatMap((id) => meeting(unit.brackets.filter((bracket) => bracket.id === id).flatMap((bracket) =>
    inTexts(runs, bracket).flatMap(({ from, to, run }) => {
      const first = bracket.opensBefore === true && from === bracket.from ? from : from + 1
      const last = bracket.closesBehind === true && to === bracket.to ? to : to - 1
      return hull(letters, ({ old, before, run: own }) => own === run && (old === null ? before >= first && before <= last : old >= from && old < to))
    }))))
}

/** Brackets of one decision that touch are one. */
const meeting = (spans: readonly Span[]): Span[] =>
  spans.reduce<Span[]>((all, span) => (all.at(-1)?.to === span.from ? [...all.slice(0, -1), { from: all.at(-1)!.from, to: span.to }] : [...all, span]), [])

/** In a paragraph of several joined texts a bracket is one in each. */
function inTexts(runs: readonly Run[], { from, to }: Span): Run[] {
  const spans: Run[] = []
  for (const { from: start, to: end, run } of runs) {
    const span = { from: Math.max(from, start), to: Math.min(to, end), run }
    const before = spans.at(-1)
    if (span.to > span.from && before?.run === run) spans[spans.length - 1] = { ...before, to: span.to }
    else if (span.to > span.from) spans.push(span)
  }
  return spans
}

function hull(letters: readonly Letter[], isIn: (letter: Letter) => boolean): Span[] {
  const [first, last] = [letters.findIndex(isIn), letters.findLastIndex(isIn)]
  return first === -1 ? [] : [{ from: first, to: last + 1 }]
}

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
