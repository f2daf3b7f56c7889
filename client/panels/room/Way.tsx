/** The way of the draft as a line: where it is, since when, what is missing to go on, and the deadlines that run. */
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { wayOf } from '../../../shared/lifecycle/stages.ts'
import { silenceRunningIn } from '../../../shared/model/silence.ts'
import type { SilenceState } from '../../../shared/model/silence.ts'
import { isAllAgreed } from '../../../shared/model/progress.ts'
import { flaggedIn } from '../../../shared/record/stands.ts'
import { message, whenOf } from '../../messages/index.ts'
import { inNewYorkOf, inOwnOf } from '../../room/moments.ts'
import type { RoomSession } from '../../room/session.ts'
import { leftWords, nextWords, shownStations, stationName } from '../../room/way.ts'
import { whyNot } from '../../room/session.ts'
import { nameOfVersion } from '../../room/versions.ts'
import { isOpen } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressPicture } from '../../ui/progress.tsx'
import { unitName } from './Card.tsx'
import type { StageDialogName } from './TopBar.tsx'

const lookMs = 15_000

/** The server's time, asked again every so often: a reader's own clock may be wrong. */
function useServerNow(session: RoomSession): number {
  const [nowMs, setNow] = useState(session.api.nowMs())
  useEffect(() => {
    const timer = setInterval(() => setNow(session.api.nowMs()), lookMs)
    return () => clearInterval(timer)
  }, [session])
  return nowMs
}

export function Way({ session, onDialog }: { readonly session: RoomSession; readonly onDialog: (name: StageDialogName) => void }): JSX.Element {
  const view = session.view.value
  const { stage, sinceMs, deadlineMs } = view.draft
  const { stations, hidden } = shownStations(wayOf(view.stageFacts))
  const since = sinceMs ?? session.info.value.draft.createdAtMs
  const silence = silenceRunningIn(view.silences)
  const nowMs = useServerNow(session)
  return (
    <section class="way" aria-label={message('way')}>
      <ol>
        {stations.map((station, index) => (
          <li key={`${station.kind}${station.reading}`} class={`way-${station.is}`} aria-current={station.is === 'now' ? 'step' : undefined}>
            {hidden > 0 && index === 1 ? <span class="hint">{message('way-earlier', { count: hidden })}</span> : null}
            <span class="way-name">{stationName(station)}</span>
            <span class="unseen">{message(`way-is-${station.is}`)}</span>
          </li>
        ))}
      </ol>
      <p class="way-next">
        <span class="hint">{message('way-since', { when: whenOf(since) })}</span>{' '}
        {nextWords(view.stageFacts, {
          nameOf: (id) => {
            const unit = view.text.byId.get(id)
            return unit === undefined ? message('place-gone') : unitName(unit)
          },
          nameOfVersion: (number) => nameOfVersion(session.info.value.versions, number),
        })}
      </p>
      {view.progress.paragraphs === 0 || stage === 'drafting' ? null : <ProgressPicture progress={{ ...view.progress, flagged: flaggedOpen(session) }} />}
      {view.progress.agreed === 0 || stage === 'frozen' || isAllAgreed(view.progress) ? null : <span class="hint">{message('until-all-agreed')}</span>}
      {silence === null ? null : <Until words={message('silence-until')} untilMs={silence.untilMs} nowMs={nowMs} over={message('silence-passed')} />}
      {deadlineMs === undefined || stage === 'frozen' || stage === 'silence' ? null : <Until words={message('deadline-until')} untilMs={deadlineMs} nowMs={nowMs} over={message('deadline-passed')} />}
      {silence !== null && whyNot(session, 'break-silence') === null ? <Button kind="primary" why={nowMs >= silence.untilMs ? message('silence-passed') : null} onPress={() => onDialog('break-silence')}>{message('break-silence')}</Button> : null}
      {silence !== null && whyNot(session, 'record-objection') === null ? <Button kind="quiet" why={nowMs >= silence.untilMs ? message('silence-passed') : null} onPress={() => onDialog('record-objection')}>{message('record-objection')}</Button> : null}
      {view.silences.length === 0 ? null : <Button kind="quiet" onPress={() => onDialog('silences')}>{message('silence-seen', { count: objectionsIn(view.silences) })}</Button>}
    </section>
  )
}

/** As far as this capacity may know. */
const flaggedOpen = ({ stands, view }: RoomSession): number => {
  const flagged = flaggedIn(stands.value)
  return view.value.published.filter((card) => isOpen(card.state) && flagged.has(card.id)).length
}

const objectionsIn = (silences: readonly SilenceState[]): number => silences.at(-1)?.objections.length ?? 0

function Until({ words, untilMs, nowMs, over }: { readonly words: string; readonly untilMs: number; readonly nowMs: number; readonly over: string }): JSX.Element {
  return (
    <p class="until">
      <span>{words}</span>{' '}
      <time dateTime={new Date(untilMs).toISOString()}>{message('new-york-and-own', { newYork: inNewYorkOf(untilMs), own: inOwnOf(untilMs) })}</time>{' '}
      <strong>{nowMs >= untilMs ? over : leftWords(untilMs - nowMs)}</strong>
    </p>
  )
}
