/**
 * Everybody writes letters of their own that nobody else writes, so that the test knows of every letter on the page, however
 * often it was copied, who typed it and which amendment brought it. OMNIBUS_SEED=n repeats a run; OMNIBUS_LONG=1 does more.
 */
import pino from 'pino'
import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { createDraft } from '../../server/commands/create.ts'
import { execute } from '../../server/commands/execute.ts'
import { createLedgers } from '../../server/record/ledger.ts'
import { openMemoryStore } from '../../server/store/memory.ts'
import type { AppendResult, EntryDraft } from '../../server/store/store.ts'
import { Authorship, lettersIn, lettersOfUnit } from '../../server/sync/authors.ts'
import { lineageOf } from '../../server/sync/lineage.ts'
import { loadDocument } from '../../server/sync/loading.ts'
import type { Room } from '../../server/sync/room.ts'
import type { Speaker } from '../../server/sync/service.ts'
import { realOutside } from '../../server/sync/timing.ts'
import { importText } from '../../shared/convert/importText.ts'
import { beginAmendment, readAmendments } from '../../shared/model/amendments.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { openHistory } from '../../shared/model/history.ts'
import type { History } from '../../shared/model/history.ts'
import { defineShared, defineSide, newDoc } from '../../shared/model/layout.ts'
import { createUnits, replaceWords } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readReversals } from '../../shared/model/reversal.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { takingsSince } from '../../shared/model/taking.ts'
import type { Hint, SourcePlace } from '../../shared/model/taking.ts'
import { itemOf } from '../../shared/model/texts.ts'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { editProposal } from '../../shared/text/edit.ts'
import type { AuthorView } from '../../shared/wire/authors.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import { plainRoom } from '../unit/commands/support.ts'
import { operationOf, perform } from './operations.ts'
import type { Desk, OperationKind } from './operations.ts'
import { randomOf } from './random.ts'
import type { Random } from './random.ts'
import { fixedKeys } from '../unit/keys/fixed-keys.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 60 : 5
const log = pino({ enabled: false })

const draftingKinds: readonly (readonly [OperationKind, number])[] = [
  ['type', 22], ['erase', 9], ['replace', 6], ['split', 6], ['join', 6], ['join-any', 2], ['move', 3], ['nest', 2], ['lift', 2],
  ['remove', 2], ['restore', 2], ['note', 2], ['note-words', 2], ['undo', 12], ['redo', 9], ['group', 2], ['create', 1],
]
const amendingKinds: readonly (readonly [OperationKind, number])[] = [
  ['amend', 24], ['amend-cut', 9], ['amend-replace', 8], ['restore-words', 2], ['propose', 4], ['proposal-words', 8], ['undo', 12], ['redo', 9],
]

/** Chinese characters and Korean syllables: enough that none is used twice. */
const firstLetter = 0x4e00
const isLetter = (letter: string): boolean => letter.charCodeAt(0) >= firstLetter

/** Of the library: paragraphs of letters that stand there once, and that nobody writes. */
const sourceLetter = 0x3400
const paragraphLetters = 40
const sources = [1, 2, 3].map((source) => Array.from({ length: 5 }, (_, paragraph) =>
  String.fromCharCode(...Array.from({ length: paragraphLetters }, (_, at) => sourceLetter + ((source - 1) * 5 + paragraph) * paragraphLetters + at))))
const wordsIn = (source: number, paragraph: number): string | null => sources[source - 1]?.[paragraph] ?? null
const isOfSource = (letter: string): boolean => letter.charCodeAt(0) >= sourceLetter && letter.charCodeAt(0) < sourceLetter + 15 * paragraphLetters

interface Memory {
  readonly person: string
  readonly delegation: string
  amendment: string | null
}

class Author implements Desk {
  readonly speaker: Speaker
  readonly shared = defineShared(newDoc())
  readonly side = defineSide(newDoc())
  readonly origin = {}
  history!: History
  hints: Hint[] = []
  readonly waiting: { document: string; update: Uint8Array; hints: string }[] = []

  constructor(world: World, person: string, hat: Hat, client: number) {
    this.speaker = { person, personName: person, hatId: `hat-${person}`, hat }
    this.shared.clientID = client
    this.side.clientID = client + 1
    for (const [doc, document] of [[this.shared, world.draft], [this.side, sideRoomOf(world.draft, hat.delegation)]] as const) {
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === world) return
        this.waiting.push({ document, update, hints: this.hints.length === 0 ? '' : JSON.stringify(this.hints) })
        this.hints = []
      })
    }
    this.begin()
  }

  /** What was done before a stage began is not taken back in it. */
  begin(): void {
    this.history = openHistory([this.shared, this.side], { origins: new Set([this.origin]), now: () => 0 })
    this.history.onHint = (hints) => void (this.hints = [...hints])
  }
}

class World {
  readonly random: Random
  nowMs = 1_700_000_000_000
  readonly store = openMemoryStore({ clock: () => (this.nowMs += 1000) })
  readonly rooms = new Map<string, Room>()
  readonly authors: Author[] = []
  readonly memory = new Map<string, Memory>()
  draft = ''
  #letters = firstLetter
  #keys = 0

  constructor(from: number) {
    this.random = randomOf(from)
  }

  async open(): Promise<void> {
    await this.store.write([{ put: 'person', row: { id: 'chair', name: 'chair', canCreate: true } }])
    const made = await createDraft({ store: this.store, log, now: () => 1, ...realOutside }, { key: 'key-genesis', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'chair' })
    if (!made.ok) throw new Error(made.error.code)
    this.draft = made.result.draft!
    const people: [string, Hat][] = [
      ['chair', { role: 'chair', delegation: 'office', kind: 'office', level: 'head' }],
      ['eva', { role: 'delegate', delegation: 'eu', kind: 'group', level: 'head' }],
      ['emil', { role: 'delegate', delegation: 'eu', kind: 'group', level: 'head' }],
      ['jun', { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' }],
    ]
    for (const [index, [person, hat]] of people.entries()) {
      const author = new Author(this, person, hat, 2 ** 33 + index * 10)
      for (const [doc, document] of [[author.shared, this.draft], [author.side, sideRoomOf(this.draft, hat.delegation)]] as const) {
        await this.store.write([{ put: 'lease', row: { clientId: doc.clientID, document, person, hatId: author.speaker.hatId, delegation: hat.delegation } }])
      }
      this.authors.push(author)
    }
    for (const [id, name, kind] of [['eu', 'EU', 'group'], ['jp', 'Japan', 'state']] as const) await this.command(this.chair, { command: 'add-delegation', delegation: { id, name, kind } })
    await this.command(this.chair, { command: 'import', value: importText('Title\n\nThe General Assembly,\n\nRecalling all,\n\n1. Requests a report;\n\n2. Decides to meet.\n').value })
    for (const author of this.authors) await this.meet(author)
  }

  get chair(): Author {
    return this.authors[0]!
  }

  async room(document: string): Promise<Room> {
    let known = this.rooms.get(document)
    if (known === undefined) {
      const { doc } = await loadDocument(this.store, document, document === this.draft ? 'shared' : 'side', () => this.random(1000) / 1000)
      this.rooms.set(document, (known = plainRoom(this.store, document, doc)))
    }
    return known
  }

  async command(author: Author, body: Command): Promise<string> {
    await this.meet(author)
    const deps = { store: this.store, keys: fixedKeys, ledgers: createLedgers(this.store), log, now: () => this.nowMs, room: (document: string) => this.room(document), ...realOutside, openRooms: () => [...this.rooms.values()], unitsFrom: () => Promise.resolve(0), sourceRemoved: () => undefined, hold: () => Promise.resolve(() => undefined) }
    const answer = await execute(deps, { key: `key-number-${++this.#keys}`, draft: this.draft, hatId: author.speaker.hatId, body }, author.speaker)
    await this.meet(author)
    return answer.ok ? 'done' : answer.error.code
  }

  /** Sends what was written without a connection, in order, and receives what others wrote. */
  async meet(author: Author): Promise<void> {
    for (const { document, update, hints } of author.waiting.splice(0)) {
      const { doc } = await this.room(document)
      Y.applyUpdate(doc, update)
      await this.log(document, { actor: author.speaker.person, kind: 'update', bytes: update, lineage: lineageOf(doc, update, hints, wordsIn) })
    }
    for (const [doc, document] of [[author.shared, this.draft], [author.side, sideRoomOf(this.draft, author.speaker.hat.delegation)]] as const) {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate((await this.room(document)).doc, Y.encodeStateVector(doc)), this)
    }
  }

  async log(document: string, entry: EntryDraft): Promise<void> {
    const append = (expectedSeq: number): Promise<AppendResult> => this.store.append({ document, expectedSeq, entries: [entry] })
    const first = await append(0)
    if (!first.ok && first.why === 'moved') await append(first.seq)
  }

  /** A paragraph of the library, or a part of one, comes into the text or into a proposal, and the page says from where. */
  take(author: Author, isDrafting: boolean): void {
    const [source, paragraph] = [1 + this.random(3), this.random(5)]
    const at = this.random(2) === 0 ? 0 : this.random(paragraphLetters - 14)
    const words = wordsIn(source, paragraph)!.slice(at, at === 0 ? paragraphLetters : at + 12 + this.random(paragraphLetters - 12 - at))
    const place: SourcePlace = [source, paragraph, at]
    const doc = isDrafting ? author.shared : author.side
    const view = readDraft(author.shared)
    const unit = view.units[this.random(view.units.length)]
    if (unit === undefined) return
    doc.transact(() => {
      const before = Y.getState(doc.store, doc.clientID)
      if (!isDrafting) editProposal(doc, beginAmendment(doc, { kind: 'insert', target: unit.id, unitKind: 'op', inside: false }, author.origin), { from: 0, to: 0, words }, author.origin)
      else if (this.random(2) === 0) replaceWords(doc, unit, this.random(unit.atoms.length + 1), unit.atoms.length, words, author.origin)
      else createUnits(doc, view, { parent: unit.parent, after: unit.id }, [{ kind: 'op', words, notes: this.random(2) === 0 ? [] : [{ at: 5, words: 'n' }], children: [] }], author.origin)
      author.hints = takingsSince(doc, before, [{ place, words }])
    }, author.origin)
    this.taken++
  }

  taken = 0

  /** Every letter of the library that stands in the draft is known to be from its place there, and no other is from anywhere. */
  async checkOrigins(): Promise<number> {
    const { doc } = await this.room(this.draft)
    await this.authorship.readOn()
    let found = 0
    for (const unit of readDraft(doc).units) {
      const taken = this.authorship.takenOf(doc, lettersOfUnit(doc, unit))
      for (const { place: [source, paragraph, at], words } of taken) expect(words).toBe(wordsIn(source, paragraph)!.slice(at, at + words.length))
      expect(taken.map(({ words }) => words).join('')).toBe([...unit.atoms].filter(isOfSource).join(''))
      found += taken.length
    }
    return found
  }

  async write(kinds: readonly (readonly [OperationKind, number])[], steps: number): Promise<void> {
    for (const author of this.authors) author.begin()
    for (let step = 0; step < steps; step++) {
      const author = this.authors[this.random(this.authors.length)]!
      const { person, hat } = author.speaker
      const words = Array.from({ length: 1 + this.random(5) }, () => {
        const letter = String.fromCharCode(this.#letters++)
        this.memory.set(letter, { person, delegation: hat.delegation, amendment: null })
        return letter
      }).join('')
      if (this.random(8) === 0) this.take(author, kinds === draftingKinds)
      else perform(author, { ...operationOf(this.random, kinds), words })
      if (this.random(4) === 0) await this.meet(author)
    }
    for (const author of this.authors) await this.meet(author)
    for (const author of this.authors) await this.meet(author)
  }

  async putForward(): Promise<number> {
    let done = 0
    for (const author of this.authors.filter(({ speaker }) => speaker.person !== 'emil')) {
      await this.meet(author)
      for (const amendment of readAmendments(author.side)) {
        const answer = await this.command(author, { command: 'put-forward', amendment: amendment.id, digest: digestOfAmendment(amendment) })
        if (answer !== 'done') continue
        done++
        const words = [amendment.proposal, amendment.rationale, ...amendment.hunks.map((hunk) => hunk.words)].join('')
        for (const letter of words) if (isLetter(letter)) this.memory.get(letter)!.amendment = amendment.id
      }
    }
    return done
  }

  async incorporate(): Promise<number> {
    let done = 0
    for (const amendment of readAmendments(this.chair.shared)) {
      if (this.random(3) === 0 || readAmendmentState(this.chair.shared, amendment.id)?.status !== 'open') continue
      const stands = readPublished((await this.room(this.draft)).doc, amendment.id)!
      if ((await this.command(this.chair, { command: 'incorporate', amendment: amendment.id, digest: digestOfAmendment(stands) })) === 'done') done++
    }
    return done
  }

  /** Takes some decisions back: what they had replaced is whose it was. */
  async undoDecisions(): Promise<number> {
    let done = 0
    for (const { decision } of readReversals((await this.room(this.draft)).doc)) {
      if (this.random(2) === 0 && (await this.command(this.chair, { command: 'undo-decision', decision })) === 'done') done++
    }
    return done
  }

  /** Asks as each would, also of a server that has just been started; returns how many letters were found right. */
  async check(): Promise<number> {
    let found = 0
    const room = await this.room(this.draft)
    const again = await loadDocument(this.store, this.draft, 'shared', () => 0.5)
    const started = new Authorship(this.store, this.draft)
    for (const { speaker } of this.authors) {
      const nameOf = (person: string, delegation: string): string | null => (speaker.person === 'chair' || delegation === speaker.hat.delegation ? person : null)
      const seen = []
      for (const [authorship, doc] of [[this.authorship, room.doc], [started, again.doc]] as const) {
        await authorship.readOn()
        const view = authorship.seenBy(speaker, doc, lettersIn(doc, readDraft(doc), null), nameOf)
        seen.push(view)
        for (const [client, clock, length, index] of view.runs) {
          const author = view.authors[index]!
          for (let at = clock; at < clock + length; at++) {
            const item = itemOf(doc, [client, at, 0])!
            const letter = (item.content as Y.ContentString).str[at - item.id.clock]!
            const known = this.memory.get(letter)
            if (known === undefined) {
              if (author.imported) found++
              continue
            }
            const knows = known.delegation === speaker.hat.delegation || (speaker.person === 'chair' && known.amendment === null)
            const wanted: AuthorView = {
              imported: false,
              delegation: known.amendment === null || known.delegation === speaker.hat.delegation ? known.delegation : null,
              person: knows ? known.person : null,
              amendments: known.amendment === null ? [] : [known.amendment],
            }
            // Compared as text first: there are hundreds of thousands.
            if (JSON.stringify(author) !== JSON.stringify(wanted)) expect([letter, author]).toEqual([letter, wanted])
            found++
          }
        }
      }
      expect(seen[1]).toEqual(seen[0])
    }
    return found
  }

  #authorship: Authorship | null = null
  /** The one that has gone along since the beginning. */
  get authorship(): Authorship {
    return (this.#authorship ??= new Authorship(this.store, this.draft))
  }
}

it(`WW1, OG1 every letter is found to be whose it is, and from the place of the library it was taken from, through drafting, undo, amendments, decisions and a restart (seed ${seed})`, async () => {
  const sums = { letters: 0, forward: 0, incorporated: 0, undone: 0, copies: 0, taken: 0, origins: 0 }
  for (let run = 0; run < runs; run++) {
    const world = new World(seed + run)
    await world.open()
    for (let round = 0; round < 2; round++) {
      await world.write(draftingKinds, 120)
      sums.letters += await world.check()
      await world.command(world.chair, { command: 'open-negotiation' })
      for (let sitting = 0; sitting < 2; sitting++) {
        await world.write(amendingKinds, 60)
        sums.forward += await world.putForward()
        sums.letters += await world.check()
        sums.incorporated += await world.incorporate()
        sums.letters += await world.check()
        sums.undone += await world.undoDecisions()
        sums.letters += await world.check()
        sums.origins += await world.checkOrigins()
      }
      await world.command(world.chair, { command: 'reopen-drafting', reason: 'more' })
    }
    await world.write(draftingKinds, 60)
    sums.letters += await world.check()
    sums.origins += await world.checkOrigins()
    sums.taken += world.taken
    sums.copies += (await world.store.load(world.draft)).entries.filter((entry) => entry.kind === 'update' && entry.lineage !== null).length
  }
  process.stdout.write(`authors, seed ${seed}: ${JSON.stringify(sums)}\n`)
  for (const sum of Object.values(sums)) expect(sum).toBeGreaterThan(runs)
})
