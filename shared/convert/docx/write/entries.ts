/** A document of entries (where paragraphs come from, where they went, which themes they speak to) as tables, one beneath each heading. */
import type { Piece, Printed, PrintedBlock } from '../../../text/printed.ts'
import { valued } from './markup.ts'
import { packed } from './package.ts'
import type { Sheet } from './package.ts'
import { settingFor } from './paragraphs.ts'
import { tableOf } from './table.ts'

/** What an entry is about, what is said of it, and its words. */
const widths = [2_200, 2_600, 4_838] as const

interface Row {
  readonly number: string
  readonly said: readonly Piece[]
  readonly words: readonly (readonly Piece[])[]
}

/** `heads`: over the three columns. Inserted words are underlined, struck ones struck through, and neither is a tracked change. */
export function writeEntries(sheet: Sheet, { title, remarks, legend, blocks }: Printed, heads: readonly [string, string, string]): Uint8Array {
  const setting = settingFor(sheet.language)
  const table = (rows: readonly Row[]): string => rows.length === 0 ? '' : tableOf(widths, heads.map((words) => setting.made(words, 'TableHead')), rows.map(({ number, said, words }) =>
    [setting.made(number, 'TableText'), setting.pieces(said, 'TableText'), words.length === 0 ? setting.made('', 'TableText') : words.map((pieces) => setting.pieces(pieces, 'TableText')).join('')])) + setting.made('', 'SingleTxt', valued('w:jc', 'left'))
  return packed(sheet, setting, setting.made(title, 'HCh') + [...remarks, ...legend].map((line) => setting.made(line, 'SingleTxt')).join('')
    + grouped(blocks).map(({ heading, rows }) => (heading === null ? '' : setting.pieces(heading, 'H23')) + table(rows)).join(''))
}

function grouped(blocks: readonly PrintedBlock[]): { readonly heading: readonly Piece[] | null; readonly rows: readonly Row[] }[] {
  const found: { readonly heading: readonly Piece[] | null; readonly rows: (Row & { readonly words: (readonly Piece[])[] })[] }[] = []
  for (const { kind, number, pieces } of blocks) {
    if (kind === 'heading' || found.length === 0) found.push({ heading: kind === 'heading' ? pieces : null, rows: [] })
    const { rows } = found.at(-1)!
    if (kind === 'entry' || (kind === 'wording' && rows.length === 0)) rows.push({ number, said: kind === 'entry' ? pieces : [], words: [] })
    if (kind === 'wording') rows.at(-1)!.words.push(pieces)
  }
  return found
}
