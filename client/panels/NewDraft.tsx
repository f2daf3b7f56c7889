/** A new draft: blank, from a file or from pasted text, with what the import recognises shown before it is made. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Taken } from '../../shared/convert/docx/modes.ts'
import { preparationOf } from '../../shared/convert/docx/proposed.ts'
import { readableEndings } from '../../shared/convert/endings.ts'
import { intoDraft } from '../../shared/convert/into-draft.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Api } from '../api.ts'
import { message } from '../messages/index.ts'
import { readInPage, type ReadAnswer } from '../reading/read.ts'
import { browserDecider } from '../room/decide.ts'
import { draftPath, go } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { ProposalsPreview } from './ProposalsPreview.tsx'

const sources = ['blank', 'file', 'paste'] as const
type Source = (typeof sources)[number]
type Read = Extract<ReadAnswer, { ok: true }>

/** What a file or a pasted text was read as; a new one stops the reading of the one before. */
interface Reading {
  readonly read: Read | null
  /** Whose reading is under way; null when none is. */
  readonly under: string | null
}

/** A draft that was made, and how many of the commands that bring `read` into it are done. */
interface Made {
  readonly draft: string
  readonly hatId: string
  readonly read: Read | null
  readonly done: number
}

const nothing: Reading = { read: null, under: null }

export function NewDraft({ api, onClose }: { readonly api: Api; readonly onClose: () => void }): JSX.Element {
  const [source, setSource] = useState<Source>('blank')
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [mode, setMode] = useState<Taken>('accepted')
  const [fault, setFault] = useState<string | null>(null)
  const [{ read, under }, setReading] = useState<Reading>(nothing)
  const stopper = useRef<AbortController | null>(null)
  /** What comes of the last reading: null where nothing was read, or it was stopped. */
  const outcome = useRef<Promise<ReadAnswer | null>>(Promise.resolve(null))
  // Kept when something fails after the draft was made, so that trying again goes on from there and makes no second one.
  const made = useRef<Made | null>(null)
  /** The file that has tracked changes: which of them count stays asked while it is read again. */
  const tracked = useRef<File | null>(null)
  const report = read?.report ?? null
  useEffect(() => () => stopper.current?.abort(), [])

  const stop = (): void => {
    stopper.current?.abort()
    outcome.current = Promise.resolve(null)
    setReading(nothing)
  }
  const take = (from: File | string | undefined, how: Taken = 'accepted'): void => {
    stop()
    setFault(null)
    setMode(how)
    setFile(from instanceof File ? from : null)
    if (from !== undefined && (typeof from !== 'string' || from.trim() !== '')) outcome.current = taken(from, how)
  }
  const taken = async (from: File | string, how: Taken): Promise<ReadAnswer | null> => {
    const own = new AbortController()
    stopper.current = own
    setReading({ read: null, under: typeof from === 'string' ? message('new-paste') : from.name })
    const answer = await readInPage(from, own.signal, how)
    if (answer === null || own.signal.aborted) return null
    if (answer.ok && from instanceof File && answer.report.warnings.some(({ code }) => code === 'tracked-accepted' || code === 'tracked-rejected')) tracked.current = from
    setReading({ read: answer.ok ? answer : null, under: null })
    if (!answer.ok) setFault(sentenceOf(answer.code))
    return answer
  }
  const choose = (one: Source): void => {
    stop()
    setFault(null)
    setSource(one)
    if (one === 'paste') take(text)
  }
  const make = async (): Promise<void> => {
    setFault(null)
    // Who has pressed before it was read wants what will have been read.
    const read = source === 'blank' ? null : await outcome.current
    if (source !== 'blank' && read === null) return setFault(message(source === 'file' ? 'new-choose-file' : 'new-paste-first'))
    if (read?.ok === false) return setFault(sentenceOf(read.code))
    const name = title.trim() === '' ? (read?.report.title ?? '').slice(0, limits.draftTitleCharactersMax) : title.trim()
    if (name === '') return setFault(message('new-title-missing'))
    if (made.current === null || (made.current.done > 0 && made.current.read !== read)) {
      const created = await browserDecider(api)({ command: 'create-draft', title: name, language: read?.report.language ?? 'en' })
      if (!created.ok) return setFault(created.sentence)
      made.current = { draft: created.result.draft ?? '', hatId: created.result.hatId ?? '', read, done: 0 }
    }
    const { draft, hatId, done } = made.current
    const steps = read === null ? [] : intoDraft({ ...read, proposed: read.proposals === undefined ? null : preparationOf({ ...read, proposals: read.proposals }) })
    for (const [at, step] of [...steps.entries()].slice(done)) {
      const answer = await browserDecider(api, { draft, hatId })(step)
      if (!answer.ok) return setFault(answer.sentence)
      made.current = { draft, hatId, read, done: at + 1 }
    }
    go(draftPath(draft))
  }
  return (
    <Dialog title={message('new-draft')} onClose={onClose} wide={source !== 'blank'}>
      <fieldset class="choices">
        <legend>{message('new-begin')}</legend>
        {sources.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="source" checked={source === one} onChange={() => choose(one)} />
            <span>{message(`new-${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {source === 'file' ? (
        <div class="field">
          <label for="new-file">{message('new-file-any')}</label>
          <input id="new-file" type="file" accept={readableEndings.join(',')} aria-describedby="new-file-hint" onChange={(event) => take(event.currentTarget.files?.[0])} />
          <p id="new-file-hint" class="hint">{message('new-file-hint')}</p>
        </div>
      ) : null}
      {source === 'paste' ? <Field label={message('new-paste-label')} lines={9} value={text} onInput={(words) => { setText(words); take(words) }} charactersMax={limits.importBytesMax} /> : null}
      <Field
        label={message('new-title')}
        hint={report?.title === null || report === null ? message('new-title-hint') : message('new-title-found', { title: report.title })}
        value={title}
        onInput={setTitle}
        charactersMax={limits.draftTitleCharactersMax}
      />
      <div role="status">
        {under === null ? null : (
          <p class="reading">
            <label for="new-reading">{message('new-reading', { name: under })}</label> <progress id="new-reading" />{' '}
            <Button onPress={stop}>{message('new-stop')}</Button>
          </p>
        )}
      </div>
      {file !== null && tracked.current === file ? (
        <Choice label={message('new-revisions')} value={mode} onChange={(how) => take(file, how)} options={(['accepted', 'rejected', 'proposed'] as const).map((value) => ({ value, label: message(`new-revisions-${value}`) }))} />
      ) : null}
      {read?.proposals === undefined ? null : <ProposalsPreview language={read.value.language} proposals={read.proposals} />}
      {read === null ? null : <ImportPreview read={read} />}
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" onPress={make}>{message('new-make')}</Button>
      </div>
    </Dialog>
  )
}
