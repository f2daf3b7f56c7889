/** Where in the base a change has written, and so where taking it back would write; and where deeds would. */
import * as Y from 'yjs'
import { itemsIn } from './changes.ts'
import type { Change, IdRange } from './changes.ts'
import { typeAt } from './deeds.ts'
import type { Deed } from './deeds.ts'
import { unitsOf } from './layout.ts'
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

/**
 * Of deeds that are not done yet; they name letters and ids of the document. What they make themselves touches nothing that
 * is there. `view` may be older than the last words; `fresh` is asked where it matters in which part of a text they are.
 */
export function touchedByDeeds(doc: Y.Doc, deeds: readonly Deed[], view: DraftView, fresh: () => DraftView): Touched {
  const units = new Set<string>()
  let shape = false
  const add = (unit: unknown): void => {
    if (typeof unit === 'string' && unit !== '') units.add(view.blockOf.get(unit) ?? unit)
  }
  const around = (deed: Extract<Deed, { do: 'write' | 'mark' | 'strike' }>): void => {
    const text = typeAt(doc, deed.in)
    if (!(text instanceof Y.Text)) return
    const whole = unitsOn(view, deed.in[1])
    if (whole.length < 2) return whole.forEach((unit) => units.add(unit))
    const letter = deed.do === 'strike' ? deed.from : deed.after
    const [from, to] = letter === null ? [0, 0] : spanOf(text, { client: letter[0], clock: letter[1], length: deed.do === 'strike' ? deed.length : 1 })
    for (const unit of unitsBetween(fresh(), text, deed.do === 'strike' ? from : to, to)) units.add(unit)
  }
  for (const deed of deeds) {
    switch (deed.do) {
      case 'write':
      case 'strike':
        around(deed)
        break
      case 'mark':
        around(deed)
        if (typeof deed.mark === 'object' && deed.mark !== null && 'unit' in deed.mark) {
          shape = true
          add(deed.mark['unit'])
        }
        break
      case 'make':
        shape ||= deed.in[0] === 'units'
        break
      case 'set':
        shape = true
        add(deed.in[1])
        if (deed.key !== 'joined') break
        add(deed.value)
        add(unitsOf(doc).get(deed.in[1] ?? '')?.get('joined'))
    }
  }
  return { shape, units }
}

/** At a seam both units: which of them words come back in is decided by what stands between. */
function unitsAround(view: DraftView, text: Y.Text, range: IdRange): string[] {
  return unitsBetween(view, text, ...spanOf(text, range))
}

function unitsBetween(view: DraftView, text: Y.Text, from: number, to: number): string[] {
  const name = text._item?.parentSub
  const isIn = (unit: UnitView): boolean =>
    unit.segments.some((part) => part.text === name && part.from <= to && from <= part.to) || unit.notes.some((note) => note.id === name)
  return [...view.units, ...view.removed].filter(isIn).map((unit) => unit.id)
}

/** Whose words are in a text, or in whose a note is. */
const unitsOn = (view: DraftView, name: string | undefined): string[] =>
  [...view.units, ...view.removed].filter((unit) => unit.segments.some((part) => part.text === name) || unit.notes.some((note) => note.id === name)).map(({ id }) => id)

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
