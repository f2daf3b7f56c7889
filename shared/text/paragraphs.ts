/** The paragraphs of a text of the library, in the order of its page: each is named by its place among them, from 0. Pure. */
import { cleanWords } from '../model/layout.ts'
import { numberUnits } from '../model/numbering.ts'
import type { WordsTaken } from '../model/taking.ts'
import type { NoteValue, ResolutionValue, UnitKind, UnitValue } from '../model/value.ts'

export interface SourceParagraph {
  readonly kind: UnitKind
  readonly depth: number
  /** What one calls it (PP3, OP5), or nothing; and what is printed before its words. */
  readonly number: string
  readonly printed: string
  readonly words: string
  readonly notes: readonly NoteValue[]
}

export function paragraphsOf(value: ResolutionValue): SourceParagraph[] {
  const numbers = numberUnits(value.units, value.language)
  const found: SourceParagraph[] = []
  const visit = (unit: UnitValue, depth: number): void => {
    const { number = '', printed = '' } = numbers.get(unit) ?? {}
    found.push({ kind: unit.kind, depth, number, printed, words: unit.words, notes: unit.notes })
    for (const child of unit.children) visit(child, depth + 1)
  }
  for (const unit of value.units) visit(unit, 0)
  return found
}

/** Lines of the masthead are no paragraphs: both tables leave them out, but where words of one were taken, or it was left out with a reason. */
export const isInTables = (kind: UnitKind, isToldOf: boolean): boolean => kind !== 'front' || isToldOf

/** The last year that stands in the lines before the title; null where none does. */
export function yearIn({ units }: ResolutionValue): number | null {
  const lines = units.filter(({ kind }) => kind === 'front').map(({ words }) => words).join(' ')
  const year = lines.match(/(?<!\d)(?:19[4-9]|20\d)\d(?!\d)/g)?.at(-1)
  return year === undefined ? null : Number(year)
}

/** As unit values again, each under the one it stood under where that is among those chosen. `places` in order. */
export function valuesOf(paragraphs: readonly SourceParagraph[], places: readonly number[]): UnitValue[] {
  interface Made extends UnitValue {
    readonly children: Made[]
  }
  const top: Made[] = []
  const open: { depth: number; unit: Made }[] = []
  for (const place of places) {
    const paragraph = paragraphs[place]
    if (paragraph === undefined) continue
    const { kind, depth, words, notes } = paragraph
    while (open.length > 0 && open.at(-1)!.depth >= depth) open.pop()
    const unit: Made = { kind, words, notes, children: [] }
    ;(open.at(-1)?.unit.children ?? top).push(unit)
    open.push({ depth, unit })
  }
  return top
}

/** Paragraphs as they are written into a draft, and what of them was taken from where, in the order in which it is written. */
export interface SourcePieces {
  readonly values: readonly UnitValue[]
  readonly taken: readonly WordsTaken[]
}

/** `places` of the source of that number. */
export function piecesOf(source: number, paragraphs: readonly SourceParagraph[], places: readonly number[]): SourcePieces {
  const rising = [...new Set(places)].filter((place) => paragraphs[place] !== undefined).sort((one, other) => one - other)
  return { values: valuesOf(paragraphs, rising), taken: rising.map((place) => ({ place: [source, place, 0], words: cleanWords(paragraphs[place]!.words) })) }
}

/** A heading with all up to the next that is no deeper, a paragraph with what is beneath it. */
export function sectionAt(paragraphs: readonly SourceParagraph[], at: number): number[] {
  const first = paragraphs[at]
  if (first === undefined) return []
  const isHeading = first.kind === 'heading' || first.kind === 'annex'
  const ends = ({ kind, depth }: SourceParagraph): boolean =>
    !isHeading ? depth <= first.depth : kind === 'closing' || kind === 'annex' || (kind === 'heading' && first.kind === 'heading' && depth <= first.depth)
  const end = paragraphs.findIndex((paragraph, place) => place > at && ends(paragraph))
  return Array.from({ length: (end === -1 ? paragraphs.length : end) - at }, (_, step) => at + step)
}
