/** A document as the file that was asked for. */
import type { Request, Response } from 'express'
import { text } from '../../shared/convert/text/format.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { writtenAs, writtenFormats } from '../convert/written.ts'
import type { ToWrite, WrittenFormat } from '../convert/written.ts'
import type { Context } from './context.ts'

/** What `as` of the query names; plain text where it names nothing. Throws `bad-command`. */
export function formatAsked(request: Request): WrittenFormat {
  const format = writtenFormats.find(({ id }) => id === (request.query['as'] ?? text.id))
  if (format === undefined) throw new Refusal('bad-command')
  return format
}

export interface Sent extends ToWrite {
  /** The file's, without its ending. */
  readonly name: string
}

/** `lines=1` of the query numbers the lines of a PDF. */
export async function sendDocument({ converters, now }: Context, request: Request, response: Response, format: WrittenFormat, { name, ...toWrite }: Sent): Promise<void> {
  const content = await writtenAs(format, toWrite, converters, { draft: String(request.params['draft']), atMs: now(), lineNumbers: request.query['lines'] === '1' })
  response.attachment(`${name}.${format.extensions[0]!}`)
  response.type(format.mediaType).send(typeof content === 'string' ? content : Buffer.from(content))
}
