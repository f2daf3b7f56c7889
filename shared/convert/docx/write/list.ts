/** The list of amendments as a table: number, who proposes it, its official wording, and what became of it. */
import type { ListedAmendment } from '../../../text/amendment-list.ts'
import { statusWords } from '../../../text/amendment-list.ts'
import { element, valued } from './markup.ts'
import { packed } from './package.ts'
import type { Sheet } from './package.ts'
import { settingFor } from './paragraphs.ts'

/** In twentieths of a point: the page less its margins. */
const widths = [700, 2_400, 5_000, 1_538] as const

/** `heading` stands above it, `note` beneath the heading where there is one; without amendments `none` says so. */
export function writeAmendmentList(sheet: Sheet, listed: readonly ListedAmendment[], { heading, note, none }: { readonly heading: string; readonly note: string; readonly none: string }): Uint8Array {
  const setting = settingFor(sheet.language)
  const cell = (words: string, at: number, isHead: boolean): string =>
    element('w:tc', {}, element('w:tcPr', {}, element('w:tcW', { 'w:w': widths[at]!, 'w:type': 'dxa' })) + setting.made(words, isHead ? 'TableHead' : 'TableText'))
  const row = (words: readonly string[], isHead: boolean): string =>
    element('w:tr', {}, element('w:trPr', {}, '<w:cantSplit/>' + (isHead ? '<w:tblHeader/>' : '')) + words.map((one, at) => cell(one, at, isHead)).join(''))
  const borders = element('w:tblBorders', {}, ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => element(`w:${side}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': 'auto' })).join(''))
  const table = element('w:tbl', {}, element('w:tblPr', {}, element('w:tblW', { 'w:w': widths.reduce((sum, width) => sum + width, 0), 'w:type': 'dxa' }) + borders + element('w:tblLayout', { 'w:type': 'fixed' }))
    + element('w:tblGrid', {}, widths.map((width) => element('w:gridCol', { 'w:w': width })).join(''))
    + row(['', 'Proposed by', 'Amendment', 'Status'], true)
    + listed.map(({ number, proposed, wording, status }) => row([`${number}.`, proposed.replace(/^Proposed by /, ''), wording, statusWords[status]], false)).join(''))
  return packed(sheet, setting, setting.made(heading, 'HCh') + (note === '' ? '' : setting.made(note, 'SingleTxt')) + (listed.length === 0 ? setting.made(none, 'SingleTxt') : table + setting.made('', 'SingleTxt', valued('w:jc', 'left'))))
}
