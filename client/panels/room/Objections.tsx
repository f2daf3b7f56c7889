/** Who broke silence on a paragraph, and why: of the last procedure, until there is another. */
import type { JSX } from 'preact'
import { message, whenOf } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'

export function Objections({ session, unit }: { readonly session: RoomSession; readonly unit: string }): JSX.Element | null {
  const view = session.view.value
  const found = view.silences.at(-1)?.objections.filter(({ units }) => units.includes(unit)) ?? []
  if (found.length === 0) return null
  return (
    <section class="objections" aria-label={message('objections')}>
      <h3>{message('objections')}</h3>
      <ul>
        {found.map((one) => (
          <li key={one.delegation} class="objection">
            <span class="by">{view.nameOf(one.delegation)}</span> {one.asRecorded ? <span class="chip">{message('as-recorded')}</span> : null} <span class="hint">{whenOf(one.atMs)}</span>
            <p>{one.reason}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
