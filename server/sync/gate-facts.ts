/** What the gate is told of a room besides its document: its kind, its stage, what is closed, whose it is. */
import type * as Y from 'yjs'
import { stateOf } from '../../shared/model/layout.ts'
import { closedUnits, readStage, readUnitState } from '../../shared/model/state.ts'
import { sideFacts } from './entering.ts'
import type { GateFacts } from './gate/index.ts'
import type { Room } from './room.ts'

/** The facts of a room, read again only when something was decided: they are asked at every keystroke. */
export function gateFactsOf(side: string | null, shared: Room | null): (doc: Y.Doc) => GateFacts {
  let known: { readonly state: Y.Doc; readonly facts: GateFacts } | null = null
  return (doc) => {
    // Asked for each time: a room that had to read its log again has another document.
    const state = shared?.doc ?? doc
    if (known === null || known.state !== state) {
      known = { state, facts: readGateFacts(state, side) }
      const forget = (): void => {
        stateOf(state).unobserve(forget)
        if (known?.state === state) known = null
      }
      stateOf(state).observe(forget)
    }
    return known.facts
  }
}

function readGateFacts(state: Y.Doc, side: string | null): GateFacts {
  return {
    kind: side === null ? 'shared' : 'side',
    ...(side === null ? {} : sideFacts(state, side)),
    stage: readStage(state).stage,
    unitFacts: (unit) => {
      const found = readUnitState(state, unit)
      return { locked: found.locked, agreed: found.agreed !== null }
    },
    anyClosedUnit: closedUnits(state).length > 0,
    ...(side === null ? {} : { shared: state }),
  }
}
