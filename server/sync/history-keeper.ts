/** Keeps a document's history beside its log, page by page, as far as its log goes. */
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, Store } from '../store/store.ts'
import { encodeHistoryPage, historyPage } from './history-page.ts'
import { Turns } from './turns.ts'

export class HistoryKeeper {
  readonly #store: Pick<Store, 'entries' | 'history' | 'write'>
  readonly #document: DocumentId
  readonly #turns = new Turns()
  /** The last entry that is kept; null before it was looked up. */
  #seq: number | null = null

  constructor(store: Pick<Store, 'entries' | 'history' | 'write'>, document: DocumentId) {
    this.#store = store
    this.#document = document
  }

  /** Whole pages only: what is left over is less than is read at once. */
  keep(upToSeq: number): Promise<void> {
    return this.#turns.take(() => this.#keep(upToSeq))
  }

  async #keep(upToSeq: number): Promise<void> {
    this.#seq ??= (await this.#store.history(this.#document, 0)).at(-1)?.seq ?? 0
    while (upToSeq - this.#seq >= limits.historyPageEntries) {
      const entries = await this.#store.entries(this.#document, this.#seq, limits.historyPageEntries)
      const seq = entries.at(-1)!.seq
      const bytes = encodeHistoryPage(historyPage(entries))
      await this.#store.write([{ put: 'history', row: { document: this.#document, afterSeq: this.#seq, seq, bytes } }])
      this.#seq = seq
    }
  }
}
