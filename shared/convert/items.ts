import type { UnitKind } from '../model/value.ts'

/** A paragraph with what it was recognised as, before numbers are compared and sub-paragraphs nested. */
export interface Item {
  readonly kind: UnitKind
  /** Its words, the typed number taken off; footnote marks still in it. */
  readonly text: string
  /** The line of the source it begins on, from 1. */
  readonly line: number
  /** The number as it was typed, or null. */
  readonly typed: string | null
  /** False when the kind is the best that can be said rather than recognised. */
  readonly sure: boolean
}
