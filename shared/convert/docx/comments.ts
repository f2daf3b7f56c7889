/** Where the comments of a Word file stand in a text. Pure. */
import type { DraftView } from '../../model/units.ts'
import { limits } from '../../wire/limits.ts'
import { cleanWords } from '../../wire/words.ts'
import type { WordComment } from './file.ts'

export interface PlacedComment {
  readonly unit: string
  /** Offsets in the unit's atoms; equal for the whole paragraph. */
  readonly from: number
  readonly to: number
  readonly comment: WordComment
}

/** On so few letters a comment is told by its words alone, and those stand anywhere. */
const lettersToFindMin = 3

export function placeOf(comment: WordComment, view: DraftView): PlacedComment | null {
  const on = comment.on.trim()
  if (on.length < lettersToFindMin) return null
  for (const unit of view.units) {
    const from = unit.atoms.indexOf(on)
    if (from !== -1) return { unit: unit.id, from, to: from + on.length, comment }
  }
  const beginning = on.slice(0, limits.quoteBeginningCharacters)
  const unit = view.units.find(({ words }) => words.includes(beginning))
  return unit === undefined ? null : { unit: unit.id, from: 0, to: 0, comment }
}

/** What begins a thread of a draft that is made from a file: `unit` is a place in the order of the page, offsets are those of its atoms. */
export interface Remark {
  readonly unit: number
  readonly from: number
  readonly to: number
  readonly words: string
}

/**
 * All comments that have words, as remarks on a text that is not empty. Whoever raises them is not who wrote them, so each says its author; one
 * whose words the text does not have says those too, and stands on the first paragraph. What is more than one command holds is `left`.
 */
export function remarksOf(comments: readonly WordComment[], view: DraftView): { readonly remarks: readonly Remark[]; readonly left: readonly WordComment[] } {
  const places = new Map(view.units.map(({ id }, at) => [id, at]))
  const remarks: Remark[] = []
  const left: WordComment[] = []
  let characters = 0
  for (const comment of comments) {
    if (comment.words.trim() === '') continue
    const placed = placeOf(comment, view)
    const on = comment.on.trim()
    const author = placed !== null || on === '' ? comment.author : `${comment.author} (on “${on}”)`
    const words = cleanWords(author.trim() === '' ? comment.words : `${author}: ${comment.words}`).trim().slice(0, limits.noteCharactersMax).replace(/[\uD800-\uDBFF]$/, '')
    if (remarks.length >= limits.remarksMax || characters + words.length > limits.remarksCharactersMax) left.push(comment)
    else {
      characters += words.length
      remarks.push({ unit: places.get(placed?.unit ?? '') ?? 0, from: placed?.from ?? 0, to: placed?.to ?? 0, words })
    }
  }
  return { remarks, left }
}
