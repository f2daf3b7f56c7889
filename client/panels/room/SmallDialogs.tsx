/** Shortcuts, changes of stage, and words that the server did not take. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import type { UnsentWords } from '../../room/link.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'

const keys = [
  ['Enter', 'split'], ['Backspace', 'join'], ['Tab', 'nest'], ['Shift-Tab', 'lift'], ['Alt-↑', 'move-up'], ['Alt-↓', 'move-down'],
  ['Alt-Shift-L', 'leave-out'], ['Alt-Shift-U', 'restore'], ['Alt-Shift-R, K, B', 'bracket'], ['Alt-Shift-N, A, D', 'paragraph'],
  ['Alt-Shift-P', 'placeholder'], ['Alt-Shift-F', 'footnote'], ['Alt-Shift-H', 'place-here'], ['Ctrl-Alt-M', 'comment'], ['Ctrl-Alt-A', 'writer'],
  ['Ctrl-Z', 'undo'], ['Ctrl-Shift-Z', 'redo'], ['F6', 'areas'], ['Ctrl-P', 'print'], ['?', 'help'],
] as const

export const Shortcuts = ({ onClose }: { readonly onClose: () => void }): JSX.Element => (
  <Dialog title={message('shortcuts')} onClose={onClose}>
    <dl class="shortcuts">
      {keys.map(([key, name]) => (
        <div key={key}>
          <dt><kbd>{key}</kbd></dt>
          <dd>{message(`key-${name}`)}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
)

interface StageProps {
  readonly session: RoomSession
  readonly onClose: () => void
}

export const OpenNegotiation = ({ session, onClose }: StageProps): JSX.Element => (
  <Dialog title={message('open-negotiation')} onClose={onClose}>
    <p>{message('open-negotiation-means')}</p>
    <div class="dialog-actions">
      <Button onPress={onClose}>{message('cancel')}</Button>
      <Button kind="primary" onPress={async () => { if (await session.act({ command: 'open-negotiation' })) onClose() }}>{message('open-negotiation')}</Button>
    </div>
  </Dialog>
)

export function ReopenDrafting({ session, onClose }: StageProps): JSX.Element {
  const [reason, setReason] = useState('')
  return (
    <Dialog title={message('reopen-drafting')} onClose={onClose}>
      <p>{message('reopen-drafting-means')}</p>
      <Field label={message('reason')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} autoFocus />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={reason.trim() === '' ? message('note-needed') : null} onPress={async () => { if (await session.act({ command: 'reopen-drafting', reason: reason.trim() })) onClose() }}>
          {message('reopen-drafting')}
        </Button>
      </div>
    </Dialog>
  )
}

export function AsTyped({ session, onClose }: StageProps): JSX.Element {
  const show = session.view.value.draft.asTyped !== true
  return (
    <Dialog title={message(show ? 'as-typed-begin' : 'as-typed-end')} onClose={onClose}>
      <p>{message(show ? 'as-typed-begin-means' : 'as-typed-end-means')}</p>
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" onPress={async () => { if (await session.act({ command: 'show-as-typed', show })) onClose() }}>{message(show ? 'as-typed-begin' : 'as-typed-end')}</Button>
      </div>
    </Dialog>
  )
}

export interface UnsentProps {
  readonly unsent: readonly UnsentWords[]
  readonly onDiscard: (id: string) => void
  readonly onClose: () => void
}

export function Unsent({ unsent, onDiscard, onClose }: UnsentProps): JSX.Element {
  return (
    <Dialog title={message('unsent')} onClose={onClose}>
      <p>{message(unsent.length === 0 ? 'unsent-none' : 'unsent-what')}</p>
      <ul class="unsent">
        {unsent.map((one) => (
          <li key={one.id}>
            <blockquote>{one.words}</blockquote>
            <p class="hint">{one.sentence}</p>
            <div class="row">
              <Button kind="primary" onPress={() => copyWords(one.words)}>{message('copy')}</Button>
              <Button kind="danger" onPress={() => onDiscard(one.id)}>{message('discard')}</Button>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
