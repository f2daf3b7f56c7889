/** The library beside the text: its sources and their paragraphs, the search, and both tables. */
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { EditorHandle } from '../../../editor/host.ts'
import { message } from '../../../messages/index.ts'
import { libraryTabs } from '../../../room/library.ts'
import type { LibraryTab } from '../../../room/library.ts'
import type { RoomSession } from '../../../room/session.ts'
import { Derivations } from './Derivations.tsx'
import { Destinations } from './Destinations.tsx'
import { Found } from './Found.tsx'
import { SourceList } from './SourceList.tsx'
import { SourceText } from './SourceText.tsx'

export interface LibraryProps {
  readonly session: RoomSession
  readonly editor: EditorHandle | null
  readonly onUnit: (unit: string) => void
  readonly onClose: () => void
}

export function Library(props: LibraryProps): JSX.Element {
  const { session, onClose } = props
  const { tab, reading, open } = session.library
  const root = useRef<HTMLElement>(null)
  useEffect(() => {
    if (session.library.sources.value.length === 0) void session.library.refresh()
    return session.library.watchOrigins()
  }, [session])
  // Whoever asks for it goes on in it by keyboard; the text keeps its own selection.
  useEffect(() => root.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(), [])
  const onTabKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    tab.value = libraryTabs[(libraryTabs.indexOf(tab.value) + step + libraryTabs.length) % libraryTabs.length]!
    root.current?.querySelector<HTMLElement>(`#library-tab-${tab.value}`)?.focus()
    event.preventDefault()
  }
  // A dialog that is opened from here closes by itself alone.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('dialog') === null) onClose()
  }
  return (
    <section class="library" ref={root} aria-label={message('library')} onKeyDown={onKeyDown}>
      <header class="library-head">
        <h2>{message('library')}</h2>
        <button type="button" class="button quiet" onClick={onClose}>{message('close')}</button>
      </header>
      <div class="library-tabs" role="tablist" aria-label={message('library')} onKeyDown={onTabKey}>
        {libraryTabs.map((name) => (
          <button key={name} id={`library-tab-${name}`} type="button" role="tab" aria-selected={tab.value === name} aria-controls="library-panel" tabIndex={tab.value === name ? 0 : -1} onClick={() => { tab.value = name }}>
            {message(`library-tab-${name}`)}
          </button>
        ))}
      </div>
      <div class="library-panel" id="library-panel" role="tabpanel" aria-labelledby={`library-tab-${tab.value}`}>
        {open.value ? panelOf(tab.value, reading.value !== null, props) : null}
      </div>
    </section>
  )
}

function panelOf(tab: LibraryTab, isReading: boolean, props: LibraryProps): JSX.Element {
  switch (tab) {
    case 'sources':
      return isReading ? <SourceText key={props.session.library.reading.value!.source} {...props} /> : <SourceList {...props} />
    case 'search':
      return <Found {...props} />
    case 'derivations':
      return <Derivations {...props} />
    case 'destinations':
      return <Destinations {...props} />
  }
}
