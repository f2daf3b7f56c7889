/** Plain text. */
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { exportText } from '../exportText.ts'
import { endings } from '../endings.ts'
import type { Format } from '../format.ts'
import { importText } from '../importText.ts'
import type { Import } from '../importText.ts'
import { warn } from '../report.ts'
import { lettersOf } from './letters.ts'

export const text: Format = {
  id: 'text',
  extensions: endings.text,
  mediaType: 'text/plain; charset=utf-8',
  recognises: () => true,
  read: readText,
  write: exportText,
}

/** Refuses as import-too-large, import-unreadable, import-empty. */
function readText(bytes: Uint8Array): Import {
  if (bytes.length > limits.importBytesMax) throw new Refusal('import-too-large')
  const { words, assumed } = lettersOf(bytes)
  if (!/[\p{L}\p{N}]/u.test(words)) throw new Refusal('import-empty')
  const read = importText(words)
  return assumed === null ? read : { ...read, report: { ...read.report, warnings: [warn('encoding-assumed', 0, assumed), ...read.report.warnings] } }
}
