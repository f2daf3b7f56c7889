/** What an import says of itself: what was recognised, what was not, and what a person should look at. */
import { openingLengthOf } from '../drafting/phrases.ts'
import type { ResolutionValue, UnitKind, UnitValue } from '../model/value.ts'
import { unitKinds } from '../model/value.ts'
import { isSymbol } from './forms.ts'

export const importWarnings = {
  'no-title': 'No title was found. A draft in the Security Council has none; otherwise add one.',
  'no-organ': 'No line such as “The General Assembly,” was found, so no preamble could be told from the rest.',
  'no-operative': 'No operative paragraph was found.',
  'source-line': 'This line begins with “#” and seems to name a source. It was kept; delete it if it is not part of the text.',
  'number-kept': 'The typed number is not the one that follows from the order. It was kept as typed.',
  'not-numbered': 'This operative paragraph bears no number in the source, though there are several. It was left without one.',
  'number-doubled': 'The number stands here twice. Both were kept; delete one.',
  'opening-unknown': 'The paragraph does not begin with a known opening phrase. Its place in the text says what it is.',
  'note-without-mark': 'No mark refers to this footnote. It was kept as a paragraph.',
  'mark-without-note': 'This looks like the mark of a footnote that is not in the text. It was kept as words.',
  'mark-again': 'This footnote is marked a second time. The second mark was kept as words.',
  'mark-inside-word': 'A footnote mark stands inside a word.',
  'figure-after-word': 'A figure follows a word without a space; it may be the mark of a footnote.',
  'hyphen-joined': 'A line ends with a hyphen inside a word. The halves were joined and the hyphen kept; take it out if it is not part of the word.',
  'brackets': 'Square brackets and attributions were kept as words of the text; none was turned into an amendment.',
  'characters-replaced': 'Control characters and marks that turn letters round were taken out, and broken characters replaced.',
  'tracked-accepted': 'This file has tracked changes. The text was read as if all of them were accepted.',
  'tracked-rejected': 'This file has tracked changes. The text was read as if all of them were rejected.',
  'table-rows': 'There is a table here. Each of its rows was kept as one paragraph.',
  'text-box': 'These words stand in a text box. They were kept behind the text.',
  'equation': 'There is an equation here. Its letters were kept as words.',
  'endnote': 'This is an endnote. It was kept as a footnote.',
  'field-open': 'A field of this file does not end, so what computes it may stand among the words.',
  'encoding-assumed': 'The file does not say in which encoding it is, and is not in UTF-8. It was read as Windows-1252 (Western European); if accents or quotation marks are wrong, save it in UTF-8 and choose it again.',
  'kept-as-lines': 'The structure could not be read without touching words, so every line was kept as a plain paragraph.',
} as const

export type ImportWarningCode = keyof typeof importWarnings

export interface ImportWarning {
  readonly code: ImportWarningCode
  /** The line of the source, from 1; 0 for the whole text. */
  readonly line: number
  readonly sentence: string
  /** The words it is about, at most 80 UTF-16 units. */
  readonly words: string
}

/** What a file holds that a draft has no place for. */
export interface Lost {
  /** What it is: an element's name, "picture", "table". */
  readonly what: string
  /** The words of the first of them, at most 80 UTF-16 units; empty where it has none. */
  readonly words: string
  readonly count: number
}

export interface ImportReport {
  readonly looksLike: 'resolution' | 'draft resolution' | 'amendments' | 'negotiation text' | 'other text'
  readonly language: string
  readonly title: string | null
  readonly symbol: string | null
  /** How many units of each kind, those that occur. */
  readonly recognised: readonly { readonly kind: UnitKind, readonly count: number }[]
  readonly notes: number
  readonly unrecognised: readonly { readonly line: number, readonly words: string, readonly why: string }[]
  readonly warnings: readonly ImportWarning[]
  readonly lost: readonly Lost[]
  /** Equal by construction: an import that would lose or move a word keeps the lines instead. */
  readonly wordsIn: number
  readonly wordsOut: number
}

export const excerpt = (words: string): string => (words.length > 80 ? `${words.slice(0, 79).replace(/[\uD800-\uDBFF]$/, '')}…` : words)

export const warn = (code: ImportWarningCode, line: number, words = ''): ImportWarning =>
  ({ code, line, sentence: importWarnings[code], words: excerpt(words) })

/** Every unit with its children, in the order of the text. */
export function* allUnits(units: readonly UnitValue[]): Generator<UnitValue> {
  for (const unit of units) {
    yield unit
    yield* allUnits(unit.children)
  }
}

export function countKinds(value: ResolutionValue): ImportReport['recognised'] {
  const counts = new Map<UnitKind, number>()
  for (const unit of allUnits(value.units)) counts.set(unit.kind, (counts.get(unit.kind) ?? 0) + 1)
  return unitKinds.filter((kind) => counts.has(kind)).map((kind) => ({ kind, count: counts.get(kind)! }))
}

/** Brackets that delegations put: with an attribution, an alternative, "agreed ad ref", or nested. */
export const negotiationBrackets = (text: string): number =>
  text.match(/\[[^\][]*(?:\s[-–]\s?\p{Lu}|;\s?[^\][]*\b(?:delete|retain|reserve|bracket)|agreed ad ref)[^\][]*\]/giu)?.length ?? 0

/** "Convention1", "Agreement);23": what is left of a mark when its superscript was lost in copying. */
const figureAfterWord = /(?<![\p{L}\d/.-])\p{L}?\p{Ll}{3,}[”’)]{0,2}[,;]?\d{1,3}(?=[\s,;.]|$)/gu

/** What a person should look at in one unit. `line` is where it begins. */
export function unitWarnings(unit: UnitValue, line: number, language: string): ImportWarning[] {
  const found: ImportWarning[] = []
  const { kind, words, label } = unit
  if ((kind === 'op' || kind === 'sub') && label !== undefined && !/^[•‣▪●–—*-]$/.test(label)) {
    found.push(warn(label === '' ? 'not-numbered' : 'number-kept', line, `${label} ${words}`.trim()))
  }
  if (label !== undefined && label !== '' && words.startsWith(`${label} `)) found.push(warn('number-doubled', line, `${label} ${words}`))
  if (kind === 'pp' && ['en', 'fr', 'es'].includes(language) && openingLengthOf('pp', words, language) === 0) {
    found.push(warn('opening-unknown', line, words))
  }
  if (unit.notes.some(({ at }) => /\p{L}/u.test(words[at - 1] ?? '') && /\p{L}/u.test(words[at] ?? ''))) {
    found.push(warn('mark-inside-word', line, words))
  }
  if (kind !== 'front') {
    for (const glued of words.matchAll(figureAfterWord)) found.push(warn('figure-after-word', line, glued[0]))
  }
  return found
}

/** What can be said of any value that came from a file, whatever its format. */
export function factsOf(value: ResolutionValue): Pick<ImportReport, 'language' | 'title' | 'symbol' | 'recognised' | 'notes'> {
  const first = (kind: UnitKind, holds: (words: string) => boolean): string | null =>
    value.units.find((unit) => unit.kind === kind && holds(unit.words))?.words ?? null
  let notes = 0
  for (const unit of allUnits(value.units)) notes += unit.notes.length
  return { language: value.language, title: first('title', () => true), symbol: first('front', isSymbol), recognised: countKinds(value), notes }
}
