import { expect, test } from 'vitest'
import { byOfficialName, observerStates, officialName, states } from '../../../shared/drafting/states.ts'
import { inPrintedOrder, mastheadLine, sponsorLines, withMasthead } from '../../../shared/text/sponsors.ts'

test('RS1 there are 193 Members and two observer States, each once, in English alphabetical order', () => {
  expect(states.filter((name) => !observerStates.includes(name))).toHaveLength(193)
  expect(observerStates.every((name) => states.includes(name))).toBe(true)
  expect(new Set(states).size).toBe(states.length)
  expect([...states].sort(byOfficialName)).toEqual(states)
})

test('RS1 a delegation is printed by its official short name, however it is called; others as they are written', () => {
  const called = {
    'United States': 'United States of America', 'UK': 'United Kingdom of Great Britain and Northern Ireland', 'Turkey': 'Türkiye', 'TURKIYE': 'Türkiye',
    "Cote d'Ivoire": 'Côte d’Ivoire', 'Ivory Coast': 'Côte d’Ivoire', 'Bolivia': 'Bolivia (Plurinational State of)', 'The Netherlands': 'Netherlands (Kingdom of the)',
    'Vietnam': 'Viet Nam', 'Japan': 'Japan', 'Guinea Bissau': 'Guinea-Bissau', 'DPRK': 'Democratic People’s Republic of Korea', 'Atlantis': 'Atlantis', ' Elbonia ': 'Elbonia',
  }
  expect(Object.fromEntries(Object.keys(called).map((name) => [name, officialName(name)]))).toEqual(called)
})

test('RS2 sponsors are printed in the order of their official names, letters before accents, with no comma before “and”', () => {
  const names = ['UK', 'Turkey', 'Niger', 'Nigeria', 'Côte d’Ivoire', 'Croatia', 'Costa Rica', 'Åland', 'Zambia', 'United Republic of Tanzania', 'USA', 'US']
  expect(inPrintedOrder(names)).toEqual([
    'Åland', 'Costa Rica', 'Côte d’Ivoire', 'Croatia', 'Niger', 'Nigeria', 'Türkiye', 'United Kingdom of Great Britain and Northern Ireland', 'United Republic of Tanzania', 'United States of America', 'Zambia',
  ])
  expect([[], ['Japan'], ['Brazil', 'Japan'], ['Brazil', 'Japan', 'Kenya']].map((list) => mastheadLine(list, false))).toEqual([
    '', 'Japan: draft resolution', 'Brazil and Japan: draft resolution', 'Brazil, Japan and Kenya: draft resolution',
  ])
  expect(mastheadLine(['Japan'], true)).toBe('Japan: revised draft resolution')
})

test('RS7 nobody is named in two places: who is in the line, the text’s own too, is no additional sponsor', () => {
  const front = (words: string) => ({ kind: 'front' as const, words, notes: [], children: [] })
  const since = { additional: ['Guinea', 'Japan', 'Trinidad and Tobago'], left: ['Mali'] }
  const organ = { kind: 'organ' as const, words: 'The General Assembly,', notes: [], children: [] }
  const printed = (units: Parameters<typeof withMasthead>[0], names: string[]): string[] => withMasthead(units, names, false, since).map(({ words }) => words)
  expect(printed([organ], ['Guinea-Bissau', 'Japan', 'Mali'])).toEqual([
    'Guinea-Bissau, Japan and Mali: draft resolution', 'Additional sponsors: Guinea and Trinidad and Tobago', 'No longer sponsors: Mali', 'The General Assembly,',
  ])
  const own = front('Brazil, Guinea-Bissau and Trinidad and Tobago: revised draft resolution')
  expect(printed([own, organ], ['Brazil', 'Kenya'])).toEqual([own.words, 'Additional sponsors: Guinea and Japan', 'No longer sponsors: Mali', 'The General Assembly,'])
  expect(sponsorLines([own, organ], ['Brazil', 'Kenya'], true)).toEqual({ line: own.words, isOwn: true, unnamed: ['Kenya'], additional: [], left: [] })
  expect(sponsorLines([organ], ['Brazil', 'Kenya'], true)).toEqual({ line: 'Brazil and Kenya: revised draft resolution', isOwn: false, unnamed: [], additional: [], left: [] })
  expect(sponsorLines([organ], [], false)).toMatchObject({ line: '', unnamed: [] })
})
