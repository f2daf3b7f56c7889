/** Decisions and leases: what a signed-in person asks of the rooms. */
import { json, Router, type Request, type RequestHandler } from 'express'
import { z } from 'zod'
import { leaseClientIds } from '../auth/leases.ts'
import { commandRequestSchema } from '../../shared/wire/commands.ts'
import type { CommandAnswer } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { answer, statusOf } from './answers.ts'
import { bodyAs, idSchema, sessionFor, speakerFor, type Context } from './context.ts'
import { perMinute, type Limiter, type Rates } from './rates.ts'
import { draftOfRoom } from './room-name.ts'

const leaseSchema = z.object({ hatId: idSchema, room: z.string(), count: z.number().int().min(1).max(limits.leasesPerRequestMax) })

export function commandRoutes(context: Context, rates: Rates): Router {
  const router = Router()
  const limitOfDraft = perMinute(rates.draftCommandsPerMinute)

  router.post('/commands', signedInAtMost(context, rates.commandsPerMinute, rates.commandBytesPerMinute), json({ limit: limits.commandBytesMax }), async (request, response) => {
    const order = bodyAs(commandRequestSchema, request)
    const done = await commanded(context, request.headers.cookie, order, limitOfDraft)
    response.status(done.ok ? 200 : statusOf(done.error.code)).json(done)
  })

  router.post('/leases', signedInAtMost(context, rates.leaseRequestsPerMinute), json({ limit: limits.requestBytesMax }), async (request, response) => {
    const { hatId, room, count } = bodyAs(leaseSchema, request)
    const speaker = await speakerFor(context, request.headers.cookie, draftOfRoom(room), hatId)
    if (!(await context.rooms.mayOpen(room, speaker))) throw new Refusal('not-yours')
    answer(response, { clientIds: await leaseClientIds(context.store, room, speaker, count) })
  })
  return router
}

/** Before the body is read: strangers cannot make the server take in megabytes. */
function signedInAtMost(context: Context, requestsPerMinute: number, bytesPerMinute?: number): RequestHandler {
  const limit = perMinute(requestsPerMinute)
  const limitOfBytes = bytesPerMinute === undefined ? null : perMinute(bytesPerMinute)
  return async (request, _response, next) => {
    const { person } = await sessionFor(context, request.headers.cookie)
    await limit(person.id)
    await limitOfBytes?.(person.id, bytesOf(request))
    next()
  }
}

/** Of a body that does not say how long it is, as many as may come. One that is too long is refused for that, and takes nothing. */
function bytesOf({ headers }: Request): number {
  const length = Number(headers['content-length'] ?? limits.commandBytesMax)
  return length > limits.commandBytesMax ? 0 : length
}

async function commanded(context: Context, cookieHeader: string | undefined, order: z.infer<typeof commandRequestSchema>, limitOfDraft: Limiter): Promise<CommandAnswer> {
  if (order.body.command === 'create-draft') {
    const { person } = await sessionFor(context, cookieHeader)
    if (!person.canCreate) throw new Refusal('not-permitted')
    return context.rooms.createDraft(order, { id: person.id, name: person.name })
  }
  if (order.draft === undefined || order.hatId === undefined) throw new Refusal('bad-command')
  const speaker = await speakerFor(context, cookieHeader, order.draft, order.hatId)
  // Now that it is known that they are in it: strangers could use up what a draft has.
  await limitOfDraft(order.draft)
  return context.rooms.command(order, speaker)
}
