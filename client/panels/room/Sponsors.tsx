/** The sponsors of the resolution: who has signed and when, the line of the masthead, signing on and off, the deadline. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { officialName, byOfficialName } from '../../../shared/drafting/states.ts'
import { foldSponsoring, isSigningClosed, isSponsorNow } from '../../../shared/record/sponsoring.ts'
import { inPrintedOrder, sponsorLines } from '../../../shared/text/sponsors.ts'
import { listed } from '../../../shared/text/quotes.ts'
import type { SponsorState } from '../../../shared/model/state.ts'
import { message, whenOf } from '../../messages/index.ts'
import { inNewYorkOf, inOwnOf } from '../../room/moments.ts'
import { recordLine } from '../../../shared/record/line.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { MomentField, whyMoment } from './Moment.tsx'

interface Signed {
  readonly delegation: string
  readonly name: string
  readonly as: SponsorState['as'] | 'additional'
  readonly atMs: number
  /** When it took its name off the frozen list. */
  readonly leftMs: number | null
}

export function Sponsors({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const view = session.view.value
  const sponsoring = foldSponsoring(session.record.value)
  const isFrozen = view.draft.stage === 'frozen'
  const isRevised = session.info.value.versions.some(({ kind }) => kind === 'revision')
  const signed: Signed[] = [
    ...view.sponsors.map(({ delegation, as, atMs }) => ({ delegation, name: officialName(view.nameOf(delegation)), as, atMs, leftMs: sponsoring.left.get(delegation) ?? null })),
    ...[...sponsoring.additional].map(([delegation, atMs]) => ({ delegation, name: officialName(view.nameOf(delegation)), as: 'additional' as const, atMs, leftMs: null })),
  ].sort((left, right) => byOfficialName(left.name, right.name))
  const printed = (since: ReadonlyMap<string, number>): string[] => inPrintedOrder([...since.keys()].map((id) => view.nameOf(id)))
  const since = { additional: printed(sponsoring.additional), left: printed(sponsoring.left) }
  const { line: masthead, additional, left } = sponsorLines([], inPrintedOrder(view.sponsors.map(({ delegation }) => view.nameOf(delegation))), isRevised, since)
  return (
    <Dialog title={message('sponsors-title')} onClose={onClose} wide>
      <p class="hint">{message('sponsors-what')}</p>
      {signed.length === 0 ? <p class="empty">{message('sponsors-none')}</p> : (
        <table class="record sponsors-table">
          <thead><tr><th scope="col">{message('sponsors-state')}</th><th scope="col">{message('sponsors-as')}</th><th scope="col">{message('record-when')}</th><th scope="col">{message('record-who')}</th></tr></thead>
          <tbody>
            {signed.map((one) => (
              <tr key={one.delegation}>
                <th scope="row">{one.name}</th>
                <td>{message(`sponsor-${one.as}`)}{one.leftMs === null ? null : <span class="chip">{message('sponsor-left', { when: whenOf(one.leftMs) })}</span>}</td>
                <td>{whenOf(one.atMs)}</td>
                <td>{personOf(session, one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {masthead === '' ? null : (
        <section class="masthead" aria-labelledby="masthead">
          <h3 id="masthead">{message('sponsors-masthead')}</h3>
          <p lang="en" class="masthead-line">{masthead}</p>
          {additional.length === 0 ? null : <p lang="en">{message('sponsors-additional', { names: listed(additional) })}</p>}
          {left.length === 0 ? null : <p lang="en">{message('sponsors-left', { names: listed(left) })}</p>}
          <Button kind="quiet" onPress={() => copyWords(masthead)}>{message('copy')}</Button>
        </section>
      )}
      <Signing session={session} isFrozen={isFrozen} sponsoring={sponsoring} />
      <Deadline session={session} deadlineMs={sponsoring.deadlineMs} />
    </Dialog>
  )
}

/** Of one's own delegation, and at the chair's table; of others the delegation signs. */
function personOf(session: RoomSession, { delegation }: Signed): string {
  const entry = session.record.value.findLast((one) => one.kind === 'sponsor' && recordLine(one).delegation === delegation)
  return entry?.actorName ?? ''
}

interface SigningProps {
  readonly session: RoomSession
  readonly isFrozen: boolean
  readonly sponsoring: ReturnType<typeof foldSponsoring>
}

function Signing({ session, isFrozen, sponsoring }: SigningProps): JSX.Element {
  const { delegation } = session.hat
  const isInText = session.view.value.sponsors.some((one) => one.delegation === delegation)
  const isSigned = isSponsorNow(sponsoring, delegation, isInText, isFrozen)
  const facts = { ...factsOnRoom(session.standing.value), sponsoring: { signed: isSigned, closed: isSigningClosed(sponsoring, session.api.nowMs()) } }
  const [on, off] = [judge(facts, 'sponsor'), judge(facts, 'unsponsor')]
  if (on.code === 'only-states') return <p class="hint">{message('sponsors-states-only')}</p>
  return (
    <div class="row sponsors-signing">
      {isSigned ? <Button kind="danger" why={off.why} onPress={() => session.act({ command: 'unsponsor' })}>{message('sponsor-off')}</Button> : isFrozen ? (
        <Button kind="primary" why={on.why} onPress={() => session.act({ command: 'sponsor', as: 'co' })}>{message('sponsor-on-additional')}</Button>
      ) : (
        <>
          <Button kind="primary" why={on.why} onPress={() => session.act({ command: 'sponsor', as: 'main' })}>{message('sponsor-on-main')}</Button>
          <Button why={on.why} onPress={() => session.act({ command: 'sponsor', as: 'co' })}>{message('sponsor-on-co')}</Button>
        </>
      )}
    </div>
  )
}

function Deadline({ session, deadlineMs }: { readonly session: RoomSession; readonly deadlineMs: number | null }): JSX.Element {
  const [atMs, setAt] = useState<number | null>(null)
  const isOver = deadlineMs !== null && session.api.nowMs() > deadlineMs
  const told = deadlineMs === null ? message('sponsors-no-deadline') : message(isOver ? 'sponsors-deadline-over' : 'sponsors-deadline-at', { newYork: inNewYorkOf(deadlineMs), own: inOwnOf(deadlineMs) })
  return (
    <section class="sponsors-deadline" aria-label={message('sponsors-deadline')}>
      <p role="status">{told}</p>
      {session.hat.role !== 'chair' ? null : (
        <>
          <MomentField session={session} atMs={atMs} onChange={setAt} />
          <div class="row">
            <Button why={whyMoment(session, atMs)} onPress={async () => { if (await session.act({ command: 'sponsors-deadline', untilMs: atMs })) setAt(null) }}>{message('sponsors-set')}</Button>
            {deadlineMs === null ? null : <Button kind="quiet" onPress={() => session.act({ command: 'sponsors-deadline', untilMs: null })}>{message('sponsors-clear')}</Button>}
          </div>
        </>
      )}
    </section>
  )
}
