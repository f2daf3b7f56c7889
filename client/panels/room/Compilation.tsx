/** One Word file in which several delegations' tracked changes stand: told apart by their authors, and recorded for each. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { foldAuthorRoles } from '../../../shared/record/author-roles.ts'
import type { Compilation as Read } from '../../../shared/convert/docx/compilation.ts'
import { message } from '../../messages/index.ts'
import { pause } from '../../pause.ts'
import { itemsOf, readCompilationFor, recordItems, toRemember, whyNotRecord } from '../../room/compilation.ts'
import type { Chosen, Item, Recorded } from '../../room/compilation.ts'
import { madeFrom, textNow } from '../../room/reply.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { say } from '../../ui/toasts.tsx'
import { Authors, CompiledParts, NotRecorded, Refusals } from './CompilationPreview.tsx'

interface Reading {
  readonly file: File
  readonly chosen: Chosen
  /** Of the text that it was read against. */
  readonly text: string
  /** As it was read last, while it is read again. Null at first. */
  readonly read: Read | null
  readonly isReading: boolean
}

type Readers = 'table' | 'all' | 'none'

export function Compilation({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const [reading, setReading] = useState<Reading | null>(null)
  const [readers, setReaders] = useState<Readers>('table')
  const [fault, setFault] = useState<string | null>(null)
  const [progress, setProgress] = useState<{ readonly done: number; readonly count: number; readonly isWaiting: boolean } | null>(null)
  const [recorded, setRecorded] = useState<Recorded | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const status = useRef<HTMLDivElement>(null)
  useEffect(() => () => stopper.current?.abort(), [])
  const remembered = foldAuthorRoles(session.record.value)
  const view = session.view.value

  const begun = (): AbortController => {
    stopper.current?.abort()
    stopper.current = new AbortController()
    return stopper.current
  }
  /** Whether it was read. */
  const take = async (file: File, chosen: Chosen): Promise<boolean> => {
    const own = begun()
    setFault(null)
    setRecorded(null)
    const text = textNow(session)
    setReading((before) => ({ file, chosen, text, read: before?.file === file ? before.read : null, isReading: true }))
    // What others at the table have said meanwhile counts too.
    await session.refreshRecord()
    const answer = own.signal.aborted ? null : await readCompilationFor(session, file, own.signal, new Map([...foldAuthorRoles(session.record.value), ...chosen]))
    if (answer === null || own.signal.aborted) return false
    setReading(answer.ok ? { file, chosen, text, read: answer, isReading: false } : null)
    if (!answer.ok) setFault(answer.sentence)
    return answer.ok
  }
  const record = async (items: readonly Item[]): Promise<void> => {
    if (reading === null || reading.read === null) return
    if (textNow(session) !== reading.text) {
      if (await take(reading.file, reading.chosen)) setFault(message('bring-back-again'))
      return
    }
    const own = begun()
    const before = recorded?.done ?? 0
    setFault(null)
    setRecorded(null)
    const authors = toRemember(reading.read, remembered)
    const named = authors.length === 0 ? null : await session.send({ command: 'name-authors', authors })
    if (named?.ok === false) return setFault(named.sentence)
    setProgress({ done: 0, count: items.length, isWaiting: false })
    // The button that was pressed goes.
    status.current?.focus()
    const result = await recordItems({ session, text: reading.text, commentsApart: readers === 'table', onProgress: (done, isWaiting) => setProgress({ done, count: items.length, isWaiting }), pause, stopped: own.signal }, items)
    setProgress(null)
    setRecorded({ ...result, done: before + result.done })
    // Also to who has closed the dialog meanwhile, which stops it.
    if (own.signal.aborted) say(message('compilation-ended', { done: result.done, count: items.length }))
    else if (result.done > 0) say(message('compilation-recorded', { count: result.done }))
    if (result.why !== null) setFault(message('compilation-stopped', { why: result.why, done: result.done, count: items.length }))
  }

  const read = reading?.read ?? null
  const items = read === null ? [] : itemsOf(read, readers !== 'none', view.nameOf)
  const comments = read === null ? 0 : read.parts.reduce((sum, part) => sum + (part.role.kind === 'out' ? 0 : part.comments.length), 0)
  const again = recorded === null ? null : [...recorded.refused.map(({ item }) => item), ...recorded.left]
  const isDone = again !== null && again.length === 0
  const why = whyNotRecord(session)
  const whyNot = why
    ?? (reading === null ? message('bring-back-choose') : reading.isReading || read === null ? message('compilation-wait') : null)
    ?? (read!.authors.some(({ role }) => role === null) ? message('compilation-choose-first') : items.length === 0 ? message('compilation-none') : null)
  return (
    <Dialog title={message('compilation')} onClose={onClose} wide={read !== null}>
      <div class="field">
        <label for="compilation-file">{message('bring-back-file')}</label>
        <input id="compilation-file" type="file" accept=".docx" aria-describedby="compilation-hint" disabled={progress !== null} onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file !== undefined) void take(file, new Map()) }} />
        <p id="compilation-hint" class="hint">{message('compilation-hint')}</p>
      </div>
      {why === null ? null : <p class="hint compilation-why">{why}</p>}
      <div role="status" tabIndex={-1} ref={status}>
        {progress !== null ? (
          <p class="reading">
            <label for="compilation-progress">{message('compilation-progress', { done: progress.done, count: progress.count })}</label> <progress id="compilation-progress" value={progress.done} max={progress.count} />
            {progress.isWaiting ? <span class="hint">{message('compilation-waits')}</span> : null}
          </p>
        ) : isDone && recorded !== null ? <p class="compilation-done">{message('compilation-all', { count: recorded.done })}</p> : null}
        {reading === null || read !== null ? null : (
          <p class="reading">
            <label for="compilation-reading">{message('new-reading', { name: reading.file.name })}</label> <progress id="compilation-reading" />{' '}
            <Button onPress={() => { stopper.current?.abort(); setReading(null) }}>{message('new-stop')}</Button>
          </p>
        )}
      </div>
      {reading === null || read === null ? null : (
        <div class="compiled" aria-busy={reading.isReading}>
          <p class="hint">{madeFrom(session, read.from)}</p>
          {read.isUntracked ? <p class="compilation-untracked">{message('compilation-untracked')}</p> : null}
          {recorded !== null || progress !== null ? null : (
            <>
              {read.authors.length === 0 ? null : <Authors view={view} authors={read.authors.map((one) => ({ ...one, ...(reading.chosen.has(one.name) ? { role: reading.chosen.get(one.name) ?? null, by: 'said' as const } : {}) }))} remembered={remembered} onChoose={(roles) => take(reading.file, new Map([...reading.chosen, ...roles]))} />}
              <CompiledParts session={session} read={read} />
            </>
          )}
          {recorded === null || isDone ? null : <Refusals session={session} recorded={recorded} />}
          <NotRecorded session={session} read={read} />
          {comments === 0 || recorded !== null || progress !== null ? null : (
            <Choice label={message('compilation-readers')} value={readers} onChange={setReaders} options={(['table', 'all', 'none'] as const).map((value) => ({ value, label: message(`compilation-readers-${value}`) }))} />
          )}
        </div>
      )}
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        {progress !== null ? <Button onPress={() => stopper.current?.abort()}>{message('compilation-stop')}</Button> : <Button onPress={onClose}>{message(recorded === null ? 'cancel' : 'close')}</Button>}
        {isDone || progress !== null ? null : again !== null ? (
          <Button kind="primary" why={why} onPress={() => record(again)}>{message('compilation-again', { count: again.length })}</Button>
        ) : (
          <Button kind="primary" why={whyNot} onPress={() => record(items)}>{message('compilation-do', { count: items.length })}</Button>
        )}
      </div>
    </Dialog>
  )
}
