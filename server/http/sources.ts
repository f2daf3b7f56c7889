/** A draft's library: what is in it, what came from it, and files that are added to it. */
import { createHash } from 'node:crypto'
import { json, raw, Router } from 'express'
import { z } from 'zod'
import type { SentFile } from '../commands/context.ts'
import { commandRequestSchema } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { SourceHead } from '../../shared/wire/sources.ts'
import { answer, statusOf } from './answers.ts'
import { bodyAs, idSchema, readerOf, sessionFor, speakerFor, type Context } from './context.ts'
import { perMinute } from './rates.ts'

const numberSchema = z.coerce.number().int().min(1).max(limits.sourcesMax)
const themesSchema = z.string().max(limits.requestBytesMax).transform((list) => list.split(',').map(Number)).pipe(z.array(z.number().int().min(1)).max(limits.themesMax))
const searchSchema = z.object({ hatId: idSchema, words: z.string().max(limits.searchCharactersMax), for: z.enum(['said', 'alike']).default('said') })

export function sourceRoutes(context: Context, readsPerMinute: number, exportsPerMinute: number): Router {
  const { store, rooms } = context
  const [addLimit, readLimit] = [perMinute(readsPerMinute), perMinute(exportsPerMinute)]
  const router = Router()

  router.get('/drafts/:draft/sources', async (request, response) => {
    const { draft } = await readerOf(context, request)
    const sources: readonly SourceHead[] = await store.sources(draft)
    answer(response, { sources })
  })

  router.get('/drafts/:draft/sources/:number', async (request, response) => {
    const { draft } = await readerOf(context, request)
    const number = numberSchema.safeParse(request.params['number'])
    const paragraphs = number.success ? await rooms.paragraphs(draft, number.data) : null
    if (paragraphs === null) throw new Refusal('no-such-source')
    answer(response, { paragraphs })
  })

  router.get('/drafts/:draft/sources/:number/file', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    await readLimit(speaker.person)
    const number = numberSchema.safeParse(request.params['number'])
    const [bytes, sources] = number.success ? await Promise.all([store.sourceFile(draft, number.data), store.sources(draft)]) : [null, []]
    if (bytes === null) throw new Refusal('no-such-source')
    response.attachment(sources.find((head) => head.number === number.data)?.name ?? 'source')
    // As it came, and never shown as a page of ours.
    response.type('application/octet-stream').send(Buffer.from(bytes))
  })

  router.get('/drafts/:draft/origins', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    await readLimit(speaker.person)
    answer(response, await rooms.origins(draft))
  })

  router.get('/drafts/:draft/speaking', async (request, response) => {
    const { draft, speaker } = await readerOf(context, request)
    await readLimit(speaker.person)
    const themes = themesSchema.safeParse(request.query['themes'])
    if (!themes.success) throw new Refusal('bad-command')
    answer(response, { themes: await rooms.speaking(draft, themes.data) })
  })

  router.post('/drafts/:draft/search', json({ limit: limits.requestBytesMax }), async (request, response) => {
    const { hatId, ...order } = bodyAs(searchSchema, request)
    const draft = String(request.params['draft'])
    const speaker = await speakerFor(context, request.headers.cookie, draft, hatId)
    await readLimit(speaker.person)
    answer(response, { hits: await rooms.search(draft, order) })
  })

  router.post('/drafts/:draft/sources', async (request, _response, next) => {
    // Before the body is read: strangers cannot make the server take in megabytes.
    const { person } = await sessionFor(context, request.headers.cookie)
    await addLimit(person.id)
    if (Number(request.headers['content-length'] ?? 0) > limits.importFileBytesMax) throw new Refusal('import-too-large')
    next()
  }, raw({ type: 'application/octet-stream', limit: limits.importFileBytesMax }), async (request, response) => {
    const bytes: unknown = request.body
    if (!(bytes instanceof Uint8Array) || bytes.length === 0) throw new Refusal('import-empty')
    const order = commandRequestSchema.safeParse(orderIn(request.query['order']))
    const draft = request.params['draft']
    if (!order.success || order.data.body.command !== 'add-source' || order.data.draft !== draft) throw new Refusal('bad-command')
    const speaker = await speakerFor(context, request.headers.cookie, draft, order.data.hatId)
    const done = await rooms.command(order.data, speaker, await readSent(context, bytes))
    response.status(done.ok ? 200 : statusOf(done.error.code)).json(done)
  })
  return router
}

/** A `CommandRequest` as JSON, in the address, since the body is the file. */
function orderIn(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : null
  } catch {
    return null
  }
}

/** What stands in the way for now, and may not the next time; any other refusal says that no reader takes the file. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['import-too-many'])

async function readSent({ converters }: Context, bytes: Uint8Array): Promise<SentFile> {
  const sent = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  try {
    const { format, value } = await converters.convert({ bytes, to: null })
    return { ...sent, format, value }
  } catch (error) {
    if (!(error instanceof Refusal) || passing.has(error.code)) throw error
    return { ...sent, format: '', value: null }
  }
}
