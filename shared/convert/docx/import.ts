/** A Word file to a resolution: its paragraphs with the numbers that Word prints, read as those of a plain text are. */
import { laidOut } from '../../text/laid-out.ts'
import type { Import } from '../importText.ts'
import { importNoted, joinLoneNumbers, keepLines } from '../importText.ts'
import { clean, tidy } from '../lines.ts'
import type { Paragraph } from '../lines.ts'
import { bodyStart } from '../masthead.ts'
import { languageOf } from '../forms.ts'
import { takeNotes } from '../notes.ts'
import { excerpt, warn } from '../report.ts'
import type { ImportWarning, ImportWarningCode, Lost } from '../report.ts'
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { remarksOf } from './comments.ts'
import type { Loss, LossCode, WordFile, WordRun } from './file.ts'
import { counting } from './lists.ts'
import { textIn, wordsOfRuns } from './modes.ts'
import type { Mode, ReadParagraph } from './modes.ts'
import { readWord } from './read.ts'
import { isHeadingStyle } from './styles.ts'
import { madeStyle } from './write/styles.ts'

/** Refuses as `readWord` does, and as import-too-large; a file without words has no units. */
export const importWord = (bytes: Uint8Array, mode: Mode = 'accepted'): Import => importFile(readWord(bytes), mode)

type Line = Paragraph & { readonly row: number | null }

/** What this program prints at the head of its own files is no part of the draft. */
const isMade = ({ from }: WordFile, style: string): boolean => from !== null && style === madeStyle

export function importFile(file: WordFile, mode: Mode): Import {
  const paragraphs = textIn(file.paragraphs, mode)
  const marks = marksIn(file, paragraphs, mode)
  let replaced = 0
  const cleaned = (words: string): string => {
    const found = clean(words)
    replaced += found.replaced
    return tidy(found.text.replaceAll('\n', ' '))
  }
  const number = counting(file.lists)
  const lines = paragraphs.filter(({ style }) => !isMade(file, style)).flatMap((paragraph): Line[] => {
    const printed = paragraph.numbering === null ? '' : number(paragraph.numbering)
    const isHeading = isHeadingStyle(file.styles, paragraph.style)
    const words = paragraph.runs.reduce((before, run) => marks.after(before, run), '')
    // A heading's lines are a numeral and its title, or an annex and its name.
    return (isHeading ? words.split('\n') : [words]).map(cleaned).filter((line) => line !== '').map((line, at) => ({
      text: at === 0 ? tidy(`${printed} ${line}`) : line, line: paragraph.line, row: paragraph.row, ...(isHeading ? { as: 'heading' } : {}),
    }))
  })
  // As nothing of so many would fit, it is not looked at for as long as a thread may.
  if (lines.length > limits.wordLinesMax) throw new Refusal('import-too-large')
  const body = withRows(lines)
  const noted = takeNotes(joinLoneNumbers(body))
  const words = new Map([...noted.words, ...[...marks.words].map(([key, note]) => [key, cleaned(note)] as const)])
  const unmarked = noted.unmarked.filter(({ text }) => !marks.words.has(/\d+/.exec(text)?.[0] ?? ''))
  const general = [...(replaced > 0 ? [warn('characters-replaced', 0, String(replaced))] : []), ...trackedIn(file, mode), ...file.losses.flatMap(warningOf), ...tablesIn(body)]
  const structured = importNoted({ body: noted.body, words, unmarked }, general)
  const read = structured?.report.notes === words.size ? structured : keepLines([...lines.map(({ text }) => text), ...[...words].map(([key, note]) => `[${key}] ${note}`)].join('\n'), general)
  const { remarks, left } = remarksIn(file, read)
  return { ...read, report: { ...read.report, lost: [...read.report.lost, ...lostIn(file, left)] }, ...(remarks.length === 0 ? {} : { remarks }) }
}

function remarksIn({ comments }: WordFile, { value }: Import): ReturnType<typeof remarksOf> {
  if (comments.length === 0 || value.units.length === 0) return { remarks: [], left: comments }
  const { doc, view } = laidOut(value)
  doc.destroy()
  return remarksOf(comments, view)
}

/** Footnotes are marked in the words as those of a plain text are, "[n]", with such n as nobody typed. */
function marksIn(file: WordFile, paragraphs: readonly ReadParagraph[], mode: Mode): { readonly words: ReadonlyMap<string, string>; readonly after: (words: string, run: WordRun) => string } {
  const text = paragraphs.map(({ runs }) => wordsOfRuns(runs)).join('\n')
  const typed = new Set([...text.matchAll(/\[(\d{1,4})\]/g)].map(([, key]) => Number(key)))
  const words = new Map<string, string>()
  const byRun = new Map<WordRun, string>()
  let key = 0
  for (const run of paragraphs.flatMap(({ runs }) => runs)) {
    const note = run.note === null ? '' : textIn(file.notes.get(run.note) ?? [], mode).map(({ runs }) => wordsOfRuns(runs)).join(' ').trim()
    if (note === '') continue
    do key++
    while (typed.has(key))
    // Beyond that a mark has no place: the words stand where the mark was.
    if (key > 9_999) byRun.set(run, ` [${note}]`)
    else {
      words.set(String(key), note)
      byRun.set(run, `[${key}]`)
    }
  }
  const after = (before: string, run: WordRun): string => {
    const mark = byRun.get(run)
    // Behind a backslash it would read as words.
    const end = mark === undefined ? before : before.replace(/\\+$/, '')
    return end + (mark ?? run.words) + before.slice(end.length)
  }
  return { words, after }
}

/** Rows of the text as one paragraph each. What stands in a table before it is a masthead, whose lines are apart. */
function withRows(lines: readonly Line[]): Paragraph[] {
  const start = bodyStart(lines, languageOf(lines.map(({ text }) => text))).at
  const found: (Paragraph & { row: number | null })[] = []
  for (const [index, line] of lines.entries()) {
    const before = found.at(-1)
    if (index < start || line.row === null) found.push({ ...line, row: null })
    else if (before?.row === line.row) found[found.length - 1] = { ...before, text: `${before.text} ${line.text}` }
    else found.push({ ...line, as: 'row' })
  }
  return found.map(({ text, line, as }) => ({ text, line, ...(as === undefined ? {} : { as }) }))
}

const tablesIn = (body: readonly Paragraph[]): ImportWarning[] =>
  body.flatMap(({ as, line, text }, index) => (as === 'row' && body[index - 1]?.as !== 'row' ? [warn('table-rows', line, text)] : []))

function trackedIn({ paragraphs }: WordFile, mode: Mode): ImportWarning[] {
  const authors = new Set<string>()
  for (const { runs, mark, within } of paragraphs) {
    for (const { inserted, deleted } of [mark, within, ...runs.map(({ presence }) => presence)]) {
      for (const reviser of [inserted, deleted]) if (reviser !== null) authors.add(reviser.author)
    }
  }
  return authors.size === 0 ? [] : [warn(mode === 'accepted' ? 'tracked-accepted' : 'tracked-rejected', 0, [...authors].join(', '))]
}

/** What is kept, but not as what it was. */
const kept: Partial<Record<LossCode, ImportWarningCode>> = { 'text-box': 'text-box', equation: 'equation', endnote: 'endnote', field: 'field-open' }

function warningOf({ code, line, words }: Loss): ImportWarning[] {
  const warning = kept[code]
  return warning === undefined ? [] : [warn(warning, line, words)]
}

/** What is not in the text. */
const gone: Partial<Record<LossCode, string>> = { picture: 'picture', hidden: 'hidden words', symbol: 'symbol of the font', header: 'words in the margin of every page' }

/** `left`: comments that no thread is made of. */
function lostIn({ losses, from }: WordFile, left: WordFile['comments']): Lost[] {
  const found = [
    ...losses.filter(({ code }) => from === null || code !== 'header').flatMap(({ code, words }) => (gone[code] === undefined ? [] : [{ what: gone[code], words }])),
    ...left.map(({ author, words }) => ({ what: 'comment', words: `${author}: ${words}` })),
  ]
  const known = new Map<string, Lost>()
  for (const { what, words } of found) {
    const before = known.get(what)
    known.set(what, before === undefined ? { what, words: excerpt(words), count: 1 } : { ...before, count: before.count + 1 })
  }
  return [...known.values()]
}
