/**
 * Threads: what is said about a paragraph, an amendment or words of either. The server alone writes them: in the shared
 * document for everyone, in a side document for its own people. Total reading.
 */
import * as Y from 'yjs'
import { amendmentsOf, embedCharacter, isId, nextId, textsOf, threadsOf } from './layout.ts'
import type { Anchor } from './layout.ts'
import { runsIn } from './operations.ts'
import { anchorAfter, anchorBefore, isAnchor, itemOf, resolveAnchor, wholeRange } from './texts.ts'
import type { Place, TextScan } from './texts.ts'
import type { DraftView, UnitView } from './units.ts'
import { limits } from '../wire/limits.ts'

export type ThreadAbout =
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'amendment'; readonly amendment: string }

/** Words of one text, from before their first letter to behind their last. */
export type ThreadRange = readonly [first: Anchor, last: Anchor]

export interface Message {
  /** From 1 within its thread. */
  readonly number: number
  readonly delegation: string
  /** Who wrote it: in side documents alone. */
  readonly name: string | null
  readonly words: string
  /** Delegations that it names with "@". */
  readonly mentions: readonly string[]
  readonly atMs: number
}

export interface ThreadView {
  readonly id: string
  readonly about: ThreadAbout
  /** The delegation that began it. */
  readonly by: string
  /** None when it is about the whole. */
  readonly ranges: readonly ThreadRange[]
  /** The words as they read when it was begun. */
  readonly quote: string
  /** In order. */
  readonly messages: readonly Message[]
  readonly resolved: { readonly by: string; readonly atMs: number } | null
}

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

function aboutOf(value: unknown): ThreadAbout | null {
  const about = record(value)
  if (about?.['kind'] === 'unit' && typeof about['unit'] === 'string') return { kind: 'unit', unit: about['unit'] }
  if (about?.['kind'] === 'amendment' && typeof about['amendment'] === 'string') return { kind: 'amendment', amendment: about['amendment'] }
  return null
}

const isRange = (value: unknown): value is ThreadRange => Array.isArray(value) && value.length === 2 && value.every(isAnchor)

export function readThread(id: string, map: unknown): ThreadView | null {
  const about = map instanceof Y.Map ? aboutOf(map.get('about')) : null
  if (!(map instanceof Y.Map) || about === null) return null
  const ranges: unknown = map.get('ranges')
  const messages: unknown = map.get('messages')
  const resolved = record(map.get('resolved'))
  const string = (value: unknown): string => (typeof value === 'string' ? value : '')
  return {
    id,
    about,
    by: string(map.get('by')),
    ranges: Array.isArray(ranges) ? ranges.filter(isRange) : [],
    quote: string(map.get('quote')),
    messages: messages instanceof Y.Map
      ? [...messages.values()].filter((value): value is Message => record(value) !== null).sort((left, right) => left.number - right.number)
      : [],
    resolved: resolved as ThreadView['resolved'],
  }
}

/** Oldest first. */
export function readThreads(doc: Y.Doc): ThreadView[] {
  const views: ThreadView[] = []
  for (const [id, map] of threadsOf(doc).entries()) {
    const view = isId(id) ? readThread(id, map) : null
    if (view !== null && view.messages.length > 0) views.push(view)
  }
  return views.sort((left, right) => left.messages[0]!.atMs - right.messages[0]!.atMs || (left.id < right.id ? -1 : 1))
}

/** Delegations named with "@" and their short name; of names that begin alike the longest counts. */
export function mentionsIn(words: string, delegations: readonly { readonly id: string; readonly name: string }[]): string[] {
  const longest = [...delegations].sort((left, right) => right.name.length - left.name.length)
  const found = new Set<string>()
  for (let at = words.indexOf('@'); at !== -1; at = words.indexOf('@', at + 1)) {
    const rest = words.slice(at + 1)
    const named = longest.find(({ name }) => rest.toLowerCase().startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)))
    if (named !== undefined) found.add(named.id)
  }
  return [...found]
}

/** A range of one text as a thread holds on to it; null for an empty one. */
export function threadRange(text: Y.Text, from: number, to: number): ThreadRange | null {
  const { from: start, to: end } = wholeRange(text.toString(), from, to)
  const [first, last] = [anchorBefore(text, start), anchorAfter(text, end)]
  return end <= start || first === null || last === null ? null : [first, last]
}

/** Words of a unit: a range for each text that they lie in. */
export const rangesInUnit = (shared: Y.Doc, unit: UnitView, from: number, to: number): ThreadRange[] =>
  runsIn(unit, from, to).flatMap((run) => {
    const text = textsOf(shared).get(run.text)
    const range = text === undefined ? null : threadRange(text, run.from, run.to)
    return range === null ? [] : [range]
  })

interface Span {
  readonly text: Y.Text
  readonly from: number
  readonly to: number
}

type Scans = (text: Y.Text) => TextScan

function spanOf(doc: Y.Doc, [first, last]: ThreadRange, quote: string, scans: Scans): Span | null {
  const start = resolveAnchor(doc, first, scans)
  const end = resolveAnchor(doc, last, scans)
  if (start === null || end === null || start.text !== end.text) return null
  const again = start.touched || end.touched ? broughtBack(doc, start, quote, scans) : null
  return { text: start.text, from: again ?? start.at, to: again === null ? Math.max(start.at, end.at) : again + quote.length }
}

/**
 * Where words that were deleted read again as they did, since an undo wrote them anew at their tombstones' place: letters
 * that are typed go behind tombstones, only those that are brought back stand right before one. Null when nowhere.
 */
function broughtBack(doc: Y.Doc, place: Place, quote: string, scans: Scans): number | null {
  const { words, pieces } = scans(place.text)
  for (const [item, from] of pieces) {
    if (item.deleted || item.rightOrigin === null || from > place.at || from + item.length < place.at) continue
    if (itemOf(doc, [item.rightOrigin.client, item.rightOrigin.clock, 0])?.deleted !== true) continue
    const at = quote === '' ? -1 : words.indexOf(quote, from)
    if (at !== -1 && at < from + item.length) return at
  }
  return null
}

/** What a range read as: known where a thread has one alone. */
const quotedIn = ({ ranges, quote }: ThreadView): string => (ranges.length === 1 ? quote : '')

/** The words of a thread as they stand, by what holds them. */
export interface ThreadSpan {
  /** A unit, or an amendment. */
  readonly unit: string | null
  readonly amendment: string | null
  /** Of an amendment: its hunk, or null for its proposed paragraph. */
  readonly hunk: string | null
  /** Offsets in the unit's atoms, the hunk or the proposal. */
  readonly from: number
  readonly to: number
}

export interface PlacedThread {
  /** Where it stands on the page; null when its paragraph is gone. */
  readonly unit: string | null
  readonly spans: readonly ThreadSpan[]
  /** It was about words, and none of them is left. */
  readonly gone: boolean
}

/** Where a thread stands. `doc` holds the thread; words of a unit lie in `shared`, those of an amendment beside the thread. */
export function placeThread(thread: ThreadView, doc: Y.Doc, shared: Y.Doc, view: DraftView, scans: Scans): PlacedThread {
  const { about } = thread
  if (about.kind === 'unit') return placeInUnits(thread, about.unit, shared, view, scans)
  const amendment: unknown = amendmentsOf(doc).get(about.amendment)
  const target = amendment instanceof Y.Map ? record(amendment.get('about'))?.['target'] : null
  const spans = thread.ranges.flatMap((range): ThreadSpan[] => {
    const span = spanOf(doc, range, quotedIn(thread), scans)
    const home = span === null ? null : amendmentHome(span.text)
    if (span === null || span.to === span.from || home?.amendment !== about.amendment) return []
    return [{ unit: null, amendment: about.amendment, hunk: home.hunk, from: span.from, to: span.to }]
  })
  return { unit: typeof target === 'string' ? shownUnit(view, target) : null, spans, gone: thread.ranges.length > 0 && spans.length === 0 }
}

const shownUnit = (view: DraftView, unit: string): string | null => {
  const block = view.blockOf.get(unit) ?? unit
  return view.byId.has(block) ? block : null
}

function placeInUnits(thread: ThreadView, about: string, shared: Y.Doc, view: DraftView, scans: Scans): PlacedThread {
  const spans: ThreadSpan[] = []
  let home: string | null = null
  for (const range of thread.ranges) {
    const span = spanOf(shared, range, quotedIn(thread), scans)
    const text = span?.text._item?.parentSub
    if (span === null || typeof text !== 'string') continue
    for (const unit of view.units) {
      let start = 0
      for (const part of unit.segments) {
        const [low, high] = [Math.max(span.from, part.from), Math.min(span.to, part.to)]
        if (part.text === text && low < high) spans.push({ unit: unit.id, amendment: null, hunk: null, from: start + low - part.from, to: start + high - part.from })
        else if (part.text === text && low === high && span.from === span.to) home ??= unit.id
        start += part.to - part.from
      }
    }
  }
  return { unit: spans[0]?.unit ?? home ?? shownUnit(view, about), spans, gone: thread.ranges.length > 0 && spans.length === 0 }
}

/** Which amendment's text this is; `hunk` null for a proposed paragraph. */
export function amendmentHome(text: Y.Text): { readonly amendment: string; readonly hunk: string | null } | null {
  const holder: unknown = text._item?.parent
  const key = text._item?.parentSub
  if (!(holder instanceof Y.Map) || holder._item === null) return null
  if (key === 'proposal') return { amendment: holder._item.parentSub ?? '', hunk: null }
  const hunks: unknown = holder._item.parent
  const amendment = hunks instanceof Y.Map ? hunks._item?.parent : null
  if (key !== 'text' || !(amendment instanceof Y.Map)) return null
  return { amendment: amendment._item?.parentSub ?? '', hunk: holder._item.parentSub }
}

/** The words that ranges cover, as they stand; empty when none is left. Bounded, for a quotation. */
export function quoteOf(doc: Y.Doc, ranges: readonly ThreadRange[], scans: Scans): string {
  const words = ranges.map((range) => {
    const span = spanOf(doc, range, '', scans)
    return span === null ? '' : scans(span.text).words.slice(span.from, span.to).replaceAll(embedCharacter, '')
  }).join('')
  return words.length > limits.quoteCharactersMax ? `${words.slice(0, limits.quoteCharactersMax).replace(/[\uD800-\uDBFF]$/, '')}…` : words
}

export interface NewThread {
  readonly about: ThreadAbout
  readonly by: string
  readonly ranges: readonly ThreadRange[]
  readonly quote: string
}

/** Begins a thread, without a message yet. Returns its id. */
export function beginThread(doc: Y.Doc, { about, by, ranges, quote }: NewThread): string {
  const id = nextId(doc)
  const map = new Y.Map<unknown>()
  threadsOf(doc).set(id, map)
  map.set('about', { ...about })
  map.set('by', by)
  map.set('ranges', ranges.map((range) => range.map((anchor) => [...anchor])))
  map.set('quote', quote)
  map.set('messages', new Y.Map())
  return id
}

/** Adds a message; the thread is open again. Returns the message's number. */
export function addMessage(doc: Y.Doc, thread: string, message: Omit<Message, 'number'>): number {
  const map = threadsOf(doc).get(thread)
  const messages: unknown = map?.get('messages')
  if (map === undefined || !(messages instanceof Y.Map)) throw new RangeError(`there is no thread ${thread}`)
  const number = messages.size + 1
  messages.set(String(number), { number, ...message, mentions: [...message.mentions] })
  if (record(map.get('resolved')) !== null) map.set('resolved', null)
  return number
}

export function setResolved(doc: Y.Doc, thread: string, resolved: ThreadView['resolved']): void {
  threadsOf(doc).get(thread)?.set('resolved', resolved === null ? null : { ...resolved })
}
