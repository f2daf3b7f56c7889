/** Hats and facts for the policy's tests: one line a case. */
import fc from 'fast-check'
import { delegationKinds, levels, roles, stages } from '../../../shared/policy/index.ts'
import type { AmendmentFacts, Facts, Hat } from '../../../shared/policy/index.ts'

/** The columns of the matrix, in its order. */
export const hats = {
  chair: { role: 'chair', delegation: 'office', kind: 'office', level: 'head' },
  facilitator: { role: 'facilitator', delegation: 'office', kind: 'office', level: 'head' },
  secretary: { role: 'secretary', delegation: 'office', kind: 'office', level: 'head' },
  legal: { role: 'legal', delegation: 'legal', kind: 'office', level: 'head' },
  head: { role: 'delegate', delegation: 'japan', kind: 'state', level: 'head' },
  forward: { role: 'delegate', delegation: 'japan', kind: 'state', level: 'forward' },
  drafter: { role: 'delegate', delegation: 'japan', kind: 'state', level: 'drafter' },
  reader: { role: 'delegate', delegation: 'japan', kind: 'state', level: 'reader' },
  ngo: { role: 'delegate', delegation: 'seeds', kind: 'ngo', level: 'forward' },
  observer: { role: 'observer', delegation: 'museum', kind: 'igo', level: 'head' },
} as const satisfies Record<string, Hat>

export type HatName = keyof typeof hats
export const hatNames = Object.keys(hats) as readonly HatName[]

export const group: Hat = { role: 'delegate', delegation: 'eu', kind: 'group', level: 'forward' }

export const amendment = (over: Partial<AmendmentFacts> = {}): AmendmentFacts => ({
  status: 'open', proposer: 'brazil', proposerKind: 'state', sponsors: [], needsState: false, asRecorded: false,
  editorial: false, flagged: false, ...over,
})

export const facts = (hat: Hat, over: Partial<Facts> = {}): Facts => ({ hat, stage: 'negotiation', ...over })

// few delegations, so that own and other, proposer and sponsor, meet often
const delegation = fc.constantFrom('office', 'legal', 'japan', 'eu')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

export const anyHat: fc.Arbitrary<Hat> = fc.record({
  role: fc.constantFrom(...roles),
  delegation,
  kind: fc.constantFrom(...delegationKinds),
  level: fc.constantFrom(...levels),
})

const anyAmendment: fc.Arbitrary<AmendmentFacts> = fc.record({
  status: fc.constantFrom('open', 'open', 'incorporated', 'not-reflected', 'bracketed', 'withdrawn'),
  proposer: delegation,
  proposerKind: fc.constantFrom(...delegationKinds),
  sponsors: fc.uniqueArray(delegation),
  needsState: fc.boolean(),
  asRecorded: fc.boolean(),
  editorial: fc.boolean(),
  flagged: fc.boolean(),
  leftOut: fc.boolean(),
})

export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  hat: anyHat,
  stage: fc.constantFrom(...stages),
  unit: maybe(fc.record({ locked: fc.boolean(), agreed: fc.boolean() })),
  amendment: maybe(anyAmendment),
  thread: maybe(fc.record({ by: delegation, resolved: fc.boolean() })),
  delegation: maybe(delegation),
  circle: maybe(fc.record({ members: fc.uniqueArray(delegation), open: fc.boolean() })),
  sponsoring: maybe(fc.record({ signed: fc.boolean(), closed: fc.boolean() })),
  chairPresent: maybe(fc.boolean()),
  positionsOpen: maybe(fc.boolean()),
})
