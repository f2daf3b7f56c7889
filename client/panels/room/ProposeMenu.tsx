/** Every change that can be proposed on a paragraph or on the words selected in it, with the key that does the same. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { UnitView } from '../../../shared/model/units.ts'
import { limits } from '../../../shared/wire/limits.ts'
import type { CommandOptions, EditorCommand, EditorHandle } from '../../editor/host.ts'
import { message } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { beginningOf } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { unitName } from './Card.tsx'

interface Item {
  readonly id: string
  readonly command: EditorCommand
  readonly key: string
  readonly options?: CommandOptions
  /** Asks first: for words, or for a place. */
  readonly asks?: 'words' | 'place'
}

const items: readonly Item[] = [
  { id: 'leave-out', command: 'leave-out', key: 'Delete' },
  { id: 'insert', command: 'insert', key: '', asks: 'words' },
  { id: 'substitute', command: 'substitute', key: '', asks: 'words' },
  { id: 'restore', command: 'restore', key: 'Alt-Shift-U' },
  { id: 'reserve', command: 'bracket', key: 'Alt-Shift-R', options: { verb: 'reserve' } },
  { id: 'retain', command: 'bracket', key: 'Alt-Shift-K', options: { verb: 'retain' } },
  { id: 'bracket', command: 'bracket', key: 'Alt-Shift-B', options: { verb: 'bracket' } },
  { id: 'footnote', command: 'footnote', key: 'Alt-Shift-F', asks: 'words' },
  { id: 'split', command: 'split', key: 'Enter' },
  { id: 'join-next', command: 'join-next', key: 'Delete' },
  { id: 'move-up', command: 'move-up', key: 'Alt-↑' },
  { id: 'move-down', command: 'move-down', key: 'Alt-↓' },
  { id: 'move-to', command: 'move-to', key: '', asks: 'place' },
  { id: 'nest', command: 'nest', key: 'Tab' },
  { id: 'lift', command: 'lift', key: 'Shift-Tab' },
  { id: 'placeholder', command: 'placeholder', key: 'Alt-Shift-P', asks: 'words' },
]

/** On the words selected in this very paragraph, or at the caret in it; else on all of it. */
const onSelection: ReadonlySet<EditorCommand> = new Set(['leave-out', 'insert', 'substitute', 'restore', 'bracket', 'footnote', 'split'])

export interface ProposeMenuProps {
  readonly session: RoomSession
  readonly unit: UnitView
  readonly editor: EditorHandle | null
  /** Why nothing can be proposed here now; null where it can. */
  readonly why: string | null
}

export function ProposeMenu({ session, unit, editor, why }: ProposeMenuProps): JSX.Element {
  const [asking, setAsking] = useState<Item | null>(null)
  const [words, setWords] = useState('')
  const [after, setAfter] = useState('')
  const run = (item: Item, more: CommandOptions = {}): void => {
    const selection = editor?.selection() ?? null
    const isHere = onSelection.has(item.command) && selection?.unit === unit.id && selection.amendment === null
    const refused = editor?.command(item.command, { ...item.options, ...more, ...(isHere ? {} : { unit: unit.id }) }) ?? null
    if (refused !== null) return
    setAsking(null)
    setWords('')
  }
  const press = (item: Item): void => (item.asks === undefined ? run(item) : setAsking(item))
  const places = session.view.value.text.units.filter((other) => other.id !== unit.id)
  return (
    <div class="propose">
      {why !== null ? <Button why={why} label={message('unit-more-name', { unit: unitName(unit) })} onPress={() => undefined}>{message('unit-more')}</Button> : (
        <Menu label={message('unit-more')} name={message('unit-more-name', { unit: unitName(unit) })}>
          <p class="hint">{message('selected-none')}</p>
          {items.map((item) => (
            <button key={item.id} type="button" class="button quiet" onMouseDown={(event) => event.preventDefault()} onClick={() => press(item)}>
              <span>{message(`propose-${item.id}`)}</span> {item.key === '' ? null : <kbd>{item.key}</kbd>}
            </button>
          ))}
        </Menu>
      )}
      {asking === null ? null : (
        <div class="writing">
          {asking.asks === 'place' ? (
            <Choice label={message('asks-move-to')} value={after} onChange={setAfter} options={[{ value: '', label: message('move-to-first') }, ...places.map((one) => ({ value: one.id, label: `${unitName(one)} ${beginningOf(one)}` }))]} />
          ) : (
            <Field label={message(`asks-${asking.id}`)} lines={2} value={words} onInput={setWords} charactersMax={limits.noteCharactersMax} autoFocus onSubmitKey={() => run(asking, { words })} />
          )}
          <div class="row">
            <Button kind="primary" why={why} onPress={() => run(asking, asking.asks === 'place' ? { after } : { words })}>{message('propose-do')}</Button>
            <Button kind="quiet" onPress={() => setAsking(null)}>{message('cancel')}</Button>
          </div>
        </div>
      )}
    </div>
  )
}
