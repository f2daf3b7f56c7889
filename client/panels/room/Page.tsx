/** The middle of the room: the editor, mounted once all of the draft is here. */
import { effect, untracked } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { openEditor } from '../../editor/editor.ts'
import type { EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import { editorHost } from '../../room/editor-host.ts'
import { isAllAgreed } from '../../../shared/model/progress.ts'
import type { RoomSession } from '../../room/session.ts'
import { openRoomHistory } from '../../room/undo.ts'

export interface PageProps {
  readonly session: RoomSession
  readonly onEditor: (editor: EditorHandle | null) => void
}

export function Page({ session, onEditor }: PageProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null)
  const ready = session.ready.value
  useEffect(() => {
    if (!ready || element.current === null) return
    const history = openRoomHistory(session)
    const editor = openEditor(element.current, editorHost(session, history))
    onEditor(editor)
    const stop = effect(() => {
      void session.view.value
      void session.present.value
      void session.filter.value
      void session.onScreen.value
      void session.closing.value
      void session.seen.value
      void session.commenting.value
      void session.authors.shown.value
      void session.authors.index.value
      // What the editor asks of the page while it refreshes is not what it waits for.
      untracked(() => editor.refresh())
    })
    const stopMode = effect(() => {
      const mode = session.mode.value
      untracked(() => editor.setMode(mode))
    })
    return () => {
      stopMode()
      stop()
      onEditor(null)
      editor.destroy()
      history.stop()
    }
  }, [session, ready])
  return (
    <div class="sheet" lang={session.view.value.draft.language}>
      {session.view.value.draft.stage === 'drafting' || session.view.value.draft.stage === 'frozen' || isAllAgreed(session.view.value.progress) ? null : <p class="printed">{message('until-all-agreed')}</p>}
      {ready ? null : <p class="hint" role="status">{message('room-opening')}</p>}
      <div ref={element} class="page-editor" />
    </div>
  )
}
