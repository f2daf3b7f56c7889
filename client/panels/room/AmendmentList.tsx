/** All amendments in the order of the text, in their official wording: to read, copy, print and export. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { listFilters } from '../../../shared/text/amendment-list.ts'
import type { ListedAmendment, ListFilter } from '../../../shared/text/amendment-list.ts'
import { isAllAgreed } from '../../../shared/model/progress.ts'
import { message } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { listOf } from '../../room/wording.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Choice } from '../../ui/field.tsx'

export interface AmendmentListProps {
  readonly session: RoomSession
  readonly onAmendment: (amendment: string) => void
  readonly onDownload: () => void
  readonly onClose: () => void
}

export function AmendmentList({ session, onAmendment, onDownload, onClose }: AmendmentListProps): JSX.Element {
  const [filter, setFilter] = useState<ListFilter>('open')
  const [wouldRead, setWouldRead] = useState(false)
  const view = session.view.value
  const list = listOf(view, { filter, wouldRead })
  const plain = list.map(({ number, proposed, status, wording }) => `${number}. ${proposed} [${message(`status-${status}`)}]\n${wording}`).join('\n\n')
  return (
    <Dialog title={message('amendment-list')} onClose={onClose} wide>
      <div class="amendment-list">
        <div class="row list-tools">
          <Choice label={message('list-filter')} hidden value={filter} onChange={setFilter} options={listFilters.map((value) => ({ value, label: message(`list-${value}`) }))} />
          <Check label={message('list-would-read')} checked={wouldRead} onChange={setWouldRead} />
          <div class="row">
            <Button why={list.length === 0 ? message(`list-none-${filter}`) : null} onPress={() => copyWords(plain)}>{message('list-copy')}</Button>
            <Button onPress={onDownload}>{message('download')}</Button>
            <Button onPress={() => window.print()}>{message('print')}</Button>
          </div>
        </div>
        <h3 class="list-title">{message('list-title', { title: view.draft.title })}</h3>
        {isAllAgreed(view.progress) ? null : <p class="hint">{message('until-all-agreed')}</p>}
        {list.length === 0 ? <p class="hint">{message(`list-none-${filter}`)}</p> : null}
        <ol>
          {list.map((one) => <Listed key={one.amendment.id} one={one} onGo={() => { onClose(); onAmendment(one.amendment.id) }} />)}
        </ol>
      </div>
    </Dialog>
  )
}

const Listed = ({ one, onGo }: { readonly one: ListedAmendment; readonly onGo: () => void }): JSX.Element => (
  <li>
    <p class="listed-head">
      <span class="number">{one.number}.</span>
      <button type="button" class="link" title={message('list-go')} onClick={onGo}>{one.proposed}</button>
      <span class={`chip chip-status-${one.status}`}>{message(`status-${one.status}`)}</span>
    </p>
    <p class="sentence" lang="en">{one.wording}</p>
  </li>
)
