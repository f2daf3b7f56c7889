/**
 * Files with tracked changes, each beside the same file with all of them accepted and with all of them rejected, as Word does it.
 * OMNIBUS_DOCX names the folder.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readWord } from '../../../shared/convert/docx/read.ts'
import { linesIn } from './support.ts'

const folder = process.env['OMNIBUS_DOCX'] ?? join(import.meta.dirname, '../../../../shared/corpus/docx/revisions')
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.docx')) : []
const twins = names.flatMap((name) => (['Accepted', 'Rejected'] as const).flatMap((twin) => {
  const other = name.replace(/\.docx$/, `-${twin}.docx`)
  return names.includes(other) ? [{ name, other, mode: twin === 'Accepted' ? 'accepted' as const : 'rejected' as const }] : []
}))

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)))

/** The letters of a file without changes, found in another way: what stands between the tags of its texts. */
function lettersOf(bytes: Uint8Array): string {
  const xml = strFromU8(unzipSync(bytes)['word/document.xml']!).replace(/<mc:Fallback>.*?<\/mc:Fallback>/gs, '')
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: '\'' }
  return [...xml.matchAll(/<[wm]:t(?:\s[^>]*)?>([^<]*)<\/[wm]:t>/g)].map(([, words]) => words!).join('').replace(/&(\w+);/g, (_all, name: string) => named[name]!).replace(/\s+/g, '')
}

describe('files with tracked changes', () => {
  if (twins.length === 0) test('WD20 (no folder of such files is here: OMNIBUS_DOCX names one)', () => expect(names).toEqual([]))
  test.each(twins)('WD20 $name, all $mode, is $other', ({ name, other, mode }) => {
    const twin = readWord(bytesOf(other))
    expect(linesIn(readWord(bytesOf(name)), mode)).toEqual(linesIn(twin, 'accepted'))
    expect(linesIn(twin, 'accepted').join('').replace(/\s+/g, '')).toBe(lettersOf(bytesOf(other)))
  })
})
