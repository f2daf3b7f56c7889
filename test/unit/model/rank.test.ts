import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRank, rankBetween, ranksBetween } from '../../../shared/model/rank.ts'

const salt = fc.string({ minLength: 1, maxLength: 12 })

describe('ranks', () => {
  it('MO1 a rank between two is strictly between them and well formed, wherever it is asked for, however often', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1000), salt, fc.integer({ min: 1, max: 4 })), { maxLength: 60 }), (steps) => {
        const ranks: string[] = []
        for (const [place, word, count] of steps) {
          const at = place % (ranks.length + 1)
          const made = ranksBetween(ranks[at - 1] ?? null, ranks[at] ?? null, word, count)
          expect(made).toHaveLength(count)
          ranks.splice(at, 0, ...made)
        }
        expect(ranks.every(isRank)).toBe(true)
        expect(ranks).toEqual([...new Set(ranks)].sort())
      }),
    )
  })

  it('MO1 many ranks are made between one and another that lies right beneath the first that comes to mind', () => {
    const stem = rankBetween('a0', 'a1', 'x')
    const beneath = `${stem}V`
    const made = ranksBetween('a0', beneath, 'x', 3)
    expect(['a0', ...made, beneath]).toEqual(['a0', ...made, beneath].sort())
    expect(new Set(made).size).toBe(3)
  })

  it('MO2 two who ask at the same place at once are given different ranks', () => {
    expect(rankBetween('a0', 'a1', '2a-1')).not.toBe(rankBetween('a0', 'a1', '2b-1'))
  })

  it('MO3 what is not a rank is told from one', () => {
    const bad = ['', 'a', '0', 'a00', 'a0V0', 'b1', 'Z', '{0', 'a0 ', 'a0é', `A${'0'.repeat(26)}`, `a0${'V'.repeat(400)}`, 7, null, undefined, ['a0']]
    expect(bad.filter(isRank)).toEqual([])
    expect(['a0', 'a1', 'Zz', 'b00', 'a0V', 'Y00'].filter(isRank)).toHaveLength(6)
  })
})
