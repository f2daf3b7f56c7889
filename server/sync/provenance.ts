/** Where a draft's words come from: who wrote them, its library, and the tables that follow from both. */
import type * as Y from 'yjs'
import { derivationsOf, destinationsOf, lettersIn as countLetters } from '../../shared/text/derivations.ts'
import type { ThemeHits } from '../../shared/wire/sources.ts'
import { viewOf } from '../commands/context.ts'
import type { Ledgers } from '../record/ledger.ts'
import type { Store } from '../store/store.ts'
import { Authorship, lettersOfUnit } from './authors.ts'
import type { LibrarySource } from './exports.ts'
import { Library } from './library.ts'
import type { Room } from './room.ts'
import type { Origins } from './service.ts'
import { speakingIn } from './speaking.ts'
import type { Outside } from './timing.ts'

export interface ProvenanceDeps {
  readonly store: Store
  readonly ledgers: Ledgers
  readonly room: (draft: string) => Promise<Room>
  readonly soon: Outside['soon']
}

/** The tables as they were worked out for one state of a draft and of its record. */
interface Known {
  readonly doc: Y.Doc
  readonly seq: number
  readonly recordSeq: number
  readonly origins: Promise<Origins>
}

export class Provenance {
  readonly #deps: ProvenanceDeps
  readonly #authorships = new Map<string, Authorship>()
  readonly #libraries = new Map<string, Library>()
  readonly #known = new Map<string, Known>()

  constructor(deps: ProvenanceDeps) {
    this.#deps = deps
  }

  library(draft: string): Library {
    let library = this.#libraries.get(draft)
    if (library === undefined) this.#libraries.set(draft, (library = new Library(this.#deps.store, draft)))
    return library
  }

  authorship(draft: string): Authorship {
    let authorship = this.#authorships.get(draft)
    if (authorship === undefined) this.#authorships.set(draft, (authorship = new Authorship(this.#deps.store, draft)))
    return authorship
  }

  /** After a pause in typing everybody's page asks: it is worked out once for all of them. */
  async origins(draft: string): Promise<Origins> {
    const { room, ledgers } = this.#deps
    const opened = await room(draft)
    await opened.settled()
    const { seq: recordSeq } = await ledgers.of(draft)
    const { doc, seq } = opened
    const before = this.#known.get(draft)
    if (before?.doc === doc && before.seq === seq && before.recordSeq === recordSeq) return before.origins
    const known = { doc, seq, recordSeq, origins: this.#workOut(draft, doc) }
    this.#known.set(draft, known)
    known.origins.catch(() => {
      if (this.#known.get(draft) === known) this.#known.delete(draft)
    })
    return known.origins
  }

  async librarySource(draft: string): Promise<LibrarySource> {
    const { room, store } = this.#deps
    const [opened, origins, sources] = [await room(draft), await this.origins(draft), await store.sources(draft)]
    const library = this.library(draft)
    await library.load([...new Set(origins.destinations.map(({ source }) => source))])
    return { doc: opened.doc, origins, sources, paragraphsOf: library.textOf }
  }

  /** The paragraphs of the library that speak to these themes. */
  async speaking(draft: string, numbers: readonly number[]): Promise<ThemeHits[]> {
    const { store, ledgers, soon } = this.#deps
    const [{ themes }, sources] = [await ledgers.of(draft), await store.sources(draft)]
    const turn = (): Promise<void> => new Promise((resolve) => soon(resolve))
    return speakingIn(themes.list.filter(({ number }) => numbers.includes(number)), sources.filter(({ removedAtMs, paragraphs }) => removedAtMs === null && paragraphs > 0), this.library(draft), turn)
  }

  /** Lets go of what belongs to drafts that nobody is in. */
  tidy(isReady: (draft: string) => boolean, isOpen: (draft: string) => boolean): void {
    for (const kept of [this.#authorships, this.#known]) for (const draft of kept.keys()) if (!isReady(draft)) kept.delete(draft)
    for (const draft of this.#libraries.keys()) if (!isOpen(draft)) this.#libraries.delete(draft)
  }

  async #workOut(draft: string, doc: Y.Doc): Promise<Origins> {
    const [authorship, library] = [this.authorship(draft), this.library(draft)]
    const units = viewOf(doc).units.map((unit) => ({ unit: unit.id, words: unit.words, letters: lettersOfUnit(doc, unit) }))
    await authorship.readOn()
    const taken = units.map(({ unit, words, letters }) => ({
      unit,
      words,
      taken: authorship.takenOf(doc, letters).map(({ place: [source, paragraph], words: own }) => ({ source, paragraph, letters: countLetters(own) })),
    }))
    await library.load([...new Set(taken.flatMap((unit) => unit.taken.map(({ source }) => source)))])
    const derivations = derivationsOf(taken, library.wordsOf)
    return { units: derivations, destinations: destinationsOf(derivations, (await this.#deps.ledgers.of(draft)).leftOut) }
  }
}
