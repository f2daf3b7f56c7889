import { describe, expect, test } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { derivationsOf, destinationsOf, lettersIn } from '../../../shared/text/derivations.ts'
import type { DerivationKind, Taken } from '../../../shared/text/derivations.ts'
import { derivationsSheet, destinationsSheet, plainSheet } from '../../../shared/text/origins-sheet.ts'
import type { SheetSource } from '../../../shared/text/origins-sheet.ts'
import { paragraphsOf, valuesOf, yearIn } from '../../../shared/text/paragraphs.ts'

const text = 'Trafficking in persons\n\nThe General Assembly,\n\nRecalling its resolution 64/293,\n\n1. Urges States:\n\n(a) To protect victims;\n\n(b) To punish traffickers;\n\n2. Decides to remain seized of the matter.\n'
const { value } = importText(text)
const paragraphs = paragraphsOf(value)
const wordsOf = (source: number, paragraph: number): string | null => (source === 1 ? (paragraphs[paragraph]?.words ?? null) : null)
const all = (paragraph: number): Taken => ({ source: 1, paragraph, letters: lettersIn(paragraphs[paragraph]!.words) })
const derive = (words: string, ...taken: readonly Taken[]) => derivationsOf([{ unit: 'u', words, taken }], wordsOf)[0]!

describe('derivations and destinations', () => {
  test('OG3 a paragraph is taken over, altered or new, by its letters’ origins, with the difference to the nearest paragraph of a source', () => {
    const cases: [DerivationKind, string, Taken[], string[]][] = [
      ['taken', 'Decides to remain seized of the matter.', [all(6)], []],
      // Half of one that was split: to the letter, and what the other half has is struck.
      ['taken', 'Decides to remain seized', [{ ...all(6), letters: lettersIn('Decides to remain seized') }], ['struck: of the matter.']],
      ['altered', 'Decides to remain actively seized of the matter.', [all(6)], ['new:actively ']],
      // The same words, but typed here: only some of them were taken.
      ['altered', 'Decides to remain seized of the matter.', [{ ...all(6), letters: 12 }], []],
      ['new', 'Decides to remain seized of the matter.', [], []],
      ['gone', 'Decides to meet.', [{ source: 2, paragraph: 0, letters: 9 }], []],
    ]
    for (const [kind, words, taken, changes] of cases) {
      const found = derive(words, ...taken)
      expect([found.kind, found.parts.filter((part) => part.kind !== 'kept').map((part) => `${part.kind}:${part.words}`)]).toEqual([kind, changes])
    }
    const merged = derive('To protect victims and to punish traffickers', { ...all(5), letters: 4 }, all(4), { ...all(5), letters: 14 })
    expect([merged.kind, merged.sources.map(({ paragraph, letters }) => [paragraph, letters])]).toEqual(['altered', [[5, 18], [4, 16]]])
  })

  test('OG4 each paragraph of a source has where it went, in the order of the draft, or the reason why it was left out', () => {
    const derivations = derivationsOf([{ unit: 'u1', words: 'x', taken: [all(4)] }, { unit: 'u2', words: 'y', taken: [all(6), all(4)] }, { unit: 'u3', words: 'z', taken: [] }], wordsOf)
    expect(destinationsOf(derivations, new Map([['1 2', 'Overtaken.'], ['1 6', 'Said twice.']]))).toEqual([
      { source: 1, paragraph: 2, units: [], leftOut: 'Overtaken.' },
      { source: 1, paragraph: 4, units: ['u1', 'u2'], leftOut: null },
      { source: 1, paragraph: 6, units: ['u2'], leftOut: 'Said twice.' },
    ])
  })

  test('WN6 lines of a masthead are no paragraphs of either table, but where words of one were taken or a reason was given', () => {
    const front = { kind: 'front' as const, depth: 0, number: '', printed: '', notes: [] }
    const source = [{ ...front, words: 'A/C.3/80/L.5' }, { ...front, words: 'Agenda item 71' }, { ...front, words: 'Japan: draft resolution' }, { ...paragraphs[6]! }]
    const head = { number: 1, title: 'T', symbol: 'A/RES/64/293', language: 'en', year: 2010, name: 'a.txt', format: 'text', by: 'jp', atMs: 1, sizeBytes: 1, sha256: 'aa', paragraphs: 4, removedAtMs: null, removedWhy: '' }
    const units = [{ id: 'f', kind: 'front' as const, number: '', words: 'A/C.3/81/L.1' }, { id: 'g', kind: 'front' as const, number: '', words: 'Agenda item 71' }, { id: 'u', kind: 'op' as const, number: 'OP1', words: paragraphs[6]!.words }]
    const derivations = derivationsOf([{ unit: 'f', words: units[0]!.words, taken: [] }, { unit: 'g', words: units[1]!.words, taken: [{ source: 1, paragraph: 1, letters: 12 }] }, { unit: 'u', words: units[2]!.words, taken: [{ source: 1, paragraph: 3, letters: 30 }] }], (_source, place) => source[place]?.words ?? null)
    const sheet: SheetSource = { title: 'H', language: 'en', units, derivations, destinations: destinationsOf(derivations, new Map([['1 2', 'Not ours.']])), sources: [head], paragraphsOf: () => source }
    const entries = (printed: ReturnType<typeof derivationsSheet>): string[] => printed.blocks.filter(({ kind }) => kind === 'wording').map(({ pieces }) => pieces.map(({ words }) => words).join(''))
    expect(entries(derivationsSheet(sheet))).toEqual(['Agenda item 71', paragraphs[6]!.words])
    expect(entries(destinationsSheet(sheet))).toEqual(['Agenda item 71', 'Japan: draft resolution', paragraphs[6]!.words])
  })

  test('OG5 both tables are printed and written as plain text, a paragraph that went nowhere too', () => {
    const units = [{ id: 'u1', kind: 'op' as const, number: 'OP1', words: 'Decides to remain actively seized of the matter.' }, { id: 'u2', kind: 'op' as const, number: 'OP2', words: 'Decides to meet.' }]
    const derivations = derivationsOf([{ unit: 'u1', words: units[0]!.words, taken: [all(6)] }, { unit: 'u2', words: units[1]!.words, taken: [] }], wordsOf)
    const head = { number: 1, title: 'Trafficking', symbol: 'A/RES/64/293', language: 'en', year: 2010, name: 'a.txt', format: 'text', by: 'jp', atMs: 1, sizeBytes: 1, sha256: 'aa', paragraphs: 7, removedAtMs: null, removedWhy: '' }
    const sheet: SheetSource = { title: 'Harbours', language: 'en', units, derivations, destinations: destinationsOf(derivations, new Map([['1 2', 'Overtaken.']])), sources: [head, { ...head, number: 2, symbol: '', title: 'Non-paper', year: null }], paragraphsOf: (source) => (source === 1 ? paragraphs : null) }
    const derived = derivationsSheet(sheet)
    expect(derived.blocks.flatMap(({ pieces }) => pieces.filter(({ look }) => look === 'new').map(({ words }) => words))).toEqual(['actively '])
    expect(plainSheet(derived)).toBe([
      'Harbours: table of derivations\n', 'Struck words stand in the source alone, inserted ones in the draft alone. Here: [-struck-], {+inserted+}.\n',
      'OP1  A/RES/64/293 (2010), OP2 [altered]\n', '    Decides to remain {+actively +}seized of the matter.\n', 'OP2  [new]\n', '    Decides to meet.\n',
    ].join('\n'))
    const went = plainSheet(destinationsSheet(sheet))
    expect(went).toContain('Nothing was taken from: Non-paper.')
    expect(went).toContain('A/RES/64/293 (2010): Trafficking\n')
    expect(went).toContain('PP1  [left out: Overtaken.]\n')
    expect(went).toContain('OP1  [nowhere]\n')
    expect(went).toContain('OP2  OP1 [taken]\n')
  })

  test('OG6 the paragraphs that are taken keep the order and the levels they had among themselves', () => {
    expect(paragraphs.map(({ number, depth }) => `${number} ${depth}`)).toEqual([' 0', ' 0', 'PP1 0', 'OP1 0', 'OP1(a) 1', 'OP1(b) 1', 'OP2 0'])
    const tree = (places: number[]): unknown => valuesOf(paragraphs, places).map(({ words, children }) => [words, children.map((child) => child.words)])
    expect(tree([3, 4, 6])).toEqual([['Urges States:', ['To protect victims;']], ['Decides to remain seized of the matter.', []]])
    expect(tree([4, 5, 99])).toEqual([['To protect victims;', []], ['To punish traffickers;', []]])
    expect(yearIn(importText('Resolution adopted by the General Assembly on 30 July 2010\n\nTrafficking\n\nThe General Assembly,\n\n1. Decides to meet in 2031.\n').value)).toBe(2010)
    expect(yearIn(value)).toBeNull()
  })
})
