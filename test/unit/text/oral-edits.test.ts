import { expect, test } from 'vitest'
import { editsOf, fieldAfter, fieldOf, placeBehind } from '../../../shared/text/oral-edits.ts'
import { carriedOut } from '../../../shared/text/edits.ts'

const words = { atoms: 'Urges States\uFFFC to act\uFFFC in law;', notes: [{ number: 3 }, { number: 4 }] }

test('OR13 the words stand in the field with the marks of their footnotes, and what is changed there is word by word', () => {
  const field = fieldOf(words)
  expect(field).toBe('Urges States[footnote 3] to act[footnote 4] in law;')
  expect(editsOf(words, field)).toEqual([])
  for (const [find, by] of [['States', 'all States'], ['in law', 'by law'], ['Urges', 'Invites'], [';', '.'], [' to act', ''], ['act', 'act [so to say]']] as const) {
    const typed = field.replace(find, by)
    const edits = editsOf(words, typed)!
    expect(carriedOut(words.atoms, edits)).toBe(words.atoms.replace(find, by))
    expect(fieldAfter(words, edits)).toBe(typed)
  }
  expect(editsOf({ atoms: 'a b c', notes: [] }, 'a x c')).toEqual([{ from: 2, to: 3, words: 'x' }])
  expect(editsOf({ atoms: 'a', notes: [] }, 'a\nb')).toEqual([{ from: 1, to: 1, words: ' b' }])
})

test('OR13 a footnote goes with its mark, the other one staying; a mark that is put elsewhere is no change that can be said', () => {
  const field = fieldOf(words)
  expect(carriedOut(words.atoms, editsOf(words, field.replace('[footnote 3]', ''))!)).toBe('Urges States to act\uFFFC in law;')
  expect(editsOf(words, field.replace('[footnote 3]', ''))).toEqual([{ from: 12, to: 13, words: '' }])
  expect(editsOf(words, field.replace('[footnote 4]', ''))).toEqual([{ from: 20, to: 21, words: '' }])
  expect(editsOf(words, `[footnote 4] ${field.replace('[footnote 4]', '')}`)).toBe(null)
  // Of another paragraph, or a second time: words like any others.
  expect(editsOf(words, `${field}[footnote 9]`)!.map((edit) => edit.words)).toEqual(['[footnote 9]'])
  expect(editsOf(words, `${field}[footnote 3]`)!.map((edit) => edit.words)).toEqual(['[footnote 3]'])
  // Of a font's own letters none is taken for a mark.
  expect(editsOf(words, `${field}\uE000`)!.map((edit) => edit.words)).toEqual(['\uE000'])
  const own = { atoms: 'a\uE000 b\uFFFC', notes: [{ number: 1 }] }
  expect(editsOf(own, fieldOf(own).replace('b', 'c'))).toEqual([{ from: 3, to: 4, words: 'c' }])
})

test('OR12 a place is told by words that are there once', () => {
  expect(placeBehind(words, 'States')).toBe(12)
  expect(placeBehind(words, ' to act ')).toBe(20)
  for (const typed of ['', '  ', 'a', 'nowhere']) expect(placeBehind(words, typed)).toBe(null)
})
