/** One's own undo in a room: a step that is no longer permitted is dropped, and it is said why, where the server would refuse it. */
import type * as Y from 'yjs'
import { openHistory } from '../../shared/model/history.ts'
import type { Step } from '../../shared/model/history.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readStage } from '../../shared/model/state.ts'
import { touchedBy } from '../../shared/model/touched.ts'
import { refusalOf } from '../../shared/policy/index.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { EditHistory } from '../editor/host.ts'
import { refusalOnBase } from './judge.ts'
import { message } from '../messages/index.ts'
import { sayRefused } from '../ui/toasts.tsx'
import type { RoomSession } from './session.ts'

/** Null while every part of the step may be taken back, or done again, as the shared document says now. */
export function refusalOfStep(step: Step, hat: Hat, shared: Y.Doc): ErrorCode | null {
  const { stage } = readStage(shared)
  for (const change of step.changes) {
    const refused = change.doc === shared ? refusalOnBase(touchedBy(change, readDraft(shared)), hat, shared) : refusalOf({ hat, stage, delegation: hat.delegation }, 'write-side')
    if (refused !== null) return refused
  }
  return null
}

export function openRoomHistory(session: RoomSession): EditHistory & { stop(): void } {
  const { shared, side, hat } = session
  let dropped: ErrorCode | null = null
  const history = openHistory(side === null ? [shared] : [shared, side], {
    origins: new Set([session.origin]),
    now: () => performance.now(),
    permitted: (step) => {
      const refused = refusalOfStep(step, hat, shared)
      dropped ??= refused
      return refused === null
    },
  })
  history.onHint = (hints, doc) => {
    const link = session.links[doc === shared ? 0 : 1]
    link?.noteCopies(hints)
  }
  const travel = (go: () => boolean) => (): boolean => {
    // A step is kept until it is known what the new stage permits.
    if (session.closing.value) return false
    dropped = null
    const done = go()
    if (dropped !== null) sayRefused(message('undo-dropped', { why: sentenceOf(dropped) }))
    return done
  }
  return { undo: travel(history.undo), redo: travel(history.redo), group: history.group, begin: history.begin, stop: history.stop }
}
