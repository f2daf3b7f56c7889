/** Imports on a running server, as somebody who was sent a link. */
import { z } from 'zod'
import { newId } from '../auth/secrets.ts'
import { sessionCookie } from '../auth/sessions.ts'
import type { CliOutput } from './convert.ts'
import type { ImportOrder } from './import.ts'
import { CommandRefused, UsageError } from './usage.ts'

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), sentence: z.string() }) }),
])

const placeSchema = z.object({ draft: z.string().nullable(), hatId: z.string().nullable() })

type Post = (path: string, body: object) => Promise<Readonly<Record<string, unknown>>>

export async function importOverHttp(order: ImportOrder, url: string, link: string, io: CliOutput): Promise<number> {
  const origin = originOf(url)
  const { id, secret } = partsOf(link)
  const post = posting(origin)
  const joined = placeSchema.parse(await post(`/api/links/${id}`, { secret, name: order.name }))
  const command = (body: object, place: { draft?: string; hatId?: string } = {}) => post('/api/commands', { key: newId(), ...place, body })
  // An invitation to a draft imports into it; a sign-in link makes one.
  const made = joined.draft === null ? placeSchema.parse(await command({ command: 'create-draft', title: order.title })) : joined
  if (made.draft === null || made.hatId === null) throw new UsageError('This link gives no capacity in which a text can be imported.')
  const place = { draft: made.draft, hatId: made.hatId }
  await command({ command: 'import', value: order.value }, place)
  io.stdout.write(`${JSON.stringify({ draft: place.draft, title: order.title, report: order.report })}\n`)
  if (joined.draft === null) {
    // The link is used up, and the session ends with this command: without a new link nobody could enter the draft.
    const chair = { role: 'chair', delegation: 'office', level: 'head' }
    const { link: own } = await command({ command: 'invite', hat: chair, days: 14, uses: 1 }, place)
    io.stderr.write(`Join the draft as its chair (this link works once): ${origin}${String(own)}\n`)
  }
  await post('/api/sign-out', {})
  return 0
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

/** Keeps the session's cookie from one request to the next. Throws a CommandRefused with the server's sentence. */
function posting(origin: string): Post {
  let cookie = ''
  return async (path, body) => {
    const headers = { 'content-type': 'application/json', origin, ...(cookie ? { cookie } : {}) }
    const response = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null)
    if (!response) throw new CommandRefused(`No server answers at ${origin}.`)
    const set = response.headers.getSetCookie().find((line) => line.startsWith(`${sessionCookie}=`))
    if (set) cookie = set.split(';')[0]!
    const answer = answerSchema.safeParse(await response.json().catch(() => null))
    if (!answer.success) throw new CommandRefused(`What answers at ${origin} is not Omnibus.`)
    if (!answer.data.ok) throw new CommandRefused(answer.data.error.sentence)
    return answer.data.result
  }
}
