/** Texts cut at their markers: which run of which text is whose. */
import * as Y from 'yjs'
import type { TextScan } from './texts.ts'
import type { Segment } from './units.ts'

/**
 * The runs of one text in its order: from its beginning, or from a unit's marker, to the next marker. A unit has more
 * than one where embeds stand within that mean nothing (two people who undo the same join both set its marker anew,
 * and the second counts for nothing); they lie in no segment. A unit whose marker stands there has at least one run,
 * if empty. `marks` says whether a marker counts: whether there is such a unit and its words are in this text.
 */
export function segmentsIn(text: string, scan: TextScan, marks: (unit: string) => boolean): Segment[] {
  const segments: Segment[] = []
  let unit = text
  let from = 0
  let found = false
  const close = (to: number, last: boolean): void => {
    if (to > from || (last && !found)) {
      segments.push({ unit, text, from, to })
      found = true
    }
    from = to + 1
  }
  for (const { at, next } of breaksIn(text, scan, marks)) {
    close(at, next !== null)
    if (next === null) continue
    unit = next
    found = false
  }
  close(scan.words.length, true)
  return segments
}

function breaksIn(text: string, scan: TextScan, marks: (unit: string) => boolean): { at: number; next: string | null }[] {
  const breaks: { at: number; next: string | null }[] = scan.strays.map((at) => ({ at, next: null }))
  for (const mark of scan.marks) {
    if (mark.kind === 'unit') breaks.push({ at: mark.at, next: mark.id !== text && marks(mark.id) ? mark.id : null })
  }
  return breaks.sort((left, right) => left.at - right.at)
}

/** Where a unit's markers stand in a text, from the last to the first: there may be more than one. */
export function markersOf(text: Y.Text, unit: string): number[] {
  const found: number[] = []
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const embed: unknown = item.content instanceof Y.ContentEmbed ? item.content.embed : null
    if (typeof embed === 'object' && embed !== null && 'unit' in embed && embed.unit === unit) found.unshift(at)
    at += item.length
  }
  return found
}
