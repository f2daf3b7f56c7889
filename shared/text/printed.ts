/**
 * A document as it is set on a page, whatever the page is made of: lines of plain text, HTML, PDF. It says what everything is,
 * not what it looks like. Pure values.
 */
import { openingLengthOf } from '../drafting/phrases.ts'
import { embedCharacter } from '../model/layout.ts'
import type { UnitKind } from '../model/value.ts'

/**
 * - `plain`   words as they stand
 * - `opening` the opening phrase of a paragraph, which is printed in italics
 * - `new`     words that somebody proposes
 * - `cut`     words that somebody proposes to delete
 * - `sign`    what is not of the text: square brackets, who proposes, what is to be done
 * - `note`    the mark of a footnote; the words are its number
 */
export type Look = 'plain' | 'opening' | 'new' | 'cut' | 'sign' | 'note'

export interface Piece {
  readonly look: Look
  readonly words: string
}

/**
 * A paragraph. `kind` is that of a unit, or
 * - `proposed` a new paragraph or an alternative that somebody proposes
 * - `place`    where a paragraph would come to stand
 * - `entry`    an amendment in a list: who proposes it, and its status
 * - `wording`  what the amendment says
 */
export interface PrintedBlock {
  readonly kind: UnitKind | 'proposed' | 'place' | 'entry' | 'wording'
  /** How many levels it is set in. */
  readonly depth: number
  /** What stands before its words: "5.", "(a)", "OP5 bis", or nothing. */
  readonly number: string
  readonly pieces: readonly Piece[]
}

export interface PrintedNote {
  readonly number: string
  readonly pieces: readonly Piece[]
}

export interface Printed {
  /** A BCP 47 tag: en, fr, es, ru, ar, zh. */
  readonly language: string
  /** Of the document: "Safe harbours: rolling text". */
  readonly title: string
  /** Whether the title stands on the page, or among the blocks already. */
  readonly isTitled: boolean
  /** Lines before everything else: "Nothing is agreed until everything is agreed." */
  readonly remarks: readonly string[]
  /** How what follows is to be read; empty where it needs no explanation. */
  readonly legend: readonly string[]
  readonly blocks: readonly PrintedBlock[]
  readonly notes: readonly PrintedNote[]
  /** At the foot of every page: the digest of a frozen text. */
  readonly footer: string
}

export const sign = (words: string): Piece => ({ look: 'sign', words })

/** Words of the base from offset `from` of their paragraph, the marks of its footnotes and its opening phrase told apart. */
export function piecesOf(words: string, from: number, openingLength: number, numberOf: () => string, look: Look = 'plain'): Piece[] {
  const pieces: Piece[] = []
  const add = (part: string, as: Look): void => {
    if (part !== '') pieces.push({ look: as, words: part })
  }
  let at = from
  for (const [index, part] of words.split(embedCharacter).entries()) {
    if (index > 0) {
      add(numberOf(), 'note')
      at += 1
    }
    const opening = look === 'plain' ? Math.max(0, Math.min(part.length, openingLength - at)) : 0
    add(part.slice(0, opening), 'opening')
    add(part.slice(opening), look)
    at += part.length
  }
  return pieces
}

/** How many letters of a paragraph are its opening phrase. `words` may hold the marks of footnotes. */
export const openingOf = (kind: UnitKind, words: string, language: string): number =>
  kind === 'pp' || kind === 'op' ? openingLengthOf(kind, words, language) : kind === 'organ' ? words.replace(/[,،，]\s*$/u, '').length : 0

/** A date or symbol in Latin letters in a text that runs from right to left: it keeps its own direction. */
export const isForeignTo = (language: string, { pieces }: PrintedBlock): boolean =>
  language === 'ar' && pieces.some(({ words }) => /\p{Script=Latin}/u.test(words)) && !pieces.some(({ words }) => /\p{Script=Arabic}/u.test(words))

/** As one line of plain text. */
export const lineOf = (pieces: readonly Piece[]): string => pieces.map(({ look, words }) => (look === 'note' ? `[^${words}]` : words)).join('')

/** Control characters have no place on a page, and half a surrogate pair is no letter. */
export const printable = (words: string): string => words.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, (letter) => (letter === '\n' || letter === '\t' ? letter : ''))
