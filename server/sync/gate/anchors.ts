/** Anchors of an amendment: they hold on to a letter of the words it is about, in the shared document. */
import * as Y from 'yjs'
import { isAbout } from '../../../shared/model/amendments.ts'
import type { About, Anchor } from '../../../shared/model/layout.ts'
import { isAnchor, itemOf, textOfAnchor } from '../../../shared/model/texts.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { entryIn, rootMap } from './context.ts'
import type { Context, OpenPlace } from './context.ts'
import { cutsPair } from './homes.ts'
import { blockOf } from './permits.ts'
import { valueOf } from './words.ts'

/** Throws Refusal `bad-anchor` or `split-surrogate`. */
export function checkAnchors(context: Context): void {
  if (context.anchors.length === 0) return
  const shared = context.facts.shared
  if (shared === undefined) throw new Refusal('bad-anchor')
  const targets = new Map<string, ReadonlySet<Y.Text>>()
  for (const { entry, value } of context.anchors) {
    const target = targetOf(context, entry)
    let texts = targets.get(target)
    if (texts === undefined) targets.set(target, (texts = textsOfTarget(shared, target)))
    checkAnchorsIn(shared, texts, entry.key === 'at' ? [value] : pairOf(value))
  }
}

function pairOf(range: unknown): readonly unknown[] {
  if (!Array.isArray(range) || range.length !== 2) throw new Refusal('bad-anchor')
  return range as unknown[]
}

function checkAnchorsIn(shared: Y.Doc, texts: ReadonlySet<Y.Text>, values: readonly unknown[]): void {
  const found = values.map((value) => textOf(shared, value))
  if (!texts.has(found[0]!) || found.some((text) => text !== found[0])) throw new Refusal('bad-anchor')
}

function textOf(shared: Y.Doc, value: unknown): Y.Text {
  if (!isAnchor(value)) throw new Refusal('bad-anchor')
  const text = textOfAnchor(shared, value)
  const item = itemOf(shared, value)
  if (text === null || item === null) throw new Refusal('bad-anchor')
  if (item.content instanceof Y.ContentType && value[2] !== -1) throw new Refusal('bad-anchor')
  if (item.content instanceof Y.ContentString && partsPair(item, item.content.str, value)) throw new Refusal('split-surrogate')
  return text
}

const partsPair = (item: Y.Item, words: string, [, clock, assoc]: Anchor): boolean =>
  cutsPair(words, clock - item.id.clock + (assoc === -1 ? 1 : 0))

/** entry is amendment / hunks|cuts / id / at|range. */
function targetOf(context: Context, entry: OpenPlace): string {
  const amendment = up(up(up(entry)))
  const stored: unknown = amendment.holder instanceof Y.Map ? amendment.holder.get('about') : undefined
  const about = stored ?? valueOf(entryIn(context, amendment.holder, 'about'))
  if (!isAbout(about)) throw new Refusal('bad-anchor')
  return (about satisfies About).target
}

function up(place: OpenPlace): OpenPlace {
  const above = place.up
  if (above === null || above.name === 'closed') throw new Refusal('unknown-place')
  return above
}

/** What a unit was ever joined to: a split that the sender had not seen may have parted it from the block since. */
function formerHosts(unit: Y.Map<unknown>): string[] {
  const hosts: string[] = []
  for (let item = unit._map.get('joined') ?? null; item !== null; item = item.left) {
    // Yjs merges values that were written over each other: all of them were held once.
    const values: readonly unknown[] = item.content instanceof Y.ContentAny ? item.content.arr : []
    hosts.push(...values.filter((value) => typeof value === 'string'))
  }
  return hosts
}

/**
 * The texts in which a unit's block stands or stood, whole: a split or join of it may be under way. Or the new paragraph of a
 * published amendment.
 */
function textsOfTarget(shared: Y.Doc, target: string): ReadonlySet<Y.Text> {
  const found = new Set<Y.Text>()
  const add = (text: unknown): void => {
    if (text instanceof Y.Text) found.add(text)
  }
  const units = rootMap(shared, 'units')
  const texts = rootMap(shared, 'texts')
  if (units?.has(target) === true) {
    const block = new Set(blockOf(shared, target))
    for (const [id, unit] of units.entries()) {
      if (!(unit instanceof Y.Map)) continue
      const isInBlock = block.has(id) || blockOf(shared, id).some((member) => block.has(member)) || formerHosts(unit).some((host) => block.has(host))
      if (!isInBlock) continue
      const text: unknown = unit.get('text')
      if (typeof text === 'string') add(texts?.get(text))
    }
  }
  const amendment: unknown = rootMap(shared, 'amendments')?.get(target)
  if (amendment instanceof Y.Map) add(amendment.get('proposal'))
  return found
}
