/** A document as the file that was asked for. */
import type { Request, Response } from 'express'
import { text } from '../../shared/convert/text/format.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { writtenAs, writtenFormats } from '../convert/written.ts'
import type { WrittenFormat } from '../convert/written.ts'
import type { ExportedDocument } from '../sync/exports.ts'
import type { Context } from './context.ts'

/** What `as` of the query names; plain text where it names nothing. Throws `bad-command`. */
export function formatAsked(request: Request): WrittenFormat {
  const format = writtenFormats.find(({ id }) => id === (request.query['as'] ?? text.id))
  if (format === undefined) throw new Refusal('bad-command')
  return format
}

/** `name` is the file's, without its ending. `lines=1` of the query numbers the lines of a PDF. */
export async function sendDocument({ converters, now }: Context, request: Request, response: Response, format: WrittenFormat, document: ExportedDocument, name: string): Promise<void> {
  const content = await writtenAs(format, document, converters, { draft: String(request.params['draft']), atMs: now(), lineNumbers: request.query['lines'] === '1' })
  response.attachment(`${name}.${format.extensions[0]!}`)
  response.type(format.mediaType).send(typeof content === 'string' ? content : Buffer.from(content))
}
