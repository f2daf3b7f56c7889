/** A moment that is chosen: on the clocks of New York, where the Assembly meets, with what that is on the reader's own. */
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { inOwnOf, momentOf, newYork, wallTimeOf } from '../../room/moments.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'

export const hourMs = 3_600_000

export interface MomentFieldProps {
  readonly session: RoomSession
  readonly atMs: number | null
  readonly onChange: (atMs: number | null) => void
}

export function MomentField({ session, atMs, onChange }: MomentFieldProps): JSX.Element {
  const id = useId()
  const nowMs = session.api.nowMs()
  return (
    <div class="field moment">
      <label for={id}>{message('moment')}</label>
      <input id={id} type="datetime-local" value={atMs === null ? '' : wallTimeOf(atMs, newYork)} min={wallTimeOf(nowMs, newYork)} aria-describedby={`${id}-hint`} onInput={(event) => onChange(momentOf(event.currentTarget.value, newYork))} />
      <div class="row">
        {[24, 48, limits.silenceFormalHoursMin].map((hours) => (
          <Button key={hours} kind="quiet" onPress={() => onChange(Math.ceil((session.api.nowMs() + hours * hourMs) / 60_000) * 60_000)}>{message('moment-hours', { hours })}</Button>
        ))}
      </div>
      <p class="hint" id={`${id}-hint`}>{atMs === null ? message('moment-choose') : message('moment-is', { own: inOwnOf(atMs), utc: new Date(atMs).toISOString().slice(0, 16).replace('T', ' ') })}</p>
    </div>
  )
}

export const whyMoment = (session: RoomSession, atMs: number | null, afterMs = 0): string | null =>
  atMs === null ? message('moment-choose') : atMs <= Math.max(afterMs, session.api.nowMs()) ? message('moment-past') : null
