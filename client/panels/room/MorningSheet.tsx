/** The chair's morning sheet: what is new, by paragraph, to read on the screen or on paper. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { RecordEntry } from '../../../shared/wire/answers.ts'
import { message, whenOf } from '../../messages/index.ts'
import { morningSheet } from '../../room/morning-sheet.ts'
import type { SheetLine } from '../../room/morning-sheet.ts'
import type { RoomSession } from '../../room/session.ts'
import { beginningOf } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { placeOf, unitName } from './Card.tsx'
import { Changes } from './Changes.tsx'

export interface MorningSheetProps {
  readonly session: RoomSession
  readonly onUnit: (unit: string) => void
  readonly onAmendment: (amendment: string) => void
  readonly onClose: () => void
}

const spans = ['visit', 'day', 'all'] as const
type Span = (typeof spans)[number]
const dayMs = 24 * 60 * 60 * 1000

export function MorningSheet({ session, onUnit, onAmendment, onClose }: MorningSheetProps): JSX.Element {
  const visit = session.firstVisit
  const span = useSignal<Span>(visit === null ? 'all' : 'visit')
  const nowMs = useMemo(() => session.api.nowMs(), [])
  useEffect(() => {
    void session.refreshRecord()
  }, [session])
  const isNew: Readonly<Record<Span, (entry: RecordEntry) => boolean>> = {
    visit: (entry) => entry.seq > (visit?.recordSeq ?? 0),
    day: (entry) => entry.atMs >= nowMs - dayMs,
    all: () => true,
  }
  const view = session.view.value
  const paragraphs = morningSheet(view, session.stands.value, session.record.value, isNew[span.value])
  const named: Readonly<Record<Span, string>> = {
    visit: message('sheet-visit', { when: visit === null ? '' : whenOf(visit.atMs) }),
    day: message('sheet-day'),
    all: message('sheet-all'),
  }
  return (
    <Dialog title={message('morning-sheet')} full="sheet-dialog" onClose={onClose}>
      <div class="fields no-print">
        <Choice label={message('sheet-since')} value={span.value} onChange={(value) => { span.value = value }} options={spans.filter((one) => one !== 'visit' || visit !== null).map((value) => ({ value, label: named[value] }))} />
        <Button onPress={() => window.print()}>{message('print')}</Button>
      </div>
      <p class="sheet-head">{message('sheet-head', { title: view.draft.title, now: whenOf(nowMs), since: named[span.value] })}</p>
      {paragraphs.length === 0 ? <p class="empty">{message('sheet-none')}</p> : paragraphs.map(({ unit, lines }) => (
        <section key={unit?.id ?? ''} class="sheet-paragraph">
          <h3>
            {unit === null ? message('place-first') : <button type="button" class="link" onClick={() => onUnit(unit.id)}>{unitName(unit)}</button>}
            {unit === null ? null : <span class="hint">{beginningOf(unit)}</span>}
          </h3>
          <ul>
            {lines.map((line, index) => <li key={index}><Line session={session} line={line} onAmendment={onAmendment} /></li>)}
          </ul>
        </section>
      ))}
    </Dialog>
  )
}

function Line({ session, line, onAmendment }: { readonly session: RoomSession; readonly line: SheetLine; readonly onAmendment: (amendment: string) => void }): JSX.Element {
  const { nameOf } = session.view.value
  const { card } = line
  const link = card === null ? null : (
    <button type="button" class="link" onClick={() => onAmendment(card.id)}>
      {message('overview-proposal', { delegation: nameOf(card.state.proposer), place: `${placeOf(card)}, ${message(`about-${card.amendment.about.kind}`)}` })}
    </button>
  )
  switch (line.kind) {
    case 'proposed':
      return (
        <>
          <span class="chip">{message(line.card.state.revision > 1 ? 'sheet-revised' : 'sheet-proposed')}</span> {link}
          <Changes card={line.card} />
        </>
      )
    case 'decided':
      return <><span class={`chip chip-status-${line.card.state.status}`}>{message(`status-${line.card.state.status}`)}</span> {link}{line.card.state.editorial ? ` (${message('editorial')})` : ''}</>
    case 'flag':
      return <><span class="chip chip-review-flagged">{message(`review-flag-${line.flag}`)}</span> {link} <q>{line.note}</q></>
    case 'position':
      return (
        <>
          <span class={`stand stand-${line.now ?? 'none'}`}>{line.now === null ? message('position-taken-back') : message(`position-${line.now}`)}</span> <span class="by">{nameOf(line.delegation)}</span>
          {line.confidential ? ` ${message('stand-table')}` : ''}
          {line.before === null ? '' : ` ${message('sheet-before', { position: message(`position-${line.before}`) })}`}
          {link === null ? null : <> {message('sheet-on')} {link}</>}
          {line.note === '' ? null : <q>{line.note}</q>}
        </>
      )
    case 'asks-to-cosponsor':
      return <><span class="chip chip-needs-state">{message('sheet-asks')}</span> {message('asks-to-cosponsor', { delegation: nameOf(line.delegation) })} {link}</>
    case 'needs-state':
    case 'as-recorded':
      return <><span class="chip chip-needs-state">{message(line.kind)}</span> {link}</>
  }
}
