/** One draft, opened in one capacity: bar, banner, outline, page, cards. */
import { useSignal } from '@preact/signals'
import type { JSX, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { HatEntry } from '../../api.ts'
import type { EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import { everything, passes } from '../../room/filter.ts'
import type { RoomSession } from '../../room/session.ts'
import { watchForSleep } from '../../room/sleep.ts'
import type { UnsentShelf } from '../../room/unsent.ts'
import type { RoomThread } from '../../room/threads.ts'
import { isOpen } from '../../room/view.ts'
import { AuthorsLegend, WriterNote } from './Authors.tsx'
import { AgreeTogether, Packages } from './AgreeTogether.tsx'
import { AmendmentList } from './AmendmentList.tsx'
import { Cards } from './Cards.tsx'
import { DecideAll } from './DecideAll.tsx'
import { FilterBar } from './FilterBar.tsx'
import { Compare } from './Compare.tsx'
import { ConfirmFreeze, Freeze } from './Freeze.tsx'
import { IssueRevision, NotInRevision } from './IssueRevision.tsx'
import { Library } from './library/Library.tsx'
import { LostPlaces, Placing } from './LostPlaces.tsx'
import { Matrix } from './Matrix.tsx'
import { Members } from './Members.tsx'
import { Mentions } from './Mentions.tsx'
import { MorningSheet } from './MorningSheet.tsx'
import { OralRevisions } from './OralRevisions.tsx'
import { Outline } from './Outline.tsx'
import { Overview } from './Overview.tsx'
import { Page } from './Page.tsx'
import { Past } from './Past.tsx'
import { RecordDeparted } from './RecordDeparted.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { Rivals } from './Rivals.tsx'
import { AsTyped, Shortcuts, Unsent } from './SmallDialogs.tsx'
import { BringBack, WordForCapital } from './BringBack.tsx'
import { Compilation } from './Compilation.tsx'
import { Download } from './Download.tsx'
import { PutForwardAll } from './PutForwardAll.tsx'
import { ReviewQueue } from './ReviewQueue.tsx'
import { BreakSilence, EndSilence, ExtendSilence, FormerReading, NextReading, OpenNegotiation, RecordObjection, ReopenDrafting, ReopenFrozen, SetDeadline, Silences, StartSilence } from './StageDialogs.tsx'
import { Sponsors } from './Sponsors.tsx'
import { Themes } from './Themes.tsx'
import { Banner, TopBar } from './TopBar.tsx'
import type { DialogName, StageDialogName } from './TopBar.tsx'
import { Versions } from './Versions.tsx'
import { Way } from './Way.tsx'

export interface RoomProps {
  readonly session: RoomSession
  readonly shelf: UnsentShelf
  readonly hats: readonly HatEntry[]
  readonly onHat: (hatId: string) => void
}

const stageDialogs = {
  'next-reading': (props) => <NextReading {...props} />,
  'former-reading': (props) => <FormerReading {...props} />,
  'reopen-frozen': (props) => <ReopenFrozen {...props} />,
  'set-deadline': (props) => <SetDeadline {...props} />,
  'start-silence': (props) => <StartSilence {...props} />,
  'extend-silence': (props) => <ExtendSilence {...props} />,
  'end-silence': (props) => <EndSilence {...props} />,
  'break-silence': (props) => <BreakSilence {...props} />,
  'record-objection': (props) => <RecordObjection {...props} />,
  'silences': (props) => <Silences {...props} />,
  'agree-together': (props) => <AgreeTogether {...props} />,
  'packages': (props) => <Packages {...props} />,
} satisfies Record<StageDialogName, (props: { readonly session: RoomSession; readonly onClose: () => void }) => JSX.Element>

const tabs = ['text', 'proposals', 'outline', 'sources'] as const
type Tab = (typeof tabs)[number]
const areas = ['.topbar', '.outline', '.library', '.page-editor', '.cards'] as const

export function Room({ session, shelf, hats, onHat }: RoomProps): JSX.Element {
  const dialog = useSignal<DialogName | null>(null)
  const rivalsOf = useSignal<string | null>(null)
  const deciding = useSignal<readonly string[] | null>(null)
  const placing = useSignal<string | null>(null)
  const comparing = useSignal<readonly [before: string, after: string] | null>(null)
  const overview = useSignal(true)
  const tab = useSignal<Tab>('text')
  const editor = useSignal<EditorHandle | null>(null)
  const desk = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const onceShown = useTabs(body, tab.value)
  const close = (): void => {
    dialog.value = null
  }
  const inText = (act: () => void): void => {
    if (tab.value === 'text') return act()
    onceShown.current = act
    tab.value = 'text'
  }
  const goToUnit = (unit: string): void => {
    session.selected.value = unit
    inText(() => editor.value?.focusUnit(unit))
  }
  const goToAmendment = (amendment: string): void => {
    session.chosenCard.value = amendment
    session.selected.value = session.view.value.published.find((card) => card.id === amendment)?.unit?.id ?? session.selected.value
    inText(() => editor.value?.scrollToAmendment(amendment))
  }
  const closeLibrary = (): void => {
    session.library.open.value = false
    if (tab.value === 'sources') tab.value = 'text'
  }
  const placeAnew = (amendment: string): void => {
    placing.value = amendment
    inText(() => desk.current?.querySelector<HTMLElement>('.text')?.focus())
  }
  /** The focus goes back to where it was when a dialog closes; only then can it go on from there. */
  const leaving = <T,>(go: (to: T) => void) => (to: T): void => {
    close()
    setTimeout(() => go(to))
  }
  /** Its card is shown and opens the thread; on a narrow screen the cards are a part of their own. */
  const showThread = ({ thread, place }: RoomThread): void => {
    const { about } = thread
    const card = about.kind === 'amendment' ? session.view.value.published.find(({ id }) => id === about.amendment) : undefined
    if (card !== undefined) {
      session.chosenCard.value = card.id
      if (!passes(session.filter.value, card, session.themes.value)) session.filter.value = { ...everything, status: isOpen(card.state) ? 'undecided' : 'all', hidden: session.filter.value.hidden }
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
      if (event.code === 'KeyS' && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey && dialog.value === null) {
        event.preventDefault()
        askLibrary(session, editor.value)
      }
      if (event.key === '?' && !typing && dialog.value === null) dialog.value = 'shortcuts'
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  useThreads(session, showThread, () => { tab.value = 'proposals' })
  useVisit(session)
  useEffect(() => {
    if (session.library.open.value) tab.value = 'sources'
  }, [session.library.open.value, session.library.asked.value, session.library.reading.value])
  useReturn(session)
  useUnkept(session, shelf)
  const stage = session.view.value.draft.stage
  useEffect(() => {
    document.title = `${session.view.value.draft.title} – Omnibus`
  }, [session.view.value.draft.title])
  return (
    <div class="room" data-stage={stage} data-tab={tab.value} data-library={session.library.open.value ? 'open' : 'closed'}>
      <a class="skip" href="#content">{message('skip')}</a>
      <TopBar session={session} hats={hats} unsentCount={shelf.all.value.length} onHat={onHat} onDialog={(name) => { dialog.value = name }} onOverview={() => { overview.value = !overview.value; tab.value = 'text' }} />
      <Way session={session} onDialog={(name) => { dialog.value = name }} />
      <Banner session={session} onOral={() => { dialog.value = 'oral' }} />
      <RecordDeparted session={session} />
      <nav class="tabs" aria-label={message('tabs')}>
        {tabs.map((name) => (
          <button key={name} type="button" aria-pressed={tab.value === name} onClick={() => { tab.value = name; if (name === 'sources') session.library.open.value = true }}>{message(`tab-${name}`)}</button>
        ))}
      </nav>
      <div class="room-body" ref={body}>
        <Outline session={session} onGo={goToUnit} />
        {session.library.open.value ? <Library session={session} editor={editor.value} onUnit={goToUnit} onClose={closeLibrary} /> : null}
        <div class="desk" ref={desk}>
          <main class="middle" id="content" tabIndex={-1}>
            {overview.value && session.ready.value ? (
              <Overview session={session} visit={session.firstVisit} onUnit={goToUnit} onAmendment={goToAmendment} onThread={goToThread} onQueue={() => { dialog.value = 'queue' }} onClose={() => { overview.value = false }} />
            ) : null}
            {placing.value === null ? null : <Placing key={placing.value} session={session} editor={editor.value} amendment={placing.value} onClose={() => { placing.value = null }} />}
            <AuthorsLegend session={session} />
            <Page session={session} onEditor={(opened) => { editor.value = opened }} />
          </main>
          <aside class="beside" aria-label={message('cards')}>
            {stage === 'drafting' && session.view.value.published.length === 0 ? null : <FilterBar session={session} onDecide={(amendments) => { deciding.value = amendments }} />}
            <NotInRevision session={session} />
            <WordForCapital session={session} onBringBack={() => { dialog.value = 'bring-back' }} />
            <PutForwardAll session={session} />
            <LostPlaces session={session} onPlace={placeAnew} />
            <Cards session={session} editor={editor.value} desk={() => desk.current} onRivals={(amendment) => { rivalsOf.value = amendment }} />
          </aside>
        </div>
      </div>
      {rivalsOf.value === null ? null : <Rivals session={session} amendment={rivalsOf.value} onClose={() => { rivalsOf.value = null }} />}
      {deciding.value === null ? null : <DecideAll session={session} amendments={deciding.value} onClose={() => { deciding.value = null }} />}
      {comparing.value === null ? null : <Compare session={session} before={comparing.value[0]} after={comparing.value[1]} onClose={() => { comparing.value = null }} />}
      {dialog.value === 'versions' ? <Versions session={session} onCompare={(before, after) => { close(); comparing.value = [before, after] }} onClose={close} /> : null}
      {dialog.value === 'sponsors' ? <Sponsors session={session} onClose={close} /> : null}
      {dialog.value === 'oral' ? <OralRevisions session={session} onClose={close} /> : null}
      {dialog.value === 'past' ? <Past session={session} onClose={close} /> : null}
      {dialog.value === 'issue-revision' ? <IssueRevision session={session} onClose={close} /> : null}
      {dialog.value === 'matrix' ? <Matrix session={session} onUnit={leaving(goToUnit)} onAmendment={leaving(goToAmendment)} onClose={close} /> : null}
      {dialog.value === 'queue' ? <ReviewQueue session={session} onAmendment={leaving(goToAmendment)} onClose={close} /> : null}
      {dialog.value === 'morning-sheet' ? <MorningSheet session={session} onUnit={leaving(goToUnit)} onAmendment={leaving(goToAmendment)} onClose={close} /> : null}
      {dialog.value === 'members' ? <Members session={session} onClose={close} /> : null}
      {dialog.value === 'confirm-freeze' ? <ConfirmFreeze session={session} onClose={close} /> : null}
      {dialog.value === 'freeze' ? <Freeze session={session} onClose={close} /> : null}
      {dialog.value === 'record' ? <RecordPanel session={session} onClose={close} /> : null}
      {dialog.value === 'amendments' ? <AmendmentList session={session} onAmendment={goToAmendment} onDownload={() => { dialog.value = 'download-amendments' }} onClose={close} /> : null}
      {dialog.value === 'download' ? <Download session={session} onClose={close} /> : null}
      {dialog.value === 'themes' ? <Themes session={session} onUnit={leaving(goToUnit)} onAmendment={leaving(goToAmendment)} onSource={(source, paragraph) => { close(); session.library.show(source, paragraph) }} onDownload={() => { dialog.value = 'download-coverage' }} onClose={close} /> : null}
      {dialog.value === 'download-coverage' ? <Download session={session} form="coverage" onClose={close} /> : null}
      {dialog.value === 'bring-back' ? <BringBack session={session} onClose={close} /> : null}
      {dialog.value === 'compilation' ? <Compilation session={session} onClose={close} /> : null}
      {dialog.value === 'download-amendments' ? <Download session={session} form="amendments" onClose={close} /> : null}
      {dialog.value === 'shortcuts' ? <Shortcuts onClose={close} /> : null}
      {dialog.value === 'unsent' ? <Unsent session={session} shelf={shelf} onUnit={leaving(goToUnit)} onClose={close} /> : null}
      {dialog.value === 'mentions' ? <Mentions session={session} onThread={goToThread} onClose={close} /> : null}
      {dialog.value === 'open-negotiation' ? <OpenNegotiation session={session} onClose={close} /> : null}
      {dialog.value === 'as-typed' ? <AsTyped session={session} onClose={close} /> : null}
      {dialog.value === 'reopen-drafting' ? <ReopenDrafting session={session} onClose={close} /> : null}
      {dialog.value !== null && dialog.value in stageDialogs ? stageDialogs[dialog.value as StageDialogName]({ session, onClose: close }) : null}
      <WriterNote session={session} />
    </div>
  )
}

/** With words selected in the text: where were they said? Else the library as it was left. */
function askLibrary({ library, selected }: RoomSession, editor: EditorHandle | null): void {
  const words = editor?.words().trim() ?? ''
  if (words !== '') {
    library.asked.value = { words, for: 'said', ...(selected.value === null ? {} : { unit: selected.value }) }
    library.tab.value = 'search'
  }
  library.open.value = true
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

/**
 * On a narrow screen one part of the room is shown at a time, and each goes on where it was left. What stands in the
 * returned ref is done once the part is there: what is hidden takes neither focus nor scrolling.
 */
function useTabs(body: RefObject<HTMLDivElement | null>, tab: Tab): { current: (() => void) | null } {
  const onceShown = useRef<(() => void) | null>(null)
  const left = useRef(new Map<Tab, number>())
  useLayoutEffect(() => {
    const scroller = body.current
    if (scroller !== null) scroller.scrollTop = left.current.get(tab) ?? 0
    onceShown.current?.()
    onceShown.current = null
    const remember = (): void => void left.current.set(tab, scroller?.scrollTop ?? 0)
    scroller?.addEventListener('scroll', remember, { passive: true })
    return () => scroller?.removeEventListener('scroll', remember)
  }, [tab])
  return onceShown
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

/** The network is back, the machine has slept, or somebody looks at the page again: no reason to wait any longer. */
function useReturn(session: RoomSession): void {
  useEffect(() => {
    const again = (): void => {
      if (document.visibilityState === 'visible') session.retry()
    }
    const stopWatching = watchForSleep(Date.now, again)
    addEventListener('online', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      stopWatching()
      removeEventListener('online', again)
      document.removeEventListener('visibilitychange', again)
    }
  }, [session])
}

/** Words that are on this page alone are not left behind unasked. */
function useUnkept(session: RoomSession, shelf: UnsentShelf): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      const { unacknowledged, kept } = session.status.value
      if ((unacknowledged > 0 && kept !== 'yes') || !shelf.isKept.value) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [session, shelf])
}
