/** Plain text to a resolution, with a report. Total: any string has a value, and no word is lost. */
import type { ResolutionValue, UnitValue } from '../model/value.ts'
import { readBody } from './classify.ts'
import type { Remark } from './docx/comments.ts'
import { isAmendments, isSponsors, isSymbol, languageOf } from './forms.ts'
import type { Item } from './items.ts'
import { withoutFromLine } from './from-line.ts'
import { brokenAtHyphen, clean, paragraphsOf } from './lines.ts'
import type { Paragraph } from './lines.ts'
import { bodyStart, readMasthead } from './masthead.ts'
import { takeNotes } from './notes.ts'
import type { Notes } from './notes.ts'
import { isLoneNumber } from './numbers.ts'
import { allUnits, excerpt, factsOf, negotiationBrackets, unitWarnings, warn } from './report.ts'
import type { ImportReport, ImportWarning } from './report.ts'
import { unitsOf } from './tree.ts'
import { countOf, firstDifference, wordsOfLines, wordsOfNoted, wordsOfParagraphs, wordsOfValue } from './words.ts'

export interface Import {
  readonly value: ResolutionValue
  readonly report: ImportReport
  /** What stood beside the words of a Word file, as threads of a draft that is made of it. */
  readonly remarks?: readonly Remark[]
}

export function importText(source: string): Import {
  const { text, replaced } = clean(withoutFromLine(source))
  const lines = paragraphsOf(text)
  const notes = takeNotes(joinLoneNumbers(lines))
  const general = [...hyphensIn(text), ...(replaced > 0 ? [warn('characters-replaced', 0, String(replaced))] : [])]
  const isKept = firstDifference(wordsOfLines(text), wordsOfParagraphs(lines)) < 0
  return (isKept ? importNoted(notes, general) : null) ?? keepLines(text, general)
}

/**
 * Paragraphs, their notes told from them, as a resolution. Null where structure would cost or move a word. `general` is what is
 * to be said of the source beside.
 */
export function importNoted(notes: Notes, general: readonly ImportWarning[]): Import | null {
  const language = languageOf(notes.body.map((paragraph) => paragraph.text))
  const start = bodyStart(notes.body, language)
  const front = notes.body.slice(0, start.at)
  const amendments = !start.organ && front.some((paragraph) => isAmendments(paragraph.text))
  const items = [...readMasthead(front), ...readBody(notes.body.slice(start.at), language, amendments, start.organ)]
  const value = { language, units: unitsOf(items, notes.words, language) }
  const wordsIn = wordsOfNoted(notes)
  if (firstDifference(wordsIn, wordsOfValue(value)) >= 0) return null
  const looksLike = amendments ? 'amendments' : kindOfText(notes.body, start.organ)
  return { value, report: reportOf(value, looksLike, items, notes, [...general, ...generalWarnings(value, looksLike, items, notes)], countOf(wordsIn)) }
}

function hyphensIn(text: string): ImportWarning[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.flatMap((line, index) => (brokenAtHyphen(line, lines[index + 1] ?? '')
    ? [warn('hyphen-joined', index + 1, `${/\S+$/.exec(line)![0]}${/^\S+/.exec(lines[index + 1]!)![0]}`)]
    : []))
}

export function joinLoneNumbers(paragraphs: readonly Paragraph[]): Paragraph[] {
  const joined: Paragraph[] = []
  let number: Paragraph | null = null
  for (const paragraph of paragraphs) {
    if (number !== null) {
      joined.push({ ...paragraph, text: `${number.text} ${paragraph.text}`, line: number.line })
      number = null
    } else if (isLoneNumber(paragraph.text)) {
      number = paragraph
    } else {
      joined.push(paragraph)
    }
  }
  return number === null ? joined : [...joined, number]
}

function kindOfText(body: readonly Paragraph[], organ: boolean): ImportReport['looksLike'] {
  if (negotiationBrackets(body.map(({ text }) => text).join('\n')) > 1) return 'negotiation text'
  if (!organ) return 'other text'
  const draft = body.some(({ text }) => isSponsors(text)) || body.some(({ text }) => isSymbol(text) && /\/L\.\d/.test(text))
  return draft ? 'draft resolution' : 'resolution'
}

function generalWarnings(
  value: ResolutionValue, looksLike: ImportReport['looksLike'], items: readonly Item[], notes: Notes,
): ImportWarning[] {
  const has = (kind: UnitValue['kind']): boolean => value.units.some((unit) => unit.kind === kind)
  const warnings: ImportWarning[] = []
  if (value.units.length > 0 && !has('title')) warnings.push(warn('no-title', 0))
  if (value.units.length > 0 && !has('organ')) warnings.push(warn('no-organ', 0))
  if (value.units.length > 0 && !has('op') && looksLike !== 'amendments') warnings.push(warn('no-operative', 0))
  if (looksLike === 'negotiation text') warnings.push(warn('brackets', 0))
  for (const item of items) if (item.text.startsWith('#')) warnings.push(warn('source-line', item.line, item.text))
  for (const note of notes.unmarked) warnings.push(warn('note-without-mark', note.line, note.text))
  return warnings
}

function reportOf(
  value: ResolutionValue, looksLike: ImportReport['looksLike'], items: readonly Item[], notes: Notes,
  general: readonly ImportWarning[], words: number,
): ImportReport {
  const units = [...allUnits(value.units)]
  const warnings = [...general, ...strayMarks(items, notes)]
  for (const [index, unit] of units.entries()) {
    const line = items[index]?.line ?? 0
    warnings.push(...unitWarnings(unit, line, value.language))
  }
  return {
    looksLike,
    ...factsOf(value),
    lost: [],
    unrecognised: items.filter(({ sure }) => !sure).map(({ line, text, kind }) => ({
      line, words: excerpt(text), why: `No known form; kept as ${whatOf[kind] ?? 'a paragraph'}.`,
    })),
    warnings: warnings.sort((left, right) => left.line - right.line),
    wordsIn: words,
    wordsOut: countOf(wordsOfValue(value)),
  }
}

const whatOf: Partial<Record<UnitValue['kind'], string>> = {
  front: 'a line before the text', pp: 'a preambular paragraph', closing: 'a line after the text',
}

/** Marks that were left as words: without a note, or a second time. */
function strayMarks(items: readonly Item[], notes: Notes): ImportWarning[] {
  const seen = new Set<string>()
  const warnings: ImportWarning[] = []
  for (const { text, line } of items) {
    for (const [mark, key] of text.matchAll(/(?<!\\)\[(\d{1,4})\]/g)) {
      if (!notes.words.has(key!)) warnings.push(warn('mark-without-note', line, mark))
      else if (seen.has(key!)) warnings.push(warn('mark-again', line, mark))
      seen.add(key!)
    }
  }
  return warnings
}

/** The last resort: one paragraph to a line, nothing read into it. */
export function keepLines(text: string, general: readonly ImportWarning[]): Import {
  const language = languageOf(text.split('\n'))
  const units = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
    .map((words): UnitValue => ({ kind: 'para', words, notes: [], children: [] }))
  const value = { language, units }
  const count = units.reduce((sum, unit) => sum + unit.words.split(/\s+/).length, 0)
  return {
    value,
    report: {
      looksLike: 'other text', ...factsOf(value), unrecognised: [], lost: [], warnings: [warn('kept-as-lines', 0), ...general], wordsIn: count, wordsOut: count,
    },
  }
}

