import { describe, expect, test } from 'vitest'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import { beginAmendment, proposalText } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { textsOf } from '../../../shared/model/layout.ts'
import type { About } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readReversals } from '../../../shared/model/reversal.ts'
import { readAmendmentState, readUnitState } from '../../../shared/model/state.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { anchorAfter } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { bench, brazil, chair, done, eu, japan, legal, negotiation, ngo, refusal, secretary, shownOn, stands, type, unitSeen } from './bench.ts'
import type { Seen } from './bench.ts'
import { unitAt } from './support.ts'

type Settle = Extract<Command, { command: 'settle' }>

const settle = (more: Partial<Settle>): Settle => ({
  command: 'settle', unit: null, incorporate: [], merge: [], bracket: [], hold: [], decline: [], agree: false, note: '', ...more,
})

const words = (number = 'OP1'): string => unitAt(readDraft(bench.shared), number).words
const state = (amendment: string): AmendmentState => readAmendmentState(bench.shared, amendment)!

async function putForward(who: typeof eu, find: string, by: string): Promise<Seen> {
  const typed = type(who, find, by)
  await done(who, { command: 'put-forward', ...typed })
  return stands(typed.amendment)
}

describe('several decisions as one', () => {
  test('DE20 a paragraph is closed in one: what is shown is written, the rest decided, the unit agreed, one entry in the record', async () => {
    await negotiation()
    const [a, b, c, d] = [await putForward(eu, 'every year', 'each year'), await putForward(japan, 'every year', 'every two years'), await putForward(brazil, 'report', 'report orally'), await putForward(ngo, 'Requests', 'Urges')]
    const before = (await bench.store.record(bench.draft, 0)).length
    await done(chair, settle({ unit: unitSeen('OP1'), incorporate: [a], hold: [b], bracket: [c], decline: [d], agree: true, note: 'as discussed' }))
    expect(words()).toBe('Requests the Secretary-General to report each year;')
    expect([a, b, c, d].map(({ amendment }) => state(amendment).status)).toEqual(['incorporated', 'held', 'bracketed', 'not-reflected'])
    expect(readUnitState(bench.shared, unitSeen('OP1').unit).agreed?.digest).toBe(unitSeen('OP1').digest)
    const record = await bench.store.record(bench.draft, 0)
    expect(record).toHaveLength(before + 1)
    expect(record.at(-1)!.kind).toBe('settle')
  })

  test('DE21 a merged text is credited: what it reflects names it, and it names what it reflects', async () => {
    await negotiation()
    const [a, b] = [await putForward(eu, 'every year', 'each year'), await putForward(ngo, 'every year', 'annually')]
    const merged = await putForward(chair, 'every year', 'annually, each year')
    await done(chair, settle({ unit: unitSeen('OP1'), incorporate: [merged], merge: [a, b] }))
    expect(words()).toBe('Requests the Secretary-General to report annually, each year;')
    expect(state(merged.amendment).decision?.with).toEqual([a.amendment, b.amendment])
    expect([a, b].map(({ amendment }) => [state(amendment).status, state(amendment).decision?.with])).toEqual([['merged', [merged.amendment]], ['merged', [merged.amendment]]])
    expect(await refusal(chair, settle({ merge: [a] }))).toBe('already-decided')
  })

  test('DE22 all of it happens or nothing: a wording that moved on, a proposal named twice or that waits for a State refuses the whole', async () => {
    await negotiation()
    const [a, b, n] = [await putForward(eu, 'every year', 'each year'), await putForward(japan, 'report', 'report orally'), await putForward(ngo, 'Requests', 'Urges')]
    const before = bench.shared.store.clients.get(bench.shared.clientID)!.length
    expect(await refusal(chair, settle({ incorporate: [a], decline: [{ ...b, digest: '0'.repeat(64) }] }))).toBe('changed')
    expect(await refusal(chair, settle({ incorporate: [a], decline: [a] }))).toBe('bad-command')
    expect(await refusal(chair, settle({ incorporate: [a, n] }))).toBe('needs-state')
    expect(await refusal(chair, settle({ merge: [a] }))).toBe('nothing-to-merge-into')
    expect(await refusal(chair, settle({}))).toBe('bad-command')
    expect(await refusal(japan, settle({ incorporate: [b] }))).toBe('only-chairs-table')
    expect(await refusal(legal, settle({ decline: [b] }))).toBe('only-chairs-table')
    expect(words()).toBe('Requests the Secretary-General to report every year;')
    expect([a, b, n].map(({ amendment }) => state(amendment).status)).toEqual(['open', 'open', 'open'])
    expect(bench.shared.store.clients.get(bench.shared.clientID)!.length).toBe(before)
  })

  test('DE23 what is put on hold is still to be decided, and is put on hold once', async () => {
    await negotiation()
    const a = await putForward(eu, 'every year', 'each year')
    await done(chair, settle({ hold: [a] }))
    expect(await refusal(chair, settle({ hold: [a] }))).toBe('already-so')
    expect(await refusal(secretary, settle({ decline: [a] }))).toBe('only-chair')
    await done(chair, { command: 'incorporate', ...a })
    expect(words()).toBe('Requests the Secretary-General to report each year;')
  })
})

describe('undoing a decision', () => {
  const latest = (): string => readReversals(bench.shared)[0]!.decision

  test('DE24 a closed paragraph is opened again as it was: its words, the state of every proposal, and where they hold on', async () => {
    await negotiation()
    const [a, b, c] = [await putForward(eu, 'every year', 'each year'), await putForward(japan, 'report every year', 'report'), await putForward(brazil, 'to report', 'to report orally')]
    const before = { words: words(), states: [a, b, c].map(({ amendment }) => state(amendment)), shown: shownOn('OP1') }
    const { decision } = await done(chair, settle({ unit: unitSeen('OP1'), incorporate: [a], decline: [b], bracket: [c], agree: true }))
    await done(chair, { command: 'undo-decision', decision: decision! })
    expect({ words: words(), states: [a, b, c].map(({ amendment }) => state(amendment)), shown: shownOn('OP1') }).toEqual(before)
    expect(readUnitState(bench.shared, unitSeen('OP1').unit)).toEqual({ locked: false, agreed: null })
    expect(await refusal(chair, { command: 'undo-decision', decision: decision! })).toBe('already-so')
    // And what was opened again can be decided again.
    await done(chair, { command: 'incorporate', ...stands(b.amendment) })
    expect(words()).toBe('Requests the Secretary-General to report;')
  })

  test('DE25 not when something has been built on it: another decision on the words, a later revision, an agreement', async () => {
    await negotiation()
    const [a, b] = [await putForward(eu, 'every year', 'each year'), await putForward(japan, 'Requests', 'Urges')]
    await done(chair, { command: 'incorporate', ...a })
    const first = latest()
    await done(chair, { command: 'incorporate', ...stands(b.amendment) })
    const second = latest()
    expect(await refusal(chair, { command: 'undo-decision', decision: first })).toBe('built-on')
    // From the last to the first it can.
    await done(chair, { command: 'undo-decision', decision: second })
    expect(await refusal(japan, { command: 'undo-decision', decision: first })).toBe('only-chairs-table')
    await done(chair, { command: 'agree', ...unitSeen('OP1') }).catch(() => undefined)
    await done(chair, settle({ unit: unitSeen('OP1'), decline: [stands(b.amendment)], agree: true }))
    expect(await refusal(chair, { command: 'undo-decision', decision: first })).toBe('built-on')
    await done(chair, { command: 'undo-decision', decision: latest() })
    await done(chair, { command: 'undo-decision', decision: first })
    expect(words()).toBe('Requests the Secretary-General to report every year;')
    expect(state(a.amendment).status).toBe('open')
  })

  test('DE25 words that a later decision took out and that came back when it was undone go with the first', async () => {
    await negotiation()
    const before = words()
    await done(chair, { command: 'incorporate', ...(await putForward(eu, 'every year', 'each year')) })
    const first = latest()
    await done(chair, { command: 'incorporate', ...(await putForward(japan, 'each year', 'monthly')) })
    await done(chair, { command: 'undo-decision', decision: latest() })
    await done(chair, { command: 'undo-decision', decision: first })
    expect(words()).toBe(before)
  })

  test('DE26 words that come back are the same proposals’ again: copies name their letters', async () => {
    await negotiation()
    const a = await putForward(eu, 'every year', '')
    await done(chair, { command: 'incorporate', ...a })
    await done(chair, { command: 'undo-decision', decision: latest() })
    const entry = (await bench.store.load(bench.draft)).entries.at(-1)!
    const runs = JSON.parse(entry.lineage!) as { to: number[]; from: [string, number, number, number] }[]
    expect(runs.map(({ from: [document] }) => document)).toEqual(runs.map(() => bench.draft))
    expect(runs.reduce((sum, { to }) => sum + to[2]!, 0)).toBe(' every year'.length)
    expect(words()).toBe('Requests the Secretary-General to report every year;')
  })

  const paragraphs = (): unknown[] => readDraft(bench.shared).units.map(({ number, kind, parent, atoms, notes }) => [number, kind, parent, atoms, notes.map((note) => note.words)])

  test('DE28 every kind of decision is undone, and can be made again', async () => {
    await negotiation()
    const side = bench.sides.get(sideRoomOf(bench.draft, 'jp'))!
    const unit = (number: string): UnitView => unitAt(readDraft(bench.shared), number)
    const [one, two, pp] = [unit('OP1'), unit('OP2'), unit('PP1')]
    const text = textsOf(bench.shared).get(one.segments[0]!.text)!
    const abouts: [About, string][] = [
      [{ kind: 'delete', target: two.id }, ''],
      [{ kind: 'replace', target: one.id }, 'Invites all States to report;'],
      [{ kind: 'insert', target: one.id, unitKind: 'op', inside: false }, 'Urges all;'],
      [{ kind: 'placeholder', target: one.id, unitKind: 'op', inside: false }, 'finance'],
      [{ kind: 'move', target: two.id, parent: '', after: pp.id }, ''],
      [{ kind: 'split', target: one.id, at: anchorAfter(text, 8)! }, ''],
      [{ kind: 'join', target: one.id, with: two.id }, ''],
      [{ kind: 'note', target: one.id, at: anchorAfter(text, 8)! }, 'Resolution 70/1.'],
    ]
    for (const [about, words] of abouts) {
      const amendment = beginAmendment(side, about)
      proposalText(side, amendment)!.insert(0, words)
      await done(japan, { command: 'put-forward', amendment, digest: digestOfAmendment(readPublished(side, amendment)!) })
      const before = paragraphs()
      await done(chair, { command: 'incorporate', ...stands(amendment) })
      const after = paragraphs()
      expect([about.kind, after]).not.toEqual([about.kind, before])
      await done(chair, { command: 'undo-decision', decision: latest() })
      expect([about.kind, paragraphs(), state(amendment).status]).toEqual([about.kind, before, 'open'])
      await done(chair, { command: 'incorporate', ...stands(amendment) })
      expect([about.kind, paragraphs()]).toEqual([about.kind, after])
      await done(chair, { command: 'undo-decision', decision: latest() })
      await done(japan, { command: 'withdraw', ...stands(amendment) })
    }
  })
})
