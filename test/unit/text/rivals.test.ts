import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlacedAmendment } from '../../../shared/model/amendments.ts'
import type { About } from '../../../shared/model/layout.ts'
import { areRivals, rivalsOf } from '../../../shared/text/rivals.ts'

interface Marks {
  readonly hunks?: readonly number[]
  readonly cuts?: readonly (readonly [from: number, to: number])[]
  readonly about?: About
}

const placed = (id: string, { hunks = [], cuts = [], about = { kind: 'modify', target: 'u-1' } }: Marks): PlacedAmendment => ({
  amendment: { id, about, hunks: [], cuts: [], proposal: '', rationale: '', dropped: false, revisions: 0 },
  hunks: hunks.map((at, index) => ({ id: `${id}h${index}`, at, words: 'x', touched: false })),
  cuts: cuts.map(([from, to], index) => ({ id: `${id}c${index}`, from, to, touched: false })),
  broken: [],
})

describe('rivals', () => {
  it('RV1 proposals that strike the same words, write at the same place, or into what another strikes are rivals', () => {
    expect(rivalsOf([placed('b-1', { cuts: [[0, 5]] }), placed('a-1', { cuts: [[4, 9]] }), placed('c-1', { cuts: [[9, 12]] })])).toEqual([['a-1', 'b-1']])
    expect(rivalsOf([placed('a-1', { hunks: [3] }), placed('b-1', { hunks: [3] })])).toEqual([['a-1', 'b-1']])
    expect(rivalsOf([placed('a-1', { hunks: [3] }), placed('b-1', { cuts: [[2, 4]] })])).toEqual([['a-1', 'b-1']])
    // Beside what is struck is not in it.
    expect(rivalsOf([placed('a-1', { hunks: [4] }), placed('b-1', { cuts: [[2, 4]] })])).toEqual([])
  })

  it('RV2 a proposal on the whole paragraph rivals every other on it; a new paragraph after it rivals none', () => {
    const whole = placed('a-1', { about: { kind: 'replace', target: 'u-1' } })
    const gone = placed('b-1', { about: { kind: 'delete', target: 'u-1' } })
    const words = placed('c-1', { cuts: [[1, 2]] })
    const next = placed('d-1', { about: { kind: 'insert', target: 'u-1', unitKind: 'op', inside: false } })
    expect(rivalsOf([next, whole, words, gone])).toEqual([['a-1', 'b-1', 'c-1']])
    expect(rivalsOf([next, words])).toEqual([])
  })

  it('RV3 groups join through a common rival, stand in the order of their words, and do not depend on the order given', () => {
    const mark = fc.record({ hunks: fc.array(fc.nat(9), { maxLength: 2 }), cuts: fc.array(fc.tuple(fc.nat(9), fc.nat(9)).map(([from, to]) => [Math.min(from, to), Math.max(from, to)] as const), { maxLength: 2 }) })
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 7 }), (marks) => {
        const all = marks.map((one, index) => placed(`a-${index}`, one))
        const groups = rivalsOf(all)
        expect(rivalsOf([...all].reverse())).toEqual(groups)
        const groupOf = new Map(groups.flatMap((members, index) => members.map((id) => [id, index] as const)))
        for (const left of all) {
          for (const right of all) {
            if (left !== right && areRivals(left, right)) expect(groupOf.get(left.amendment.id)).toBe(groupOf.get(right.amendment.id) ?? -1)
          }
          const rivals = all.filter((other) => other !== left && areRivals(left, other))
          expect(groupOf.has(left.amendment.id)).toBe(rivals.length > 0)
        }
      }),
    )
  })
})
