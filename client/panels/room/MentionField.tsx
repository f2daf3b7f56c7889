/** A field for what one says in a thread. Behind "@" the names of delegations are offered; keys choose, as in a list. */
import type { JSX } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { completion } from '../../room/threads.ts'

export interface MentionFieldProps {
  readonly label: string
  readonly value: string
  readonly names: readonly { readonly id: string; readonly name: string }[]
  readonly onInput: (value: string) => void
  readonly onSend: () => void
  readonly autoFocus?: boolean
}

export function MentionField({ label, value, names, onInput, onSend, autoFocus = false }: MentionFieldProps): JSX.Element {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [chosen, setChosen] = useState(0)
  const [closed, setClosed] = useState(false)
  const offered = closed ? null : completion(value, caret, names)
  const options = offered?.options ?? []
  const at = Math.min(chosen, Math.max(0, options.length - 1))
  const follow = (element: HTMLTextAreaElement): void => setCaret(element.selectionStart)
  const take = (name: string): void => {
    if (offered === null || field.current === null) return
    const next = `${value.slice(0, offered.from)}@${name} ${value.slice(caret)}`
    const end = offered.from + name.length + 2
    field.current.value = next
    field.current.focus()
    field.current.setSelectionRange(end, end)
    onInput(next)
    setCaret(end)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return onSend()
    if (options.length === 0) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((at + step + options.length) % options.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(options[at]!.name)
    else if (event.key === 'Escape') setClosed(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="field mention-field">
      <label for={id}>{label}</label>
      <div class="with-names">
        <textarea
          id={id}
          ref={(element) => {
            field.current = element
            if (!autoFocus || element === null || element.dataset['focused'] !== undefined) return
            element.dataset['focused'] = ''
            element.focus()
          }}
          rows={3}
          value={value}
          maxLength={limits.noteCharactersMax}
          aria-autocomplete="list"
          aria-controls={`${id}-names`}
          aria-activedescendant={options.length > 0 ? `${id}-${at}` : undefined}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            setClosed(false)
            setChosen(0)
            follow(event.currentTarget)
            onInput(event.currentTarget.value)
          }}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => follow(event.currentTarget)}
          onClick={(event) => follow(event.currentTarget)}
          onBlur={() => setClosed(true)}
        />
        <ul id={`${id}-names`} class="names" role="listbox" aria-label={message('mention-names')} hidden={options.length === 0}>
          {options.map((option, index) => (
            <li
              key={option.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              // Before the field loses the focus.
              onMouseDown={(event) => {
                event.preventDefault()
                take(option.name)
              }}
            >
              {option.name}
            </li>
          ))}
        </ul>
      </div>
      <p class="hint" id={`${id}-hint`}>{names.length === 0 ? message('send-hint') : message('mention-hint')}</p>
    </div>
  )
}
