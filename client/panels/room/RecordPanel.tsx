/** The record, newest first: filtered, a page at a time, checked on request, and exported. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { chainFaults, toldOf } from '../../../shared/record/chain.ts'
import { recordLine } from '../../../shared/record/line.ts'
import type { RecordLine } from '../../../shared/record/line.ts'
import type { RecordEntry } from '../../../shared/wire/answers.ts'
import { recordPath } from '../../api.ts'
import { hasMessage, message, whenOf } from '../../messages/index.ts'
import { particularTold } from '../../room/particulars.ts'
import { passesRecord, recordGroups, wholeRecord } from '../../room/record-filter.ts'
import type { RecordFilter, RecordGroup, ShownLine } from '../../room/record-filter.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, Day, Field } from '../../ui/field.tsx'
import { placeOf, unitName } from './Card.tsx'

const pageLines = 100
const searchCharactersMax = 200

export function RecordPanel({ session, onClose }: { readonly session: RoomSession; readonly onClose: () => void }): JSX.Element {
  useEffect(() => {
    void session.refreshRecord()
  }, [session])
  const filter = useSignal<RecordFilter>(wholeRecord)
  const count = useSignal(pageLines)
  const table = useRef<HTMLTableSectionElement>(null)
  const record = session.record.value
  const view = session.view.value
  const lines = useMemo(() => linesOf(session, record), [record, view])
  const found = lines.filter((line) => passesRecord(filter.value, line))
  const shown = found.slice(0, count.value)
  const narrow = (more: Partial<RecordFilter>): void => {
    filter.value = { ...filter.value, ...more }
    count.value = pageLines
  }
  const more = (): void => {
    const first = shown.length
    count.value += pageLines
    // The button goes when all is shown: whoever pressed it goes on at the first line that it brought.
    setTimeout(() => table.current?.rows[first]?.focus())
  }
  return (
    <Dialog title={message('record')} onClose={onClose} wide>
      <p class="hint">{message('record-what')}</p>
      <Narrow session={session} filter={filter.value} onChange={narrow} />
      <p role="status" class="record-count">
        {message(found.length === lines.length ? 'record-count' : 'record-count-of', { count: found.length, all: lines.length })}
        {found.length === lines.length ? null : <> <Button kind="quiet" onPress={() => narrow(wholeRecord)}>{message('record-clear')}</Button></>}
      </p>
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
          <tbody ref={table}>
            {shown.map((line) => (
              <tr key={line.seq} tabIndex={-1}>
                <td>{line.seq}</td>
                <td>{whenOf(line.atMs)}</td>
                <td>{whoOf(session, line)}</td>
                <td>{didOf(session, line)}{line.note === '' ? null : <q>{line.note}</q>}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {found.length > shown.length ? <Button onPress={more}>{message('record-more', { count: Math.min(pageLines, found.length - shown.length) })}</Button> : null}
      </div>
      <Chain session={session} />
    </Dialog>
  )
}

interface NarrowProps {
  readonly session: RoomSession
  readonly filter: RecordFilter
  readonly onChange: (more: Partial<RecordFilter>) => void
}

function Narrow({ session, filter, onChange }: NarrowProps): JSX.Element {
  const view = session.view.value
  const any = { value: '', label: message('record-any') }
  const units = view.text.units.filter((unit) => unit.words.trim() !== '')
  return (
    <div class="record-filter" role="group" aria-label={message('record-filter')}>
      <Choice label={message('record-kind')} value={filter.group ?? ''} onChange={(value) => onChange({ group: value === '' ? null : value })}
        options={[any, ...recordGroups.map((value) => ({ value, label: message(`record-group-${value}`) }))] as readonly { value: RecordGroup | ''; label: string }[]} />
      <Choice label={message('record-delegation')} value={filter.delegation ?? ''} onChange={(value) => onChange({ delegation: value === '' ? null : value })}
        options={[any, ...view.delegations.map(({ id, name }) => ({ value: id, label: name }))]} />
      <Choice label={message('record-unit')} value={filter.unit ?? ''} onChange={(value) => onChange({ unit: value === '' ? null : value })}
        options={[any, ...units.map((unit) => ({ value: unit.id, label: unitName(unit) }))]} />
      <Day label={message('record-from')} value={filter.from} onInput={(from) => onChange({ from })} />
      <Day label={message('record-to')} value={filter.to} onInput={(to) => onChange({ to })} />
      <Field label={message('record-words')} value={filter.words} charactersMax={searchCharactersMax} onInput={(words) => onChange({ words })} />
    </div>
  )
}

/** Whether what this page was given forms one chain, up to the end that the server names; and the record as files. */
function Chain({ session }: { readonly session: RoomSession }): JSX.Element {
  const said = useSignal('')
  const check = (): void => {
    const entries = session.record.value.map(toldOf)
    const [fault] = chainFaults(session.draft, entries)
    const last = entries.at(-1)
    said.value = fault !== undefined ? message('record-chain-broken', { seq: fault.seq })
      : message('record-chain-sound', { count: entries.length, digest: last?.digest.slice(0, 16) ?? '' })
  }
  return (
    <div class="dialog-actions record-actions">
      <p role="status">{said.value}</p>
      <Button onPress={check}>{message('record-check')}</Button>
      <a class="button" href={recordPath(session.draft, session.hatId, 'csv')} download>{message('record-csv')}</a>
      <a class="button" href={recordPath(session.draft, session.hatId, 'jsonl')} download>{message('record-jsonl')}</a>
    </div>
  )
}

const whoOf = (session: RoomSession, line: RecordLine): string =>
  line.kind === 'silence-ended'
    ? message('record-server')
    : [line.delegation === null ? null : session.view.value.nameOf(line.delegation), line.person].filter((part) => part !== null).join(', ')

function didOf(session: RoomSession, line: RecordLine): string {
  const view = session.view.value
  const card = line.amendment === null ? undefined : view.published.find(({ id }) => id === line.amendment)
  const unit = line.unit === null ? undefined : view.text.byId.get(line.unit)
  const about = card !== undefined ? message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) }) : unit !== undefined ? unitName(unit) : ''
  const did = `${hasMessage(`record-${line.kind}`) ? message(`record-${line.kind}`) : line.kind} ${about}`.trim()
  const particulars = line.particulars.map((one) => particularTold(one, view.nameOf))
  return particulars.length === 0 ? did : message('record-particulars', { did, particulars: particulars.join(', ') })
}

/** Newest first. */
function linesOf(session: RoomSession, record: readonly RecordEntry[]): readonly ShownLine[] {
  const unitOf = new Map(session.view.value.published.map((card) => [card.id, card.unit?.id]))
  return record.map((entry): ShownLine => {
    const line = recordLine(entry)
    return {
      ...line,
      text: `${line.seq} ${whoOf(session, line)} ${didOf(session, line)} ${line.note}`,
      about: [...line.units, ...line.amendments.flatMap((amendment) => unitOf.get(amendment) ?? [])],
    }
  }).reverse()
}
