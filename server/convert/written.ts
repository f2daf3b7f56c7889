/** A document as the bytes or the text of the file that was asked for. */
import { akn } from '../../shared/convert/akn/format.ts'
import { docx } from '../../shared/convert/docx/format.ts'
import type { WordOrder } from '../../shared/convert/docx/write/order.ts'
import { fromLine } from '../../shared/convert/from-line.ts'
import { writeHtml } from '../../shared/convert/html/write.ts'
import { html } from '../../shared/convert/html/format.ts'
import { json } from '../../shared/convert/json/format.ts'
import { text } from '../../shared/convert/text/format.ts'
import { typesetData } from '../../shared/convert/typst/data.ts'
import { pdf } from '../../shared/convert/typst/format.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { VersionedDocument } from '../sync/exports.ts'
import type { Converters } from './converters.ts'

export const writtenFormats = [text, html, pdf, json, akn, docx] as const
export type WrittenFormat = (typeof writtenFormats)[number]

export interface ToWrite {
  readonly document: VersionedDocument
  /** Asked for a Word file alone. */
  readonly word: () => WordOrder | Promise<WordOrder>
}

export interface WrittenHow {
  readonly draft: string
  readonly atMs: number
  /** In a PDF. */
  readonly lineNumbers: boolean
}

/** Every file says of which draft and version it is. Refuses what has no form in the format as bad-command; a PDF or a Word file as export-too-slow and export-too-many. */
export async function writtenAs(format: WrittenFormat, { document, word }: ToWrite, converters: Converters, { draft, atMs, lineNumbers }: WrittenHow): Promise<string | Uint8Array> {
  const from = { draft, version: document.version }
  if (format === pdf) return converters.typeset({ data: typesetData(document.printed(), { lineNumbers, from }), atMs })
  if (format === docx) return converters.word({ order: await word() })
  if (format === html) return writeHtml(document.printed(), from)
  if (format === json) return `${JSON.stringify({ ...document.json(), from }, null, 2)}\n`
  if (format !== akn) return document.text() + fromLine(from)
  if (document.akn === null) throw new Refusal('bad-command')
  return document.akn({ ...from, date: new Date(atMs).toISOString().slice(0, 10) })
}
