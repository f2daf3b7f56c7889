/** The HTTP side of the server: routes, the page, and the way into rooms. */
import { createServer, type Server } from 'node:http'
import { createApp } from './app.ts'
import type { Context, HttpDeps } from './context.ts'
import { openSockets } from './open-sockets.ts'
import { perMinute, rates as usualRates } from './rates.ts'
import { acceptSockets } from './upgrade.ts'

export type { HttpDeps } from './context.ts'

/** Not yet listening. Closing it stops taking requests and sockets; open sockets are the rooms' to close. */
export function createHttpServer(deps: HttpDeps): Server {
  const rates = { ...usualRates, ...deps.rates }
  const context: Context = { ...deps, sockets: openSockets(), rates, asking: perMinute(rates.requestsPerMinute) }
  const server = createServer(createApp(context))
  acceptSockets(server, context)
  return server
}
