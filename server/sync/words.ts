/** The Word files that a draft is written as: what a thread is told to write. */
import * as Y from 'yjs'
import { noMasthead } from '../../shared/convert/docx/write/masthead.ts'
import type { Masthead } from '../../shared/convert/docx/write/masthead.ts'
import type { WordOrder } from '../../shared/convert/docx/write/order.ts'
import type { Sheet } from '../../shared/convert/docx/write/package.ts'
import { sheetOf, sheetOfValue } from '../../shared/convert/docx/write/sheet.ts'
import { readVersion } from '../../shared/lifecycle/versions.ts'
import { isAllAgreed, progressOf, untilAllAgreed } from '../../shared/model/progress.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readDelegations, readStage } from '../../shared/model/state.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { Sponsoring } from '../../shared/record/sponsoring.ts'
import { amendmentList, listTitle, noneWords } from '../../shared/text/amendment-list.ts'
import type { ListFilter } from '../../shared/text/amendment-list.ts'
import type { Printed } from '../../shared/text/printed.ts'
import { linesSince, mastheadLine, sponsorLines, sponsorsOf } from '../../shared/text/sponsors.ts'
import { wordingSource } from '../../shared/text/wording.ts'
import type { AuthorsView } from '../../shared/wire/authors.ts'
import { nowVersion } from '../../shared/wire/word.ts'
import type { VersionRow } from '../store/store.ts'
import { publishedIn, sponsorsSince } from './exports.ts'

/** Of a draft as it stands. */
export interface WordFacts {
  readonly draft: string
  /** Of the record. */
  readonly seq: number
  readonly atMs: number
  /** The symbol of the last version that has one; empty where none has. */
  readonly symbol: string
  readonly isRevised: boolean
  /** What the record says of sponsors since the freeze. */
  readonly sponsoring: Sponsoring
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The lines of a head are English; of a text in another language its own front lines alone say these. */
const mastheadOf = (language: string, symbol: string, atMs: number, sponsors: Pick<Masthead, 'sponsors' | 'since'>): Masthead =>
  language === 'en' ? { symbol, distribution: 'Distr.: Limited', date: day.format(atMs), original: 'Original: English', ...sponsors } : { ...noMasthead, symbol }

function sheetOfDraft(doc: Y.Doc, { draft, seq, atMs, symbol, isRevised, sponsoring }: WordFacts): Sheet {
  const { language, title } = readStage(doc)
  const told = sponsorLines(readDraft(doc, language).units, sponsorsOf(doc), isRevised, sponsorsSince(doc, sponsoring))
  return { language, title, atMs, from: { draft, version: nowVersion(seq) }, masthead: mastheadOf(language, symbol, atMs, { sponsors: told.isOwn ? '' : told.line, since: linesSince(told) }) }
}

export function textWord(doc: Y.Doc, facts: WordFacts): WordOrder {
  return { word: 'text', sheet: sheetOfDraft(doc, facts), units: sheetOf(readDraft(doc, readStage(doc).language).units) }
}

export interface AmendedAsked {
  readonly side: { readonly doc: Y.Doc; readonly delegation: string } | null
  readonly against: { readonly version: VersionRow; readonly authors: AuthorsView } | null
  readonly hasThreads: boolean
}

/** With the open amendments as tracked changes, against the text as it stands or against a version. */
export function amendedWord(doc: Y.Doc, facts: WordFacts, { side, against, hasThreads }: AmendedAsked): WordOrder {
  return {
    word: 'amended',
    sheet: sheetOfDraft(doc, facts),
    shared: Y.encodeStateAsUpdate(doc),
    side: side === null ? null : { doc: Y.encodeStateAsUpdate(side.doc), delegation: side.delegation },
    against: against === null ? null : { units: unitsOfVersion(against.version), sinceMs: against.version.atMs, authors: against.authors },
    hasThreads,
  }
}

export function listWord(doc: Y.Doc, facts: WordFacts, filter: ListFilter): WordOrder {
  const { language, title } = readStage(doc)
  const view = readDraft(doc, language)
  const isOpen = !isAllAgreed(progressOf(doc, view, new Set()))
  const listed = amendmentList({ ...wordingSource(doc, view, scanText), title, delegations: readDelegations(doc), amendments: publishedIn(doc) }, { filter, isOpen })
  return { word: 'list', sheet: sheetOfDraft(doc, facts), listed, heading: listTitle(title), note: isOpen ? untilAllAgreed : '', none: noneWords[filter] }
}

const headsOf = {
  derivations: ['Paragraph of the draft', 'Sources', 'Words, and how they differ'],
  destinations: ['Paragraph of the source', 'Where it went', 'Words'],
  coverage: ['Paragraph or source', 'Why', 'Words'],
} as const

/** A table over the draft and the library, as it is printed. */
export function tableWord(doc: Y.Doc, facts: WordFacts, form: keyof typeof headsOf, printed: Printed): WordOrder {
  return { word: 'entries', sheet: { ...sheetOfDraft(doc, facts), title: printed.title }, printed, heads: headsOf[form] }
}

const unitsOfVersion = ({ bytes, units }: VersionRow): ReturnType<typeof sheetOfValue> => sheetOfValue(readVersion(bytes).value, units)

/** A version that was kept, or frozen, as it was then. */
export function versionWord(version: VersionRow, title: string): WordOrder {
  const { value, sponsors } = readVersion(version.bytes)
  const sheet = { language: value.language, title, atMs: version.atMs, from: { draft: version.draft, version: String(version.number) }, masthead: mastheadOf(value.language, version.symbol, version.atMs, { sponsors: mastheadLine(sponsors, version.kind === 'revision'), since: [] }) }
  return { word: 'text', sheet, units: unitsOfVersion(version) }
}
