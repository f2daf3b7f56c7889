import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly lines?: number
  readonly charactersMax: number
  readonly hint?: string
  readonly required?: boolean
  readonly autoFocus?: boolean
  readonly onSubmitKey?: () => void
}

/** A labelled field of words. With `onSubmitKey`, Ctrl-Enter sends. */
export function Field({ label, value, onInput, lines = 1, charactersMax, hint, required = false, autoFocus = false, onSubmitKey }: FieldProps): JSX.Element {
  const id = useId()
  const shared = {
    id,
    value,
    maxLength: charactersMax,
    required,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    ref: (element: HTMLInputElement | HTMLTextAreaElement | null) => {
      if (autoFocus && element !== null && element.dataset['focused'] === undefined) {
        element.dataset['focused'] = ''
        element.focus()
      }
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) onSubmitKey?.()
    },
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {lines === 1 ? (
        <input type="text" {...shared} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <textarea rows={lines} {...shared} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

export interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  readonly hidden?: boolean
}

export function Choice<T extends string>({ label, value, options, onChange, hidden = false }: ChoiceProps<T>): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id} class={hidden ? 'unseen' : undefined}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

export interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Check({ label, checked, onChange }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}

/** A day, as `YYYY-MM-DD`; empty for none. */
export function Day({ label, value, onInput }: { readonly label: string; readonly value: string; readonly onInput: (value: string) => void }): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="date" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  )
}
