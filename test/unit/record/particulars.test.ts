import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { particularTold } from '../../../client/room/particulars.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { digestOfUnits } from '../../../shared/lifecycle/stages.ts'
import { unitsUnder } from '../../../shared/model/agreed.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { recordCsv } from '../../../shared/record/export.ts'
import { recordLine } from '../../../shared/record/line.ts'
import { particularNames, particularsOf } from '../../../shared/record/particulars.ts'
import { bench, chair, done, eu, japan, negotiation, type, unitSeen } from '../commands/bench.ts'

const hourMs = 3_600_000
const nameOf = (id: string): string => ({ jp: 'Japan', eu: 'EU' })[id] ?? id
const textNow = (): string => digestOfText(readDraft(bench.shared), 'en')

async function told(): Promise<string> {
  const row = (await bench.store.record(bench.draft, 0)).at(-1)!
  return recordLine({ ...row, actorName: null }).particulars.map((one) => particularTold(one, nameOf)).join(', ')
}

describe('what an entry says in particular', () => {
  test('RC8 of versions, readings, deadlines, silence, sponsors, and what was recorded or late', async () => {
    await negotiation()
    await done(chair, { command: 'keep-version', kind: 'zero', name: 'Zero draft', symbol: 'A/C.3/81/L.12', digest: textNow() })
    expect(await told()).toMatch(/^version 1, “Zero draft”, A\/C\.3\/81\/L\.12, SHA-256 [0-9a-f]{16}…$/)
    await done(chair, { command: 'next-reading', reason: '' })
    expect(await told()).toBe('reading 2')
    await done(chair, { command: 'set-deadline', atMs: bench.nowMs() + hourMs, reason: '' })
    expect(await told()).toMatch(/^until 1 Jan 1970/)
    bench.sleep(2 * hourMs)
    await done(japan, { command: 'put-forward', ...type(japan, 'every year', 'each year') })
    expect(await told()).toBe('after the deadline')
    await done(japan, { command: 'sponsor', as: 'main' })
    expect(await told()).toBe('Main sponsor')
    await done(chair, { command: 'start-silence', digest: textNow(), units: [], untilMs: bench.nowMs() + hourMs, reason: '' })
    expect(await told()).toMatch(/^procedure 1, until 1 Jan 1970/)
    await done(eu, { command: 'break-silence', units: [unitSeen('OP1').unit], reason: 'no' })
    expect(await told()).toBe('procedure 1, OP1')
    await done(chair, { command: 'record-objection', delegation: 'jp', units: [unitSeen('OP2').unit], reason: 'on the telephone' })
    expect(await told()).toBe('for Japan, procedure 1, OP2')
    await done(chair, { command: 'record-objection', delegation: 'jp', units: [], reason: 'not so' })
    expect(await told()).toBe('for Japan, procedure 1, taken back')
    bench.sleep(hourMs)
    await done(chair, { command: 'close-together', act: 'lock', under: null, digest: digestOfUnits(readDraft(bench.shared), unitsUnder(readDraft(bench.shared), null)), reason: '' })
    expect(await told()).toBe('Lock')
    const ended = (await bench.store.record(bench.draft, 0)).find(({ kind }) => kind === 'silence-ended')!
    expect(recordLine({ ...ended, actorName: null }).particulars.map((one) => particularTold(one, nameOf)).slice(0, 2)).toEqual(['procedure 1', 'broken'])
    await done(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: 'A/C.3/81/L.12', closeOpen: true, reason: 'It is agreed.' })
    expect(await told()).toMatch(/^version 2, A\/C\.3\/81\/L\.12, SHA-256/)
  })

  test('RC8 stands in a column of the CSV, with moments in UTC and delegations by their names', async () => {
    await negotiation()
    await done(chair, { command: 'start-silence', digest: textNow(), units: [], untilMs: bench.nowMs() + hourMs, reason: '' })
    await done(chair, { command: 'record-objection', delegation: 'jp', units: [unitSeen('OP1').unit], reason: 'no' })
    const rows = await bench.store.record(bench.draft, 0)
    const csv = recordCsv(rows.map((row) => ({ ...recordLine({ ...row, actorName: null }), digest: row.digest })), nameOf)
    expect(csv).toMatch(/"start-silence","silence: 1; until: 1970-01-01T\d\d:\d\d:\d\d\.\d{3}Z"/)
    expect(csv).toContain('"record-objection","for: Japan; silence: 1; paragraphs: OP1"')
  })

  test('RC8 of whatever an entry may hold nothing throws, and every particular has its words', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom('freeze', 'set-deadline', 'record-objection', 'sponsor'), (body, kind) => {
      for (const one of particularsOf(kind, { body } as never)) expect(particularTold(one, nameOf)).not.toBe('')
    }))
    expect(particularsOf('set-deadline', { body: { deadline: Number.MAX_SAFE_INTEGER } })).toEqual([])
    for (const name of particularNames) expect(particularTold(name === 'until' ? { name, atMs: 0 } : { name, value: 'x' }, nameOf)).not.toContain('particular-')
  })
})
