/** Signing in by link, and out. */
import { json, Router } from 'express'
import { z } from 'zod'
import { useLink } from '../auth/joining.ts'
import { cookieOf, expiredCookie, sessionOf } from '../auth/sessions.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { isPlainLine } from '../../shared/wire/words.ts'
import { answer } from './answers.ts'
import { bodyAs, isId, type Context } from './context.ts'
import { perMinute } from './rates.ts'

const useSchema = z.object({
  secret: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(limits.nameCharactersMax).refine(isPlainLine).optional(),
})

export function linkRoutes(context: Context, linkUsesPerMinute: number): Router {
  const { store, rooms, now, sockets } = context
  const limit = perMinute(linkUsesPerMinute)
  const router = Router()
  const parse = json({ limit: limits.requestBytesMax })

  router.post('/links/:id', async (request, _response, next) => {
    await limit(request.ip ?? '')
    next()
  }, parse, async (request, response) => {
    const { secret, name = null } = bodyAs(useSchema, request)
    const { id } = request.params
    if (!isId(id)) throw new Refusal('link-unknown')
    const session = await sessionOf(store, request.headers.cookie, now())
    const used = await useLink(store, now(), { id, secret, name, session })
    if (used.needsName) return answer(response, used)
    if (used.secret !== null) {
      response.append('Set-Cookie', cookieOf(used.secret, request.secure))
      if (session) sockets.signOut(session.secretHash)
    }
    if (used.record) rooms.recorded?.(used.record.draft, used.record.seq)
    answer(response, { draft: used.draft, hatId: used.hatId })
  })

  router.post('/sign-out', parse, async (request, response) => {
    const session = await sessionOf(store, request.headers.cookie, now())
    if (session) {
      await store.write([{ drop: 'session', secretHash: session.secretHash }])
      sockets.signOut(session.secretHash)
    }
    response.append('Set-Cookie', expiredCookie(request.secure))
    answer(response, {})
  })
  return router
}
