/** A document as the file that was asked for. */
import type { Request, Response } from 'express'
import type { WordOrder } from '../../shared/convert/docx/write/order.ts'
import { docx } from '../../shared/convert/docx/format.ts'
import { akn } from '../../shared/convert/akn/format.ts'
import type { AknFacts } from '../../shared/convert/akn/meta.ts'
import { writeHtml } from '../../shared/convert/html/write.ts'
import { html } from '../../shared/convert/html/format.ts'
import { json } from '../../shared/convert/json/format.ts'
import { text } from '../../shared/convert/text/format.ts'
import { typesetData } from '../../shared/convert/typst/data.ts'
import { pdf } from '../../shared/convert/typst/format.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ExportedDocument } from '../sync/exports.ts'
import type { Context } from './context.ts'

const written = [text, html, pdf, json, akn, docx] as const
type Written = (typeof written)[number]

/** What `as` of the query names; plain text where it names nothing. Throws `bad-command`. */
export function formatAsked(request: Request): Written {
  const format = written.find(({ id }) => id === (request.query['as'] ?? text.id))
  if (format === undefined) throw new Refusal('bad-command')
  return format
}

export interface Sent {
  readonly document: ExportedDocument
  readonly word: () => WordOrder | Promise<WordOrder>
  /** The file's, without its ending. */
  readonly name: string
}

/** `lines=1` of the query numbers the lines of a PDF. */
export async function sendDocument({ converters, now }: Context, request: Request, response: Response, format: Written, { document, word, name }: Sent): Promise<void> {
  const content = format.isTypeset === true
    ? await converters.typeset({ data: typesetData(document.printed(), { lineNumbers: request.query['lines'] === '1' }), atMs: now() })
    : format === html ? writeHtml(document.printed())
    : format === json ? `${JSON.stringify(document.json(), null, 2)}\n`
    : format === docx ? await converters.word({ order: await word() })
    : format === akn ? aknOf(document, { draft: String(request.params['draft']), date: new Date(now()).toISOString().slice(0, 10) })
    : document.text()
  response.attachment(`${name}.${format.extensions[0]!}`)
  response.type(format.mediaType).send(typeof content === 'string' ? content : Buffer.from(content))
}

function aknOf({ akn: write }: ExportedDocument, facts: AknFacts): string {
  if (write === null) throw new Refusal('bad-command')
  return write(facts)
}
