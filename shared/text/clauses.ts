/**
 * One change in a paragraph, said so that whoever holds the paragraph can carry it out: which words, where, and what is
 * done with them. How spaces are to be understood is the practice that everybody follows without saying so:
 * - words inserted are set apart by one space, but for a comma, semicolon, full stop or colon at their beginning;
 * - where words are deleted the two spaces around them become one, and none is left before such a sign;
 * - words replaced, and words put "directly" after or before others, are taken as they are quoted;
 * - no space is left at the ends of the paragraph.
 * A clause is made in the plainest form of which this gives what is wanted. Pure.
 */
import { trimSpaces } from './compile.ts'
import { carriedOut } from './edits.ts'
import type { Replacement } from './edits.ts'
import { beforeSpaces, behindSpaces, contextAround, contextBefore, contextBehind, isBetweenWords, isUnique, isWithinLetters, wholeWords, wordBefore, wordBehind } from './places.ts'
import type { Paragraph } from './places.ts'
import { quoted, quotedStretch, quotedWords, wordsIn } from './quotes.ts'
import type { Span } from './quotes.ts'

export interface Clause {
  /** "after the words “all States”, insert the word “parties”" */
  readonly words: string
  /** What it comes to when it is carried out. */
  readonly does: Replacement
}

export interface Wanted {
  readonly paragraph: Paragraph
  /** The number of the footnote whose mark is at an offset. */
  readonly noteAt: (at: number) => number
}

/** Null where no words tell it. */
export function clauseOf(wanted: Wanted, change: Replacement): Clause | null {
  const { atoms } = wanted.paragraph
  const result = trimSpaces(carriedOut(atoms, [change]))
  const isRight = ({ does }: Clause): boolean => trimSpaces(carriedOut(atoms, [does])) === result
  const isBlank = (words: string): boolean => /^ *$/.test(words)
  const plain = isBlank(atoms.slice(change.from, change.to)) ? insertions : isBlank(change.words) ? deletions : () => []
  return plain(wanted, change).find(isRight) ?? replacements(wanted, change).find(isRight) ?? null
}

/** A stretch of the paragraph in quotes, the marks in it in words. */
export const said = ({ paragraph, noteAt }: Wanted, { from, to }: Span): string =>
  quotedStretch(paragraph.atoms.slice(from, to), (at) => noteAt(from + at))

const apart = (words: string): string => (/^[,;.:]/.test(words) ? words : ` ${words}`)

/** A clause and the words that it quotes to tell a place. */
interface Told {
  readonly told: readonly Span[]
  readonly clause: Clause
}

/** Fewest quoted words first. */
const byBrevity = (atoms: string, options: readonly Told[]): Clause[] => {
  const length = (told: readonly Span[]): number => told.reduce((sum, { from, to }) => sum + wordsIn(atoms.slice(from, to)).length, 0)
  return [...options].sort((left, right) => length(left.told) - length(right.told)).map(({ clause }) => clause)
}

function insertions(wanted: Wanted, change: Replacement): Clause[] {
  const { paragraph } = wanted
  const { atoms } = paragraph
  const words = trimSpaces(change.words)
  const from = beforeSpaces(atoms, change.from)
  const to = behindSpaces(atoms, change.to)
  if (words === '' || !isBetweenWords(paragraph, from) || !isBetweenWords(paragraph, to)) return []
  if (from === 0) return [{ words: `at the beginning, insert ${quoted(words)}`, does: { from, to, words: `${words} ` } }]
  if (to === atoms.length) return [{ words: `at the end, add ${quoted(words)}`, does: { from, to, words: apart(words) } }]
  const [before, behind] = [contextBefore(paragraph, from), contextBehind(paragraph, to)]
  const behindWords: Replacement = { from, to: from, words: apart(words) }
  const insert = `insert ${quotedWords(words)}`
  const options: Told[] = [
    ...(before === null ? [] : [{ told: [before], clause: { words: `after ${said(wanted, before)}, ${insert}`, does: behindWords } }]),
    ...(behind === null ? [] : [{ told: [behind], clause: { words: `before ${said(wanted, behind)}, ${insert}`, does: { from: to, to, words: `${words} ` } } }]),
  ]
  const around = options.length > 0 ? null : contextAround(paragraph, from)
  if (around !== null) options.push({ told: around, clause: { words: `between ${said(wanted, around[0])} and ${said(wanted, around[1])}, ${insert}`, does: behindWords } })
  return byBrevity(atoms, options)
}

/** "after the words “C”, " or "before the words “D”, " where the words themselves come again; null where nothing tells them. */
export function whereOf(wanted: Wanted, span: Span): string | null {
  const { paragraph } = wanted
  if (isUnique(paragraph.atoms, span)) return ''
  const [before, behind] = [contextBefore(paragraph, span.from), contextBehind(paragraph, span.to)]
  const places = [
    ...(before === null ? [] : [{ told: [before], clause: { words: `after ${said(wanted, before)}, `, does: { ...span, words: '' } } }]),
    ...(behind === null ? [] : [{ told: [behind], clause: { words: `before ${said(wanted, behind)}, `, does: { ...span, words: '' } } }]),
  ]
  return byBrevity(paragraph.atoms, places)[0]?.words ?? null
}

function deletions(wanted: Wanted, change: Span): Clause[] {
  const { paragraph } = wanted
  const { atoms } = paragraph
  const span = { from: behindSpaces(atoms, change.from), to: beforeSpaces(atoms, change.to) }
  if (!isBetweenWords(paragraph, span.from) || !isBetweenWords(paragraph, span.to)) return []
  const where = whereOf(wanted, span)
  return where === null ? [] : [{ words: `${where}delete ${said(wanted, span)}`, does: leftOut(atoms, span) }]
}

function leftOut(atoms: string, { from, to }: Span): Replacement {
  const hasSpace = atoms[from - 1] === ' '
  const end = hasSpace && atoms[to] === ' ' ? to + 1 : to
  return { from: hasSpace && /^[,;.:]/.test(atoms.slice(end)) ? from - 1 : from, to: end, words: '' }
}

/** Whole words for whole words; where none stand beside the change, the very signs, or "directly" beside a footnote's mark. */
function replacements(wanted: Wanted, change: Replacement): Clause[] {
  const { paragraph } = wanted
  const { atoms } = paragraph
  const whole = withItsSpaces(atoms, inWholeWords(paragraph, change))
  if (whole.from === whole.to) return directly(wanted, whole)
  const told = unmistakable(paragraph, whole)
  const where = whereOf(wanted, told)
  if (where === null) return []
  if (told.words === '') return [{ words: `${where}delete ${said(wanted, told)}`, does: leftOut(atoms, told) }]
  return [{ words: `${where}replace ${said(wanted, told)} with ${quotedWords(told.words)}`, does: told }]
}

function directly(wanted: Wanted, { from, to, words }: Replacement): Clause[] {
  const [before, behind] = [contextBefore(wanted.paragraph, from), contextBehind(wanted.paragraph, to)]
  const insert = `insert ${quotedWords(words)}`
  return [
    ...(before?.to === from ? [{ words: `directly after ${said(wanted, before)}, ${insert}`, does: { from, to, words } }] : []),
    ...(behind?.from === to ? [{ words: `directly before ${said(wanted, behind)}, ${insert}`, does: { from, to, words } }] : []),
  ]
}

function grown(atoms: string, change: Replacement, { from, to }: Span): Replacement {
  return { from, to, words: atoms.slice(from, change.from) + change.words + atoms.slice(change.to, to) }
}

/** The change with as much beside it as makes both sides of it words that can be quoted. */
function inWholeWords(paragraph: Paragraph, change: Replacement): Replacement {
  const { atoms } = paragraph
  let whole = grown(atoms, change, wholeWords(paragraph, change))
  for (;;) {
    const old = atoms.slice(whole.from, whole.to)
    const isEmpty = old === '' || whole.words === ''
    const result = carriedOut(atoms, [whole])
    const before = wordBefore(paragraph, whole.from)
    const behind = wordBehind(paragraph, whole.to)
    const isOpenBefore = old.startsWith(' ') || whole.words.startsWith(' ') || isWithinLetters(result, whole.from)
    const isOpenBehind = old.endsWith(' ') || whole.words.endsWith(' ') || isWithinLetters(result, whole.from + whole.words.length)
    if (before !== null && (isOpenBefore || (isEmpty && !isOpenBehind))) whole = grown(atoms, whole, { from: before, to: whole.to })
    else if (behind !== null && (isOpenBehind || isEmpty)) whole = grown(atoms, whole, { from: whole.from, to: behind })
    else if (before !== null && isEmpty) whole = grown(atoms, whole, { from: before, to: whole.to })
    else return whole
  }
}

/** Where no word bounds the change, all the spaces there do, for of several nobody could tell which is meant. */
function withItsSpaces(atoms: string, change: Replacement): Replacement {
  const old = atoms.slice(change.from, change.to)
  return grown(atoms, change, {
    from: old === '' || old.startsWith(' ') ? beforeSpaces(atoms, change.from) : change.from,
    to: old === '' || old.endsWith(' ') ? behindSpaces(atoms, change.to) : change.to,
  })
}

/** How many words beside it are quoted along, before its place is told by others. */
const besideMax = 6

/** The change with as few words beside it as make it one place; as it was where that takes many and its place can be told. */
function unmistakable(paragraph: Paragraph, change: Replacement): Replacement {
  const { atoms } = paragraph
  for (let added = 0; added <= besideMax; added++) {
    for (let before = added; before >= 0; before--) {
      const span = besides(paragraph, change, before, added - before)
      if (span !== null && isUnique(atoms, span)) return grown(atoms, change, span)
    }
  }
  if (contextBefore(paragraph, change.from) !== null || contextBehind(paragraph, change.to) !== null) return change
  for (let span: Span = change; ;) {
    const [from, to] = [wordBefore(paragraph, span.from), wordBehind(paragraph, span.to)]
    if (isUnique(atoms, span) || (from === null && to === null)) return grown(atoms, change, span)
    span = { from: from ?? span.from, to: to ?? span.to }
  }
}

function besides(paragraph: Paragraph, span: Span, before: number, behind: number): Span | null {
  let from: number | null = span.from
  let to: number | null = span.to
  for (let count = 0; count < before && from !== null; count++) from = wordBefore(paragraph, from)
  for (let count = 0; count < behind && to !== null; count++) to = wordBehind(paragraph, to)
  return from === null || to === null ? null : { from, to }
}
