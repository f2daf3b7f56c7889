/**
 * Places in a paragraph told by its words: which whole words lie beside a place, and how few of them occur nowhere
 * else. No stretch reaches over the mark of a footnote; but a mark is of one place only, so a stretch may begin or end
 * with one. Offsets are those of the unit's atoms. Pure.
 */
import { embedCharacter } from '../model/layout.ts'
import { outsidePair } from '../model/texts.ts'
import { wordsIn } from './quotes.ts'
import type { Span } from './quotes.ts'

export interface Paragraph {
  readonly atoms: string
  readonly words: readonly Span[]
}

export const paragraphOf = (atoms: string): Paragraph => ({ atoms, words: wordsIn(atoms) })

/** Whether a place is not within a word, nor within a character. */
export const isBetweenWords = ({ atoms, words }: Paragraph, at: number): boolean =>
  outsidePair(atoms, at) === at && !words.some((word) => word.from < at && at < word.to)

/** The place, or where the word that it is in begins and ends. */
export function wholeWords({ atoms, words }: Paragraph, { from, to }: Span): Span {
  const start = words.find((word) => word.from < from && from < word.to)?.from ?? outsidePair(atoms, from)
  const end = words.find((word) => word.from < to && to < word.to)?.to ?? (outsidePair(atoms, to) === to ? to : to + 1)
  return { from: start, to: end }
}

/** Where the word before a place begins, or what stands there instead of words; null beside a mark or an end. */
export function wordBefore({ atoms, words }: Paragraph, at: number): number | null {
  const start = atoms.lastIndexOf(embedCharacter, at - 1) + 1
  const free = at === 0 ? 0 : start
  const word = words.findLast(({ from, to }) => from >= free && to <= at && from < at)
  if (word !== undefined) return word.from
  const first = behindSpaces(atoms, free)
  return first < at ? first : null
}

/** Where the word behind a place ends; null as above. */
export function wordBehind({ atoms, words }: Paragraph, at: number): number | null {
  const mark = atoms.indexOf(embedCharacter, at)
  const end = mark === -1 ? atoms.length : mark
  const word = words.find(({ from, to }) => from >= at && to <= end)
  if (word !== undefined) return word.to
  const last = beforeSpaces(atoms, end)
  return last > at ? last : null
}

/** The place before the spaces that stand before it; the place behind the spaces that stand there. */
export function beforeSpaces(atoms: string, at: number): number {
  let place = at
  while (atoms[place - 1] === ' ') place--
  return place
}

export function behindSpaces(atoms: string, at: number): number {
  let place = at
  while (atoms[place] === ' ') place++
  return place
}

const letter = /[\p{L}\p{M}\p{N}]/u

/** Two letters side by side: no reader takes the place between them for the end of a word. */
export function isWithinLetters(text: string, at: number): boolean {
  const last = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
  const next = at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : ''
  return letter.test(last) && letter.test(next)
}

/** Where these words stand, read as whole words even where a hyphen joins them to others. */
function placesOf(atoms: string, words: string): number[] {
  const places: number[] = []
  for (let at = atoms.indexOf(words); at !== -1; at = atoms.indexOf(words, at + 1)) {
    if (!isWithinLetters(atoms, at) && !isWithinLetters(atoms, at + words.length)) places.push(at)
  }
  return places
}

export const isUnique = (atoms: string, { from, to }: Span): boolean => {
  const words = atoms.slice(from, to)
  return words.includes(embedCharacter) || placesOf(atoms, words).length === 1
}

/** As few words as tell the place they end at, or null where even all before it come again. */
export function contextBefore(paragraph: Paragraph, at: number): Span | null {
  const { atoms } = paragraph
  const to = beforeSpaces(atoms, at)
  for (let from = to; ;) {
    const next = wordBefore(paragraph, from)
    if (next === null) {
      const mark = beforeSpaces(atoms, from) - 1
      return atoms[mark] === embedCharacter ? { from: mark, to } : null
    }
    from = next
    if (isUnique(atoms, { from, to })) return { from, to }
  }
}

/** As few words as tell the place they begin at. */
export function contextBehind(paragraph: Paragraph, at: number): Span | null {
  const { atoms } = paragraph
  const from = behindSpaces(atoms, at)
  for (let to = from; ;) {
    const next = wordBehind(paragraph, to)
    if (next === null) {
      const mark = behindSpaces(atoms, to)
      return atoms[mark] === embedCharacter ? { from, to: mark + 1 } : null
    }
    to = next
    if (isUnique(atoms, { from, to })) return { from, to }
  }
}

/** Words before and behind a place that tell it together, where neither do alone. */
export function contextAround(paragraph: Paragraph, at: number): readonly [Span, Span] | null {
  const { atoms } = paragraph
  const to = beforeSpaces(atoms, at)
  const start = behindSpaces(atoms, at)
  let from = wordBefore(paragraph, to)
  let end = wordBehind(paragraph, start)
  while (from !== null && end !== null) {
    const [before, behind] = [{ from, to }, { from: start, to: end }]
    if (isUniqueSeam(atoms, before, behind)) return [before, behind]
    const [earlier, later] = [wordBefore(paragraph, from), wordBehind(paragraph, end)]
    if (earlier === null && later === null) return null
    from = earlier ?? from
    end = later ?? end
  }
  return null
}

function isUniqueSeam(atoms: string, before: Span, behind: Span): boolean {
  const starts = new Set(placesOf(atoms, atoms.slice(behind.from, behind.to)))
  const ends = placesOf(atoms, atoms.slice(before.from, before.to)).map((at) => behindSpaces(atoms, at + before.to - before.from))
  return ends.filter((end) => starts.has(end)).length === 1
}
