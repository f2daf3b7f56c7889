/** A plain-text file, of what the Secretariat issued, to be set beside the draft. */
import { limits } from '../../shared/wire/limits.ts'

/** UTF-8 text of a bearable size, or the code of what is wrong with it. */
export async function readTextFile(file: Blob): Promise<{ ok: true; text: string } | { ok: false; code: 'import-too-large' | 'import-unreadable' | 'import-empty' }> {
  if (file.size > limits.importBytesMax) return { ok: false, code: 'import-too-large' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    if (text.includes('\u0000')) return { ok: false, code: 'import-unreadable' }
    return text.trim() === '' ? { ok: false, code: 'import-empty' } : { ok: true, text }
  } catch {
    return { ok: false, code: 'import-unreadable' }
  }
}
