import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlacedAmendment } from '../../../shared/model/amendments.ts'
import { asIf, compile, tidySeams } from '../../../shared/text/compile.ts'
import type { Run } from '../../../shared/text/compile.ts'

interface Marks {
  readonly hunks?: readonly (readonly [at: number, words: string])[]
  readonly cuts?: readonly (readonly [from: number, to: number])[]
}

const placed = (id: string, { hunks = [], cuts = [] }: Marks): PlacedAmendment => ({
  amendment: { id, about: { kind: 'modify', target: 'u-1' }, hunks: [], cuts: [], proposal: '', rationale: '', dropped: false, revisions: 0 },
  hunks: hunks.map(([at, words], index) => ({ id: `${id}h${index}`, at, words, touched: false })),
  cuts: cuts.map(([from, to], index) => ({ id: `${id}c${index}`, from, to, touched: false })),
  brackets: [],
  signs: [],
  broken: [],
})

const shown = (runs: readonly Run[]): string =>
  runs.map((run) => (run.kind === 'proposed' ? `{${run.insertedBy} ${run.words}}` : run.kind === 'base' && run.cutBy.length > 0 ? `[${run.cutBy.join()} ${run.words}]` : run.words)).join('')

describe('the rolling text', () => {
  it('TX1 proposed words stand at their place, cut words stay, overlapping cuts are told apart', () => {
    const runs = compile('one two three', [placed('b', { cuts: [[4, 13]] }), placed('a', { hunks: [[7, ' 2']], cuts: [[0, 7]] })])
    expect(shown(runs)).toBe('[a one ][a,b two]{a  2}[b  three]')
  })

  it('TX2 it does not depend on the order in which amendments are given', () => {
    const all = [placed('c', { hunks: [[3, 'x']] }), placed('a', { hunks: [[3, 'y'], [3, 'z']] }), placed('b', { cuts: [[1, 3]] })]
    expect(compile('words', all)).toEqual(compile('words', [...all].reverse()))
    expect(shown(compile('words', all))).toBe('w[b or]{a y}{a z}{c x}ds')
  })

  it('TX3 base words come out whole and in order, proposed words once each, at offsets that hold', () => {
    const amendment = fc.record({
      hunks: fc.array(fc.tuple(fc.nat(12), fc.string({ minLength: 1, maxLength: 4 })), { maxLength: 4 }),
      cuts: fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.array(amendment, { maxLength: 4 }), (atoms, marks) => {
        const amendments = marks.map((mark, index) => placed(`a${index}`, mark))
        const runs = compile(atoms, amendments)
        const base = runs.filter((run) => run.kind === 'base')
        expect(base.map((run) => run.words).join('')).toBe(atoms)
        let at = 0
        for (const run of runs) {
          expect(run.kind === 'base' ? run.from : run.at).toBe(at)
          if (run.kind === 'base') at += run.words.length
        }
        const hunks = runs.filter((run) => run.kind === 'proposed').map((run) => run.hunk)
        expect(hunks.sort()).toEqual(amendments.flatMap((one) => one.hunks.map((hunk) => hunk.id)).sort())
        for (const run of base) {
          const cutters = amendments.filter((one) => one.cuts.some((cut) => cut.from <= run.from && cut.to >= run.from + run.words.length && run.words !== ''))
          expect(run.words === '' ? [] : run.cutBy).toEqual(cutters.map((one) => one.amendment.id))
        }
      }),
    )
  })

  it('TX4 as if incorporated: no doubled space, none before a comma, none at an end; untouched words are as they were', () => {
    expect(asIf('one two, three', [placed('a', { cuts: [[4, 7]] })])).toBe('one, three')
    expect(asIf('one two three', [placed('a', { cuts: [[4, 7]] })])).toBe('one three')
    expect(asIf('one two three', [placed('a', { cuts: [[0, 3]] })])).toBe('two three')
    expect(asIf('one two three', [placed('a', { cuts: [[8, 13]] })])).toBe('one two')
    expect(asIf('one two', [placed('a', { cuts: [[0, 7]] })])).toBe('')
    expect(asIf('one three', [placed('a', { hunks: [[3, ' two']] })])).toBe('one two three')
    expect(asIf(' one  two ;', [])).toBe(' one  two ;')
    expect(tidySeams(['one ', '', ' two'])).toBe('one two')
  })
})
