/** What was said in threads, as a Word file's comments: each on the words it is about where they stand in one piece, else on its paragraph. */
import { limits } from '../../../wire/limits.ts'
import type { WordComment } from '../file.ts'
import type { SheetParagraph, Stretch } from './changes.ts'

export interface SheetComment {
  readonly author: string
  readonly at: string | null
  readonly words: string
  /** The words that it is on; empty for the whole paragraph. */
  readonly on: string
}

export type Commented = Stretch | { readonly opens: SheetComment } | { readonly closes: SheetComment }

export function commented(stretches: readonly Stretch[], comments: readonly SheetComment[]): Commented[] {
  let parts: Commented[] = [...stretches]
  for (const comment of comments) {
    const at = comment.on === '' ? -1 : parts.findIndex((part) => 'words' in part && part.isNumber !== true && part.words.includes(comment.on))
    const stretch = parts[at]
    if (stretch === undefined || !('words' in stretch)) {
      parts = [{ opens: comment }, ...parts, { closes: comment }]
      continue
    }
    const from = stretch.words.indexOf(comment.on)
    const [before, behind] = [stretch.words.slice(0, from), stretch.words.slice(from + comment.on.length)]
    parts.splice(at, 1, ...(before === '' ? [] : [{ ...stretch, words: before }]), { opens: comment }, { ...stretch, words: comment.on }, { closes: comment }, ...(behind === '' ? [] : [{ ...stretch, words: behind }]))
  }
  return parts
}

/** A file's comments on its own text: each on the first paragraph that has its words, or their beginning, else on the first of all. */
export function withComments(paragraphs: readonly SheetParagraph[], comments: readonly WordComment[]): SheetParagraph[] {
  const texts = paragraphs.map(({ stretches }) => stretches.map(({ words, isNumber }) => (isNumber === true ? '' : words)).join(''))
  const on = new Map<number, SheetComment[]>()
  for (const { author, at, words, on: quote } of comments) {
    const said = quote.trim()
    const whole = said === '' ? -1 : texts.findIndex((text) => text.includes(said))
    const place = whole !== -1 || said === '' ? whole : texts.findIndex((text) => text.includes(said.slice(0, limits.quoteBeginningCharacters)))
    const found = Math.max(place, 0)
    on.set(found, [...(on.get(found) ?? []), { author, at, words, on: place === -1 ? '' : said }])
  }
  return paragraphs.map((paragraph, at) => (on.has(at) ? { ...paragraph, comments: on.get(at)! } : paragraph))
}
