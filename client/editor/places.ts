/**
 * Places that survive change: behind a character, by that character's identity in its document. The caret, a remote
 * person's and the words of a composition are held so.
 */
import type * as Y from 'yjs'
import { hunkText, proposalText } from '../../shared/model/amendments.ts'
import { textNamed } from '../../shared/model/layout.ts'
import type { Anchor } from '../../shared/model/layout.ts'
import { runsIn } from '../../shared/model/operations.ts'
import { anchorAfter, resolveAnchor } from '../../shared/model/texts.ts'
import type { TextScan } from '../../shared/model/texts.ts'
import type { ShownBlock } from './projection.ts'

/** `behind`: the character before it, in the side or the shared document; null at the paragraph's beginning. */
export interface Place {
  readonly key: string
  readonly behind: Character | null
}

export interface Character {
  readonly side: boolean
  /** Of a sign, the character before it. */
  readonly anchor: Anchor
  /** The amendment whose sign it is, which no text holds. */
  readonly sign?: string
}

export interface Documents {
  readonly shared: Y.Doc
  readonly side: Y.Doc | null
  readonly scans: { readonly shared: (text: Y.Text) => TextScan; readonly side: (text: Y.Text) => TextScan }
}

interface Source {
  readonly side: boolean
  readonly text: Y.Text
  /** Offset of the character in the text. */
  readonly at: number
}

/** Where a character of a paragraph is from. `own` amendments are read from the side document. */
function sourceOf(docs: Documents, block: ShownBlock, index: number): Source | null {
  if (block.proposal?.own === true && !block.isCopy) {
    const text = docs.side === null ? null : proposalText(docs.side, block.proposal.view.id)
    return text === null ? null : { side: true, text, at: index }
  }
  let start = 0
  for (const run of block.runs) {
    const end = start + run.words.length
    if (index >= start && index < end) {
      if (run.kind === 'proposed') {
        const side = run.insertedBy === block.own?.amendment.id
        const doc = side ? docs.side : docs.shared
        const text = doc === null ? null : hunkText(doc, run.insertedBy, run.hunk)
        return text === null ? null : { side, text, at: run.from + index - start }
      }
      if (run.kind === 'sign') return null
      const at = run.from + index - start
      const found = block.ground === null ? undefined : runsIn(block.ground, at, at + 1)[0]
      const text = found === undefined ? undefined : textNamed(docs.shared, found.text)
      return text === undefined ? null : { side: false, text, at: found!.from }
    }
    start = end
  }
  return null
}

/** The amendment whose sign stands there. */
function signAt(block: ShownBlock, index: number): string | null {
  let start = 0
  for (const run of block.runs) {
    if (run.kind === 'sign' && index === start) return run.by
    start += run.words.length
  }
  return null
}

export function characterAt(docs: Documents, block: ShownBlock, index: number): Character | null {
  const sign = signAt(block, index)
  if (sign !== null) return { ...(index === 0 ? beginningOf(docs, block) : (characterAt(docs, block, index - 1) ?? beginningOf(docs, block))), sign }
  const source = sourceOf(docs, block, index)
  const anchor = source === null ? null : anchorAfter(source.text, source.at + 1)
  return anchor === null ? null : { side: source!.side, anchor }
}

/** A character that is nowhere: only the sign behind it counts. */
function beginningOf(docs: Documents, block: ShownBlock): Character {
  const part = block.ground?.segments[0]
  const text = part === undefined ? undefined : textNamed(docs.shared, part.text)
  const anchor = text === undefined ? null : anchorAfter(text, part!.from)
  return { side: false, anchor: anchor ?? [0, 0, -1] }
}

export const placeAt = (docs: Documents, block: ShownBlock, offset: number): Place => ({
  key: block.key,
  behind: offset <= 0 ? null : characterAt(docs, block, Math.min(offset, block.words.length) - 1),
})

export interface Found {
  readonly offset: number
  /** The character has been deleted; this is where it was. */
  readonly gone: boolean
}

/** The offset behind a character in a paragraph; null when it is in another, or nowhere. */
export function offsetBehind(docs: Documents, block: ShownBlock, character: Character): Found | null {
  if (block.isCopy) return null
  if (character.sign !== undefined) {
    let at = 0
    for (const run of block.runs) {
      at += run.words.length
      if (run.kind === 'sign' && run.by === character.sign) return { offset: at, gone: false }
    }
  }
  const doc = character.side ? docs.side : docs.shared
  const place = doc === null ? null : resolveAnchor(doc, character.anchor, character.side ? docs.scans.side : docs.scans.shared)
  if (place === null || doc === null) return null
  const gone = place.touched
  if (block.proposal?.own === true) {
    const here = character.side && proposalText(doc, block.proposal.view.id) === place.text
    return here ? { offset: place.at, gone } : null
  }
  let start = 0
  for (const run of block.runs) {
    if (run.kind === 'proposed' && character.side === (run.insertedBy === block.own?.amendment.id) && hunkText(doc, run.insertedBy, run.hunk) === place.text) {
      return { offset: start + place.at, gone }
    }
    start += run.words.length
  }
  if (character.side || block.ground === null) return null
  const base = baseOffset(docs, block, place.text, place.at)
  return base === null ? null : { offset: shownOffset(block, base), gone }
}

function baseOffset(docs: Documents, block: ShownBlock, text: Y.Text, at: number): number | null {
  let start = 0
  for (const part of block.ground?.segments ?? []) {
    if (at >= part.from && at <= part.to && textNamed(docs.shared, part.text) === text) return start + at - part.from
    start += part.to - part.from
  }
  return null
}

/** Where an offset of the base is on the page: before what is proposed there. */
export function shownOffset(block: ShownBlock, base: number): number {
  if (base <= 0) return 0
  let start = 0
  for (const run of block.runs) {
    if (run.kind === 'base' && base > run.from && base <= run.from + run.words.length) return start + base - run.from
    start += run.words.length
  }
  return start
}

/** A place among the paragraphs: in its own if it is still there, else in the one that now holds its character. */
export function findPlace(docs: Documents, blocks: ReadonlyMap<string, ShownBlock>, place: Place): { block: ShownBlock; offset: number } | null {
  const home = blocks.get(place.key)
  if (place.behind === null) return home === undefined ? null : { block: home, offset: 0 }
  const here = home === undefined ? null : offsetBehind(docs, home, place.behind)
  if (here !== null) return { block: home!, offset: here.offset }
  for (const block of blocks.values()) {
    const found = block === home ? null : offsetBehind(docs, block, place.behind)
    if (found !== null) return { block, offset: found.offset }
  }
  return home === undefined ? null : { block: home, offset: 0 }
}
