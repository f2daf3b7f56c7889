import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../shared/lifecycle/canonical.ts'
import type { JsonValue } from '../../../shared/wire/json.ts'

/** Object.entries would hide the order; this makes the same object with its members put in another order. */
function shuffled(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(shuffled)
  return Object.fromEntries(Object.entries(value as Record<string, JsonValue>).reverse().map(([key, member]) => [key, shuffled(member)]))
}

describe('canonical JSON', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    [[], '[]'],
    [{}, '{}'],
    [{ b: 1, a: [false, { d: 0, c: '' }] }, '{"a":[false,{"c":"","d":0}],"b":1}'],
    [{ 10: 'x', 9: 'y', '': 'z' }, '{"":"z","10":"x","9":"y"}'],
  ] as const)('CJ1 writes %j without white space and with sorted names', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('CJ1 sorts names by UTF-16 code units, not by code points', () => {
    // U+1F600 begins with the unit D83D, which is before U+FB33, although its code point is after.
    const value = { '\ufb33': 1, '\u{1f600}': 2, 'é': 3, 'z': 4, '\r': 5, '1': 6 }
    expect(canonicalJson(value)).toBe('{"\\r":5,"1":6,"z":4,"é":3,"\u{1f600}":2,"\ufb33":1}')
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    [1e20, '100000000000000000000'],
    [1e-7, '1e-7'],
    [0.000001, '0.000001'],
    [5e-324, '5e-324'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('CJ2 writes the number %d as ECMAScript does', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('CJ3 escapes only what it must', () => {
    expect(canonicalJson('é " \\ / \b\f\n\r\t \u0000 \u001f \u007f \u2028 👩')).toBe('"é \\" \\\\ / \\b\\f\\n\\r\\t \\u0000 \\u001f \u007f \u2028 👩"')
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', [Number.NEGATIVE_INFINITY]],
    ['half a surrogate pair', 'a\ud83d'],
    ['half a surrogate pair in a name', { '\udc00': 1 }],
    ['undefined', { a: undefined }],
    ['a hole', new Array(2)],
    ['bytes', { a: new Uint8Array(2) }],
    ['a date', new Date(0)],
    ['a bigint', 1n],
  ])('CJ4 refuses %s with a RangeError', (_, value) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(RangeError)
  })

  it('CJ5 writes the same text for equal values, and a text that reads as an equal value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (generated) => {
        const value = JSON.parse(JSON.stringify(generated)) as JsonValue
        fc.pre(!/\\ud[89a-f]/i.test(JSON.stringify(value)))
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(value)
        expect(canonicalJson(shuffled(value))).toBe(text)
      }),
    )
  })
})
