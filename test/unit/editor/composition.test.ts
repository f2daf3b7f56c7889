import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeze, goOn, update } from '../../../client/editor/composition.ts'
import { compile } from '../../../shared/text/compile.ts'
import { replaceWords } from '../../../shared/model/operations.ts'
import type { Stage } from '../../../shared/policy/types.ts'
import { openDesk } from './support.ts'
import { copyOf, draft, read, sideDoc, sync } from '../model/support.ts'

/** Every letter once, so that each can be looked for. */
const base = 'abcdefghijklmnopqrst'

type Step =
  | { readonly do: 'compose'; readonly words: string }
  | { readonly do: 'commit' }
  | { readonly do: 'insert'; readonly at: number }
  | { readonly do: 'erase'; readonly at: number }

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('compose' as const), words: fc.array(fc.constantFrom('α', 'β', '你', '한', '´'), { maxLength: 4 }).map((letters) => letters.join('')) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('commit' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('insert' as const), at: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), at: fc.nat(base.length - 1) }) },
  ),
  { minLength: 1, maxLength: 16 },
)

const lowerIn = (words: string): string => words.replace(/[^a-z]/g, '')
const upperIn = (words: string): string => [...words.replace(/[^A-Z]/g, '')].sort().join('')
const composedIn = (words: string): string => words.replace(/[a-zA-Z]/g, '')

function run(stage: Stage, from: number, to: number, plan: readonly Step[]): void {
  const doc = draft(`op ${base}`)
  const remote = copyOf(doc, 7)
  const side = sideDoc(2)
  const desk = openDesk(doc, side, stage)
  const frozen = freeze(desk, desk.projection().blocks[0]!)
  const before = base.slice(0, from)
  const after = base.slice(to)
  let settled = ''
  let composing = ''
  let gone = ''
  let inserted = ''
  let touched = false
  for (const step of plan) {
    if (step.do === 'compose') {
      composing = step.words
      touched = true
      const words = before + settled + composing + after
      update(desk, frozen, words, (before + settled + composing).length)
    } else if (step.do === 'commit') {
      if (!touched || composing === '') continue
      settled += composing
      composing = ''
      goOn(frozen)
    } else {
      sync(doc, remote)
      const unit = read(remote).units[0]!
      if (step.do === 'insert') {
        const letter = String.fromCharCode(65 + (inserted.length % 26))
        inserted += letter
        replaceWords(remote, unit, Math.min(step.at, unit.atoms.length), Math.min(step.at, unit.atoms.length), letter)
      } else {
        const at = unit.atoms.indexOf(base[step.at]!)
        if (at === -1) continue
        gone += base[step.at]!
        replaceWords(remote, unit, at, at + 1, '')
      }
      sync(remote, doc)
    }
  }
  frozen.end()
  const unit = read(doc).units[0]!
  const own = desk.project().blocks[0]!.own
  const result = stage === 'drafting' ? unit.atoms : compile(unit.atoms, own === null ? [] : [own]).filter((part) => part.kind !== 'base' || part.cutBy.length === 0).map((part) => part.words).join('')
  const kept = [...before, ...(touched ? [] : base.slice(from, to)), ...after].filter((letter) => !gone.includes(letter)).join('')
  expect({ kept: lowerIn(result), composed: composedIn(result) }).toEqual({ kept, composed: settled + composing })
  // Letters of others that fell between words which are replaced go on standing.
  if (stage === 'drafting') expect(upperIn(result)).toBe([...inserted].sort().join(''))
  else expect(unit.atoms).toBe(read(remote).units[0]!.atoms)
}

for (const stage of ['drafting', 'negotiation'] as const) {
  test(`CM2 whatever is composed while others write: no letter is lost, doubled or out of order (${stage})`, () => {
    let written = 0
    fc.assert(
      fc.property(fc.nat(base.length), fc.nat(4), steps, (start, length, plan) => {
        written += plan.filter((step) => step.do === 'compose' && step.words !== '').length
        run(stage, start, Math.min(base.length, start + length), plan)
      }),
      { numRuns: 400, seed: 20_261_124 },
    )
    expect(written).toBeGreaterThan(400)
  })
}
