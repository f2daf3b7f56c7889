/** What can be done with the chosen paragraph, and what has been said about it. */
import type { JSX } from 'preact'
import type { Action } from '../../../shared/policy/types.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { silenceRunningIn } from '../../../shared/model/silence.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import type { EditorCommand, EditorHandle } from '../../editor/host.ts'
import { message, whenOf } from '../../messages/index.ts'
import { factsOnRoom, factsOnUnit, isPersonal, judge } from '../../room/facts.ts'
import type { Verdict } from '../../room/facts.ts'
import { packageHolding } from '../../room/packages.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { unitName } from './Card.tsx'
import { OriginLine } from './library/Origin.tsx'
import { Objections } from './Objections.tsx'
import { PrivateNotes } from './PrivateNotes.tsx'
import { SmallGroups } from './SmallGroups.tsx'
import { marksOfUnit } from '../../../shared/text/coverage.ts'
import { canSpeak } from '../../../shared/text/themes.ts'
import { ThemeTags } from './ThemeTags.tsx'
import { NotYours } from './NotYours.tsx'
import { Requests } from './Requests.tsx'
import { Positions } from './Positions.tsx'
import { BaseBrackets } from './BaseBrackets.tsx'
import { ProposeMenu } from './ProposeMenu.tsx'
import { Threads } from './Threads.tsx'

interface UnitAction {
  readonly id: string
  readonly verdict: Verdict
  readonly run: () => unknown
}

export function UnitCard({ session, unit, editor }: { readonly session: RoomSession; readonly unit: UnitView; readonly editor: EditorHandle | null }): JSX.Element {
  const standing = session.standing.value
  const { stage } = session.view.value.draft
  const state = session.view.value.unitStates.get(unit.id)
  const facts = factsOnUnit(standing, unit.id)
  const send = (id: string, action: Action, command: () => Command): UnitAction => ({ id, verdict: judge(facts, action), run: () => session.act(command()) })
  const edit = (id: string, name: EditorCommand): UnitAction => ({ id, verdict: writing(name), run: () => editor?.command(name, { unit: unit.id }) })
  const writing = (name: EditorCommand): Verdict => {
    if (stage === 'drafting') return judge(name === 'insert-after' ? factsOnRoom(standing) : facts, 'shape-base')
    return judge({ ...(name === 'insert-after' ? factsOnRoom(standing) : facts), ...session.sideFacts() }, 'write-side')
  }
  const proposing = writing('alternative')
  const onUnit = (): { unit: string; digest: string } => ({ unit: unit.id, digest: digestOfUnit(unit) })
  const inPackage = packageHolding(session.view.value, unit.id)
  const silence = silenceRunningIn(session.view.value.silences)
  const locked = state?.locked ?? false
  const agreed = state?.agreed ?? null
  const actions: UnitAction[] = [
    agreed === null ? send('agree', 'agree', () => ({ command: 'agree', ...onUnit() })) : send('reopen-unit', 'reopen-unit', () => ({ command: 'reopen-unit', ...onUnit(), reason: '' })),
    locked ? send('unlock', 'unlock', () => ({ command: 'unlock', unit: unit.id })) : send('lock', 'lock', () => ({ command: 'lock', unit: unit.id })),
    ...(stage === 'drafting'
      ? [edit('new-paragraph', 'insert-after'), edit('remove-paragraph', 'delete-unit')]
      : [edit('propose-paragraph', 'insert-after'), edit('propose-alternative', 'alternative'), edit('propose-deletion', 'delete-unit')]),
  ]
  const offered = actions.filter(({ verdict }) => !isPersonal(verdict.code))
  const others = actions.filter(({ verdict }) => isPersonal(verdict.code))
  return (
    <section class="card unit-card" data-card={`unit-${unit.id}`} aria-label={message('unit-card', { unit: unitName(unit) })}>
      <header class="card-head">
        <span class="by">{unitName(unit)}</span>
        {agreed === null ? null : <span class="chip chip-agreed">{message('agreed-at', { when: whenOf(agreed.atMs) })}</span>}
        {inPackage === null ? null : <span class="chip chip-package">{message('package-named', { name: inPackage.name })}</span>}
        {silence !== null && (silence.units?.includes(unit.id) ?? true) ? <span class="chip chip-silence">{message('under-silence')}</span> : null}
        {locked ? <span class="chip chip-locked">{message('locked')}</span> : null}
      </header>
      <div class="row">
        {offered.map((action) => (
          <Button key={action.id} why={action.verdict.why} onPress={async () => { await action.run() }}>{message(`unit-${action.id}`)}</Button>
        ))}
      </div>
      {agreed === null && !session.view.value.requests.some((one) => one.unit === unit.id) ? null : <Requests key={`requests ${unit.id}`} session={session} unit={unit} />}
      <OriginLine key={`origin ${unit.id}`} session={session} unit={unit} editor={editor} />
      <Objections session={session} unit={unit.id} />
      <NotYours actions={others} nameOf={(id) => message(`unit-${id}`)} />
      <BaseBrackets session={session} unit={unit} />
      {stage === 'drafting' || isPersonal(proposing.code) ? null : <ProposeMenu session={session} unit={unit} editor={editor} why={proposing.why} />}
      {canSpeak(unit) ? <ThemeTags key={`themes ${unit.id}`} session={session} about={{ kind: 'unit', unit: unit.id }} marks={marksOfUnit(session.themes.value, unit)} /> : null}
      <PrivateNotes key={`notes ${unit.id}`} session={session} unit={unit.id} />
      <SmallGroups session={session} unit={unit} />
      <Positions key={`positions ${unit.id}`} session={session} about={{ kind: 'unit', ...onUnit() }} facts={facts} open />
      <Threads key={unit.id} session={session} about={{ kind: 'unit', unit: unit.id }} onSelection={() => editor?.comment()} />
    </section>
  )
}
