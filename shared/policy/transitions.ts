/**
 * From stage to stage: who makes each change, from where, and whether it wants a reason. The policy reads from it who and
 * when; `lifecycle/stages.ts` what must hold first and what the page says of the way.
 */
import type { Stage } from './types.ts'

export const transitionNames = ['open-negotiation', 'next-reading', 'former-reading', 'start-silence', 'silence-ended', 'end-silence', 'reopen-drafting', 'freeze', 'reopen-frozen'] as const
export type TransitionName = (typeof transitionNames)[number]

export interface Transition {
  readonly from: readonly Stage[]
  /** Where it leads; of `silence-ended` either, as silence was kept or not. */
  readonly to: readonly Stage[]
  /** `server`: at a deadline, and at nobody's command. */
  readonly by: 'chair' | 'server'
  /** `must`: it goes back. */
  readonly reason: 'none' | 'may' | 'must'
}

export const transitions: Readonly<Record<TransitionName, Transition>> = {
  'open-negotiation': { from: ['drafting'], to: ['negotiation'], by: 'chair', reason: 'may' },
  'next-reading': { from: ['negotiation'], to: ['negotiation'], by: 'chair', reason: 'may' },
  'former-reading': { from: ['negotiation'], to: ['negotiation'], by: 'chair', reason: 'must' },
  'start-silence': { from: ['negotiation'], to: ['silence'], by: 'chair', reason: 'may' },
  'silence-ended': { from: ['silence'], to: ['silence', 'negotiation'], by: 'server', reason: 'none' },
  'end-silence': { from: ['silence'], to: ['negotiation'], by: 'chair', reason: 'must' },
  'reopen-drafting': { from: ['negotiation', 'silence'], to: ['drafting'], by: 'chair', reason: 'must' },
  'freeze': { from: ['drafting', 'negotiation', 'silence'], to: ['frozen'], by: 'chair', reason: 'may' },
  'reopen-frozen': { from: ['frozen'], to: ['negotiation'], by: 'chair', reason: 'must' },
}

export const isTransition = (name: string): name is TransitionName => (transitionNames as readonly string[]).includes(name)
