/**
 * What each paragraph of the body is, read in order: organ line, preamble, operative part, closing lines, annexes.
 * Only the text itself decides, never blank lines or indentation, so that an exported text reads the same again.
 */
import { openingLengthOf } from '../drafting/phrases.ts'
import type { UnitKind } from '../model/value.ts'
import {
  endsPhrase, endsSentence, isAnnex, isClosing, isMasthead, looksLikeHeading, organLanguageOf, splitOrgan,
} from './forms.ts'
import type { Item } from './items.ts'
import type { Paragraph } from './lines.ts'
import { coreOf, isSectionNumeral, takeNumber } from './numbers.ts'
import type { TypedNumber } from './numbers.ts'

type Part = 'preamble' | 'operative' | 'closed' | 'annex' | 'amendments'

interface Reading {
  readonly language: string
  readonly items: Item[]
  part: Part
  /** The numeral of a section whose title is awaited in the next paragraph. */
  section: Paragraph | null
  /** The last sub-paragraph or bullet belongs to a list that is still going on. */
  listing: boolean
}

/** Paragraph text without marks, for looking at how it ends. */
const bare = (text: string): string => text.replace(/\\?\[\d{1,4}\]/g, '').trim()

export function readBody(body: readonly Paragraph[], language: string, looksLikeAmendments: boolean, organ: boolean): Item[] {
  const part = looksLikeAmendments ? 'amendments' : organ ? 'preamble' : 'operative'
  const reading: Reading = { language, items: [], part, section: null, listing: false }
  for (const paragraph of body) readParagraph(reading, paragraph)
  settleSection(reading)
  return reading.items
}

function add(reading: Reading, kind: UnitKind, paragraph: Paragraph, text = paragraph.text, typed: string | null = null, sure = true): void {
  settleSection(reading)
  reading.items.push({ kind, text, line: paragraph.line, typed, sure })
  reading.listing = kind === 'sub'
}

/** A numeral that no title followed stays as a heading of its own. */
function settleSection(reading: Reading): void {
  const section = reading.section
  reading.section = null
  if (section !== null) reading.items.push({ kind: 'heading', text: section.text, line: section.line, typed: null, sure: true })
}

function readParagraph(reading: Reading, paragraph: Paragraph): void {
  const text = bare(paragraph.text)
  if (paragraph.as === 'row') {
    add(reading, 'para', paragraph)
    return
  }
  if (readFixed(reading, paragraph, text)) return
  if (isSectionNumeral(text) && text === paragraph.text) {
    settleSection(reading)
    reading.section = paragraph
    reading.listing = false
    return
  }
  const number = takeNumber(paragraph.text)
  if (number !== null && readNumbered(reading, paragraph, number)) return
  if (reading.section !== null && looksLikeHeading(text)) {
    const typed = reading.section.text
    reading.section = null
    add(reading, 'heading', paragraph, paragraph.text, typed)
    return
  }
  readPlain(reading, paragraph, text)
}

/** Lines of a fixed form. True when the paragraph was one. */
function readFixed(reading: Reading, paragraph: Paragraph, text: string): boolean {
  const { language, part } = reading
  if (isAnnex(text)) {
    add(reading, 'annex', paragraph)
    reading.part = 'annex'
    return true
  }
  if (part === 'amendments') return false
  if (organLanguageOf(text) !== null) {
    add(reading, 'organ', paragraph)
    reading.part = 'preamble'
    return true
  }
  const split = splitOrgan(paragraph.text)
  if (split !== null && (openingLengthOf('pp', split[1], language) > 0 || openingLengthOf('op', split[1], language) > 0)) {
    add(reading, 'organ', paragraph, split[0])
    reading.part = 'preamble'
    readParagraph(reading, { text: split[1], line: paragraph.line })
    return true
  }
  if (isClosing(text) && (part === 'operative' || part === 'preamble' || part === 'closed')) {
    add(reading, 'closing', paragraph)
    reading.part = 'closed'
    return true
  }
  return false
}

/** False when what looked like a number is not one here. */
function readNumbered(reading: Reading, paragraph: Paragraph, number: TypedNumber): boolean {
  const { part } = reading
  const rest = bare(number.rest)
  switch (number.role) {
    case 'title':
      return false
    case 'pp':
      add(reading, 'pp', paragraph, number.rest, number.typed)
      return true
    case 'op':
      add(reading, part === 'closed' || part === 'amendments' ? 'para' : 'op', paragraph, number.rest, number.typed)
      if (part === 'preamble') reading.part = 'operative'
      return true
    case 'section':
      if (!looksLikeHeading(rest)) return false
      add(reading, 'heading', paragraph, number.rest, number.typed)
      return true
    case 'sub':
      return readSub(reading, paragraph, number, rest)
    case 'bullet':
      add(reading, canHoldList(reading) ? 'sub' : 'para', paragraph, number.rest, number.typed)
      return true
  }
}

/** Whether a list may stand under what came before: it announced one, or one is going on. */
function canHoldList(reading: Reading): boolean {
  const last = reading.items.at(-1)
  if (last === undefined || reading.section !== null) return false
  return reading.listing || (['pp', 'op', 'para', 'sub'].includes(last.kind) && /[:：]$/.test(bare(last.text)))
}

function readSub(reading: Reading, paragraph: Paragraph, number: TypedNumber, rest: string): boolean {
  const last = reading.items.at(-1)
  const dotted = /^[a-z]+\.$/.test(number.typed)
  if (dotted && !canHoldList(reading)) return false
  const inner = takeNumber(number.rest)
  const doubled = inner?.role === 'sub' && coreOf(inner.typed) === coreOf(number.typed)
  if (looksLikeHeading(rest) && (doubled || !canHoldList(reading))) {
    add(reading, 'heading', paragraph, number.rest, number.typed)
    return true
  }
  const kind = last !== undefined && ['pp', 'op', 'para', 'sub'].includes(last.kind) ? 'sub' : 'para'
  add(reading, reading.part === 'closed' ? 'para' : kind, paragraph, number.rest, number.typed)
  return true
}

function readPlain(reading: Reading, paragraph: Paragraph, text: string): void {
  const { language, part } = reading
  const preambular = openingLengthOf('pp', text, language) > 0
  const operative = openingLengthOf('op', text, language) > 0
  if (paragraph.as === 'heading' && part !== 'closed' && !preambular && !operative) {
    add(reading, 'heading', paragraph)
    return
  }
  switch (part) {
    case 'preamble':
      if (operative && !endsPhrase(text)) {
        add(reading, 'op', paragraph)
        reading.part = 'operative'
      } else if (preambular || endsPhrase(text)) {
        add(reading, 'pp', paragraph)
      } else if (looksLikeHeading(text)) {
        add(reading, 'heading', paragraph)
      } else if (endsSentence(text) && !/[.。]$/.test(text)) {
        add(reading, 'pp', paragraph, paragraph.text, null, /[:：]$/.test(text))
      } else {
        add(reading, 'para', paragraph, paragraph.text, null, false)
      }
      return
    case 'operative':
      if (operative && !looksLikeHeading(text)) add(reading, 'op', paragraph)
      else if (preambular && endsPhrase(text)) add(reading, 'pp', paragraph)
      else if (looksLikeHeading(text)) add(reading, 'heading', paragraph)
      else add(reading, 'para', paragraph, paragraph.text, null, false)
      return
    case 'annex':
      if (preambular && endsPhrase(text)) add(reading, 'pp', paragraph)
      else if (looksLikeHeading(text)) add(reading, 'heading', paragraph)
      else add(reading, 'para', paragraph)
      return
    case 'closed':
      add(reading, 'closing', paragraph, paragraph.text, null, isMasthead(text))
      return
    case 'amendments':
      add(reading, 'para', paragraph)
  }
}
