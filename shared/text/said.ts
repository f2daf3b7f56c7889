/**
 * Where was this said? An index of one text's words by pairs of neighbouring words, and the paragraphs in which the same or nearly
 * the same language stands. Each text has its own, so that one comes and goes without the others. Pure.
 */

export interface TextIndex {
  /** Hash of a pair, times `placesMax`, plus the place of its paragraph: rising. */
  readonly keys: Float64Array
  /** Pairs of each paragraph that are told apart by. */
  readonly sizes: Uint32Array
  /** The words of each paragraph, in small letters, set apart and surrounded by blanks. */
  readonly plain: readonly string[]
}

export interface Said {
  readonly paragraph: number
  readonly exact: boolean
  /** From 0 to 1. */
  readonly share: number
}

/** More paragraphs than any text has (`limits.unitsMax`). */
const placesMax = 2 ** 20

/** Of what is looked for, from which on language is nearly the same. */
const nearlyMin = 0.5
/** Of two paragraphs' words in common, from which on they may be doubles. */
const alikeMin = 0.25

const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu

const wordsOf = (text: string): string[] => text.toLowerCase().match(word) ?? []

const plainOf = (words: readonly string[]): string => ` ${words.join(' ')} `

/** "of the", "in a": so many that they tell nothing apart. */
const isCommon = (one: string, other: string): boolean => one.length < 4 && other.length < 4 && /^[a-z]+$/.test(one + other)

/** Each once. */
function pairsOf(words: readonly string[]): Set<number> {
  const pairs = new Set<number>()
  for (let at = 1; at < words.length; at++) if (!isCommon(words[at - 1]!, words[at]!)) pairs.add(hashOf(words[at - 1]!, words[at]!))
  return pairs
}

/** FNV-1a, 32 bits. Two pairs of one hash are found together, which costs a place in a list and no answer. */
function hashOf(one: string, other: string): number {
  let hash = 0x811c9dc5
  for (const text of [one, ' ', other]) for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

export function indexOf(paragraphs: readonly string[]): TextIndex {
  const keys: number[] = []
  const sizes = new Uint32Array(paragraphs.length)
  const plain = paragraphs.map((text, place) => {
    const words = wordsOf(text)
    const pairs = pairsOf(words)
    sizes[place] = pairs.size
    for (const pair of pairs) keys.push(pair * placesMax + place)
    return plainOf(words)
  })
  return { keys: Float64Array.from(keys).sort(), sizes, plain }
}

export interface Asked {
  readonly plain: string
  readonly pairs: readonly number[]
}

/** What is looked for, made ready once for all texts. */
export function askedFor(text: string): Asked {
  const words = wordsOf(text)
  return { plain: plainOf(words), pairs: [...pairsOf(words)].sort((one, other) => one - other) }
}

/** Paragraphs with the very words, or most of them. Of a single word, or of words that are everywhere, the very words alone. */
export function saidIn(index: TextIndex, { plain, pairs }: Asked): Said[] {
  if (plain.trim() === '') return []
  if (pairs.length === 0) return index.plain.flatMap((words, paragraph) => (words.includes(plain) ? [{ paragraph, exact: true, share: 1 }] : []))
  return [...countsIn(index, pairs)].flatMap(([paragraph, count]) => {
    const share = count / pairs.length
    if (share < nearlyMin) return []
    return [{ paragraph, exact: share === 1 && index.plain[paragraph]!.includes(plain), share }]
  })
}

/** Paragraphs that have much in common with a whole one. */
export function alikeIn(index: TextIndex, { plain, pairs }: Asked): Said[] {
  return [...countsIn(index, pairs)].flatMap(([paragraph, count]) => {
    const share = (2 * count) / (pairs.length + index.sizes[paragraph]!)
    return share < alikeMin ? [] : [{ paragraph, exact: index.plain[paragraph] === plain, share }]
  })
}

/** How many of these pairs stand in each paragraph that has any. */
function countsIn({ keys }: TextIndex, pairs: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  let from = 0
  for (const pair of pairs) {
    from = firstFrom(keys, pair * placesMax, from)
    for (const end = (pair + 1) * placesMax; from < keys.length && keys[from]! < end; from++) {
      const paragraph = keys[from]! % placesMax
      counts.set(paragraph, (counts.get(paragraph) ?? 0) + 1)
    }
  }
  return counts
}

/** The index of the first key that is not below `value`, from `low` on. */
function firstFrom(keys: Float64Array, value: number, low: number): number {
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Those that are most alike first; of equals the very words first. */
export const bySaid = (one: Said, other: Said): number => Number(other.exact) - Number(one.exact) || other.share - one.share
