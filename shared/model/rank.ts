/** Where a unit stands among its siblings: a fractional index. */
import { generateKeyBetween } from 'fractional-indexing'
import { limits } from '../wire/limits.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The grammar of fractional-indexing: a head that says how long the whole part is, digits, no zero at the end of the fraction. */
export function isRank(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > limits.rankCharactersMax || !/^[A-Za-z][0-9A-Za-z]+$/.test(value)) return false
  const head = value.charCodeAt(0)
  const wholeLength = head >= 97 ? head - 97 + 2 : 90 - head + 2
  if (value.length < wholeLength) return false
  if (value.length > wholeLength && value.endsWith('0')) return false
  return value !== 'A' + '0'.repeat(26)
}

/**
 * A rank strictly between two (null: no bound), ending in digits made from `salt` so that two people who insert at
 * the same place at once get different ranks. Throws RangeError when `before >= after`: re-rank first.
 */
export function rankBetween(before: string | null, after: string | null, salt: string): string {
  const key = generateKeyBetween(before, after)
  const salted = key + suffixOf(salt)
  return after === null || salted < after ? salted : key
}

/** `count` ranks beneath one key, so that two pastes at one place do not interleave. */
export function ranksBetween(before: string | null, after: string | null, salt: string, count: number): string[] {
  if (count === 1) return [rankBetween(before, after, salt)]
  let stem = rankBetween(before, after, salt)
  // Everything beneath the stem sorts before `after` only when `after` does not itself lie beneath it. A stem of which
  // the last was itself a beginning is shorter, so this ends.
  while (after !== null && after.startsWith(stem)) stem = rankBetween(before, stem, salt)
  return Array.from({ length: count }, (_, index) => `${stem}${baseDigits(index)}V`)
}

function baseDigits(index: number): string {
  return digits[Math.floor(index / 3844) % 62]! + digits[Math.floor(index / 62) % 62]! + digits[index % 62]!
}

/** Four digits from a salt (FNV-1a), the last never zero. */
function suffixOf(salt: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < salt.length; index++) hash = Math.imul(hash ^ salt.charCodeAt(index), 0x01000193) >>> 0
  const part = (divisor: number): string => digits[Math.floor(hash / divisor) % 62]!
  return part(1) + part(62) + part(3844) + digits[1 + (Math.floor(hash / 238328) % 61)]!
}
