/**
 * One text for one JSON value, so that whoever holds the value can compute its digest again (RFC 8785, the JSON
 * Canonicalization Scheme). Freezing and the log digest over this text.
 */
import type { JsonValue } from '../wire/json.ts'

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * No white space; members sorted by the UTF-16 code units of their names; numbers and escapes as ECMAScript writes
 * them. Throws a RangeError on what has no canonical form: a number that is not finite, a lone surrogate, or
 * something that is not JSON at all.
 */
export function canonicalJson(value: JsonValue): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value)
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError(`${value} has no canonical form: JSON knows finite numbers only`)
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : canonicalContainer(value)
    default:
      throw new RangeError(`A value of type ${typeof value} has no canonical form`)
  }
}

function canonicalString(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new RangeError('A text with half a surrogate pair has no canonical form')
  return JSON.stringify(text)
}

function canonicalContainer(value: readonly JsonValue[] | { readonly [key: string]: JsonValue }): string {
  // Array.from, since map() would pass over the holes of a sparse array and so write them as nothing.
  if (isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  // A Map, a Date or bytes would otherwise pass as an object with no members, or with wrong ones.
  const kind = Object.prototype.toString.call(value)
  if (kind !== '[object Object]') throw new RangeError(`${kind} has no canonical form`)
  // The default sort compares UTF-16 code units, which is the order that RFC 8785, 3.2.3 asks for.
  const members = Object.keys(value).sort().map((key) => `${canonicalString(key)}:${canonicalJson(value[key]!)}`)
  return `{${members.join(',')}}`
}

function isArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value)
}
