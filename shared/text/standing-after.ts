/**
 * What incorporating leaves of the square brackets of a paragraph, and of the joined texts that its words are in.
 * Pure.
 */
import type { BracketView, Segment, UnitView } from '../model/units.ts'
import type { Span } from './quotes.ts'

/** What incorporating writes: new words at places, and words struck. */
export interface Written {
  readonly hunks: readonly { readonly at: number; readonly words: string }[]
  readonly cuts: readonly Span[]
  /** What stands afterwards. */
  readonly result: string
}

/** The brackets without those of a place that is kept, also such as are round no word yet. Of the segments only the length is that of the words then. */
export interface StandingAfter {
  readonly segments: readonly Segment[]
  readonly brackets: readonly BracketView[]
}

export function standingAfter(unit: UnitView, written: Written): StandingAfter {
  const runs = runsOf(unit)
  const letters = lettersOf(unit, runs, written)
  const standing = unit.brackets.filter(({ placeholder }) => !placeholder)
  const ids = new Set(standing.map(({ id }) => id))
  return {
    segments: unit.segments.map((part, index) => ({ ...part, to: part.from + letters.filter(({ segment }) => segment === index).length })),
    brackets: [...ids].flatMap((id) => meeting(standing.filter((bracket) => bracket.id === id).flatMap((bracket) =>
      inTexts(runs, bracket).flatMap((part) => left(letters, bracket, part, isIn(written.cuts, part.from)))))),
  }
}

const isIn = (spans: readonly Span[], at: number): boolean => spans.some(({ from, to }) => from <= at && at < to)

/** Where a segment stands in its paragraph. Those of one text are of one run where they follow each other. */
interface Run extends Span {
  readonly segment: number
  readonly run: number
}

function runsOf({ segments }: UnitView): Run[] {
  const runs: Run[] = []
  for (const [index, part] of segments.entries()) {
    const last = runs.at(-1)
    const from = last?.to ?? 0
    runs.push({ from, to: from + part.to - part.from, segment: index, run: last !== undefined && segments[index - 1]!.text === part.text ? last.run : index })
  }
  return runs
}

interface Letter {
  readonly letter: string
  /** Its place in the paragraph; null of a new letter. */
  readonly old: number | null
  /** Before which of the letters that stay it was written: those struck there lie before it, as far as its segment goes. */
  readonly before: number
  readonly segment: number
  readonly run: number
}

/** The letters in the order in which they stand, less the spaces that the result has not. What is put at a seam goes to the text before it. */
function lettersOf({ atoms }: UnitView, runs: readonly Run[], { hunks, cuts, result }: Written): Letter[] {
  const letters: Letter[] = []
  for (const [segment, { from, to, run }] of runs.entries()) {
    for (let at = from; at <= to; at++) {
      let before = at
      while (before < to && isIn(cuts, before)) before++
      const put = segment === 0 || at > from ? hunks.filter((hunk) => hunk.at === at).map(({ words }) => words).join('') : ''
      for (let place = 0; place < put.length; place++) letters.push({ letter: put[place]!, old: null, before, segment, run })
      if (at < to && !isIn(cuts, at)) letters.push({ letter: atoms[at]!, old: at, before: at, segment, run })
    }
  }
  let match = 0
  return letters.filter(({ letter }) => letter === result[match] && ++match > 0)
}

/** In a paragraph of several joined texts a bracket is one in each. */
function inTexts(runs: readonly Run[], { from, to }: Span): Run[] {
  const spans: Run[] = []
  for (const { from: start, to: end, segment, run } of runs) {
    const span = { from: Math.max(from, start), to: Math.min(to, end), segment, run }
    const before = spans.at(-1)
    const isUnseen = from === to && span.from === span.to && before === undefined
    if (span.to > span.from && before?.run === run) spans[spans.length - 1] = { ...before, to: span.to }
    else if (span.to > span.from || isUnseen) spans.push(span)
  }
  return spans
}

/**
 * A bracket holds on to its first and its last letter, also when they are struck: what is written there comes behind them.
 * One that goes on in a paragraph behind is there without a word, since words that are put at the end of this one come within it.
 */
function left(letters: readonly Letter[], bracket: BracketView, { from, to, segment, run }: Run, isOpeningStruck: boolean): BracketView[] {
  const opensBefore = bracket.opensBefore === true && from === bracket.from
  const closesBehind = bracket.closesBehind === true && to === bracket.to
  const [first, last] = [opensBefore ? from : from + 1, closesBehind ? to : to - 1]
  const isWithin = ({ old, before, run: own }: Letter): boolean => own === run && (old === null ? before >= first && before <= last : old >= from && old < to)
  const [start, end] = [letters.findIndex(isWithin), letters.findLastIndex(isWithin) + 1]
  const opens = opensBefore || isOpeningStruck
  if (end > 0) return [bracketAt(bracket, { from: start, to: end }, opens, closesBehind)]
  const seam = letters.filter((letter) => letter.segment <= segment).length
  const isPutThere = segment === 0 || letters.some((letter) => letter.segment === segment)
  return opens && closesBehind && isPutThere ? [bracketAt(bracket, { from: seam, to: seam }, opens, closesBehind)] : []
}

/** Brackets of one decision that touch are one. */
const meeting = (spans: readonly BracketView[]): BracketView[] =>
  spans.reduce<BracketView[]>((all, span) => {
    const last = all.at(-1)
    if (last?.to !== span.from) return [...all, span]
    return [...all.slice(0, -1), bracketAt(span, { from: last.from, to: span.to }, last.opensBefore === true, span.closesBehind === true)]
  }, [])

const bracketAt = ({ id, by, placeholder }: BracketView, { from, to }: Span, opensBefore: boolean, closesBehind: boolean): BracketView =>
  ({ id, by, placeholder, from, to, ...(opensBefore ? { opensBefore } : {}), ...(closesBehind ? { closesBehind } : {}) })
