import { expect, test } from 'vitest'
import { alikeIn, askedFor, bySaid, indexOf, saidIn } from '../../../shared/text/said.ts'

const text = [
  'Urges Member States to protect the human rights of all victims of trafficking, in particular women and children;',
  'Calls upon Member States to protect the rights of victims of trafficking in persons, in particular women and girls;',
  'Decides to remain seized of the matter.',
  'كما قررت الجمعية العامة أن تبقي المسألة قيد نظرها',
  '决定继续处理此案',
]
const index = indexOf(text)
const said = (words: string): [number, boolean][] => saidIn(index, askedFor(words)).sort(bySaid).map(({ paragraph, exact }) => [paragraph, exact])

test('SL6 selected words are found where they were said, to the letter first, then nearly so; signs and capitals do not matter', () => {
  expect(said('in particular women and children')).toEqual([[0, true], [1, false]])
  expect(said('MEMBER STATES — to protect')).toEqual([[0, true], [1, true]])
  expect(said('protect the rights of all victims')).toEqual([[0, false], [1, false]])
  expect(said('something else entirely was said here')).toEqual([])
  expect(said('seized')).toEqual([[2, true]])
  expect(said('of the')).toEqual([[2, true]])
  expect(said('seize')).toEqual([])
  expect(said(' ,;')).toEqual([])
  expect(said('تبقي المسألة قيد نظرها')).toEqual([[3, true]])
  expect(said('继续处理')).toEqual([[4, true]])
})

test('SL7 of a whole paragraph those are found that have much in common with it, the nearest first', () => {
  const found = alikeIn(index, askedFor(text[0]!)).sort(bySaid)
  expect(found.map(({ paragraph, exact }) => [paragraph, exact])).toEqual([[0, true], [1, false]])
  expect(found[0]!.share).toBe(1)
  expect(alikeIn(index, askedFor('1. Decides to remain actively seized of the matter;')).map(({ paragraph }) => paragraph)).toEqual([2])
})
