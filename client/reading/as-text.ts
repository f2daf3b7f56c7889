/** A file of any format that is read, as the plain text that is set beside the draft. */
import { exportText } from '../../shared/convert/exportText.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { readInPage } from './read.ts'

/** null when it was stopped. */
export async function readAsText(file: Blob, stopped: AbortSignal): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly code: ErrorCode } | null> {
  const answer = await readInPage(file, stopped)
  if (answer === null || !answer.ok) return answer
  const text = exportText(answer.value)
  return text.length > limits.importBytesMax ? { ok: false, code: 'import-too-large' } : text.trim() === '' ? { ok: false, code: 'import-empty' } : { ok: true, text }
}
