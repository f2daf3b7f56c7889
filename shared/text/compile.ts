/**
 * `compile` lays amendments over a unit: the rolling text. The editor, as-if, the wording, incorporate and every export
 * use it alike. Pure and total.
 */
import { compareIds, embedCharacter } from '../model/layout.ts'
import type { PlacedAmendment, Sign } from '../model/amendments.ts'

/**
 * A run of words that is the same all through.
 * - base words: `from` is their offset in the unit's atoms; `cutBy` lists the amendments that would delete them; `opens`
 *   and `closes` the square brackets that stand right before and behind them, from left to right
 * - proposed words: `insertedBy` is the amendment, `hunk` its hunk, `from` the offset in the hunk's text;
 *   they stand at offset `at` of the unit
 * - a sign: a paragraph would be parted or joined there, or a footnote's mark stand there; one embed character
 */
export type Run = BaseRun | ProposedRun | SignRun

export interface BaseRun {
  readonly kind: 'base'
  readonly words: string
  readonly from: number
  readonly cutBy: readonly string[]
  readonly opens: readonly string[]
  readonly closes: readonly string[]
}

export interface ProposedRun {
  readonly kind: 'proposed'
  readonly words: string
  readonly at: number
  readonly from: number
  readonly insertedBy: string
  readonly hunk: string
}

export interface SignRun {
  readonly kind: 'sign'
  readonly words: string
  readonly at: number
  readonly sign: Sign
  readonly by: string
}

/** Square brackets that stand in the base, by the id that lifts them. */
export interface BaseBracket {
  readonly id: string
  readonly from: number
  readonly to: number
}

export function compile(atoms: string, amendments: readonly PlacedAmendment[], standing: readonly BaseBracket[] = []): Run[] {
  const hunks = amendments
    .flatMap(({ amendment, hunks }) => hunks.map((hunk) => ({ ...hunk, at: Math.min(hunk.at, atoms.length), by: amendment.id })))
    .sort((left, right) => left.at - right.at || (left.by === right.by ? compareIds(left.id, right.id) : compareIds(left.by, right.by)))
  const cuts = amendments.flatMap(({ amendment, cuts }) => cuts.filter((cut) => cut.to > cut.from).map((cut) => ({ ...cut, by: amendment.id })))
  const signs = amendments
    .flatMap(({ amendment, signs: own }) => own.map((sign) => ({ ...sign, at: Math.min(sign.at, atoms.length), by: amendment.id })))
    .sort((left, right) => left.at - right.at || compareIds(left.by, right.by))
  const brackets = [
    ...standing,
    ...amendments.flatMap(({ amendment, brackets: own }) => own.map((bracket) => ({ id: amendment.id, from: bracket.from, to: bracket.to }))),
  ].filter((bracket) => bracket.to > bracket.from)
  const edges = new Set<number>([0, atoms.length])
  for (const { at } of [...hunks, ...signs]) edges.add(at)
  for (const range of [...cuts, ...brackets]) {
    edges.add(Math.min(range.from, atoms.length))
    edges.add(Math.min(range.to, atoms.length))
  }
  const sorted = [...edges].sort((left, right) => left - right)
  const runs: Run[] = []
  let nextHunk = 0
  let nextSign = 0
  for (const [index, from] of sorted.entries()) {
    for (; nextHunk < hunks.length && hunks[nextHunk]!.at <= from; nextHunk++) {
      const hunk = hunks[nextHunk]!
      runs.push({ kind: 'proposed', words: hunk.words, at: from, from: 0, insertedBy: hunk.by, hunk: hunk.id })
    }
    for (; nextSign < signs.length && signs[nextSign]!.at <= from; nextSign++) {
      const { sign, by } = signs[nextSign]!
      runs.push({ kind: 'sign', words: embedCharacter, at: from, sign, by })
    }
    const to = sorted[index + 1]
    if (to === undefined) continue
    const cutBy = [...new Set(cuts.filter((cut) => cut.from <= from && cut.to >= to).map((cut) => cut.by))].sort(compareIds)
    runs.push({ kind: 'base', words: atoms.slice(from, to), from, cutBy, ...bracketsAt(brackets, from, to, atoms.length) })
  }
  return runs
}

/** Of two that open or close together the longer is the outer one. */
function bracketsAt(brackets: readonly BaseBracket[], from: number, to: number, length: number): Pick<BaseRun, 'opens' | 'closes'> {
  if (brackets.length === 0) return noBrackets
  const opening = brackets.filter((bracket) => bracket.from === from).sort((left, right) => right.to - left.to || compareIds(left.id, right.id))
  const closing = brackets.filter((bracket) => Math.min(bracket.to, length) === to).sort((left, right) => right.from - left.from || compareIds(right.id, left.id))
  return { opens: opening.map(({ id }) => id), closes: closing.map(({ id }) => id) }
}

const noBrackets = { opens: [], closes: [] } as const

/** The unit's atoms as they would be if these amendments were incorporated, with the spaces at the seams tidied. */
export function asIf(atoms: string, amendments: readonly PlacedAmendment[]): string {
  const runs = compile(atoms, amendments.map((placed) => ({ ...placed, brackets: [], signs: [] })))
  const words = tidySeams(runs.filter((run) => run.kind === 'proposed' || (run.kind === 'base' && run.cutBy.length === 0)).map((run) => run.words))
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
