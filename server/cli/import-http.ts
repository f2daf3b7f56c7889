/** Imports on a running server, as somebody who was sent a link. */
import { newId } from '../auth/secrets.ts'
import type { CliOutput } from './convert.ts'
import { toldOf } from './import-told.ts'
import type { ImportOrder } from './import-told.ts'
import { intoDraft } from '../../shared/convert/into-draft.ts'
import { placeOf, withLink } from './session.ts'

export async function importOverHttp(order: ImportOrder, url: string, link: string, io: CliOutput): Promise<number> {
  return withLink(url, link, order.name, async ({ joined, origin, post }) => {
    const command = (body: object, place: { draft?: string; hatId?: string } = {}) => post('/api/commands', { key: newId(), ...place, body })
    // An invitation to a draft imports into it; a sign-in link makes one.
    const place = placeOf(joined.draft === null ? await command({ command: 'create-draft', title: order.title }) : joined)
    for (const body of intoDraft(order)) await command(body, place)
    io.stdout.write(toldOf(order, place.draft))
    if (joined.draft === null) {
      // The link is used up, and the session ends with this command: without a new link nobody could enter the draft.
      const chair = { role: 'chair', delegation: 'office', level: 'head' }
      const { link: own } = await command({ command: 'invite', hat: chair, days: 14, uses: 1 }, place)
      io.stderr.write(`Join the draft as its chair (this link works once): ${origin}${String(own)}\n`)
    }
    return 0
  })
}
