/**
 * The words of a paragraph as they are edited in a plain field, and what was changed in them word by word. The mark of
 * a footnote stands in the field as "[footnote 3]": it can stay or be taken out with its footnote, not be put elsewhere. Pure.
 */
import { cleanWords, embedCharacter } from '../model/layout.ts'
import { carriedOut } from './edits.ts'
import { markLetters } from './mark-letters.ts'
import type { OralEdit } from './oral-revision.ts'
import { wordDiff } from './word-diff.ts'

interface Words {
  readonly atoms: string
  /** Of its footnotes, in order. */
  readonly notes: readonly { readonly number: number }[]
}

const said = (number: number): string => `[footnote ${number}]`

/** The words with other letters, or none, for the marks. */
function lettered({ atoms }: Words, letters: readonly string[]): string {
  let next = 0
  return atoms.replaceAll(embedCharacter, () => letters[next++] ?? '')
}

export const fieldOf = (words: Words): string => lettered(words, words.notes.map(({ number }) => said(number)))

/** What was typed, carried out on the paragraph's words, as the field then has it. */
export function fieldAfter(words: Words, edits: readonly OralEdit[]): string {
  const letters = markLetters([words.atoms, ...edits.map((edit) => edit.words)], words.notes.length)
  return words.notes.reduce((text, { number }, index) => text.replace(letters[index]!, said(number)), carriedOut(lettered(words, letters), edits))
}

/** Null where a footnote's mark was put elsewhere. */
export function editsOf(words: Words, typed: string): OralEdit[] | null {
  const letters = markLetters([words.atoms, typed], words.notes.length)
  const wanted = words.notes.reduce((text, { number }, index) => text.replace(said(number), letters[index]!), cleanWords(typed))
  const edits: OralEdit[] = []
  let at = 0
  for (const part of wordDiff(lettered(words, letters), wanted)) {
    const last = edits.at(-1)
    if (part.kind === 'new') {
      if (letters.some((letter) => part.words.includes(letter))) return null
      if (last?.to === at && last.words === '') edits[edits.length - 1] = { ...last, words: part.words }
      else edits.push({ from: at, to: at, words: part.words })
      continue
    }
    if (part.kind === 'struck') edits.push({ from: at, to: at + part.words.length, words: '' })
    at += part.words.length
  }
  return edits
}

/** The place behind these words in a paragraph; null where they are not there once. */
export function placeBehind({ atoms }: Words, typed: string): number | null {
  const words = typed.trim()
  const at = words === '' ? -1 : atoms.indexOf(words)
  return at === -1 || atoms.indexOf(words, at + 1) !== -1 ? null : at + words.length
}
