import { describe, expect, test } from 'vitest'
import { limits } from '../../../shared/wire/limits.ts'
import { hostileUpdate } from './support/hostile.ts'
import type { Piece } from './support/hostile.ts'
import { actor, drafting, letter, me, refusal, serverId, sharedWith, unit } from './support/room.ts'

const { doc, ids } = sharedWith(unit('Recalling its resolutions'))
const end = letter(doc, ids[0]!, 24)
const refused = (update: Uint8Array): string => refusal(doc, update, actor(), drafting)
const mine = (...pieces: readonly Piece[]): Uint8Array => hostileUpdate([{ client: me, clock: 0, pieces }])
const words = (text: string): Piece => ({ left: end, content: { words: text } })

describe('bounds', () => {
  test('GA1 an update over the bound of bytes is refused unread', () => {
    expect(refused(new Uint8Array(limits.updateBytesMax + 1))).toBe('bounds')
  })

  test('GA1 so is one of too many structs, letters or delete ranges, or that says it is', () => {
    expect(refused(hostileUpdate([{ client: me, clock: 0, pieces: [], count: limits.updateStructsMax + 1 }]))).toBe('bounds')
    expect(refused(mine(words('a'.repeat(limits.updateCharactersMax + 1))))).toBe('bounds')
    const half = 'a'.repeat(limits.updateCharactersMax / 2 + 1)
    expect(refused(mine(words(half), words(half)))).toBe('bounds')
    const ranges = Array.from({ length: limits.updateDeleteRangesMax + 1 }, (_, index) => [2 * index, 1] as const)
    expect(refused(hostileUpdate([], [[serverId, ...ranges]]))).toBe('bounds')
  })

  test('GA1 lengths and clocks are bounded, of garbage and tombstones too', () => {
    expect(refused(mine({ gc: limits.gcLengthMax + 1 }))).toBe('bounds')
    expect(refused(mine({ gc: 2 ** 52 }))).toBe('bounds')
    expect(refused(mine({ left: end, content: { deleted: limits.structLengthMax + 1 } }))).toBe('bounds')
    expect(refused(hostileUpdate([{ client: me, clock: limits.clockMax, pieces: [words('a')] }]))).toBe('bounds')
    expect(refused(hostileUpdate([], [[serverId, [0, limits.clockMax + 1]]]))).toBe('bounds')
    const manyGcs = Array.from({ length: 4_000 }, () => ({ gc: limits.gcLengthMax }))
    expect(refused(mine(...manyGcs))).toBe('bounds')
  })

  test('GA1 a value is bounded in size and depth', () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)])
    const at = { parent: 'units', sub: 'x' } as const
    expect(refused(mine({ ...at, content: { any: [deep(limits.valueDepthMax + 2)] } }))).toBe('bounds')
    const embed = { unit: 'x'.repeat(limits.jsonValueCharactersMax) }
    expect(refused(mine({ left: end, content: { embed } }))).toBe('bounds')
  })

  test('GA2 what is no update is malformed', () => {
    const good = mine(words('and its decisions'))
    expect(refused(good)).toBe('accepted')
    expect(refused(new Uint8Array())).toBe('malformed')
    for (let length = 0; length < good.length; length++) expect(refused(good.subarray(0, length))).toBe('malformed')
    expect(refused(new Uint8Array([...good, 0]))).toBe('malformed')
    expect(refused(mine({ raw: new Uint8Array([11]) }))).toBe('malformed')
  })

  test('GA2 structs of no length, and two blocks or delete sets for one client, are malformed', () => {
    expect(refused(mine(words('')))).toBe('malformed')
    expect(refused(mine({ gc: 0 }))).toBe('malformed')
    expect(refused(mine({ left: end, content: { deleted: 0 } }))).toBe('malformed')
    expect(refused(mine({ parent: 'units', sub: 'x', content: { any: [] } }))).toBe('malformed')
    expect(refused(mine())).toBe('malformed')
    const block = { client: me, clock: 0, pieces: [words('a')] }
    expect(refused(hostileUpdate([block, block]))).toBe('malformed')
    expect(refused(hostileUpdate([], [[serverId, [9, 1]], [serverId, [9, 1]]]))).toBe('malformed')
  })
})
