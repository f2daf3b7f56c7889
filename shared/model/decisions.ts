/**
 * What the server writes into the shared document when something is put forward or said. No rule is asked here: the
 * command has been checked. Words that are copied are reported as lineage: run -> source run.
 */
import * as Y from 'yjs'
import { aboutJson, hunkText, readAmendment } from './amendments.ts'
import type { AmendmentView } from './amendments.ts'
import { firstPlace } from './about.ts'
import { amendmentsOf, cleanWords, stateOf } from './layout.ts'
import { readWritten } from './state.ts'
import type { JsonValue } from '../wire/json.ts'

/** [client, clock, length] in the named document. */
export type CopiedRun = { readonly to: readonly number[]; readonly from: readonly (string | number)[] }

/** Collects what was copied in one change. */
export interface Lineage {
  readonly runs: CopiedRun[]
}

export const newLineage = (): Lineage => ({ runs: [] })

export const lineageJson = (lineage: Lineage): JsonValue => lineage.runs.map((run) => ({ to: run.to, from: run.from }))

/** Inserts a copy of `source`'s words from `from` to `to` and notes where each run of them came from. */
export function copyWords(target: Y.Text, at: number, source: Y.Text, from: number, to: number, document: string, lineage: Lineage): void {
  const words = cleanWords(source.toString().slice(from, to))
  if (words === '') return
  const doc = target.doc!
  const clock = Y.getState(doc.store, doc.clientID)
  target.insert(at, words)
  let offset = 0
  for (let item = source._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const low = Math.max(from, offset)
    const high = Math.min(to, offset + item.length)
    if (low < high) {
      lineage.runs.push({
        to: [doc.clientID, clock + low - from, high - low],
        from: [document, item.id.client, item.id.clock + low - offset, high - low],
      })
    }
    offset += item.length
  }
}

/** Makes `target` read as `source`, touching only what differs, so that anchors in what stays hold. */
export function copyDifference(target: Y.Text, source: Y.Text, document: string, lineage: Lineage): void {
  const old = target.toString()
  const next = source.toString()
  const { start, oldEnd, nextEnd } = difference(old, next)
  if (oldEnd > start) target.delete(start, oldEnd - start)
  if (nextEnd > start) copyWords(target, start, source, start, nextEnd, document, lineage)
}

/** The one replacement that makes `old` into `next`: common beginning and end are left, no surrogate pair is cut. */
export function difference(old: string, next: string): { start: number; oldEnd: number; nextEnd: number } {
  let start = 0
  while (start < old.length && start < next.length && old[start] === next[start]) start++
  if (start > 0 && /[\uD800-\uDBFF]/.test(old[start - 1]!)) start--
  let oldEnd = old.length
  let nextEnd = next.length
  while (oldEnd > start && nextEnd > start && old[oldEnd - 1] === next[nextEnd - 1]) {
    oldEnd--
    nextEnd--
  }
  if (oldEnd < old.length && /[\uDC00-\uDFFF]/.test(old[oldEnd]!)) {
    oldEnd++
    nextEnd++
  }
  return { start, oldEnd, nextEnd }
}

/**
 * Publishes the present wording of a side document's amendment under the same id; a later wording replaces what
 * differs. `revision` is its number from 1; `what` is kept under it for the record. A cut bears the time at which it was
 * first put forward: words written into the base after that are none of its words (see `noteWritten`).
 */
export function publish(shared: Y.Doc, side: Y.Doc, sideDocument: string, amendment: AmendmentView, revision: number, atMs: number, what: JsonValue, lineage: Lineage): void {
  const source = amendmentsOf(side).get(amendment.id)
  if (source === undefined) return
  const target = publishedMap(shared, amendment)
  const place = firstPlace(amendment.about)
  if (place !== null && JSON.stringify(target.get('place')) !== JSON.stringify(place)) target.set('place', place)
  const copyText = (key: 'proposal' | 'rationale'): void => {
    const from: unknown = source.get(key)
    const to: unknown = target.get(key)
    if (from instanceof Y.Text && to instanceof Y.Text) copyDifference(to, from, sideDocument, lineage)
  }
  copyText('proposal')
  copyText('rationale')
  publishHunks(side, sideDocument, amendment, target, lineage)
  publishCuts(amendment, target, atMs)
  const revisions: unknown = target.get('revisions')
  if (revisions instanceof Y.Map) revisions.set(String(revision), what)
}

function publishedMap(shared: Y.Doc, amendment: AmendmentView): Y.Map<unknown> {
  const known = amendmentsOf(shared).get(amendment.id)
  if (known !== undefined) return known
  const map = new Y.Map<unknown>()
  amendmentsOf(shared).set(amendment.id, map)
  map.set('about', aboutJson(amendment.about))
  for (const key of ['hunks', 'cuts', 'revisions']) map.set(key, new Y.Map())
  for (const key of ['proposal', 'rationale']) map.set(key, new Y.Text())
  return map
}

/** `idOf`: under which id a hunk of the source stands in the copy. */
export function publishHunks(side: Y.Doc, document: string, amendment: AmendmentView, target: Y.Map<unknown>, lineage: Lineage, idOf: (hunk: string) => string = same): void {
  const hunks = target.get('hunks') as Y.Map<Y.Map<unknown>>
  const kept = new Set<string>()
  for (const hunk of amendment.hunks) {
    const source = hunkText(side, amendment.id, hunk.id)
    if (source === null) continue
    const id = idOf(hunk.id)
    kept.add(id)
    let map = hunks.get(id)
    if (map === undefined) {
      map = new Y.Map<unknown>()
      hunks.set(id, map)
      map.set('at', [...hunk.at])
      map.set('text', new Y.Text())
    }
    copyDifference(map.get('text') as Y.Text, source, document, lineage)
  }
  for (const [id, map] of hunks.entries()) {
    const text = map.get('text')
    if (!kept.has(id) && text instanceof Y.Text && text.length > 0) text.delete(0, text.length)
  }
}

const same = (id: string): string => id

/** `sinceMs`: when they were put forward; null in a side document, where nothing is. */
export function publishCuts(amendment: AmendmentView, target: Y.Map<unknown>, sinceMs: number | null, idOf: (cut: string) => string = same): void {
  const cuts = target.get('cuts') as Y.Map<Y.Map<unknown>>
  const kept = new Set<string>()
  for (const cut of amendment.cuts) {
    const id = idOf(cut.id)
    kept.add(id)
    const known = cuts.get(id)
    if (known !== undefined) {
      if (known.get('dropped') === true) known.set('dropped', false)
      continue
    }
    const map = new Y.Map<unknown>()
    cuts.set(id, map)
    map.set('range', cut.range.map((anchor) => [...anchor]))
    if (sinceMs !== null) map.set('since', sinceMs)
  }
  for (const [id, map] of cuts.entries()) if (!kept.has(id) && map.get('dropped') !== true) map.set('dropped', true)
}

/** Remembers what a decision wrote into a unit, so that no earlier cut is read as striking it. */
export function noteWritten(shared: Y.Doc, unit: string, atMs: number, lineage: Lineage): void {
  if (lineage.runs.length === 0) return
  stateOf(shared).set(`written:${unit}`, [...readWritten(shared, unit), { atMs, runs: lineage.runs.map((run) => [...run.to]) }])
}

/** A published amendment as it stands, or null. */
export const readPublished = (shared: Y.Doc, id: string): AmendmentView | null => readAmendment(id, amendmentsOf(shared).get(id))
