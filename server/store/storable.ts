/**
 * What both adapters take. libsql reads a text only up to its first NUL, writes half a surrogate pair as U+FFFD, and
 * ends the process on a value it does not know; so such values are stopped before they reach it, as the mistakes of
 * ours that they are (no text of a command holds any: WI10).
 */
const UNSTORABLE = /\0|\p{Surrogate}/u

/** Stored as JSON text, where every string has an escaped form. */
const JSON_FIELDS = new Set(['hat', 'body', 'result'])

/** Throws a RangeError that names the place when a text or number in `value` cannot be kept exactly. */
export function assertStorable(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (UNSTORABLE.test(value)) throw new RangeError(`${path} holds a NUL or half a surrogate pair, which cannot be stored as text`)
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${path} is ${value}, where a whole number from 0 is stored`)
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => assertStorable(item, `${path}[${index}]`))
  } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const [key, field] of Object.entries(value)) if (!JSON_FIELDS.has(key)) assertStorable(field, `${path}.${key}`)
  } else if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    throw new RangeError(`${path} is a ${typeof value}, which cannot be stored`)
  }
}
