import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { limits } from '../../../../shared/wire/limits.ts'
import { message } from '../../../messages/index.ts'
import { whyNot } from '../../../room/session.ts'
import type { RoomSession } from '../../../room/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'

/** Why a paragraph is left out of the draft, for the record and the table; or that it is not, after all. */
export function LeaveOut({ session, source, paragraph, known, onClose }: { readonly session: RoomSession; readonly source: number; readonly paragraph: number; readonly known: string; readonly onClose: () => void }): JSX.Element {
  const [reason, setReason] = useState(known)
  const say = async (why: string): Promise<void> => {
    if (await session.act({ command: 'leave-out-source', source, paragraph, reason: why })) onClose()
  }
  const refused = whyNot(session, 'leave-out-source')
  return (
    <div class="leave-out">
      <Field label={message('leave-out-why')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} autoFocus onSubmitKey={() => { if (reason.trim() !== '') void say(reason.trim()) }} />
      <div class="row">
        <Button kind="primary" why={refused ?? (reason.trim() === '' ? message('note-needed') : reason.trim() === known ? message('leave-out-same') : null)} onPress={() => say(reason.trim())}>{message('leave-out-do')}</Button>
        {known === '' ? null : <Button why={refused} onPress={() => say('')}>{message('leave-out-undo')}</Button>}
        <Button kind="quiet" onPress={onClose}>{message('cancel')}</Button>
      </div>
    </div>
  )
}
