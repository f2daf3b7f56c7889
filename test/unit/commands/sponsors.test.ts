import { beforeEach, expect, test } from 'vitest'
import { beginAmendment, dropAmendment, proposalText } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readDelegations, readStage } from '../../../shared/model/state.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { rollingDocument } from '../../../server/sync/exports.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { Bench, brazil, chair, delegate, eu, japan, ngo, words } from './negotiation-bench.ts'
import { unitAt } from './support.ts'

let bench: Bench

beforeEach(async () => {
  bench = await Bench.open()
})

test('SP1 a delegation corrects what was recorded for it, under the same id, and so confirms it', async () => {
  const recorded = await bench.type('office', 'every year', 'every two years')
  await bench.done(chair, { command: 'record-for', ...recorded, delegation: 'br' })
  expect(await bench.refusal(japan, { command: 'revise', ...bench.stands(recorded.amendment) })).toBe('not-yours')
  expect(await bench.done(brazil, { command: 'revise', ...bench.stands(recorded.amendment) })).toEqual({ amendment: recorded.amendment })
  expect(words(bench.copy('br', recorded.amendment))).toBe('every two years')
  const corrected = await bench.type('br', 'two', 'three')
  expect(corrected.amendment).toBe(recorded.amendment)
  await bench.done(brazil, { command: 'put-forward', ...corrected })
  expect(bench.state(recorded.amendment)).toMatchObject({ revision: 2, asRecorded: false, proposer: 'br' })
  expect(words(readPublished(bench.shared, recorded.amendment))).toBe('every three years')
  const entry = (await bench.store.record(bench.draft, 0)).at(-1)!
  expect(entry.body).toMatchObject({ body: { corrected: true } })
})

test('SP1 it is logged in the side document with its lineage, executed once, and nothing of it is on record', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  await bench.cosponsored(japan, eu, amendment)
  const before = await bench.store.record(bench.draft, 0)
  const first = await bench.done(japan, { command: 'revise', ...bench.stands(amendment) }, 'the-same-key')
  expect(await bench.done(japan, { command: 'revise', ...bench.stands(amendment) }, 'the-same-key')).toEqual(first)
  expect(await bench.store.record(bench.draft, 0)).toEqual(before)
  const log = (await bench.store.load(sideRoomOf(bench.draft, 'jp'))).entries
  expect(log.map(({ kind, actor }) => [kind, actor])).toEqual([['command', 'jp-head']])
  const lineage = JSON.parse(log[0]!.lineage!) as { from: [string, number, number, number] }[]
  expect(lineage.map(({ from }) => [from[0], from[3]])).toEqual([[bench.draft, 'each year'.length]])
})

test('SP2 a co-sponsor prepares the next revision; the others keep the wording they gave their names to', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  await bench.cosponsored(japan, eu, amendment)
  const first = bench.stands(amendment)
  await bench.cosponsored(brazil, eu, amendment)
  await bench.done(japan, { command: 'revise', ...first })
  await bench.done(japan, { command: 'put-forward', ...(await bench.type('jp', 'each', 'every third')), over: first.digest })
  const now = bench.stands(amendment).digest
  expect(bench.state(amendment)).toMatchObject({ proposer: 'eu', revision: 2, sponsors: [{ delegation: 'jp', digest: now }, { delegation: 'br', digest: first.digest }] })
})

test('SP2 a copy in which nobody has written since follows the next revision; one with work in it stays, and says so', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  for (const one of [japan, brazil]) await bench.cosponsored(one, eu, amendment)
  for (const one of [japan, brazil]) await bench.done(one, { command: 'revise', ...bench.stands(amendment) })
  const brazils = await bench.type('br', 'each', 'each and every')
  const seen = bench.stands(amendment)
  await bench.done(japan, { command: 'put-forward', ...(await bench.type('jp', 'each', 'every third')) })
  expect(words(bench.copy('eu', amendment))).toBe('every third year')
  expect(words(bench.copy('br', amendment))).toBe('each and every year')
  expect(await bench.done(brazil, { command: 'revise', ...bench.stands(amendment) })).toEqual({ amendment, kept: true })
  expect(words(bench.copy('br', amendment))).toBe('each and every year')
  expect(await bench.refusal(brazil, { command: 'put-forward', ...brazils, over: seen.digest })).toBe('changed')
  await bench.done(brazil, { command: 'put-forward', ...brazils, over: bench.stands(amendment).digest })
  expect(bench.state(amendment).revision).toBe(3)
})

test('SP2 a copy that was discarded is taken anew', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  await bench.type('eu', 'each', 'some')
  dropAmendment(bench.side('eu'), amendment, true)
  await bench.done(eu, { command: 'revise', ...bench.stands(amendment) })
  expect(bench.copy('eu', amendment)).toMatchObject({ dropped: false })
  expect(words(bench.copy('eu', amendment))).toBe('each year')
})

test('SP3 what was withdrawn or not reflected is taken up again as a new proposal; what is in the text is not', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  expect(await bench.refusal(ngo, { command: 'revise', ...bench.stands(amendment) })).toBe('not-yours')
  await bench.done(chair, { command: 'not-reflected', ...bench.stands(amendment), note: '' })
  const { amendment: again } = await bench.done(brazil, { command: 'revise', ...bench.stands(amendment) })
  expect(again).not.toBe(amendment)
  expect(await bench.done(brazil, { command: 'revise', ...bench.stands(amendment) })).toEqual({ amendment: again, kept: true })
  await bench.done(brazil, { command: 'put-forward', ...bench.prepared('br', again!) })
  expect(bench.state(again!)).toMatchObject({ proposer: 'br', revision: 1, sponsors: [] })
  await bench.done(chair, { command: 'incorporate', ...bench.stands(again!) })
  expect(unitAt(readDraft(bench.shared), 'OP1').words).toContain('each year')
  expect(await bench.refusal(brazil, { command: 'revise', ...bench.stands(again!) })).toBe('already-decided')
})

test('SP3 new paragraphs are revised and taken up again like changes of words', async () => {
  await bench.room(sideRoomOf(bench.draft, 'eu'))
  const id = beginAmendment(bench.side('eu'), { kind: 'insert', target: unitAt(readDraft(bench.shared), 'OP1').id, unitKind: 'op', inside: false })
  proposalText(bench.side('eu'), id)!.insert(0, 'Invites Member States to cooperate;')
  await bench.done(eu, { command: 'put-forward', ...bench.prepared('eu', id) })
  await bench.cosponsored(japan, eu, id)
  await bench.done(japan, { command: 'revise', ...bench.stands(id) })
  proposalText(bench.side('jp'), id)!.insert(7, ' all')
  await bench.done(japan, { command: 'put-forward', ...bench.prepared('jp', id) })
  expect(bench.copy('eu', id)?.proposal).toBe('Invites all Member States to cooperate;')
})

test('SP4 the proposer leaves and the first sponsor leads; when the last one leaves it is withdrawn', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  for (const one of [japan, brazil]) await bench.cosponsored(one, eu, amendment)
  expect(await bench.refusal(eu, { command: 'withdraw', ...bench.stands(amendment) })).toBe('still-sponsored')
  expect(await bench.refusal(ngo, { command: 'leave', ...bench.stands(amendment) })).toBe('not-yours')
  await bench.done(eu, { command: 'leave', ...bench.stands(amendment) })
  expect(bench.state(amendment)).toMatchObject({ status: 'open', proposer: 'jp', proposerKind: 'state' })
  expect(bench.state(amendment).sponsors.map((one) => one.delegation)).toEqual(['br'])
  await bench.done(brazil, { command: 'leave', ...bench.stands(amendment) })
  expect(bench.state(amendment)).toMatchObject({ status: 'open', sponsors: [] })
  await bench.done(japan, { command: 'leave', ...bench.stands(amendment) })
  expect(bench.state(amendment)).toMatchObject({ status: 'withdrawn', proposer: 'jp', decision: { by: 'jp' } })
  expect(await bench.refusal(eu, { command: 'leave', ...bench.stands(amendment) })).toBe('not-yours')
})

test('SP4 an NGO’s proposal needs a State again when the one that took it up leaves', async () => {
  const { amendment } = await bench.proposed(ngo, 'every year', 'each year')
  await bench.done(brazil, { command: 'take-up', ...bench.stands(amendment) })
  expect(bench.state(amendment)).toMatchObject({ proposer: 'ngo', takenUpBy: 'br', needsState: false })
  await bench.done(brazil, { command: 'leave', ...bench.stands(amendment) })
  expect(bench.state(amendment)).toMatchObject({ proposer: 'ngo', takenUpBy: null, needsState: true })
  await bench.cosponsored(japan, ngo, amendment)
  expect(bench.state(amendment).needsState).toBe(false)
  await bench.done(ngo, { command: 'leave', ...bench.stands(amendment) })
  expect(bench.state(amendment)).toMatchObject({ proposer: 'jp', needsState: false })
})

test('SP8 an NGO’s proposal stands in the rolling text with its mark, with both names once taken up, and is closed by a freeze', async () => {
  const { amendment } = await bench.proposed(ngo, 'every year', 'each year')
  expect(rollingDocument(bench.shared).text()).toContain('[each year - La Strada (needs a State)]')
  await bench.done(brazil, { command: 'take-up', ...bench.stands(amendment) })
  expect(rollingDocument(bench.shared).text()).toContain('[each year - La Strada, Brazil, taken up by Brazil]')
  await bench.done(brazil, { command: 'leave', ...bench.stands(amendment) })
  await bench.done(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
  expect(bench.state(amendment)).toMatchObject({ status: 'not-reflected', proposer: 'ngo' })
  expect(await bench.refusal(brazil, { command: 'revise', ...bench.stands(amendment) })).toBe('frozen')
})

const live = async (): Promise<{ id: string; person: string; hat: Hat }[]> =>
  (await bench.store.hats(bench.draft)).filter((row) => row.revokedAtMs === null).map(({ id, person, hat }) => ({ id, person, hat: hat as unknown as Hat }))

async function wears(person: string, hat: Hat): Promise<string> {
  await bench.store.write([{ put: 'hat', row: { id: `hat-${person}`, draft: bench.draft, person, hat: { ...hat }, revokedAtMs: null } }])
  return `hat-${person}`
}

test('SP6 the chair says who is in a group, and gives somebody of a member a further hat to speak for it', async () => {
  const hatId = await wears('jun', { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' })
  const give = { command: 'give-hat', hatId, group: 'eu', level: 'forward' } as const
  expect(await bench.refusal(chair, give)).toBe('not-in-group')
  expect(await bench.refusal(chair, { command: 'set-members', group: 'jp', members: [] })).toBe('not-a-group')
  expect(await bench.refusal(chair, { command: 'set-members', group: 'eu', members: ['nowhere'] })).toBe('no-such-delegation')
  await bench.done(chair, { command: 'set-members', group: 'eu', members: ['jp', 'br', 'jp'] })
  expect(readDelegations(bench.shared).find(({ id }) => id === 'eu')).toMatchObject({ name: 'EU', members: ['jp', 'br'] })
  expect(await bench.refusal(japan, give)).toBe('only-chair')
  const given = await bench.done(chair, give)
  expect((await live()).find(({ id }) => id === given.hatId)).toMatchObject({ person: 'jun', hat: { role: 'delegate', delegation: 'eu', kind: 'group', level: 'forward', of: 'jp' } })
  expect(await bench.refusal(chair, give)).toBe('already-so')
})

test('SP6 what is put forward for a group says through whom', async () => {
  const speaks = delegate('eu', 'group', { of: 'jp', level: 'forward' })
  const { amendment } = await bench.proposed(speaks, 'every year', 'each year')
  expect(bench.state(amendment)).toMatchObject({ proposer: 'eu', through: 'jp' })
})

test('SP6 whoever leaves the member, or whose member leaves the group, speaks for it no longer', async () => {
  await bench.done(chair, { command: 'set-members', group: 'eu', members: ['jp', 'br'] })
  const own = await wears('jun', { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' })
  const other = await wears('bia', { role: 'delegate', delegation: 'br', kind: 'state', level: 'head' })
  const [first, second] = [await bench.done(chair, { command: 'give-hat', hatId: own, group: 'eu', level: 'forward' }), await bench.done(chair, { command: 'give-hat', hatId: other, group: 'eu', level: 'forward' })]
  await bench.done(chair, { command: 'set-members', group: 'eu', members: ['jp'] })
  expect((await live()).map(({ id }) => id)).not.toContain(second.hatId)
  expect((await live()).map(({ id }) => id)).toEqual(expect.arrayContaining([other, own, first.hatId!]))
  await bench.done(chair, { command: 'revoke-member', hatId: own })
  expect((await live()).map(({ id }) => id)).not.toContain(first.hatId)
})

test('CI7 the chair sets a draft to proposals visible as typed, and back', async () => {
  expect(await bench.refusal(eu, { command: 'show-as-typed', show: true })).toBe('only-chair')
  await bench.done(chair, { command: 'show-as-typed', show: true })
  expect(await bench.refusal(chair, { command: 'show-as-typed', show: true })).toBe('already-so')
  expect(readStage(bench.shared)).toMatchObject({ asTyped: true, stage: 'negotiation' })
  await bench.done(chair, { command: 'reopen-drafting', reason: 'x' })
  expect(readStage(bench.shared).asTyped).toBe(true)
  await bench.done(chair, { command: 'show-as-typed', show: false })
  expect(readStage(bench.shared).asTyped).toBeUndefined()
  expect((await bench.store.record(bench.draft, 0)).filter(({ kind }) => kind === 'show-as-typed')).toHaveLength(2)
})
