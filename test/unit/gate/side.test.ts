import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, dropAmendment, dropCut, editText, insertionAnchor, proposalText } from '../../../shared/model/amendments.ts'
import { stateOfBecame } from '../../../shared/model/forward.ts'
import { amendmentsOf, textsOf } from '../../../shared/model/layout.ts'
import type { About } from '../../../shared/model/layout.ts'
import { insertNote, joinUnits, placeIn, splitUnit } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { hostileUpdate } from './support/hostile.ts'
import type { Deletes, Piece } from './support/hostile.ts'
import {
  actor, copyOf, emptySide, entryAt, itemAt, japan, letter, me, my, refusal, serverId, sharedWith, sideFacts, submit, textOf, unit, updatesOf,
} from './support/room.ts'

const { doc: shared, ids } = sharedWith(unit('Recalling 👋 its resolutions'), unit('Urges all States'))
const [first, second] = [ids[0]!, ids[1]!]
const published = beginAmendment(shared, { kind: 'insert', target: first, unitKind: 'op', inside: false })
proposalText(shared, published)!.insert(0, 'Decides')
insertNote(shared, readDraft(shared).byId.get(second)!, 5, 'See above')

const by = actor()
const facts = sideFacts(shared)
const side = emptySide()
const hostile = (pieces: readonly Piece[], room = side, clock = 0, deletes: Deletes = []): string =>
  refusal(room, hostileUpdate([{ client: me, clock, pieces }], deletes), by, facts)

/** The five entries of an amendment, at clocks 0 to 5. */
const amendment = (about: unknown, without?: string): Piece[] => [
  { parent: 'amendments', sub: my(), content: { type: 'map' } },
  ...([['about', { any: [about] }], ['hunks', { type: 'map' }], ['cuts', { type: 'map' }], ['proposal', { type: 'text' }], ['rationale', { type: 'text' }]] as const)
    .filter(([sub]) => sub !== without)
    .map(([sub, content]): Piece => ({ parent: [me, 0], sub, content })),
]
const modify: About = { kind: 'modify', target: first }
const hunk = (at: unknown): Piece[] => [
  { parent: [me, 2], sub: my(6), content: { type: 'map' } },
  { parent: [me, 6], sub: 'at', content: { any: [at] } },
  { parent: [me, 6], sub: 'text', content: { type: 'text' } },
]
const cut = (range: unknown): Piece[] => [
  { parent: [me, 3], sub: my(6), content: { type: 'map' } },
  { parent: [me, 6], sub: 'range', content: { any: [range] } },
]
const anchored = (at: unknown, about: About = modify): string => hostile([...amendment(about), ...hunk(at)])
const cutOf = (range: unknown): string => hostile([...amendment(modify), ...cut(range)])

describe('amendments', () => {
  test('GA12 an amendment comes whole', () => {
    expect(hostile(amendment(modify))).toBe('accepted')
    for (const key of ['about', 'hunks', 'cuts', 'proposal', 'rationale']) {
      // What follows a missing key would hang on other clocks; so nothing follows.
      expect(hostile(amendment(modify, key))).toBe('bad-value')
    }
    expect(hostile([...amendment(modify), ...hunk([...letter(shared, first, 2), -1]).slice(0, 2)]), 'a hunk without words').toBe('bad-value')
    expect(hostile([...amendment(modify), { parent: [me, 2], sub: my(6), content: { type: 'map' } }]), 'nor place').toBe('bad-value')
    expect(hostile([...amendment(modify), ...cut([]).slice(0, 1)]), 'a cut of nothing').toBe('bad-value')
  })

  test('GA12 what it is about is well formed', () => {
    for (const about of [null, 'x', {}, { kind: 'modify' }, { kind: 'steal', target: first }, { kind: 'modify', target: '' }, { ...modify, sponsors: ['jp'] },
      { kind: 'insert', target: first, unitKind: 'chapter', inside: false }, { kind: 'insert', target: first, unitKind: 'op' }]) {
      expect(hostile(amendment(about))).toBe('bad-value')
    }
    expect(hostile(amendment({ kind: 'insert', target: '', unitKind: 'op', inside: false }))).toBe('accepted')
  })

  test('GA8 its words are words alone', () => {
    for (const content of [{ embed: { note: second } }, { embed: { unit: first } }, { format: ['bold', true] }, { any: ['a'] }, { type: 'text' }] as const) {
      expect(hostile([...amendment(modify), { parent: [me, 4], content }])).toBe('bad-content')
    }
    expect(hostile([...amendment(modify), { parent: [me, 4], content: { words: 'Decides' } }])).toBe('accepted')
  })

  test('GA11 it is neither deleted nor made again, nor is anything in it', () => {
    const room = copyOf(side, serverId)
    const made = [...amendment(modify), ...hunk([...letter(shared, first, 2), -1])]
    expect(submit(room, hostileUpdate([{ client: me, clock: 0, pieces: made }]), by, facts).ok).toBe(true)
    for (let clock = 0; clock < made.length; clock++) {
      expect(refusal(room, hostileUpdate([], [[me, [clock, 1]]]), by, facts)).toBe('create-once')
      expect(hostile([{ left: [me, clock], content: clock === 1 || clock === 7 ? { any: [modify] } : { type: 'map' } }], room, made.length)).toBe('create-once')
    }
    const at = itemAt(amendmentsOf(room).get(my())!)
    expect(hostile([{ parent: at, sub: 'revisions', content: { any: [1] } }], room, made.length)).toBe('bad-key')
    expect(hostile([{ parent: at, sub: 'dropped', content: { any: [1] } }], room, made.length)).toBe('bad-value')
    expect(hostile([{ parent: at, sub: 'dropped', content: { any: [true] } }], room, made.length)).toBe('accepted')
  })

  test('GA10 threads of a side document are the server’s too', () => {
    expect(refusal(side, hostileUpdate([{ client: me, clock: 0, pieces: [{ parent: 'threads', sub: my(), content: { type: 'map' } }] }]), by, facts)).toBe('not-permitted')
  })

  test('GA17 nobody writes into another delegation’s side document, readers nowhere, nobody once it is frozen', () => {
    const update = hostileUpdate([{ client: me, clock: 0, pieces: amendment(modify) }])
    const kenya = actor({ ...japan, delegation: 'ke' })
    expect(refusal(side, update, kenya, facts)).toBe('not-yours')
    expect(refusal(side, update, by, { ...facts, delegation: undefined })).toBe('not-yours')
    expect(refusal(side, update, actor({ ...japan, level: 'reader' }), facts)).toBe('only-drafters')
    expect(refusal(side, update, by, { ...facts, stage: 'frozen' })).toBe('frozen')
    expect(refusal(side, update, by, { ...facts, stage: 'silence' })).toBe('accepted')
    const room = copyOf(side, serverId)
    submit(room, update, by, facts)
    const words = hostileUpdate([{ client: me, clock: 6, pieces: [{ parent: [me, 4], content: { words: 'a' } }] }])
    submit(room, words, by, facts)
    expect(refusal(room, hostileUpdate([], [[me, [6, 1]]]), kenya, facts)).toBe('not-yours')
  })
})

describe('anchors', () => {
  test('GA16 an anchor holds on to a letter of its target’s text, or to the text’s beginning', () => {
    expect(anchored([...letter(shared, first, 4), -1])).toBe('accepted')
    expect(anchored([...letter(shared, first, 4), 0])).toBe('accepted')
    expect(anchored([...itemAt(textOf(shared, first)), -1])).toBe('accepted')
    expect(anchored([...itemAt(textOf(shared, first)), 0])).toBe('bad-anchor')
    expect(cutOf([[...letter(shared, first, 4), 0], [...letter(shared, first, 6), -1]])).toBe('accepted')
  })

  test('GA16 one into another unit, a note, or by a root’s name is refused', () => {
    const note = [...textsOf(shared).keys()].find((id) => !ids.includes(id))!
    const state = Y.getState(shared.store, serverId)
    for (const at of [
      [...letter(shared, second, 4), -1],
      [...letter(shared, note, 1), -1],
      [...itemAt(textOf(shared, second)), -1],
      [...entryAt(shared.getMap('units'), first), -1],
      [serverId, state, -1], [serverId, state + 1e9, -1], [me, 0, -1], [2 ** 53 - 1, 0, 0],
      ['texts', 0, -1], { tname: 'texts', assoc: -1 }, { type: null, tname: 'texts', item: null, assoc: 0 }, [...letter(shared, first, 4)],
      [...letter(shared, first, 4), 1], [...letter(shared, first, 4), -1, 0], [-1, 0, 0], [7, 1.5, 0], null, 'x', [],
    ]) {
      expect(anchored(at), JSON.stringify(at)).toBe('bad-anchor')
    }
    expect(anchored([...letter(shared, first, 4), -1], { kind: 'insert', target: '', unitKind: 'op', inside: false })).toBe('bad-anchor')
    expect(anchored([...letter(shared, first, 4), -1], { kind: 'modify', target: my(99) })).toBe('bad-anchor')
    const [from, to] = [[...letter(shared, first, 4), 0], [...letter(shared, first, 6), -1]]
    for (const range of [null, [], [from], [from, to, to], [from, null], [from, [...letter(shared, second, 2), -1]], { 0: from, 1: to }]) {
      expect(cutOf(range), JSON.stringify(range)).toBe('bad-anchor')
    }
    const without = hostileUpdate([{ client: me, clock: 0, pieces: [...amendment(modify), ...hunk(to)] }])
    expect(refusal(side, without, by, { ...facts, shared: undefined })).toBe('bad-anchor')
  })

  test('GA16 nor between the halves of a character', () => {
    expect(anchored([...letter(shared, first, 10), -1])).toBe('split-surrogate')
    expect(anchored([...letter(shared, first, 11), 0])).toBe('split-surrogate')
    expect(anchored([...letter(shared, first, 10), 0])).toBe('accepted')
    expect(anchored([...letter(shared, first, 11), -1])).toBe('accepted')
    expect(cutOf([[...letter(shared, first, 11), 0], [...letter(shared, first, 13), -1]])).toBe('split-surrogate')
  })

  test('GA16 the new paragraph of a published amendment is a target too', () => {
    const [client, clock] = itemAt(proposalText(shared, published)!)
    const onIt: About = { kind: 'modify', target: published }
    expect(anchored([client, clock, -1], onIt)).toBe('accepted')
    expect(anchored([client, clock + 3, -1], onIt)).toBe('accepted')
    expect(anchored([...letter(shared, first, 4), -1], onIt)).toBe('bad-anchor')
    expect(anchored([client, clock + 3, -1])).toBe('bad-anchor')
  })

  test('GA16 what it became is one still when that decision was undone before the sender saw it', () => {
    const { doc, ids: [unitMade] } = sharedWith(unit('Decides to act'))
    const outer = beginAmendment(doc, { kind: 'insert', target: '', unitKind: 'op', inside: false })
    const on = (): string =>
      refusal(side, hostileUpdate([{ client: me, clock: 0, pieces: [...amendment({ kind: 'modify', target: outer }), ...hunk([...letter(doc, unitMade!, 3), -1])] }]), by, sideFacts(doc))
    expect(on()).toBe('bad-anchor')
    const state = doc.getMap<unknown>('state')
    state.set(stateOfBecame(outer), { unit: unitMade, start: [...itemAt(textOf(doc, unitMade!)), -1], atMs: 1, runs: [] })
    expect(on()).toBe('accepted')
    state.delete(stateOfBecame(outer))
    expect(on()).toBe('accepted')
  })

  test('GA16 split, joined and deleted words are still the target’s', () => {
    const { doc: moved, ids: [one, two] } = sharedWith(unit('Recalling its resolutions'), unit('Urges all States'))
    const end = letter(moved, one!, 20)
    const inTwo = letter(moved, two!, 3)
    const on = (target: string, at: readonly [number, number]): string =>
      refusal(side, hostileUpdate([{ client: me, clock: 0, pieces: [...amendment({ kind: 'modify', target }), ...hunk([...at, -1])] }]), by, sideFacts(moved))
    const view = readDraft(moved)
    const half = splitUnit(moved, view, view.byId.get(one!)!, 9)!
    expect(on(one!, end)).toBe('accepted')
    expect(on(half, end)).toBe('accepted')
    expect(on(one!, inTwo)).toBe('bad-anchor')
    const after = readDraft(moved)
    joinUnits(moved, after, after.byId.get(half)!, after.byId.get(two!)!)
    expect(on(half, inTwo)).toBe('accepted')
    expect(on(two!, end)).toBe('accepted')
    textOf(moved, one!).delete(12, 12)
    expect(on(half, end)).toBe('accepted')
  })
})

describe('honest work in a side document', () => {
  test('GA19 all that the operations write passes, piece by piece and all at once', () => {
    const room = emptySide()
    const client = copyOf(room)
    const target = readDraft(shared).byId.get(first)!
    const updates = updatesOf(client, () => {
      const id = beginAmendment(client, modify)
      const place = placeIn(target, 9)!
      const added = addHunk(client, id, insertionAnchor(shared, place)!, ' with concern')!
      addHunk(client, id, insertionAnchor(shared, { text: place.text, at: 0 })!, 'Deeply ')
      const words = (amendmentsOf(client).get(id)!.get('hunks') as Y.Map<Y.Map<unknown>>).get(added)!.get('text') as Y.Text
      const undo = new Y.UndoManager(words, { captureTimeout: 0 })
      editText(client, words, 3, 6, 'great 👋 ')
      editText(client, words, 0, 3, '')
      undo.undo()
      undo.undo()
      undo.redo()
      addCuts(client, id, shared, target, 12, 15)
      addCuts(client, id, shared, target, 0, 3)
      const cuts = amendmentsOf(client).get(id)!.get('cuts') as Y.Map<unknown>
      dropCut(client, id, [...cuts.keys()][0]!)
      const other = beginAmendment(client, { kind: 'replace', target: second })
      editText(client, proposalText(client, other)!, 0, 0, 'Requests\nall States')
      dropAmendment(client, other, true)
      dropAmendment(client, other, false)
      const late = beginAmendment(client, { kind: 'insert', target: '', unitKind: 'pp', inside: false })
      editText(client, proposalText(client, late)!, 0, 0, 'Noting')
    })
    expect(updates.length).toBeGreaterThan(14)
    for (const update of updates) expect(submit(room, update, by, facts)).toMatchObject({ ok: true, news: true })
    expect(amendmentsOf(room).toJSON()).toEqual(amendmentsOf(client).toJSON())

    const atOnce = emptySide()
    expect(submit(atOnce, Y.encodeStateAsUpdate(client), by, facts)).toMatchObject({ ok: true, news: true })
    expect(amendmentsOf(atOnce).toJSON()).toEqual(amendmentsOf(client).toJSON())
  })
})
