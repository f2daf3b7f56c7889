/**
 * Which proposals cannot all be had: those that touch the same words of a paragraph, or the paragraph as a whole. Pure.
 */
import type { PlacedAmendment } from '../model/amendments.ts'
import { compareIds } from '../model/layout.ts'
import type { About } from '../model/layout.ts'

/** Whether a proposal takes its paragraph as a whole, stands beside it, or touches some of its words. */
export type Reach = 'whole' | 'words' | 'beside'

export function reachOf(about: About): Reach {
  switch (about.kind) {
    case 'modify':
      return 'words'
    case 'delete':
    case 'replace':
      return 'whole'
    case 'insert':
      return 'beside'
  }
}

/**
 * Groups of two or more rivals among the amendments on one unit, each in the order of ids, the groups in the order of
 * the words that they touch. Two are rivals where both would strike one word, where both put words at one place, where one puts
 * words inside what the other strikes, and where one of them takes the unit as a whole and the other any of it.
 */
export function rivalsOf(placed: readonly PlacedAmendment[]): string[][] {
  const sorted = placed.filter(({ amendment }) => reachOf(amendment.about) !== 'beside').sort((left, right) => compareIds(left.amendment.id, right.amendment.id))
  const group = sorted.map((_, index) => index)
  const rootOf = (index: number): number => (group[index] === index ? index : (group[index] = rootOf(group[index]!)))
  for (let left = 0; left < sorted.length; left++) {
    for (let right = left + 1; right < sorted.length; right++) {
      if (rootOf(left) !== rootOf(right) && areRivals(sorted[left]!, sorted[right]!)) group[rootOf(right)] = rootOf(left)
    }
  }
  const groups = new Map<number, PlacedAmendment[]>()
  for (const [index, one] of sorted.entries()) groups.set(rootOf(index), [...(groups.get(rootOf(index)) ?? []), one])
  return [...groups.values()]
    .filter((members) => members.length > 1)
    .sort((left, right) => beginningOf(left) - beginningOf(right))
    .map((members) => members.map(({ amendment }) => amendment.id))
}

export function areRivals(left: PlacedAmendment, right: PlacedAmendment): boolean {
  if (reachOf(left.amendment.about) === 'beside' || reachOf(right.amendment.about) === 'beside') return false
  if (reachOf(left.amendment.about) === 'whole' || reachOf(right.amendment.about) === 'whole') return true
  return strikesSame(left, right) || left.hunks.some(({ at }) => right.hunks.some((other) => other.at === at)) || writesInto(left, right) || writesInto(right, left)
}

const strikesSame = (left: PlacedAmendment, right: PlacedAmendment): boolean =>
  left.cuts.some((cut) => right.cuts.some((other) => Math.max(cut.from, other.from) < Math.min(cut.to, other.to)))

const writesInto = (writer: PlacedAmendment, striker: PlacedAmendment): boolean =>
  writer.hunks.some(({ at }) => striker.cuts.some((cut) => cut.from < at && at < cut.to))

const beginningOf = (members: readonly PlacedAmendment[]): number =>
  Math.min(...members.map((one) => (reachOf(one.amendment.about) === 'whole' ? 0 : Math.min(...one.hunks.map((hunk) => hunk.at), ...one.cuts.map((cut) => cut.from)))))
