/** The record as a list, newest first. */
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { hasMessage, message, whenOf } from '../../messages/index.ts'
import { recordLine } from '../../room/overview.ts'
import type { RoomSession } from '../../room/session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { placeOf, unitName } from './Card.tsx'

export function RecordPanel({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  useEffect(() => {
    void session.refreshRecord()
  }, [session])
  const view = session.view.value
  const cards = new Map(view.published.map((card) => [card.id, card]))
  const lines = session.record.value.map(recordLine).reverse()
  return (
    <Dialog title={message('record')} onClose={onClose} wide>
      <p class="hint">{message('record-what')}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={message('record')}>
        <table class="record">
          <thead>
            <tr>
              <th scope="col">{message('record-number')}</th>
              <th scope="col">{message('record-when')}</th>
              <th scope="col">{message('record-who')}</th>
              <th scope="col">{message('record-did')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const card = line.amendment === null ? undefined : cards.get(line.amendment)
              const unit = line.unit === null ? undefined : view.text.byId.get(line.unit)
              const about = card !== undefined ? message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) }) : unit !== undefined ? unitName(unit) : ''
              return (
                <tr key={line.seq}>
                  <td>{line.seq}</td>
                  <td>{whenOf(line.atMs)}</td>
                  <td>{line.kind === 'silence-ended' ? message('record-server') : [line.delegation === null ? null : view.nameOf(line.delegation), line.person].filter((part) => part !== null).join(', ')}</td>
                  <td>
                    {hasMessage(`record-${line.kind}`) ? message(`record-${line.kind}`) : line.kind} {about}
                    {line.note === '' ? null : <q>{line.note}</q>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Dialog>
  )
}
