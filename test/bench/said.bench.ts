/** Where was this said? 2,000 generated resolutions of 40 paragraphs, indexed, and asked. */
import { bench, describe } from 'vitest'
import { alikeIn, askedFor, indexOf, saidIn } from '../../shared/text/said.ts'
import { randomOf } from '../fuzz/random.ts'

const random = randomOf(7)
/** As in real texts few words are in most sentences, and most words in few. */
const vocabulary = Array.from({ length: 4_000 }, (_, index) => `w${index.toString(36)}${'aeiou'[index % 5]!}`)
const word = (): string => vocabulary[Math.floor(vocabulary.length ** (random(10_000) / 10_000)) - 1]!
const paragraph = (): string => Array.from({ length: 60 }, word).join(' ')
const texts = Array.from({ length: 2_000 }, () => Array.from({ length: 40 }, paragraph))
const indexes = texts.map(indexOf)
const [phrase, whole] = [askedFor(texts[1_234]![17]!.split(' ').slice(5, 17).join(' ')), askedFor(texts[900]![3]!)]

describe('2,000 resolutions', () => {
  bench('twelve words, in all of them', () => void indexes.flatMap((index) => saidIn(index, phrase)), { iterations: 20, time: 0 })
  bench('a whole paragraph’s doubles', () => void indexes.flatMap((index) => alikeIn(index, whole)), { iterations: 20, time: 0 })
})
