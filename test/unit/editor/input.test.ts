import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { paragraphsOf } from '../../../client/editor/input.ts'
import { replaceRange } from '../../../client/editor/writing.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { openDesk } from './support.ts'
import { draft, sideDoc } from '../model/support.ts'

test('ED5 pasted text becomes paragraphs: one a line, empty lines are nothing, no character that may not stand', () => {
  expect(paragraphsOf('one')).toEqual(['one'])
  expect(paragraphsOf('one\r\n\r\ntwo\rthree\u2029four')).toEqual(['one', 'two', 'three', 'four'])
  expect(paragraphsOf('a\u0000b\uFFFC\tc\uD800')).toEqual(['ab c'])
  expect(paragraphsOf('\n\n')).toEqual([''])
  expect(paragraphsOf('one\n')).toEqual(['one'])
})

test.each(['drafting', 'negotiation'] as const)('ED37 a paste of more than one update may hold is refused before it is written (%s)', (stage) => {
  const doc = draft(`
  title Migrants
  op Urges States to act;`)
  const desk = openDesk(doc, sideDoc(2), stage)
  const spot = { block: desk.projection().blocks[1]!, offset: 6 }
  const paste = (characters: number): ErrorCode | null =>
    replaceRange(desk, { from: spot, to: spot, paragraphs: [' all'.repeat(characters / 8), ' all'.repeat(characters / 8)] })
  const before = [doc, desk.host.side!].map((one) => Y.encodeStateAsUpdate(one).length)
  expect(paste(limits.updateCharactersMax + 8)).toBe('too-large')
  expect([doc, desk.host.side!].map((one) => Y.encodeStateAsUpdate(one).length)).toEqual(before)
  expect(paste(80)).toBeNull()
})
