import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Speaker } from '../../../server/sync/service.ts'
import { recordSeenBy, standsSeenBy } from '../../../server/http/views.ts'
import { contentDigest, whoDigest } from '../../../shared/record/chain.ts'
import { foldStands, standsAt } from '../../../shared/record/stands.ts'
import type { Stands } from '../../../shared/record/stands.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { Bench, brazil, chair, eu, japan, legal, ngo, observer, secretary } from './bench.ts'

let bench: Bench
let amendment: string
let digest: string

beforeEach(async () => {
  bench = await Bench.open()
  ;({ amendment, digest } = await bench.propose(eu))
})
afterEach(() => bench.rooms.stop())

type Saying = Omit<Extract<Command, { command: 'position' }>, 'command' | 'about'>

const says = (saying: Partial<Saying>, on: { amendment: string; digest: string } = { amendment, digest }): Extract<Command, { command: 'position' }> =>
  ({ command: 'position', about: { kind: 'amendment', ...on }, position: 'reserve', to: 'all', note: '', ...saying })

/** What the server gives to one asker. */
async function seenBy(who: Speaker): Promise<Stands> {
  const { entries, stands } = await bench.rooms.ledger(bench.draft)
  return foldStands(standsSeenBy(who.hat, entries, 0, stands.opened))
}

const at = async (who: Speaker, delegation: string): Promise<string | null> =>
  standsAt((await seenBy(who)).positions.get(`amendment:${amendment}`)?.get(delegation))?.position ?? null

const seenByAll = async (delegation: string): Promise<(string | null)[]> => {
  const found: (string | null)[] = []
  for (const who of [chair, secretary, legal, japan, brazil, eu, ngo, observer]) found.push(await at(who, delegation))
  return found
}

describe('positions', () => {
  test('PS1 a position names the wording it was given on, and every one that was given is kept', async () => {
    await bench.done(japan, says({ position: 'reserve', note: 'pending capital' }))
    await bench.done(japan, says({ position: 'can-accept' }))
    const held = (await seenBy(chair)).positions.get(`amendment:${amendment}`)!.get('jp')!
    expect(held.given.map((given) => [given.position, given.note, given.digest === digest])).toEqual([['reserve', 'pending capital', true], ['can-accept', '', true]])
    const op2 = await bench.unit('OP2')
    await bench.done(ngo, { command: 'position', about: { kind: 'unit', ...op2 }, position: 'support', to: 'all', note: '' })
    expect(standsAt((await seenBy(chair)).positions.get(`unit:${op2.unit}`)?.get('ngo'))).toMatchObject({ position: 'support', digest: op2.digest })
  })

  test('PS1 a position on what has changed, on nothing, on one’s own, or said already is refused', async () => {
    expect(await bench.refusal(japan, says({}, { amendment, digest: '0'.repeat(64) }))).toBe('changed')
    expect(await bench.refusal(japan, says({}, { amendment: 'zz-1', digest }))).toBe('no-such-amendment')
    expect(await bench.refusal(eu, says({}))).toBe('own-proposal')
    expect(await bench.refusal(ngo, says({}))).toBe('only-states')
    expect(await bench.refusal(chair, says({ position: 'support' }))).toBe('not-permitted')
    expect(await bench.refusal(japan, says({ position: null }))).toBe('already-so')
    await bench.done(japan, says({}))
    expect(await bench.refusal(japan, says({}))).toBe('already-so')
    const unit = await bench.unit('OP2')
    expect(await bench.refusal(japan, { command: 'position', about: { kind: 'unit', ...unit, digest: '0'.repeat(64) }, position: 'support', to: 'all', note: '' })).toBe('changed')
    await bench.done(eu, { command: 'withdraw', amendment, digest })
    expect(await bench.refusal(japan, says({ position: 'support' }))).toBe('already-decided')
  })

  test('PS4 to all is read by who negotiates, by legal officers and the chair’s table, and by others when the chair has opened positions', async () => {
    await bench.done(ngo, says({ position: 'support' }))
    await bench.done(japan, says({ position: 'cannot-accept' }))
    //                                   chair            secretary        legal            japan            brazil           eu               ngo   observer
    expect(await seenByAll('jp')).toEqual(['cannot-accept', 'cannot-accept', 'cannot-accept', 'cannot-accept', 'cannot-accept', 'cannot-accept', null, null])
    expect(await at(ngo, 'ngo')).toBe('support')
    expect(await bench.refusal(secretary, { command: 'open-positions' })).toBe('only-chair')
    await bench.done(chair, { command: 'open-positions' })
    expect(await bench.refusal(chair, { command: 'open-positions' })).toBe('already-so')
    expect([await at(ngo, 'jp'), await at(observer, 'jp')]).toEqual(['cannot-accept', 'cannot-accept'])
    await bench.done(chair, { command: 'close-positions' })
    expect([await at(ngo, 'jp'), await at(observer, 'ngo')]).toEqual([null, null])
  })

  test('PS7 what is told to the chair’s table leaves what was told to all as it was for everybody else', async () => {
    await bench.done(japan, says({ position: 'can-accept' }))
    await bench.done(japan, says({ position: 'cannot-accept', to: 'table', note: 'a red line' }))
    await bench.done(chair, { command: 'open-positions' })
    expect(await seenByAll('jp')).toEqual(['cannot-accept', 'cannot-accept', 'can-accept', 'cannot-accept', 'can-accept', 'can-accept', 'can-accept', 'can-accept'])
    await bench.done(japan, says({ position: null, to: 'table' }))
    expect(await at(chair, 'jp')).toBe('can-accept')
    await bench.done(japan, says({ position: 'cannot-accept', to: 'table' }))
    // Said to all again, it is all there is to say.
    await bench.done(japan, says({ position: 'can-accept' }))
    expect(await at(chair, 'jp')).toBe('can-accept')
    await bench.done(japan, says({ position: null }))
    expect(await seenByAll('jp')).toEqual([null, null, null, null, null, null, null, null])
  })

  test('PS6 who may not read an entry gets its number, time and digests, and nothing else of it', async () => {
    await bench.done(japan, says({ position: 'cannot-accept', to: 'table', note: 'a red line' }))
    const rows = await bench.store.record(bench.draft, 0)
    const last = rows.at(-1)!
    const recordOf = (who: Speaker) => recordSeenBy(who.hat, rows, [], [{ id: 'jp', name: 'Jun', canCreate: false }], false)
    expect(recordOf(brazil).at(-1)).toEqual({ seq: last.seq, atMs: last.atMs, kind: 'confidential', body: null, digest: last.digest, who: null, content: contentDigest(whoDigest(last.actor), last.kind, last.body), actor: null, actorName: null })
    expect(recordOf(brazil).map((row) => row.seq)).toEqual(rows.map((row) => row.seq))
    for (const who of [chair, japan]) expect(JSON.stringify(recordOf(who))).toContain('a red line')
    for (const who of [brazil, eu, legal, ngo, observer]) expect(JSON.stringify(recordOf(who))).not.toContain('a red line')
  })

  test('PS6 the digest of an entry that is not shown cannot be guessed from the few things it may say', async () => {
    const salts: unknown[] = []
    for (const to of ['table', 'all'] as const) {
      await bench.done(japan, says({ to }))
      const { body } = (await bench.store.record(bench.draft, 0)).at(-1)!
      salts.push((body as { audience: { salt: unknown } }).audience.salt)
    }
    for (const salt of salts) expect(salt).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(new Set(salts).size).toBe(2)
  })

  test('PS8 the chair’s table records what a delegation could say itself, and that delegation reads it', async () => {
    const records = (delegation: string, position: Saying['position'], to: Saying['to'] = 'all'): Command =>
      ({ command: 'record-position', about: { kind: 'amendment', amendment, digest }, delegation, position, to, note: 'said in the corridor' })
    expect(await bench.refusal(japan, records('br', 'reserve'))).toBe('only-chairs-table')
    expect(await bench.refusal(secretary, records('zz', 'reserve'))).toBe('no-such-delegation')
    expect(await bench.refusal(secretary, records('ngo', 'reserve'))).toBe('only-states')
    expect(await bench.refusal(secretary, records('eu', 'reserve'))).toBe('own-proposal')
    await bench.done(secretary, records('jp', 'reserve', 'table'))
    expect(await seenByAll('jp')).toEqual(['reserve', 'reserve', null, 'reserve', null, null, null, null])
    const held = (await seenBy(japan)).positions.get(`amendment:${amendment}`)!.get('jp')!
    expect(standsAt(held)).toMatchObject({ asRecorded: true, note: 'said in the corridor' })
    await bench.done(japan, says({ position: 'reserve', to: 'table', note: 'said in the corridor' }))
    expect(standsAt((await seenBy(chair)).positions.get(`amendment:${amendment}`)!.get('jp'))).toMatchObject({ asRecorded: false })
  })

  test('PS5 a position changes no document', async () => {
    const before = (await bench.store.load(bench.draft)).entries.length
    await bench.done(japan, says({ to: 'table', note: 'a red line' }))
    await bench.done(japan, says({ note: 'in the open' }))
    const written = (await bench.store.load(bench.draft)).entries.slice(before)
    expect(written.map((entry) => [entry.kind, entry.bytes.length])).toEqual([['command', 0], ['command', 0]])
  })
})
