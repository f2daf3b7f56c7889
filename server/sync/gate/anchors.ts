/** Anchors of an amendment: they hold on to a letter of the words it is about, in the shared document. */
import * as Y from 'yjs'
import { isAbout, usesOf } from '../../../shared/model/about.ts'
import { everBecame, followed } from '../../../shared/model/forward.ts'
import { everHeld } from '../../../shared/model/layout.ts'
import type { About, Anchor } from '../../../shared/model/layout.ts'
import { isAnchor, itemOf, textOfAnchor } from '../../../shared/model/texts.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { entryIn, rootMap } from './context.ts'
import type { Context, OpenPlace } from './context.ts'
import { cutsPair } from './homes.ts'
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
    checkAnchorsIn(shared, texts, entry.key === 'range' ? pairOf(value) : [value])
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

/** entry is amendment / about, or amendment / hunks|cuts / id / at|range, where its kind has such. */
function targetOf(context: Context, entry: OpenPlace): string {
  const amendment = entry.key === 'about' ? up(entry) : up(up(up(entry)))
  const stored: unknown = amendment.holder instanceof Y.Map ? amendment.holder.get('about') : undefined
  const about = stored ?? valueOf(entryIn(context, amendment.holder, 'about'))
  if (!isAbout(about) || !mayHold(about, entry.key)) throw new Refusal('bad-anchor')
  return about.target
}

const mayHold = ({ kind }: About, key: string): boolean => (key === 'at' ? usesOf[kind].hunks : key === 'range' ? usesOf[kind].cuts : true)

/** What an amendment names is a unit, a footnote or a proposal that is there, or another amendment of the same document. */
export function checkNamed(context: Context): void {
  const shared = context.facts.shared
  const own = rootMap(context.doc, 'amendments')
  for (const id of context.named) {
    const isThere = shared !== undefined && (['units', 'texts', 'amendments'] as const).some((root) => rootMap(shared, root)?.has(id) === true)
    const isOwn = own !== null && (own.has(id) || entryIn(context, own, id) !== undefined)
    if (!isThere && !isOwn) throw new Refusal('unknown-place')
  }
}

function up(place: OpenPlace): OpenPlace {
  const above = place.up
  if (above === null || above.name === 'closed') throw new Refusal('unknown-place')
  return above
}

/** What a unit was ever joined to: a split that the sender had not seen may have parted it from the block since. */
const formerHosts = (unit: Y.Map<unknown>): string[] => everHeld(unit, 'joined').filter((value) => typeof value === 'string')

/**
 * The texts in which a unit's words stand or stood, whole: those of its block, of what a split parted from it and what was
 * joined to that, since a split or join may be under way. Or the new paragraph of a published amendment, and what that
 * became, also where that was undone while the change was under way. Or a footnote's.
 */
function textsOfTarget(shared: Y.Doc, named: string): ReadonlySet<Y.Text> {
  const found = new Set<Y.Text>()
  const add = (text: unknown): void => {
    if (text instanceof Y.Text) found.add(text)
  }
  const texts = rootMap(shared, 'texts')
  const units = rootMap(shared, 'units')
  for (const target of new Set([followed(shared, named), ...everBecame(shared, named)])) {
    if (units?.has(target) === true) for (const text of textsAround(units, target)) add(texts?.get(text))
    else if (texts?.has(target) === true) add(texts.get(target))
  }
  const amendment: unknown = rootMap(shared, 'amendments')?.get(named)
  if (amendment instanceof Y.Map) add(amendment.get('proposal'))
  return found
}

/** The ids of all texts that are reached from a unit by a common text, or by what was ever joined. */
function textsAround(units: Y.Map<unknown>, target: string): ReadonlySet<string> {
  const beside = new Map<string, Set<string>>()
  const link = (left: string, right: string): void => {
    for (const [from, to] of [[left, right], [right, left]] as const) {
      const list = beside.get(from)
      if (list === undefined) beside.set(from, new Set([to]))
      else list.add(to)
    }
  }
  // A text is told from the unit whose id it bears.
  const nodeOf = (text: string): string => `text ${text}`
  for (const [id, unit] of units.entries()) {
    if (!(unit instanceof Y.Map)) continue
    const text: unknown = unit.get('text')
    if (typeof text === 'string') link(id, nodeOf(text))
    for (const host of formerHosts(unit)) if (host !== '') link(id, host)
  }
  const reached = new Set([target])
  for (const node of reached) for (const next of beside.get(node) ?? []) reached.add(next)
  return new Set([...reached].flatMap((node) => (node.startsWith('text ') ? [node.slice('text '.length)] : [])))
}
