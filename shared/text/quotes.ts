/**
 * Words as an instruction quotes them: “…”, and ‘…’ for what the text itself has in “…”. Where single marks of the text
 * could be taken for those (a text quoted in ‘…’, or a lone ”), the words stand as they are between « and ». Pure.
 */
import { embedCharacter } from '../model/layout.ts'

export function quoted(words: string): string {
  const nested = words.replaceAll('“', '‘').replaceAll('”', '’')
  return unnested(nested) === words ? `“${nested}”` : `«${words}»`
}

/** ‘…’ read back as “…”. A ’ that closes nothing, or stands before a letter, is an apostrophe. */
function unnested(nested: string): string {
  let open = 0
  return nested.replaceAll(/‘|’(?![\p{L}\p{N}])/gu, (mark) => {
    if (mark === '‘') open++
    else if (open === 0) return mark
    else open--
    return mark === '‘' ? '“' : '”'
  })
}

const wordPattern = /[\p{L}\p{M}\p{N}]+(?:(?:[-'’‐‑]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{M}\p{N}]+)*/gu

export interface Span {
  readonly from: number
  readonly to: number
}

/** Whole words: "follow-up", "States", "1,000". */
export const wordsIn = (text: string): Span[] => [...text.matchAll(wordPattern)].map((found) => ({ from: found.index, to: found.index + found[0].length }))

/** `the word “State”`, `the words “all States,”`; what has no word in it has no noun: `“;”`. */
export function quotedWords(words: string): string {
  const count = wordsIn(words).length
  return `${count === 0 ? '' : count === 1 && !words.includes(' ') ? 'the word ' : 'the words '}${quoted(words)}`
}

/** A, A and B, A, B and C. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`

const footnoteName = (number: number): string => (number === 0 ? 'the new footnote' : `footnote ${number}`)

/**
 * A stretch of a paragraph: its words in quotes, the marks of footnotes named in words, as in `the words “all forms”,
 * footnote 3 and the words “of trafficking”`. Spaces beside a mark are not told, but where they are all there is. `noteAt` is the number of the note whose
 * mark is at an offset from the beginning of `atoms`, 0 where it has none yet.
 */
export function quotedStretch(atoms: string, noteAt: (at: number) => number): string {
  if (!atoms.includes(embedCharacter)) return quotedWords(atoms)
  const parts: string[] = []
  let at = 0
  const pieces = atoms.split(embedCharacter)
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) parts.push(footnoteName(noteAt(at - 1)))
    const words = index === 0 ? piece.trimEnd() || piece : index === pieces.length - 1 ? piece.trimStart() || piece : piece.trim()
    if (words !== '') parts.push(quotedWords(words))
    at += piece.length + 1
  }
  return listed(parts)
}
