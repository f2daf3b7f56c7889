/** Shortcuts, proposals as typed, and words that the server did not take. */
import type { JSX } from 'preact'
import { message } from '../../messages/index.ts'
import type { UnsentWords } from '../../room/link.ts'
import { proposeUnsent, whyNotPropose } from '../../room/propose-unsent.ts'
import type { RoomSession } from '../../room/session.ts'
import type { UnsentShelf } from '../../room/unsent.ts'
import { spotOf, wordsBefore } from '../../room/unsent-place.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { say, sayRefused } from '../../ui/toasts.tsx'
import { unitName } from './Card.tsx'

const keys = [
  ['Enter', 'split'], ['Backspace', 'join'], ['Tab', 'nest'], ['Shift-Tab', 'lift'], ['Alt-↑', 'move-up'], ['Alt-↓', 'move-down'],
  ['Alt-Shift-L', 'leave-out'], ['Alt-Shift-U', 'restore'], ['Alt-Shift-R, K, B', 'bracket'], ['Alt-Shift-N, A, D', 'paragraph'],
  ['Alt-Shift-P', 'placeholder'], ['Alt-Shift-F', 'footnote'], ['Alt-Shift-H', 'place-here'], ['Ctrl-Alt-M', 'comment'], ['Ctrl-Alt-A', 'writer'], ['Alt-Shift-S', 'library'],
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
  readonly session: RoomSession
  readonly shelf: UnsentShelf
  readonly onUnit: (unit: string) => void
  readonly onClose: () => void
}

export function Unsent({ session, shelf, onUnit, onClose }: UnsentProps): JSX.Element {
  const unsent = shelf.all.value
  const what = unsent.length === 0 ? 'unsent-none' : shelf.isKept.value ? 'unsent-what' : 'unsent-what-unkept'
  const propose = (one: UnsentWords): void => {
    const refused = proposeUnsent(session, one)
    if (refused !== null) return sayRefused(refused)
    shelf.discard(one.id)
    say(message('unsent-proposed'))
  }
  return (
    <Dialog title={message('unsent')} onClose={onClose}>
      <p role="status">{message(what)}</p>
      <ul class="unsent">
        {unsent.map((one) => (
          <li key={one.id}>
            <UnsentPlace session={session} one={one} onUnit={onUnit} />
            <blockquote>{one.struck === true ? <del>{one.words}</del> : one.words}</blockquote>
            <p class="hint">{one.sentence}{one.struck === true ? ` ${message('unsent-struck')}` : ''}</p>
            <div class="row">
              <Button kind="primary" onPress={() => copyWords(one.words)}>{message('copy')}</Button>
              <Button why={whyNotPropose(session)} onPress={() => propose(one)}>{message('unsent-propose')}</Button>
              <Button kind="danger" onPress={() => shelf.discard(one.id)}>{message('discard')}</Button>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Where the words were typed or struck, as the text stands now; nothing where that is not known any more. */
function UnsentPlace({ session, one, onUnit }: { readonly session: RoomSession; readonly one: UnsentWords; readonly onUnit: (unit: string) => void }): JSX.Element | null {
  const spot = spotOf(session.shared, session.view.value.text, one)
  if (spot === null) return null
  const { unit, ground } = spot
  const before = wordsBefore(spot)
  const after = one.struck === true ? '' : before === '' ? message('unsent-first') : message('unsent-after', { words: before })
  return (
    <p class="unsent-place">
      <button type="button" class="link" onClick={() => onUnit(unit.id)}>{unitName(unit)}</button>
      {ground === unit ? '' : `, ${ground.number}`}{after === '' ? '' : `, ${after}`}
    </p>
  )
}
