/** What an amendment of words changes in its paragraph, as the fewest replacements that make of the one text the other. Pure. */
import type { PlacedAmendment } from '../model/amendments.ts'
import { embedCharacter } from '../model/layout.ts'
import { asIf, compile } from './compile.ts'
import { wholeWords, type Paragraph } from './places.ts'
import type { Span } from './quotes.ts'

/** `words` in place of a stretch of a paragraph's atoms; either may be empty. */
export interface Replacement extends Span {
  readonly words: string
}

/** All of them carried out at once; they are in order and do not overlap. */
export function carriedOut(atoms: string, replacements: readonly Replacement[]): string {
  let text = ''
  let at = 0
  for (const { from, to, words } of replacements) {
    text += atoms.slice(at, from) + words
    at = to
  }
  return text + atoms.slice(at)
}

/**
 * From the atoms to the as-if text. Spaces that go at the paragraph's ends are left out: no instruction need say so.
 * Changes with no whole word and no mark between them are one.
 */
export function replacementsOf(paragraph: Paragraph, placed: PlacedAmendment): Replacement[] {
  const { atoms } = paragraph
  const found = spelled(atoms, placed).map((one) => withoutCommon(atoms, one)).filter((one) => one.words !== '' || !isEndSpace(atoms, one))
  const merged: Replacement[] = []
  for (const one of found) {
    const last = merged.at(-1)
    if (last !== undefined && isNothingBetween(paragraph, last, one)) merged[merged.length - 1] = joined(atoms, last, one)
    else merged.push(one)
  }
  return merged
}

/** Two replacements and what stands between them, as one. */
export const joined = (atoms: string, first: Replacement, second: Replacement): Replacement => ({
  from: first.from,
  to: second.to,
  words: first.words + atoms.slice(first.to, second.from) + second.words,
})

/** Letter by letter; where the as-if text lacks a space, that is one that goes (see `tidySeams`). */
function spelled(atoms: string, placed: PlacedAmendment): Replacement[] {
  const wanted = asIf(atoms, [placed])
  const found: Replacement[] = []
  let match = 0
  const change = (from: number, to: number, words: string): void => {
    const last = found.at(-1)
    if (last !== undefined && last.to === from) found[found.length - 1] = { from: last.from, to, words: last.words + words }
    else found.push({ from, to, words })
  }
  for (const run of compile(atoms, [placed])) {
    const start = run.kind === 'base' ? run.from : run.at
    if (run.kind === 'base' && run.cutBy.length > 0) change(start, start + run.words.length, '')
    else for (let at = 0; at < run.words.length; at++) {
      const stands = run.words[at] === wanted[match]
      if (stands) match++
      if (run.kind === 'proposed' && stands) change(start, start, run.words[at]!)
      if (run.kind === 'base' && !stands) change(start + at, start + at + 1, '')
    }
  }
  return found
}

/** Less what is the same at both ends; no character is cut in two. */
function withoutCommon(atoms: string, { from, to, words }: Replacement): Replacement {
  const old = [...atoms.slice(from, to)]
  const next = [...words]
  let start = 0
  while (start < old.length && start < next.length && old[start] === next[start]) start++
  let end = 0
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end++
  const length = (letters: readonly string[]): number => letters.join('').length
  return {
    from: from + length(old.slice(0, start)),
    to: to - length(old.slice(old.length - end)),
    words: next.slice(start, next.length - end).join(''),
  }
}

/** Also what changes nothing. */
const isEndSpace = (atoms: string, { from, to }: Span): boolean =>
  from === to || (/^ *$/.test(atoms.slice(from, to)) && (/^ *$/.test(atoms.slice(0, from)) || /^ *$/.test(atoms.slice(to))))

function isNothingBetween(paragraph: Paragraph, first: Span, second: Span): boolean {
  const [from, to] = [wholeWords(paragraph, first).to, wholeWords(paragraph, second).from]
  return !paragraph.words.some((word) => word.from >= from && word.to <= to) && !paragraph.atoms.slice(from, to).includes(embedCharacter)
}
