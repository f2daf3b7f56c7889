/**
 * Taking a change back. What was put in is deleted where it is still live; what was taken out comes back at its
 * tombstone's place as new characters; keys go back where nobody has written them since. No container and no map key is
 * ever deleted, so whatever others put into a new paragraph or amendment stays.
 */
import * as Y from 'yjs'
import { itemsIn, overlap } from './changes.ts'
import type { Change, Creation, IdRange, KeyChange } from './changes.ts'
import { textsOf, unitsOf } from './layout.ts'

/** Which characters are copies of which: [client, clock, length] each. */
export interface LineageHint {
  readonly to: readonly [client: number, clock: number, length: number]
  readonly from: readonly [client: number, clock: number, length: number]
}

/** What was brought back as what, so that an older step finds its characters again after they went and came back. */
export interface Copies {
  add(from: IdRange, to: IdRange): void
  /** What stands for these characters now. */
  latest(range: IdRange): IdRange[]
}

export function openCopies(): Copies {
  const known = new Map<number, { from: IdRange; to: IdRange }[]>()
  const latest = (range: IdRange): IdRange[] => {
    for (const { from, to } of known.get(range.client) ?? []) {
      const common = overlap(range, from)
      if (common === null) continue
      const end = common.clock + common.length
      const rest = [
        { client: range.client, clock: range.clock, length: common.clock - range.clock },
        { client: to.client, clock: to.clock + common.clock - from.clock, length: common.length },
        { client: range.client, clock: end, length: range.clock + range.length - end },
      ]
      return rest.filter((part) => part.length > 0).flatMap(latest)
    }
    return [range]
  }
  return {
    add(from, to) {
      const list = known.get(from.client)
      if (list === undefined) known.set(from.client, [{ from, to }])
      else list.push({ from, to })
    },
    latest,
  }
}

/** Call it within a transaction on the change's document. Returns what was copied from where. */
export function revert(transaction: Y.Transaction, change: Change, copies: Copies): LineageHint[] {
  const hints = bringBack(transaction, change.deleted.flatMap((range) => copies.latest(range)), copies)
  for (const range of change.inserted) for (const now of copies.latest(range)) deleteLive(transaction, now)
  for (const key of change.keys) setBack(change.doc, key, copies)
  for (const creation of change.made) takeBack(change.doc, creation)
  return hints
}

export function deleteLive(transaction: Y.Transaction, range: IdRange): void {
  const end = range.clock + range.length
  for (let clock = range.clock; clock < end; ) {
    const item = Y.getItemCleanStart(transaction, Y.createID(range.client, clock))
    if (item.id.clock + item.length > end) Y.getItemCleanEnd(transaction, transaction.doc.store, Y.createID(range.client, end - 1))
    if (!item.deleted) {
      item.delete(transaction)
      forgetPlaces(item.parent)
    }
    clock = item.id.clock + item.length
  }
}

/** Yjs remembers offsets in a text for its own next search; changes beneath its methods do not correct them. */
export function forgetPlaces(parent: Y.Item['parent']): void {
  if (parent instanceof Y.Text && parent._searchMarker !== null) parent._searchMarker.length = 0
}

/** Tombstones that lie side by side, to come back as one item. */
interface Run {
  readonly text: Y.Text
  readonly sources: IdRange[]
  readonly content: Y.ContentString | Y.ContentEmbed
}

function bringBack(transaction: Y.Transaction, ranges: readonly IdRange[], copies: Copies): LineageHint[] {
  const { doc } = transaction
  const texts = new Set<Y.Text>()
  for (const range of ranges) for (const item of itemsIn(doc, range)) if (item.parent instanceof Y.Text) texts.add(item.parent)
  const hints: LineageHint[] = []
  for (const text of texts) {
    for (const run of runsOf(text, ranges)) {
      const { client, clock } = insertBefore(transaction, run)
      let next = clock
      for (const source of run.sources) {
        copies.add(source, { client, clock: next, length: source.length })
        hints.push({ to: [client, next, source.length], from: [source.client, source.clock, source.length] })
        next += source.length
      }
    }
  }
  return hints
}

function runsOf(text: Y.Text, ranges: readonly IdRange[]): Run[] {
  const runs: Run[] = []
  let open: { sources: IdRange[]; words: string } | null = null
  const close = (): void => {
    if (open !== null) runs.push({ text, sources: open.sources, content: new Y.ContentString(open.words) })
    open = null
  }
  for (let item = text._start; item !== null; item = item.right) {
    const here = { client: item.id.client, clock: item.id.clock, length: item.length }
    const parts = item.deleted ? ranges.flatMap((range) => overlap(here, range) ?? []).sort((left, right) => left.clock - right.clock) : []
    let next = here.clock
    for (const part of parts) {
      // Between words that come back and others that do not, the order must hold when those come back too.
      if (part.clock > next) close()
      next = part.clock + part.length
      if (item.content instanceof Y.ContentString) {
        open ??= { sources: [], words: '' }
        open.sources.push(part)
        open.words += item.content.str.slice(part.clock - here.clock, next - here.clock)
      } else {
        close()
        const content = item.content
        if (content instanceof Y.ContentEmbed && !stands(text, content.embed)) runs.push({ text, sources: [part], content: new Y.ContentEmbed(content.embed) })
      }
    }
    if (next < here.clock + here.length) close()
  }
  close()
  return runs
}

/** Whether a mark of the same id is there already: somebody else brought it back. */
function stands(text: Y.Text, embed: object): boolean {
  const wanted = JSON.stringify(embed)
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentEmbed && JSON.stringify(item.content.embed) === wanted) return true
  }
  return false
}

/** Right before the tombstones, not merely at their offset: others' may stand at the same offset. */
function insertBefore(transaction: Y.Transaction, run: Run): Y.ID {
  const { doc } = transaction
  const [first] = run.sources
  const right = Y.getItemCleanStart(transaction, Y.createID(first!.client, first!.clock))
  const left = right.left
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  new Y.Item(id, left, left === null ? null : left.lastId, right, right.id, run.text, null, run.content).integrate(transaction, 0)
  forgetPlaces(run.text)
  return id
}

/** What a key without a value means. Kind and rank always have one. */
const absent: Readonly<Record<string, unknown>> = { parent: '', joined: '', removed: false, label: '', dropped: false }

function setBack(doc: Y.Doc, change: KeyChange, copies: Copies): void {
  const { map, key } = change
  const current = map._map.get(key)
  if (current === undefined || current.deleted || !Y.compareIDs(current.lastId, latestId(change.afterId, copies))) return
  const value = change.beforeId === null ? absent[key] : change.before
  if (value === undefined || value === map.get(key)) return
  if (change.ofCreation && value === true && isLivedIn(doc, map)) return
  map.set(key, value)
  const written = map._map.get(key)
  if (change.beforeId !== null && written !== undefined) copies.add(one(change.beforeId), one(written.lastId))
}

const one = (id: Y.ID): IdRange => ({ client: id.client, clock: id.clock, length: 1 })

function latestId(id: Y.ID, copies: Copies): Y.ID {
  const [now] = copies.latest(one(id))
  return Y.createID(now!.client, now!.clock)
}

function takeBack(doc: Y.Doc, { map, key }: Creation): void {
  if (map.get(key) === true || (key === 'removed' && isLivedIn(doc, map))) return
  // A colleague's words in it keep it on the page.
  const proposal: unknown = map.get('proposal')
  if (proposal instanceof Y.Text && proposal.length > 0) return
  map.set(key, true)
}

/** Whether others' words are in a unit that was made here, or joined to it: then it stays on the page. */
function isLivedIn(doc: Y.Doc, unit: Y.Map<unknown>): boolean {
  const id = unit._item?.parentSub
  const text: unknown = textsOf(doc).get(String(unit.get('text')))
  if (text instanceof Y.Text && text.length > 0) return true
  for (const other of unitsOf(doc).values()) if (other instanceof Y.Map && other.get('joined') === id) return true
  return false
}
