/** Where proposals are visible as typed: puts forward what was typed here, at each pause. */
import { effect } from '@preact/signals'
import type * as Y from 'yjs'
import { digestOfAmendment } from '../../shared/lifecycle/digests.ts'
import { readAmendments } from '../../shared/model/amendments.ts'
import { screenCircle } from '../../shared/model/circles.ts'
import { amendmentsOf } from '../../shared/model/layout.ts'
import { readAmendmentState } from '../../shared/model/state.ts'
import { limits } from '../../shared/wire/limits.ts'
import { realAfter } from '../connection/backoff.ts'
import type { After } from '../connection/backoff.ts'
import { factsOnPrivate, judge } from './facts.ts'
import type { RoomSession } from './session.ts'
import type { PrivateCard } from './view.ts'

export type Followed = Pick<RoomSession, 'shared' | 'side' | 'place' | 'origin' | 'view' | 'ready' | 'standing' | 'send' | 'sideFacts'>

/**
 * Listens until the returned function is called. What was prepared in private before the draft was set so, or before this
 * page was opened, is held back until somebody has put it forward by hand: nobody's earlier drafts become public by a keystroke.
 */
export function followTyping(session: Followed, after: After = realAfter): () => void {
  const { side } = session
  if (side === null) return () => undefined
  let isOn = false
  let held: ReadonlySet<string> = new Set()
  /** Written in here since the last pause. */
  let touched = new Set<string>()
  let stopWaiting = (): void => undefined

  const stopLooking = effect(() => {
    const { draft, private: cards } = session.view.value
    const on = session.ready.value && (draft.asTyped === true || session.place === screenCircle.id) && draft.stage === 'negotiation'
    // From the documents: what the panels show may not have caught up with them yet.
    // What is on the projector was never private.
    if (session.place === screenCircle.id) held = new Set()
    else if (on && !isOn) held = unpublishedIn(session.shared, side)
    else if (on) held = new Set(cards.map(({ id }) => id).filter((id) => held.has(id)))
    isOn = on
  })
  const forward = async (): Promise<void> => {
    const ids = touched
    touched = new Set()
    for (const card of session.view.value.private) {
      if (isOn && ids.has(card.id) && !held.has(card.id) && mayForward(session, card)) await session.send({ command: 'put-forward', amendment: card.id, digest: '', ...overOf(card) })
    }
  }
  const typed = (transaction: Y.Transaction): void => {
    if (!isOn || !transaction.local || transaction.origin !== session.origin) return
    for (const id of amendmentsIn(side, transaction)) touched.add(id)
    stopWaiting()
    stopWaiting = after(limits.asTypedPauseMs, () => void forward())
  }
  side.on('afterTransaction', typed)
  return () => {
    stopLooking()
    stopWaiting()
    side.off('afterTransaction', typed)
  }
}

/** The amendments that a transaction has written in. */
function amendmentsIn(side: Y.Doc, { changed }: Y.Transaction): string[] {
  const root: unknown = amendmentsOf(side)
  return [...changed].flatMap(([type, keys]) => {
    if ((type as unknown) === root) return [...keys].filter((key) => key !== null)
    for (let item = type._item; item !== null; item = (item.parent as Y.AbstractType<unknown>)._item) {
      if ((item.parent as unknown) === root && item.parentSub !== null) return [item.parentSub]
    }
    return []
  })
}

const unpublishedIn = (shared: Y.Doc, side: Y.Doc): ReadonlySet<string> =>
  new Set(readAmendments(side).filter((one) => readAmendmentState(shared, one.id)?.digest !== digestOfAmendment(one)).map(({ id }) => id))

const mayForward = (session: Followed, card: PrivateCard): boolean =>
  judge({ ...factsOnPrivate(session.standing.value, card), ...circleIn(session) }, 'put-forward').code === null

const circleIn = (session: Followed): ReturnType<Followed['sideFacts']> => {
  const { circle } = session.sideFacts()
  return circle === undefined ? {} : { circle }
}

/** The standing wording that a next one is to follow, as it is shown beside it. */
export const overOf = (card: PrivateCard): { readonly over?: string } => (card.published === null ? {} : { over: card.published.state.digest })
