/** The text as oral revisions leave it, with the ids by which its paragraphs are those of the frozen one. Pure. */
import { valueOf } from '../model/operations.ts'
import type { DraftView } from '../model/units.ts'
import type { ResolutionValue } from '../model/value.ts'
import { certifiedIn } from '../record/oral.ts'
import type { OralRevision } from '../record/oral.ts'
import { orallyRevised } from '../text/oral-revision.ts'
import type { OralChange } from '../text/oral-revision.ts'
import { digestOfResolution } from './oral.ts'

export interface IdentifiedText {
  readonly value: ResolutionValue
  /** In the order of the page. */
  readonly ids: readonly string[]
}

export const identified = (view: DraftView, language: string): IdentifiedText => ({ value: valueOf(view, language), ids: view.units.map(({ id }) => id) })

/** Null where they cannot be carried out on it. New paragraphs are called by `named`, which no other is called by. */
export function revisedText({ value, ids }: IdentifiedText, changes: readonly OralChange[], named: string): IdentifiedText | null {
  const revised = orallyRevised(value, changes)
  return revised.ok ? { value: revised.value, ids: revised.from.map((at, index) => (at === null ? `${named}-${index}` : (ids[at] ?? `${named}-${index}`))) } : null
}

/** With all that are certified carried out, one after the other; null where one cannot be, which would be a fault of ours. */
export const asRevised = (frozen: IdentifiedText, revisions: readonly OralRevision[]): IdentifiedText | null =>
  certifiedIn(revisions).reduce<IdentifiedText | null>((text, { number, changes }) => (text === null ? null : revisedText(text, changes, `oral-${number}`)), frozen)

export const digestOfIdentified = ({ value }: IdentifiedText): string => digestOfResolution(value)
