/**
 * A draft's library as the rooms need it: the paragraphs of its sources, read from the store when they are first asked for, and
 * an index of each for the search. A source never changes, so what was read stays true until it is taken out.
 */
import type { ResolutionValue } from '../../shared/model/value.ts'
import { paragraphsOf } from '../../shared/text/paragraphs.ts'
import type { SourceParagraph } from '../../shared/text/paragraphs.ts'
import { indexOf } from '../../shared/text/said.ts'
import type { TextIndex } from '../../shared/text/said.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { DocumentId, Store } from '../store/store.ts'

export class Library {
  readonly #store: Pick<Store, 'sources' | 'sourceValue'>
  readonly #draft: DocumentId
  readonly #texts = new Map<number, readonly SourceParagraph[]>()
  readonly #indexes = new Map<number, TextIndex>()

  constructor(store: Pick<Store, 'sources' | 'sourceValue'>, draft: DocumentId) {
    this.#store = store
    this.#draft = draft
  }

  /** Those that there may be and that are not read yet. */
  missing(sources: readonly number[]): number[] {
    return sources.filter((source) => source >= 1 && source <= limits.sourcesMax && !this.#texts.has(source))
  }

  /** One after another, so that others have their turn between. What is not there is asked for again the next time. */
  async load(sources: readonly number[]): Promise<void> {
    for (const source of this.missing(sources)) {
      const value = await this.#store.sourceValue(this.#draft, source)
      if (value !== null) this.#texts.set(source, paragraphsOf(value as unknown as ResolutionValue))
    }
  }

  /** Null for a source that is not loaded. */
  readonly textOf = (source: number): readonly SourceParagraph[] | null => this.#texts.get(source) ?? null

  /** Null for a source that is not loaded, and for a paragraph that is not there. */
  readonly wordsOf = (source: number, paragraph: number): string | null => this.#texts.get(source)?.[paragraph]?.words ?? null

  async paragraphs(source: number): Promise<readonly SourceParagraph[] | null> {
    await this.load([source])
    return this.#texts.get(source) ?? null
  }

  /** Of every source that is in the library and has words. */
  async indexes(): Promise<ReadonlyMap<number, TextIndex>> {
    const there = (await this.#store.sources(this.#draft)).filter(({ removedAtMs, paragraphs }) => removedAtMs === null && paragraphs > 0).map(({ number }) => number)
    await this.load(there)
    for (const source of there) {
      const text = this.#texts.get(source)
      if (text !== undefined && !this.#indexes.has(source)) this.#indexes.set(source, indexOf(text.map(({ words }) => words)))
    }
    return this.#indexes
  }

  /** It was taken out. */
  forget(source: number): void {
    this.#texts.delete(source)
    this.#indexes.delete(source)
  }
}
