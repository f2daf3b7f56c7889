/** The way of an amendment's sponsors into a side document of theirs: opens their circle at the first press. */
import type { JSX } from 'preact'
import { message } from '../../messages/index.ts'
import { stands } from '../../room/card-actions.ts'
import { circleOn } from '../../room/circles.ts'
import { factsOnPublished, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { isOpen } from '../../room/view.ts'
import type { PublishedCard } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { sayRefused } from '../../ui/toasts.tsx'

export function Together({ session, card }: { readonly session: RoomSession; readonly card: PublishedCard }): JSX.Element | null {
  const { state } = card
  const circle = circleOn(session.view.value, card.id)
  if (!isOpen(state) || state.sponsors.length === 0 || !stands(state, session.hat.delegation)) return null
  if (circle !== null && circle.id === session.place) return null
  const why = circle?.open === true ? null : judge(factsOnPublished(session.standing.value, card), 'open-circle').why
  return <Button why={why} onPress={() => prepareTogether(session, card)}>{message('prepare-together')}</Button>
}

async function prepareTogether(session: RoomSession, card: PublishedCard): Promise<void> {
  const known = circleOn(session.view.value, card.id)
  const opened = known === null
    ? await session.decide({ command: 'open-circle', purpose: { kind: 'amendment', amendment: card.id } })
    : known.open ? null : await session.decide({ command: 'set-circle', circle: known.id, open: true })
  if (opened?.ok === false) return sayRefused(opened.sentence)
  const circle = known?.id ?? (opened?.ok === true ? opened.result.circle : undefined)
  if (circle === undefined) return
  // Readers go there to read; the wording is brought by whoever may write.
  const taken = await session.decide({ command: 'revise', amendment: card.id, digest: state(card), circle })
  if (!taken.ok && taken.code !== 'only-drafters') return sayRefused(taken.sentence)
  await session.goTo(circle)
}

const state = ({ state: { digest } }: PublishedCard): string => digest
