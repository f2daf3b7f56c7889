/** A file to a resolution and a report, for whoever may make drafts or is in one; nothing is written. */
import { raw, Router } from 'express'
import { takenNamed } from '../../shared/convert/docx/modes.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { answer } from './answers.ts'
import { sessionFor, type Context } from './context.ts'
import { perMinute } from './rates.ts'

export function readRoute(context: Context, readsPerMinute: number): Router {
  const router = Router()
  const limit = perMinute(readsPerMinute)
  router.post('/read', async (request, _response, next) => {
    // Before the body is read: strangers cannot make the server take in megabytes.
    const { person } = await sessionFor(context, request.headers.cookie)
    await limit(person.id)
    if (Number(request.headers['content-length'] ?? 0) > limits.importFileBytesMax) throw new Refusal('import-too-large')
    next()
  }, raw({ type: 'application/octet-stream', limit: limits.importFileBytesMax }), async (request, response) => {
    const bytes: unknown = request.body
    if (!(bytes instanceof Uint8Array)) throw new Refusal('import-empty')
    const mode = takenNamed(request.query['revisions'])
    if (mode === null) throw new Refusal('bad-command')
    const { format, report, value, remarks, proposed } = await context.converters.convert({ bytes, to: null, mode })
    answer(response, { format, report, value, remarks, ...(proposed === null ? {} : { proposed }) })
  })
  return router
}
