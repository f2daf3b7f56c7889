/** Putting forward all that is prepared: one command for each, and one refusal stops none of the others. */
import { overOf } from './as-typed.ts'
import type { RoomSession } from './session.ts'
import { digestOfView } from './view.ts'
import type { PrivateCard } from './view.ts'

export interface Forwarded {
  readonly card: PrivateCard
  readonly revision: number
  /** Why not; null for what went. */
  readonly refusal: { readonly code: string; readonly sentence: string } | null
}

/** In the order of the page. */
export async function putForwardAll(session: Pick<RoomSession, 'view' | 'send'>): Promise<Forwarded[]> {
  const done: Forwarded[] = []
  for (const card of session.view.value.private) {
    const answer = await session.send({ command: 'put-forward', amendment: card.id, digest: digestOfView(card.amendment), ...overOf(card) })
    done.push({ card, revision: answer.ok ? (answer.result.revision ?? 1) : 0, refusal: answer.ok ? null : { code: answer.code, sentence: answer.sentence } })
  }
  return done
}
