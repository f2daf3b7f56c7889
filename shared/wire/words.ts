/** What no words of a draft may hold: control characters, line ends, embed characters, lone surrogates. */
const forbidden = /[\p{Cc}\u2028\u2029\uFFFC]/gu

/** Control characters and line ends become spaces, embed characters and lone surrogates go. */
export function cleanWords(words: string): string {
  return words.replace(forbidden, (found) => (/\s/.test(found) ? ' ' : '')).replace(/\p{Surrogate}/gu, '')
}

export const isCleanWords = (words: string): boolean => words.search(forbidden) === -1 && words.isWellFormed()

/** Control characters, half surrogate pairs, and marks that turn the direction of what follows: no name holds them. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

export const isPlainLine = (line: string): boolean => line.search(unprintable) === -1

/** As a name or a title can be kept and shown: what ends or spaces a line becomes a space, the rest goes. */
export const plainLine = (line: string): string => line.replace(unprintable, (found) => (/\s/.test(found) ? ' ' : ''))

/** As a remark or a reason can be kept: control characters but for tabs and line ends go, and half surrogate pairs. */
export const plainText = (text: string): string => text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '')

/** Whether an offset lies between two halves of one character. */
export const isInsidePair = (words: string, at: number): boolean => /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(words.slice(at - 1, at + 1))
