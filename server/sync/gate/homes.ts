/** Where a new item stands: its parent, or that of the items it was written between. */
import * as Y from 'yjs'
import { Refusal } from '../../../shared/wire/errors.ts'
import { find } from './context.ts'
import type { Context } from './context.ts'
import type { Holder, Home, Id, Parts, Struct } from './types.ts'

/** Throws Refusal `unknown-place`, `bad-container` or `split-surrogate`. */
export function homeOf(context: Context, item: Parts): Home {
  const left = item.origin === null ? null : homeBeside(context, item.origin, 1)
  const right = item.right === null ? null : homeBeside(context, item.right, 0)
  if (left !== null && right !== null && (left.holder !== right.holder || left.sub !== right.sub)) throw new Refusal('bad-container')
  return left ?? right ?? homeNamed(context, item)
}

/** The home of the item that has this letter; Yjs will cut it `after` so many letters from there. */
function homeBeside(context: Context, id: Id, after: 0 | 1): Home {
  const there = find(context, id)
  if (there === null) throw new Refusal('unknown-place')
  if (there instanceof Y.Item) {
    if (there.content instanceof Y.ContentString && cutsPair(there.content.str, id.clock - there.id.clock + after)) {
      throw new Refusal('split-surrogate')
    }
    return { holder: there.parent as unknown as Holder, sub: there.parentSub }
  }
  const content = there.item!.content
  if (content.kind === 'words' && cutsPair(content.words, id.clock - there.clock + after)) throw new Refusal('split-surrogate')
  return context.homes.get(there)!
}

function homeNamed(context: Context, item: Parts): Home {
  if (typeof item.parent === 'string') {
    const root = context.doc.share.get(item.parent)
    if (root === undefined) throw new Refusal('unknown-place')
    return { holder: root as unknown as Holder, sub: item.sub }
  }
  const parent = item.parent === null ? null : find(context, item.parent)
  const holder = parent === null ? null : parent instanceof Y.Item ? storedHolder(parent) : freshHolder(parent)
  if (holder === null) throw new Refusal('unknown-place')
  return { holder, sub: item.sub }
}

const storedHolder = (item: Y.Item): Holder | null =>
  item.content instanceof Y.ContentType ? (item.content.type as unknown as Holder) : null

const freshHolder = (struct: Struct): Holder | null => {
  const kind = struct.item!.content.kind
  return kind === 'map' || kind === 'text' ? struct : null
}

/** Whether a cut before `at` would part the two halves of a character. */
export function cutsPair(words: string, at: number): boolean {
  if (at <= 0 || at >= words.length) return false
  const low = words.charCodeAt(at)
  if (low < 0xdc00 || low > 0xdfff) return false
  const high = words.charCodeAt(at - 1)
  return high >= 0xd800 && high <= 0xdbff
}
