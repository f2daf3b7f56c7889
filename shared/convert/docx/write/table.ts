/** Tables of the sheet as Word's own XML. */
import { element } from './markup.ts'

/** Cells are paragraphs already. The head is printed again on every page. `widths`: in twentieths of a point; the page has 9,638 between its margins. */
export function tableOf(widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (inner: string, at: number): string => element('w:tc', {}, element('w:tcPr', {}, element('w:tcW', { 'w:w': widths[at]!, 'w:type': 'dxa' })) + inner)
  const row = (cells: readonly string[], isHead: boolean): string => element('w:tr', {}, element('w:trPr', {}, '<w:cantSplit/>' + (isHead ? '<w:tblHeader/>' : '')) + cells.map(cell).join(''))
  const borders = element('w:tblBorders', {}, ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => element(`w:${side}`, { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': 'auto' })).join(''))
  return element('w:tbl', {}, element('w:tblPr', {}, element('w:tblW', { 'w:w': widths.reduce((sum, width) => sum + width, 0), 'w:type': 'dxa' }) + borders + element('w:tblLayout', { 'w:type': 'fixed' }))
    + element('w:tblGrid', {}, widths.map((width) => element('w:gridCol', { 'w:w': width })).join('')) + row(head, true) + rows.map((cells) => row(cells, false)).join(''))
}
