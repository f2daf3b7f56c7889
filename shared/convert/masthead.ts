/** What stands before the words of a resolution begin: masthead lines, sponsors, and the title. */
import {
  isAgendaItem, isAmendments, isCouncilTitle, isMasthead, looksLikeHeading, organLanguageOf, splitOrgan,
} from './forms.ts'
import type { Item } from './items.ts'
import type { Paragraph } from './lines.ts'
import { takeNumber } from './numbers.ts'
import { openingLengthOf } from '../drafting/phrases.ts'

/** Where the body begins: at the organ line, else at the first paragraph that is drafted like one. */
export function bodyStart(paragraphs: readonly Paragraph[], language: string): { readonly at: number, readonly organ: boolean } {
  const organ = paragraphs.findIndex(({ text }) => organLanguageOf(text) !== null
    || (splitOrgan(text) !== null && openingLengthOf('pp', splitOrgan(text)![1], language) > 0))
  if (organ >= 0) return { at: organ, organ: true }
  const drafted = paragraphs.findIndex(({ text }) => isDrafted(text, language))
  return { at: drafted < 0 ? Math.min(paragraphs.length, titleOnly(paragraphs)) : drafted, organ: false }
}

function isDrafted(text: string, language: string): boolean {
  const number = takeNumber(text)
  if (number?.role === 'title') return false
  if (number !== null && number.role !== 'bullet') return true
  return !isMasthead(text) && !looksLikeHeading(text) && openingLengthOf('pp', text, language) > 0
}

/** In a text without a drafted paragraph at most its first line can be taken for a title. */
function titleOnly(paragraphs: readonly Paragraph[]): number {
  const first = paragraphs.findIndex(({ text }) => !isMasthead(text))
  return first >= 0 && looksLikeHeading(paragraphs[first]!.text) && paragraphs.length > first + 1 ? first + 1 : Math.max(first, 0)
}

/** The front lines as items. At most one is the title. */
export function readMasthead(paragraphs: readonly Paragraph[]): Item[] {
  const title = titleAt(paragraphs)
  return paragraphs.map(({ text, line }, index) => {
    if (index !== title) return { kind: 'front', text, line, typed: null, sure: isKnownFront(paragraphs, index) }
    const number = takeNumber(text)
    return number?.role === 'title'
      ? { kind: 'title', text: number.rest, line, typed: number.typed, sure: true }
      : { kind: 'title', text, line, typed: null, sure: true }
  })
}

function isKnownFront(paragraphs: readonly Paragraph[], index: number): boolean {
  const before = paragraphs[index - 1]?.text ?? ''
  const { text } = paragraphs[index]!
  const sponsors = text.endsWith(':') && isAmendments(paragraphs[index + 1]?.text ?? '')
  return isMasthead(text) || isAgendaItem(before) || isAmendments(text) || sponsors
}

function titleAt(paragraphs: readonly Paragraph[]): number {
  const numbered = paragraphs.findLastIndex(({ text }) => takeNumber(text)?.role === 'title' || isCouncilTitle(text))
  if (numbered >= 0) return numbered
  const amendments = paragraphs.findIndex(({ text }) => isAmendments(text))
  if (amendments >= 0) return amendments
  return paragraphs.findLastIndex(({ text }, index) => !isKnownFront(paragraphs, index) && looksLikeHeading(text))
}
