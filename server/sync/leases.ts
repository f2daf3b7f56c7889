/** Which client ids a document's people write under. An id is bound for good, so what is known stays true. */
import * as Y from 'yjs'
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, LeaseRow, Store } from '../store/store.ts'
import type { Speaker } from './service.ts'

export class Leases {
  readonly #store: Store
  readonly #document: DocumentId
  readonly #rows: Map<number, LeaseRow>

  constructor(store: Store, document: DocumentId, rows: readonly LeaseRow[]) {
    this.#store = store
    this.#document = document
    this.#rows = new Map(rows.map((row) => [row.clientId, row]))
  }

  /** Whether the id was issued to this person in this capacity, for this document. */
  owns(speaker: Speaker, clientId: number): boolean {
    const row = this.#rows.get(clientId)
    return row !== undefined && row.person === speaker.person && row.hatId === speaker.hatId
  }

  knows(clientId: number): boolean {
    return this.#rows.has(clientId)
  }

  /** The ids an update writes under that are not known here yet: they may have been issued since. None when there are too many to be honest. */
  unknownIn(update: Uint8Array): number[] {
    try {
      const ids = [...Y.parseUpdateMeta(update).from.keys()].filter((id) => !this.#rows.has(id))
      return ids.length <= limits.unknownIdsMax ? ids : []
    } catch {
      return []
    }
  }

  async lookUp(clientIds: readonly number[]): Promise<void> {
    const rows = await Promise.all(clientIds.filter(Number.isSafeInteger).map((id) => this.#store.lease(id)))
    for (const row of rows) if (row !== null && row.document === this.#document) this.#rows.set(row.clientId, row)
  }
}
