import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts } from '../../../shared/text/compare.ts'
import type { ComparedUnit } from '../../../shared/text/compare.ts'
import type { BracketValue, UnitValue } from '../../../shared/model/value.ts'
import { wordDiff } from '../../../shared/text/word-diff.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { comparedOfValue, shownOfValue } from '../../../shared/text/compare.ts'

const unit = (id: string | null, words: string, depth = 0): ComparedUnit => ({ id, kind: depth === 0 ? 'op' : 'sub', number: id ?? '', printed: '', depth, words })
const show = (before: string, after: string): string =>
  wordDiff(before, after).map(({ kind, words }) => (kind === 'kept' ? words : kind === 'struck' ? `[${words}]` : `{${words}}`)).join('')

describe('word by word', () => {
  test('CP1 the fewest words are struck and put in, and blanks between two changes go with them', () => {
    expect(show('to report every year', 'to report every two years')).toBe('to report every [year]{two years}')
    expect(show('Urges all States to act', 'Urges States to act')).toBe('Urges [all ]States to act')
    expect(show('a b c d', 'x y c d')).toBe('[a b]{x y} c d')
    expect(show('', 'new')).toBe('{new}')
    expect(show('gone', '')).toBe('[gone]')
    expect(show('same', 'same')).toBe('same')
    expect(show('follow-up, and', 'follow-up; and')).toBe('follow-up[,]{;} and')
    expect(show('各国应当合作', '各国应合作')).toBe('各国应[当]合作')
  })

  test('CP1 what is kept and struck reads as the one text, what is kept and new as the other; no character is cut in two', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'the', 'State’s', ' ', '  ', ',', '😀', 'é', 'e\u0301', '中', '文', '\n'), { maxLength: 60 }).map((list) => list.join(''))
    fc.assert(fc.property(words, words, (before, after) => {
      const parts = wordDiff(before, after)
      const reading = (but: string): string => parts.filter(({ kind }) => kind !== but).map((part) => part.words).join('')
      expect([reading('new'), reading('struck')]).toEqual([before, after])
      expect(parts.every((part) => part.words !== '' && part.words.isWellFormed())).toBe(true)
      expect(parts.every((part, at) => part.kind !== parts[at - 1]?.kind)).toBe(true)
    }), { numRuns: 2_000 })
  })

  test('CP1 texts that have little in common are struck and written anew as a whole, soon', () => {
    const [before, after] = ['a', 'b'].map((letter) => Array.from({ length: 4_000 }, (_, at) => `${letter}${at}`).join(' '))
    expect(wordDiff(before!, after!).map(({ kind }) => kind)).toEqual(['struck', 'new'])
  })
})

describe('paragraph by paragraph', () => {
  const kinds = (before: ComparedUnit[], after: ComparedUnit[]): string[] =>
    compareTexts(before, after).rows.map(({ kind, before: was, after: is }) => `${kind} ${was?.id ?? '-'} ${is?.id ?? '-'}`)

  test('CP2 paragraphs are found by their ids: added, removed, changed and moved, once for one that stands elsewhere', () => {
    const before = [unit('a', 'first'), unit('b', 'second words'), unit('c', 'third'), unit('d', 'fourth')]
    const after = [unit('a', 'first'), unit('d', 'fourth'), unit('b', 'second word'), unit('e', 'fifth')]
    expect(kinds(before, after)).toEqual(['same a a', 'moved d d', 'changed b b', 'added - e', 'removed c -', 'moved-away d d'])
    expect(compareTexts(before, after).counts).toEqual({ added: 1, removed: 1, moved: 1, changed: 1 })
  })

  test('CP2 what hangs on a paragraph that moved has not moved itself; what came beneath another has', () => {
    const before = [unit('a', 'one'), unit('b', 'two'), unit('b1', 'sub', 1), unit('b2', 'sub two', 1)]
    expect(kinds(before, [before[1]!, before[2]!, before[3]!, before[0]!])).toEqual(['moved b b', 'same b1 b1', 'same b2 b2', 'same a a', 'moved-away b b'])
    expect(kinds(before, [before[0]!, before[2]!, before[1]!, before[3]!])).toContain('moved b1 b1')
  })

  test('CP2 a paragraph that moved and changed shows its words too', () => {
    const { rows, counts } = compareTexts([unit('a', 'x'), unit('b', 'y'), unit('c', 'old')], [unit('c', 'new'), unit('a', 'x'), unit('b', 'y')])
    expect(rows[0]).toMatchObject({ kind: 'moved', parts: [{ kind: 'struck', words: 'old' }, { kind: 'new', words: 'new' }] })
    expect(counts).toEqual({ added: 0, removed: 0, moved: 1, changed: 1 })
  })

  test('CP3 a text from outside has no ids: what reads alike is the same, then what is most alike', () => {
    const before = [unit('a', 'Urges all States to keep the lamps burning'), unit('b', 'Requests a report on lamps every year'), unit('c', 'Decides to meet')]
    const after = [unit(null, 'Requests a report on all lamps each year'), unit(null, 'Decides to meet'), unit(null, 'Thanks the fishermen of the coast')]
    expect(kinds(before, after)).toEqual(['removed a -', 'changed b -', 'same c -', 'added - -'])
    expect(kinds(before, [unit(null, 'Decides to meet'), unit(null, 'Requests a report on lamps every year')])).toEqual(['moved c -', 'removed a -', 'same b -', 'moved-away c -'])
  })

  test('CP3 the document as it was issued shows the Secretariat’s editing of the frozen text', () => {
    const frozen = 'On lamps\n\nThe General Assembly,\n\nRecalling its resolution 70/1,\n\n1. Urges all states to co-operate;\n\n2. Decides to meet.\n'
    const issued = 'On lamps\n\nThe General Assembly,\n\nRecalling its resolution 70/1 of 25 September 2015,\n\n1. Urges all States to cooperate;\n\n2. Decides to meet.\n'
    const [before, after] = [frozen, issued].map((source) => comparedOfValue(importText(source).value))
    const { rows, counts } = compareTexts(before!, after!)
    expect(counts).toEqual({ added: 0, removed: 0, moved: 0, changed: 2 })
    expect(rows.filter(({ kind }) => kind === 'changed').map(({ before: was, after: is }) => [was?.number, is?.number])).toEqual([['PP1', 'PP1'], ['OP1', 'OP1']])
  })

  test('CP2 of any two texts every paragraph is told, each in its order, and nothing twice', () => {
    const text = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 }).chain((ids) =>
      fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), words: fc.constantFrom('x', 'y z'), depth: fc.constantFrom(0, 0, 1, 2) }))))
    const units = (list: readonly { id: string; words: string; depth: number }[], withIds: boolean): ComparedUnit[] => list.map(({ id, words, depth }) => unit(withIds ? id : null, `${id} ${words}`, depth))
    fc.assert(fc.property(text, text, fc.boolean(), (one, other, withIds) => {
      const [before, after] = [units(one, true), units(other, withIds)]
      const { rows } = compareTexts(before, after)
      expect(rows.filter(({ kind }) => kind !== 'moved-away').flatMap((row) => row.after ?? [])).toEqual(after)
      const told = rows.filter(({ kind }) => kind !== 'moved').flatMap((row) => row.before?.id ?? [])
      expect([...told].sort()).toEqual(before.map(({ id }) => id).sort())
      if (before.every(({ depth }) => depth === 0)) expect(told).toEqual(before.map(({ id }) => id))
    }), { numRuns: 2_000 })
  })

  test('CP7 square brackets that are put, lifted or moved are changes, and a placeholder is told as one', () => {
    const op = (words: string, brackets: readonly BracketValue[] = []): UnitValue => ({ kind: 'op', words, notes: [], children: [], brackets })
    const text = (...units: UnitValue[]): ComparedUnit[] => shownOfValue({ language: 'en', units }, ['a', 'b', 'c'])
    const before = text(op('Urges all States to act;', [{ from: 6, to: 16 }]), op('Decides;', [{ from: 0, to: 8 }]), op('', [{ from: 0, to: 0, placeholder: true }]))
    expect(before.map(({ words }) => words)).toEqual(['Urges [all States] to act;', '[Decides;]', '[placeholder]'])
    const after = text(op('Urges all States to act;'), op('Decides;', [{ from: 0, to: 8 }]), op('Notes;', [{ from: 0, to: 6, placeholder: true }]))
    expect(compareTexts(before, after).rows.map(({ kind }) => kind)).toEqual(['changed', 'same', 'changed'])
    expect(compareTexts(before, after).rows[0]!.parts.filter(({ kind }) => kind === 'struck').map(({ words }) => words).join('')).toBe('[]')
    expect(after[2]!.words).toBe('[placeholder: Notes;]')
  })
})
