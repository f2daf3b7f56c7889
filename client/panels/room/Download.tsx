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

const formats = ['pdf', 'html', 'text', 'akn', 'json'] as const satisfies readonly WrittenFormat[]

export interface DownloadProps {
  readonly session: RoomSession
  /** What is chosen when it opens. */
  readonly form?: WrittenForm
  readonly onClose: () => void
}

export function Download({ session, form = 'text', onClose }: DownloadProps): JSX.Element {
  const [chosen, setChosen] = useState<WrittenForm>(form)
  const [format, setFormat] = useState<WrittenFormat>('pdf')
  const [status, setStatus] = useState<ListFilter>('open')
  const [lines, setLines] = useState(false)
  const { versions } = session.info.value
  const isTable = chosen === 'derivations' || chosen === 'destinations'
  // A table is no document of the kinds that Akoma Ntoso has.
  const as = formats.filter((value) => !isTable || value !== 'akn')
  const choose = (next: WrittenForm): void => {
    setChosen(next)
    if (format === 'akn' && (next === 'derivations' || next === 'destinations')) setFormat('pdf')
  }
  const forms: { readonly value: WrittenForm; readonly label: string }[] = [
    { value: 'text', label: message('download-text') },
    { value: 'rolling', label: message('download-rolling') },
    { value: 'amendments', label: message('download-amendments') },
    { value: 'derivations', label: message('download-derivations') },
    { value: 'destinations', label: message('download-destinations') },
    ...[...versions].reverse().map((version) => ({ value: `version-${version.number}` as const, label: versionName(version) })),
  ]
  const download = async (): Promise<void> => {
    const saved = await saveFrom(writtenPath(session.draft, session.hatId, { form: chosen, format, status, lines: lines && format === 'pdf' }))
    if (saved.ok) say(message('downloaded', { name: saved.name }))
    else sayRefused(saved.sentence)
  }
  return (
    <Dialog title={message('download')} onClose={onClose}>
      <Choice label={message('download-what')} value={chosen} onChange={choose} options={forms} />
      {chosen === 'amendments' ? <Choice label={message('list-filter')} value={status} onChange={setStatus} options={listFilters.map((value) => ({ value, label: message(`list-${value}`) }))} /> : null}
      <Choice label={message('download-as')} value={format} onChange={setFormat} options={as.map((value) => ({ value, label: message(`download-as-${value}`) }))} />
      <p class="hint">{message(isTable ? `download-table-${chosen}` : `download-means-${format}`)}</p>
      {format === 'pdf' ? <Check label={message('download-lines')} checked={lines} onChange={setLines} /> : null}
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" onPress={download}>{message('download-now')}</Button>
      </div>
    </Dialog>
  )
}
