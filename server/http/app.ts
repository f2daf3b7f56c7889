/** The routes in their order, what stands before all of them, and how a failure leaves. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { StoreError } from '../store/errors.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { refuse } from './answers.ts'
import { commandRoutes } from './commands.ts'
import type { Context } from './context.ts'
import { draftRoutes, exportRoutes, meRoute } from './drafts.ts'
import { keyRoutes } from './keys.ts'
import { linkRoutes } from './links.ts'
import { isOwnOrigin } from './origin.ts'
import { pageRoutes } from './page.ts'
import { readRoute } from './read.ts'
import { sourceRoutes } from './sources.ts'

export function createApp(context: Context): Express {
  const { rates } = context
  const app = express()
  // A proxy on this machine may say how the browser came (https) and from where; nobody else may.
  app.set('trust proxy', 'loopback')
  app.use(logged(context.log), securityHeaders())
  app.use('/api', uncached, fromOurPage)
  app.use('/api', keyRoutes(context), linkRoutes(context, rates.linkUsesPerMinute), meRoute(context), draftRoutes(context), exportRoutes(context, rates.exportsPerMinute), sourceRoutes(context, rates.readsPerMinute, rates.exportsPerMinute), commandRoutes(context, rates), readRoute(context, rates.readsPerMinute))
  app.use('/api', nothingHere)
  app.use(pageRoutes(context.clientFolder))
  app.use(nothingHere)
  app.use(failed(context.log))
  return app
}

/** No scripts, styles or frames but our own files. Not `upgrade-insecure-requests`: a meeting room's server may have no https. */
function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    // Whoever ends https in front of this server decides for how long.
    strictTransportSecurity: false,
  })
}

/** The path alone: what follows it may hold ids, and a body or a cookie secrets. */
function logged(log: Logger): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request
    const startedMs = performance.now()
    response.on('finish', () => log.debug({ method, path, status: response.statusCode, ms: Math.round(performance.now() - startedMs) }, 'request'))
    next()
  }
}

const uncached: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

/** Whatever may change something is JSON from our own page, and a file to be read is bytes: no other site's form or script can send either with our cookie. */
const fromOurPage: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next()
  if (!isOwnOrigin(request.headers)) throw new Refusal('wrong-origin')
  if (!/^application\/(?:json|octet-stream)(\s*;|$)/i.test(request.headers['content-type'] ?? '')) throw new Refusal('bad-command')
  next()
}

const nothingHere: RequestHandler = (_request, response) => refuse(response, 'no-such-page')

function failed(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const code = codeOf(error)
    if (code === 'server-fault' || code === 'store-failed' || code === 'log-damaged') log.error({ error, method: request.method, path: request.path }, 'a request failed')
    // Half an answer cannot be taken back: the connection is broken off, so that nobody takes it for a whole one.
    if (response.headersSent) return next(error)
    refuse(response, code)
  }
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof Refusal) return error.code
  if (error instanceof StoreError) return error.code === 'log-damaged' ? 'log-damaged' : 'store-failed'
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null
  if (status === 413) return 'too-large'
  if (status === 404 || status === 403) return 'no-such-page'
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad-command' : 'server-fault'
}
