/** What the server tells of a draft's library. */
import type { z } from 'zod'
import type { unitKindSchema } from './value.ts'

export interface SourceHead {
  readonly number: number
  readonly title: string
  /** Empty where it has none. */
  readonly symbol: string
  /** A BCP 47 tag; empty for a file that was not read. */
  readonly language: string
  readonly year: number | null
  /** The file's own. */
  readonly name: string
  /** What it was read as; empty for a file that is kept as it is and was not read. */
  readonly format: string
  /** The delegation that added it. */
  readonly by: string
  readonly atMs: number
  readonly sizeBytes: number
  /** Of the file. */
  readonly sha256: string
  /** Paragraphs that were read from it. */
  readonly paragraphs: number
  /** When it was taken out of the library; what was taken from it keeps its origin. */
  readonly removedAtMs: number | null
  readonly removedWhy: string
}

/** A paragraph where words were found: of a source, or, where that is null, a unit of the draft. */
export interface SearchHit {
  readonly source: number | null
  /** Its place in the source; 0 in the draft. */
  readonly paragraph: number
  /** Of the draft; empty in a source. */
  readonly unit: string
  readonly words: string
  /** The very words, one after another. */
  readonly exact: boolean
  /** How much of what was looked for is there, or, of paragraphs that are compared, how much they have in common: from 0 to 1. */
  readonly share: number
}

/** A paragraph of the library that speaks to a theme. */
export interface ThemeHit {
  readonly source: number
  readonly symbol: string
  readonly title: string
  readonly year: number | null
  /** Its place, from 0; and what it is called (PP3, OP5), or nothing. */
  readonly paragraph: number
  readonly kind: z.infer<typeof unitKindSchema>
  readonly number: string
  readonly words: string
  /** The words by which it speaks to it. */
  readonly found: readonly string[]
}

export interface ThemeHits {
  readonly theme: number
  /** A few of each source, in the order of the library. */
  readonly hits: readonly ThemeHit[]
  /** Whether there are more than are told. */
  readonly more: boolean
}
