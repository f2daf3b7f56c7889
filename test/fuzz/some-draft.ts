/** Drafts of every kind of paragraph, in words that come again and again. */
import { outsidePair } from '../../shared/model/texts.ts'
import type { NoteValue, UnitKind, UnitValue } from '../../shared/model/value.ts'
import { pick } from './random.ts'
import type { Random } from './random.ts'

/** Few and short, so that words come again and again; all that a quotation or a word's end may be mistaken in. */
export const letters = ['a', 'b', 'a', 'b', 'ab', 'ba', 'the', 'State', 'States', 'a-b', '1,000', '“a”', '“a b”', '‘b’', 'a’s', 'States’', '(a)', 'a;', 'b,', 'a, b', ',', '😀', '𝒜', '𝒜b', 'سلام', 'حقوق', 'é', 'e\u0301'] as const

export function someWords(random: Random, longest: number): string {
  let words = pick(random, [['', 12], [' ', 1]])
  const count = random(longest + 1)
  const alphabet = pick(random, [[letters.length, 4], [5, 4], [2, 2], [1, 2]])
  for (let at = 0; at < count; at++) words += (at === 0 ? '' : pick(random, [[' ', 30], ['  ', 2], ['', 1]])) + letters[random(alphabet)]!
  return words + pick(random, [['', 12], [';', 4], [' ', 1]])
}

function someUnit(random: Random, kind: UnitKind, children: readonly UnitValue[] = [], label?: string): UnitValue {
  const words = someWords(random, pick(random, [[1, 1], [4, 3], [12, 3]]))
  const notes: NoteValue[] = Array.from({ length: pick(random, [[0, 4], [1, 2], [2, 1]]) }, () => ({ at: outsidePair(words, random(words.length + 1)), words: 'See a.' }))
  return { kind, words, notes: notes.sort((left, right) => left.at - right.at), children, ...(label === undefined ? {} : { label }) }
}

const some = (random: Random, most: number, make: () => UnitValue): UnitValue[] => Array.from({ length: random(most + 1) }, make)

export function someDraft(random: Random): UnitValue[] {
  const subs = (depth: number): UnitValue[] => (random(3) > 0 ? [] : some(random, 3, () => someUnit(random, 'sub', depth < 3 ? subs(depth + 1) : [])))
  const op = (): UnitValue => someUnit(random, 'op', subs(0), random(9) === 0 ? '12 bis.' : undefined)
  const annexes = pick(random, [[[], 3], [['Annex'], 2], [['Annex', 'Annex'], 1], [['Annex I', 'Annex II'], 2]])
  return [
    ...some(random, 1, () => someUnit(random, 'front')),
    ...some(random, 1, () => someUnit(random, 'title')),
    ...some(random, 1, () => someUnit(random, 'organ')),
    ...some(random, 3, () => someUnit(random, 'pp', subs(1))),
    ...some(random, 3, op),
    ...some(random, 2, () => someUnit(random, 'heading')),
    ...some(random, 2, op),
    ...some(random, 2, () => someUnit(random, 'closing')),
    ...annexes.flatMap((words) => [{ kind: 'annex' as const, words, notes: [], children: [] }, ...some(random, 2, () => someUnit(random, 'para')), ...some(random, 3, op)]),
    ...(random(8) > 0 ? [] : [someUnit(random, 'organ'), someUnit(random, 'pp'), op(), op()]),
  ]
}
