/** A legal officer's flag: what it is about, by number, and a note that begins with a template. Enter sends. */
import type { JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { flagKinds } from '../../../shared/policy/types.ts'
import type { FlagKind } from '../../../shared/policy/types.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { Button } from '../../ui/button.tsx'

export interface FlagFormProps {
  /** False when it was refused: what was written stays. */
  readonly onSend: (note: string, flag: FlagKind) => Promise<boolean> | boolean
  readonly onCancel: () => void
}

const templates = (): string[] => flagKinds.map((kind) => message(`flag-template-${kind}`))

export function FlagForm({ onSend, onCancel }: FlagFormProps): JSX.Element {
  const [flag, setFlag] = useState<FlagKind>('legal')
  const [note, setNote] = useState('')
  const id = useId()
  const first = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => first.current?.focus(), [])
  const choose = (kind: FlagKind): void => {
    setFlag(kind)
    if (note.trim() === '' || templates().includes(note)) setNote(message(`flag-template-${kind}`))
    // The caret goes behind the template once it is there.
    requestAnimationFrame(() => {
      const end = field.current?.value.length ?? 0
      field.current?.focus()
      field.current?.setSelectionRange(end, end)
    })
  }
  const why = note.trim() === '' ? message('note-needed') : null
  const send = async (): Promise<void> => {
    if (why === null) await onSend(note.trim(), flag)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      return onCancel()
    }
    if (event.target instanceof HTMLTextAreaElement) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      return void send()
    }
    const kind = flagKinds[Number(event.key) - 1]
    if (kind === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    choose(kind)
  }
  return (
    <div class="writing flag-form" role="group" aria-label={message('flag-form')} onKeyDown={onKeyDown}>
      <div class="row" role="group" aria-label={message('flag-about')}>
        {flagKinds.map((kind, index) => (
          <button key={kind} ref={index === 0 ? first : null} type="button" class="button plain" aria-pressed={flag === kind} onClick={() => choose(kind)}>
            <kbd>{index + 1}</kbd> {message(`flag-${kind}`)}
          </button>
        ))}
      </div>
      <div class="field">
        <label for={id}>{message('note-flag')}</label>
        <textarea id={id} ref={field} rows={2} value={note} maxLength={limits.noteCharactersMax} aria-describedby={`${id}-hint`} onInput={(event) => setNote(event.currentTarget.value)} />
        <p class="hint" id={`${id}-hint`}>{message('flag-hint')}</p>
      </div>
      <div class="row">
        <Button kind="primary" why={why} onPress={send}>{message('do-flag')}</Button>
        <Button kind="quiet" onPress={onCancel}>{message('cancel')}</Button>
      </div>
    </div>
  )
}
