import { beforeEach, expect, test } from 'vitest'
import { readCircle, readCircles } from '../../../shared/model/circles.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { Speaker } from '../../../server/sync/service.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { Bench, brazil, chair, delegate, eu, japan, ngo } from './negotiation-bench.ts'
import { unitAt } from './support.ts'

let bench: Bench

beforeEach(async () => {
  bench = await Bench.open()
})

const group = (...members: string[]): Extract<Parameters<Bench['done']>[1], { command: 'open-circle' }> =>
  ({ command: 'open-circle', purpose: { kind: 'unit', unit: unitAt(readDraft(bench.shared), 'OP1').id, name: 'Small group on OP1', members } })

/** Whose sockets in a room a command has put out. */
const putOut = (room: string, who: Speaker): boolean => bench.rooms.get(sideRoomOf(bench.draft, room))!.expelled.some((whom) => whom(who))

test('CI2 sponsors open a circle of theirs; who sponsors is in it, and who leaves is out at once', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  await bench.cosponsored(japan, eu, amendment)
  expect(await bench.refusal(brazil, { command: 'open-circle', purpose: { kind: 'amendment', amendment } })).toBe('not-yours')
  const { circle } = await bench.done(japan, { command: 'open-circle', purpose: { kind: 'amendment', amendment } })
  expect(await bench.refusal(eu, { command: 'open-circle', purpose: { kind: 'amendment', amendment } })).toBe('already-so')
  expect(readCircle(bench.shared, circle!)).toMatchObject({ members: ['eu', 'jp'], open: true })
  await bench.cosponsored(brazil, eu, amendment)
  expect(readCircle(bench.shared, circle!)?.members).toEqual(['eu', 'jp', 'br'])
  await bench.done(eu, { command: 'revise', ...bench.stands(amendment), circle: circle! })
  expect(await bench.refusal(ngo, { command: 'revise', ...bench.stands(amendment), circle: circle! })).toBe('no-such-circle')
  await bench.done(japan, { command: 'leave', ...bench.stands(amendment) })
  expect(readCircle(bench.shared, circle!)?.members).toEqual(['eu', 'br'])
  expect([putOut(circle!, japan), putOut(circle!, brazil), putOut(circle!, eu)]).toEqual([true, false, false])
})

test('CI2 what sponsors prepare together is a next revision with all their names on its wording', async () => {
  const { amendment } = await bench.proposed(eu, 'every year', 'each year')
  await bench.cosponsored(japan, eu, amendment)
  const { circle } = await bench.done(eu, { command: 'open-circle', purpose: { kind: 'amendment', amendment } })
  await bench.done(japan, { command: 'revise', ...bench.stands(amendment), circle: circle! })
  const typed = await bench.type(circle!, 'each', 'every third')
  expect(typed.amendment).toBe(amendment)
  await bench.done(japan, { command: 'put-forward', ...typed, circle: circle! })
  expect(bench.state(amendment)).toMatchObject({ proposer: 'eu', revision: 2, sponsors: [{ delegation: 'jp', digest: bench.stands(amendment).digest }] })
  expect(bench.prepared('eu', amendment).digest).toBe(bench.stands(amendment).digest)
})

test('CI3 the chair names a small group; its proposal has the lead for proposer and the others for sponsors', async () => {
  expect(await bench.refusal(eu, group('eu', 'jp'))).toBe('only-chairs-table')
  expect(await bench.refusal(chair, group('eu', 'nowhere'))).toBe('no-such-delegation')
  expect(await bench.refusal(chair, group('eu', 'legal'))).toBe('not-permitted')
  const { circle } = await bench.done(chair, group('jp', 'office', 'ngo', 'eu'))
  const typed = await bench.type(circle!, 'every year', 'each year')
  expect(await bench.refusal(brazil, { command: 'put-forward', ...typed, circle: circle! })).toBe('no-such-circle')
  const drafter = delegate('jp', 'state', { level: 'drafter' })
  expect(await bench.refusal(drafter, { command: 'put-forward', ...typed, circle: circle! })).toBe('not-put-forward-right')
  await bench.done(eu, { command: 'put-forward', ...typed, circle: circle! })
  expect(bench.state(typed.amendment)).toMatchObject({ proposer: 'jp', proposerKind: 'state', needsState: false })
  expect(bench.state(typed.amendment).sponsors.map((one) => one.delegation)).toEqual(['ngo', 'eu'])
})

test('CI3 a group of organisations alone still needs a State', async () => {
  const { circle } = await bench.done(chair, group('ngo'))
  const typed = await bench.type(circle!, 'every year', 'each year')
  await bench.done(ngo, { command: 'put-forward', ...typed, circle: circle! })
  expect(bench.state(typed.amendment)).toMatchObject({ proposer: 'ngo', needsState: true })
})

test('CI4 a circle is changed and ended by whoever may open it, on every socket at once; what was in it stays', async () => {
  const { circle } = await bench.done(chair, group('eu', 'jp'))
  const typed = await bench.type(circle!, 'every year', 'each year')
  expect(await bench.refusal(eu, { command: 'set-circle', circle: circle!, open: false })).toBe('only-chairs-table')
  await bench.done(chair, { command: 'set-circle', circle: circle!, open: true, members: ['eu', 'br'] })
  expect([putOut(circle!, japan), putOut(circle!, eu)]).toEqual([true, false])
  expect(await bench.refusal(japan, { command: 'put-forward', ...typed, circle: circle! })).toBe('no-such-circle')
  await bench.done(chair, { command: 'set-circle', circle: circle!, open: false })
  expect([putOut(circle!, eu), putOut(circle!, brazil)]).toEqual([true, true])
  expect(await bench.refusal(eu, { command: 'put-forward', ...typed, circle: circle! })).toBe('circle-closed')
  expect(await bench.refusal(chair, { command: 'set-circle', circle: circle!, open: false })).toBe('already-so')
  await bench.done(chair, { command: 'set-circle', circle: circle!, open: true })
  await bench.done(eu, { command: 'put-forward', ...typed, circle: circle! })
  expect(await bench.refusal(chair, { command: 'set-circle', circle: 'eu', open: false })).toBe('no-such-circle')
})

test('CI4 a circle and a delegation never share a side document', async () => {
  await bench.done(chair, { command: 'add-delegation', delegation: { id: 'circle-1', name: 'Circle', kind: 'ngo' } })
  const { circle } = await bench.done(chair, group('eu', 'jp'))
  expect(circle).toBe('circle-2')
  expect(await bench.refusal(chair, { command: 'add-delegation', delegation: { id: 'circle-2', name: 'Other', kind: 'ngo' } })).toBe('already-so')
  expect(readCircles(bench.shared).map(({ id }) => id)).toEqual(['circle-2'])
})

test('CI4 another delegation’s side document is no circle, whatever a command says', async () => {
  const typed = await bench.type('eu', 'every year', 'each year')
  expect(await bench.refusal(japan, { command: 'put-forward', ...typed, circle: 'eu' })).toBe('no-such-circle')
  expect(await bench.refusal(eu, { command: 'put-forward', ...typed, circle: 'eu' })).toBe('no-such-circle')
})

test('SC4 the text on screen is recorded for whoever said it; nothing else of the table’s changes hands', async () => {
  const typed = await bench.type('screen', 'every year', 'each year')
  await bench.done(chair, { command: 'put-forward', ...typed, circle: 'screen' })
  expect(bench.state(typed.amendment)).toMatchObject({ proposer: 'office', asRecorded: false })
  expect(await bench.refusal(eu, { command: 'record-for', ...typed, delegation: 'eu', circle: 'screen' })).toBe('no-such-circle')
  expect(await bench.refusal(chair, { command: 'record-for', ...typed, delegation: 'nowhere', circle: 'screen' })).toBe('no-such-delegation')
  await bench.done(chair, { command: 'record-for', ...typed, delegation: 'ngo', circle: 'screen' })
  expect(bench.state(typed.amendment)).toMatchObject({ proposer: 'ngo', proposerKind: 'ngo', asRecorded: true, needsState: true, status: 'open', revision: 2 })
  expect(await bench.refusal(chair, { command: 'record-for', ...typed, delegation: 'eu', circle: 'screen' })).toBe('not-yours')
  await bench.done(ngo, { command: 'confirm-recorded', ...bench.stands(typed.amendment) })
  expect(await bench.refusal(chair, { command: 'record-for', ...typed, delegation: 'ngo', circle: 'screen' })).toBe('not-yours')
  const own = await bench.proposed(chair, 'Requests', 'Invites')
  expect(await bench.refusal(chair, { command: 'record-for', ...own, delegation: 'eu' })).toBe('not-yours')
  const { circle } = await bench.done(chair, group('office', 'eu'))
  const small = await bench.type(circle!, 'report', 'speak')
  expect(await bench.refusal(chair, { command: 'record-for', ...small, delegation: 'eu', circle: circle! })).toBe('not-permitted')
})
