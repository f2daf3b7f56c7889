/** The public keys, for whoever asks: a signature is checked by people who are in no draft. */
import { Router } from 'express'
import { fingerprintOf } from '../../shared/lifecycle/signature.ts'
import { answer } from './answers.ts'
import type { Context } from './context.ts'

export function keyRoutes({ keys }: Context): Router {
  const router = Router()
  router.get('/keys', (_request, response) => {
    answer(response, { keys: keys.known.map((key) => ({ ...key, fingerprint: fingerprintOf(key.keyId) })) })
  })
  return router
}
