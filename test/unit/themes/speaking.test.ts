import { expect, it } from 'vitest'
import { speakingIn } from '../../../server/sync/speaking.ts'
import type { Theme } from '../../../shared/record/themes.ts'
import type { SourceParagraph } from '../../../shared/text/paragraphs.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { sourceHead } from './support.ts'

const children: Theme = { number: 2, name: 'Children', words: ['child*'] }
const ships: Theme = { number: 5, name: 'Ships', words: ['ship*'] }
const paragraph = (words: string, kind: SourceParagraph['kind'] = 'op', note = ''): SourceParagraph => ({ kind, depth: 0, number: '', printed: '', words, notes: note === '' ? [] : [{ at: 0, words: note }] })
const library = (texts: Readonly<Record<number, readonly SourceParagraph[]>>) => ({ paragraphs: (source: number) => Promise.resolve(texts[source] ?? null) })
const turns = { count: 0 }
const turn = (): Promise<void> => Promise.resolve(void turns.count++)

it('TM6 paragraphs of sources speak by their words and their footnotes; titles and headings do not, and of a source that was not read nothing is told', async () => {
  const texts = library({ 1: [paragraph('On children', 'title'), paragraph('Children', 'heading'), paragraph('every child'), paragraph('nothing'), paragraph('see', 'pp', 'of childhood')] })
  const [found, none] = await speakingIn([children, ships], [1, 2].map(sourceHead), texts, turn)
  expect(found).toMatchObject({ theme: 2, more: false, hits: [{ source: 1, symbol: 'A/RES/64/1', paragraph: 2, words: 'every child', found: ['child'] }, { paragraph: 4, kind: 'pp', found: ['childhood'] }] })
  expect(none).toEqual({ theme: 5, hits: [], more: false })
})

it('TM6 some of each source are told, so many in all, and that there are more; others have their turn between', async () => {
  const many = Array.from({ length: limits.themeHitsOfSourceMax + 1 }, () => paragraph('a child'))
  const asked: number[] = []
  const numbers = Array.from({ length: 30 }, (_, at) => at + 1)
  const texts = { paragraphs: (source: number) => Promise.resolve((asked.push(source), many)) }
  turns.count = 0
  const [found] = await speakingIn([children], numbers.map(sourceHead), texts, turn)
  expect([found!.hits.length, found!.more, new Set(found!.hits.map(({ source }) => source)).size]).toEqual([limits.themeHitsMax, true, limits.themeHitsMax / limits.themeHitsOfSourceMax])
  // What is full is looked for no further.
  expect(asked.length).toBe(limits.themeHitsMax / limits.themeHitsOfSourceMax)
  const [few] = await speakingIn([children], [sourceHead(1)], { paragraphs: () => Promise.resolve(many) }, turn)
  expect([few!.hits.length, few!.more]).toEqual([limits.themeHitsOfSourceMax, true])
  await speakingIn([ships], numbers.map(sourceHead), texts, turn)
  expect(turns.count).toBe(3)
})
