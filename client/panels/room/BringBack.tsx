/** The way of a capital's reply: out as a Word file in one press, and back as what one's own delegation prepares. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { readWrittenVersion } from '../../../shared/wire/word.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { writtenPath } from '../../api.ts'
import { message } from '../../messages/index.ts'
import { readReplyFor, takeUp, textNow, whyNotBringBack } from '../../room/reply.ts'
import type { ReplyRead } from '../../room/reply.ts'
import type { RoomSession } from '../../room/session.ts'
import { versionName } from '../../room/versions.ts'
import { whyForReading } from '../../room/link.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { saveFrom } from '../../ui/save-file.ts'
import { say, sayRefused } from '../../ui/toasts.tsx'
import { ReplyPreview } from './ReplyPreview.tsx'

export function WordForCapital({ session, onBringBack }: { readonly session: RoomSession; readonly onBringBack: () => void }): JSX.Element | null {
  const { stage } = session.view.value.draft
  if (session.hat.role !== 'delegate' || session.side === null || stage === 'drafting' || stage === 'frozen') return null
  const download = async (): Promise<void> => {
    const saved = await saveFrom(writtenPath(session.draft, session.hatId, { form: 'rolling', format: 'docx', status: 'open', lines: false, word: { against: null, hasOwn: true, hasThreads: false } }))
    if (saved.ok) say(message('downloaded', { name: saved.name }))
    else sayRefused(saved.sentence)
  }
  return (
    <div class="row capital" role="group" aria-label={message('word-for-capital')}>
      <Button kind="quiet" onPress={download}><span title={message('word-for-capital-means')}>{message('word-for-capital')}</span></Button>
      <Button kind="quiet" onPress={onBringBack}>{message('bring-back')}</Button>
    </div>
  )
}

type Read = Extract<ReplyRead, { ok: true }>

interface Reading {
  readonly file: File
  /** The version that it is compared with; '' for the text as it stands. */
  readonly base: string
  /** Of the text that it was read against. */
  readonly text: string
  /** Null while it is being read. */
  readonly read: Read | null
  /** A copy without tracked changes: what it was made from stays asked while it is read again. */
  readonly asksBase: boolean
}

export function BringBack({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const [reading, setReading] = useState<Reading | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const stopper = useRef<AbortController | null>(null)
  useEffect(() => () => stopper.current?.abort(), [])
  const { versions } = session.info.value

  const stop = (): void => {
    stopper.current?.abort()
    setReading(null)
  }
  /** Without a base given, a copy that has no tracked changes is compared with the version that it says it was made from. */
  const take = async (file: File, base: string | null): Promise<Read | null> => {
    stopper.current?.abort()
    const own = new AbortController()
    stopper.current = own
    setFault(null)
    const text = textNow(session)
    setReading((before) => ({ file, base: base ?? '', text, read: null, asksBase: before?.file === file && before.asksBase }))
    const answer = await readReplyFor(session, file, own.signal, base === null || base === '' ? null : Number(base))
    if (answer === null || own.signal.aborted) return null
    if (!answer.ok) {
      setReading(null)
      setFault(answer.sentence)
      return null
    }
    const from = answer.from?.draft === session.draft ? readWrittenVersion(answer.from.version) : null
    if (base === null && answer.reply.isUntracked && from?.kind === 'kept' && versions.some(({ number }) => number === from.number)) return take(file, String(from.number))
    setReading({ file, base: base ?? '', text, read: answer, asksBase: answer.reply.isUntracked })
    return answer
  }
  const finish = async (): Promise<void> => {
    if (reading === null || reading.read === null) return
    if (textNow(session) !== reading.text) {
      // Where it could not be read again, why not stands there.
      if ((await take(reading.file, reading.base)) !== null) setFault(message('bring-back-again'))
      return
    }
    if (!session.writable.value) return setFault(sentenceOf(whyForReading(session.status.value)))
    const { read } = reading
    const { written, refused } = await takeUp(session, read)
    const count = read.reply.changes.length
    if (count > 0) say(written < count ? message('brought-back-less', { written, count }) : message('brought-back', { count }))
    if (refused !== null) {
      // The changes are taken up; what is not stays on the screen, with its words.
      setReading({ ...reading, read: { ...read, reply: { ...read.reply, changes: [], unplaced: [] }, comments: refused.comments } })
      return setFault(message('bring-back-comments-left', { why: refused.why }))
    }
    onClose()
  }
  const read = reading?.read ?? null
  const isEmpty = read !== null && read.reply.changes.length + read.comments.length === 0
  return (
    <Dialog title={message('bring-back')} onClose={onClose} wide={read !== null}>
      <div class="field">
        <label for="bring-back-file">{message('bring-back-file')}</label>
        <input id="bring-back-file" type="file" accept=".docx" aria-describedby="bring-back-hint" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file !== undefined) void take(file, null) }} />
        <p id="bring-back-hint" class="hint">{message('bring-back-hint')}</p>
      </div>
      <div role="status">
        {reading === null || read !== null ? null : (
          <p class="reading">
            <label for="bring-back-reading">{message('new-reading', { name: reading.file.name })}</label> <progress id="bring-back-reading" />{' '}
            <Button onPress={stop}>{message('new-stop')}</Button>
          </p>
        )}
      </div>
      {reading?.asksBase === true ? (
        <>
          <Choice
            label={message('bring-back-base')}
            value={reading.base}
            onChange={(base) => void take(reading.file, base)}
            options={[{ value: '', label: message('bring-back-base-now') }, ...[...versions].reverse().map((version) => ({ value: String(version.number), label: versionName(version) }))]}
          />
          <p class="hint">{message('bring-back-base-hint')}</p>
        </>
      ) : null}
      {read === null ? null : <ReplyPreview session={session} read={read} />}
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={read === null ? message('bring-back-choose') : isEmpty ? message('reply-none') : whyNotBringBack(session)} onPress={finish}>
          {read !== null && read.reply.changes.length === 0 && !isEmpty ? message('bring-back-do-comments') : message('bring-back-do', { count: read?.reply.changes.length ?? 0 })}
        </Button>
      </div>
    </Dialog>
  )
}
