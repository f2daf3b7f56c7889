/** Delegations against amendments and paragraphs: who stands where. Sorted by its headings, walked by arrows, printed as it stands. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { positionKinds } from '../../../shared/policy/types.ts'
import { message, whenOf } from '../../messages/index.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import { matrixOf, noFilter, roleIn } from '../../room/matrix.ts'
import type { Matrix as MatrixView, MatrixFilter, MatrixOrder, MatrixRow } from '../../room/matrix.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { placeOf, unitName } from './Card.tsx'
import { standName } from './Positions.tsx'

export interface MatrixProps {
  readonly session: RoomSession
  readonly onUnit: (unit: string) => void
  readonly onAmendment: (amendment: string) => void
  readonly onClose: () => void
}

interface Sorting {
  readonly order: MatrixOrder
  readonly descending: boolean
}

export function Matrix({ session, onUnit, onAmendment, onClose }: MatrixProps): JSX.Element {
  const filter = useSignal<MatrixFilter>(noFilter)
  const sorting = useSignal<Sorting>({ order: 'paragraph', descending: false })
  const spoken = useSignal<string | null>(null)
  const nowMs = useMemo(() => session.api.nowMs(), [])
  const view = session.view.value
  const matrix = matrixOf(view, session.stands.value, filter.value, sorting.value.order, sorting.value.descending)
  const closed = judge({ ...factsOnRoom(session.standing.value), delegation: '' }, 'read-positions').code === 'positions-closed'
  const go = (row: MatrixRow): void => {
    if (row.card !== null) onAmendment(row.card.id)
    else if (row.unit !== null) onUnit(row.unit.id)
  }
  return (
    <Dialog title={message('positions')} full="matrix" onClose={onClose}>
      <Filters session={session} filter={filter.value} onFilter={(next) => { filter.value = next }} />
      {closed ? <p class="hint">{message('matrix-own-only')} {sentenceOf('positions-closed')}</p> : null}
      <p class="sheet-head">{message('matrix-head', { title: view.draft.title, now: whenOf(nowMs) })}</p>
      <Legend />
      {matrix.rows.length === 0 ? <p class="empty">{message('matrix-none')}</p> : (
        <Grid session={session} matrix={matrix} sorting={sorting.value} onSort={(next) => { sorting.value = next }} onSpeak={(words) => { spoken.value = words }} onGo={go} />
      )}
      <p class="matrix-detail" role="status">{spoken.value ?? message('matrix-hint')}</p>
    </Dialog>
  )
}

function Filters({ session, filter, onFilter }: { readonly session: RoomSession; readonly filter: MatrixFilter; readonly onFilter: (filter: MatrixFilter) => void }): JSX.Element {
  const view = session.view.value
  const about = new Set([
    ...view.published.map((card) => card.unit?.id),
    ...[...session.stands.value.positions.keys()].filter((key) => key.startsWith('unit:')).map((key) => key.slice('unit:'.length)),
  ])
  const units = view.text.units.filter((unit) => about.has(unit.id))
  return (
    <div class="fields matrix-filters">
      <Choice label={message('matrix-delegation')} value={filter.delegation ?? ''} onChange={(value) => onFilter({ ...filter, delegation: value === '' ? null : value })}
        options={[{ value: '', label: message('filter-all') }, ...view.delegations.filter(({ kind }) => kind !== 'office').map(({ id, name }) => ({ value: id, label: name }))]} />
      <Choice label={message('matrix-paragraph')} value={filter.unit ?? ''} onChange={(value) => onFilter({ ...filter, unit: value === '' ? null : value })}
        options={[{ value: '', label: message('matrix-all-paragraphs') }, ...units.map((unit) => ({ value: unit.id, label: unitName(unit) }))]} />
      <Choice label={message('matrix-status')} value={filter.status ?? 'all'} onChange={(value) => onFilter({ ...filter, status: value === 'all' ? null : value })}
        options={(['open', 'decided', 'all'] as const).map((value) => ({ value, label: message(`matrix-status-${value}`) }))} />
      <Choice label={message('matrix-position')} value={filter.position ?? 'all'} onChange={(value) => onFilter({ ...filter, position: value === 'all' ? null : value })}
        options={(['all', ...positionKinds] as const).map((value) => ({ value, label: value === 'all' ? message('matrix-any-position') : message(`position-${value}`) }))} />
      <Button onPress={() => window.print()}>{message('print')}</Button>
    </div>
  )
}

const Legend = (): JSX.Element => (
  <ul class="matrix-legend" aria-label={message('matrix-legend')}>
    {positionKinds.map((kind) => <li key={kind}><span class={`mark mark-${kind}`}>{message(`mark-${kind}`)}</span> {message(`position-${kind}`)}</li>)}
    <li><span class="mark mark-proposer">{message('mark-proposer')}</span> {message('matrix-proposer')}</li>
    <li><span class="mark mark-sponsor">{message('mark-sponsor')}</span> {message('matrix-sponsor')}</li>
    <li><span class="mark stale">{message('mark-stale')}</span> {message('matrix-stale')}</li>
    <li><span class="mark confidential">{message('mark-table')}</span> {message('matrix-table')}</li>
  </ul>
)

interface GridProps {
  readonly session: RoomSession
  readonly matrix: MatrixView
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
  /** The cell that has the focus, in words. */
  readonly onSpeak: (words: string) => void
  readonly onGo: (row: MatrixRow) => void
}

const rowName = (session: RoomSession, row: MatrixRow): string =>
  row.card === null ? message('matrix-paragraph-itself') : message('matrix-row', { delegation: session.view.value.nameOf(row.card.state.proposer), what: message(`about-${row.card.amendment.about.kind}`) })

const rowPlace = (row: MatrixRow): string => (row.card !== null ? placeOf(row.card) : row.unit === null ? message('place-gone') : unitName(row.unit))

function Grid({ session, matrix, sorting, onSort, onSpeak, onGo }: GridProps): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null)
  const focused = useSignal({ row: 0, column: 0 })
  const { columns, rows } = matrix
  const move = (row: number, column: number): void => {
    const to = { row: Math.max(0, Math.min(row, rows.length - 1)), column: Math.max(0, Math.min(column, columns.length)) }
    focused.value = to
    body.current?.querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { row, column } = focused.value
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(row + 1, column), ArrowUp: () => move(row - 1, column),
      ArrowRight: () => move(row, column + 1), ArrowLeft: () => move(row, column - 1),
      Home: () => move(row, 0), End: () => move(row, columns.length),
      PageDown: () => move(row + 10, column), PageUp: () => move(row - 10, column),
      Enter: () => onGo(rows[row]!),
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    step()
  }
  const stop = (row: number, column: number): 0 | -1 =>
    row === Math.min(focused.value.row, rows.length - 1) && column === Math.min(focused.value.column, columns.length) ? 0 : -1
  const onFocus = (row: number, column: number, words: string): void => {
    focused.value = { row, column }
    onSpeak(words)
  }
  return (
    <div class="matrix-scroll" tabIndex={-1}>
      <table class="matrix-grid" role="grid" aria-label={message('positions')} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <Heading order="paragraph" label={message('matrix-paragraph')} sorting={sorting} onSort={onSort} />
            <Heading order="proposer" label={message('matrix-by')} sorting={sorting} onSort={onSort} />
            <Heading order="kind" label={message('matrix-kind')} sorting={sorting} onSort={onSort} />
            <Heading order="against" label={message('matrix-against')} sorting={sorting} onSort={onSort} />
            {columns.map(({ id, name }) => <Heading key={id} order={`delegation:${id}`} label={name} sorting={sorting} onSort={onSort} upright />)}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <tr key={row.key} class={row.card !== null && row.card.state.status !== 'open' ? 'decided' : ''}>
              <th scope="row" data-row={index} data-column={0} tabIndex={stop(index, 0)} onFocus={() => onFocus(index, 0, message('matrix-row-said', { place: rowPlace(row), row: rowName(session, row) }))} onDblClick={() => onGo(row)}>{rowPlace(row)}</th>
              <td>{row.card === null ? '' : session.view.value.nameOf(row.card.state.proposer)}</td>
              <td>{row.card === null ? message('matrix-paragraph-itself') : message(`about-${row.card.amendment.about.kind}`)}{row.card !== null && row.card.state.status !== 'open' ? ` (${message(`status-${row.card.state.status}`)})` : ''}</td>
              <td class="count">{row.against === 0 ? '' : row.against}</td>
              {columns.map((column, place) => (
                <Cell key={column.id} session={session} row={row} delegation={column.id} at={[index, place + 1]} stop={stop(index, place + 1)} onFocus={(words) => onFocus(index, place + 1, words)} onGo={() => onGo(row)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface HeadingProps {
  readonly order: MatrixOrder
  readonly label: string
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
  readonly upright?: boolean
}

/** The first press sorts as is usual for it: words from A, what is against from the most. */
function Heading({ order, label, sorting, onSort, upright = false }: HeadingProps): JSX.Element {
  const chosen = sorting.order === order
  const first = order === 'against' || order.startsWith('delegation:')
  return (
    <th scope="col" class={upright ? 'upright' : ''} aria-sort={chosen ? (sorting.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => onSort({ order, descending: chosen ? !sorting.descending : first })}>
        <span>{label}</span>{chosen ? <span aria-hidden="true"> {sorting.descending ? '▾' : '▴'}</span> : null}
      </button>
    </th>
  )
}

interface CellProps {
  readonly session: RoomSession
  readonly row: MatrixRow
  readonly delegation: string
  readonly at: readonly [row: number, column: number]
  readonly stop: 0 | -1
  readonly onFocus: (words: string) => void
  readonly onGo: () => void
}

function Cell({ session, row, delegation, at, stop, onFocus, onGo }: CellProps): JSX.Element {
  const stand = row.stands.get(delegation)
  const role = roleIn(row, delegation)
  const name = session.view.value.nameOf(delegation)
  const position = stand === undefined ? message(role === null ? 'matrix-silent' : `matrix-${role}`) : message(`position-${stand.position}`)
  const who = stand === undefined ? name : standName(session, stand)
  const note = stand === undefined ? '' : ` ${whenOf(stand.given.atMs)}.${stand.given.note === '' ? '' : ` “${stand.given.note}”`}`
  const words = `${message('matrix-cell', { who, place: rowPlace(row), row: rowName(session, row), position })}${note}`
  const kind = stand?.position ?? role
  return (
    <td
      role="gridcell" tabIndex={stop} data-row={at[0]} data-column={at[1]} aria-label={words}
      onFocus={() => onFocus(words)} onClick={() => onFocus(words)} onDblClick={onGo}
    >
      {kind === null ? null : (
        <span class={`mark mark-${kind}${stand?.stale === true ? ' stale' : ''}${stand?.confidential === true ? ' confidential' : ''}`}>
          {message(`mark-${kind}`)}{stand?.stale === true ? message('mark-stale') : ''}{stand?.confidential === true ? message('mark-table') : ''}
        </span>
      )}
    </td>
  )
}
