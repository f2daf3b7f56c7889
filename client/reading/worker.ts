/** The page's thread in which a file is read: it may be ended at any moment, and holds nothing. */
import { readFile } from '../../shared/convert/formats.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ReadAnswer } from './read.ts'

function answered(bytes: Uint8Array): ReadAnswer {
  try {
    return { ok: true, ...readFile(bytes) }
  } catch (fault) {
    return { ok: false, code: fault instanceof Refusal ? fault.code : fault instanceof RangeError ? 'import-too-large' : 'import-damaged' }
  }
}

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => self.postMessage(answered(data))
