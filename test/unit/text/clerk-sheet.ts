/** The sheets that a clerk carries instructions out on: paragraphs as they are printed, and the footnotes at their foot. */

export interface PlainBracket {
  readonly from: number
  readonly to: number
  /** Round a place that is kept for words to come: it stays round whatever the paragraph holds. */
  readonly placeholder: boolean
}

export interface PlainParagraph {
  readonly kind: string
  readonly depth: number
  /** What stands before its words on the page: "5.", "(a)", "". */
  readonly printed: string
  /** The mark of footnote n is the one letter `markOf(n)`; that of one without a number yet `markOf(0)`. */
  readonly words: string
  /** Square brackets, by the places in `words` where they open and close, closed up to the words. */
  readonly brackets: readonly PlainBracket[]
  /** What instructions call it that were written while it was only proposed; it has no number yet. */
  readonly proposed?: string
  /** Its words when the instructions were written, if one of them has put others in their place: it is called by these. */
  readonly was?: string
}

export interface PlainDraft {
  readonly paragraphs: readonly PlainParagraph[]
  /** The words of footnotes, by their numbers. */
  readonly notes: ReadonlyMap<number, string>
}

export const markOf = (note: number): string => String.fromCharCode(0xe000 + note)

export const anyMark = '[\\uE000-\\uF8FF]'

export const trimmed = (words: string): string => words.replace(/^ +| +$/g, '')

/** Brackets close up to the words: no space at their ends is seen. */
export function closedUp(words: string, { from, to, placeholder }: PlainBracket): PlainBracket {
  let [start, end] = [from, to]
  while (!placeholder && start < end && words[start] === ' ') start++
  while (!placeholder && start < end && words[end - 1] === ' ') end--
  return { from: start, to: end, placeholder }
}

/** In the order in which they open, the outer one first. */
export const inOrder = (brackets: readonly PlainBracket[]): PlainBracket[] =>
  [...brackets].sort((left, right) => left.from - right.from || right.to - left.to || Number(right.placeholder) - Number(left.placeholder))

/** From one place of a paragraph to another, with the brackets that are round any of it. */
export function partOf({ words, brackets }: PlainParagraph, from: number, to: number): { readonly words: string; readonly brackets: readonly PlainBracket[] } {
  const part = words.slice(from, to)
  const kept = brackets
    .map((one) => ({ ...one, from: Math.max(one.from, from) - from, to: Math.min(one.to, to) - from }))
    .map((one) => closedUp(part, one))
  return { words: part, brackets: kept.filter((one) => one.placeholder || one.to > one.from) }
}

/** Without the spaces at its ends. */
export function squared<P extends PlainParagraph>(paragraph: P): P {
  const from = /^ */.exec(paragraph.words)![0].length
  return { ...paragraph, ...partOf(paragraph, from, Math.max(from, paragraph.words.replace(/ +$/, '').length)) }
}

export class Misunderstood extends Error {}
