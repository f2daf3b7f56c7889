/** Which paragraph of one text is which of another. Pure. */
import type { ComparedText, ComparedUnit } from './compare.ts'

/** Words in common, of all that two paragraphs have, from which on they are taken for the same one. */
const alikeMin = 0.5

/**
 * Place in `after` -> place in `before`. By ids where both have them; where a text has none, first what reads the same, in
 * order, then what is most alike.
 */
export function pairsOf(before: ComparedText, after: ComparedText): ReadonlyMap<number, number> {
  const known = new Map(before.flatMap(({ id }, at) => (id === null ? [] : [[id, at] as const])))
  const pairs = new Map<number, number>()
  for (const [at, { id }] of after.entries()) {
    const index = id === null ? undefined : known.get(id)
    if (index !== undefined) pairs.set(at, index)
  }
  const isFromOutside = (text: ComparedText): boolean => text.some(({ id }) => id === null)
  if (isFromOutside(before) || isFromOutside(after)) pairAlike(before, after, pairs)
  return pairs
}

interface Candidate {
  readonly at: number
  readonly index: number
  readonly likeness: number
}

function pairAlike(before: ComparedText, after: ComparedText, pairs: Map<number, number>): void {
  const taken = new Set(pairs.values())
  const left = (): number[] => [...before.keys()].filter((index) => !taken.has(index))
  const waiting = (): number[] => [...after.keys()].filter((at) => !pairs.has(at))
  const pair = (at: number, index: number): void => {
    pairs.set(at, index)
    taken.add(index)
  }
  const same = new Map<string, number[]>()
  for (const index of left()) same.set(before[index]!.words, [...(same.get(before[index]!.words) ?? []), index])
  for (const at of waiting()) {
    const index = same.get(after[at]!.words)?.shift()
    if (index !== undefined) pair(at, index)
  }
  const candidates = candidatesOf(before, after, left(), waiting())
  // Of two that are as much alike the one that stands nearer to where it was.
  candidates.sort((one, other) => other.likeness - one.likeness || Math.abs(one.at - one.index) - Math.abs(other.at - other.index) || one.at - other.at)
  for (const { at, index } of candidates) if (!pairs.has(at) && !taken.has(index)) pair(at, index)
}

function candidatesOf(before: ComparedText, after: ComparedText, left: readonly number[], waiting: readonly number[]): Candidate[] {
  const bags = new Map(left.map((index) => [index, bagOf(before[index]!)] as const))
  const holders = new Map<string, number[]>()
  for (const [index, { counts }] of bags) for (const word of counts.keys()) holders.set(word, [...(holders.get(word) ?? []), index])
  const candidates: Candidate[] = []
  for (const at of waiting) {
    const bag = bagOf(after[at]!)
    const common = new Map<number, number>()
    for (const [word, count] of bag.counts) {
      for (const index of holders.get(word) ?? []) common.set(index, (common.get(index) ?? 0) + Math.min(count, bags.get(index)!.counts.get(word)!))
    }
    for (const [index, count] of common) {
      const likeness = (2 * count) / (bag.size + bags.get(index)!.size)
      if (likeness >= alikeMin) candidates.push({ at, index, likeness })
    }
  }
  return candidates
}

interface Bag {
  readonly counts: ReadonlyMap<string, number>
  readonly size: number
}

function bagOf({ words }: ComparedUnit): Bag {
  const counts = new Map<string, number>()
  const all = words.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  for (const word of all) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { counts, size: all.length }
}
