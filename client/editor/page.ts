/** The view's document and the projection's paragraphs: positions, and the smallest replacement from one to the other. */
import type { Node } from 'prosemirror-model'
import { Selection, TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { attrsOf, schema } from './schema.ts'
import type { ViewSpot } from './read.ts'

export const docOf = (blocks: readonly Node[]): Node => schema.nodes['doc']!.create(null, [...blocks])

/** Which paragraph and offset a position is at; the nearest where it is between two. */
export function spotAt(doc: Node, position: number): ViewSpot {
  const resolved = doc.resolve(Math.max(0, Math.min(position, doc.content.size)))
  if (resolved.depth > 0) return { key: attrsOf(resolved.parent).key, offset: resolved.parentOffset }
  const next = resolved.nodeAfter
  if (next !== null) return { key: attrsOf(next).key, offset: 0 }
  const last = resolved.nodeBefore!
  return { key: attrsOf(last).key, offset: last.content.size }
}

/** The position before a paragraph, or null where there is none of that key. */
export function positionOf(doc: Node, key: string): number | null {
  let position = 0
  for (let index = 0; index < doc.childCount; index++) {
    const block = doc.child(index)
    if (attrsOf(block).key === key) return position
    position += block.nodeSize
  }
  return null
}

export function positionAt(doc: Node, spot: ViewSpot): number | null {
  const start = positionOf(doc, spot.key)
  return start === null ? null : start + 1 + Math.min(spot.offset, doc.nodeAt(start)!.content.size)
}

/** Makes the document consist of these paragraphs; those that are the same node are left alone. */
export function withBlocks(state: EditorState, blocks: readonly Node[]): Transaction {
  const { doc, tr } = state
  const count = Math.min(doc.childCount, blocks.length)
  let first = 0
  let from = 0
  while (first < count && isSame(doc.child(first), blocks[first]!)) from += doc.child(first++).nodeSize
  let same = 0
  let to = doc.content.size
  while (same < count - first && isSame(doc.child(doc.childCount - 1 - same), blocks[blocks.length - 1 - same]!)) {
    to -= doc.child(doc.childCount - 1 - same++).nodeSize
  }
  const kept = keep(doc, first, doc.childCount - same, blocks.slice(first, blocks.length - same))
  return from === to && kept.length === 0 ? tr : tr.replaceWith(from, to, kept)
}

const isSame = (left: Node, right: Node): boolean => left === right || left.eq(right)

/** Of two equal nodes the one that the view already shows, so that it need not look further. */
function keep(doc: Node, from: number, to: number, blocks: readonly Node[]): Node[] {
  const shown = new Map<string, Node>()
  for (let index = from; index < to; index++) shown.set(attrsOf(doc.child(index)).key, doc.child(index))
  return blocks.map((block) => {
    const before = shown.get(attrsOf(block).key)
    return before !== undefined && isSame(before, block) ? before : block
  })
}

/** These paragraphs, but the one of `key` as the view has it, also where it is none of them any more. */
export function withOwn(blocks: readonly Node[], { doc }: EditorState, key: string): Node[] {
  const start = positionOf(doc, key)
  const own = start === null ? null : doc.nodeAt(start)
  if (own === null) return [...blocks]
  const index = blocks.findIndex((block) => attrsOf(block).key === key)
  return index === -1 ? [own, ...blocks] : blocks.map((block, at) => (at === index ? own : block))
}

export function selectionAt(doc: Node, anchor: number | null, head: number | null): Selection {
  const to = head ?? anchor
  if (to === null) return Selection.atStart(doc)
  const ends = [anchor ?? to, to].map((position) => doc.resolve(position))
  return ends.every((end) => end.parent.inlineContent) ? TextSelection.between(ends[0]!, ends[1]!) : Selection.near(ends[1]!)
}
