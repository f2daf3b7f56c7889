import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { amendmentsOf, stateOf, threadsOf, unitsOf } from '../../../shared/model/layout.ts'
import { beginAmendment } from '../../../shared/model/amendments.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { hostileUpdate } from './support/hostile.ts'
import type { Body, Deletes, Hostile, Piece } from './support/hostile.ts'
import {
  actor, copyOf, drafting, emptySide, entryAt, itemAt, letter, locked, me, my, refusal, serverId, sharedWith, sideFacts, submit, textOf, unit,
} from './support/room.ts'
import type { GateFacts } from '../../../server/sync/gate/index.ts'

const { doc, ids } = sharedWith(unit('Recalling its resolutions'), unit('Urges all States'))
const [first, second] = [ids[0]!, ids[1]!]
doc.transact(() => {
  stateOf(doc).set('draft', { stage: 'drafting' })
  threadsOf(doc).set('b-1', new Y.Map([['messages', { words: 'why' }]]))
})
const published = beginAmendment(doc, { kind: 'modify', target: first })
const end = letter(doc, first, 24)
const unitMap = (id: string): Y.Map<unknown> => unitsOf(doc).get(id)!
const by = actor()

const mine = (pieces: readonly Piece[], deletes: Deletes = []): Uint8Array => hostileUpdate([{ client: me, clock: 0, pieces }], deletes)
const refused = (pieces: readonly Piece[], facts: GateFacts = drafting): string => refusal(doc, mine(pieces), by, facts)
const say = (content: Body, more: Partial<Hostile> = {}): Hostile => ({ left: end, ...more, content })

describe('containers', () => {
  test('GA7 an item between two containers is refused', () => {
    const elsewhere = letter(doc, second, 3)
    expect(refused([say({ words: 'a' }, { right: elsewhere })])).toBe('bad-container')
    expect(refused([{ left: entryAt(unitMap(first), 'kind'), right: entryAt(unitMap(first), 'rank'), content: { any: ['pp'] } }])).toBe('bad-container')
    expect(refused([{ left: entryAt(unitMap(first), 'kind'), right: entryAt(unitMap(second), 'kind'), content: { any: ['pp'] } }])).toBe('bad-container')
    expect(refused([say({ words: 'a' }), { left: elsewhere, right: [me, 0], content: { words: 'b' } }])).toBe('bad-container')
  })

  test('GA7 nothing is addressed to an unknown root, to words, to a value or to garbage', () => {
    expect(refused([{ parent: 'elsewhere', sub: my(), content: { type: 'map' } }])).toBe('unknown-place')
    expect(refused([{ parent: '', content: { words: 'a' } }])).toBe('unknown-place')
    expect(refused([{ parent: end, sub: 'kind', content: { any: ['pp'] } }])).toBe('unknown-place')
    expect(refused([{ parent: entryAt(unitMap(first), 'kind'), content: { any: ['pp'] } }])).toBe('unknown-place')
    expect(refused([{ gc: 3 }, { left: [me, 1], content: { words: 'a' } }])).toBe('unknown-place')
    expect(refused([{ gc: 3 }, { parent: [me, 1], sub: 'kind', content: { any: ['pp'] } }])).toBe('unknown-place')
  })

  test('GA7 a sequence has no keys, a map no sequence', () => {
    expect(refused([{ parent: itemAt(textOf(doc, first)), sub: 'kind', content: { any: ['pp'] } }])).toBe('bad-key')
    expect(refused([{ parent: itemAt(textOf(doc, first)), sub: 'kind', content: { words: 'pp' } }])).toBe('bad-key')
    expect(refused([{ parent: 'units', content: { any: ['pp'] } }])).toBe('bad-key')
    expect(refused([{ parent: itemAt(unitMap(first)), content: { words: 'pp' } }])).toBe('bad-key')
  })

  test('GA7 a root of the shared document is unknown in a side document', () => {
    const side = emptySide()
    const update = mine([{ parent: 'texts', sub: my(), content: { type: 'text' } }])
    expect(refusal(side, update, by, sideFacts(doc))).toBe('unknown-place')
    const undefinedRoot = new Y.Doc({ gc: false })
    expect(refusal(undefinedRoot, update, by, drafting)).toBe('unknown-place')
  })
})

describe('content', () => {
  const bodies: [string, Body][] = [
    ['formatting', { format: ['bold', true] }],
    ['bytes', { binary: new Uint8Array([1, 2]) }],
    ['a sub-document', { guid: 'x' }],
    ['an array', { type: 'array' }],
    ['an XML type', { type: 'xml' }],
    ['a map', { type: 'map' }],
    ['a text', { type: 'text' }],
    ['values', { any: ['a'] }],
    ['JSON', { json: ['a'] }],
  ]
  test.each(bodies)('GA8 %s has no place among words', (_, content) => {
    expect(refused([say(content)])).toBe('bad-content')
  })

  test.each<[string, Body]>([...bodies.slice(0, 5), ['words', { words: 'op' }], ['an embed', { embed: 'op' }], ['a text', { type: 'text' }]])(
    'GA8 %s has no place under a key of a unit', (_, content) => {
      expect(refused([{ left: entryAt(unitMap(first), 'kind'), content }])).toBe('bad-content')
    },
  )

  test('GA8 words without control characters, line ends and embed characters', () => {
    for (const words of ['a\nb', '\u0000', '\uFFFC', '\u2028', '\u0085']) expect(refused([say({ words })])).toBe('bad-content')
    expect(refused([say({ words: 'عربي 中文 🇯🇵 é' })])).toBe('accepted')
  })

  test('GA8 embeds are marks of units and notes, in the words of units alone', () => {
    for (const embed of ['x', null, 3, {}, { unit: 5 }, { unit: 'no id' }, { unit: second, note: second }, { image: second }]) {
      expect(refused([say({ embed })])).toBe('bad-value')
    }
    expect(refused([say({ embed: { unit: second } })]), 'its words are in another text').toBe('bad-value')
    expect(refused([say({ embed: { unit: first } })]), 'the text’s own unit').toBe('bad-value')
    expect(refused([say({ embed: { unit: my(9) } })]), 'a unit that is not').toBe('bad-value')
    expect(refused([say({ embed: { note: second } })]), 'a unit’s words as a note').toBe('bad-value')
    expect(refused([say({ embed: { note: my(9) } })]), 'a note that is not').toBe('bad-value')
  })

  test('GA8 a note’s words hold no marks', () => {
    const note = { parent: 'texts', sub: my(0), content: { type: 'text' } } as const
    const mark = say({ embed: { note: my(0) } })
    expect(refused([note, mark])).toBe('accepted')
    expect(refused([note, mark, { parent: [me, 0], content: { embed: { note: my(0) } } }])).toBe('bad-content')
  })
})

describe('who', () => {
  const word = [say({ words: 'a' })]
  const kind: Hostile = { left: entryAt(unitMap(first), 'kind'), content: { any: ['pp'] } }

  test('GA9 in negotiation nobody types into the base, in a frozen draft nobody anything', () => {
    for (const pieces of [word, [kind], [{ gc: 3 }]]) {
      expect(refused(pieces, { ...drafting, stage: 'negotiation' })).toBe('base-closed')
      expect(refused(pieces, { ...drafting, stage: 'silence' })).toBe('base-closed')
      expect(refused(pieces, { ...drafting, stage: 'frozen' })).toBe('frozen')
    }
    const gone = hostileUpdate([], [[serverId, [end[1] - 3, 2]]])
    expect(refusal(doc, gone, by, { ...drafting, stage: 'negotiation' })).toBe('base-closed')
    expect(refusal(doc, gone, by, { ...drafting, stage: 'frozen' })).toBe('frozen')
    expect(refusal(doc, gone, by, drafting)).toBe('accepted')
  })

  test('GA9 hats decide: an observer writes nothing, a legal officer words but no shape', () => {
    const observer = actor({ role: 'observer', delegation: 'x', kind: 'ngo', level: 'reader' })
    const legal = actor({ role: 'legal', delegation: 'office', kind: 'office', level: 'drafter' })
    expect(refusal(doc, mine(word), observer, drafting)).toBe('only-drafters')
    expect(refusal(doc, mine(word), legal, drafting)).toBe('accepted')
    expect(refusal(doc, mine([kind]), legal, drafting)).toBe('not-permitted')
  })

  test('GA10 published amendments, threads and decisions are the server’s', () => {
    const amendment = amendmentsOf(doc).get(published)!
    const proposal = amendment.get('proposal') as Y.Text
    const thread = threadsOf(doc).get('b-1')!
    const into: [string, Hostile][] = [
      ['not-yours', { parent: 'amendments', sub: my(), content: { type: 'map' } }],
      ['not-yours', { left: entryAt(amendmentsOf(doc), published), content: { type: 'map' } }],
      ['not-yours', { left: entryAt(amendment, 'about'), content: { any: [{ kind: 'delete', target: first }] } }],
      ['not-yours', { parent: itemAt(proposal), content: { words: 'a' } }],
      ['not-yours', { parent: itemAt(amendment.get('hunks') as Y.Map<unknown>), sub: my(), content: { type: 'map' } }],
      ['not-permitted', { parent: 'threads', sub: my(), content: { type: 'map' } }],
      ['not-permitted', { parent: itemAt(thread), sub: my(), content: { any: [{ words: 'a' }] } }],
      ['not-permitted', { parent: 'state', sub: 'unit:x', content: { any: [{ locked: true }] } }],
      ['not-permitted', { left: entryAt(stateOf(doc), 'draft'), content: { any: [{ stage: 'frozen' }] } }],
    ]
    for (const [code, piece] of into) {
      expect(refused([piece])).toBe(code)
      expect(refused([piece], { ...drafting, stage: 'frozen' })).toBe('frozen')
    }
    for (const [code, at] of [
      ['not-yours', entryAt(amendmentsOf(doc), published)],
      ['not-yours', entryAt(amendment, 'about')],
      ['not-permitted', entryAt(stateOf(doc), 'draft')],
      ['not-permitted', entryAt(thread, 'messages')],
    ] as const) {
      expect(refusal(doc, hostileUpdate([], [[at[0], [at[1], 1]]]), by, drafting)).toBe(code)
    }
  })

  test('GA13 a locked or agreed unit takes no words and no shape; its neighbours do', () => {
    const facts = locked(first)
    expect(refused(word, facts)).toBe('unit-locked')
    expect(refused([kind], facts)).toBe('unit-locked')
    expect(refusal(doc, hostileUpdate([], [[end[0], [end[1], 1]]]), by, facts)).toBe('unit-locked')
    const neighbour: Hostile = { left: letter(doc, second, 2), content: { words: 'a' } }
    expect(refused([neighbour], facts)).toBe('accepted')
    expect(refused([neighbour, ...word], facts)).toBe('unit-locked')
    expect(refused([{ left: entryAt(unitMap(second), 'kind'), content: { any: ['pp'] } }], facts)).toBe('accepted')
    expect(refused([{ parent: itemAt(unitMap(second)), sub: 'joined', content: { any: [first] } }], facts), 'joined to it').toBe('unit-locked')
  })
})

describe('units', () => {
  const unitPieces = (id: string, more: Record<string, unknown> = {}): Piece[] => [
    { parent: 'units', sub: id, content: { type: 'map' } },
    ...Object.entries({ text: id, kind: 'op', parent: '', rank: 'a1', ...more })
      .filter(([, value]) => value !== undefined)
      .map(([sub, value]): Piece => ({ parent: [me, 0], sub, content: { any: [value] } })),
  ]
  const text = (id: string): Piece => ({ parent: 'texts', sub: id, content: { type: 'text' } })

  test('GA12 a new unit comes whole, with its words or a place in another’s', () => {
    expect(refused([...unitPieces(my()), text(my())])).toBe('accepted')
    expect(refused([...unitPieces(my(), { text: first }), say({ embed: { unit: my() } })])).toBe('accepted')
    expect(refused(unitPieces(my())), 'no text').toBe('bad-value')
    expect(refused(unitPieces(my(), { text: my(8) })), 'an unknown text').toBe('bad-value')
    for (const key of ['text', 'kind', 'parent', 'rank']) {
      expect(refused([...unitPieces(my(), { [key]: undefined }), text(my())])).toBe('bad-value')
    }
    expect(refused([text(my())]), 'words of nothing').toBe('bad-key')
  })

  test('GA12 ids are made from the writer’s own', () => {
    for (const id of ['7-99', 'x', '', 'no id', `${me.toString(36)}-`, `${me.toString(36)}-A`, '__proto__', 'constructor']) {
      expect(refused([...unitPieces(id), text(my())])).toBe('bad-key')
    }
  })

  test('GA12 keys and values are those of the layout', () => {
    const at = { parent: itemAt(unitMap(first)) }
    expect(refused([{ ...at, sub: 'colour', content: { any: ['red'] } }])).toBe('bad-key')
    expect(refused([{ ...at, sub: 'constructor', content: { any: ['red'] } }])).toBe('bad-key')
    const values: [string, unknown[], string][] = [
      ['kind', ['chapter', 5, null, undefined, ['op'], {}], 'bad-value'],
      ['parent', ['no id', null, 5], 'bad-value'],
      ['joined', ['no id', null, true], 'bad-value'],
      ['removed', ['true', 1, null], 'bad-value'],
      ['label', [5, 'a\nb', 'x'.repeat(limits.labelCharactersMax + 1)], 'bad-value'],
      ['rank', ['', 'a', 'a0-', 'zz', 'a10', `a1${'V'.repeat(limits.rankCharactersMax)}`, 5, null, {}], 'bad-rank'],
    ]
    for (const [sub, list, code] of values) {
      for (const value of list) {
        expect(refused([{ ...at, sub, content: { any: [value] } }]), `${sub} ${String(value)}`).toBe(code)
        if (value !== undefined) expect(refused([{ ...at, sub, content: { json: [value] } }])).toBe(code)
      }
    }
    expect(refused([{ ...at, sub: 'label', content: { any: ['12 bis'] } }])).toBe('accepted')
    expect(refused([{ ...at, sub: 'label', content: { json: ['12 bis'] } }])).toBe('accepted')
    expect(refused([{ ...at, sub: 'label', content: { any: ['1', '2', '3'] } }]), 'set thrice').toBe('accepted')
    expect(refused([{ ...at, sub: 'label', content: { any: ['1', 5, '3'] } }])).toBe('bad-value')
  })

  test('GA11 what is created once is not written again, nor twice, nor over a deleted one', () => {
    expect(refused([{ left: entryAt(unitsOf(doc), first), content: { type: 'map' } }])).toBe('bad-key')
    expect(refused([{ left: entryAt(unitMap(first), 'text'), content: { any: [second] } }])).toBe('create-once')
    expect(refused([{ parent: itemAt(unitMap(first)), sub: 'text', content: { any: [second] } }])).toBe('create-once')
    expect(refused([...unitPieces(my()), text(my()), text(my())])).toBe('create-once')
    expect(refused([...unitPieces(my()), text(my()), { parent: [me, 0], sub: 'text', content: { any: [first] } }])).toBe('create-once')

    const room = copyOf(doc, serverId)
    submit(room, mine([...unitPieces(my()), text(my())]), by, drafting)
    const again = (...pieces: Piece[]): string => refusal(room, hostileUpdate([{ client: me, clock: 6, pieces }]), by, drafting)
    expect(again({ parent: 'units', sub: my(), content: { type: 'map' } })).toBe('create-once')
    expect(again({ left: [me, 0], content: { type: 'map' } })).toBe('create-once')
    expect(again({ left: [me, 5], content: { type: 'text' } })).toBe('create-once')
    room.transact(() => unitsOf(room).delete(my()))
    expect(again({ parent: 'units', sub: my(), content: { type: 'map' } })).toBe('create-once')
  })

  test('GA1 a draft has so many units and no more', () => {
    const full = sharedWith(...Array.from({ length: limits.unitsMax }, () => unit('a'))).doc
    expect(refusal(full, mine([...unitPieces(my()), text(my())]), by, drafting)).toBe('bounds')
  })
})

describe('deletions', () => {
  const gone = (...ranges: (readonly [number, number])[]): string =>
    refusal(doc, hostileUpdate([], [[serverId, ...ranges]]), by, drafting)

  test('GA14 what is not there, is empty, out of order or overlapping is not deleted', () => {
    const state = Y.getState(doc.store, serverId)
    expect(gone([state, 1])).toBe('bad-delete')
    expect(gone([end[1], state])).toBe('bad-delete')
    expect(gone([end[1], 0])).toBe('bad-delete')
    expect(gone([end[1], 1], [end[1] - 4, 1])).toBe('bad-delete')
    expect(gone([end[1] - 4, 4], [end[1] - 3, 1])).toBe('bad-delete')
    expect(refusal(doc, hostileUpdate([], [[me, [0, 1]]]), by, drafting)).toBe('bad-delete')
    expect(refusal(doc, mine([say({ words: 'abc' })], [[me, [0, 4]]]), by, drafting)).toBe('bad-delete')
    expect(refusal(doc, mine([say({ words: 'abc' })], [[me, [0, 3]]]), by, drafting)).toBe('accepted')
  })

  test('GA11 units, their texts and what is written once are never deleted', () => {
    for (const at of [entryAt(unitsOf(doc), first), entryAt(unitMap(first), 'text'), itemAt(textOf(doc, first))]) {
      expect(gone([at[1], 1])).toBe('create-once')
    }
    const state = Y.getState(doc.store, serverId)
    expect(gone([0, state])).toBe('create-once')
    expect(refusal(doc, mine([...[
      { parent: 'units', sub: my(), content: { type: 'map' } },
      ...['text', 'kind', 'parent', 'rank'].map((sub, index): Piece => ({ parent: [me, 0], sub, content: { any: [[my(), 'op', '', 'a1'][index]] } })),
      { parent: 'texts', sub: my(), content: { type: 'text' } },
    ] as Piece[]], [[me, [0, 6]]]), by, drafting)).toBe('create-once')
  })

  test('GA14 a key is not emptied: neither by deleting, nor by a tombstone in the end', () => {
    const rank = entryAt(unitMap(first), 'rank')
    expect(gone([rank[1], 1])).toBe('bad-delete')
    expect(refused([{ left: rank, content: { deleted: 1 } }])).toBe('bad-delete')
    expect(refused([{ left: rank, content: { deleted: 2 } }, { left: [me, 0], content: { any: ['a5'] } }])).toBe('bad-delete')
    expect(refused([{ left: rank, content: { deleted: 2 } }, { left: [me, 1], content: { any: ['a5'] } }])).toBe('accepted')
    expect(refused([{ parent: itemAt(unitMap(first)), sub: 'text', content: { deleted: 1 } }])).toBe('create-once')
  })

  test('GA14 with a new value the deletion of the old comes of itself', () => {
    const room = copyOf(doc, serverId)
    const rank = entryAt(unitMap(first), 'rank')
    const losing = hostileUpdate(
      [{ client: me, clock: 0, pieces: [{ parent: itemAt(unitMap(first)), sub: 'rank', right: rank, content: { any: ['a9'] } } as Hostile] }],
      [[serverId, [rank[1], 1]]],
    )
    const before = unitsOf(room).get(first)!.get('rank')
    expect(submit(room, losing, by, drafting)).toMatchObject({ ok: true, news: true })
    expect(unitsOf(room).get(first)!.get('rank')).toBe(before)
  })

  test('GA14 a new value is not deleted with the update that brings it', () => {
    const room = copyOf(doc, serverId)
    const rank = entryAt(unitMap(first), 'rank')
    const update = mine([{ left: rank, content: { any: ['a7'] } }], [[serverId, [rank[1], 1]], [me, [0, 1]]])
    expect(submit(room, update, by, drafting)).toMatchObject({ ok: true, news: true })
    expect(unitsOf(room).get(first)!.get('rank')).toBe('a7')
  })

  test('GA14 whole delete sets, as Yjs sends them, are no news', () => {
    const room = copyOf(doc, serverId)
    textOf(room, first).delete(2, 5)
    textOf(room, second).delete(0, 3)
    const update = hostileUpdate([], [[serverId, ...[...Y.decodeUpdate(Y.encodeStateAsUpdate(room)).ds.clients.get(serverId)!].map(({ clock, len }) => [clock, len] as const)]])
    expect(submit(room, update, by, { ...drafting, stage: 'frozen' })).toMatchObject({ ok: true, news: false })
  })
})

describe('characters', () => {
  test('GA15 nothing comes between the halves of a character, live or deleted, and none is halved', () => {
    const { doc: room, ids: [id] } = sharedWith(unit('ab👋cd'))
    const high = letter(room, id!, 2)
    const low = letter(room, id!, 3)
    const at = (piece: Hostile): string => refusal(room, mine([piece]), by, drafting)
    expect(at({ left: high, content: { words: 'x' } })).toBe('split-surrogate')
    expect(at({ right: low, content: { words: 'x' } })).toBe('split-surrogate')
    expect(at({ left: low, content: { words: 'x' } })).toBe('accepted')
    expect(at({ right: high, content: { words: 'x' } })).toBe('accepted')
    for (const [range, code] of [[[high[1], 1], 'split-surrogate'], [[low[1], 1], 'split-surrogate'], [[high[1] - 1, 2], 'split-surrogate'], [[low[1], 2], 'split-surrogate'], [[high[1], 2], 'accepted']] as const) {
      expect(refusal(room, hostileUpdate([], [[serverId, range]]), by, drafting)).toBe(code)
    }
    expect(refusal(room, mine([{ left: low, content: { words: '🇯🇵' } }, { left: [me, 0], content: { words: 'x' } }]), by, drafting)).toBe('split-surrogate')
    expect(refusal(room, mine([{ left: low, content: { words: '🇯🇵' } }], [[me, [0, 3]]]), by, drafting)).toBe('split-surrogate')
    textOf(room, id!).delete(1, 4)
    expect(at({ left: high, content: { words: 'x' } })).toBe('split-surrogate')
  })
})
