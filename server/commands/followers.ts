/** Copies of a proposal in other side documents, after a next revision of it was put forward from one. */
import { lineageJson } from '../../shared/model/decisions.ts'
import { readCircles } from '../../shared/model/circles.ts'
import { readRevisions } from '../../shared/model/revise.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { sideRoomOf } from '../../shared/wire/protocol.ts'
import type * as Y from 'yjs'
import type { Room } from '../sync/room.ts'
import type { Speaker } from '../sync/service.ts'
import { follow } from './revise.ts'
import type { CommandDeps } from './context.ts'

class Nothing extends Error {}

/**
 * Brings each along in which nobody has written since. One that cannot be reached now is brought along when its people
 * ask for it (`revise`): so this refuses nothing, and the proposal stands put forward whatever becomes of it.
 */
export async function bringAlong(deps: CommandDeps, shared: Room, from: Room, draft: string, amendment: string, speaker: Speaker): Promise<void> {
  for (const document of holders(shared.doc, draft, amendment)) {
    if (document === from.document) continue
    try {
      const side = await deps.room(document)
      await side.change((doc) => {
        const done = follow(shared.doc, draft, doc, amendment)
        if (done === null) throw new Nothing()
        const alsoExpect = { document: shared.document, seq: shared.seq }
        const lineage = done.lineage === undefined ? {} : { lineage: lineageJson(done.lineage) }
        return { actor: speaker.person, draft, kind: 'revise', record: null, alsoExpect, ...lineage }
      })
    } catch (error) {
      if (!(error instanceof Nothing)) deps.log.warn({ error, draft }, 'a copy of a proposal was not brought along')
    }
  }
}

/** Those it was ever put forward or recorded by, its sponsors, and the circles that prepare it. */
function holders(shared: Y.Doc, draft: string, amendment: string): ReadonlySet<string> {
  const state = readAmendmentState(shared, amendment)
  const delegations = state === null ? [] : [state.proposer, ...state.sponsors.map((one) => one.delegation)]
  const circles = readCircles(shared).filter(({ purpose }) => purpose.kind !== 'amendment' || purpose.amendment === amendment)
  const sides = [...delegations, ...readRevisions(shared, amendment).map(({ by }) => by), ...circles.map(({ id }) => id)]
  return new Set(sides.map((side) => sideRoomOf(draft, side)))
}
