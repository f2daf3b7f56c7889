/** A new draft: blank, from a file or from pasted text, with what the import recognises shown before it is made. */
import type { JSX } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { importText } from '../../shared/convert/importText.ts'
import type { ImportReport } from '../../shared/convert/report.ts'
import { sentenceOf } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Api } from '../api.ts'
import { message } from '../messages/index.ts'
import { browserDecider } from '../room/decide.ts'
import { draftPath, go } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

const sources = ['blank', 'file', 'paste'] as const
type Source = (typeof sources)[number]
const warningsShownMax = 12

export function NewDraft({ api, onClose }: { readonly api: Api; readonly onClose: () => void }): JSX.Element {
  const [source, setSource] = useState<Source>('blank')
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  // Kept when the import fails after the draft was made, so that trying again does not make a second one.
  const made = useRef<{ draft: string; hatId: string } | null>(null)
  const report = useMemo(() => (source === 'blank' || text.trim() === '' ? null : importText(text).report), [source, text])
  const name = title.trim() === '' ? (report?.title ?? '').slice(0, limits.draftTitleCharactersMax) : title.trim()

  const take = async (file: File | undefined): Promise<void> => {
    setFault(null)
    if (file === undefined) return
    const read = await readTextFile(file)
    if (!read.ok) {
      setText('')
      return setFault(sentenceOf(read.code))
    }
    setText(read.text)
  }
  const make = async (): Promise<void> => {
    setFault(null)
    if (source !== 'blank' && report === null) return setFault(message(source === 'file' ? 'new-choose-file' : 'new-paste-first'))
    if (name === '') return setFault(message('new-title-missing'))
    if (made.current === null) {
      const created = await browserDecider(api)({ command: 'create-draft', title: name, language: report?.language ?? 'en' })
      if (!created.ok) return setFault(created.sentence)
      made.current = { draft: created.result.draft ?? '', hatId: created.result.hatId ?? '' }
    }
    if (source !== 'blank') {
      const imported = await browserDecider(api, made.current)({ command: 'import', source: text })
      if (!imported.ok) return setFault(imported.sentence)
    }
    go(draftPath(made.current.draft))
  }
  return (
    <Dialog title={message('new-draft')} onClose={onClose} wide={source !== 'blank'}>
      <fieldset class="choices">
        <legend>{message('new-begin')}</legend>
        {sources.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="source" checked={source === one} onChange={() => { setSource(one); setFault(null) }} />
            <span>{message(`new-${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {source === 'file' ? (
        <div class="field">
          <label for="new-file">{message('new-file-label')}</label>
          <input id="new-file" type="file" accept=".txt,text/plain" onChange={(event) => void take(event.currentTarget.files?.[0])} />
        </div>
      ) : null}
      {source === 'paste' ? <Field label={message('new-paste-label')} lines={9} value={text} onInput={setText} charactersMax={limits.importBytesMax} /> : null}
      <Field
        label={message('new-title')}
        hint={report?.title === null || report === null ? message('new-title-hint') : message('new-title-found', { title: report.title })}
        value={title}
        onInput={setTitle}
        charactersMax={limits.draftTitleCharactersMax}
      />
      {report === null ? null : <ImportPreview report={report} />}
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" onPress={make}>{message('new-make')}</Button>
      </div>
    </Dialog>
  )
}

/** UTF-8 text of a bearable size, or the code of what is wrong with it. */
export async function readTextFile(file: Blob): Promise<{ ok: true; text: string } | { ok: false; code: 'import-too-large' | 'import-unreadable' | 'import-empty' }> {
  if (file.size > limits.importBytesMax) return { ok: false, code: 'import-too-large' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    if (text.includes('\u0000')) return { ok: false, code: 'import-unreadable' }
    return text.trim() === '' ? { ok: false, code: 'import-empty' } : { ok: true, text }
  } catch {
    return { ok: false, code: 'import-unreadable' }
  }
}

function ImportPreview({ report }: { readonly report: ImportReport }): JSX.Element {
  const warnings = report.warnings.slice(0, warningsShownMax)
  return (
    <section class="import-report" aria-labelledby="import-heading">
      <h3 id="import-heading">{message('import-recognised')}</h3>
      <ul class="counts">
        {report.recognised.map(({ kind, count }) => (
          <li key={kind}>{message(`kind-count-${kind}`, { count })}</li>
        ))}
        {report.notes === 0 ? null : <li>{message('kind-count-note', { count: report.notes })}</li>}
      </ul>
      <p class="hint">{message(report.wordsIn === report.wordsOut ? 'import-words-kept' : 'import-words-differ', { words: report.wordsIn, out: report.wordsOut })}</p>
      {report.unrecognised.length + report.warnings.length === 0 ? null : (
        <>
          <h3>{message('import-look')}</h3>
          <ul class="warnings">
            {report.unrecognised.slice(0, warningsShownMax).map((one) => (
              <li key={`u${one.line}`}><span class="line">{message('import-line', { line: one.line })}</span> {one.why} <q>{one.words}</q></li>
            ))}
            {warnings.map((one, index) => (
              <li key={`w${index}`}>
                {one.line === 0 ? null : <span class="line">{message('import-line', { line: one.line })}</span>} {one.sentence} {one.words === '' ? null : <q>{one.words}</q>}
              </li>
            ))}
            {report.warnings.length > warnings.length ? <li>{message('import-more', { count: report.warnings.length - warnings.length })}</li> : null}
          </ul>
        </>
      )}
    </section>
  )
}
