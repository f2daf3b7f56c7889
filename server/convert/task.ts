/** What is asked of a thread that reads and writes files, and what it answers. */
import type { Remark } from '../../shared/convert/docx/comments.ts'
import type { Taken } from '../../shared/convert/docx/modes.ts'
import { preparationOf } from '../../shared/convert/docx/proposed.ts'
import type { Preparation } from '../../shared/convert/docx/proposed.ts'
import { writeOrdered, type WordOrder } from '../../shared/convert/docx/write/order.ts'
import { docx } from '../../shared/convert/docx/format.ts'
import { formatOf, readFile, readProposed, writeFile } from '../../shared/convert/formats.ts'
import { pdf } from '../../shared/convert/typst/format.ts'
import { typesetData } from '../../shared/convert/typst/data.ts'
import type { Import } from '../../shared/convert/importText.ts'
import { excerpt } from '../../shared/convert/report.ts'
import type { ImportReport } from '../../shared/convert/report.ts'
import type { ResolutionValue } from '../../shared/model/value.ts'
import { printedValue } from '../../shared/text/printed-value.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { writtenKept } from './kept.ts'
import { createTypesetter, type Typesetter } from './typeset.ts'

export interface ReadTask {
  readonly bytes: Uint8Array
  /** The format it is written in; null where the value is what is wanted. */
  readonly to: string | null
  /** Of tracked changes; accepted where it is not given, and kept where they are to be written too. */
  readonly mode?: Taken | 'kept'
}

export interface TypesetTask {
  /** What `typesetData` made. */
  readonly data: string
  /** The time that the file names, in milliseconds since 1970. */
  readonly atMs: number
}

export interface WordTask {
  readonly order: WordOrder
}

export type ConvertTask = ReadTask | TypesetTask | WordTask

export interface Converted {
  /** The format it was read as. */
  readonly format: string
  readonly report: ImportReport
  readonly value: ResolutionValue
  readonly remarks: readonly Remark[]
  /** null where they were not asked for. */
  readonly proposed: Preparation | null
  /** null where `to` was. */
  readonly written: string | Uint8Array | null
}

export type ConvertReply = { readonly ok: true; readonly done: Converted | Uint8Array } | { readonly ok: false; readonly code: ErrorCode }

/** Made when the first text is set: it reads the fonts. */
let typesetter: Typesetter | null = null
const typeset = (data: string, atMs: number): Uint8Array => (typesetter ??= createTypesetter()).pdf(data, atMs)

/** Total. A fault of ours is a file that could not be read or written, and harms nothing else. */
export function convert(task: ConvertTask): ConvertReply {
  try {
    return { ok: true, done: 'data' in task ? typeset(task.data, task.atMs) : 'order' in task ? writeOrdered(task.order) : read(task) }
  } catch (fault) {
    if (fault instanceof Refusal) return { ok: false, code: fault.code }
    // A text nested or repeated beyond what a reader bounds by itself.
    return { ok: false, code: fault instanceof RangeError ? 'import-too-large' : 'server-fault' }
  }
}

function read({ bytes, to, mode }: ReadTask): Converted {
  if (mode === 'proposed') {
    const read = readProposed(bytes)
    return { ...convertedFrom(read), proposed: preparationOf(read) }
  }
  if (mode === 'kept' && to !== null && formatOf(bytes) === docx) {
    const { read, written } = writtenKept(bytes, to, (data) => typeset(data, Date.now()))
    return { ...convertedFrom({ ...read, format: docx.id }), report: withoutRemarks(read), written }
  }
  const read = readFile(bytes, mode === 'kept' ? 'accepted' : mode)
  return to === null ? convertedFrom(read) : { ...convertedFrom(read), report: withoutRemarks(read), written: written(read.value, to) }
}

const convertedFrom = ({ format, report, value, remarks = [] }: Import & { readonly format: string }): Converted => ({ format, report, value, remarks, proposed: null, written: null })

/** No other file takes the comments along. */
function withoutRemarks({ report, remarks = [] }: Import): ImportReport {
  const [first] = remarks
  if (first === undefined) return report
  const beyond = report.lost.find(({ what }) => what === 'comment')
  return { ...report, lost: [...report.lost.filter((one) => one !== beyond), { what: 'comment', words: excerpt(first.words), count: remarks.length + (beyond?.count ?? 0) }] }
}

const written = (value: ResolutionValue, to: string): string | Uint8Array =>
  to === pdf.id ? typeset(typesetData(printedValue(value, { title: '' }), { lineNumbers: false, from: null }), Date.now()) : writeFile(value, to)
