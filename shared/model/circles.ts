/**
 * Circles: delegations that prepare together in a side document of theirs. Who they are is known to the whole room, as
 * co-sponsors are and small groups that a chair names; what they write is known to their people alone.
 */
import type * as Y from 'yjs'
import { stateOf } from './layout.ts'
import { readAmendmentState, topic } from './state.ts'

/**
 * `amendment`: its sponsors prepare the next revision. `unit`: a small group that the chair names for one paragraph. `screen`: the
 * text on the projector, which the chair's table types before everybody's eyes.
 */
export type CirclePurpose =
  | { readonly kind: 'amendment'; readonly amendment: string }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'screen' }

export interface CircleState {
  readonly id: string
  /** As the chair named it; empty for sponsors, who go by their own names. */
  readonly name: string
  readonly purpose: CirclePurpose
  /** The one that leads first. */
  readonly members: readonly string[]
  readonly open: boolean
}

/** Oldest first. The members of sponsors' circles are those who sponsor now: whoever leaves, leaves both. */
export const readCircles = (doc: Y.Doc): CircleState[] =>
  topic<CircleState>(doc, 'circle')
    .map((circle) => ({ ...circle, members: membersOf(doc, circle) }))
    .sort((left, right) => numberOf(left.id) - numberOf(right.id))

/** Always there, and the chair's table's. What stands in it is put forward at each pause, so nothing private is ever written in it. */
export const screenCircle: CircleState = { id: 'screen', name: '', purpose: { kind: 'screen' }, members: ['office'], open: true }

export function readCircle(doc: Y.Doc, id: string): CircleState | null {
  if (id === screenCircle.id) return screenCircle
  const circle = stateOf(doc).get(stateOfCircle(id)) as CircleState | undefined
  return circle === undefined ? null : { ...circle, members: membersOf(doc, circle) }
}

export const stateOfCircle = (circle: string): string => `circle:${circle}`

/** An id that no circle and no delegation of the draft has: both name side documents. */
export function nextCircleId(doc: Y.Doc, delegations: readonly { readonly id: string }[]): string {
  const taken = new Set([...readCircles(doc), ...delegations].map(({ id }) => id))
  for (let number = 1; ; number++) if (!taken.has(`circle-${number}`)) return `circle-${number}`
}

function membersOf(doc: Y.Doc, { purpose, members }: CircleState): readonly string[] {
  if (purpose.kind !== 'amendment') return members
  const state = readAmendmentState(doc, purpose.amendment)
  return state === null ? [] : [...new Set([state.proposer, ...state.sponsors.map(({ delegation }) => delegation)])]
}

const numberOf = (id: string): number => Number(id.slice('circle-'.length))
