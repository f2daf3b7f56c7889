/** What the library's lists say of a paragraph: how much of it is in the draft, and how words that were found differ. Pure. */
import { lettersIn } from '../../shared/text/derivations.ts'
import type { SourceParagraph } from '../../shared/text/paragraphs.ts'
import { wordDiff } from '../../shared/text/word-diff.ts'
import type { WordPart } from '../../shared/text/word-diff.ts'
import type { SearchHit } from '../../shared/wire/sources.ts'
import type { Origins } from '../api.ts'

export interface Mark {
  /** Of its letters and figures, those that stand in the draft: from 0 to 1. */
  readonly share: number
  readonly units: readonly string[]
  readonly leftOut: string | null
}

/** Of each paragraph of a source, by its place. Letters that stand twice in the draft count once at most in all. */
export function marksOf({ units, destinations }: Origins, source: number, paragraphs: readonly SourceParagraph[]): Mark[] {
  const letters = new Map<number, number>()
  for (const { sources } of units) {
    for (const one of sources) if (one.source === source) letters.set(one.paragraph, (letters.get(one.paragraph) ?? 0) + one.letters)
  }
  const told = new Map(destinations.filter((one) => one.source === source).map((one) => [one.paragraph, one]))
  return paragraphs.map(({ words }, place): Mark => ({
    share: Math.min(1, (letters.get(place) ?? 0) / Math.max(1, lettersIn(words))),
    units: told.get(place)?.units ?? [],
    leftOut: told.get(place)?.leftOut ?? null,
  }))
}

/** `around` is what stands before and behind what was looked for. */
export type FoundPart = { readonly kind: WordPart['kind'] | 'around'; readonly words: string }

/** A paragraph in which words were found, with how they stand there: from what was looked for to what is there. */
export function foundParts(asked: string, { words, exact }: Pick<SearchHit, 'words' | 'exact'>, whole: boolean): FoundPart[] {
  const spot = exact ? spotOf(asked, words) : null
  if (spot !== null) return filled([{ kind: 'around', words: words.slice(0, spot.from) }, { kind: 'kept', words: words.slice(spot.from, spot.to) }, { kind: 'around', words: words.slice(spot.to) }])
  const parts: FoundPart[] = withoutCapitals(wordDiff(asked.trim(), words))
  if (whole) return parts
  const isAround = (part: FoundPart | undefined): part is FoundPart => part?.kind === 'new'
  const [first, last] = [parts[0], parts.at(-1)]
  if (isAround(first)) parts[0] = { kind: 'around', words: first.words }
  if (parts.length > 1 && isAround(last)) parts[parts.length - 1] = { kind: 'around', words: last.words }
  return parts
}

/** What differs in capitals alone is the same. */
function withoutCapitals(parts: readonly FoundPart[]): FoundPart[] {
  const told: FoundPart[] = []
  for (const part of parts) {
    const last = told.at(-1)
    const isSame = last?.kind === 'struck' && part.kind === 'new' && last.words.toLowerCase() === part.words.toLowerCase()
    if (isSame) told.pop()
    const now: FoundPart = isSame ? { kind: 'kept', words: part.words } : part
    const before = told.at(-1)
    if (before?.kind === 'kept' && now.kind === 'kept') told[told.length - 1] = { kind: 'kept', words: before.words + now.words }
    else told.push(now)
  }
  return told
}

const filled = (parts: readonly FoundPart[]): FoundPart[] => parts.filter((part) => part.words !== '')

/** The same words whatever signs and capitals stand between. */
function spotOf(asked: string, words: string): { from: number; to: number } | null {
  const tokens = asked.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  if (tokens.length === 0) return null
  const found = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${tokens.join('[^\\p{L}\\p{M}\\p{N}]+')}(?![\\p{L}\\p{M}\\p{N}])`, 'iu').exec(words)
  return found === null ? null : { from: found.index, to: found.index + found[0].length }
}
