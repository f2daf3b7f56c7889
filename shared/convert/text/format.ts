/** Plain text in UTF-8. */
import { Refusal } from '../../wire/errors.ts'
import { limits } from '../../wire/limits.ts'
import { exportText } from '../exportText.ts'
import type { Format } from '../format.ts'
import { importText } from '../importText.ts'

export const text: Format = {
  id: 'text',
  extensions: ['txt'],
  mediaType: 'text/plain; charset=utf-8',
  recognises: () => true,
  read: (bytes) => importText(textOf(bytes)),
  write: exportText,
}

/** UTF-8 without NUL. Refuses as import-too-large, import-unreadable, import-empty. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length > limits.importBytesMax) throw new Refusal('import-too-large')
  const words = decoded(bytes)
  if (words.includes('\0')) throw new Refusal('import-unreadable')
  if (!/[\p{L}\p{N}]/u.test(words)) throw new Refusal('import-empty')
  return words
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('import-unreadable')
  }
}
