/** Where in the base a change has written, and so where taking it back would write. */
import * as Y from 'yjs'
import { itemsIn } from './changes.ts'
import type { Change, IdRange } from './changes.ts'
import type { DraftView, UnitView } from './units.ts'

export interface Touched {
  /** Markers, new units or their keys; else no more than words and notes. */
  readonly shape: boolean
  /** Ids of the units as the view shows them, or of such as it does not show. */
  readonly units: ReadonlySet<string>
}

/** Of a change to the shared document, read in the view of the document as it is now. */
export function touchedBy(change: Change, view: DraftView): Touched {
  const units = new Set<string>()
  let shape = change.keys.length > 0 || change.made.length > 0
  const add = (unit: unknown): void => {
    if (typeof unit === 'string' && unit !== '') units.add(view.blockOf.get(unit) ?? unit)
  }
  for (const range of [...change.inserted, ...change.deleted]) {
    for (const item of itemsIn(change.doc, range)) {
      if (!(item.parent instanceof Y.Text)) continue
      for (const unit of unitsAround(view, item.parent, range)) units.add(unit)
      const embed: unknown = item.content instanceof Y.ContentEmbed ? item.content.embed : null
      if (typeof embed !== 'object' || embed === null || !('unit' in embed)) continue
      shape = true
      add(embed.unit)
    }
  }
  for (const { map, key, before } of change.keys) {
    add(map._item?.parentSub)
    if (key === 'joined') add(before)
  }
  for (const { map } of change.made) add(map._item?.parentSub)
  return { shape, units }
}

/** At a seam both units: which of them words come back in is decided by what stands between. */
function unitsAround(view: DraftView, text: Y.Text, range: IdRange): string[] {
  const name = text._item?.parentSub
  const [from, to] = spanOf(text, range)
  const isIn = (unit: UnitView): boolean =>
    unit.segments.some((part) => part.text === name && part.from <= to && from <= part.to) || unit.notes.some((note) => note.id === name)
  return [...view.units, ...view.removed].filter(isIn).map((unit) => unit.id)
}

/** The visible offsets between which these characters stand, or stood. */
function spanOf(text: Y.Text, { client, clock, length }: IdRange): readonly [from: number, to: number] {
  let at = 0
  let from = Infinity
  let to = 0
  for (let item = text._start; item !== null; item = item.right) {
    const end = item.deleted || !item.countable ? at : at + item.length
    if (item.id.client === client && item.id.clock < clock + length && clock < item.id.clock + item.length) {
      from = Math.min(from, at)
      to = Math.max(to, end)
    }
    at = end
  }
  return [from, to]
}
