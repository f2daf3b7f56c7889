/** What is asked of a thread that reads files, and what it answers. */
import { readFile, writeFile } from '../../shared/convert/formats.ts'
import type { ImportReport } from '../../shared/convert/report.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

export interface ConvertTask {
  readonly bytes: Uint8Array
  /** The format it is written in; null where the value is what is wanted. */
  readonly to: string | null
}

export interface Converted {
  /** The format it was read as. */
  readonly format: string
  readonly report: ImportReport
  readonly value: ResolutionValue
  /** null where `to` was. */
  readonly written: string | Uint8Array | null
}

export type ConvertReply = { readonly ok: true; readonly done: Converted } | { readonly ok: false; readonly code: ErrorCode }

/** Total. A fault of ours in a reader is a file that could not be read, and harms nothing else. */
export function convert({ bytes, to }: ConvertTask): ConvertReply {
  try {
    const { format, report, value } = readFile(bytes)
    return { ok: true, done: { format, report, value, written: to === null ? null : writeFile(value, to) } }
  } catch (fault) {
    if (fault instanceof Refusal) return { ok: false, code: fault.code }
    // A text nested or repeated beyond what a reader bounds by itself.
    return { ok: false, code: fault instanceof RangeError ? 'import-too-large' : 'server-fault' }
  }
}
