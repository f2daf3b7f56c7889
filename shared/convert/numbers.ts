/** The numbers that drafters type before a paragraph: "5.", "12 bis.", "PP3", "(a)", "a)", "(i)", "II.", "•". */
import { lettersValue, romanValue, suffixPattern } from '../model/numerals.ts'

export interface TypedNumber {
  readonly role: 'pp' | 'op' | 'sub' | 'bullet' | 'section' | 'title'
  /** As typed, white space made single. */
  readonly typed: string
  /** What follows it, trimmed at its start. */
  readonly rest: string
}

const suffix = `(?:\\s?${suffixPattern}){0,2}`
const gap = '(?:\\s+|(?=[\\p{Lu}\\p{Lo}\\[“«]))'

const patterns: readonly (readonly [TypedNumber['role'], RegExp])[] = [
  ['pp', new RegExp(`^(PP\\s?\\d{1,3}${suffix}[.:]?)\\s+`, 'iu')],
  ['op', new RegExp(`^(OP\\s?\\d{1,3}${suffix}[.:]?)\\s+`, 'iu')],
  ['title', /^(\d{1,4}\/\d{1,4}(?:\s?[A-Z])?\.)\s+/u],
  ['op', new RegExp(`^(\\d{1,3}\\s?\\.?\\s?${suffixPattern}\\.?)\\s+`, 'iu')],
  ['op', new RegExp(`^(\\d{1,3}\\.)${gap}`, 'u')],
  ['op', /^(\d{1,3} ?[-–])\s+(?=[\u0600-\u06ff])/u],
  ['sub', new RegExp(`^(\\(\\s?(?:[a-z]{1,5}|\\p{L}|\\d{1,2})${suffix}\\s?\\)(?:\\s?${suffixPattern})?)${gap}`, 'u')],
  ['sub', new RegExp(`^((?:[a-z]{1,5}|\\p{Ll}|\\d{1,2})${suffix}\\))${gap}`, 'u')],
  ['sub', /^([a-z]{1,4}\.)\s+/u],
  ['section', /^((?:[IVXLC]{1,7}|[A-Z])\.)\s+/u],
  ['bullet', /^([•‣▪●–—*-])\s+/u],
]

/** The letters or figures of a sub-paragraph's number, without brackets: "(a bis)" -> a. */
export const coreOf = (typed: string): string => /[\p{L}\d]+/u.exec(typed)?.[0] ?? ''

const isSubCore = (core: string): boolean =>
  lettersValue(core) > 0 || (/^[ivx]+$/.test(core) && romanValue(core) > 0) || /^\d{1,2}$/.test(core) || /^\p{L}$/u.test(core)

/** The number at the start of a paragraph, or null. Total. */
export function takeNumber(text: string): TypedNumber | null {
  for (const [role, pattern] of patterns) {
    const found = pattern.exec(text)
    if (found === null) continue
    const typed = found[1]!.replace(/\s+/g, ' ')
    const rest = text.slice(found[0].length)
    if (role === 'sub' && (!isSubCore(coreOf(typed)) || typed.length > 20)) continue
    if (rest.trim() === '') continue
    return { role, typed, rest: rest.trimStart() }
  }
  return null
}

/** Whether a line can only be the beginning of a paragraph. Bullets of one dash also occur inside sentences. */
export function beginsNumbered(line: string): boolean {
  const number = takeNumber(line)
  return number !== null && !(number.role === 'bullet' && /^[–—-]/.test(line))
}

/** A number that stands in a paragraph of its own, its words in the next: "5.", "(a)", "78/228.". */
export const isLoneNumber = (text: string): boolean =>
  /^(?:\d{1,3}\.|\d{1,3} ?[-–]|\((?:[a-z]{1,3}|[\u0600-\u06ff])\)|[a-z]\)|\d{1,4}\/\d{1,4}\.)$/u.test(text)

/** A section's numeral alone: "IV", "A", "II.". */
export const isSectionNumeral = (text: string): boolean =>
  /^[A-Z]\.?$/.test(text) || (/^[IVXLC]{1,7}\.?$/.test(text) && romanValue(text.replace('.', '').toLowerCase()) > 0)
