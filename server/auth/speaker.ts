/** From a signed-in person and the id of a hat to who speaks, or a refusal that says why not. */
import type { HatRow, PersonRow, Store } from '../store/store.ts'
import type { Speaker } from '../sync/service.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { hatOf } from './hats.ts'

/** Throws a Refusal: `no-such-draft`, `not-a-member`, `hat-revoked` or `no-such-hat`. */
export async function speakerOf(store: Store, person: PersonRow, draft: string, hatId: string): Promise<Speaker> {
  const own = (await store.hatsOf(person.id)).filter((row) => row.draft === draft)
  const row = own.find((candidate) => candidate.id === hatId)
  if (!row) throw await whyNone(store, draft, own)
  if (row.revokedAtMs !== null) throw new Refusal('hat-revoked')
  const hat = hatOf(row.hat)
  if (!hat) throw new Refusal('no-such-hat')
  return { person: person.id, personName: person.name, hatId, hat }
}

async function whyNone(store: Store, draft: string, own: readonly HatRow[]): Promise<Refusal> {
  if (own.some((row) => row.revokedAtMs === null)) return new Refusal('no-such-hat')
  if (own.length > 0) return new Refusal('hat-revoked')
  return new Refusal((await store.draft(draft)) ? 'not-a-member' : 'no-such-draft')
}
