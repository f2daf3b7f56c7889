/** In which unit a letter of the base falls. Only asked where some unit is closed, since it reads a whole text. */
import * as Y from 'yjs'
import { Refusal } from '../../../shared/wire/errors.ts'
import { find, placeOf, rootMap } from './context.ts'
import type { Context } from './context.ts'
import type { Holder, Parts, Reach, Segments, Spot, Struct } from './types.ts'

/** The unit that a live `{unit}` embed begins, else null. */
function markedBy(item: Y.Item): string | null {
  if (item.deleted || !(item.content instanceof Y.ContentEmbed)) return null
  const embed: object = item.content.embed
  return 'unit' in embed && typeof embed.unit === 'string' ? embed.unit : null
}

function notedBy(item: Y.Item): string | null {
  if (item.deleted || !(item.content instanceof Y.ContentEmbed)) return null
  const embed: object = item.content.embed
  return 'note' in embed && typeof embed.note === 'string' ? embed.note : null
}

/** As the reader does: from the text's beginning or a marker to the next; a second marker of a unit counts for nothing. */
function readSegments(text: Y.Text, key: string, first: string): Segments {
  const spots = new Map<Y.Item, Spot>()
  const markers: Spot[] = []
  if (!hasMarker(text)) return { first, spots, markers }
  const seen = new Set<string>([key])
  let unit = first
  let index = 0
  for (let item = text._start; item !== null; item = item.right) {
    const marked = markedBy(item)
    if (marked !== null && !seen.has(marked)) {
      seen.add(marked)
      unit = marked
      markers.push({ index, unit })
    }
    spots.set(item, { index: index++, unit })
  }
  return { first, spots, markers }
}

/** Most texts hold one unit: then nothing more need be known of their items. */
function hasMarker(text: Y.Text): boolean {
  for (let item = text._start; item !== null; item = item.right) if (markedBy(item) !== null) return true
  return false
}

const spotOf = ({ spots, first }: Segments, item: Y.Item): Spot => spots.get(item) ?? { index: 0, unit: first }

/** The unit whose words begin this text: its own, or for a note's text the one that the note's mark stands in. */
function unitAtStart(doc: Y.Doc, key: string): string {
  if (rootMap(doc, 'units')?.has(key) === true) return key
  for (const [id, host] of rootMap(doc, 'texts')?.entries() ?? []) {
    if (!(host instanceof Y.Text) || id === key) continue
    let unit = id
    for (let item = host._start; item !== null; item = item.right) {
      unit = markedBy(item) ?? unit
      if (notedBy(item) === key) return unit
    }
  }
  return key
}

function segmentsOf(context: Context, text: Y.Text, key: string): Segments {
  let segments = context.segments.get(text)
  if (segments === undefined) {
    segments = readSegments(text, key, unitAtStart(context.doc, key))
    context.segments.set(text, segments)
  }
  return segments
}

/** Every unit that a new item may fall in, wherever it comes to stand among what others wrote between its neighbours. */
export function reachOf(context: Context, text: Holder, key: string, item: Parts): Reach {
  if (!(text instanceof Y.Text)) return { from: -1, to: Infinity, units: [key] }
  const left = item.origin === null ? null : find(context, item.origin)
  const segments = segmentsOf(context, text, key)
  const { first, markers } = segments
  if (markers.length === 0 && (left === null || left instanceof Y.Item)) return { from: -1, to: Infinity, units: [first] }
  const right = item.right === null ? null : find(context, item.right)
  const before = left === null || left instanceof Y.Item ? undefined : context.reaches.get(left)
  const from = left instanceof Y.Item ? spotOf(segments, left).index : (before?.from ?? -1)
  const to = right instanceof Y.Item ? spotOf(segments, right).index : right === null ? Infinity : (context.reaches.get(right)?.to ?? Infinity)
  const around = left instanceof Y.Item ? [spotOf(segments, left).unit] : left === null ? [first] : unitsOfFresh(before, left)
  const between = markers.filter((marker) => marker.index > from && marker.index < to).map((marker) => marker.unit)
  return { from, to, units: [...new Set([...around, ...between])] }
}

function unitsOfFresh(reach: Reach | undefined, struct: Struct): readonly string[] {
  const units = reach?.units ?? []
  const content = struct.item!.content
  if (content.kind !== 'embed') return units
  const unit = (content.embed as { unit?: unknown }).unit
  return typeof unit === 'string' ? [...units, unit] : units
}

/** The units that a stored item's letters belong to; for a marker both that before it and its own. */
export function unitsAround(context: Context, item: Y.Item): readonly string[] {
  const text = item.parent as unknown as Holder
  const place = placeOf(context, text)
  if (place.name === 'closed' || !(text instanceof Y.Text)) throw new Refusal('unknown-place')
  const segments = segmentsOf(context, text, place.key)
  const before = item.left === null ? segments.first : spotOf(segments, item.left).unit
  const marked = markedBy(item)
  return marked === null ? [before] : [before, marked]
}
