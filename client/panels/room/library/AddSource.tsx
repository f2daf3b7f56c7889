/** A file for the library: what was recognised in it is shown first, and what nothing is recognised in is kept as it is. */
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { readSymbol } from '../../../../shared/lifecycle/symbol.ts'
import type { ResolutionValue } from '../../../../shared/model/value.ts'
import { yearIn } from '../../../../shared/text/paragraphs.ts'
import { sentenceOf } from '../../../../shared/wire/errors.ts'
import type { ErrorCode } from '../../../../shared/wire/errors.ts'
import { limits } from '../../../../shared/wire/limits.ts'
import { message } from '../../../messages/index.ts'
import { readInPage } from '../../../reading/read.ts'
import type { ReadAnswer } from '../../../reading/read.ts'
import { newKey } from '../../../room/decide.ts'
import { sendSource } from '../../../room/send-source.ts'
import type { RoomSession } from '../../../room/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { say } from '../../../ui/toasts.tsx'
import { ImportPreview } from '../../ImportPreview.tsx'
import { SymbolField, symbolWhy } from '../Versions.tsx'

/** Such a file is not kept either. */
const hopeless: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['import-too-large', 'file-missing', 'import-empty'])

export function AddSource({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  const [file, setFile] = useState<File | null>(null)
  const [read, setRead] = useState<ReadAnswer | null>(null)
  const [title, setTitle] = useState('')
  const [symbol, setSymbol] = useState('')
  const [year, setYear] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [sent, setSent] = useState<number | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const key = useRef('')
  useEffect(() => () => stopper.current?.abort(), [])
  const stop = (): void => {
    stopper.current?.abort()
    setSent(null)
    if (read === null) setFile(null)
  }
  const take = async (chosen: File | undefined): Promise<void> => {
    stopper.current?.abort()
    setFault(null)
    setRead(null)
    setFile(chosen ?? null)
    if (chosen === undefined) return
    const own = new AbortController()
    stopper.current = own
    key.current = newKey()
    const answer = await readInPage(chosen, own.signal)
    if (answer === null || own.signal.aborted) return
    if (!answer.ok && hopeless.has(answer.code)) {
      setFile(null)
      return setFault(sentenceOf(answer.code))
    }
    setRead(answer)
    setTitle(((answer.ok ? answer.report.title : null) ?? chosen.name.replace(/\.[^.]*$/, '')).slice(0, limits.draftTitleCharactersMax))
    setSymbol(answer.ok ? symbolIn(answer.value) : '')
    setYear(answer.ok ? String(yearIn(answer.value) ?? '') : '')
  }
  const add = async (): Promise<void> => {
    if (file === null) return
    setFault(null)
    const own = new AbortController()
    stopper.current = own
    setSent(0)
    const about = { title: title.trim(), symbol: symbol.trim(), year: year.trim() === '' ? null : Number(year), name: file.name.slice(0, limits.versionNameCharactersMax) }
    const answer = await sendSource({ draft: session.draft, hatId: session.hatId, key: key.current, file, about, onProgress: setSent, stopped: own.signal })
    setSent(null)
    if (answer === null) return
    if (answer === 'file-missing') return setFault(sentenceOf('file-missing'))
    if (!answer.ok) return setFault(answer.sentence)
    await session.library.refresh()
    say(message('done-add-source'))
    onClose()
  }
  const yearWhy = year.trim() === '' || /^[12]\d{3}$/.test(year.trim()) ? null : message('source-year-wrong')
  const why = file === null ? message('new-choose-file') : read === null ? message('source-reading-first') : title.trim() === '' ? message('source-title-missing') : (symbolWhy(symbol) ?? yearWhy)
  return (
    <Dialog title={message('source-add')} onClose={onClose} wide>
      <div class="field">
        <label for="source-file">{message('new-file-any')}</label>
        <input id="source-file" type="file" aria-describedby="source-file-hint" onChange={(event) => void take(event.currentTarget.files?.[0])} />
        <p id="source-file-hint" class="hint">{message('source-file-hint')}</p>
      </div>
      <div role="status">
        {file !== null && read === null ? <p class="reading"><label for="source-reading">{message('new-reading', { name: file.name })}</label> <progress id="source-reading" /> <Button onPress={stop}>{message('new-stop')}</Button></p> : null}
        {read?.ok === false ? <p class="source-as-it-is">{message('source-as-it-is', { why: sentenceOf(read.code) })}</p> : null}
      </div>
      {read === null ? null : (
        <>
          <Field label={message('source-title')} value={title} onInput={setTitle} charactersMax={limits.draftTitleCharactersMax} />
          <div class="fields source-about">
            <SymbolField value={symbol} onInput={setSymbol} hint={message('source-symbol-hint')} />
            <Field label={message('source-year')} value={year} onInput={setYear} charactersMax={4} />
          </div>
        </>
      )}
      {read?.ok === true ? <ImportPreview read={read} /> : null}
      {sent === null ? null : (
        <p class="reading" role="status">
          <label for="source-sending">{message(sent < 1 ? 'source-sending' : 'source-server-reads', { name: file?.name ?? '' })}</label> <progress id="source-sending" {...(sent < 1 ? { value: sent } : {})} /> <Button onPress={stop}>{message('source-stop')}</Button>
        </p>
      )}
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={why} onPress={add}>{message('source-add-do')}</Button>
      </div>
    </Dialog>
  )
}

/** The first symbol in the lines before the title. */
function symbolIn({ units }: ResolutionValue): string {
  const words = units.filter(({ kind }) => kind === 'front').flatMap((unit) => unit.words.match(/(?:A|S|E|ST)\/[\w./-]*\w(?: \((?:19|20)\d\d\))?/g) ?? [])
  return words.find((word) => readSymbol(word).ok) ?? ''
}
