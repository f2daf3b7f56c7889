/** Yjs client ids, issued by the server and bound for good: a struct under one says who wrote it. */
import { randomBytes } from 'node:crypto'
import type { DocumentId, Store, Write } from '../store/store.ts'
import type { Speaker } from '../sync/service.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'

/** A safe integer from limits.serverClientIdMax up: 53 random bits, so that two never meet. */
export function randomClientId(): number {
  for (;;) {
    const id = Number(randomBytes(8).readBigUInt64BE() >> 11n)
    if (id >= limits.serverClientIdMax && id <= limits.clientIdMax) return id
  }
}

/** Issues `count` ids. Throws `ids-used-up` when the hat has had all that it may have in this document. */
export async function leaseClientIds(
  store: Store, document: DocumentId, speaker: Speaker, count: number, draw: () => number = randomClientId,
): Promise<readonly number[]> {
  const issued = await store.leaseCount(document, speaker.hatId)
  if (issued + count > limits.leasesPerHatMax) throw new Refusal('ids-used-up')
  for (;;) {
    const clientIds = distinct(count, draw)
    const writes = clientIds.map((clientId): Write => ({
      put: 'lease',
      row: { clientId, document, person: speaker.person, hatId: speaker.hatId, delegation: speaker.hat.delegation },
    }))
    // False: one of them was bound before. Nothing was written, and other ones are drawn.
    if (await store.write(writes)) return clientIds
  }
}

function distinct(count: number, draw: () => number): number[] {
  const ids = new Set<number>()
  while (ids.size < count) ids.add(draw())
  return [...ids]
}
