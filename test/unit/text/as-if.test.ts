import { describe, expect, test } from 'vitest'
import { readDraft } from '../../../shared/model/reader.ts'
import { draftAsIf } from './draft-as-if.ts'
import { bench, chair, done, eu, japan, negotiation, stands, type } from '../commands/bench.ts'

const lines = (units = readDraft(bench.shared).units): string[] => units.map(({ words }) => words)
const linesAsIf = (...amendments: readonly string[]): string[] => lines(draftAsIf(bench.shared, amendments).units)

describe('as if incorporated', () => {
  test('VW2 the text as if a chosen set were incorporated is what incorporating gives, and nothing of it is kept', async () => {
    await negotiation()
    const [a, b] = [type(eu, 'every year', 'each year'), type(japan, 'Requests', 'Urges')]
    for (const [who, typed] of [[eu, a], [japan, b]] as const) await done(who, { command: 'put-forward', ...typed })
    const before = lines()
    const both = linesAsIf(a.amendment, b.amendment)
    const one = linesAsIf(b.amendment)
    expect(lines()).toEqual(before)
    await done(chair, { command: 'incorporate', ...stands(b.amendment) })
    expect(lines()).toEqual(one)
    await done(chair, { command: 'incorporate', ...stands(a.amendment) })
    expect(lines()).toEqual(both)
    expect(linesAsIf('nobody-1')).toEqual(both)
  })
})
