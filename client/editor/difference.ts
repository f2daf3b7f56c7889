/** The one replacement that makes one text into another. */
import type { Edit } from '../../shared/text/edit.ts'

/**
 * Where several would do ("ll" to "l"), the one that ends at the caret: `caret` is where it stands in `after`, null when
 * unknown. Never cuts a surrogate pair. Null when the texts are equal.
 */
export function differenceOf(before: string, after: string, caret: number | null = null): Edit | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  const limit = caret === null ? shorter : Math.min(shorter, Math.max(0, after.length - caret))
  let suffix = 0
  while (suffix < limit && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)) suffix++
  let prefix = 0
  while (prefix < shorter - suffix && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++
  while (suffix < shorter - prefix && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)) suffix++
  if (insidePair(before, prefix) || insidePair(after, prefix)) prefix--
  if (insidePair(before, before.length - suffix) || insidePair(after, after.length - suffix)) suffix--
  return { from: prefix, to: before.length - suffix, words: after.slice(prefix, after.length - suffix) }
}

function insidePair(words: string, at: number): boolean {
  const code = words.charCodeAt(at)
  const before = words.charCodeAt(at - 1)
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff
}
