/**
 * A resolution as a plain value: what importers make, exporters read and the canonical form holds.
 * Nothing in it knows of CRDTs, people or amendments.
 */

/**
 * What a unit is. Numbers are never part of it: PP1, "1.", (a), (i) are derived from kind and order.
 *
 * - `front`   a line of the masthead before the title (session, agenda item, symbol, "Resolution adopted by …")
 * - `title`   the title; one to a draft, annexes have headings
 * - `organ`   "The General Assembly,"
 * - `heading` a section or part heading, its words only
 * - `pp`      preambular paragraph
 * - `op`      operative paragraph
 * - `sub`     sub-paragraph; its depth says (a), (i), a.
 * - `annex`   begins an annex: "Annex", "Annex II"; numbering starts again after it
 * - `para`    any other paragraph, in an annex, a table's row, a letter
 * - `closing` a line after the last operative paragraph ("50th plenary meeting")
 */
export const unitKinds = ['front', 'title', 'organ', 'heading', 'pp', 'op', 'sub', 'annex', 'para', 'closing'] as const
export type UnitKind = (typeof unitKinds)[number]

/** A footnote. `at` is the UTF-16 offset in the unit's words that its mark follows, from 0 to their length. */
export interface NoteValue {
  readonly at: number
  readonly words: string
}

/** Words that are not agreed, from one offset in the unit's words to another. A placeholder keeps a place for text to come. */
export interface BracketValue {
  readonly from: number
  readonly to: number
  readonly placeholder?: true
}

/** `label` only where the source's own number is not what derivation gives ("12 bis", a list that starts at 4). */
export interface UnitValue {
  readonly kind: UnitKind
  readonly words: string
  readonly notes: readonly NoteValue[]
  readonly children: readonly UnitValue[]
  readonly label?: string
  /** Only where there are some. */
  readonly brackets?: readonly BracketValue[]
}

/** `language` is a BCP 47 tag: en, fr, es, ru, ar, zh. */
export interface ResolutionValue {
  readonly language: string
  readonly units: readonly UnitValue[]
}
