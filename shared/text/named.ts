/**
 * What an amendment is on, by its official name: a paragraph of the draft, or one that another amendment only proposes
 * ("the new operative paragraph proposed after operative paragraph 5"). English. Pure.
 */
import { insertedKind } from '../model/about.ts'
import type { AmendmentView } from '../model/amendments.ts'
import type { AboutNew, Coming } from '../model/placing.ts'
import type { Placement } from '../model/operations.ts'
import type { DraftView, UnitView } from '../model/units.ts'
import type { UnitKind } from '../model/value.ts'
import { kindName, officialNames, partsOf } from './names.ts'
import type { OfficialName } from './names.ts'
import { put } from './renumbering.ts'
import type { Outline } from './renumbering.ts'

export interface NamedSource {
  readonly view: DraftView
  /** The live paragraph that a target is now; null where there is none. */
  readonly unitOf: (target: string) => UnitView | null
  /** The open amendment that a target is, where it is one that proposes a paragraph. */
  readonly outerOf: (target: string) => AmendmentView | null
  /** Where a new paragraph comes to stand on a paragraph of the draft, or at its beginning. */
  readonly newPlace: (amendment: string, about: AboutNew, target: UnitView | null) => Coming
}

export interface Named {
  /** The unit's, or that of the amendment that proposes it. */
  readonly id: string
  readonly kind: UnitKind
  readonly parent: string | null
  readonly name: OfficialName
  /** Where it is only proposed null; an alternative stands for the paragraph that it would replace. */
  readonly unit: UnitView | null
  /** Whether it is, or would be, a place kept for words to come, in brackets that are round whatever it holds. */
  readonly isPlaceholder: boolean
}

export interface Naming {
  readonly ofUnit: (unit: UnitView) => OfficialName | null
  /** Null where it is gone. */
  readonly ofTarget: (target: string) => Named | null
  /** Where a new paragraph would come, also beside one that is only proposed; null where that is gone. */
  readonly comingOf: (amendment: string, about: AboutNew) => Coming | null
  /** "After operative paragraph 5"; '' where there is nothing to tell it by. */
  readonly placeSaid: (place: Placement) => string
  /** What a paragraph of a kind is called at a place. */
  readonly kindSaid: (kind: UnitKind, place: Placement) => string
  /** Puts into an outline what a target stands on and is only proposed. */
  readonly putProposed: (outline: Outline, target: string) => void
}

export function namingIn({ view, unitOf, outerOf, newPlace }: NamedSource): Naming {
  const names = officialNames(view)
  const parts = partsOf(view)

  const comingOf = (amendment: string, about: AboutNew): Coming | null => {
    const on = about.target === '' ? null : ofTarget(about.target)
    if (on === null && about.target !== '') return null
    if (on === null || on.unit !== null) return newPlace(amendment, about, on?.unit ?? null)
    const place = about.inside ? { parent: on.id, after: null } : { parent: on.parent, after: on.id }
    return { ...place, kind: insertedKind(about.unitKind as UnitKind, place.parent !== null, on.kind) }
  }

  const ofTarget = (target: string): Named | null => {
    const unit = unitOf(target)
    if (unit !== null) return { id: unit.id, kind: unit.kind, parent: unit.parent, name: names.get(unit.id)!, unit, isPlaceholder: unit.brackets.some((bracket) => bracket.placeholder) }
    const outer = outerOf(target)
    return outer === null ? null : ofProposal(outer)
  }

  const ofProposal = ({ id, about }: AmendmentView): Named | null => {
    if (about.kind === 'replace') {
      const replaced = ofTarget(about.target)
      return replaced === null ? null : { ...replaced, name: plainName(`the text proposed to replace ${replaced.name.words}`) }
    }
    const coming = about.kind === 'insert' || about.kind === 'placeholder' ? comingOf(id, about) : null
    if (coming === null) return null
    const place = placeSaid(coming)
    const name = plainName(`the new ${kindSaid(coming.kind, coming)} proposed${place === '' ? '' : ` ${place[0]!.toLowerCase()}${place.slice(1)}`}`)
    return { id, kind: coming.kind, parent: coming.parent, name, unit: null, isPlaceholder: about.kind === 'placeholder' }
  }

  const nameOf = (id: string): string => names.get(id)?.whole ?? ofTarget(id)!.name.whole

  const placeSaid = ({ parent, after }: Placement): string => {
    const first = view.children.get(parent)?.[0]
    if (after !== null) return `After ${nameOf(after)}`
    if (first !== undefined) return `Before ${nameOf(first.id)}`
    return parent === null ? '' : `At the end of ${nameOf(parent)}`
  }

  const kindSaid = (kind: UnitKind, place: Placement): string => kindName(view, kind, partAt(place.after ?? place.parent))

  const partAt = (id: string | null): string => {
    if (id === null) return ''
    const about = parts.has(id) ? undefined : outerOf(id)?.about
    const coming = about?.kind === 'insert' || about?.kind === 'placeholder' ? comingOf(id, about) : null
    return coming === null ? (parts.get(id) ?? '') : partAt(coming.after ?? coming.parent)
  }

  const putProposed = (outline: Outline, target: string): void => {
    const about = unitOf(target) === null ? outerOf(target)?.about : undefined
    if (about === undefined) return
    putProposed(outline, about.target)
    const coming = about.kind === 'insert' || about.kind === 'placeholder' ? comingOf(target, about) : null
    if (coming !== null) put(outline, target, coming.kind, coming)
  }

  return { ofUnit: (unit) => names.get(unit.id) ?? null, ofTarget, comingOf, placeSaid, kindSaid, putProposed }
}

const plainName = (name: string): OfficialName => ({ whole: name, words: name, short: 'the paragraph' })
