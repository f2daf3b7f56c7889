import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { nameOfSource } from '../../../../shared/text/origins-sheet.ts'
import type { SourceHead } from '../../../../shared/wire/sources.ts'
import { limits } from '../../../../shared/wire/limits.ts'
import { message } from '../../../messages/index.ts'
import type { RoomSession } from '../../../room/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { say } from '../../../ui/toasts.tsx'

/** Says what stands of it in the draft before it goes, and asks why where something does. */
export function RemoveSource({ session, source, onClose }: { readonly session: RoomSession; readonly source: SourceHead; readonly onClose: () => void }): JSX.Element {
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const origins = session.library.origins.value
  const count = origins?.ok === true ? origins.is.units.filter(({ sources }) => sources.some((one) => one.source === source.number)).length : 0
  const remove = async (): Promise<void> => {
    const answer = await session.send({ command: 'remove-source', source: source.number, reason: reason.trim() })
    if (!answer.ok) return setFault(answer.sentence)
    say(message('done-remove-source'))
    onClose()
  }
  return (
    <Dialog title={message('source-remove-name', { name: nameOfSource(source) })} onClose={onClose}>
      <p>{message('source-remove-means')}</p>
      <p>{message('source-remove-units', { count })}</p>
      <Field label={message(count === 0 ? 'reason-may' : 'reason')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} />
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="danger" why={count > 0 && reason.trim() === '' ? message('note-needed') : null} onPress={remove}>{message('source-remove')}</Button>
      </div>
    </Dialog>
  )
}
