/**
 * `compile` lays amendments over a unit: the rolling text. The editor, as-if, the wording, incorporate and every export
 * use it alike. Pure and total.
 */
import { compareIds } from '../model/layout.ts'
import type { PlacedAmendment } from '../model/amendments.ts'

/**
 * A run of words that is the same all through.
 * - base words: `from` is their offset in the unit's atoms; `cutBy` lists the amendments that would delete them
 * - proposed words: `insertedBy` is the amendment, `hunk` its hunk, `from` the offset in the hunk's text;
 *   they stand at offset `at` of the unit
 */
export type Run = BaseRun | ProposedRun

export interface BaseRun {
  readonly kind: 'base'
  readonly words: string
  readonly from: number
  readonly cutBy: readonly string[]
}

export interface ProposedRun {
  readonly kind: 'proposed'
  readonly words: string
  readonly at: number
  readonly from: number
  readonly insertedBy: string
  readonly hunk: string
}

export function compile(atoms: string, amendments: readonly PlacedAmendment[]): Run[] {
  const hunks = amendments
    .flatMap(({ amendment, hunks }) => hunks.map((hunk) => ({ ...hunk, at: Math.min(hunk.at, atoms.length), by: amendment.id })))
    .sort((left, right) => left.at - right.at || (left.by === right.by ? compareIds(left.id, right.id) : compareIds(left.by, right.by)))
  const cuts = amendments.flatMap(({ amendment, cuts }) => cuts.filter((cut) => cut.to > cut.from).map((cut) => ({ ...cut, by: amendment.id })))
  const edges = new Set<number>([0, atoms.length])
  for (const hunk of hunks) edges.add(hunk.at)
  for (const cut of cuts) {
    edges.add(Math.min(cut.from, atoms.length))
    edges.add(Math.min(cut.to, atoms.length))
  }
  const sorted = [...edges].sort((left, right) => left - right)
  const runs: Run[] = []
  let nextHunk = 0
  for (const [index, from] of sorted.entries()) {
    for (; nextHunk < hunks.length && hunks[nextHunk]!.at <= from; nextHunk++) {
      const hunk = hunks[nextHunk]!
      runs.push({ kind: 'proposed', words: hunk.words, at: from, from: 0, insertedBy: hunk.by, hunk: hunk.id })
    }
    const to = sorted[index + 1]
    if (to === undefined) continue
    const cutBy = [...new Set(cuts.filter((cut) => cut.from <= from && cut.to >= to).map((cut) => cut.by))].sort(compareIds)
    runs.push({ kind: 'base', words: atoms.slice(from, to), from, cutBy })
  }
  return runs
}

/** The unit's atoms as they would be if these amendments were incorporated, with the spaces at the seams tidied. */
export function asIf(atoms: string, amendments: readonly PlacedAmendment[]): string {
  const runs = compile(atoms, amendments)
  const words = tidySeams(runs.filter((run) => run.kind === 'proposed' || run.cutBy.length === 0).map((run) => run.words))
  return runs.length > 1 ? trimSpaces(words) : words
}

/** Spaces alone: whatever else is blank at an end was put there by somebody. */
export const trimSpaces = (words: string): string => words.replace(/^ +| +$/g, '')

/** Joins pieces; a seam neither doubles a space nor leaves one before a comma, nor at either end. */
export function tidySeams(pieces: readonly string[]): string {
  let words = ''
  for (const piece of pieces) {
    let next = piece
    if (words.endsWith(' ') && next.startsWith(' ')) next = next.slice(1)
    if (words.endsWith(' ') && /^[,;.:]/.test(next) && words !== '') words = words.slice(0, -1)
    words += next
  }
  return pieces.length > 1 ? trimSpaces(words) : words
}
