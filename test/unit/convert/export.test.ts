import { describe, expect, test } from 'vitest'
import { exportText } from '../../../shared/convert/exportText.ts'
import { importText } from '../../../shared/convert/importText.ts'
import type { UnitKind, UnitValue } from '../../../shared/model/value.ts'

const unit = (kind: UnitKind, words: string, rest: Partial<UnitValue> = {}): UnitValue => ({ kind, words, notes: [], children: [], ...rest })

describe('export as plain text', () => {
  test('EX1 numbers are printed, preambular paragraphs bear none, sub-paragraphs are set in', () => {
    expect(exportText({ language: 'en', units: [
      unit('organ', 'The General Assembly,'), unit('pp', 'Recalling,'),
      unit('op', 'Urges:', { children: [unit('sub', 'One:', { children: [unit('sub', 'Deep;')] })] }), unit('op', 'Decides.'),
    ] })).toBe('The General Assembly,\n\nRecalling,\n\n1. Urges:\n\n    (a) One:\n\n        (i) Deep;\n\n2. Decides.\n')
  })

  test('EX2 notes are marked in order and listed at the end', () => {
    expect(exportText({ language: 'en', units: [
      unit('pp', 'Recalling this and that,', { notes: [{ at: 14, words: 'One.' }, { at: 24, words: 'Two.' }] }), unit('pp', 'Noting,', { notes: [{ at: 0, words: 'Three.' }] }),
    ] })).toBe('Recalling this[1] and that,[2]\n\n[3]Noting,\n\n__________________\n[1] One.\n[2] Two.\n[3] Three.\n')
  })

  test('EX3 words that would read as a mark are escaped and come back as words', () => {
    const value = { language: 'en', units: [
      unit('organ', 'The General Assembly,'), unit('pp', 'Recalling the list [1] and \\[1] and [2],', { notes: [{ at: 9, words: 'One.' }] }), unit('op', 'Decides.'),
    ] }
    const text = exportText(value)
    expect(text).toContain('Recalling[1] the list \\[1] and \\\\[1] and [2],')
    expect(importText(text).value).toEqual(value)
  })

  test('EX4 a label is printed instead of the number, a section’s numeral over its title', () => {
    expect(exportText({ language: 'en', units: [
      unit('title', 'Oceans', { label: '81/9.' }), unit('heading', 'The Area', { label: 'V' }), unit('heading', 'Zones', { label: 'A.' }),
      unit('op', 'Urges;', { label: '7 bis.' }), unit('op', 'Decides.', { label: '' }),
    ] })).toBe('81/9. Oceans\n\nV\n\nThe Area\n\nA. Zones\n\n7 bis. Urges;\n\nDecides.\n')
  })

  test('EX4 an empty value is an empty text, an empty unit an empty line less', () => {
    expect(exportText({ language: 'en', units: [] })).toBe('')
    expect(exportText({ language: 'en', units: [unit('pp', ''), unit('pp', 'Noting\nthis,')] })).toBe('Noting this,\n')
  })
})
