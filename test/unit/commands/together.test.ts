import { describe, expect, test } from 'vitest'
import { readPackages, readRequests, unitsUnder } from '../../../shared/model/agreed.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, readUnitState } from '../../../shared/model/state.ts'
import { digestOfPackageIn, digestOfUnits } from '../../../shared/lifecycle/stages.ts'
import { isAllAgreed, progressOf } from '../../../shared/model/progress.ts'
import { amendmentsDocument, rollingDocument } from '../../../server/sync/exports.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { bench, brazil, chair, delegate, done, eu, japan, legal, negotiation, ngo, refusal, secretary, stands, type, unitSeen } from './bench.ts'
import { unitValue } from './support.ts'

const together = (act: 'agree' | 'reopen' | 'lock' | 'unlock', under: string | null): Command =>
  ({ command: 'close-together', act, under, digest: digestOfUnits(readDraft(bench.shared), unitsUnder(readDraft(bench.shared), under)), reason: '' })
const agreedNow = (): string[] => readDraft(bench.shared).units.filter(({ id }) => readUnitState(bench.shared, id).agreed !== null).map(({ number, kind }) => number || kind)
const agreePackage = (id: string): Command => {
  const { units, amendments: ids } = readPackages(bench.shared).find((one) => one.id === id)!
  return { command: 'agree-package', package: id, digest: digestOfPackageIn(readDraft(bench.shared), units, ids.map((one) => readAmendmentState(bench.shared, one)!.digest)) }
}
const last = async () => (await bench.store.record(bench.draft, 0)).at(-1)!

describe('a section, or the whole', () => {
  test('AG1 a heading and what stands under it is agreed, locked and reopened in one command, as it was seen', async () => {
    await negotiation()
    const view = readDraft(bench.shared)
    const op = view.units.filter(({ kind }) => kind === 'op')
    const [heading] = createUnits(bench.shared, view, { parent: null, after: op[0]!.id }, [unitValue('heading', 'Means')])
    expect(unitsUnder(readDraft(bench.shared), heading!)).toEqual([heading, op[1]!.id])
    await done(chair, together('agree', heading!))
    expect(agreedNow()).toEqual(['heading', 'OP2'])
    expect((await last()).body).toMatchObject({ body: { act: 'agree', under: heading, units: [heading, op[1]!.id] } })
    expect(await refusal(chair, together('agree', heading!))).toBe('already-so')
    expect(await refusal(chair, { ...together('reopen', heading!), digest: '0'.repeat(64) } as Command)).toBe('changed')
    expect(await refusal(secretary, together('reopen', heading!))).toBe('only-chair')
    await done(chair, together('lock', null))
    expect(readDraft(bench.shared).units.every(({ id }) => readUnitState(bench.shared, id).locked)).toBe(true)
    await done(chair, together('unlock', null))
    await done(chair, together('reopen', heading!))
    expect(agreedNow()).toEqual([])
  })

  test('AG1 what is proposed on one of them stops it all', async () => {
    await negotiation()
    await done(eu, { command: 'put-forward', ...type(eu, 'every year', 'each year') })
    expect(await refusal(chair, together('agree', null))).toBe('open-amendments')
    expect(agreedNow()).toEqual([])
    expect(await refusal(chair, together('agree', 'none-1'))).toBe('no-such-unit')
  })
})

describe('a request to reopen', () => {
  test('AG2 any delegation asks with a reason; the chair reopens, or declines with a word; both are on record', async () => {
    await negotiation()
    const op1 = unitSeen('OP1')
    const asking: Command = { command: 'ask-reopen', ...op1, reason: 'new instructions' }
    expect(await refusal(japan, asking)).toBe('already-so')
    await done(chair, { command: 'agree', ...op1 })
    expect(await refusal(legal, asking)).toBe('not-permitted')
    expect(await refusal(delegate('jp', 'state', 'drafter'), asking)).toBe('not-put-forward-right')
    const { request } = await done(japan, asking)
    expect(await refusal(japan, asking)).toBe('already-so')
    await done(ngo, asking)
    expect(await refusal(japan, { command: 'answer-request', request: request!, reopen: true, note: '' })).toBe('only-chairs-table')
    expect(await refusal(chair, { command: 'answer-request', request: 'none-1', reopen: true, note: '' })).toBe('no-such-request')
    expect(await refusal(chair, { command: 'answer-request', request: request!, reopen: false, note: '' })).toBe('word-needed')
    await done(chair, { command: 'answer-request', request: request!, reopen: false, note: 'not today' })
    expect(readRequests(bench.shared)[0]!.answer).toMatchObject({ reopened: false, note: 'not today' })
    expect(agreedNow()).toEqual(['OP1'])
    expect(await refusal(chair, { command: 'answer-request', request: request!, reopen: true, note: '' })).toBe('already-decided')
    const again = await done(japan, asking)
    await done(chair, { command: 'answer-request', request: again.request!, reopen: true, note: '' })
    expect(agreedNow()).toEqual([])
    // The other's is answered with it.
    expect(readRequests(bench.shared).map(({ answer }) => answer?.reopened)).toEqual([false, true, true])
    expect(await last()).toMatchObject({ kind: 'answer-request', body: { body: { delegation: 'jp', reopened: true } } })
  })
})

describe('a package', () => {
  async function packed(): Promise<{ id: string; amendment: string }> {
    await negotiation()
    const typed = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...typed })
    const made = await done(chair, { command: 'make-package', name: 'Reports and seized', units: [unitSeen('OP2')], amendments: [stands(typed.amendment)] })
    return { id: made.package!, amendment: typed.amendment }
  }

  test('AG3 its parts are agreed together, its proposals written, or nothing happens', async () => {
    const { id, amendment } = await packed()
    const asked = agreePackage(id)
    await done(japan, { command: 'put-forward', ...type(japan, 'report', 'account') })
    const rival = [...readRivals()].find((one) => one !== amendment)!
    expect(await refusal(chair, asked)).toBe('open-amendments')
    expect(readAmendmentState(bench.shared, amendment)!.status).toBe('open')
    expect(agreedNow()).toEqual([])
    await done(chair, { command: 'not-reflected', ...stands(rival), note: '' })
    expect(await refusal(chair, { ...asked, digest: '0'.repeat(64) } as Command)).toBe('changed')
    await done(chair, agreePackage(id))
    expect(readAmendmentState(bench.shared, amendment)!.status).toBe('incorporated')
    expect(readDraft(bench.shared).units.find(({ number }) => number === 'OP1')!.words).toContain('each year')
    expect(agreedNow()).toEqual(['OP1', 'OP2'])
    expect(await refusal(chair, agreePackage(id))).toBe('already-so')
  })

  test('AG3 no part of it is settled alone, and reopening one reopens all of it', async () => {
    const { id, amendment } = await packed()
    const on = stands(amendment)
    for (const body of [
      { command: 'incorporate', ...on }, { command: 'not-reflected', ...on, note: '' }, { command: 'keep-in-brackets', ...on }, { command: 'agree', ...unitSeen('OP2') },
      { command: 'settle', unit: unitSeen('OP1'), incorporate: [on], merge: [], bracket: [], hold: [], decline: [], agree: false, note: '' },
    ] as Command[]) expect([body.command, await refusal(chair, body)]).toEqual([body.command, 'in-package'])
    await done(chair, agreePackage(id))
    for (const number of ['OP1', 'OP2']) expect(await refusal(chair, { command: 'reopen-unit', ...unitSeen(number), reason: '' })).toBe('in-package')
    const { request } = await done(brazil, { command: 'ask-reopen', ...unitSeen('OP1'), reason: 'we were absent' })
    await done(chair, { command: 'answer-request', request: request!, reopen: true, note: '' })
    expect(agreedNow()).toEqual([])
    expect(readPackages(bench.shared)[0]!.agreed).toBeNull()
    await done(chair, agreePackage(id))
    expect(agreedNow()).toEqual(['OP1', 'OP2'])
    await done(chair, { command: 'reopen-package', package: id, reason: 'once more' })
    expect(agreedNow()).toEqual([])
    await done(chair, { command: 'drop-package', package: id, reason: '' })
    await done(chair, { command: 'agree', ...unitSeen('OP2') })
    expect(await refusal(chair, { command: 'drop-package', package: id, reason: '' })).toBe('no-such-package')
  })

  test('AG3 a package is the chair’s, holds two parts at least, and nothing that is in another or settled', async () => {
    const { amendment } = await packed()
    const [pp1, op2] = [unitSeen('PP1'), unitSeen('OP2')]
    const make = (units: { unit: string; digest: string }[], ids: { amendment: string; digest: string }[] = []): Command => ({ command: 'make-package', name: 'P', units, amendments: ids })
    expect(await refusal(japan, make([pp1, op2]))).toBe('only-chairs-table')
    expect(await refusal(chair, make([pp1]))).toBe('package-small')
    expect(await refusal(chair, make([pp1, op2]))).toBe('in-package')
    expect(await refusal(chair, make([pp1], [stands(amendment)]))).toBe('in-package')
    await done(chair, { command: 'agree', ...pp1 })
    expect(await refusal(chair, make([pp1, unitSeen('OP1')]))).toBe('already-so')
  })
})

test('AG4 exports say that nothing is agreed until everything is, and cease to when it is', async () => {
  await negotiation()
  const words = 'Nothing is agreed until everything is agreed.'
  for (const text of [rollingDocument(bench.shared).text(), amendmentsDocument(bench.shared, 'all').text()]) expect(text).toContain(words)
  await done(chair, together('agree', null))
  for (const text of [rollingDocument(bench.shared).text(), amendmentsDocument(bench.shared, 'all').text()]) expect(text).not.toContain(words)
})

test('AG5 progress counts the paragraphs that are agreed, the proposals that are open, and the flags that the asker may know of', async () => {
  await negotiation()
  const typed = type(eu, 'every year', 'each year')
  await done(eu, { command: 'put-forward', ...typed })
  await done(chair, { command: 'agree', ...unitSeen('OP2') })
  const progress = progressOf(bench.shared, readDraft(bench.shared), new Set([typed.amendment]))
  expect(progress).toEqual({ paragraphs: 4, agreed: 1, open: 1, flagged: 1 })
  expect(isAllAgreed(progress)).toBe(false)
  expect(progressOf(bench.shared, readDraft(bench.shared), new Set()).flagged).toBe(0)
})

const readRivals = (): string[] => [...bench.shared.getMap('amendments').keys()]
