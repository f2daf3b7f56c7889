/**
 * The words of a paragraph as they are edited in a plain field, and what was changed in them word by word. The mark of
 * a footnote stands in the field as "[footnote 3]": it can stay or be taken out with its footnote, not be put elsewhere. Pure.
 */
import { cleanWords, embedCharacter } from '../model/layout.ts'
import type { OralEdit } from './oral-revision.ts'
import { carriedOut } from './edits.ts'
import { wordDiff } from './word-diff.ts'

interface Words {
  readonly atoms: string
  /** Of its footnotes, in order. */
  readonly notes: readonly { readonly number: number }[]
}

const said = (number: number): string => `[footnote ${number}]`
/** One letter for each mark, which no text has, so that none is taken for another. */
const letterOf = (index: number): string => String.fromCharCode(0xe000 + index)
const anyLetter = /[\uE000-\uF8FF]/

export function fieldOf({ atoms, notes }: Words): string {
  let next = 0
  return atoms.replaceAll(embedCharacter, () => said(notes[next++]?.number ?? 0))
}

/** What was typed, carried out on the paragraph's words, as the field then has it. */
export const fieldAfter = (words: Words, edits: readonly OralEdit[]): string =>
  words.notes.reduce((text, { number }, index) => text.replace(letterOf(index), said(number)), carriedOut(lettered(words), edits))

/** Null where a footnote's mark was put elsewhere. */
export function editsOf(words: Words, typed: string): OralEdit[] | null {
  const wanted = words.notes.reduce((text, { number }, index) => text.replace(said(number), letterOf(index)), cleanWords(typed.replace(anyLetter, '')))
  const edits: OralEdit[] = []
  let at = 0
  for (const part of wordDiff(lettered(words), wanted)) {
    const last = edits.at(-1)
    if (part.kind === 'new') {
      if (anyLetter.test(part.words)) return null
      if (last?.to === at && last.words === '') edits[edits.length - 1] = { ...last, words: part.words }
      else edits.push({ from: at, to: at, words: part.words })
      continue
    }
    if (part.kind === 'struck') edits.push({ from: at, to: at + part.words.length, words: '' })
    at += part.words.length
  }
  return edits
}

function lettered({ atoms }: Words): string {
  let next = 0
  return atoms.replaceAll(embedCharacter, () => letterOf(next++))
}

/** The place behind these words in a paragraph; null where they are not there once. Marks of footnotes may be left out at their end. */
export function placeBehind({ atoms }: Words, typed: string): number | null {
  const words = typed.trim()
  const at = words === '' ? -1 : atoms.indexOf(words)
  return at === -1 || atoms.indexOf(words, at + 1) !== -1 ? null : at + words.length
}
