/** What was said in threads, as a Word file's comments: each on the words it is about where they stand in one piece, else on its paragraph. */
import type { Stretch } from './changes.ts'

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
