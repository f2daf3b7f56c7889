/** What a transaction of the view's own did to the words, as a replacement in paragraphs. */
import type { Node } from 'prosemirror-model'
import type { Edit } from '../../shared/text/edit.ts'
import { differenceOf } from './difference.ts'
import { attrsOf, wordsOf } from './schema.ts'

export interface ViewSpot {
  readonly key: string
  readonly offset: number
}

export interface ViewChange {
  readonly from: ViewSpot
  readonly to: ViewSpot
  readonly paragraphs: readonly string[]
  /** The whole paragraph's words afterwards, and the caret in them, where all of it happened in one. */
  readonly within: { readonly words: string; readonly caret: number | null } | null
}

/**
 * Null when no word differs. `caret` is a position in `after`; `selected`, positions in `before`, is what was selected:
 * typing replaces all of that, also where the new words happen to begin or end with the same letters.
 */
export function changeBetween(before: Node, after: Node, caret: number, selected: { readonly from: number; readonly to: number }): ViewChange | null {
  const start = before.content.findDiffStart(after.content)
  const ends = before.content.findDiffEnd(after.content)
  if (start === null || ends === null) return null
  const first = before.resolve(start).index(0)
  const fromEnd = before.childCount - indexBefore(before, ends.a)
  const last = Math.max(first, before.childCount - fromEnd)
  const lastAfter = Math.max(first, after.childCount - fromEnd)
  const firstBlock = before.maybeChild(first)
  const lastBlock = before.maybeChild(last)
  if (firstBlock === null || lastBlock === null) return null
  if (last === first && lastAfter === first && after.childCount === before.childCount) return within(before, after, first, caret, selected)
  return across(before, after, first, last, lastAfter)
}

/** The block that a position ends in; one at a block's very beginning counts to it. */
function indexBefore(doc: Node, position: number): number {
  const resolved = doc.resolve(position)
  return resolved.depth > 0 ? resolved.index(0) : Math.max(0, resolved.index(0) - 1)
}

function within(before: Node, after: Node, index: number, caret: number, selected: { readonly from: number; readonly to: number }): ViewChange | null {
  const key = attrsOf(before.child(index)).key
  const now = after.child(index)
  const resolved = after.resolve(Math.min(caret, after.content.size))
  const offset = resolved.depth > 0 && resolved.index(0) === index ? resolved.parentOffset : null
  const words = wordsOf(now)
  const old = wordsOf(before.child(index))
  const difference = differenceOf(old, words, offset)
  if (difference === null) return null
  const edit = overSelection(difference, old, words, selectedIn(before, index, selected))
  return { from: { key, offset: edit.from }, to: { key, offset: edit.to }, paragraphs: [edit.words], within: { words, caret: offset } }
}

function selectedIn(doc: Node, index: number, selected: { readonly from: number; readonly to: number }): { from: number; to: number } | null {
  const from = doc.resolve(selected.from)
  const to = doc.resolve(selected.to)
  return from.depth > 0 && to.depth > 0 && from.index(0) === index && to.index(0) === index ? { from: from.parentOffset, to: to.parentOffset } : null
}

/** The difference widened to what was selected, where it lies within that. */
function overSelection(edit: Edit, old: string, words: string, selected: { from: number; to: number } | null): Edit {
  if (selected === null || edit.from < selected.from || edit.to > selected.to) return edit
  return { ...selected, words: words.slice(selected.from, words.length - (old.length - selected.to)) }
}

function across(before: Node, after: Node, first: number, last: number, lastAfter: number): ViewChange {
  const old = wordsOf(before.child(first))
  const oldLast = wordsOf(before.child(last))
  const now = Array.from({ length: Math.max(0, Math.min(lastAfter, after.childCount - 1) - first + 1) }, (_, index) => wordsOf(after.child(first + index)))
  if (now.length === 0) now.push('')
  let head = 0
  while (head < old.length && head < now[0]!.length && old[head] === now[0]![head]) head++
  const end = now.at(-1)!
  const room = Math.min(first === last ? oldLast.length - head : oldLast.length, now.length === 1 ? end.length - head : end.length)
  let tail = 0
  while (tail < room && oldLast[oldLast.length - 1 - tail] === end[end.length - 1 - tail]) tail++
  const paragraphs = now.map((words, index) => words.slice(index === 0 ? head : 0, index === now.length - 1 ? words.length - tail : undefined))
  return {
    from: { key: attrsOf(before.child(first)).key, offset: head },
    to: { key: attrsOf(before.child(last)).key, offset: oldLast.length - tail },
    paragraphs,
    within: null,
  }
}
