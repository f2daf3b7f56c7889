/** What one transaction did to a document, told in ids and keys, so that it can be undone long after. */
import * as Y from 'yjs'
import { isAbout, usesOf } from './about.ts'
import { amendmentKeys, cutKeys, unitKeys, unitsOf } from './layout.ts'

/** Characters or embeds of a text, live or deleted, by the clocks of their items. */
export interface IdRange {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** A last-writer-wins key that was written. `before` is undefined, and `beforeId` null, where there was no value. */
export interface KeyChange {
  readonly map: Y.Map<unknown>
  readonly key: string
  readonly before: unknown
  readonly beforeId: Y.ID | null
  readonly afterId: Y.ID
  /** Whether it takes a created unit off the page, or puts it back: not somebody's decision to remove it. */
  readonly ofCreation: boolean
}

/** A unit with words of its own, a cut, or an amendment that is something without words: what is taken back by a key, never by deleting it. */
export interface Creation {
  readonly map: Y.Map<unknown>
  readonly key: 'removed' | 'dropped'
}

export interface Change {
  readonly doc: Y.Doc
  readonly inserted: readonly IdRange[]
  readonly deleted: readonly IdRange[]
  readonly keys: readonly KeyChange[]
  readonly made: readonly Creation[]
  /** Words and cuts alone: a keystroke, as far as the document can tell. */
  readonly plain: boolean
}

export const isNothing = (change: Change): boolean =>
  change.inserted.length === 0 && change.deleted.length === 0 && change.keys.length === 0 && change.made.length === 0

const lastKeys: ReadonlySet<string> = new Set(
  Object.entries({ ...unitKeys, ...amendmentKeys, ...cutKeys }).flatMap(([key, written]) => (written === 'last' ? [key] : [])),
)

/** What of a transaction a change is read from; or of a part of one (see reversal.ts). */
export interface Written extends Pick<Y.Transaction, 'doc' | 'beforeState' | 'afterState'> {
  readonly deleteSet: { readonly clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]> }
}

/**
 * Read it while the transaction's observers run: afterwards Yjs merges what was new with what was there. `creations`:
 * units whose `removed` key says no more than that their creation was undone or redone.
 */
export function changeOf(transaction: Written, creations: ReadonlySet<unknown> = new Set()): Change {
  const { doc } = transaction
  const inserted: IdRange[] = []
  const deleted: IdRange[] = []
  const keys: KeyChange[] = []
  const made: Creation[] = []
  const begun = new Set<unknown>()
  let plain = true
  const isNew = (item: Y.Item): boolean => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
  for (const item of newItems(transaction)) {
    if (item.content instanceof Y.ContentType) {
      begun.add(item.content.type)
      if (item.parent === unitsOf(doc)) plain = false
    }
    const creation = creationOf(doc, item)
    if (creation !== null) {
      made.push(creation)
      if (item.parent === doc.share.get('amendments')) plain = false
    }
    if (item.deleted) continue
    if (isWords(item)) {
      addRange(inserted, item.id.client, item.id.clock, item.length)
      plain &&= item.content instanceof Y.ContentString
    } else if (item.parentSub !== null && lastKeys.has(item.parentSub) && item.parent instanceof Y.Map && !begun.has(item.parent)) {
      keys.push({ ...keyChange(item.parent, item.parentSub, item, isNew), ofCreation: item.parentSub === 'removed' && creations.has(item.parent) })
      plain = false
    }
  }
  for (const [client, ranges] of transaction.deleteSet.clients) {
    for (const range of ranges) {
      for (const item of itemsIn(doc, { client, clock: range.clock, length: range.len })) {
        if (!isWords(item) || isNew(item)) continue
        addRange(deleted, client, item.id.clock, item.length)
        plain &&= item.content instanceof Y.ContentString
      }
    }
  }
  return { doc, inserted, deleted, keys, made, plain }
}

const isWords = (item: Y.Item): boolean => item.parent instanceof Y.Text && item.parentSub === null && item.countable

export function* newItems(transaction: Written): Generator<Y.Item> {
  for (const [client, clock] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0
    yield* itemsIn(transaction.doc, { client, clock: before, length: clock - before })
  }
}

/** The items that a range of ids lies in, whole. */
export function* itemsIn(doc: Y.Doc, range: IdRange): Generator<Y.Item> {
  const structs = doc.store.clients.get(range.client)
  const end = Math.min(range.clock + range.length, Y.getState(doc.store, range.client))
  if (structs === undefined || range.clock >= end) return
  for (let index = Y.findIndexSS(structs, range.clock); index < structs.length; index++) {
    const struct = structs[index]!
    if (struct.id.clock >= end) return
    if (struct instanceof Y.Item) yield struct
  }
}

function creationOf(doc: Y.Doc, item: Y.Item): Creation | null {
  const map: unknown = item.content instanceof Y.ContentType ? item.content.type : null
  if (!(map instanceof Y.Map) || item.parentSub === null) return null
  const parent = item.parent
  // A unit that a split made goes with its marker; one that others' markers stand in has words of its own.
  if (parent === unitsOf(doc)) return map.get('text') === item.parentSub ? { map, key: 'removed' } : null
  if (parent === doc.share.get('amendments')) {
    const about: unknown = map.get('about')
    return isAbout(about) && usesOf[about.kind].taken ? { map, key: 'dropped' } : null
  }
  return parent instanceof Y.Map && parent._item?.parentSub === 'cuts' ? { map, key: 'dropped' } : null
}

function keyChange(map: Y.Map<unknown>, key: string, item: Y.Item, isNew: (item: Y.Item) => boolean): Omit<KeyChange, 'ofCreation'> {
  let left = item.left
  while (left !== null && isNew(left)) left = left.left
  const before: unknown = left === null ? undefined : left.content.getContent()[left.length - 1]
  return { map, key, before, beforeId: left === null ? null : left.lastId, afterId: item.lastId }
}

function addRange(ranges: IdRange[], client: number, clock: number, length: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && last.client === client && last.clock + last.length === clock) {
    ranges[ranges.length - 1] = { client, clock: last.clock, length: last.length + length }
  } else ranges.push({ client, clock, length })
}

/** The maps whose creation this change made, unmade or made again. */
export const creationsIn = (changes: readonly Change[]): Set<unknown> =>
  new Set(changes.flatMap((change) => [...change.made, ...change.keys.filter((key) => key.ofCreation)].map(({ map }) => map)))

/** Two changes of one document as one. What the first put in and the second took out is no loss to bring back. */
export function merged(first: Change, second: Change): Change {
  const keys = [...first.keys]
  for (const change of second.keys) {
    const index = keys.findIndex((known) => known.map === change.map && known.key === change.key)
    if (index === -1) keys.push(change)
    else keys[index] = { ...keys[index]!, afterId: change.afterId }
  }
  const inserted = [...first.inserted]
  for (const range of second.inserted) addRange(inserted, range.client, range.clock, range.length)
  return {
    doc: first.doc,
    inserted,
    deleted: [...first.deleted, ...without(second.deleted, first.inserted)],
    keys,
    made: [...first.made, ...second.made],
    plain: first.plain && second.plain,
  }
}

export function without(ranges: readonly IdRange[], taken: readonly IdRange[]): IdRange[] {
  let left = [...ranges]
  for (const take of taken) {
    left = left.flatMap((range) => {
      const common = overlap(range, take)
      if (common === null) return [range]
      const end = common.clock + common.length
      return [
        { client: range.client, clock: range.clock, length: common.clock - range.clock },
        { client: range.client, clock: end, length: range.clock + range.length - end },
      ].filter((part) => part.length > 0)
    })
  }
  return left
}

export function overlap(left: IdRange, right: IdRange): IdRange | null {
  if (left.client !== right.client) return null
  const clock = Math.max(left.clock, right.clock)
  const end = Math.min(left.clock + left.length, right.clock + right.length)
  return clock < end ? { client: left.client, clock, length: end - clock } : null
}

/** Whether what two changes did to words stands side by side in one text, or both only cut in one amendment. */
export function touch(first: Change, second: Change): boolean {
  if (first.doc !== second.doc) return false
  const wordsOf = (change: Change): IdRange[] => [...change.inserted, ...change.deleted]
  const [before, after] = [wordsOf(first), wordsOf(second)]
  if (after.length === 0) return before.length === 0 && first.made[0]?.map.parent === second.made[0]?.map.parent
  const [item] = itemsIn(second.doc, after[0]!)
  if (!(item?.parent instanceof Y.Text)) return false
  const [left, right] = [spanOf(item.parent, before), spanOf(item.parent, after)]
  return left !== null && right !== null && left.from <= right.to && right.from <= left.to
}

/** The visible offsets between which these characters stand, or stood. */
function spanOf(text: Y.Text, ranges: readonly IdRange[]): { from: number; to: number } | null {
  let from = Infinity
  let to = -1
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    const here = { client: item.id.client, clock: item.id.clock, length: item.length }
    const live = !item.deleted && item.countable
    for (const range of ranges) {
      const common = overlap(here, range)
      if (common === null) continue
      const start = live ? at + common.clock - here.clock : at
      from = Math.min(from, start)
      to = Math.max(to, live ? start + common.length : start)
    }
    if (live) at += item.length
  }
  return to === -1 ? null : { from, to }
}
