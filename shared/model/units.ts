/** The shape of a draft as it is read: blocks of words in a tree, from what units, texts and marks say. */
import type { UnitKind } from './value.ts'
import type { Mark } from './texts.ts'

/** A run of one text that is part of a block. Offsets are the Y.Text's; its marker is not within. */
export interface Segment {
  readonly unit: string
  readonly text: string
  readonly from: number
  readonly to: number
}

export interface NoteView {
  readonly id: string
  /** Offset of its mark in the block's atoms. */
  readonly at: number
  readonly words: string
  /** 1, 2, … through the draft. */
  readonly number: number
}

/** Base words in square brackets. */
export interface BracketView {
  readonly id: string
  /** Offsets in the block's atoms. */
  readonly from: number
  readonly to: number
  /** The delegations that asked for it. */
  readonly by: readonly string[]
  /** A place kept for text to come: the whole block, which may have no words yet. */
  readonly placeholder: boolean
  /** Only where words written right at `from` come within it: the letter it opened with is gone, or in a paragraph before. */
  readonly opensBefore?: true
  /** Only where words written right at `to` come within it: it goes on in a paragraph behind. */
  readonly closesBehind?: true
}

/**
 * One paragraph on the page. `atoms` are its words with one embed character for each footnote mark; offsets in a unit
 * are offsets in `atoms`. `number` is what the room calls it (PP3, OP5), `printed` what stands before its words.
 */
export interface UnitView {
  readonly id: string
  readonly kind: UnitKind
  readonly parent: string | null
  readonly depth: number
  readonly rank: string
  readonly segments: readonly Segment[]
  readonly atoms: string
  readonly words: string
  readonly notes: readonly NoteView[]
  readonly brackets: readonly BracketView[]
  readonly number: string
  readonly printed: string
  readonly label: string | null
}

export interface DraftView {
  /** Every live unit in the order of the page. */
  readonly units: readonly UnitView[]
  readonly byId: ReadonlyMap<string, UnitView>
  /** Units that were removed and still hold words: they can be brought back. */
  readonly removed: readonly UnitView[]
  /** The live unit whose block a unit's words are in: itself, the one it is joined to, or the one that dissolved it. */
  readonly blockOf: ReadonlyMap<string, string>
  readonly children: ReadonlyMap<string | null, readonly UnitView[]>
}

export interface TextMarks {
  readonly words: string
  readonly marks: readonly Mark[]
}
