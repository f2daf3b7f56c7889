/** On a running server, as somebody who was sent a link. */
import { z } from 'zod'
import { sessionCookie } from '../auth/sessions.ts'
import { CommandRefused, UsageError } from './usage.ts'

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), sentence: z.string() }) }),
])

const placeSchema = z.object({ draft: z.string().nullable(), hatId: z.string().nullable() })

type Result = Readonly<Record<string, unknown>>

/** Each throws a CommandRefused with the server's sentence. */
export interface LinkSession {
  /** What the link leads into: nothing, where it only signs in. */
  readonly joined: z.infer<typeof placeSchema>
  readonly origin: string
  post(path: string, body: object): Promise<Result>
  get(path: string): Promise<Result>
  file(path: string): Promise<Uint8Array>
}

/** Uses the link up; the session ends with what is done in it. */
export async function withLink<T>(url: string, link: string, name: string, use: (session: LinkSession) => Promise<T>): Promise<T> {
  const origin = originOf(url)
  const { id, secret } = partsOf(link)
  const ask = asking(origin)
  const post = async (path: string, body: object): Promise<Result> => resultIn(origin, await ask(path, body))
  const joined = placeSchema.parse(await post(`/api/links/${id}`, { secret, name }))
  try {
    return await use({
      joined,
      origin,
      post,
      get: async (path) => resultIn(origin, await ask(path)),
      async file(path) {
        const response = await ask(path)
        if (!response.ok) await resultIn(origin, response)
        return new Uint8Array(await response.arrayBuffer())
      },
    })
  } finally {
    await post('/api/sign-out', {}).catch(() => undefined)
  }
}

/** The one draft that a link led into, or that was just made. Throws a UsageError where there is none. */
export function placeOf(joined: Result): { readonly draft: string; readonly hatId: string } {
  const { draft, hatId } = placeSchema.parse(joined)
  if (draft === null || hatId === null) throw new UsageError('This link gives no capacity in which a text can be imported.')
  return { draft, hatId }
}

function originOf(url: string): string {
  const read = URL.canParse(url) ? new URL(url) : null
  if (read?.protocol !== 'http:' && read?.protocol !== 'https:') throw new UsageError('--url is the address of the server, such as http://127.0.0.1:8080')
  return read.origin
}

/** The whole link or its path. */
function partsOf(link: string): { readonly id: string; readonly secret: string } {
  const found = /(?:^|\/)join\/([A-Za-z0-9_-]+)#([A-Za-z0-9_-]+)$/.exec(link)
  if (!found) throw new UsageError('--link is an invitation or sign-in link with all of its characters: …/join/…#…')
  return { id: found[1]!, secret: found[2]! }
}

/** Posts what has a body. Keeps the session's cookie from one request to the next. */
function asking(origin: string): (path: string, body?: object) => Promise<Response> {
  let cookie = ''
  return async (path, body) => {
    const headers = { origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(cookie ? { cookie } : {}) }
    const response = await fetch(origin + path, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null)
    if (!response) throw new CommandRefused(`No server answers at ${origin}.`)
    const set = response.headers.getSetCookie().find((line) => line.startsWith(`${sessionCookie}=`))
    if (set) cookie = set.split(';')[0]!
    return response
  }
}

async function resultIn(origin: string, response: Response): Promise<Result> {
  const answer = answerSchema.safeParse(await response.json().catch(() => null))
  if (!answer.success) throw new CommandRefused(`What answers at ${origin} is not Omnibus.`)
  if (!answer.data.ok) throw new CommandRefused(answer.data.error.sentence)
  return answer.data.result
}
