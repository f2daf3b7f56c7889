/**
 * Where a new or moved paragraph comes to stand, and as what. Asked by what writes it into the base and by what words it,
 * so that the sentence and the text never differ. Pure.
 */
import type * as Y from 'yjs'
import { insertedKind, kindAt } from './about.ts'
import { readAmendment } from './amendments.ts'
import { readBecame } from './forward.ts'
import { amendmentsOf, compareIds } from './layout.ts'
import type { About } from './layout.ts'
import type { Placement } from './operations.ts'
import type { DraftView, UnitView } from './units.ts'
import type { UnitKind } from './value.ts'

export interface Coming extends Placement {
  readonly kind: UnitKind
}

/** What becomes a new paragraph: an insertion or a placeholder. */
export type AboutNew = Extract<About, { kind: 'insert' | 'placeholder' }>

/** `target`: the unit that `about` names, as it stands now; null for the very beginning. */
export function comingNew(shared: Y.Doc, view: DraftView, amendment: string, about: AboutNew, target: UnitView | null): Coming {
  const place = behindEarlier(shared, view, amendment, about, {
    parent: about.inside ? (target?.id ?? null) : (target?.parent ?? null),
    after: about.inside ? null : (target?.id ?? null),
  })
  return { ...place, kind: insertedKind(about.unitKind as UnitKind, place.parent !== null, target?.kind) }
}

/** Behind the new paragraphs that stand there already and were proposed before it, so that bis comes before ter. */
function behindEarlier(shared: Y.Doc, view: DraftView, amendment: string, about: AboutNew, place: Placement): Placement {
  const earlier = new Set<string>()
  for (const [id, map] of amendmentsOf(shared).entries()) {
    const other = compareIds(id, amendment) < 0 ? (readAmendment(id, map)?.about ?? null) : null
    const isBeside = other !== null && (other.kind === 'insert' || other.kind === 'placeholder') && other.target === about.target && other.inside === about.inside
    const became = isBeside ? readBecame(shared, id) : null
    if (became !== null) earlier.add(became.unit)
  }
  const siblings = view.children.get(place.parent) ?? []
  let after = place.after
  let index = siblings.findIndex((unit) => unit.id === after) + 1
  while (earlier.has(siblings[index]?.id ?? '')) after = siblings[index++]!.id
  return { parent: place.parent, after }
}

/** It becomes what stands where it goes: beneath another paragraph a sub-paragraph. */
export function comingMoved(view: DraftView, unit: { readonly id: string; readonly kind: UnitKind }, place: Placement): Coming {
  const siblings = (view.children.get(place.parent) ?? []).filter((other) => other.id !== unit.id)
  const index = siblings.findIndex((other) => other.id === place.after)
  return { ...place, kind: kindAt(unit.kind, place.parent !== null, [siblings[index]?.kind, siblings[index + 1]?.kind]) }
}
