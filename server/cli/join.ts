/** Somebody new who follows an invitation, without a page. */
import { useLink } from '../auth/joining.ts'
import { speakerOf } from '../auth/speaker.ts'
import type { Store } from '../store/store.ts'
import type { Speaker } from '../sync/service.ts'

export interface Joined {
  readonly speaker: Speaker
  readonly session: string
}

export async function joinByLink(store: Store, draft: string, link: string, name: string): Promise<Joined> {
  const [, id, secret] = /\/join\/([^#]+)#(.+)$/.exec(link) ?? []
  const used = await useLink(store, Date.now(), { id: id!, secret: secret!, name, session: null })
  if (used.needsName || used.hatId === null || used.secret === null) throw new Error('An invitation gave no capacity')
  const row = (await store.hats(draft)).find((hat) => hat.id === used.hatId)
  const person = row === undefined ? null : await store.person(row.person)
  if (person === null) throw new Error('An invitation made nobody')
  return { speaker: await speakerOf(store, person, draft, used.hatId), session: used.secret }
}
