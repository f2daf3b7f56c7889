/** Amendments as they are read, and the operations that write a side document. Total reading, small writes. */
import * as Y from 'yjs'
import { aboutAt, firstPlace, isAbout } from './about.ts'
import type { PlaceOfAmendment } from './about.ts'
import { forwardAnchor } from './forward.ts'
import { amendmentsOf, cleanWords, compareIds, isId, nextId, textNamed } from './layout.ts'
import type { About, Anchor } from './layout.ts'
import { readWritten } from './state.ts'
import { anchorAfter, anchorBefore, isAnchor, itemOf, resolveAnchor, wholeRange } from './texts.ts'
import type { TextScan } from './texts.ts'
import { replaceIn, runsIn } from './operations.ts'
import type { Segment, UnitView } from './units.ts'
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
  /** With the place where it goes now. */
  readonly about: About
  readonly hunks: readonly HunkView[]
  readonly cuts: readonly CutView[]
  readonly proposal: string
  readonly rationale: string
  readonly dropped: boolean
  readonly revisions: number
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
    about: aboutAt(about, map.get('place')),
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
    case 'move':
    case 'split':
    case 'join':
    case 'placeholder':
      return false
    case 'modify':
      return amendment.hunks.length === 0 && amendment.cuts.length === 0
    case 'bracket':
      return amendment.cuts.length === 0
    case 'insert':
    case 'replace':
    case 'note':
      return amendment.proposal.trim() === ''
  }
}

/** What is put forward and digested: everything that is shown, and nothing of ids or drafts that is not. */
export function wordingOf(amendment: AmendmentView): JsonValue {
  return {
    about: aboutJson(amendment.about),
    hunks: amendment.hunks.map((hunk) => ({ at: [...hunk.at], words: hunk.words })),
    cuts: amendment.cuts.map((cut) => [[...cut.range[0]], [...cut.range[1]]]),
    proposal: amendment.proposal,
    rationale: amendment.rationale,
  }
}

export const aboutJson = (about: About): JsonValue => ('at' in about ? { ...about, at: [...about.at] } : { ...about })

/** Begins an amendment, with everything it will ever need in one update. Returns its id. */
export function beginAmendment(doc: Y.Doc, about: About, origin?: unknown): string {
  return doc.transact(() => {
    const id = nextId(doc)
    const map = new Y.Map<unknown>()
    amendmentsOf(doc).set(id, map)
    map.set('about', aboutJson(about))
    const place = firstPlace(about)
    if (place !== null) map.set('place', place)
    map.set('hunks', new Y.Map())
    map.set('cuts', new Y.Map())
    map.set('proposal', new Y.Text())
    map.set('rationale', new Y.Text())
    return id
  }, origin)
}

/** Puts a new paragraph, a placeholder or a move elsewhere. */
export function putElsewhere(doc: Y.Doc, amendment: string, place: PlaceOfAmendment, origin?: unknown): void {
  const map = amendmentsOf(doc).get(amendment)
  if (map !== undefined) doc.transact(() => map.set('place', place), origin)
}

/** How many hunks and cuts were ever made in it, those left empty or dropped among them: what `amendmentPartsMax` bounds. */
export const partsIn = (doc: Y.Doc, amendment: string): number =>
  (['hunks', 'cuts'] as const).reduce((sum, key) => sum + (partOf(doc, amendment, key, Y.Map)?.size ?? 0), 0)

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
      const text = textNamed(shared, run.text)
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
  const text = textNamed(shared, place.text)
  return text === undefined ? null : anchorAfter(text, place.at)
}

/** What a sign on the page stands for: a paragraph parted or joined there, a footnote's mark. */
export type Sign = 'split' | 'join' | 'note'

/** Where anchors fall in a unit. */
export interface PlacedAmendment {
  readonly amendment: AmendmentView
  readonly hunks: readonly { readonly id: string; readonly at: number; readonly words: string; readonly touched: boolean }[]
  /** A cut has several spans where a decision has since written words between what it would delete. */
  readonly cuts: readonly { readonly id: string; readonly from: number; readonly to: number; readonly touched: boolean }[]
  /** What it would put in square brackets, in order. */
  readonly brackets: readonly { readonly from: number; readonly to: number; readonly touched: boolean }[]
  readonly signs: readonly { readonly sign: Sign; readonly at: number; readonly touched: boolean }[]
  /** Hunks, cuts and the place in `about` that are not in this unit (any more). */
  readonly broken: readonly string[]
}

type Scans = (text: Y.Text) => TextScan

/** An amendment's hunks, ranges and place as offsets in the unit's atoms. */
export function placeAmendment(shared: Y.Doc, unit: UnitView, amendment: AmendmentView, scans: Scans): PlacedAmendment {
  const { about } = amendment
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
  const ranges = amendment.cuts.flatMap((cut) => {
    const found = rangeIn(shared, unit, cut.range, offsets, scans)
    if (found === null) {
      broken.push(cut.id)
      return []
    }
    // Brackets strike nothing: what was written between since stands in them.
    const spans = about.kind === 'bracket' ? found.spans : found.spans.flatMap((span) => without(span.from, span.to, written(sinceOf(shared, amendment.id, cut))))
    return spans.map((span) => ({ id: cut.id, ...span, touched: found.touched }))
  })
  const sign = about.kind === 'split' || about.kind === 'note' ? at(about.at) : about.kind === 'join' ? { at: unit.atoms.length, touched: false } : null
  if (sign === null && 'at' in about) broken.push(amendment.id)
  return {
    amendment,
    hunks,
    cuts: about.kind === 'bracket' ? [] : ranges,
    brackets: about.kind === 'bracket' ? joined(ranges) : [],
    signs: sign === null ? [] : [{ sign: about.kind as Sign, ...sign }],
    broken,
  }
}

function offsetsIn(shared: Y.Doc, unit: UnitView): (text: Y.Text, at: number) => number | null {
  return (text, at) => {
    let start = 0
    for (const part of unit.segments) {
      if (textNamed(shared, part.text) === text && at >= part.from && at <= part.to) return start + at - part.from
      start += part.to - part.from
    }
    return null
  }
}

/** What of a range lies in a unit: a split may have parted it. Null where nothing of it does. */
function rangeIn(
  shared: Y.Doc,
  unit: UnitView,
  [first, last]: readonly [Anchor, Anchor],
  offsets: (text: Y.Text, at: number) => number | null,
  scans: Scans,
): { spans: Span[]; touched: boolean } | null {
  const from = resolveAnchor(shared, first, scans)
  const to = resolveAnchor(shared, last, scans)
  if (from === null || to === null) return null
  const touched = from.touched || to.touched
  if (from.text !== to.text) {
    // An alternative written into a paragraph of several texts: one range of it may be in two of them.
    const [low, high] = [offsets(from.text, from.at), offsets(to.text, to.at)]
    return low === null || high === null ? null : { spans: [{ from: low, to: Math.max(low, high) }], touched }
  }
  const spans: Span[] = []
  let start = 0
  const within = (part: Segment): boolean => from.at <= part.to && Math.max(from.at, to.at) >= part.from
  for (const part of unit.segments) {
    if (within(part) && textNamed(shared, part.text) === from.text) {
      const low = Math.max(from.at, part.from)
      spans.push({ from: start + low - part.from, to: start + Math.max(low, Math.min(to.at, part.to)) - part.from })
    }
    start += part.to - part.from
  }
  // Where it ends before the one and begins behind the other, only what has words counts.
  const filled = spans.filter((span) => span.to > span.from)
  const whole = filled.length > 0 ? filled : from.at >= to.at ? spans.slice(0, 1) : []
  return whole.length === 0 ? null : { spans: whole, touched }
}

/** In order, those that touch as one. */
function joined(spans: readonly (Span & { readonly touched: boolean })[]): PlacedAmendment['brackets'] {
  const found: (Span & { touched: boolean })[] = []
  for (const { from, to, touched } of [...spans].sort((left, right) => left.from - right.from)) {
    const before = found.at(-1)
    if (before !== undefined && from <= before.to) found[found.length - 1] = { from: before.from, to: Math.max(before.to, to), touched: before.touched || touched }
    else found.push({ from, to, touched })
  }
  return found
}

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * When a cut was first put forward; null while it is private. One in a proposed paragraph is of words that the decision
 * on that paragraph wrote: what comes after that decision is later than it.
 */
function sinceOf(shared: Y.Doc, amendment: string, cut: CutView): number | null {
  const cuts: unknown = amendmentsOf(shared).get(amendment)?.get('cuts')
  const map: unknown = cuts instanceof Y.Map ? cuts.get(cut.id) : null
  const since: unknown = map instanceof Y.Map ? map.get('since') : null
  if (typeof since !== 'number') return null
  const item = itemOf(shared, cut.range[0])
  const forward = item === null ? null : forwardAnchor(shared, item, cut.range[0])
  return forward === null ? since : Math.max(since, forward.atMs + 1)
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
