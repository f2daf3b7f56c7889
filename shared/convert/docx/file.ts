/** What a Word file says, before any of its changes is accepted or rejected. Values alone; read.ts makes them. */

/** Whose change it is, and when it says it was made (ISO 8601, as the file has it). */
export interface Reviser {
  readonly author: string
  readonly at: string | null
}

/**
 * Whether something is there: put in by somebody, struck by somebody, or both, one after the other. `moved` names a move where the
 * two halves of one are marked.
 */
export interface Presence {
  readonly inserted: Reviser | null
  readonly deleted: Reviser | null
  readonly moved: string | null
}

export const standing: Presence = { inserted: null, deleted: null, moved: null }

/** Words that are the same all through, or the mark of one footnote (`words` is then empty). */
export interface WordRun {
  readonly words: string
  readonly presence: Presence
  readonly isItalic: boolean
  readonly note: string | null
}

export interface NumberingOf {
  readonly list: string
  readonly level: number
}

export interface WordParagraph {
  readonly runs: readonly WordRun[]
  /** Of the paragraph's end: where it goes, what follows is joined to it. */
  readonly mark: Presence
  /** Whether a paragraph follows it in the same cell or text: what its end can be joined with. */
  readonly hasNext: boolean
  /** Of the row or cell that it stands in, or of what is round the whole paragraph. */
  readonly within: Presence
  /** The row of a table, counted through the file; null outside tables. */
  readonly row: number | null
  /** The style's id. */
  readonly style: string
  readonly numbering: NumberingOf | null
  /** Where it stood in the file, from 1. */
  readonly line: number
}

export interface WordComment {
  readonly author: string
  readonly at: string | null
  readonly words: string
  /** The words it is on, at most as many as a quote has. */
  readonly on: string
}

/** What a Word file can hold and a resolution cannot. */
export const lossCodes = ['text-box', 'picture', 'equation', 'hidden', 'symbol', 'header', 'field', 'endnote'] as const
export type LossCode = (typeof lossCodes)[number]

export interface Loss {
  readonly code: LossCode
  /** The paragraph it is in, from 1; 0 for the whole file. */
  readonly line: number
  readonly words: string
}

/** From which draft and which version of it a file was written, as it says itself. */
export interface WrittenFrom {
  readonly draft: string
  readonly version: string
}

export interface WordFile {
  readonly paragraphs: readonly WordParagraph[]
  readonly notes: ReadonlyMap<string, readonly WordParagraph[]>
  readonly comments: readonly WordComment[]
  readonly styles: StyleSheet
  readonly lists: Lists
  readonly from: WrittenFrom | null
  readonly losses: readonly Loss[]
}

export interface Style {
  readonly id: string
  readonly name: string
  readonly basedOn: string | null
  readonly numbering: Partial<NumberingOf>
  readonly isHeading: boolean
  readonly isItalic: boolean
}

export interface StyleSheet {
  readonly byId: ReadonlyMap<string, Style>
  readonly standard: string
}

export interface Level {
  readonly start: number
  readonly format: string
  /** "%1.%2)": %n stands for the number of level n, from 1. */
  readonly text: string
  /** It begins again after a paragraph of this level or a higher one (from 1); 0 never; null after any higher level. */
  readonly restartsAfter: number | null
  readonly isDecimal: boolean
}

export interface List {
  /** Lists of one definition count on together. */
  readonly definition: string
  readonly levels: ReadonlyMap<number, Level>
  readonly startOverrides: ReadonlyMap<number, number>
}

export type Lists = ReadonlyMap<string, List>
