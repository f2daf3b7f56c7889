import { expect, test } from 'vitest'
import { paragraphsOf } from '../../../client/editor/input.ts'

test('ED5 pasted text becomes paragraphs: one a line, empty lines are nothing, no character that may not stand', () => {
  expect(paragraphsOf('one')).toEqual(['one'])
  expect(paragraphsOf('one\r\n\r\ntwo\rthree\u2029four')).toEqual(['one', 'two', 'three', 'four'])
  expect(paragraphsOf('a\u0000b\uFFFC\tc\uD800')).toEqual(['ab c'])
  expect(paragraphsOf('\n\n')).toEqual([''])
  expect(paragraphsOf('one\n')).toEqual(['one'])
})
