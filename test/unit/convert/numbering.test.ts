import { describe, expect, test } from 'vitest'
import { lettersOf, lettersValue, romanOf, romanValue } from '../../../shared/model/numerals.ts'
import { alternativeNumber, insertedNumber, latinOrdinal, numberUnits } from '../../../shared/model/numbering.ts'
import type { Numbered } from '../../../shared/model/numbering.ts'
import type { UnitKind } from '../../../shared/model/value.ts'

const unit = (kind: UnitKind, children: readonly Numbered[] = [], label?: string): Numbered => ({ kind, children, ...(label === undefined ? {} : { label }) })

function flat(units: readonly Numbered[], language = 'en'): string[] {
  return [...numberUnits(units, language).values()].map(({ number, printed }) => `${number}|${printed}`)
}

describe('derived numbers', () => {
  test('NU1 preambular paragraphs are counted and print nothing, operative ones print their figure', () => {
    expect(flat([unit('organ'), unit('pp'), unit('pp'), unit('heading'), unit('op'), unit('heading'), unit('op')]))
      .toEqual(['|', 'PP1|', 'PP2|', '|', 'OP1|1.', '|', 'OP2|2.'])
  })

  test('NU2 a single operative paragraph prints no number', () => {
    expect(flat([unit('op')])).toEqual(['OP1|'])
  })

  test('NU3 sub-paragraphs by depth, in the form of the language', () => {
    const tree = [unit('op', [unit('sub', [unit('sub', [unit('sub', [unit('sub')])])]), unit('sub')]), unit('op')]
    expect(flat(tree)).toEqual(['OP1|1.', 'OP1(a)|(a)', 'OP1(a)(i)|(i)', 'OP1(a)(i)(a)|a.', 'OP1(a)(i)(a)(i)|i.', 'OP1(b)|(b)', 'OP2|2.'])
    expect(flat(tree, 'fr').map((line) => line.split('|')[1])).toEqual(['1.', 'a)', 'i)', 'a.', 'i.', 'b)', '2.'])
  })

  test('NU3 after z come aa and bb', () => {
    expect([1, 26, 27, 28, 53].map(lettersOf)).toEqual(['a', 'z', 'aa', 'bb', 'aaa'])
    for (let n = 1; n < 200; n++) expect([lettersValue(lettersOf(n)), romanValue(romanOf(n))]).toEqual([n, n])
    expect([romanValue('iiii'), romanValue('abc'), lettersValue('ab'), lettersValue('')]).toEqual([0, 0, 0, 0])
  })

  test('NU4 an annex begins again and its paragraphs are not operative', () => {
    expect(flat([unit('op'), unit('op'), { kind: 'annex', words: 'Annex II', children: [] }, unit('op'), unit('op'), unit('pp')]))
      .toEqual(['OP1|1.', 'OP2|2.', '|', 'Annex II para 1|1.', 'Annex II para 2|2.', 'Annex II PP1|'])
  })

  test('NU4 a second organ line begins a second part', () => {
    expect(flat([unit('organ'), unit('op'), unit('op'), unit('organ'), unit('pp'), unit('op'), unit('op')]).slice(3))
      .toEqual(['|', 'Part 2 PP1|', 'Part 2 OP1|1.', 'Part 2 OP2|2.'])
  })

  test('NU5 a label is printed and numbering goes on from its figure', () => {
    expect(flat([unit('op', [], '4.'), unit('op'), unit('op', [], '5 bis.'), unit('op'), unit('op', [], '')]))
      .toEqual(['OP4|4.', 'OP5|5.', 'OP5 bis|5 bis.', 'OP6|6.', 'OP7|'])
    expect(flat([unit('op', [unit('sub', [], '(d)'), unit('sub'), unit('sub', [], '•')]), unit('op')]).slice(1, 4)).toEqual(['OP1(d)|(d)', 'OP1(e)|(e)', 'OP1 •6|•'])
  })

  test('NU6 inserted paragraphs and alternatives', () => {
    expect([1, 2, 3, 9, 19, 20].map(latinOrdinal)).toEqual(['bis', 'ter', 'quater', 'decies', 'vicies', '21-ies'])
    expect(insertedNumber('OP5', 1)).toBe('OP5 bis')
    expect([alternativeNumber('OP5', 1, 1), alternativeNumber('OP5', 2, 2)]).toEqual(['OP5 alt', 'OP5 alt2'])
  })
})
