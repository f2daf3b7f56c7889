import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { standsSeenBy } from '../../../server/http/views.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, readStage } from '../../../shared/model/state.ts'
import { flaggedIn, foldStands } from '../../../shared/record/stands.ts'
import type { Review } from '../../../shared/record/stands.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { Bench, brazil, chair, eu, japan, legal, ngo, observer, secretary } from './bench.ts'

let bench: Bench
let on: { amendment: string; digest: string }

beforeEach(async () => {
  bench = await Bench.open()
  on = await bench.propose(eu)
})
afterEach(() => bench.rooms.stop())

const reviews = (verdict: 'cleared' | 'flagged', note = ''): Extract<Command, { command: 'review' }> => ({ command: 'review', ...on, verdict, flag: 'reference', note })

async function reviewSeenBy(who: Speaker): Promise<Review | null> {
  const { entries, stands } = await bench.rooms.ledger(bench.draft)
  return foldStands(standsSeenBy(who.hat, entries, 0, stands.opened)).reviews.get(on.amendment) ?? null
}

const freeze = async (flagged: ReadonlySet<string>, reason = ''): Promise<Command> =>
  ({ command: 'freeze', digest: freezePreview(await bench.shared(), flagged).digest, symbol: '', closeOpen: true, reason })

describe('legal review', () => {
  test('LR2 a flag is the chair’s table’s and the legal officers’ until one of them releases it', async () => {
    await bench.done(legal, reviews('flagged', 'see 64/293'))
    for (const who of [chair, secretary, legal]) expect(await reviewSeenBy(who)).toMatchObject({ verdict: 'flagged', flag: 'reference', note: 'see 64/293', released: false })
    for (const who of [eu, japan, ngo, observer]) expect(await reviewSeenBy(who)).toBeNull()
    expect(await bench.refusal(eu, { command: 'release-flag', ...on })).toBe('only-chairs-table')
    await bench.done(secretary, { command: 'release-flag', ...on })
    for (const who of [chair, eu, japan, ngo, observer]) expect(await reviewSeenBy(who)).toMatchObject({ verdict: 'flagged', note: 'see 64/293', released: true })
    expect(await bench.refusal(legal, { command: 'release-flag', ...on })).toBe('not-flagged')
  })

  test('LR2 a flag changes no document', async () => {
    const before = (await bench.store.load(bench.draft)).entries.length
    await bench.done(legal, reviews('flagged', 'see 64/293'))
    expect((await bench.store.load(bench.draft)).entries.slice(before).map((entry) => entry.bytes.length)).toEqual([0])
  })

  test('LR3 what the room knows of a review stays as it is while a flag is not released', async () => {
    await bench.done(legal, reviews('cleared', 'in order'))
    for (const who of [chair, eu, ngo]) expect(await reviewSeenBy(who)).toMatchObject({ verdict: 'cleared', note: 'in order' })
    await bench.done(legal, reviews('flagged', 'on second thoughts'))
    expect(await reviewSeenBy(eu)).toMatchObject({ verdict: 'cleared' })
    expect(await reviewSeenBy(chair)).toMatchObject({ verdict: 'flagged' })
    await bench.done(legal, reviews('cleared'))
    expect(await reviewSeenBy(chair)).toMatchObject({ verdict: 'cleared', note: '' })
  })

  test('LR4 freezing over a flag that is not released needs the chair’s reason, which is on record', async () => {
    await bench.done(legal, reviews('flagged', 'see 64/293'))
    // A screen that did not know of the flag saw something else than what would be frozen.
    expect(await bench.refusal(chair, await freeze(new Set()))).toBe('changed')
    const flagged = new Set([on.amendment])
    expect(await bench.refusal(chair, await freeze(flagged))).toBe('flagged')
    await bench.done(chair, await freeze(flagged, 'the officer has been heard'))
    expect(readStage(await bench.shared()).stage).toBe('frozen')
    expect(JSON.stringify((await bench.store.record(bench.draft, 0)).at(-1)!.body)).toContain('the officer has been heard')
  })

  test('LR4 a flag that comes while the freeze is on its way stops it', async () => {
    const frozen = await freeze(new Set())
    const [flag, end] = await Promise.all([bench.run(legal, reviews('flagged', 'wait')), bench.run(chair, frozen)])
    expect([flag.ok, end.ok ? 'frozen' : end.error.code]).toEqual([true, 'changed'])
    expect(flaggedIn((await bench.rooms.ledger(bench.draft)).stands)).toEqual(new Set([on.amendment]))
  })

  test('LR1 the same edit by several delegations is reviewed in one decision, each on its wording', async () => {
    const second = await bench.propose(japan)
    const both = { ...reviews('cleared'), alike: [second] }
    expect(await bench.refusal(legal, { ...both, alike: [{ ...second, digest: '0'.repeat(64) }] })).toBe('changed')
    expect((await bench.rooms.ledger(bench.draft)).stands.reviews.size).toBe(0)
    await bench.done(legal, both)
    const { stands } = await bench.rooms.ledger(bench.draft)
    expect([on, second].map((one) => stands.reviews.get(one.amendment)?.digest)).toEqual([on.digest, second.digest])
    expect(await bench.refusal(brazil, both)).toBe('only-legal')
  })

  test('LR6 an editorial correction is put forward and incorporated at once, is credited, and says that it is editorial', async () => {
    const prepared = await bench.prepare('legal', (target) => ({ kind: 'replace', target }), 'Requests the Secretary-General to report annually;')
    expect(await bench.refusal(chair, { command: 'correct-editorially', ...prepared })).toBe('only-legal')
    expect(await bench.refusal(legal, { command: 'correct-editorially', ...prepared, digest: '0'.repeat(64) })).toBe('changed')
    await bench.done(legal, { command: 'correct-editorially', ...prepared })
    const shared = await bench.shared()
    expect(readDraft(shared).units.find((unit) => unit.number === 'OP1')!.words).toBe('Requests the Secretary-General to report annually;')
    expect(readAmendmentState(shared, prepared.amendment)).toMatchObject({ status: 'incorporated', proposer: 'legal', editorial: true, revision: 1 })
    const entries = (await bench.store.load(bench.draft)).entries
    expect(entries.at(-1)!.lineage).toContain(`${bench.draft}/side/legal`)
    expect((await bench.store.record(bench.draft, 0)).at(-1)!.kind).toBe('correct-editorially')
    expect(await bench.refusal(legal, { command: 'correct-editorially', ...prepared })).toBe('already-decided')
  })

  test('LR6 a locked paragraph is not corrected, and nothing of the attempt stays', async () => {
    const prepared = await bench.prepare('legal', (target) => ({ kind: 'replace', target }), 'Requests the Secretary-General to report annually;')
    await bench.done(chair, { command: 'lock', unit: (await bench.unit('OP1')).unit })
    expect(await bench.refusal(legal, { command: 'correct-editorially', ...prepared })).toBe('unit-locked')
    const shared = await bench.shared()
    expect(readAmendmentState(shared, prepared.amendment)).toBeNull()
    expect(readDraft(shared).units.find((unit) => unit.number === 'OP1')!.words).toContain('every year')
  })
})
