/** What is in the library, and what was taken out of it. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { nameOfSource } from '../../../../shared/text/origins-sheet.ts'
import type { SourceHead } from '../../../../shared/wire/sources.ts'
import { sourcePath } from '../../../api.ts'
import { dateOf, message } from '../../../messages/index.ts'
import { factsOnRoom, isPersonal, judge } from '../../../room/facts.ts'
import { whyNot } from '../../../room/session.ts'
import { Button } from '../../../ui/button.tsx'
import { saveFrom } from '../../../ui/save-file.ts'
import { sayRefused } from '../../../ui/toasts.tsx'
import { AddSource } from './AddSource.tsx'
import type { LibraryProps } from './Library.tsx'
import { RemoveSource } from './RemoveSource.tsx'

export function SourceList({ session }: LibraryProps): JSX.Element {
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<SourceHead | null>(null)
  const { sources, fault, reading } = session.library
  const there = sources.value.filter(({ removedAtMs }) => removedAtMs === null)
  const gone = sources.value.filter(({ removedAtMs }) => removedAtMs !== null)
  return (
    <>
      <p class="row">
        <Button kind="primary" why={whyNot(session, 'add-source')} onPress={() => setAdding(true)}>{message('source-add')}</Button>
      </p>
      {fault.value === null ? null : <p role="alert" class="fault">{fault.value} <button type="button" class="link" onClick={() => void session.library.refresh()}>{message('try-again')}</button></p>}
      {there.length === 0 && fault.value === null ? <p class="empty">{message('library-empty')}</p> : null}
      <ul class="sources" aria-label={message('library-tab-sources')}>
        {there.map((source) => (
          <li key={source.number}>
            {source.paragraphs === 0 ? <b>{nameOfSource(source)}</b> : <button type="button" class="link source-name" onClick={() => { reading.value = { source: source.number, paragraph: -1 } }}>{nameOfSource(source)}</button>}
            {source.symbol === '' ? null : <p class="source-title">{source.title}</p>}
            <p class="hint">{kindWords(source)} · {message('source-by', { who: session.view.value.nameOf(source.by), when: dateOf(source.atMs) })}</p>
            <div class="row">
              {source.paragraphs === 0 ? null : <Button label={message('source-read-name', { name: nameOfSource(source) })} onPress={() => { reading.value = { source: source.number, paragraph: -1 } }}>{message('source-read')}</Button>}
              <Button label={message('source-file-name', { name: nameOfSource(source) })} onPress={() => saveFile(session.draft, session.hatId, source.number)}>{message('source-file')}</Button>
              <Remove session={session} source={source} onPress={() => setRemoving(source)} />
            </div>
          </li>
        ))}
      </ul>
      {gone.length === 0 ? null : (
        <details class="sources-gone">
          <summary>{message('sources-gone', { count: gone.length })}</summary>
          <ul>
            {gone.map((source) => <li key={source.number}>{nameOfSource(source)}{source.removedWhy === '' ? '' : `: ${source.removedWhy}`}</li>)}
          </ul>
        </details>
      )}
      {adding ? <AddSource session={session} onClose={() => setAdding(false)} /> : null}
      {removing === null ? null : <RemoveSource session={session} source={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

const kindWords = ({ format, paragraphs, name }: SourceHead): string => (format === '' || paragraphs === 0 ? message('source-kept', { name }) : message('source-paragraphs', { count: paragraphs }))

export async function saveFile(draft: string, hatId: string, source: number): Promise<void> {
  const saved = await saveFrom(sourcePath(draft, hatId, source))
  if (!saved.ok) sayRefused(saved.sentence)
}

/** Not offered where it is another delegation's to take out. */
function Remove({ session, source, onPress }: Pick<LibraryProps, 'session'> & { readonly source: SourceHead; readonly onPress: () => void }): JSX.Element | null {
  const { code, why } = judge(factsOnRoom(session.standing.value, source.by), 'remove-source')
  return isPersonal(code) ? null : <Button kind="danger" why={why} label={message('source-remove-name', { name: nameOfSource(source) })} onPress={onPress}>{message('source-remove')}</Button>
}
