/**
 * The operations on the base. The editor, the commands and the tests write the shared document through these and
 * nothing else. Each is one transaction; each takes the draft as it was read and does nothing where that no longer fits.
 * `origin` is handed to Yjs, so that the caller knows its own transactions again.
 */
import * as Y from 'yjs'
import { limits } from '../wire/limits.ts'
import { cleanWords, nextId, textsOf, unitsOf } from './layout.ts'
import type { NoteEmbed, UnitEmbed } from './layout.ts'
import { isRank, ranksBetween } from './rank.ts'
import { markersOf, segmentsIn } from './segments.ts'
import { outsidePair, scanText, wholeRange } from './texts.ts'
import type { BracketView, DraftView, Segment, UnitView } from './units.ts'
import type { BracketValue, UnitKind, UnitValue } from './value.ts'

/** After which sibling, under which parent. `after: null` is before the first. */
export interface Placement {
  readonly parent: string | null
  readonly after: string | null
}

const set = (doc: Y.Doc, unit: string, key: string, value: unknown): void => {
  const map = unitsOf(doc).get(unit)
  if (map !== undefined && map.get(key) !== value) map.set(key, value)
}

const siblingsOf = (view: DraftView, parent: string | null): readonly UnitView[] => view.children.get(parent) ?? []

/**
 * `count` ranks at a place. Siblings of equal rank that follow are moved behind, so that there is a between; where
 * so many were put at one place that ranks became too long, all siblings get new ones.
 * Throws nothing; the place falls to the end when `after` is not there.
 */
function ranksAt(doc: Y.Doc, view: DraftView, place: Placement, count: number, moving: string | null = null): string[] {
  const siblings = siblingsOf(view, place.parent).filter((unit) => unit.id !== moving)
  const index = place.after === null ? -1 : siblings.findIndex((unit) => unit.id === place.after)
  const at = place.after !== null && index === -1 ? siblings.length - 1 : index
  const before = siblings[at]?.rank ?? null
  let next = at + 1
  while (before !== null && siblings[next]?.rank === before) next++
  const after = siblings[next]?.rank ?? null
  const equals = siblings.slice(at + 1, next)
  const ranks = ranksBetween(before, after, nextId(doc), count + equals.length)
  if (!ranks.every(isRank)) return rerank(doc, siblings, at + 1, count)
  equals.forEach((unit, position) => set(doc, unit.id, 'rank', ranks[count + position]!))
  return ranks.slice(0, count)
}

/** New ranks for all of these; returns `count` more, for what comes at `index` among them. */
function rerank(doc: Y.Doc, siblings: readonly UnitView[], index: number, count: number): string[] {
  const ranks = ranksBetween(null, null, nextId(doc), siblings.length + count)
  const own = ranks.splice(index, count)
  siblings.forEach((unit, position) => set(doc, unit.id, 'rank', ranks[position]!))
  return own
}

function newUnit(doc: Y.Doc, kind: UnitKind, text: string | null, parent: string | null, rank: string, label?: string): string {
  const id = nextId(doc)
  const map = new Y.Map<unknown>()
  unitsOf(doc).set(id, map)
  map.set('text', text ?? id)
  map.set('kind', kind)
  map.set('parent', parent ?? '')
  map.set('rank', rank)
  if (label !== undefined) map.set('label', label)
  return id
}

function newText(doc: Y.Doc, id: string, words: string): Y.Text {
  const text = new Y.Text()
  textsOf(doc).set(id, text)
  if (words !== '') text.insert(0, words)
  return text
}

/** Words in place of a range of one text, without cutting a character in two. */
export function replaceIn(doc: Y.Doc, text: Y.Text, from: number, to: number, words: string, origin?: unknown): void {
  const clean = cleanWords(words)
  const whole = scanText(text).words
  const range = wholeRange(whole, from, Math.min(to, whole.length))
  if (range.from > whole.length) return
  doc.transact(() => {
    if (range.to > range.from) text.delete(range.from, range.to - range.from)
    if (clean !== '') text.insert(range.from, clean)
  }, origin)
}

/** New units with words of their own, in order, at one place. Returns the ids of the topmost ones. */
export function createUnits(doc: Y.Doc, view: DraftView, place: Placement, values: readonly UnitValue[], origin?: unknown): string[] {
  return doc.transact(() => {
    if (values.length === 0) return []
    const ranks = ranksAt(doc, view, place, values.length)
    return values.map((value, index) => createTree(doc, value, place.parent, ranks[index]!))
  }, origin)
}

function createTree(doc: Y.Doc, value: UnitValue, parent: string | null, rank: string): string {
  const id = newUnit(doc, value.kind, null, parent, rank, value.label)
  const words = cleanWords(value.words)
  const text = newText(doc, id, words)
  // From the last to the first, so that offsets hold, and of two at one place too.
  for (const note of [...value.notes].sort((left, right) => left.at - right.at).reverse()) {
    insertNoteIn(doc, text, Math.min(note.at, words.length), note.words)
  }
  const ranks = value.children.length === 0 ? [] : ranksBetween(null, null, id, value.children.length)
  value.children.forEach((child, index) => createTree(doc, child, id, ranks[index]!))
  return id
}

function insertNoteIn(doc: Y.Doc, text: Y.Text, at: number, words: string): string {
  const id = nextId(doc)
  newText(doc, id, cleanWords(words))
  const embed: NoteEmbed = { note: id }
  text.insertEmbed(at, embed)
  return id
}

export interface TextPlace {
  readonly text: string
  readonly at: number
}

/** Which text, and where in it, an offset in a unit is. At a seam: the end of the segment before. Null outside. */
export function placeIn(unit: UnitView, offset: number): TextPlace | null {
  let start = 0
  for (const part of unit.segments) {
    const length = part.to - part.from
    if (offset <= start + length) return offset < start ? null : { text: part.text, at: part.from + offset - start }
    start += length
  }
  return null
}

/** The runs of texts that a range of a unit covers. */
export function runsIn(unit: UnitView, from: number, to: number): { text: string; from: number; to: number }[] {
  const runs: { text: string; from: number; to: number }[] = []
  let start = 0
  for (const part of unit.segments) {
    const end = start + part.to - part.from
    const low = Math.max(from, start)
    const high = Math.min(to, end)
    if (low < high) runs.push({ text: part.text, from: part.from + low - start, to: part.from + high - start })
    start = end
  }
  return runs
}

/** Words in place of a range of a unit (either may be empty). Words already there are not touched, nor a character cut in two. */
export function replaceWords(doc: Y.Doc, unit: UnitView, from: number, to: number, words: string, origin?: unknown): void {
  const clean = cleanWords(words)
  const range = wholeRange(unit.atoms, from, to)
  const place = placeIn(unit, range.from)
  const runs = runsIn(unit, range.from, range.to)
  doc.transact(() => {
    // From the back of each text, so that offsets before hold; a block's order need not be its texts'.
    for (const run of [...runs].sort((left, right) => right.from - left.from)) textsOf(doc).get(run.text)?.delete(run.from, run.to - run.from)
    if (clean === '' || place === null) return
    const gone = runs.filter((run) => run.text === place.text && run.to <= place.at).reduce((sum, run) => sum + run.to - run.from, 0)
    textsOf(doc).get(place.text)?.insert(place.at - gone, clean)
  }, origin)
}

/** Words in place of a range of a footnote. */
export function replaceNoteWords(doc: Y.Doc, note: string, from: number, to: number, words: string, origin?: unknown): void {
  const text = textsOf(doc).get(note)
  if (text instanceof Y.Text) replaceIn(doc, text, from, to, words, origin)
}

export function insertNote(doc: Y.Doc, unit: UnitView, offset: number, words: string, origin?: unknown): string | null {
  return doc.transact(() => {
    const place = placeIn(unit, outsidePair(unit.atoms, offset))
    const text = place === null ? undefined : textsOf(doc).get(place.text)
    return text === undefined ? null : insertNoteIn(doc, text, place!.at, words)
  }, origin)
}

/**
 * Enter. What follows `offset` becomes a unit of its own, without a word being copied: a marker is set in the text.
 * Units joined behind the split go with the second half, and so do its sub-paragraphs, which follow it on the page; after
 * the last word of a lead-in the new unit is the first of them. Returns the new unit's id, or that of a joined unit set free.
 */
export function splitUnit(doc: Y.Doc, view: DraftView, unit: UnitView, offset: number, kind?: UnitKind, origin?: unknown): string | null {
  return doc.transact(() => {
    const at = segmentAt(unit, outsidePair(unit.atoms, offset))
    if (at === null) return null
    const { index, within } = at
    const part = unit.segments[index]!
    const children = siblingsOf(view, unit.id)
    const opensList = children.length > 0 && offset >= unit.atoms.length
    const place: Placement = opensList ? { parent: unit.id, after: null } : { parent: unit.parent, after: unit.id }
    const [rank] = ranksAt(doc, view, place, 1)
    const behind = unitsIn(unit.segments.slice(index + 1), part.unit)
    // Exactly between two joined units: the second is simply set free.
    if (within === part.to - part.from && behind.length > 0 && unit.segments[index + 1]!.unit !== part.unit) {
      const [free, ...others] = behind
      set(doc, free!, 'joined', '')
      if (kind !== undefined) set(doc, free!, 'kind', kind)
      set(doc, free!, 'parent', place.parent ?? '')
      set(doc, free!, 'rank', rank!)
      rejoin(doc, others, free!)
      for (const child of opensList ? [] : children) set(doc, child.id, 'parent', free!)
      return free!
    }
    const text = textsOf(doc).get(part.text)
    if (text === undefined) return null
    const id = newUnit(doc, kind ?? (opensList ? children[0]!.kind : unit.kind), part.text, place.parent, rank!)
    for (const child of opensList ? [] : children) set(doc, child.id, 'parent', id)
    const embed: UnitEmbed = { unit: id }
    text.insertEmbed(part.from + within, embed)
    rejoin(doc, behind, id)
    return id
  }, origin)
}

/** The units whose words these are, each once. */
const unitsIn = (segments: readonly Segment[], but: string): string[] =>
  [...new Set(segments.map((part) => part.unit))].filter((unit) => unit !== but)

function segmentAt(unit: UnitView, offset: number): { index: number; within: number } | null {
  let start = 0
  for (const [index, part] of unit.segments.entries()) {
    const length = part.to - part.from
    if (offset <= start + length) return { index, within: offset - start }
    start += length
  }
  return null
}

function rejoin(doc: Y.Doc, units: readonly string[], to: string): void {
  let rank: string | null = null
  for (const unit of units) {
    set(doc, unit, 'joined', to)
    // One list of joined units: their order among themselves must not depend on where each stood before.
    rank = ranksBetween(rank, null, unit, 1)[0]!
    set(doc, unit, 'rank', rank)
  }
}

/**
 * Backspace at a beginning. The second unit's words go on in the first's block. Where the second's marker stands in
 * the same text right behind the first, the marker is taken out; else the second is joined. Its children follow.
 */
export function joinUnits(doc: Y.Doc, view: DraftView, first: UnitView, second: UnitView, origin?: unknown): void {
  const last = first.segments.at(-1)
  if (last === undefined || first.id === second.id) return
  const children = siblingsOf(view, second.id).filter((child) => child.id !== first.id)
  const place = { parent: first.id, after: (second.parent === first.id ? second.id : siblingsOf(view, first.id).at(-1)?.id) ?? null }
  doc.transact(() => {
    if (goesOnIn(doc, last, second)) {
      const text = textsOf(doc).get(last.text)!
      for (const marker of markersOf(text, second.id)) text.delete(marker, 1)
      rejoin(doc, unitsIn(second.segments, second.id), last.unit)
      // Its marker may come back by undo; until then its record says where its words are.
      set(doc, second.id, 'joined', last.unit)
    } else {
      rejoin(doc, unitsIn([...first.segments, ...second.segments], first.id), first.id)
    }
    if (children.length > 0) adopt(doc, view, children, place)
  }, origin)
}

/** Whether a unit's own words begin in the same text where this segment ends. */
function goesOnIn(doc: Y.Doc, last: Segment, second: UnitView): boolean {
  const own = second.segments[0]
  if (own === undefined || own.unit !== second.id || own.text !== last.text || own.unit === own.text) return false
  const text = textsOf(doc).get(own.text)
  if (text === undefined) return false
  const units = unitsOf(doc)
  const order = segmentsIn(own.text, scanText(text), (unit) => units.get(unit)?.get('text') === own.text)
  return order[order.findIndex((part) => part.unit === second.id) - 1]?.unit === last.unit
}

function adopt(doc: Y.Doc, view: DraftView, children: readonly UnitView[], place: Placement): void {
  const ranks = ranksAt(doc, view, place, children.length)
  children.forEach((child, index) => {
    set(doc, child.id, 'parent', place.parent ?? '')
    set(doc, child.id, 'rank', ranks[index]!)
  })
}

/** To another place; its children go with it. Nothing when the place is within itself. */
export function moveUnit(doc: Y.Doc, view: DraftView, unit: UnitView, place: Placement, origin?: unknown): void {
  for (let up = place.parent; up !== null; up = view.byId.get(up)?.parent ?? null) if (up === unit.id) return
  if (place.after === unit.id) return
  doc.transact(() => {
    const [rank] = ranksAt(doc, view, place, 1, unit.id)
    set(doc, unit.id, 'parent', place.parent ?? '')
    set(doc, unit.id, 'rank', rank!)
  }, origin)
}

/** All that stand under one parent, in this order. They are not within each other, and none is removed. */
export function arrange(doc: Y.Doc, parent: string | null, units: readonly string[], origin?: unknown): void {
  doc.transact(() => {
    const ranks = ranksBetween(null, null, nextId(doc), units.length)
    units.forEach((unit, index) => {
      set(doc, unit, 'parent', parent ?? '')
      set(doc, unit, 'rank', ranks[index]!)
    })
  }, origin)
}

const nestable: ReadonlySet<UnitKind> = new Set(['pp', 'op', 'sub', 'para'])

/** How many levels hang beneath a unit. */
export const heightOf = (view: DraftView, unit: UnitView): number =>
  siblingsOf(view, unit.id).reduce((height, child) => Math.max(height, heightOf(view, child) + 1), 0)

/** Tab. Under the sibling before it, as its last; a paragraph that comes under another becomes a sub-paragraph. */
export function nestUnit(doc: Y.Doc, view: DraftView, unit: UnitView, origin?: unknown): boolean {
  const siblings = siblingsOf(view, unit.parent)
  const before = siblings[siblings.findIndex((other) => other.id === unit.id) - 1]
  if (before === undefined || !nestable.has(before.kind) || !nestable.has(unit.kind)) return false
  if (before.depth + 1 + heightOf(view, unit) >= limits.nestingMax) return false
  doc.transact(() => {
    moveUnit(doc, view, unit, { parent: before.id, after: siblingsOf(view, before.id).at(-1)?.id ?? null }, origin)
    set(doc, unit.id, 'kind', 'sub')
  }, origin)
  return true
}

/** Shift-Tab. After its parent; at top level it becomes what its parent is. */
export function liftUnit(doc: Y.Doc, view: DraftView, unit: UnitView, origin?: unknown): boolean {
  const parent = unit.parent === null ? undefined : view.byId.get(unit.parent)
  if (parent === undefined) return false
  doc.transact(() => {
    moveUnit(doc, view, unit, { parent: parent.parent, after: parent.id }, origin)
    set(doc, unit.id, 'kind', parent.parent === null ? parent.kind : 'sub')
  }, origin)
  return true
}

export function setKind(doc: Y.Doc, unit: UnitView, kind: UnitKind, origin?: unknown): void {
  doc.transact(() => set(doc, unit.id, 'kind', kind), origin)
}

/** Taken off the page; the words stay in the document and can be brought back. Children move up in its place. */
export function removeUnit(doc: Y.Doc, view: DraftView, unit: UnitView, origin?: unknown): void {
  doc.transact(() => {
    const children = siblingsOf(view, unit.id)
    if (children.length > 0) adopt(doc, view, children, { parent: unit.parent, after: unit.id })
    set(doc, unit.id, 'removed', true)
  }, origin)
}

export function restoreUnit(doc: Y.Doc, unit: UnitView, origin?: unknown): void {
  doc.transact(() => set(doc, unit.id, 'removed', false), origin)
}

/** The draft as a plain value: what exports, versions and digests are made of. */
export function valueOf(view: DraftView, language: string): { language: string; units: UnitValue[] } {
  return { language, units: siblingsOf(view, null).map((unit) => unitValueOf(view, unit)) }
}

function unitValueOf(view: DraftView, unit: UnitView): UnitValue {
  return {
    kind: unit.kind,
    words: unit.words,
    notes: unit.notes.map((note, index) => ({ at: note.at - index, words: note.words })),
    children: siblingsOf(view, unit.id).map((child) => unitValueOf(view, child)),
    ...(unit.label === null ? {} : { label: unit.label }),
    ...(unit.brackets.length === 0 ? {} : { brackets: unit.brackets.map((bracket) => bracketValueOf(unit, bracket)) }),
  }
}

/** In the unit's words, which have no marks of footnotes. */
function bracketValueOf(unit: UnitView, { from, to, placeholder }: BracketView): BracketValue {
  const inWords = (at: number): number => at - unit.notes.filter((note) => note.at < at).length
  return { from: inWords(from), to: inWords(to), ...(placeholder ? { placeholder } : {}) }
}
