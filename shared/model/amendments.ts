/** Amendments as they are read, and the operations that write a side document. Total reading, small writes. */
import * as Y from 'yjs'
import { amendmentsOf, cleanWords, compareIds, isId, nextId, textsOf } from './layout.ts'
import type { About, Anchor } from './layout.ts'
import { readWritten } from './state.ts'
import { anchorAfter, anchorBefore, isAnchor, itemOf, resolveAnchor, wholeRange } from './texts.ts'
import type { TextScan } from './texts.ts'
import { replaceIn, runsIn } from './operations.ts'
import type { UnitView } from './units.ts'
import { unitKinds } from './value.ts'
import type { JsonValue } from '../wire/json.ts'

export interface HunkView {
  readonly id: string
  readonly at: Anchor
  readonly words: string
}

export interface CutView {
  readonly id: string
  readonly range: readonly [Anchor, Anchor]
}

/** One amendment, private or published, as it stands in its document. Empty hunks and dropped cuts are left out. */
export interface AmendmentView {
  readonly id: string
  readonly about: About
  readonly hunks: readonly HunkView[]
  readonly cuts: readonly CutView[]
  readonly proposal: string
  readonly rationale: string
  readonly dropped: boolean
  readonly revisions: number
}

export const isAbout = (value: unknown): value is About => {
  if (typeof value !== 'object' || value === null) return false
  const { kind, target, unitKind, inside } = value as Record<string, unknown>
  if (kind === 'insert') {
    return (target === '' || isId(target)) && unitKinds.some((known) => known === unitKind) && typeof inside === 'boolean' && Object.keys(value).length === 4
  }
  return (kind === 'modify' || kind === 'delete' || kind === 'replace') && isId(target) && Object.keys(value).length === 2
}

const stringOf = (value: unknown): string => (value instanceof Y.Text ? value.toString() : '')

export function readAmendment(id: string, map: unknown): AmendmentView | null {
  if (!(map instanceof Y.Map)) return null
  const about: unknown = map.get('about')
  if (!isAbout(about)) return null
  const hunks: HunkView[] = []
  const cuts: CutView[] = []
  const hunkMap: unknown = map.get('hunks')
  if (hunkMap instanceof Y.Map) {
    for (const [hunk, entry] of hunkMap.entries()) {
      const at: unknown = entry instanceof Y.Map ? entry.get('at') : null
      const words = entry instanceof Y.Map ? stringOf(entry.get('text')) : ''
      if (isAnchor(at) && words !== '') hunks.push({ id: hunk, at, words })
    }
  }
  const cutMap: unknown = map.get('cuts')
  if (cutMap instanceof Y.Map) {
    for (const [cut, entry] of cutMap.entries()) {
      const range: unknown = entry instanceof Y.Map ? entry.get('range') : null
      const dropped = entry instanceof Y.Map && entry.get('dropped') === true
      if (!dropped && Array.isArray(range) && range.length === 2 && isAnchor(range[0]) && isAnchor(range[1])) {
        cuts.push({ id: cut, range: [range[0], range[1]] })
      }
    }
  }
  const byId = (left: { id: string }, right: { id: string }): number => compareIds(left.id, right.id)
  const revisions: unknown = map.get('revisions')
  return {
    id,
    about,
    hunks: hunks.sort(byId),
    cuts: cuts.sort(byId),
    proposal: stringOf(map.get('proposal')),
    rationale: stringOf(map.get('rationale')),
    dropped: map.get('dropped') === true,
    revisions: revisions instanceof Y.Map ? revisions.size : 0,
  }
}

/** All amendments of a document, in the order of their ids, so that all read them alike. */
export function readAmendments(doc: Y.Doc): AmendmentView[] {
  const views: AmendmentView[] = []
  for (const [id, map] of amendmentsOf(doc).entries()) {
    const view = isId(id) ? readAmendment(id, map) : null
    if (view !== null) views.push(view)
  }
  return views.sort((left, right) => compareIds(left.id, right.id))
}

/** Whether there is anything in it to show or to put forward. */
export function isEmpty(amendment: AmendmentView): boolean {
  switch (amendment.about.kind) {
    case 'delete':
      return false
    case 'modify':
      return amendment.hunks.length === 0 && amendment.cuts.length === 0
    case 'insert':
    case 'replace':
      return amendment.proposal.trim() === ''
  }
}

/** What is put forward and digested: everything that is shown, and nothing of ids or drafts that is not. */
export function wordingOf(amendment: AmendmentView): JsonValue {
  return {
    about: { ...amendment.about },
    hunks: amendment.hunks.map((hunk) => ({ at: [...hunk.at], words: hunk.words })),
    cuts: amendment.cuts.map((cut) => [[...cut.range[0]], [...cut.range[1]]]),
    proposal: amendment.proposal,
    rationale: amendment.rationale,
  }
}

/** Begins an amendment, with everything it will ever need in one update. Returns its id. */
export function beginAmendment(doc: Y.Doc, about: About, origin?: unknown): string {
  return doc.transact(() => {
    const id = nextId(doc)
    const map = new Y.Map<unknown>()
    amendmentsOf(doc).set(id, map)
    map.set('about', about)
    map.set('hunks', new Y.Map())
    map.set('cuts', new Y.Map())
    map.set('proposal', new Y.Text())
    map.set('rationale', new Y.Text())
    return id
  }, origin)
}

function partOf<T>(doc: Y.Doc, amendment: string, key: string, type: abstract new (...args: never[]) => T): T | null {
  const part: unknown = amendmentsOf(doc).get(amendment)?.get(key)
  return part instanceof type ? part : null
}

/** New words at a place of the target. Returns the hunk's id. */
export function addHunk(doc: Y.Doc, amendment: string, at: Anchor, words: string, origin?: unknown): string | null {
  const hunks = partOf(doc, amendment, 'hunks', Y.Map)
  if (hunks === null) return null
  return doc.transact(() => {
    const id = nextId(doc)
    const map = new Y.Map<unknown>()
    hunks.set(id, map)
    map.set('at', [...at])
    const text = new Y.Text()
    map.set('text', text)
    text.insert(0, cleanWords(words))
    return id
  }, origin)
}

export function hunkText(doc: Y.Doc, amendment: string, hunk: string): Y.Text | null {
  const map: unknown = partOf(doc, amendment, 'hunks', Y.Map)?.get(hunk)
  const text: unknown = map instanceof Y.Map ? map.get('text') : null
  return text instanceof Y.Text ? text : null
}

export const proposalText = (doc: Y.Doc, amendment: string): Y.Text | null => partOf(doc, amendment, 'proposal', Y.Text)
export const rationaleText = (doc: Y.Doc, amendment: string): Y.Text | null => partOf(doc, amendment, 'rationale', Y.Text)

/** Words in place of a range of a hunk, a proposal or a rationale. */
export const editText = replaceIn

/** Marks a range of the target's words as proposed for deletion; one cut for each text it covers. */
export function addCuts(doc: Y.Doc, amendment: string, shared: Y.Doc, unit: UnitView, from: number, to: number, origin?: unknown): void {
  const cuts = partOf(doc, amendment, 'cuts', Y.Map)
  if (cuts === null) return
  const whole = wholeRange(unit.atoms, from, to)
  doc.transact(() => {
    for (const run of runsIn(unit, whole.from, whole.to)) {
      const text = textsOf(shared).get(run.text)
      const range = text === undefined ? null : [anchorBefore(text, run.from), anchorAfter(text, run.to)]
      if (range === null || range[0] === null || range[1] === null) continue
      const map = new Y.Map<unknown>()
      cuts.set(nextId(doc), map)
      map.set('range', range.map((anchor) => [...anchor!]))
    }
  }, origin)
}

export function dropCut(doc: Y.Doc, amendment: string, cut: string, origin?: unknown): void {
  const map: unknown = partOf(doc, amendment, 'cuts', Y.Map)?.get(cut)
  if (map instanceof Y.Map) doc.transact(() => map.set('dropped', true), origin)
}

/** Discards an amendment that its own people no longer want; it can be brought back. */
export function dropAmendment(doc: Y.Doc, amendment: string, dropped: boolean, origin?: unknown): void {
  const map = amendmentsOf(doc).get(amendment)
  if (map !== undefined) doc.transact(() => map.set('dropped', dropped), origin)
}

/** The anchor for words that are inserted at an offset of a unit: after what stands before them. */
export function insertionAnchor(shared: Y.Doc, place: { readonly text: string; readonly at: number }): Anchor | null {
  const text = textsOf(shared).get(place.text)
  return text === undefined ? null : anchorAfter(text, place.at)
}

/** Where anchors fall in a unit. */
export interface PlacedAmendment {
  readonly amendment: AmendmentView
  readonly hunks: readonly { readonly id: string; readonly at: number; readonly words: string; readonly touched: boolean }[]
  /** A cut has several spans where a decision has since written words between what it would delete. */
  readonly cuts: readonly { readonly id: string; readonly from: number; readonly to: number; readonly touched: boolean }[]
  /** Hunks and cuts whose words are not in this unit (any more). */
  readonly broken: readonly string[]
}

/** An amendment's hunks and cuts as offsets in the unit's atoms. */
export function placeAmendment(shared: Y.Doc, unit: UnitView, amendment: AmendmentView, scans: (text: Y.Text) => TextScan): PlacedAmendment {
  const offsets = offsetsIn(shared, unit)
  const broken: string[] = []
  const at = (anchor: Anchor): { at: number; touched: boolean } | null => {
    const place = resolveAnchor(shared, anchor, scans)
    const offset = place === null ? null : offsets(place.text, place.at)
    return offset === null ? null : { at: offset, touched: place!.touched }
  }
  const hunks = amendment.hunks.flatMap((hunk) => {
    const place = at(hunk.at)
    if (place !== null) return [{ id: hunk.id, words: hunk.words, ...place }]
    broken.push(hunk.id)
    return []
  })
  const written = laterWords(shared, unit, offsets, scans)
  const cuts = amendment.cuts.flatMap((cut) => {
    const from = at(cut.range[0])
    const to = at(cut.range[1])
    if (from === null || to === null) {
      broken.push(cut.id)
      return []
    }
    const touched = from.touched || to.touched
    const spans = without(from.at, Math.max(from.at, to.at), written(publishedAt(shared, amendment.id, cut.id)))
    return spans.map((span) => ({ id: cut.id, ...span, touched }))
  })
  return { amendment, hunks, cuts, broken }
}

function offsetsIn(shared: Y.Doc, unit: UnitView): (text: Y.Text, at: number) => number | null {
  const texts = textsOf(shared)
  return (text, at) => {
    let start = 0
    for (const part of unit.segments) {
      if (texts.get(part.text) === text && at >= part.from && at <= part.to) return start + at - part.from
      start += part.to - part.from
    }
    return null
  }
}

interface Span {
  readonly from: number
  readonly to: number
}

/** When a cut was first put forward; null while it is private. */
function publishedAt(shared: Y.Doc, amendment: string, cut: string): number | null {
  const cuts: unknown = amendmentsOf(shared).get(amendment)?.get('cuts')
  const map: unknown = cuts instanceof Y.Map ? cuts.get(cut) : null
  const since: unknown = map instanceof Y.Map ? map.get('since') : null
  return typeof since === 'number' ? since : null
}

/**
 * Where the words are that decisions wrote into the unit after a time. A range says which words it begins and ends
 * with; what was written in between later is not what its delegation proposed to delete.
 */
function laterWords(
  shared: Y.Doc,
  unit: UnitView,
  offsets: (text: Y.Text, at: number) => number | null,
  scans: (text: Y.Text) => TextScan,
): (sinceMs: number | null) => Span[] {
  const written = readWritten(shared, unit.id)
  if (written.length === 0) return () => []
  return (sinceMs) => {
    if (sinceMs === null) return []
    return written
      .filter((one) => one.atMs >= sinceMs)
      .flatMap((one) => one.runs.flatMap((run) => liveSpans(shared, run, offsets, scans)))
      .sort((left, right) => left.from - right.from)
  }
}

function liveSpans(
  shared: Y.Doc,
  [client, clock, length]: readonly [number, number, number],
  offsets: (text: Y.Text, at: number) => number | null,
  scans: (text: Y.Text) => TextScan,
): Span[] {
  const spans: Span[] = []
  for (let at = clock; at < clock + length; ) {
    const item = itemOf(shared, [client, at, 0])
    if (item === null || !(item.parent instanceof Y.Text)) return spans
    const within = at - item.id.clock
    const count = Math.min(item.length - within, clock + length - at)
    const start = scans(item.parent).pieces.get(item)
    const from = item.deleted || start === undefined ? null : offsets(item.parent, start + within)
    if (from !== null) spans.push({ from, to: from + count })
    at += count
  }
  return spans
}

/** A range less the given spans (in order); an empty range stays, so that it can be seen to have nothing left. */
function without(from: number, to: number, spans: readonly Span[]): Span[] {
  const left: Span[] = []
  let start = from
  for (const span of spans) {
    if (span.to <= start || span.from >= to) continue
    if (span.from > start) left.push({ from: start, to: span.from })
    start = Math.max(start, span.to)
  }
  if (start < to || left.length === 0) left.push({ from: Math.min(start, to), to })
  return left
}
