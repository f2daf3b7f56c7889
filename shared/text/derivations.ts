/**
 * The two tables of an omnibus: for each unit of the draft where its words come from, and for each paragraph of each source
 * where it went. From the units with what each holds of which source, and the sources. Pure.
 */
import { wordDiff } from './word-diff.ts'
import type { WordPart } from './word-diff.ts'

/** Of one paragraph of one source: its letters and figures, without blanks and signs, that stand in a unit. */
export interface Taken {
  readonly source: number
  readonly paragraph: number
  readonly letters: number
}

export interface UnitTaken {
  readonly unit: string
  readonly words: string
  readonly taken: readonly Taken[]
}

/**
 * - `taken`   to the letter what stands in the source, or a part of that
 * - `altered` some of it comes from a source
 * - `new`     nothing does
 * - `gone`    it comes from a source that is no longer in the library, so that nothing can be compared
 */
export type DerivationKind = 'taken' | 'altered' | 'new' | 'gone'

export interface Derivation {
  readonly unit: string
  readonly kind: DerivationKind
  /** Those that the most came from first. */
  readonly sources: readonly Taken[]
  /** From the first of the sources to the unit, word by word; empty where nothing is altered or can be compared. */
  readonly parts: readonly WordPart[]
}

export interface Destination {
  readonly source: number
  readonly paragraph: number
  /** The units where words of it stand, in the order of the draft. */
  readonly units: readonly string[]
  /** Why it was left out; null where nobody has said. */
  readonly leftOut: string | null
}

export const lettersIn = (words: string): number => words.match(/[\p{L}\p{N}]/gu)?.length ?? 0

/** `wordsOf` gives a paragraph of a source, null where it is gone. */
export function derivationsOf(units: readonly UnitTaken[], wordsOf: (source: number, paragraph: number) => string | null): Derivation[] {
  return units.map(({ unit, words, taken }): Derivation => {
    const sources = together(taken)
    const [nearest] = sources
    if (nearest === undefined) return { unit, kind: 'new', sources, parts: [] }
    const before = wordsOf(nearest.source, nearest.paragraph)
    if (before === null) return { unit, kind: 'gone', sources, parts: [] }
    const isWhole = sources.length === 1 && nearest.letters === lettersIn(words) && before.includes(words.trim())
    return { unit, kind: isWhole ? 'taken' : 'altered', sources, parts: before.trim() === words.trim() ? [] : wordDiff(before, words) }
  })
}

function together(taken: readonly Taken[]): Taken[] {
  const sums = new Map<string, Taken>()
  for (const { source, paragraph, letters } of taken) {
    const key = `${source} ${paragraph}`
    sums.set(key, { source, paragraph, letters: letters + (sums.get(key)?.letters ?? 0) })
  }
  return [...sums.values()].filter(({ letters }) => letters > 0).sort((one, other) => other.letters - one.letters || one.source - other.source || one.paragraph - other.paragraph)
}

/** Those that went somewhere, or were left out for a reason, by source and place. `leftOut` by `keyOfParagraph`. */
export function destinationsOf(derivations: readonly Derivation[], leftOut: ReadonlyMap<string, string>): Destination[] {
  const units = new Map<string, string[]>()
  for (const { unit, sources } of derivations) {
    for (const { source, paragraph } of sources) {
      const key = keyOfParagraph(source, paragraph)
      units.set(key, [...(units.get(key) ?? []), unit])
    }
  }
  return [...new Set([...units.keys(), ...leftOut.keys()])]
    .map((key): Destination => {
      const [source, paragraph] = key.split(' ').map(Number) as [number, number]
      return { source, paragraph, units: units.get(key) ?? [], leftOut: leftOut.get(key) ?? null }
    })
    .sort((one, other) => one.source - other.source || one.paragraph - other.paragraph)
}

export const keyOfParagraph = (source: number, paragraph: number): string => `${source} ${paragraph}`
