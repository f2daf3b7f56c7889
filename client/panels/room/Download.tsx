/** What of the draft one takes along, and as what kind of file. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { listFilters } from '../../../shared/text/amendment-list.ts'
import type { ListFilter } from '../../../shared/text/amendment-list.ts'
import { writtenPath } from '../../api.ts'
import type { WrittenForm, WrittenFormat } from '../../api.ts'
import { message } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { versionName } from '../../room/versions.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Choice } from '../../ui/field.tsx'
import { saveFrom } from '../../ui/save-file.ts'
import { say, sayRefused } from '../../ui/toasts.tsx'

const formats = ['pdf', 'docx', 'html', 'text', 'akn', 'json'] as const satisfies readonly WrittenFormat[]

export interface DownloadProps {
  readonly session: RoomSession
  /** What is chosen when it opens. */
  readonly form?: WrittenForm
  readonly onClose: () => void
}

export function Download({ session, form = 'text', onClose }: DownloadProps): JSX.Element {
  const [chosen, setChosen] = useState<WrittenForm>(form)
  const [wanted, setFormat] = useState<WrittenFormat>('pdf')
  const [status, setStatus] = useState<ListFilter>('open')
  const [lines, setLines] = useState(false)
  const [against, setAgainst] = useState('')
  const [hasThreads, setThreads] = useState(false)
  const { versions } = session.info.value
  const isTable = chosen === 'derivations' || chosen === 'destinations'
  // Akoma Ntoso has no form for a table.
  const possible = formats.filter((one) => one !== 'akn' || (!isTable && chosen !== 'coverage'))
  const format = possible.find((one) => one === wanted) ?? 'pdf'
  const forms: { readonly value: WrittenForm; readonly label: string }[] = [
    { value: 'text', label: message('download-text') },
    { value: 'rolling', label: message('download-rolling') },
    { value: 'amendments', label: message('download-amendments') },
    ...(session.themes.value.list.length === 0 ? [] : [{ value: 'coverage' as const, label: message('download-coverage') }]),
    { value: 'derivations', label: message('download-derivations') },
    { value: 'destinations', label: message('download-destinations') },
    ...[...versions].reverse().map((version) => ({ value: `version-${version.number}` as const, label: versionName(version) })),
  ]
  const isTracked = chosen === 'rolling' && format === 'docx'
  const download = async (): Promise<void> => {
    const saved = await saveFrom(writtenPath(session.draft, session.hatId, { form: chosen, format, status, lines: lines && format === 'pdf', ...(isTracked ? { word: { against: against === '' ? null : Number(against), hasOwn: false, hasThreads } } : {}) }))
    if (saved.ok) say(message('downloaded', { name: saved.name }))
    else sayRefused(saved.sentence)
  }
  return (
    <Dialog title={message('download')} onClose={onClose}>
      <Choice label={message('download-what')} value={chosen} onChange={setChosen} options={forms} />
      {chosen === 'amendments' ? <Choice label={message('list-filter')} value={status} onChange={setStatus} options={listFilters.map((value) => ({ value, label: message(`list-${value}`) }))} /> : null}
      <Choice label={message('download-as')} value={format} onChange={setFormat} options={possible.map((value) => ({ value, label: message(`download-as-${value}`) }))} />
      <p class="hint">{message(isTable ? `download-table-${chosen}` : isTracked ? 'download-means-tracked' : `download-means-${format}`)}</p>
      {isTracked ? (
        <>
          <Choice
            label={message('download-against')}
            value={against}
            onChange={setAgainst}
            options={[{ value: '', label: message('download-against-now') }, ...[...versions].reverse().map((version) => ({ value: String(version.number), label: versionName(version) }))]}
          />
          <Check label={message('download-threads')} checked={hasThreads} onChange={setThreads} />
        </>
      ) : null}
      {format === 'pdf' ? <Check label={message('download-lines')} checked={lines} onChange={setLines} /> : null}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" onPress={download}>{message('download-now')}</Button>
      </div>
    </Dialog>
  )
}
