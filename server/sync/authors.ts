/** The authors of a draft's words, as one person may see them. */
import * as Y from 'yjs'
import { originsOf } from '../../shared/model/authors.ts'
import type { AuthorSources, LetterRun, Origin } from '../../shared/model/authors.ts'
import { textsOf } from '../../shared/model/layout.ts'
import { hunkText, proposalText, readAmendments } from '../../shared/model/amendments.ts'
import { itemOf } from '../../shared/model/texts.ts'
import { amendmentHome } from '../../shared/model/threads.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { SourcePlace } from '../../shared/model/taking.ts'
import type { AuthorRun, AuthorsView, AuthorView } from '../../shared/wire/authors.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { hatOf } from '../auth/hats.ts'
import type { DocumentId, RecordRow, Store } from '../store/store.ts'
import { sideOf } from './entering.ts'
import { Letters } from './letters.ts'
import type { CommandAt } from './letters.ts'
import type { Speaker } from './service.ts'
import { Turns } from './turns.ts'

export interface UnitLetters {
  readonly run: LetterRun
  readonly words: string
}

/** Letters that stand in the draft, and where in the library they were taken from. */
export interface TakenLetters {
  readonly place: SourcePlace
  readonly words: string
}

/** Persons whom the asker may know, by id. */
export type NameOf = (person: string, delegation: string) => string | null

export class Authorship {
  readonly #store: Store
  readonly #draft: DocumentId
  readonly #letters = new Map<DocumentId, Letters>()
  readonly #commands = new Map<string, ReturnType<CommandAt>>()
  #recordSeq = 0
  readonly #turns = new Turns()

  constructor(store: Store, draft: DocumentId) {
    this.#store = store
    this.#draft = draft
  }

  readOn(): Promise<void> {
    return this.#turns.take(() => this.#readOn())
  }

  async #readOn(): Promise<void> {
    for (const row of await this.#store.record(this.#draft, this.#recordSeq)) this.#take(row)
    const shared = this.#lettersOf(this.#draft)
    const before = shared.seq
    await shared.readOn((actor, atMs) => this.#commands.get(`${actor} ${atMs}`) ?? null)
    // What was copied out of a side document was in its log by then. What a command wrote there that is no copy, a file brought for its sender.
    const broughtTo = (delegation: string): CommandAt => (person) => ({ imported: false, by: { delegation, person } })
    if (shared.seq > before) await Promise.all([...shared.sources].filter((document) => document !== this.#draft).map((document) => this.#lettersOf(document).readOn(broughtTo(sideOf(document) ?? ''))))
  }

  #lettersOf(document: DocumentId): Letters {
    let letters = this.#letters.get(document)
    if (letters === undefined) this.#letters.set(document, (letters = new Letters(this.#store, document)))
    return letters
  }

  #take({ seq, actor, atMs, kind, body }: RecordRow): void {
    this.#recordSeq = seq
    const said = typeof body === 'object' && body !== null && 'hat' in body ? hatOf(body['hat'] ?? null) : null
    const key = `${actor} ${atMs}`
    const imported = kind === 'import' || this.#commands.get(key)?.imported === true
    this.#commands.set(key, { imported, by: { person: actor, delegation: said?.delegation ?? 'office' } })
  }

  #sourcesIn(doc: Y.Doc): AuthorSources {
    return {
      draft: this.#draft,
      log: (document) => this.#letters.get(document) ?? null,
      amendmentOf: (client, clock) => {
        const item = itemOf(doc, [client, clock, 0])
        return item?.parent instanceof Y.Text ? (amendmentHome(item.parent)?.amendment ?? null) : null
      },
    }
  }

  /** Of letters that are committed, those that were taken from the library. */
  takenOf(doc: Y.Doc, letters: readonly UnitLetters[]): TakenLetters[] {
    const sources = { ...this.#sourcesIn(doc), amendmentOf: () => null }
    return letters.flatMap(({ run, words }) => originsOf(sources, run).flatMap(({ run: [, clock, length], source }): TakenLetters[] =>
      source === null ? [] : [{ place: source, words: words.slice(clock - run[1], clock - run[1] + length) }]))
  }

  /** Of letters that are committed, as `lettersIn` found them; for no speaker, what anybody may see. */
  seenBy(speaker: Speaker | null, doc: Y.Doc, runs: readonly LetterRun[], nameOf: NameOf): AuthorsView {
    const sources = this.#sourcesIn(doc)
    const authors: AuthorView[] = []
    const indexes = new Map<string, number>()
    const seen: AuthorRun[] = []
    for (const origin of runs.flatMap((run) => originsOf(sources, run))) {
      const author = authorSeen(origin, speaker?.hat.delegation ?? null, nameOf)
      const key = JSON.stringify(author)
      let index = indexes.get(key)
      if (index === undefined) indexes.set(key, (index = authors.push(author) - 1))
      seen.push([...origin.run, index, origin.amendments.length > 0 ? 0 : (origin.atMs ?? 0)])
    }
    return { authors, runs: seen }
  }
}

/**
 * What came through an amendment is its proposers'; who typed it in their side document is for their own people to know.
 */
function authorSeen({ imported, writer, amendments }: Origin, own: string | null, nameOf: NameOf): AuthorView {
  const hidden = writer === null || imported || (amendments.length > 0 && writer.delegation !== own)
  return {
    imported,
    delegation: hidden ? null : writer.delegation,
    person: hidden ? null : nameOf(writer.person, writer.delegation),
    amendments,
  }
}

/** The letters on the page: of all units and notes and the proposals on them, or of one. Throws `no-such-unit`. */
export function lettersIn(doc: Y.Doc, view: DraftView, only: string | null): LetterRun[] {
  const units = only === null ? view.units : [view.byId.get(only)]
  const texts = new Set<Y.Text>()
  for (const unit of units) {
    if (unit === undefined) throw new Refusal('no-such-unit')
    for (const id of [...unit.segments.map((part) => part.text), ...unit.notes.map((note) => note.id)]) {
      const text = textsOf(doc).get(id)
      if (text instanceof Y.Text) texts.add(text)
    }
  }
  for (const { id, about, hunks } of readAmendments(doc)) {
    if (only !== null && about.target !== only) continue
    for (const text of [proposalText(doc, id), ...hunks.map((hunk) => hunkText(doc, id, hunk.id))]) if (text !== null) texts.add(text)
  }
  return [...texts].flatMap(liveRuns)
}

/** The letters of a unit, in its order, with what they say. */
export function lettersOfUnit(doc: Y.Doc, { segments }: UnitView): UnitLetters[] {
  return segments.flatMap(({ text: id, from, to }) => {
    const text = textsOf(doc).get(id)
    const letters: UnitLetters[] = []
    let at = 0
    for (let item = text instanceof Y.Text ? text._start : null; item !== null && at < to; item = item.right) {
      if (item.deleted || !item.countable) continue
      const [low, high] = [Math.max(from, at), Math.min(to, at + item.length)]
      if (low < high && item.content instanceof Y.ContentString) {
        letters.push({ run: [item.id.client, item.id.clock + low - at, high - low], words: item.content.str.slice(low - at, high - at) })
      }
      at += item.length
    }
    return letters
  })
}

function liveRuns(text: Y.Text): LetterRun[] {
  const runs: LetterRun[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const last = runs.at(-1)
    if (last !== undefined && last[0] === item.id.client && last[1] + last[2] === item.id.clock) runs[runs.length - 1] = [last[0], last[1], last[2] + item.length]
    else runs.push([item.id.client, item.id.clock, item.length])
  }
  return runs
}
