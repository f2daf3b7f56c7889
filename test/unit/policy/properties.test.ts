/** What holds for every hat, stage and thing, whatever the rows say. fast-check prints the seed of a failure. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actions, levels, refusalOf } from '../../../shared/policy/index.ts'
import type { Action, Facts } from '../../../shared/policy/index.ts'
import { errors } from '../../../shared/wire/errors.ts'
import { anyFacts, anyHat } from './facts.ts'

const runs = { numRuns: 3_000 }
const anyAction = fc.constantFrom(...actions)
const presence: readonly Action[] = ['read', 'speak', 'read-positions', 'read-confidential']
const people: readonly Action[] = ['invite', 'invite-own', 'revoke', 'add-delegation']
/** What comes after the freeze, beside the frozen text. */
const beside: readonly Action[] = ['sponsor', 'unsponsor', 'sponsors-deadline', 'revise-orally', 'certify-oral', 'discard-oral', 'keep-issued', 'reopen-frozen']
const but = (...left: readonly Action[]) => fc.constantFrom(...actions.filter((action) => !left.includes(action)))

/** Permitted cases among those tried: a property that never met one has shown nothing. */
const everPermitted = (property: (facts: Facts, action: Action) => boolean, cases = anyFacts, tried = anyAction) => {
  let permitted = 0
  fc.assert(fc.property(cases, tried, (facts, action) => {
    if (refusalOf(facts, action) !== null) return
    permitted += 1
    expect(property(facts, action)).toBe(true)
  }), runs)
  return permitted
}

test('PO2 every question has an answer: null or a code that has a sentence', () => {
  fc.assert(fc.property(anyFacts, anyAction, (facts, action) => {
    const refusal = refusalOf(facts, action)
    expect(refusal === null || refusal in errors).toBe(true)
  }), runs)
})

test('PO3 a frozen draft admits no writing action from anybody, and says so first', () => {
  const frozen = anyFacts.map((facts): Facts => ({ ...facts, stage: 'frozen' }))
  fc.assert(fc.property(frozen, but(...presence, ...people, ...beside), (facts, action) => {
    expect(refusalOf(facts, action)).toBe('frozen')
  }), runs)
})

test('PO4 an observer, and a reader in whatever role, writes nothing and decides nothing', () => {
  const onlyReading = fc.tuple(anyFacts, anyHat, fc.boolean()).map(([facts, hat, observes]): Facts =>
    ({ ...facts, hat: observes ? { ...hat, role: 'observer' } : { ...hat, level: 'reader' } }))
  fc.assert(fc.property(onlyReading, but(...presence), (facts, action) => {
    expect(refusalOf(facts, action)).not.toBeNull()
  }), runs)
})

test('PO5 nobody writes, reads or is present in another delegation’s side document', () => {
  const sides = anyFacts.filter((facts) => facts.delegation !== undefined || facts.circle !== undefined)
  const rooms = fc.constantFrom<Action>('write-side', 'write-notes', 'read', 'speak')
  const permitted = everPermitted(({ hat, delegation, circle }) => circle?.members.includes(hat.delegation) ?? hat.delegation === delegation, sides, rooms)
  expect(permitted).toBeGreaterThan(100)
})

test('PO5 write-side without a delegation named is refused', () => {
  fc.assert(fc.property(anyFacts, (facts) => {
    expect(refusalOf({ ...facts, delegation: undefined, circle: undefined }, 'write-side')).not.toBeNull()
  }), runs)
})

test('CI1 in a circle that has ended nothing is written or put forward, and nobody’s notes are kept in any', () => {
  const ended = anyFacts.map((facts): Facts => ({ ...facts, circle: { members: [facts.hat.delegation], open: false } }))
  fc.assert(fc.property(ended, fc.constantFrom<Action>('write-side', 'put-forward', 'revise'), (facts, action) => {
    expect(refusalOf(facts, action)).not.toBeNull()
  }), runs)
  const inCircle = anyFacts.filter(({ circle }) => circle !== undefined)
  fc.assert(fc.property(inCircle, (facts) => {
    expect(refusalOf(facts, 'write-notes')).not.toBeNull()
  }), runs)
})

test('PO6 nothing is written into, proposed on or incorporated into a locked or agreed unit', () => {
  const texts = fc.constantFrom<Action>('write-base', 'shape-base', 'put-forward', 'record-for', 'incorporate', 'correct-editorially')
  const permitted = everPermitted(({ unit }) => !unit?.locked && !unit?.agreed, anyFacts, texts)
  expect(permitted).toBeGreaterThan(20)
})

test('PO7 the base is written while drafting and at no other time', () => {
  const base = fc.constantFrom<Action>('write-base', 'shape-base')
  const permitted = everPermitted(({ stage }) => stage === 'drafting', anyFacts, base)
  expect(permitted).toBeGreaterThan(100)
})

test('PO8 what has been decided is not decided, revised, withdrawn, reviewed or supported again', () => {
  const decided = anyFacts.filter(({ amendment }) => amendment !== undefined && amendment.status !== 'open')
  const onOpen = fc.constantFrom<Action>('put-forward', 'record-for', 'withdraw', 'take-up', 'cosponsor', 'consent',
    'support', 'position', 'review', 'release-flag', 'correct-editorially', 'incorporate', 'not-reflected', 'keep-in-brackets', 'hold', 'merge',
    'leave', 'open-circle')
  fc.assert(fc.property(decided, onOpen, (facts, action) => {
    expect(refusalOf(facts, action)).not.toBeNull()
  }), runs)
})

test('PO9 an action on an amendment that is not there is refused', () => {
  const onAmendment = fc.constantFrom<Action>('withdraw', 'confirm-recorded', 'take-up', 'cosponsor', 'consent',
    'support', 'position', 'review', 'release-flag', 'incorporate', 'not-reflected', 'keep-in-brackets', 'hold', 'merge',
    'revise', 'leave', 'open-circle', 'put-forward-again')
  fc.assert(fc.property(anyFacts, onAmendment, (facts, action) => {
    expect(refusalOf({ ...facts, amendment: undefined }, action)).not.toBeNull()
  }), runs)
})

test('PO10 a higher level takes no right away', () => {
  const permitted = everPermitted((facts, action) => {
    const higher = levels.slice(0, levels.indexOf(facts.hat.level))
    return higher.every((level) => refusalOf({ ...facts, hat: { ...facts.hat, level } }, action) === null)
  })
  expect(permitted).toBeGreaterThan(100)
})

test('PO11 a flag of the legal officer is advice: it changes no answer', () => {
  fc.assert(fc.property(anyFacts, anyAction, (facts, action) => {
    const flagged = (flag: boolean): Facts =>
      facts.amendment ? { ...facts, amendment: { ...facts.amendment, flagged: flag } } : facts
    expect(refusalOf(flagged(true), action)).toBe(refusalOf(flagged(false), action))
  }), runs)
})

test('PS3 what is told to the chair’s table is read by the table and by those who told it, whatever else is so', () => {
  const permitted = everPermitted(({ hat, delegation }) =>
    ['chair', 'facilitator', 'secretary'].includes(hat.role) || (hat.role !== 'observer' && hat.delegation === delegation),
  anyFacts, fc.constant<Action>('read-confidential'))
  expect(permitted).toBeGreaterThan(100)
})
