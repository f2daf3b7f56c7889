/**
 * A printed document as one HTML page that needs nothing else: no script, no font, no picture, and a policy that forbids them.
 * Headings, insertions, deletions and notes are what they say they are, so that a screen reader can tell them.
 */
import type { WrittenFrom } from '../docx/file.ts'
import { isForeignTo } from '../../text/printed.ts'
import type { Piece, Printed, PrintedBlock, PrintedNote } from '../../text/printed.ts'
import { escapeHtml } from './escape.ts'
import { style } from './style.ts'

export const directionOf = (language: string): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr')

/** Total and pure. `from`: the draft and version that the page says it is of. */
export function writeHtml(printed: Printed, from: WrittenFrom | null = null): string {
  const { language, title, isTitled, remarks, legend, blocks, notes, footer } = printed
  const rank = isTitled ? 2 : 1
  const body = [
    ...(isTitled ? [`<h1>${escapeHtml(title)}</h1>`] : []),
    ...remarks.map((line) => `<p class="remark">${escapeHtml(line)}</p>`),
    ...(legend.length === 0 ? [] : [`<section class="legend" aria-labelledby="legend" lang="en" dir="ltr"><h2 id="legend">Legend</h2><ul>${legend.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul></section>`]),
    ...blocks.map((block) => blockOf(block, rank, isForeignTo(language, block))),
    ...(notes.length === 0 ? [] : [notesOf(notes)]),
    ...(footer === '' ? [] : [`<footer class="seal">${escapeHtml(footer)}</footer>`]),
  ]
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
${from === null ? '' : metaOf(from)}<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
</body>
</html>
`
}

const metaOf = ({ draft, version }: WrittenFrom): string =>
  [['draft', draft], ['version', version]].map(([name, content]) => `<meta name="omnibus-${name!}" content="${escapeHtml(content!)}">\n`).join('')

function blockOf({ kind, depth, number, pieces }: PrintedBlock, rank: number, isForeign: boolean): string {
  const words = `${number === '' ? '' : `<span class="number">${escapeHtml(number)}</span> `}${pieces.map(pieceOf).join('')}`
  switch (kind) {
    case 'title':
      return `<h${rank}>${words}</h${rank}>`
    case 'annex':
      return `<h2>${words}</h2>`
    case 'heading':
      return `<h3>${words}</h3>`
    case 'entry':
      return `<h2>${words}</h2>`
    default:
      return `<p class="${kind}${depth > 0 ? ' set' : ''}${isForeign ? ' foreign' : ''}"${isForeign ? ' dir="ltr"' : ''}${depth > 0 ? ` style="--depth: ${depth}"` : ''}>${words}</p>`
  }
}

function pieceOf({ look, words }: Piece): string {
  const safe = escapeHtml(words)
  switch (look) {
    case 'plain':
      return safe
    case 'opening':
      return `<em>${safe}</em>`
    case 'new':
      return `<ins>${safe}</ins>`
    case 'cut':
      return `<del>${safe}</del>`
    case 'sign':
      return `<span class="sign">${safe}</span>`
    case 'note':
      return safe === '' ? '' : `<sup><a id="mark-${safe}" href="#note-${safe}" role="doc-noteref" aria-label="Note ${safe}">${safe}</a></sup>`
  }
}

function notesOf(notes: readonly PrintedNote[]): string {
  const items = notes.map(({ number, pieces }) => {
    const safe = escapeHtml(number)
    return `<li id="note-${safe}">${safe}. ${pieces.map(pieceOf).join('')} <a class="back" href="#mark-${safe}" role="doc-backlink" aria-label="Back to mark ${safe}">↩</a></li>`
  })
  return `<section class="notes" role="doc-endnotes" aria-labelledby="notes"><h2 id="notes">Notes</h2><ol>${items.join('')}</ol></section>`
}
