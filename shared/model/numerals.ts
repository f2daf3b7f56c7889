/** Numerals as United Nations resolutions print them. Pure; every function is total on integers from 1. */

const romanParts: readonly (readonly [number, string])[] = [
  [1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'],
  [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
]

/** 4 -> iv */
export function romanOf(value: number): string {
  let rest = Math.max(0, Math.floor(value))
  let roman = ''
  for (const [size, letters] of romanParts) {
    while (rest >= size && roman.length < 40) {
      roman += letters
      rest -= size
    }
  }
  return roman
}

/** xiv -> 14; 0 for what is not a roman numeral in its usual form. */
export function romanValue(letters: string): number {
  if (letters === '' || letters.length > 15 || /[^ivxlcdm]/.test(letters)) return 0
  let value = 0
  let at = 0
  for (const [size, part] of romanParts) {
    while (letters.startsWith(part, at)) {
      value += size
      at += part.length
    }
  }
  return romanOf(value) === letters ? value : 0
}

/** 1 -> a, 26 -> z, 27 -> aa, 28 -> bb: after z the letters are doubled (Editorial Manual, sub-paragraphs). */
export function lettersOf(value: number): string {
  const position = Math.max(1, Math.floor(value)) - 1
  return String.fromCharCode(97 + (position % 26)).repeat(Math.floor(position / 26) + 1)
}

/** The inverse of `lettersOf`; 0 for what it does not make. */
export function lettersValue(letters: string): number {
  const first = letters.charCodeAt(0)
  if (!/^[a-z]+$/.test(letters) || letters !== letters[0]!.repeat(letters.length)) return 0
  return (letters.length - 1) * 26 + first - 96
}

const ordinals = [
  'bis', 'ter', 'quater', 'quinquies', 'sexies', 'septies', 'octies', 'novies', 'decies', 'undecies', 'duodecies',
  'terdecies', 'quaterdecies', 'quindecies', 'sexdecies', 'septdecies', 'octodecies', 'novodecies', 'vicies',
] as const

/** Matches one of the Latin ordinals or an alternative, as typed after a number. */
export const suffixPattern = `(?:${[...ordinals].reverse().join('|')}|alt\\.?\\s?\\d{0,2})`

/** The n-th paragraph inserted after one that stays: 1 -> bis, 2 -> ter. Past vicies, figures. */
export function latinOrdinal(n: number): string {
  return ordinals[n - 1] ?? `${n + 1}-ies`
}

/** The n-th new paragraph after `after`: ('OP5', 1) -> 'OP5 bis'. */
export function insertedNumber(after: string, n: number): string {
  return `${after} ${latinOrdinal(n)}`
}

/** The n-th of `total` alternatives to a paragraph: 'OP5 alt' when it is the only one, else 'OP5 alt1', 'OP5 alt2'. */
export function alternativeNumber(of: string, n: number, total: number): string {
  return total > 1 ? `${of} alt${n}` : `${of} alt`
}
