/** An alternative to a paragraph: what it writes, and how it would stand in the place of that. Pure. */
import { difference } from '../model/decisions.ts'
import { proposalGround } from '../model/grounds.ts'
import type { UnitView } from '../model/units.ts'
import type { NamedSource } from './named.ts'
import { standingAfter } from './standing-after.ts'
import type { Written } from './standing-after.ts'

/** Of the words that come again none is written anew; so brackets round such stay. */
export function anew({ atoms }: UnitView, proposal: string): Written {
  const { start, oldEnd, nextEnd } = difference(atoms, proposal)
  return { hunks: [{ at: start, words: proposal.slice(start, nextEnd) }], cuts: [{ from: start, to: oldEnd }], result: proposal }
}

/** An alternative as it would stand, in the brackets that it leaves; null of what is none. */
export function alternativeOf(source: NamedSource, target: string): UnitView | null {
  const outer = source.outerOf(target)
  if (outer?.about.kind !== 'replace' || source.unitOf(target) !== null) return null
  const replaced = source.unitOf(outer.about.target) ?? alternativeOf(source, outer.about.target)
  const words = proposalGround(outer, replaced?.kind ?? 'para')
  return replaced === null ? words : { ...words, ...standingAfter(replaced, anew(replaced, outer.proposal)) }
}
