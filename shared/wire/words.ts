/** What no words of a draft may hold: control characters, line ends, embed characters, lone surrogates. */
const forbidden = /[\p{Cc}\u2028\u2029\uFFFC]/gu

/** Control characters and line ends become spaces, embed characters and lone surrogates go. */
export function cleanWords(words: string): string {
  return words.replace(forbidden, (found) => (/\s/.test(found) ? ' ' : '')).replace(/\p{Surrogate}/gu, '')
}

export const isCleanWords = (words: string): boolean => words.search(forbidden) === -1 && words.isWellFormed()

/** Whether an offset lies between two halves of one character. */
export const isInsidePair = (words: string, at: number): boolean => /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(words.slice(at - 1, at + 1))
