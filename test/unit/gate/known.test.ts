import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../../server/sync/gate/index.ts'
import { unitsOf } from '../../../shared/model/layout.ts'
import { setKind } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { hostileUpdate } from './support/hostile.ts'
import type { Hostile } from './support/hostile.ts'
import {
  actor, copyOf, drafting, itemAt, letter, me, neverIssued, other, refusal, serverId, sharedWith, submit, textOf, unit, updatesOf,
} from './support/room.ts'

const { doc, ids } = sharedWith(unit('Recalling its resolutions'), unit('Urges all States'))
const first = ids[0]!
const end = letter(doc, first, 24)
const hello: Hostile = { left: end, content: { words: ' and' } }
const by = actor()

/** A room in which `me` has written " and more" after the first unit's words. */
function withMine(): Y.Doc {
  const room = copyOf(doc, serverId)
  submit(room, hostileUpdate([{ client: me, clock: 0, pieces: [{ left: end, content: { words: ' and more' } }] }]), by, drafting)
  return room
}

describe('ids', () => {
  test('GA3 nobody writes under the id of another, of the server, or one never issued', () => {
    for (const client of [other, neverIssued]) {
      expect(refusal(doc, hostileUpdate([{ client, clock: 0, pieces: [hello] }]), by, drafting)).toBe('not-your-id')
    }
    const next = Y.getState(doc.store, serverId)
    const under = hostileUpdate([{ client: serverId, clock: next, pieces: [hello] }])
    expect(refusal(doc, under, by, drafting)).toBe('not-your-id')
    expect(refusal(doc, under, actor(undefined, serverId), drafting), 'not even where a lease said so').toBe('not-your-id')
  })

  test('GA3 garbage claims no id either', () => {
    expect(refusal(doc, hostileUpdate([{ client: other, clock: 0, pieces: [{ gc: 3 }] }]), by, drafting)).toBe('not-your-id')
  })
})

describe('what is known', () => {
  test('GA4 a whole document sent again is no news, whoever wrote it and whatever the stage', () => {
    for (const stage of ['drafting', 'negotiation', 'frozen'] as const) {
      const verdict = checkUpdate(doc, Y.encodeStateAsUpdate(doc), by, { ...drafting, stage })
      expect(verdict).toMatchObject({ ok: true, news: false })
    }
  })

  test('GA4 nor is it from a client that has collected its garbage', () => {
    const room = withMine()
    textOf(room, first).delete(3, 12)
    unitsOf(room).get(first)!.set('kind', 'pp')
    const plain = copyOf(room, other, true)
    expect(Y.decodeUpdate(Y.encodeStateAsUpdate(plain)).structs.some((struct) => (struct as Y.Item).content instanceof Y.ContentDeleted)).toBe(true)
    expect(submit(room, Y.encodeStateAsUpdate(plain), by, drafting)).toMatchObject({ ok: true, news: false })
  })

  test.each<[string, (room: Y.Doc) => Parameters<typeof hostileUpdate>[0]]>([
    ['other words', () => [{ client: me, clock: 0, pieces: [{ left: end, content: { words: ' and less' } }] }]],
    ['another origin', () => [{ client: me, clock: 0, pieces: [{ left: [end[0], end[1] - 1], content: { words: ' and more' } }] }]],
    ['a right origin it had not', () => [{ client: me, clock: 0, pieces: [{ left: end, right: end, content: { words: ' and more' } }] }]],
    ['another kind of content', () => [{ client: me, clock: 0, pieces: [{ left: end, content: { any: [...' and more'] } }] }]],
    ['a tombstone of live words', () => [{ client: me, clock: 0, pieces: [{ left: end, content: { deleted: 9 } }] }]],
    ['garbage for live words', () => [{ client: me, clock: 2, pieces: [{ gc: 3 }] }]],
    ['the server’s words otherwise', () => [{ client: serverId, clock: end[1], pieces: [{ left: [end[0], end[1] - 1], content: { words: 'S' } }] }]],
    ['another parent', (room) => [{ client: serverId, clock: itemAt(textOf(room, first))[1], pieces: [{ parent: 'units', sub: first, content: { type: 'text' } }] }]],
    ['another key', (room) => [{ client: serverId, clock: itemAt(textOf(room, first))[1], pieces: [{ parent: 'texts', sub: 'x-1', content: { type: 'text' } }] }]],
    ['another type', (room) => [{ client: serverId, clock: itemAt(textOf(room, first))[1], pieces: [{ parent: 'texts', sub: first, content: { type: 'map' } }] }]],
  ])('GA4 a known struct sent again with %s is forked', (_, blocks) => {
    const room = withMine()
    expect(refusal(room, hostileUpdate(blocks(room)), by, drafting)).toBe('forked')
  })

  test('GA5 what is known in part is trimmed to what is new', () => {
    const room = withMine()
    const longer = hostileUpdate([{ client: me, clock: 0, pieces: [{ left: end, content: { words: ' and more words' } }] }])
    const verdict = submit(room, longer, by, drafting)
    expect(verdict).toMatchObject({ ok: true, news: true })
    expect(textOf(room, first).toString()).toBe('Recalling its resolutions and more words')
    expect(verdict.ok && Y.decodeUpdate(verdict.update).structs.map((struct) => [struct.id.clock, struct.length])).toEqual([[9, 6]])
  })

  test('GA5 the unknown rest of another’s words is not one’s own, and of a fork is forked', () => {
    const room = withMine()
    const longer = (words: string): Uint8Array => hostileUpdate([{ client: me, clock: 0, pieces: [{ left: end, content: { words } }] }])
    expect(refusal(room, longer(' and more words'), actor(undefined, other), drafting)).toBe('not-your-id')
    expect(refusal(room, longer(' and less words'), by, drafting)).toBe('forked')
  })

  test('GA5 after a lost acknowledgement everything of the session may come again, in one piece', () => {
    const room = copyOf(doc, serverId)
    const client = copyOf(doc)
    const type = (words: string): Uint8Array[] => updatesOf(client, () => textOf(client, first).insert(5, words))
    const [one] = type('a')
    submit(room, one!, by, drafting)
    const rest = [...type('b'), ...updatesOf(client, () => setKind(client, readDraft(client).units[0]!, 'pp')), ...type('c')]
    const again = Y.mergeUpdates([one!, ...rest])
    expect(submit(room, again, by, drafting)).toMatchObject({ ok: true, news: true })
    expect(submit(room, again, by, drafting)).toMatchObject({ ok: true, news: false })
    expect(readDraft(room)).toEqual(readDraft(client))
  })
})

describe('nothing is parked', () => {
  const mine = (clock: number, ...pieces: Parameters<typeof hostileUpdate>[0][number]['pieces'][number][]): Uint8Array =>
    hostileUpdate([{ client: me, clock, pieces }])
  const both = actor(undefined, me, other)

  test.each<[string, Uint8Array]>([
    ['begins beyond what is there', mine(4, hello)],
    ['holds a Skip', mine(0, { skip: 3 }, hello)],
    ['stands on an item that nobody has', mine(0, { left: [neverIssued, 0], content: { words: 'a' } })],
    ['stands on the server’s future', mine(0, { right: [serverId, 100_000], content: { words: 'a' } })],
    ['stands on itself', mine(0, { left: [me, 0], content: { words: 'a' } })],
    ['stands on its own future', mine(0, { left: [me, 1], content: { words: 'a' } }, { left: end, content: { words: 'b' } })],
    ['has a parent to come', mine(0, { parent: [me, 7], sub: 'kind', content: { any: ['pp'] } })],
    ['stands on another in a circle', hostileUpdate([
      { client: me, clock: 0, pieces: [{ left: [other, 0], content: { words: 'a' } }] },
      { client: other, clock: 0, pieces: [{ left: [me, 0], content: { words: 'b' } }] },
    ])],
    ['stands on another’s later item in a circle', hostileUpdate([
      { client: me, clock: 0, pieces: [{ left: [other, 4], content: { words: 'a' } }] },
      { client: other, clock: 0, pieces: [hello, { left: [me, 0], content: { words: 'b' } }] },
    ])],
  ])('GA6 an update that %s is refused', (_, update) => {
    expect(refusal(doc, update, both, drafting)).toBe('gap')
  })

  test('GA6 two of one’s own ids may stand on each other in turn', () => {
    const room = copyOf(doc, serverId)
    const update = hostileUpdate([
      { client: me, clock: 0, pieces: [{ left: end, content: { words: 'a' } }, { left: [other, 0], content: { words: 'c' } }] },
      { client: other, clock: 0, pieces: [{ left: [me, 0], content: { words: 'b' } }] },
    ])
    expect(submit(room, update, both, drafting)).toMatchObject({ ok: true, update })
    expect(textOf(room, first).toString()).toBe('Recalling its resolutionsabc')
  })
})
