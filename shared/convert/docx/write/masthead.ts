/**
 * The head of a United Nations document: the organization, the symbol, the organ, what it is distributed as, its date and language, in a
 * table of five columns; then the session, the agenda item, and who brings it forward. What the draft has among its own front lines
 * stands there; what it has not is made, in a style that says so.
 */
import { isSponsors, mastheadPart } from '../../forms.ts'
import type { MastheadPart } from '../../forms.ts'
import type { SheetParagraph } from './changes.ts'
import { element, valued } from './markup.ts'
import type { Setting } from './paragraphs.ts'
import { madeStyle } from './styles.ts'

/** What is printed where the draft has no such line of its own; empty or null for nothing. */
export interface Masthead {
  readonly symbol: string | null
  readonly distribution: string
  readonly date: string
  readonly original: string
  readonly sponsors: string
  /** Lines behind it, of who joined or left since; the draft has none of its own. */
  readonly since: readonly string[]
}

export const noMasthead: Masthead = { symbol: null, distribution: '', date: '', original: '', sponsors: '', since: [] }

/** As they stand in the table, row by row and cell by cell. */
const parts: readonly MastheadPart[] = ['nations', 'symbol', 'organ', 'distribution', 'date', 'original']

export interface Head {
  readonly table: string
  /** How many of the paragraphs stand in it. */
  readonly used: number
  /** Made, to stand before this paragraph. */
  readonly sponsors: string
  readonly sponsorsAt: number
}

export function masthead(setting: Setting, made: Masthead, paragraphs: readonly SheetParagraph[]): Head {
  const firstBehind = paragraphs.findIndex(({ unit }) => unit.kind !== 'front')
  const front = paragraphs.slice(0, firstBehind === -1 ? paragraphs.length : firstBehind)
  const cells = new Map<MastheadPart, string>()
  let used = 0
  // A change of paragraphs does not go through the wall of a cell.
  if (front.every(isUnchanged)) {
    let last = -1
    for (const one of front) {
      const part = mastheadPart(one.unit.letters)
      const place = part === null ? -1 : parts.indexOf(part)
      if (place <= last) break
      cells.set(parts[place]!, setting.paragraph(one, cellStyle))
      last = place
      used++
    }
  }
  const isMirrored = setting.language === 'ar'
  const hasSponsors = front.some(({ unit }) => isSponsors(unit.letters))
  const isMade = used === front.length || used > 0 || front.length === 0
  const words: Readonly<Partial<Record<MastheadPart, string>>> = isMade
    ? { nations: nations[setting.language] ?? 'United Nations', symbol: made.symbol ?? '', distribution: made.distribution, date: made.date, original: made.original }
    : {}
  const cell = (part: MastheadPart): string => cells.get(part) ?? (words[part] === undefined || words[part] === '' ? '' : setting.made(words[part], madeStyle))
  return {
    table: isMade && made !== noMasthead ? table(isMirrored, cell) : used > 0 ? table(isMirrored, (part) => cells.get(part) ?? '') : '',
    used,
    sponsors: [...(hasSponsors || made.sponsors === '' ? [] : [made.sponsors]), ...made.since].map((words) => setting.made(words, madeStyle)).join(''),
    sponsorsAt: front.length,
  }
}

const cellStyle = 'Front'

const isUnchanged = ({ stretches, mark, former }: SheetParagraph): boolean =>
  former === null && [mark, ...stretches.map(({ presence }) => presence)].every(({ inserted, deleted }) => inserted === null && deleted === null)

const nations: Readonly<Record<string, string>> = { en: 'United Nations', fr: 'Nations Unies', es: 'Naciones Unidas', ru: 'Организация Объединенных Наций', zh: '联合国', ar: 'الأمم المتحدة' }

const empty = '<w:p><w:pPr><w:pStyle w:val="MastheadMade"/></w:pPr></w:p>'

/** The columns' widths and the rules are those of the United Nations' own masthead, in twentieths of a point. */
const widths = [1_242, 2_552, 717, 2_293, 2_835] as const

/** `isMirrored`: in a language that is read from the right, the first column stands there. */
function table(isMirrored: boolean, cell: (part: MastheadPart) => string): string {
  const borders = element('w:tblBorders', {}, element('w:bottom', { 'w:val': 'single', 'w:sz': 12, 'w:space': 0, 'w:color': 'auto' }) + element('w:insideH', { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': 'auto' }))
  const properties = element('w:tblPr', {}, (isMirrored ? '<w:bidiVisual/>' : '') + element('w:tblW', { 'w:w': 9_639, 'w:type': 'dxa' }) + borders + element('w:tblLayout', { 'w:type': 'fixed' }))
  const grid = element('w:tblGrid', {}, widths.map((width) => element('w:gridCol', { 'w:w': width })).join(''))
  const box = (width: number, span: number, inner: string): string =>
    element('w:tc', {}, element('w:tcPr', {}, element('w:tcW', { 'w:w': width, 'w:type': 'dxa' }) + (span === 1 ? '' : valued('w:gridSpan', span)) + valued('w:vAlign', 'bottom')) + (inner === '' ? empty : inner))
  const row = (height: number, inner: string): string => element('w:tr', {}, element('w:trPr', {}, '<w:cantSplit/>' + element('w:trHeight', { 'w:val': height })) + inner)
  return element('w:tbl', {}, properties + grid
    + row(720, box(1_242, 1, '') + box(2_552, 1, cell('nations')) + box(5_845, 3, cell('symbol')))
    + row(1_400, box(4_511, 3, cell('organ')) + box(2_293, 1, '') + box(2_835, 1, cell('distribution') + cell('date') + cell('original')))) + empty
}
