/** One draft, opened in one capacity: bar, banner, outline, page, cards. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { HatEntry } from '../../api.ts'
import type { EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import type { UnsentShelf } from '../../room/unsent.ts'
import type { RoomThread } from '../../room/threads.ts'
import { isOpen } from '../../room/view.ts'
import { Check, Choice } from '../../ui/field.tsx'
import { AuthorsLegend, WriterNote } from './Authors.tsx'
import { Cards } from './Cards.tsx'
import { Freeze } from './Freeze.tsx'
import { Members } from './Members.tsx'
import { Mentions } from './Mentions.tsx'
import { Outline } from './Outline.tsx'
import { Overview } from './Overview.tsx'
import { Page } from './Page.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { OpenNegotiation, ReopenDrafting, Shortcuts, Unsent } from './SmallDialogs.tsx'
import { Banner, TopBar } from './TopBar.tsx'
import type { DialogName } from './TopBar.tsx'

export interface RoomProps {
  readonly session: RoomSession
  readonly shelf: UnsentShelf
  readonly hats: readonly HatEntry[]
  readonly onHat: (hatId: string) => void
}

const tabs = ['text', 'proposals', 'outline'] as const
type Tab = (typeof tabs)[number]
const areas = ['.topbar', '.outline', '.page-editor', '.cards'] as const

export function Room({ session, shelf, hats, onHat }: RoomProps): JSX.Element {
  const dialog = useSignal<DialogName | null>(null)
  const overview = useSignal(true)
  const tab = useSignal<Tab>('text')
  const editor = useSignal<EditorHandle | null>(null)
  const desk = useRef<HTMLDivElement>(null)
  const close = (): void => {
    dialog.value = null
  }
  const goToUnit = (unit: string): void => {
    tab.value = 'text'
    session.selected.value = unit
    editor.value?.focusUnit(unit)
  }
  const goToAmendment = (amendment: string): void => {
    tab.value = 'text'
    session.chosenCard.value = amendment
    session.selected.value = session.view.value.published.find((card) => card.id === amendment)?.unit?.id ?? session.selected.value
    editor.value?.scrollToAmendment(amendment)
  }
  /** Its card is shown and opens the thread; on a narrow screen the cards are a part of their own. */
  const showThread = ({ thread, place }: RoomThread): void => {
    const { about } = thread
    const card = about.kind === 'amendment' ? session.view.value.published.find(({ id }) => id === about.amendment) : undefined
    if (card !== undefined) {
      session.chosenCard.value = card.id
      session.filter.value = { delegation: null, decided: session.filter.value.decided || !isOpen(card.state) }
    }
    if (place.unit !== null) session.selected.value = place.unit
    else dialog.value = 'mentions'
    tab.value = 'proposals'
  }
  const goToThread = ({ thread, place }: RoomThread): void => {
    const words = desk.current?.querySelector(`.text [data-thread="${CSS.escape(thread.id)}"]`) ?? desk.current?.querySelector(`.text [data-unit="${CSS.escape(place.unit ?? '')}"]`)
    words?.scrollIntoView({ block: 'center', behavior: 'auto' })
    session.openThread.value = { thread: thread.id, focus: true }
  }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'F6') {
        event.preventDefault()
        toNextArea(event.shiftKey ? -1 : 1)
      }
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable="true"]') !== null
      if (event.key === '?' && !typing && dialog.value === null) dialog.value = 'shortcuts'
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  useThreads(session, showThread, () => { tab.value = 'proposals' })
  useVisit(session)
  const stage = session.view.value.draft.stage
  useEffect(() => {
    document.title = `${session.view.value.draft.title} – Omnibus`
  }, [session.view.value.draft.title])
  return (
    <div class="room" data-stage={stage} data-tab={tab.value}>
      <a class="skip" href="#content">{message('skip')}</a>
      <TopBar session={session} hats={hats} unsentCount={shelf.all.value.length} onHat={onHat} onDialog={(name) => { dialog.value = name }} onOverview={() => { overview.value = !overview.value; tab.value = 'text' }} />
      <Banner session={session} />
      <nav class="tabs" aria-label={message('tabs')}>
        {tabs.map((name) => (
          <button key={name} type="button" aria-pressed={tab.value === name} onClick={() => { tab.value = name }}>{message(`tab-${name}`)}</button>
        ))}
      </nav>
      <div class="room-body">
        <Outline session={session} onGo={goToUnit} />
        <div class="desk" ref={desk}>
          <main class="middle" id="content" tabIndex={-1}>
            {overview.value && session.ready.value ? (
              <Overview session={session} visit={session.firstVisit} onUnit={goToUnit} onAmendment={goToAmendment} onThread={goToThread} onClose={() => { overview.value = false }} />
            ) : null}
            <AuthorsLegend session={session} />
            <Page session={session} onEditor={(opened) => { editor.value = opened }} />
          </main>
          <aside class="beside" aria-label={message('cards')}>
            {stage === 'drafting' && session.view.value.published.length === 0 ? null : <FilterBar session={session} />}
            <Cards session={session} editor={editor.value} desk={() => desk.current} />
          </aside>
        </div>
      </div>
      {dialog.value === 'members' ? <Members session={session} onClose={close} /> : null}
      {dialog.value === 'freeze' ? <Freeze session={session} onClose={close} /> : null}
      {dialog.value === 'record' ? <RecordPanel session={session} onClose={close} /> : null}
      {dialog.value === 'shortcuts' ? <Shortcuts onClose={close} /> : null}
      {dialog.value === 'unsent' ? <Unsent unsent={shelf.all.value} onDiscard={shelf.discard} onClose={close} /> : null}
      {dialog.value === 'mentions' ? <Mentions session={session} onThread={goToThread} onClose={close} /> : null}
      {dialog.value === 'open-negotiation' ? <OpenNegotiation session={session} onClose={close} /> : null}
      {dialog.value === 'reopen-drafting' ? <ReopenDrafting session={session} onClose={close} /> : null}
      <WriterNote session={session} />
    </div>
  )
}

function FilterBar({ session }: { readonly session: RoomSession }): JSX.Element {
  const view = session.view.value
  const filter = session.filter.value
  const proposers = [...new Set(view.published.map((card) => card.state.proposer))]
  const open = view.published.filter((card) => isOpen(card.state)).length
  return (
    <div class="filter">
      <span class="count">{message('open-count', { count: open })}</span>
      <Choice
        label={message('filter-delegation')}
        hidden
        value={filter.delegation ?? ''}
        onChange={(value) => { session.filter.value = { ...filter, delegation: value === '' ? null : value } }}
        options={[{ value: '', label: message('filter-all') }, ...proposers.map((id) => ({ value: id, label: view.nameOf(id) }))]}
      />
      <Check label={message('filter-decided')} checked={filter.decided} onChange={(decided) => { session.filter.value = { ...filter, decided } }} />
    </div>
  )
}

/** F6 goes round the parts of the page, as it does in office programs. */
function toNextArea(step: 1 | -1): void {
  const at = areas.findIndex((area) => (document.activeElement?.closest(area) ?? null) !== null)
  for (let tried = 1; tried <= areas.length; tried++) {
    const area = areas[(at + step * tried + areas.length * 2) % areas.length]!
    const target = document.querySelector<HTMLElement>(
      ['button:not([tabindex="-1"])', 'a', '[contenteditable="true"]', 'input'].map((kind) => `${area} ${kind}`).join(', '),
    )
    if (target !== null && target.checkVisibility()) return target.focus()
  }
}

/** A click on words with a thread, and a comment that is begun on words, show the card where it goes on. */
function useThreads(session: RoomSession, showThread: (room: RoomThread) => void, toCards: () => void): void {
  const asked = session.openThread.value?.thread
  const about = session.commenting.value?.about
  useEffect(() => {
    const room = session.view.value.threads.find(({ thread }) => thread.id === asked)
    if (room !== undefined) showThread(room)
  }, [asked])
  useEffect(() => {
    if (about === undefined) return
    if (about.kind === 'unit') session.selected.value = about.unit
    else session.chosenCard.value = about.amendment
    toCards()
  }, [about])
}

/** Tells the server what has been on the screen, when the page is left or put away. */
function useVisit(session: RoomSession): void {
  useEffect(() => {
    const note = (): void => {
      const seq = session.record.value.at(-1)?.seq
      if (document.visibilityState === 'hidden' && seq !== undefined) void session.api.visit(session.draft, session.hatId, seq)
    }
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [session])
}
