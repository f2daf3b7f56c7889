/** Changes of stage, readings, the deadline for proposals, and the silence procedure. */
import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import { digestUnderSilence } from '../../../shared/lifecycle/stages.ts'
import { silenceRunningIn } from '../../../shared/model/silence.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message, whenOf } from '../../messages/index.ts'
import { inNewYorkOf, inOwnOf } from '../../room/moments.ts'
import { oralRevisionsOf } from '../../room/oral.ts'
import type { RoomSession } from '../../room/session.ts'
import { nameOfVersion } from '../../room/versions.ts'
import { beginningOf } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Choice, Field } from '../../ui/field.tsx'
import { unitName } from './Card.tsx'
import { hourMs, MomentField, whyMoment } from './Moment.tsx'
import { speakers } from './Positions.tsx'

interface StageProps {
  readonly session: RoomSession
  readonly onClose: () => void
}

interface AskProps extends StageProps {
  readonly name: string
  /** Made with the reason that was written. */
  readonly command: (reason: string) => Command
  readonly needsReason?: boolean
  readonly why?: string | null
  readonly children?: ComponentChildren
}

/** What it means, what else is asked, a reason, and the button that says what will happen. */
function Ask({ session, onClose, name, command, needsReason = false, why = null, children }: AskProps): JSX.Element {
  const [reason, setReason] = useState('')
  const missing = why ?? (needsReason && reason.trim() === '' ? message('note-needed') : null)
  return (
    <Dialog title={message(name)} onClose={onClose} wide={children !== undefined}>
      <p>{message(`${name}-means`)}</p>
      {children}
      <Field label={message(needsReason ? 'reason' : 'reason-may')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={missing} onPress={async () => { if (await session.act(command(reason.trim()))) onClose() }}>{message(name)}</Button>
      </div>
    </Dialog>
  )
}

export const OpenNegotiation = (props: StageProps): JSX.Element => <Ask {...props} name="open-negotiation" command={(reason) => ({ command: 'open-negotiation', reason })} />
export const ReopenDrafting = (props: StageProps): JSX.Element => <Ask {...props} name="reopen-drafting" needsReason command={(reason) => ({ command: 'reopen-drafting', reason })} />
export const NextReading = (props: StageProps): JSX.Element => <Ask {...props} name="next-reading" command={(reason) => ({ command: 'next-reading', reason })} />
export const FormerReading = (props: StageProps): JSX.Element => <Ask {...props} name="former-reading" needsReason command={(reason) => ({ command: 'former-reading', reason })} />
export const EndSilence = (props: StageProps): JSX.Element => <Ask {...props} name="end-silence" needsReason command={(reason) => ({ command: 'end-silence', reason })} />

export function ReopenFrozen(props: StageProps): JSX.Element {
  const { record, view } = props.session
  const [orally, setOrally] = useState(false)
  const { certified } = oralRevisionsOf(record.value, view.value.versions.at(-1)?.number)
  return (
    <Ask {...props} name="reopen-frozen" needsReason command={(reason) => ({ command: 'reopen-frozen', reason, ...(orally ? { orally } : {}) })}>
      {certified.length === 0 ? undefined : <Check label={message('reopen-orally')} checked={orally} onChange={setOrally} />}
    </Ask>
  )
}

export function SetDeadline({ session, onClose }: StageProps): JSX.Element {
  const standing = session.view.value.draft.deadlineMs ?? null
  const [atMs, setAt] = useState<number | null>(standing)
  return (
    <Ask session={session} onClose={onClose} name="set-deadline" why={atMs !== null && atMs === standing ? message('moment-same') : whyMoment(session, atMs)} command={(reason) => ({ command: 'set-deadline', atMs, reason })}>
      {standing === null ? null : (
        <p class="row">
          <span>{message('deadline-stands', { newYork: inNewYorkOf(standing), own: inOwnOf(standing) })}</span>
          <Button onPress={async () => { if (await session.act({ command: 'set-deadline', atMs: null, reason: '' })) onClose() }}>{message('deadline-lift')}</Button>
        </p>
      )}
      <MomentField session={session} atMs={atMs} onChange={setAt} />
    </Ask>
  )
}

function UnitChecks({ units, chosen, onChange }: { readonly units: readonly UnitView[]; readonly chosen: ReadonlySet<string>; readonly onChange: (chosen: ReadonlySet<string>) => void }): JSX.Element {
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChange(next)
  }
  return (
    <fieldset class="choices">
      <legend>{message('paragraphs')}</legend>
      <div class="scroll" tabIndex={0} role="region" aria-label={message('paragraphs')}>
        {units.map((unit) => <Check key={unit.id} label={`${unitName(unit)} – ${beginningOf(unit)}`} checked={chosen.has(unit.id)} onChange={(on) => toggle(unit.id, on)} />)}
      </div>
    </fieldset>
  )
}

/** Not the masthead, nor what stands behind the text: what one can agree on. */
const paragraphsOf = (session: RoomSession): UnitView[] => session.view.value.text.units.filter(({ kind }) => kind !== 'front' && kind !== 'closing')

export function StartSilence({ session, onClose }: StageProps): JSX.Element {
  const view = session.view.value
  const [atMs, setAt] = useState<number | null>(null)
  const [isPart, setPart] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const free = paragraphsOf(session).filter(({ id }) => view.unitStates.get(id)?.agreed === null)
  const units = isPart ? free.filter(({ id }) => chosen.has(id)).map(({ id }) => id) : []
  const isShort = atMs !== null && atMs - session.api.nowMs() < limits.silenceFormalHoursMin * hourMs - 60_000
  return (
    <Ask
      session={session} onClose={onClose} name="start-silence"
      why={whyMoment(session, atMs) ?? (isPart && units.length === 0 ? message('paragraphs-choose') : null)}
      command={(reason) => ({ command: 'start-silence', digest: digestUnderSilence(view.text, view.draft.language, isPart ? units : null), units, untilMs: atMs ?? 0, reason })}
    >
      {view.stageFacts.open === 0 ? null : <p class="fault">{message('silence-open', { open: view.stageFacts.open })}</p>}
      {isPart ? null : <p class="hint">{message('silence-version-hint')}</p>}
      <Check label={message('silence-part')} checked={isPart} onChange={setPart} />
      {isPart ? <UnitChecks units={free} chosen={chosen} onChange={setChosen} /> : null}
      <MomentField session={session} atMs={atMs} onChange={setAt} />
      {isShort ? <p class="fault" role="status">{message('silence-short', { hours: limits.silenceFormalHoursMin })}</p> : null}
    </Ask>
  )
}

export function ExtendSilence({ session, onClose }: StageProps): JSX.Element {
  const running = silenceRunningIn(session.view.value.silences)
  const [atMs, setAt] = useState<number | null>(running?.untilMs ?? null)
  return (
    <Ask session={session} onClose={onClose} name="extend-silence" why={whyMoment(session, atMs, running?.untilMs)} command={(reason) => ({ command: 'extend-silence', untilMs: atMs ?? 0, reason })}>
      <MomentField session={session} atMs={atMs} onChange={setAt} />
    </Ask>
  )
}

export function BreakSilence({ session, onClose }: StageProps): JSX.Element {
  const running = silenceRunningIn(session.view.value.silences)
  const under = paragraphsOf(session).filter(({ id }) => running?.units?.includes(id) ?? true)
  const own = running?.objections.find(({ delegation }) => delegation === session.hat.delegation)
  // Nothing is chosen beforehand: what is named here is on record for good.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(own?.units ?? []))
  const units = under.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  return (
    <Ask session={session} onClose={onClose} name="break-silence" needsReason why={units.length === 0 ? message('paragraphs-choose') : null} command={(reason) => ({ command: 'break-silence', units, reason })}>
      {own === undefined ? null : <p class="hint">{message(own.asRecorded ? 'break-again-recorded' : 'break-again', { reason: own.reason })}</p>}
      <UnitChecks units={under} chosen={chosen} onChange={setChosen} />
    </Ask>
  )
}

/** The chair's table writes down the objection of a delegation that speaks in the room, or telephones. */
export function RecordObjection({ session, onClose }: StageProps): JSX.Element {
  const view = session.view.value
  const running = silenceRunningIn(view.silences)
  const under = paragraphsOf(session).filter(({ id }) => running?.units?.includes(id) ?? true)
  const [delegation, setDelegation] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const units = under.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const said = running?.objections.find((one) => one.delegation === delegation)
  const choose = (id: string): void => {
    setDelegation(id)
    setChosen(new Set(running?.objections.find((one) => one.delegation === id)?.units ?? []))
  }
  const why = delegation === '' ? message('record-for-first')
    : said !== undefined && !said.asRecorded ? message('record-objection-own', { delegation: view.nameOf(delegation) })
    : said === undefined && units.length === 0 ? message('paragraphs-choose') : null
  return (
    <Ask session={session} onClose={onClose} name="record-objection" needsReason why={why} command={(reason) => ({ command: 'record-objection', delegation, units, reason })}>
      <Choice label={message('record-objection-whose')} value={delegation} onChange={choose} options={speakers(view, ['state', 'group'])} />
      {said === undefined || !said.asRecorded ? null : <p class="hint" role="status">{message(units.length === 0 ? 'record-objection-back' : 'break-again-recorded', { reason: said.reason })}</p>}
      <UnitChecks units={under} chosen={chosen} onChange={setChosen} />
    </Ask>
  )
}

/** Every procedure that was, what each was about, and who broke it on what. */
export function Silences({ session, onClose }: StageProps): JSX.Element {
  const view = session.view.value
  const nameOfUnit = (id: string): string => {
    const unit = view.text.byId.get(id)
    return unit === undefined ? message('place-gone') : unitName(unit)
  }
  return (
    <Dialog title={message('silences')} onClose={onClose} wide>
      <ol class="silences">
        {[...view.silences].reverse().map((silence) => (
          <li key={silence.number}>
            <h3>{message('silence-number', { number: silence.number })}</h3>
            <p>{silence.units === null ? silence.version === null ? message('silence-whole') : message('silence-on-version', { version: nameOfVersion(session.info.value.versions, silence.version) }) : message('silence-of', { units: silence.units.map(nameOfUnit).join(', ') })}</p>
            <p>{message('silence-from-to', { from: whenOf(silence.startedAtMs), newYork: inNewYorkOf(silence.untilMs), own: inOwnOf(silence.untilMs) })}</p>
            <p><strong>{message(silence.ended === null ? 'silence-runs-on' : `silence-${silence.ended.how}`)}</strong></p>
            <p class="hint">{message('silence-digest')} <code>{silence.digest.slice(0, 16)}…</code></p>
            <ul>
              {silence.objections.map((one) => (
                <li key={one.delegation} class="objection">
                  <span class="by">{view.nameOf(one.delegation)}</span> {one.asRecorded ? <span class="chip">{message('as-recorded')}</span> : null} <span class="hint">{one.units.map(nameOfUnit).join(', ')}, {whenOf(one.atMs)}</span>
                  <p>{one.reason}</p>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
