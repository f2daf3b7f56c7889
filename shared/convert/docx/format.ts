/** Word files (.docx), and what passes for them: a packed file, or one of the old kind. */
import type { ResolutionValue } from '../../model/value.ts'
import type { Format } from '../format.ts'
import { importWord } from './import.ts'
import { plainSheet } from './write/changes.ts'
import { noMasthead } from './write/masthead.ts'
import { wordMediaType, writeWord } from './write/package.ts'
import { sheetOfValue } from './write/sheet.ts'

const beginnings: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06], [0xd0, 0xcf, 0x11, 0xe0]]

export const docx: Format = {
  id: 'docx',
  extensions: ['docx'],
  mediaType: wordMediaType,
  recognises: (_head, bytes) => beginnings.some((beginning) => beginning.every((byte, at) => bytes[at] === byte)),
  read: importWord,
  write: writeValue,
}

/** Of a text that is in no draft; the file bears no time. */
function writeValue(value: ResolutionValue): Uint8Array {
  const title = value.units.find(({ kind }) => kind === 'title')?.words ?? ''
  return writeWord({ language: value.language, title, atMs: 0, from: null, masthead: noMasthead }, plainSheet(sheetOfValue(value)))
}
