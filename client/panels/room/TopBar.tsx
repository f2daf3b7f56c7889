/** Title, stage, capacity, who is here, whether all is saved, and what else can be done in the room. */
import type { JSX } from 'preact'
import type { HatEntry } from '../../api.ts'
import { sealedPath } from '../../api.ts'
import { screenCircle } from '../../../shared/model/circles.ts'
import { message } from '../../messages/index.ts'
import { nextRevision } from '../../room/versions.ts'
import { attendance, isForReading, isToOpenAnew } from '../../room/link.ts'
import { oralRevisionsOf } from '../../room/oral.ts'
import { unreviewed } from '../../room/overview.ts'
import { whyNot } from '../../room/session.ts'
import type { LinkStatus } from '../../room/link.ts'
import type { RoomSession } from '../../room/session.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { factsOnRoom, judge } from '../../room/facts.ts'
import { capacityName } from '../Drafts.tsx'
import { mentionsIn } from './Mentions.tsx'
import { Places } from './Places.tsx'

export type DialogName = 'matrix' | 'queue' | 'morning-sheet' | 'members' | 'freeze' | 'confirm-freeze' | 'record' | 'amendments' | 'shortcuts' | 'unsent' | 'mentions' | 'open-negotiation' | 'reopen-drafting' | 'as-typed' | 'versions' | 'sponsors' | 'oral' | 'past' | 'issue-revision' | 'download' | 'download-amendments' | 'themes' | 'download-coverage' | 'bring-back' | 'compilation' | StageDialogName

/** Of StageDialogs. */
export type StageDialogName = 'next-reading' | 'reopen-frozen' | 'former-reading' | 'set-deadline' | 'start-silence' | 'extend-silence' | 'end-silence' | 'break-silence' | 'record-objection' | 'silences' | 'agree-together' | 'packages'

/** What the chair's menu offers, where the policy permits it at this stage. */
const chairsStageActions = ['next-reading', 'former-reading', 'set-deadline', 'start-silence', 'extend-silence', 'end-silence', 'reopen-frozen'] as const

export interface TopBarProps {
  readonly session: RoomSession
  readonly hats: readonly HatEntry[]
  readonly unsentCount: number
  readonly onHat: (hatId: string) => void
  readonly onDialog: (dialog: DialogName) => void
  readonly onOverview: () => void
}

const attendanceShownMax = 6

export function TopBar({ session, hats, unsentCount, onHat, onDialog, onOverview }: TopBarProps): JSX.Element {
  const view = session.view.value
  const frozen = view.draft.stage === 'frozen'
  const mayManage = whyNot(session, 'invite-own', session.hat.delegation) === null
  const isChair = session.hat.role === 'chair'
  const atTable = whyNot(session, 'record-position') !== sentenceOf('only-chairs-table')
  const { opened } = session.stands.value
  return (
    <header class="topbar">
      <a class="brand" href="/" aria-label={message('to-drafts')}>Omnibus</a>
      <h1 class="draft-title">{view.draft.title}</h1>
      <SavedState session={session} unsentCount={unsentCount} onUnsent={() => onDialog('unsent')} />
      <span class="grow" />
      {view.draft.stage === 'drafting' ? null : <Button onPress={() => onDialog('matrix')}>{message('positions')}</Button>}
      {session.hat.role === 'legal' && view.draft.stage === 'negotiation' ? <Button kind="primary" onPress={() => onDialog('queue')}>{message('queue-open', { count: unreviewed(view, session.stands.value).length })}</Button> : null}
      <Button pressed={session.library.open.value} onPress={() => { session.library.open.value = !session.library.open.value }}>{message('library')}</Button>
      <Here session={session} />
      <Capacity session={session} hats={hats} onHat={onHat} />
      {isChair ? (
        <Menu label={message('chair-menu')} name={message('chair-menu-name')}>
          {view.draft.stage === 'drafting' ? <Button kind="quiet" onPress={() => onDialog('open-negotiation')}>{message('open-negotiation')}</Button> : null}
          {view.draft.stage === 'negotiation' || view.draft.stage === 'silence' ? <Button kind="quiet" onPress={() => onDialog('reopen-drafting')}>{message('reopen-drafting')}</Button> : null}
          {chairsStageActions.filter((name) => whyNot(session, name) === null && (name !== 'former-reading' || view.draft.reading > 1) && (name !== 'extend-silence' || view.silences.at(-1)?.ended === null)).map((name) => <Button key={name} kind="quiet" onPress={() => onDialog(name)}>{message(name)}</Button>)}
          {view.draft.stage === 'negotiation' ? <Button kind="quiet" onPress={() => onDialog('issue-revision')}>{message('revision-issue', { number: nextRevision(session.info.value.versions) })}</Button> : null}
          {frozen ? null : <Button kind="quiet" onPress={() => onDialog('as-typed')}>{message(view.draft.asTyped === true ? 'as-typed-end' : 'as-typed-begin')}</Button>}
          {frozen ? null : <Button kind="quiet" onPress={() => session.act({ command: opened ? 'close-positions' : 'open-positions' })}>{message(opened ? 'close-positions' : 'open-positions')}</Button>}
          {view.draft.stage === 'negotiation' ? <Button kind="quiet" onPress={() => onDialog('agree-together')}>{message('agree-together')}</Button> : null}
          {frozen ? null : <Button kind="quiet" onPress={() => onDialog('freeze')}>{message('freeze')}</Button>}
          <Button kind="quiet" onPress={() => onDialog('members')}>{message('members')}</Button>
        </Menu>
      ) : mayManage ? (
        <Button onPress={() => onDialog('members')}>{message('members')}</Button>
      ) : null}
      {atTable && view.draft.stage === 'negotiation' ? <Button onPress={() => session.goTo(screenCircle.id)}>{message('screen')}</Button> : null}
      <MentionsButton session={session} onPress={() => onDialog('mentions')} />
      <Menu label={message('more')} name={message('more-name')}>
        <Button kind="quiet" onPress={onOverview}>{message('overview')}</Button>
        <Button kind="quiet" pressed={session.authors.shown.value} onPress={() => session.authors.show(!session.authors.shown.value)}>{message('authors')}</Button>
        {atTable ? <Button kind="quiet" onPress={() => onDialog('morning-sheet')}>{message('morning-sheet')}</Button> : null}
        {atTable && view.draft.stage !== 'drafting' ? <Button kind="quiet" onPress={() => onDialog('compilation')}>{message('compilation')}</Button> : null}
        <Button kind="quiet" onPress={() => onDialog('record')}>{message('record')}</Button>
        {view.draft.stage === 'drafting' ? null : <Button kind="quiet" onPress={() => onDialog('packages')}>{message('packages')}</Button>}
        {view.draft.secondAsked === true && whyNot(session, 'confirm-freeze') === null ? <Button kind="quiet" onPress={() => onDialog('confirm-freeze')}>{message('confirm-freeze')}</Button> : null}
        <Button kind="quiet" onPress={() => onDialog('versions')}>{message('versions')}</Button>
        <Button kind="quiet" onPress={() => onDialog('past')}>{message('past')}</Button>
        <Button kind="quiet" onPress={() => onDialog('sponsors')}>{message('sponsors-title')}</Button>
        {view.versions.length === 0 ? null : <Button kind="quiet" onPress={() => onDialog('oral')}>{message('oral-title')}</Button>}
        <Button kind="quiet" onPress={() => onDialog('amendments')}>{message('amendment-list')}</Button>
        <Button kind="quiet" onPress={() => onDialog('themes')}>{message('themes-title')}</Button>
        {isChair || mayManage ? null : <Button kind="quiet" onPress={() => onDialog('members')}>{message('members')}</Button>}
        <Button kind="quiet" onPress={() => onDialog('download')}>{message('download')}</Button>
        {view.versions.map((version) => (
          <a key={version.number} class="button quiet" href={sealedPath(session.draft, session.hatId, version.number)} download>
            {message('export-version', { number: version.number })}
          </a>
        ))}
        {view.versions.length === 0 ? null : <a class="button quiet" href="/verify" target="_blank">{message('verify-open')}</a>}
        <Button kind="quiet" onPress={() => window.print()}>{message('print')}</Button>
        <Button kind="quiet" onPress={() => onDialog('shortcuts')}>{message('shortcuts')}</Button>
      </Menu>
    </header>
  )
}

function MentionsButton({ session, onPress }: { readonly session: RoomSession; readonly onPress: () => void }): JSX.Element {
  const count = mentionsIn(session).filter((one) => one.unread).length
  return <Button kind={count === 0 ? 'plain' : 'primary'} label={message('mentions-unread', { count })} onPress={onPress}>{message('mentions-button', { count })}</Button>
}

/** Where the words are that the server does not have: on this device, not there yet, or on this page alone. */
function savedMessage({ phase, kept, unacknowledged, code }: LinkStatus): string {
  if (phase === 'paused' && code === 'unread') return 'saved-paused-unread'
  if (phase === 'paused' && unacknowledged === 0) return isForReading(code) ? 'saved-paused-reading' : 'saved-paused-idle'
  if (phase === 'offline' || phase === 'paused') return `saved-${phase}${kept === 'no' ? '-unkept' : kept === 'soon' ? '-soon' : ''}`
  if (phase === 'ended' && unacknowledged > 0) return kept === 'no' ? 'saved-ended-unkept' : kept === 'soon' ? 'saved-ended-soon' : 'saved-ended-kept'
  return `saved-${phase}`
}

function SavedState({ session, unsentCount, onUnsent }: { readonly session: RoomSession; readonly unsentCount: number; readonly onUnsent: () => void }): JSX.Element {
  const { phase, code } = session.status.value
  return (
    <>
      <span class={`saved saved-${phase}`} role="status" title={code === null ? undefined : sentenceOf(code)}>
        {message(savedMessage(session.status.value))}
      </span>
      {phase === 'offline' ? <Button kind="quiet" onPress={session.retry}>{message('try-again')}</Button> : null}
      {unsentCount === 0 ? null : <Button kind="danger" onPress={onUnsent}>{message('unsent-open', { count: unsentCount })}</Button>}
    </>
  )
}

function Here({ session }: { readonly session: RoomSession }): JSX.Element {
  const view = session.view.value
  const groups = attendance(session.present.value, session.hat.delegation, view.nameOf)
  const shown = groups.slice(0, attendanceShownMax)
  return (
    <ul class="here" aria-label={message('here')}>
      {shown.map((group) => (
        <li key={group.delegation} class={session.colours.value.get(group.delegation)} title={group.names.length === 0 ? undefined : group.names.join(', ')}>
          {view.nameOf(group.delegation)}
          {group.count > 1 ? <span class="count"> {group.count}</span> : null}
        </li>
      ))}
      {groups.length > shown.length ? <li title={groups.slice(attendanceShownMax).map((group) => view.nameOf(group.delegation)).join(', ')}>{message('here-more', { count: groups.length - shown.length })}</li> : null}
    </ul>
  )
}

function Capacity({ session, hats, onHat }: { readonly session: RoomSession; readonly hats: readonly HatEntry[]; readonly onHat: (hatId: string) => void }): JSX.Element {
  const name = capacityName(session.hat.role, session.view.value.nameOf(session.hat.delegation))
  if (hats.length < 2) return <span class="capacity">{message('acting-as', { capacity: name })}</span>
  return (
    <div class="capacity">
      <Choice
        label={message('acting-as-choose')}
        value={session.hatId}
        onChange={onHat}
        options={hats.map((entry) => ({ value: entry.hatId, label: capacityName(entry.hat.role, entry.delegationName) }))}
      />
    </div>
  )
}

export function Banner({ session, onOral }: { readonly session: RoomSession; readonly onOral: () => void }): JSX.Element {
  const view = session.view.value
  const { stage } = view.draft
  const { phase, code } = session.status.value
  const version = view.versions.at(-1)
  const frozen = stage === 'frozen' && version !== undefined
  // A page that is opened anew says so where it says whether all is saved.
  const passing = code !== null && !isToOpenAnew(phase) ? code : session.closing.value ? 'closing' : null
  const words = passing !== null ? sentenceOf(passing)
    : frozen ? message(version.symbol === '' ? 'banner-frozen-version' : 'banner-frozen-symbol', { number: version.number, symbol: version.symbol })
    : message(bannerOf(session))
  return (
    <div class={`banner banner-${phase === 'ended' ? 'ended' : phase === 'paused' || phase === 'offline' ? 'paused' : stage}`} role="status">
      <strong>{message(`stage-${stage}`)}</strong>
      <span>{words}</span>
      {frozen ? <code title={version.sha256}>{version.sha256.slice(0, 16)}…</code> : null}
      {frozen ? <OrallyRevised session={session} version={version.number} onOral={onOral} /> : null}
      <Places session={session} />
      {phase === 'ended' ? <a href="/">{message('to-drafts')}</a> : null}
    </div>
  )
}

function OrallyRevised({ session, version, onOral }: { readonly session: RoomSession; readonly version: number; readonly onOral: () => void }): JSX.Element | null {
  const { certified, waiting } = oralRevisionsOf(session.record.value, version)
  if (certified.length === 0 && waiting === null) return null
  return <Button kind="quiet" onPress={onOral}>{message(waiting === null ? 'banner-orally-revised' : 'banner-oral-waits', { count: certified.length })}</Button>
}

/** What the stage means for this person. */
function bannerOf(session: RoomSession): string {
  const { stage } = session.view.value.draft
  if (stage === 'drafting') return whyNot(session, 'write-base') === null ? 'banner-drafting' : 'banner-drafting-read'
  if (stage === 'negotiation') {
    if (judge({ ...factsOnRoom(session.standing.value), ...session.sideFacts() }, 'write-side').code !== null) return session.place === null ? 'banner-negotiation-read' : 'banner-circle-read'
    return session.view.value.draft.asTyped === true ? 'banner-as-typed' : session.place === null ? 'banner-negotiation' : 'banner-circle'
  }
  return stage === 'silence' && session.view.value.silences.at(-1)?.ended?.how === 'unbroken' ? 'banner-silence-unbroken' : `banner-${stage}`
}
