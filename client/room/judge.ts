/** What the server would refuse of what is written into the documents, as far as the shared document tells: the policy is asked as the gate asks it. */
import type * as Y from 'yjs'
import type { Deed } from '../../shared/model/deeds.ts'
import { closedUnits, readStage, readUnitState } from '../../shared/model/state.ts'
import { touchedByDeeds } from '../../shared/model/touched.ts'
import type { Touched } from '../../shared/model/touched.ts'
import type { DraftView } from '../../shared/model/units.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Facts, Hat } from '../../shared/policy/types.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { Judge } from '../connection/index.ts'

export function refusalOnBase({ shape, units }: Touched, hat: Hat, shared: Y.Doc): ErrorCode | null {
  const { stage } = readStage(shared)
  const action = shape ? 'shape-base' : 'write-base'
  const closed = new Set(closedUnits(shared))
  const found = [...units].find((unit) => closed.has(unit))
  if (found === undefined) return refusalOf({ hat, stage }, action)
  const { locked, agreed } = readUnitState(shared, found)
  return refusalOf({ hat, stage, unit: { locked, agreed: agreed !== null } }, action)
}

/** Of what is done again in the shared document: each list of deeds is asked about when those before it that may be are done. */
export function judgeOfBase(hat: Hat, shared: Y.Doc, read: () => DraftView): Judge {
  // Words leave the shape of the draft as it is, and a day's work is thousands of them.
  let view: DraftView | null = null
  return (deeds) => {
    // Where nothing is closed nobody needs to know which paragraph a letter falls in.
    if (closedUnits(shared).length === 0) return refusalOnBase({ shape: deeds.some(isShape), units: new Set() }, hat, shared)
    const touched = touchedByDeeds(shared, deeds, (view ??= read()), read)
    if (touched.shape) view = null
    return refusalOnBase(touched, hat, shared)
  }
}

const isShape = (deed: Deed): boolean => deed.in[0] === 'units' || (deed.do === 'mark' && typeof deed.mark === 'object' && deed.mark !== null && 'unit' in deed.mark)

/** Of what is done again in the side document that these facts are of. */
export const judgeOfSide = (hat: Hat, shared: Y.Doc, facts: () => Pick<Facts, 'delegation' | 'circle'>): Judge => (deeds) => {
  const { stage } = readStage(shared)
  const actions = new Set(deeds.map(({ in: [root] }) => (root === 'notes' ? 'write-notes' : 'write-side')))
  for (const action of actions) {
    const refused = refusalOf({ hat, stage, ...facts() }, action)
    if (refused !== null) return refused
  }
  return null
}
