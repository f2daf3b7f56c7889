/** Where one prepares: the delegation's own side document, or that of a circle. One at a time, and which is plain to see. */
import type { JSX } from 'preact'
import { message } from '../../messages/index.ts'
import { placeName } from '../../room/circles.ts'
import type { RoomSession } from '../../room/session.ts'

export function Places({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const circles = session.circles.value
  if (session.side === null || circles.length === 0) return null
  const view = session.view.value
  const places = [null, ...circles.map(({ id }) => id)]
  const ended = new Set(circles.filter(({ open }) => !open).map(({ id }) => id))
  const nameOf = (place: string | null): string => {
    const name = placeName(view, session.hat, place)
    return place !== null && ended.has(place) ? message('place-ended', { place: name }) : name
  }
  return (
    <div class="places" role="group" aria-label={message('preparing-in')}>
      <span>{message('preparing-in')}</span>
      {places.map((place) => (
        <button key={place ?? ''} type="button" class="button" aria-pressed={place === session.place} onClick={() => { if (place !== session.place) void session.goTo(place) }}>
          {nameOf(place)}
        </button>
      ))}
    </div>
  )
}
