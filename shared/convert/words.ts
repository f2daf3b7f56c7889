/**
 * The proof that an import loses nothing: the sequence of words of the source against that of the value. A word is
 * what stands between white space; a number glued to the word after it counts as two. Marks of notes are compared as
 * tokens of their own and not counted. Notes are compared after the body, in the order of their marks.
 */
import { numberUnits } from '../model/numbering.ts'
import type { ResolutionValue, UnitValue } from '../model/value.ts'
import { brokenAtHyphen } from './lines.ts'
import type { Paragraph } from './lines.ts'
import { piecesOf } from './notes.ts'
import type { Notes } from './notes.ts'

const markToken = /^\uE000\d+\uE000$/
const markOf = (n: number): string => ` \uE000${n}\uE000 `

const glued = /^(\(?[\p{L}\d]{1,5}\)|\d{1,4}\.|PP\d+\.?|OP\d+\.?|\p{Lu}\.|[•‣▪●])(?=[\p{L}“«[])/u

export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '').flatMap((word) => {
    const number = markToken.test(word) ? null : glued.exec(word)
    return number === null ? [word] : [number[1]!, word.slice(number[1]!.length)]
  })
}

export const countOf = (words: readonly string[]): number => words.filter((word) => !markToken.test(word)).length

/** The words of a source as its lines stand, lines that break inside a hyphenated word joined. */
export function wordsOfLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  let joined = ''
  for (const [index, line] of lines.entries()) {
    joined += brokenAtHyphen(line, lines[index + 1] ?? '') ? line : `${line}\n`
  }
  return wordsOf(joined)
}

export const wordsOfParagraphs = (paragraphs: readonly Paragraph[]): string[] =>
  wordsOf(paragraphs.map(({ text }) => text).join('\n'))

/** The words of a source's body with its marks in place, then its notes in the order of the marks. */
export function wordsOfNoted(notes: Notes): string[] {
  const used = new Set<string>()
  const ends: string[] = []
  const body = notes.body.map(({ text }) => piecesOf(text, notes.words, used).map((piece) => {
    if ('text' in piece) return piece.text
    ends.push(piece.note)
    return markOf(ends.length)
  }).join(''))
  return wordsOf([...body, ...ends].join('\n'))
}

/** The words of a value as they are printed: numbers, words with their marks, then the notes. */
export function wordsOfValue(value: ResolutionValue): string[] {
  const numbers = numberUnits(value.units, value.language)
  const ends: string[] = []
  const lines: string[] = []
  const visit = (unit: UnitValue): void => {
    let from = 0
    let words = ''
    for (const note of unit.notes) {
      words += unit.words.slice(from, note.at)
      from = note.at
      ends.push(note.words)
      words += markOf(ends.length)
    }
    lines.push(`${numbers.get(unit)!.printed} ${words}${unit.words.slice(from)}`)
    unit.children.forEach(visit)
  }
  value.units.forEach(visit)
  return wordsOf([...lines, ...ends].join('\n'))
}

/** The first place where two sequences differ, or -1. */
export function firstDifference(left: readonly string[], right: readonly string[]): number {
  const length = Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return index
  return -1
}
