/** Delegations against amendments and paragraphs: the rows and columns of the matrix, filtered and sorted. Pure. */
import { digestOfUnit } from '../../shared/lifecycle/digests.ts'
import type { DelegationState } from '../../shared/model/state.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { positionKinds } from '../../shared/policy/types.ts'
import type { PositionKind } from '../../shared/policy/types.ts'
import { aboutKey } from '../../shared/record/entries.ts'
import type { Stands } from '../../shared/record/stands.ts'
import { standsOn } from './positions.ts'
import type { Stand } from './positions.ts'
import { isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

export interface MatrixRow {
  /** `amendment:<id>` or `unit:<id>`. */
  readonly key: string
  readonly unit: UnitView | null
  /** Null for a row about the paragraph itself. */
  readonly card: PublishedCard | null
  readonly stands: ReadonlyMap<string, Stand>
  /** How many cannot accept it. */
  readonly against: number
}

export interface MatrixFilter {
  /** Null for all, in each. */
  readonly delegation: string | null
  readonly unit: string | null
  readonly status: 'open' | 'decided' | null
  readonly position: PositionKind | null
}

export const noFilter: MatrixFilter = { delegation: null, unit: null, status: 'open', position: null }

/** `delegation:<id>` sorts by where that delegation stands. */
export type MatrixOrder = 'paragraph' | 'proposer' | 'kind' | 'against' | `delegation:${string}`

export interface Matrix {
  readonly columns: readonly DelegationState[]
  readonly rows: readonly MatrixRow[]
}

export type CellRole = 'proposer' | 'sponsor' | null

/** Whoever proposes an amendment stands behind it without saying so. */
export function roleIn(row: MatrixRow, delegation: string): CellRole {
  if (row.card === null) return null
  const { proposer, sponsors } = row.card.state
  if (proposer === delegation) return 'proposer'
  return sponsors.some((one) => one.delegation === delegation) ? 'sponsor' : null
}

export function matrixOf(view: RoomView, stands: Stands, filter: MatrixFilter, order: MatrixOrder, descending: boolean): Matrix {
  const rows = [...unitRows(view, stands), ...cardRows(view, stands)].filter((row) => passes(row, filter))
  const columns = view.delegations.filter(({ id, kind }) => kind !== 'office' && (filter.delegation === null || filter.delegation === id))
  const places = new Map(view.text.units.map((unit, index) => [unit.id, index]))
  const byPlace = (left: MatrixRow, right: MatrixRow): number => (places.get(left.unit?.id ?? '') ?? -1) - (places.get(right.unit?.id ?? '') ?? -1)
  const by = comparing(view, order)
  // Within what is equal the order of the text stays, whichever way it is turned.
  const turned = descending ? -1 : 1
  return { columns, rows: rows.sort((left, right) => turned * (order === 'paragraph' ? byPlace(left, right) : by(left, right)) || byPlace(left, right)) }
}

function comparing(view: RoomView, order: MatrixOrder): (left: MatrixRow, right: MatrixRow) => number {
  const words = (of: (row: MatrixRow) => string) => (left: MatrixRow, right: MatrixRow): number => of(left).localeCompare(of(right), 'en')
  if (order === 'proposer') return words((row) => (row.card === null ? '' : view.nameOf(row.card.state.proposer)))
  if (order === 'kind') return words((row) => row.card?.amendment.about.kind ?? '')
  if (order === 'against') return (left, right) => left.against - right.against
  const delegation = order.slice('delegation:'.length)
  const place = (row: MatrixRow): number => {
    const stand = row.stands.get(delegation)
    return stand === undefined ? -1 : positionKinds.indexOf(stand.position)
  }
  return (left, right) => place(left) - place(right)
}

function passes(row: MatrixRow, { delegation, unit, status, position }: MatrixFilter): boolean {
  if (unit !== null && row.unit?.id !== unit) return false
  const open = row.card === null || isOpen(row.card.state)
  if (status !== null && open !== (status === 'open')) return false
  const asked = delegation === null ? [...row.stands.values()] : [row.stands.get(delegation)].filter((stand) => stand !== undefined)
  if (position !== null) return asked.some((stand) => stand.position === position)
  return delegation === null || asked.length > 0 || roleIn(row, delegation) !== null
}

const rowOf = (key: string, unit: UnitView | null, card: PublishedCard | null, stands: readonly Stand[]): MatrixRow => ({
  key, unit, card,
  stands: new Map(stands.map((stand) => [stand.delegation, stand])),
  against: stands.filter((stand) => stand.position === 'cannot-accept').length,
})

const cardRows = (view: RoomView, stands: Stands): MatrixRow[] =>
  view.published.map((card) => {
    const key = aboutKey({ kind: 'amendment', amendment: card.id })
    return rowOf(key, card.unit, card, standsOn(stands, key, card.state.digest))
  })

/** Only paragraphs on which somebody has said something. */
const unitRows = (view: RoomView, stands: Stands): MatrixRow[] =>
  view.text.units.flatMap((unit) => {
    const key = aboutKey({ kind: 'unit', unit: unit.id })
    if (!stands.positions.has(key)) return []
    const found = standsOn(stands, key, digestOfUnit(unit))
    return found.length === 0 ? [] : [rowOf(key, unit, null, found)]
  })
