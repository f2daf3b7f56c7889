/** What instructions say of the words of one paragraph: quotations, the places that they tell, and clauses. */
import { quotation } from './clerk-names.ts'
import { markOf, Misunderstood, trimmed } from './clerk-sheet.ts'

export interface Read {
  readonly skeleton: string
  readonly quotes: readonly string[]
}

export function readQuotes(sentence: string): Read {
  const quotes: string[] = []
  const skeleton = sentence.replace(/“([^“”]*)”|«([^»]*)»/gsu, (_all, usual: string | undefined, literal: string | undefined) => {
    quotes.push(usual === undefined ? literal! : outer(usual))
    return String.fromCharCode(0xff + quotes.length)
  })
  return { skeleton, quotes }
}

/** Quotation marks within a quotation are single; in the text they are double. */
function outer(words: string): string {
  let depth = 0
  let text = ''
  const letters = [...words]
  for (const [index, letter] of letters.entries()) {
    const isApostrophe = letter === '’' && (depth === 0 || /[\p{L}\p{N}]/u.test(letters[index + 1] ?? ' '))
    if (letter === '‘') depth++
    else if (letter === '’' && !isApostrophe) depth--
    text += letter === '‘' ? '“' : letter === '’' && !isApostrophe ? '”' : letter
  }
  return text
}

export interface Step {
  readonly from: number
  readonly to: number
  readonly words: string
}

const sign = /^[,;.:]/

/** What one clause does to the words as they stand. */
export function stepOf(text: string, clause: string, quoteAt: (letter: string) => string): Step {
  const noun = '(?:the words? )?'
  const where = (told: string): { from: number; to: number } => onlyPlace(text, told, quoteAt)
  const atEdge = new RegExp(`^at the (beginning|end), (?:insert|add) (${quotation})$`).exec(clause)
  if (atEdge !== null) {
    const put = quoteAt(atEdge[2]!)
    if (atEdge[1] === 'beginning') return { from: 0, to: /^ */.exec(text)![0].length, words: `${put} ` }
    return { from: text.replace(/ +$/, '').length, to: text.length, words: sign.test(put) ? put : ` ${put}` }
  }
  const insert = new RegExp(`^(after|before|directly after|directly before) (.*), insert ${noun}(${quotation})$`).exec(clause)
  if (insert !== null) {
    const put = quoteAt(insert[3]!)
    const { from, to } = where(insert[2]!)
    const isBefore = insert[1]!.endsWith('before')
    const at = isBefore ? from : to
    if (insert[1]!.startsWith('directly')) return { from: at, to: at, words: put }
    return { from: at, to: at, words: isBefore ? `${put} ` : sign.test(put) ? put : ` ${put}` }
  }
  const between = new RegExp(`^between ${noun}(${quotation}) and ${noun}(${quotation}), insert ${noun}(${quotation})$`).exec(clause)
  if (between !== null) {
    const [first, second, put] = [quoteAt(between[1]!), quoteAt(between[2]!), quoteAt(between[3]!)]
    const ends = placesOf(text, [first]).filter(({ to }) => placesOf(text, [second]).some(({ from }) => from >= to && trimmed(text.slice(to, from)) === ''))
    if (ends.length !== 1) throw new Misunderstood(`“${first}” and “${second}” meet ${ends.length} times in “${text}”`)
    return { from: ends[0]!.to, to: ends[0]!.to, words: sign.test(put) ? put : ` ${put}` }
  }
  const [, side, told, verb] = /^(?:(after|before) (.*?), )?((?:delete|replace) .*)$/s.exec(clause) ?? []
  const change = new RegExp(`^(?:delete (.*)|replace (.*) with ${noun}(${quotation}))$`).exec(verb ?? '')
  if (change === null) throw new Misunderstood(`not a clause: ${clause}`)
  const span = beside(text, change[1] ?? change[2]!, side, told === undefined ? null : where(told), quoteAt)
  return change[1] === undefined ? { ...span, words: quoteAt(change[3]!) } : leftOut(text, span)
}

function leftOut(text: string, { from, to }: { from: number; to: number }): Step {
  const before = text.slice(0, from)
  let behind = text.slice(to)
  if (before.endsWith(' ') && behind.startsWith(' ')) behind = behind.slice(1)
  const start = before.endsWith(' ') && sign.test(behind) ? from - 1 : from
  return { from: start, to: text.length - behind.length, words: '' }
}

/** The words themselves where they are there once; else those right behind, or right before, the words that tell the place. */
export function beside(text: string, told: string, side: string | undefined, place: { from: number; to: number } | null, quoteAt: (letter: string) => string): { from: number; to: number } {
  if (place === null) return onlyPlace(text, told, quoteAt)
  const near = placesOf(text, partsOfTold(told, quoteAt)).filter(({ from, to }) =>
    side === 'after' ? from >= place.to && trimmed(text.slice(place.to, from)) === '' : to <= place.from && trimmed(text.slice(to, place.from)) === '')
  // Words with a space at their edge may be read in more ways than one: those that touch are meant.
  const touching = near.filter(({ from, to }) => (side === 'after' ? from === place.to : to === place.from))
  const [only, ...more] = near.length > 1 ? touching : near
  if (only === undefined || more.length > 0) throw new Misunderstood(`${near.length} places of “${told}” in “${text}”`)
  return only
}

export type Part = string | number

/** "the words “a”, footnote 3 and the word “b”" as ['a', 3, 'b']. */
export function partsOfTold(told: string, quoteAt: (letter: string) => string): Part[] {
  return told.split(/, | and /).map((part) => {
    const note = /^(?:the new footnote|footnote (\d+))$/.exec(part)
    const words = new RegExp(`^(?:the words? )?(${quotation})$`).exec(part)
    if (note === null && words === null) throw new Misunderstood(`neither words nor a footnote: ${part}`)
    return note === null ? quoteAt(words![1]!) : Number(note[1] ?? 0)
  })
}

export function onlyPlace(text: string, told: string, quoteAt: (letter: string) => string): { from: number; to: number } {
  const places = placesOf(text, partsOfTold(told, quoteAt))
  if (places.length !== 1) throw new Misunderstood(`${places.length} places of ${told} (${partsOfTold(told, quoteAt).join('|')}) in “${text}”`)
  return places[0]!
}

/** Where the words end that a paragraph opens with, which are told letter by letter. */
export function openingEnd(text: string, told: string, quoteAt: (letter: string) => string): number {
  const found = new RegExp(`^${patternOf(partsOfTold(told, quoteAt))}`, 'u').exec(text)
  if (found === null) throw new Misunderstood(`“${text}” does not open with ${told}`)
  return found[0].length
}

/** These words right where they are said to begin, but for spaces; letter by letter. */
export function stretchAt(text: string, at: number, told: string, quoteAt: (letter: string) => string): { from: number; to: number } {
  const found = new RegExp(`^( *)(${patternOf(partsOfTold(told, quoteAt))})`, 'u').exec(text.slice(at))
  if (found === null) throw new Misunderstood(`${told} does not come next in “${text}”`)
  return { from: at + found[1]!.length, to: at + found[0].length }
}

/** Where a paragraph is divided: between the words that the one half ends and those that the other begins with. */
export function seamOf(text: string, told: string, quoteAt: (letter: string) => string): number {
  const consisting = /^the first consisting of (.*)$/.exec(told)
  if (consisting !== null) return openingEnd(text, consisting[1]!, quoteAt)
  const both = /^the first ending with (.*) and the second beginning with (.*)$/.exec(told)
  if (both !== null) {
    const [first, second] = [both[1]!, both[2]!].map((one) => placesOf(text, partsOfTold(one, quoteAt)))
    const ends = first!.filter(({ to }) => second!.some(({ from }) => from >= to && trimmed(text.slice(to, from)) === ''))
    if (ends.length !== 1) throw new Misunderstood(`${ends.length} places between ${told} in “${text}”`)
    return ends[0]!.to
  }
  const [, isFirst, one] = /^the (?:(first ending)|second beginning) with (.*)$/.exec(told) ?? []
  if (one === undefined) throw new Misunderstood(`no place to divide: ${told}`)
  const place = onlyPlace(text, one, quoteAt)
  return isFirst === undefined ? place.from : place.to
}

/** Where the mark of a footnote goes: right there, before or behind a space. */
export function markPlace(text: string, told: string, quoteAt: (letter: string) => string): number {
  if (told === 'at the beginning') return 0
  if (told === 'at the end') return text.length
  const blank = /^after (one|\d+) spaces? at the beginning$/.exec(told)
  if (blank !== null) return countOf(blank[1]!)
  const opening = /^after its opening, (.*?)(?: and (one|\d+) spaces?)?$/.exec(told)
  if (opening !== null) return openingEnd(text, opening[1]!, quoteAt) + countOf(opening[2] ?? '0')
  const [, side, words] = /^(after|before) (.*)$/.exec(told) ?? []
  if (words === undefined) throw new Misunderstood(`no place for a footnote: ${told}`)
  const place = onlyPlace(text, words, quoteAt)
  return side === 'after' ? place.to : place.from
}

const countOf = (word: string): number => (word === 'one' ? 1 : Number(word))

/** The words that are put in square brackets, or null where a clause is of another kind. */
export function bracketIn(text: string, clause: string, quoteAt: (letter: string) => string): { from: number; to: number } | null {
  const found = /^(?:(.*), )?(?:place (.*) in square brackets(?:, on which the position is reserved)?|retain (.*), placing (?:them|it) in square brackets)$/.exec(clause)
  if (found === null) return null
  const where = found[1]
  const words = found[2] ?? found[3]!
  if (where === undefined) return onlyPlace(text, words, quoteAt)
  if (where === 'at the beginning') return stretchAt(text, 0, words, quoteAt)
  const opening = /^after its opening, (.*)$/.exec(where)
  if (opening !== null) return stretchAt(text, openingEnd(text, opening[1]!, quoteAt), words, quoteAt)
  const [, side, told] = /^(after|before) (.*)$/.exec(where) ?? []
  if (told === undefined) throw new Misunderstood(`no place for brackets: ${where}`)
  return beside(text, words, side, onlyPlace(text, told, quoteAt), quoteAt)
}

/** Wherever these stand, as whole words; beside the mark of a footnote spaces are not told. */
export function placesOf(text: string, parts: readonly Part[]): { from: number; to: number }[] {
  const pattern = new RegExp(`(?=(${patternOf(parts)}))`, 'gu')
  const letter = /[\p{L}\p{M}\p{N}]/u
  const isInside = (at: number): boolean => letter.test([...text.slice(0, at)].at(-1) ?? ' ') && letter.test([...text.slice(at)][0] ?? ' ')
  return [...text.matchAll(pattern)].map((found) => ({ from: found.index, to: found.index + found[1]!.length })).filter(({ from, to }) => !isInside(from) && !isInside(to))
}

const patternOf = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'number' ? markOf(part) : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))).join(' *')
