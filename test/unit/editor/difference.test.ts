import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from '../../../client/editor/difference.ts'

const words = fc.array(fc.constantFrom('l', 'e', ' ', '𝔘', '😀', '你'), { maxLength: 8 }).map((letters) => letters.join(''))

test('ED1 the difference of two texts makes one into the other and cuts no character', () => {
  fc.assert(
    fc.property(words, words, fc.option(fc.nat(16)), (before, after, caret) => {
      const edit = differenceOf(before, after, caret) ?? { from: 0, to: 0, words: '' }
      expect(before.slice(0, edit.from) + edit.words + before.slice(edit.to)).toBe(after)
      expect([edit.words, before.slice(edit.from, edit.to)].every((part) => part.isWellFormed())).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

test('ED1 of several differences that would do, the one at the caret is meant', () => {
  expect(differenceOf('hello', 'helo', 2)).toEqual({ from: 2, to: 3, words: '' })
  expect(differenceOf('hello', 'helo', 3)).toEqual({ from: 3, to: 4, words: '' })
  expect(differenceOf('aaa', 'aaaa', 1)).toEqual({ from: 0, to: 0, words: 'a' })
  expect(differenceOf('aaa', 'aaaa', 4)).toEqual({ from: 3, to: 3, words: 'a' })
})
