import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { checkUpdate } from '../../../server/sync/gate/index.ts'
import type { GateFacts } from '../../../server/sync/gate/index.ts'
import { beginAmendment, editText, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { deedsOf } from '../../../shared/model/deeds.ts'
import type { Deed } from '../../../shared/model/deeds.ts'
import { openHistory } from '../../../shared/model/history.ts'
import { openMoved } from '../../../shared/model/moved.ts'
import { createUnits, insertNote, replaceNoteWords, replaceWords, splitUnit } from '../../../shared/model/operations.ts'
import { openReplay } from '../../../shared/model/replay.ts'
import type { LineageHint } from '../../../shared/model/revert.ts'
import { takingsSince } from '../../../shared/model/taking.ts'
import { readNotes } from '../../../shared/model/side-notes.ts'
import { amendingKinds, draftingKinds, notingKinds, operationOf, perform } from '../../fuzz/operations.ts'
import { randomOf } from '../../fuzz/random.ts'
import { behind, copyOf, draft, page, read, sharedDoc, sideDoc, sync, unitOf, valuesOf } from './support.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const me = 'me'

interface Done {
  readonly deeds: readonly Deed[]
  readonly hints: readonly LineageHint[]
}

/** What is done in a document from now on, update by update, as a page keeps it. */
function keeping(doc: Y.Doc): Done[] {
  const kept: Done[] = []
  doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
    // As the device gives it back.
    if (local) kept.push({ deeds: JSON.parse(JSON.stringify(deedsOf(doc, update))) as Deed[], hints: [] })
  })
  return kept
}

/** Does again what may be; `leaving`: whether the n-th is left. Returns the updates that this made. */
function again(doc: Y.Doc, kept: readonly Done[], leaving: (index: number) => boolean = () => false, anchored = doc): Uint8Array[] {
  const made: Uint8Array[] = []
  const see = (update: Uint8Array): void => { made.push(update) }
  doc.on('update', see)
  const replay = openReplay<string>(doc, anchored)
  for (const [index, { deeds, hints }] of kept.entries()) {
    if (leaving(index) || !replay.stands(deeds)) replay.leave(deeds, replay.whyLeft(deeds) ?? `left ${index}`)
    else doc.transact((transaction) => replay.perform(transaction, deeds, hints))
  }
  doc.off('update', see)
  return made
}

const type = (doc: Y.Doc, words: string, after: string, added: string): void => {
  const unit = unitOf(doc, words)
  replaceWords(doc, unit, behind(unit, after), behind(unit, after), added, me)
}

const anybody: GateFacts = { kind: 'shared', stage: 'drafting', unitFacts: () => ({ locked: false, agreed: false }), anyClosedUnit: false }

/** What the gate makes of updates, one after the other. */
function refusals(before: Y.Doc, updates: readonly Uint8Array[], client: number, facts: GateFacts = anybody): string[] {
  return updates.flatMap((update) => {
    const verdict = checkUpdate(before, update, { hat: { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' }, owns: (id) => id === client }, facts)
    if (verdict.ok) Y.applyUpdate(before, update)
    return verdict.ok ? [] : [verdict.code]
  })
}

describe('what is done again', () => {
  it('CO23 words, paragraphs and notes come to be under another id as they were, in the places where they were', () => {
    const base = draft('pp one two\nop three')
    const mine = copyOf(base, 2)
    const kept = keeping(mine)
    type(mine, 'one', 'one', ' and')
    type(mine, 'one', 'and', ' a half')
    splitUnit(mine, read(mine), unitOf(mine, 'one'), 8, undefined, me)
    const note = insertNote(mine, unitOf(mine, 'three'), 5, 'see', me)!
    replaceNoteWords(mine, note, 3, 3, ' there', me)
    createUnits(mine, read(mine), { parent: null, after: unitOf(mine, 'three').id }, valuesOf('op four\n  sub five'), me)
    type(mine, 'five', 'five', '!')
    const fresh = copyOf(base, 3)
    const updates = again(fresh, kept)
    expect(page(fresh)).toEqual(page(mine))
    expect(refusals(copyOf(base, 4), updates, fresh.clientID)).toEqual([])
  })

  it('CO23 words go behind the letter that they were typed behind, whatever others have written or struck meanwhile', () => {
    const base = draft('op one two three')
    const mine = copyOf(base, 2)
    const kept = keeping(mine)
    type(mine, 'one', 'two', ' MINE')
    replaceWords(mine, unitOf(mine, 'one'), 0, 3, '', me)
    const fresh = copyOf(base, 3)
    const unit = unitOf(fresh, 'one')
    replaceWords(fresh, unit, 4, 7, 'TWO', 'others')
    again(fresh, kept)
    expect(page(fresh)).toEqual(['op   MINETWO three'])
  })

  it('CO24 what stands on something that was left is left too, and nothing else is', () => {
    const base = draft('op one\nop two')
    const mine = copyOf(base, 2)
    const kept = keeping(mine)
    type(mine, 'one', 'one', ' refused')
    type(mine, 'two', 'two', ' taken')
    type(mine, 'one', 'refused', ' and on')
    createUnits(mine, read(mine), { parent: null, after: null }, valuesOf('op refused too'), me)
    type(mine, 'refused too', 'too', '!')
    type(mine, 'two', 'taken', ' as well')
    const fresh = copyOf(base, 3)
    again(fresh, kept, (index) => index === 0 || index === 3)
    expect(page(fresh)).toEqual(['op one', 'op two taken as well'])
    const replay = openReplay<string>(copyOf(base, 4))
    for (const index of [0, 3]) replay.leave(kept[index]!.deeds, `left ${index}`)
    expect([1, 2, 4, 5].map((index) => replay.whyLeft(kept[index]!.deeds))).toEqual([null, 'left 0', 'left 3', null])
  })

  it('CO23 what arrived is known again, letter by letter; other words under the same ids are not', () => {
    const base = draft('op one')
    const mine = copyOf(base, 2)
    const kept = keeping(mine)
    type(mine, 'one', 'one', ' two')
    replaceWords(mine, unitOf(mine, 'one'), 0, 1, '', me)
    createUnits(mine, read(mine), { parent: null, after: null }, valuesOf('op new'), me)
    const replay = openReplay(copyOf(mine, 3))
    expect(kept.map(({ deeds }) => replay.isThere(deeds))).toEqual([true, true, true])
    const twin = copyOf(base, 2)
    type(twin, 'one', 'one', ' TWO')
    const forked = openReplay(twin)
    expect(kept.map(({ deeds }) => forked.isThere(deeds))).toEqual([false, false, false])
  })

  it('CO23 words that undo brought back name the letters that they are copies of, under the new id', () => {
    const base = draft('op one two')
    const mine = copyOf(base, 2)
    const kept = keeping(mine)
    const history = openHistory([mine], { origins: new Set([me]), now: () => 0 })
    let hints: readonly LineageHint[] = []
    history.onHint = (found) => { hints = found }
    replaceWords(mine, unitOf(mine, 'one'), 0, 3, '', me)
    history.undo()
    const fresh = copyOf(base, 3)
    const replay = openReplay(fresh)
    const now = kept.map((one, index) => fresh.transact((transaction) => replay.perform(transaction, one.deeds, index === 1 ? hints : [])))
    expect(page(fresh)).toEqual(['op one two'])
    expect(now[1]).toEqual([{ to: [fresh.clientID, 0, 3], from: hints[0]!.from }])
  })

  it('OG7 words that were taken from a source keep their place in it, under the new id', () => {
    const base = draft('op one two')
    const mine = copyOf(base, 2)
    const kept = keeping(mine)
    const before = Y.getState(mine.store, mine.clientID)
    replaceWords(mine, unitOf(mine, 'one'), 0, 0, 'Decides to meet again ', me)
    const hints = takingsSince(mine, before, [{ place: [3, 4, 0], words: 'Decides to meet again ' }])
    const fresh = copyOf(base, 3)
    const replay = openReplay(fresh)
    const now = kept.map(({ deeds }) => fresh.transact((transaction) => replay.perform(transaction, deeds, hints)))
    expect(now).toEqual([[{ to: [fresh.clientID, 0, 22], source: [3, 4, 0] }]])
  })

  it('CO25 an amendment comes to be with its words, where its anchors hold; on letters that are gone it does not', () => {
    const base = draft('op one two')
    const side = sideDoc(2)
    const kept = keeping(side)
    const { id } = unitOf(base, 'one')
    const insert = beginAmendment(side, { kind: 'insert', target: id, unitKind: 'op', inside: false }, me)
    editText(side, proposalText(side, insert)!, 0, 0, 'new', me)
    const letter = base.clientID
    beginAmendment(side, { kind: 'split', target: id, at: [letter, 6, 0] }, me)
    beginAmendment(side, { kind: 'split', target: id, at: [letter, 999, 0] }, me)
    const fresh = sideDoc(3)
    again(fresh, kept, undefined, base)
    expect(readAmendments(fresh).map(({ id: own, about, proposal }) => [own.startsWith(fresh.clientID.toString(36)), about.kind, proposal])).toEqual([[true, 'insert', 'new'], [true, 'split', '']])
  })

  it(`CO26 a day of drafting is done again as it was, and the gate refuses nothing of it; nor of what is left when any of it is refused (seed ${seed})`, () => {
    let done = 0
    for (let run = 0; run < 60; run++) {
      const random = randomOf(seed + run)
      const base = draft('title Lamps\npp one two three\nop four five\n  sub six\n  sub seven\nop eight nine', sharedDoc(1))
      const mine = copyOf(base, 2)
      const history = openHistory([mine], { origins: new Set([me]), now: () => 0 })
      const kept: { deeds: Deed[]; hints: LineageHint[] }[] = []
      let hints: LineageHint[] = []
      history.onHint = (found) => { hints.push(...found) }
      mine.on('update', (update: Uint8Array) => {
        kept.push({ deeds: deedsOf(mine, update), hints })
        hints = []
      })
      for (let count = 0; count < 60; count++) perform({ shared: mine, side: null, history, origin: me }, operationOf(random, draftingKinds))
      const fresh = copyOf(base, 3)
      const updates = again(fresh, kept)
      expect([run, page(fresh)]).toEqual([run, page(mine)])
      expect([run, refusals(copyOf(base, 4), updates, fresh.clientID)]).toEqual([run, []])
      const some = copyOf(base, 5)
      expect([run, refusals(copyOf(base, 6), again(some, kept, () => random(5) === 0), some.clientID)]).toEqual([run, []])
      done += updates.length
    }
    expect(done).toBeGreaterThan(1_000)
  })

  it(`CO26 so is a day of amending (seed ${seed})`, () => {
    let done = 0
    for (let run = 0; run < 40; run++) {
      const random = randomOf(seed + run)
      const shared = draft('title Lamps\npp one two three\nop four five\n  sub six\nop eight nine', sharedDoc(1))
      const side = sideDoc(2)
      const kept = keeping(side)
      const history = openHistory([side], { origins: new Set([me]), now: () => 0 })
      for (let count = 0; count < 60; count++) perform({ shared, side, history, origin: me }, operationOf(random, [...amendingKinds, ...notingKinds]))
      const fresh = sideDoc(3)
      const updates = again(fresh, kept, undefined, shared)
      expect([run, plain(fresh, shared)]).toEqual([run, plain(side, shared)])
      const facts: GateFacts = { ...anybody, kind: 'side', delegation: 'jp', stage: 'negotiation', shared }
      expect([run, refusals(sideDoc(4), updates, fresh.clientID, facts)]).toEqual([run, []])
      const some = sideDoc(5)
      expect([run, refusals(sideDoc(6), again(some, kept, () => random(5) === 0, shared), some.clientID, facts)]).toEqual([run, []])
      done += updates.length
    }
    expect(done).toBeGreaterThan(500)
  })
})

/** What is in a side document, whatever its ids. */
const plain = (side: Y.Doc, shared: Y.Doc): unknown => [
  readAmendments(side).map(({ about, hunks, cuts, proposal, dropped }) => ({ about, hunks: hunks.map(({ at, words }) => ({ at, words })), cuts: cuts.length, proposal, dropped })),
  read(shared).units.flatMap(({ id }) => readNotes(side, id)).map(({ unit, kind, words }) => ({ unit, kind, words })),
]

it('CO26 what is done again by two at once ends alike for both', () => {
  const base = draft('op one')
  const mine = copyOf(base, 2)
  const kept = keeping(mine)
  type(mine, 'one', 'one', ' two')
  const [first, second] = [copyOf(base, 3), copyOf(base, 4)]
  again(first, kept)
  again(second, kept)
  sync(first, second)
  expect(page(first)).toEqual(page(second))
})

it('CO23 letters that were written again are found run by run, and those that were not stand for themselves', () => {
  const moved = openMoved()
  moved.add({ client: 1, clock: 10, length: 5 }, { client: 2, clock: 0 })
  moved.add({ client: 1, clock: 20, length: 2 }, { client: 2, clock: 9 })
  moved.add({ client: 1, clock: 15, length: 1 }, { client: 2, clock: 30 })
  expect(moved.now({ client: 1, clock: 8, length: 15 })).toEqual([
    { client: 1, clock: 8, length: 2 }, { client: 2, clock: 0, length: 5 }, { client: 2, clock: 30, length: 1 },
    { client: 1, clock: 16, length: 4 }, { client: 2, clock: 9, length: 2 }, { client: 1, clock: 22, length: 1 },
  ])
  expect(moved.now({ client: 1, clock: 12, length: 1 })).toEqual([{ client: 2, clock: 2, length: 1 }])
  expect(moved.now({ client: 3, clock: 12, length: 2 })).toEqual([{ client: 3, clock: 12, length: 2 }])
})
