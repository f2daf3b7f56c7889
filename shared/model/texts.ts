/** A Y.Text read once into a string with offsets, and anchors in it. Total on whatever a client may have written. */
import * as Y from 'yjs'
import { embedCharacter } from './layout.ts'
import { forwardAnchor, returnedAnchor } from './forward.ts'
import type { Anchor } from './layout.ts'

/** One item of a text, live or deleted. `at` is the visible offset where it begins (or would, were it live). */
export interface Piece {
  readonly item: Y.Item
  readonly at: number
}

export interface Mark {
  readonly kind: 'unit' | 'note'
  readonly id: string
  readonly at: number
}

/** `words` has an embed character for each embed, so offsets in it are offsets in the Y.Text. */
export interface TextScan {
  readonly text: Y.Text
  readonly words: string
  /** The first mark of each id; a second of the same id counts for nothing. */
  readonly marks: readonly Mark[]
  /** Where embeds stand that mean nothing: a second mark of an id, or none of ours. */
  readonly strays: readonly number[]
  readonly pieces: ReadonlyMap<Y.Item, number>
}

export function scanText(text: Y.Text): TextScan {
  const parts: string[] = []
  const marks: Mark[] = []
  const strays: number[] = []
  const seen = new Set<string>()
  const pieces = new Map<Y.Item, number>()
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    pieces.set(item, at)
    if (item.deleted) continue
    const content = item.content
    if (content instanceof Y.ContentString) parts.push(content.str)
    else if (item.countable) {
      const mark = content instanceof Y.ContentEmbed ? markOf(content.embed, at) : null
      if (mark !== null && !seen.has(`${mark.kind} ${mark.id}`)) {
        seen.add(`${mark.kind} ${mark.id}`)
        marks.push(mark)
      } else for (let offset = 0; offset < item.length; offset++) strays.push(at + offset)
      parts.push(embedCharacter.repeat(item.length))
    }
    if (item.countable) at += item.length
  }
  return { text, words: parts.join(''), marks, strays, pieces }
}

function markOf(embed: unknown, at: number): Mark | null {
  if (typeof embed !== 'object' || embed === null) return null
  if ('unit' in embed && typeof embed.unit === 'string') return { kind: 'unit', id: embed.unit, at }
  if ('note' in embed && typeof embed.note === 'string') return { kind: 'note', id: embed.note, at }
  return null
}

/** Where an anchor falls. `touched`: the item it holds on to has been deleted; its place is kept all the same. */
export interface Place {
  readonly text: Y.Text
  readonly at: number
  readonly touched: boolean
}

/** The text item an anchor names, or the text itself when the anchor stands at its very beginning; null when broken. */
export function itemOf(doc: Y.Doc, anchor: Anchor): Y.Item | null {
  const [client, clock] = anchor
  if (Y.getState(doc.store, client) <= clock || clock < 0) return null
  const structs = doc.store.clients.get(client)
  if (structs === undefined) return null
  const found = structs[Y.findIndexSS(structs, clock)]
  return found instanceof Y.Item ? found : null
}

/**
 * The words between two anchors, those that have been deleted among them; with `gone` these alone, for a range that was struck out.
 * Empty where an anchor is broken.
 */
export function wordsHeld(doc: Y.Doc, [from, to]: readonly [Anchor, Anchor], gone: boolean): string {
  const first = itemOf(doc, from)
  const last = itemOf(doc, to)
  if (first === null || last === null) return ''
  let words = ''
  for (let item: Y.Item | null = first; item !== null; item = item.right) {
    const low = item === first ? from[1] - item.id.clock + (from[2] === -1 ? 1 : 0) : 0
    const high = item === last ? to[1] - item.id.clock + (to[2] === -1 ? 1 : 0) : item.length
    if (item.content instanceof Y.ContentString && (item.deleted || !gone)) words += item.content.str.slice(low, high)
    if (item === last) return words
  }
  return ''
}

/** The Y.Text an anchor's item lies in (or is), or null. */
export function textOfAnchor(doc: Y.Doc, anchor: Anchor): Y.Text | null {
  const item = itemOf(doc, anchor)
  if (item === null) return null
  if (item.content instanceof Y.ContentType && item.content.type instanceof Y.Text) return item.content.type
  return item.parent instanceof Y.Text ? item.parent : null
}

/** In the words of a proposal that was written into the base an anchor falls where those words are now. */
export function resolveAnchor(doc: Y.Doc, anchor: Anchor, scan: (text: Y.Text) => TextScan): Place | null {
  const item = itemOf(doc, anchor)
  const forward = item === null ? null : forwardAnchor(doc, item, anchor)
  const stands = returnedAnchor(doc, forward?.anchor ?? anchor)
  const now = itemOf(doc, stands)
  const place = now === null ? null : placeAt(now, stands, scan)
  return place === null ? null : { ...place, touched: place.touched || (forward?.touched ?? false) }
}

function placeAt(item: Y.Item, anchor: Anchor, scan: (text: Y.Text) => TextScan): Place | null {
  if (item.content instanceof Y.ContentType && item.content.type instanceof Y.Text) {
    return { text: item.content.type, at: 0, touched: item.deleted }
  }
  if (!(item.parent instanceof Y.Text)) return null
  const start = scan(item.parent).pieces.get(item)
  if (start === undefined) return null
  if (item.deleted) return { text: item.parent, at: start, touched: true }
  const within = anchor[1] - item.id.clock + (anchor[2] === -1 ? 1 : 0)
  return { text: item.parent, at: start + within, touched: false }
}

/** The anchor just after the character before `at`, or at the text's beginning: it stays with what it follows. */
export function anchorAfter(text: Y.Text, at: number): Anchor | null {
  if (at <= 0) return text._item === null ? null : [text._item.id.client, text._item.id.clock, -1]
  return characterAnchor(text, at - 1, -1)
}

/** The anchor just before the character at `at`: where a cut begins. */
export const anchorBefore = (text: Y.Text, at: number): Anchor | null => characterAnchor(text, at, 0)

function characterAnchor(text: Y.Text, at: number, assoc: 0 | -1): Anchor | null {
  let left = at
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (left < item.length) return [item.id.client, item.id.clock + left, assoc]
    left -= item.length
  }
  return null
}

/** An offset moved out of the middle of a surrogate pair, to its beginning. */
export function outsidePair(words: string, at: number): number {
  const code = words.charCodeAt(at)
  const before = words.charCodeAt(at - 1)
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? at - 1 : at
}

/** A range that cuts no surrogate pair: a pair of which a part is within is within; an empty range stays empty. */
export function wholeRange(words: string, from: number, to: number): { from: number; to: number } {
  const start = outsidePair(words, from)
  return { from: start, to: to <= from ? start : outsidePair(words, to) === to ? to : to + 1 }
}

export function isAnchor(value: unknown): value is Anchor {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    Number.isSafeInteger(value[0]) &&
    Number.isSafeInteger(value[1]) &&
    (value[0] as number) >= 0 &&
    (value[1] as number) >= 0 &&
    (value[2] === 0 || value[2] === -1)
  )
}
