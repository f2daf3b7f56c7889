/** The list of amendments as a table: number, who proposes it, its official wording, and what became of it. */
import type { ListedAmendment } from '../../../text/amendment-list.ts'
import { statusWords } from '../../../text/amendment-list.ts'
import { valued } from './markup.ts'
import { packed } from './package.ts'
import type { Sheet } from './package.ts'
import { settingFor } from './paragraphs.ts'
import { tableOf } from './table.ts'

const widths = [700, 2_400, 5_000, 1_538] as const

/** `heading` stands above it, `note` beneath the heading where there is one; without amendments `none` says so. */
export function writeAmendmentList(sheet: Sheet, listed: readonly ListedAmendment[], { heading, note, none }: { readonly heading: string; readonly note: string; readonly none: string }): Uint8Array {
  const setting = settingFor(sheet.language)
  const table = tableOf(widths, ['', 'Proposed by', 'Amendment', 'Status'].map((words) => setting.made(words, 'TableHead')),
    listed.map(({ number, proposed, wording, status }) => [`${number}.`, proposed.replace(/^Proposed by /, ''), wording, statusWords[status]].map((words) => setting.made(words, 'TableText'))))
  return packed(sheet, setting, setting.made(heading, 'HCh') + (note === '' ? '' : setting.made(note, 'SingleTxt')) + (listed.length === 0 ? setting.made(none, 'SingleTxt') : table + setting.made('', 'SingleTxt', valued('w:jc', 'left'))))
}
