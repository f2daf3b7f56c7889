/**
 * What the server writes into the shared document when something is put forward or decided. No rule is asked here:
 * the command has been checked. Words that are copied are reported as lineage: run -> source run.
 */
import * as Y from 'yjs'
import { amendmentsOf, cleanWords, stateOf, textsOf, unitsOf } from './layout.ts'
import { hunkText, placeAmendment, readAmendment, readAmendments } from './amendments.ts'
import type { AmendmentView, PlacedAmendment } from './amendments.ts'
import { createUnits, placeIn, runsIn } from './operations.ts'
import { readAmendmentState, readWritten, stateOfAmendment, writeState } from './state.ts'
import type { AmendmentState } from './state.ts'
import type { TextScan } from './texts.ts'
import type { DraftView, UnitView } from './units.ts'
import type { UnitKind } from './value.ts'
import { isUndecided } from '../policy/types.ts'
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
function copyWords(target: Y.Text, at: number, source: Y.Text, from: number, to: number, document: string, lineage: Lineage): void {
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
  map.set('about', amendment.about)
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

type Scans = (text: Y.Text) => TextScan

/**
 * Writes an amendment into the base. Others that held on to words which are now gone are marked to be looked at
 * again. Nothing of the amendment itself is erased. Returns the unit that now bears it, or null when its target is gone.
 */
export function incorporate(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans, wanted: string, document: string, lineage: Lineage): string | null {
  const { about } = amendment
  const map = amendmentsOf(shared).get(amendment.id)
  if (about.kind === 'insert') return insertProposal(shared, view, amendment, document, lineage)
  const unit = view.byId.get(about.target)
  if (unit === undefined || map === undefined) return null
  if (about.kind === 'delete') {
    removeTree(shared, view, unit)
  } else if (about.kind === 'replace') {
    const proposal = map.get('proposal')
    if (proposal instanceof Y.Text) replaceWhole(shared, unit, proposal, document, lineage)
  } else {
    writeRuns(shared, unit, placeAmendment(shared, unit, amendment, scans), wanted, document, lineage)
  }
  return unit.id
}

function insertProposal(shared: Y.Doc, view: DraftView, amendment: AmendmentView, document: string, lineage: Lineage): string | null {
  const { about } = amendment
  const proposal: unknown = amendmentsOf(shared).get(amendment.id)?.get('proposal')
  if (about.kind !== 'insert' || !(proposal instanceof Y.Text)) return null
  const after = about.target === '' ? null : view.byId.get(about.target)
  if (after === undefined) return null
  const place = about.inside
    ? { parent: after?.id ?? null, after: null }
    : { parent: after?.parent ?? null, after: after?.id ?? null }
  const [id] = createUnits(shared, view, place, [{ kind: about.unitKind as UnitKind, words: '', notes: [], children: [] }])
  const text = textsOf(shared).get(id!)
  if (text !== undefined) copyWords(text, 0, proposal, 0, proposal.length, document, lineage)
  return id!
}

/** "Delete operative paragraph 7" takes its sub-paragraphs with it. */
function removeTree(shared: Y.Doc, view: DraftView, unit: UnitView): void {
  unitsOf(shared).get(unit.id)?.set('removed', true)
  for (const child of view.children.get(unit.id) ?? []) removeTree(shared, view, child)
}

function replaceWhole(shared: Y.Doc, unit: UnitView, proposal: Y.Text, document: string, lineage: Lineage): void {
  const { start, oldEnd, nextEnd } = difference(unit.atoms, proposal.toString())
  deleteIn(shared, unit, start, oldEnd)
  const place = placeIn(unit, start)
  const text = place === null ? undefined : textsOf(shared).get(place.text)
  if (text !== undefined) copyWords(text, place!.at, proposal, start, nextEnd, document, lineage)
}

/**
 * Writes hunks and deletes cuts from the back of the unit to its front, so that offsets hold; then takes out the spaces
 * that `wanted` (the as-if text) does not have, so that what was shown is what stands.
 */
function writeRuns(shared: Y.Doc, unit: UnitView, placed: PlacedAmendment, wanted: string, document: string, lineage: Lineage): void {
  const covered = (at: number): boolean => placed.cuts.some((cut) => cut.from <= at && at < cut.to)
  const hunks = [...placed.hunks].reverse().sort((left, right) => right.at - left.at)
  let end = unit.atoms.length
  let written = unit.atoms
  const erase = (from: number, to: number): void => {
    for (let at = to; at > from; ) {
      if (!covered(at - 1)) {
        at--
        continue
      }
      let low = at - 1
      while (low > from && covered(low - 1)) low--
      deleteIn(shared, unit, low, at)
      written = written.slice(0, low) + written.slice(at)
      at = low
    }
  }
  for (const hunk of hunks) {
    erase(hunk.at, end)
    end = hunk.at
    const place = placeIn(unit, hunk.at)
    const text = place === null ? undefined : textsOf(shared).get(place.text)
    const source = hunkText(shared, placed.amendment.id, hunk.id)
    if (text === undefined || source === null) continue
    copyWords(text, place!.at, source, 0, source.length, document, lineage)
    written = written.slice(0, hunk.at) + source.toString() + written.slice(hunk.at)
  }
  erase(0, end)
  tidy(shared, unit, written, wanted)
}

/** Deletes the spaces of `written` that `wanted` lacks; in a block of several joined texts its spaces are left. */
function tidy(shared: Y.Doc, unit: UnitView, written: string, wanted: string): void {
  const [segment, ...more] = unit.segments
  if (segment === undefined || more.length > 0) return
  const surplus: number[] = []
  let match = 0
  for (let at = 0; at < written.length; at++) {
    if (written[at] === wanted[match]) match++
    else surplus.push(at)
  }
  if (match !== wanted.length || surplus.some((at) => written[at] !== ' ')) return
  for (const at of surplus.reverse()) textsOf(shared).get(segment.text)?.delete(segment.from + at, 1)
}

function deleteIn(shared: Y.Doc, unit: UnitView, from: number, to: number): void {
  for (const run of runsIn(unit, from, to).reverse()) textsOf(shared).get(run.text)?.delete(run.from, run.to - run.from)
}

/** Marks every other open amendment that can no longer be read as it was put forward. Returns their ids. */
export function markRecheck(shared: Y.Doc, view: DraftView, decided: string, scans: Scans): string[] {
  const marked: string[] = []
  for (const amendment of readAmendments(shared)) {
    const state = readAmendmentState(shared, amendment.id)
    if (amendment.id === decided || state === null || !isUndecided(state.status)) continue
    const reason = recheckReason(shared, view, amendment, scans)
    if (reason === null || reason === state.recheck) continue
    writeState(shared, stateOfAmendment(amendment.id), { ...state, recheck: reason } satisfies AmendmentState)
    marked.push(amendment.id)
  }
  return marked
}

/** Reasons are codes; the page words them. */
export type RecheckReason = 'target-gone' | 'anchor-broken' | 'words-gone' | 'words-changed'

export function recheckReason(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans): RecheckReason | null {
  const { about } = amendment
  if (about.target === '') return null
  const unit = view.byId.get(about.target)
  if (unit === undefined) return 'target-gone'
  if (about.kind !== 'modify') return null
  const placed = placeAmendment(shared, unit, amendment, scans)
  if (placed.broken.length > 0) return 'anchor-broken'
  if (placed.cuts.some((cut) => cut.to <= cut.from)) return 'words-gone'
  if (placed.hunks.some((hunk) => hunk.touched) || placed.cuts.some((cut) => cut.touched)) return 'words-changed'
  return null
}

/** A published amendment as it stands, or null. */
export const readPublished = (shared: Y.Doc, id: string): AmendmentView | null => readAmendment(id, amendmentsOf(shared).get(id))
