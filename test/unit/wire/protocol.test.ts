import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeMessage, encodeMessage } from '../../../shared/wire/protocol.ts'
import type { Message } from '../../../shared/wire/protocol.ts'

const bytes = Uint8Array.of(0, 1, 2, 255)
const messages: Message[] = [
  { type: 'sync', step: 0, bytes },
  { type: 'sync', step: 1, bytes },
  { type: 'sync', step: 2, bytes },
  { type: 'awareness', bytes },
  { type: 'query-awareness' },
  { type: 'submit', number: 300, bytes, hints: '[]' },
  { type: 'acknowledged', number: 300 },
  { type: 'refused', number: 0, code: 'frozen' },
  { type: 'notice', notice: { notice: 'record', seq: 4 } },
  { type: 'drained' },
]

test('WI4 every message is read as it was written', () => {
  for (const message of messages) expect(decodeMessage(encodeMessage(message))).toEqual(message)
})

test('WI5 a message with a rest, cut short, or of no known kind is none', () => {
  for (const message of messages) {
    const whole = encodeMessage(message)
    expect(decodeMessage(Uint8Array.of(...whole, 0))).toBeNull()
    if (whole.length > 1) expect(decodeMessage(whole.slice(0, -1))).toBeNull()
  }
  expect(decodeMessage(Uint8Array.of(99))).toBeNull()
  expect(decodeMessage(new Uint8Array())).toBeNull()
})

test('WI6 no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (input) => {
      const message = decodeMessage(input)
      expect(message === null || typeof message.type === 'string').toBe(true)
    }),
    { numRuns: 3000 },
  )
})
