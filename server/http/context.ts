/** What every route works with. */
import type { Request } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { sessionOf, type Session } from '../auth/sessions.ts'
import { speakerOf } from '../auth/speaker.ts'
import type { Converters } from '../convert/converters.ts'
import type { Keys } from '../keys/keys.ts'
import type { Store } from '../store/store.ts'
import type { Rooms, Speaker } from '../sync/service.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { OpenSockets } from './open-sockets.ts'
import type { Limiter, Rates } from './rates.ts'

export interface HttpDeps {
  readonly store: Store
  readonly rooms: Rooms
  readonly keys: Keys
  readonly converters: Converters
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Where vite put the page; may be absent. */
  readonly clientFolder: string
  /** Other bounds than those of shared/wire/limits, for tests. */
  readonly rates?: Partial<Rates>
}

export interface Context extends HttpDeps {
  readonly sockets: OpenSockets
  readonly rates: Rates
  /** Whatever a person asks for. */
  readonly asking: Limiter
}

export const idSchema = z.string().min(1).max(limits.idCharactersMax).regex(/^[A-Za-z0-9_-]+$/)

export const isId = (value: unknown): value is string => idSchema.safeParse(value).success

/** Throws `not-signed-in` or `too-fast`. */
export async function sessionFor({ store, now, asking }: Context, cookieHeader: string | undefined): Promise<Session> {
  const session = await sessionOf(store, cookieHeader, now())
  if (!session) throw new Refusal('not-signed-in')
  await asking(session.person.id)
  return session
}

/** Who speaks in `draft` under `hatId`, both as they came. Throws a Refusal. */
export async function speakerFor(context: Context, cookieHeader: string | undefined, draft: unknown, hatId: unknown): Promise<Speaker> {
  return speakerIn(context, await sessionFor(context, cookieHeader), draft, hatId)
}

/** The same, of a session that is known. */
export async function speakerIn(context: Context, { person }: Session, draft: unknown, hatId: unknown): Promise<Speaker> {
  if (!isId(draft)) throw new Refusal('no-such-draft')
  // An id that nobody can have: a stranger still hears that they are one, and not that they forgot a hat.
  return speakerOf(context.store, person, draft, isId(hatId) ? hatId : '')
}

export async function readerOf(context: Context, request: Request): Promise<{ readonly draft: string; readonly speaker: Speaker }> {
  const draft = request.params['draft']
  const speaker = await speakerFor(context, request.headers.cookie, draft, request.query['hat'])
  return { draft: String(draft), speaker }
}

/** The body in its schema's shape. Throws `code`. */
export function bodyAs<T>(schema: z.ZodType<T>, request: Request, code: ErrorCode = 'bad-command'): T {
  const read = schema.safeParse(request.body)
  if (!read.success) throw new Refusal(code)
  return read.data
}
