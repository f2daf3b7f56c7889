/**
 * From a file's characters to its paragraphs. A paragraph is one line, or the lines of a hard-wrapped one joined;
 * nothing but white space, control characters and lone surrogates is changed, and the last two are counted.
 */
import { openingLengthOf } from '../drafting/phrases.ts'
import { beginsNumbered } from './numbers.ts'

export interface Paragraph {
  /** Trimmed; runs of plain spaces are one; no-break spaces are kept. */
  readonly text: string
  /** The line of the source it begins on, from 1. */
  readonly line: number
  /** What its file says that it is. */
  readonly as?: 'row' | 'heading'
}

export interface Cleaned {
  readonly text: string
  readonly replaced: number
}

/** Normalises line ends and takes away what no text of a resolution can hold, and marks that show letters in another order than they are in. */
export function clean(source: string): Cleaned {
  let replaced = 0
  const text = source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\uFFFC\u202D\u202E]/gu, () => {
      replaced++
      return ''
    })
    .replace(/\p{Surrogate}/gu, () => {
      replaced++
      return '\uFFFD'
    })
  return { text, replaced }
}

/** White space as a resolution holds it: one plain space, no-break spaces as they are, none at the ends. */
export function tidy(text: string): string {
  return text.replace(/[ \t\u2000-\u2006\u2008-\u200a\u3000]+/g, ' ').trim()
}

export const isRule = (text: string): boolean => /^(?:_{3,}|-{3,}|—{3,}|–{3,})$/.test(text)

/** A line broken inside a hyphenated word, as wrapping programs leave it. */
export const brokenAtHyphen = (before: string, after: string): boolean =>
  /\p{L}[-‑]$/u.test(before) && /^\p{Ll}/u.test(after)

export function paragraphsOf(text: string): Paragraph[] {
  const lines = text.split('\n').map(tidy)
  const width = wrapWidthOf(lines)
  const paragraphs: { text: string, line: number }[] = []
  let previous = ''
  for (const [index, line] of lines.entries()) {
    const open = paragraphs.at(-1)
    if (line !== '' && previous !== '' && open !== undefined && continues(previous, line, width)) {
      open.text += brokenAtHyphen(previous, line) ? line : ` ${line}`
    } else if (line !== '') {
      paragraphs.push({ text: line, line: index + 1 })
    }
    previous = line
  }
  return paragraphs
}

/** The column at which a hard-wrapped text was wrapped; 0 for a text of one line to a paragraph. */
function wrapWidthOf(lines: readonly string[]): number {
  const long = lines.filter((line) => line.length > 40 && !line.startsWith('#')).map((line) => line.length).sort((a, b) => a - b)
  const longest = long.at(-1) ?? 0
  if (longest === 0 || longest > 120) return 0
  const wrapped = lines.some((line, index) => line.length > 40 && /[^.;:!?\]]$/.test(line) && (lines[index + 1] ?? '') !== '')
  return wrapped ? long[Math.floor((long.length - 1) * 0.95)]! : 0
}

function continues(before: string, line: string, width: number): boolean {
  if (isRule(line) || isRule(before) || /^\[\d{1,4}\]\s/.test(line)) return false
  if (brokenAtHyphen(before, line)) return true
  const ended = /[.;:,!?»”"\])]$/.test(before)
  if (beginsNumbered(line) && (ended || before.length < 40)) return false
  if (/^\p{Ll}/u.test(line) && !/[.;:!?]$/.test(before)) return true
  if (width === 0) return false
  const firstWord = /^\S+/.exec(line)![0]
  if (before.length + 1 + firstWord.length <= width - 4) return false
  return !(ended && opens(line))
}

const opens = (line: string): boolean =>
  ['en', 'fr', 'es'].some((language) => openingLengthOf('pp', line, language) > 0 || openingLengthOf('op', line, language) > 0)
