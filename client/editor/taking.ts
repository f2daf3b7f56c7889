/** Paragraphs of a source of the library, written where somebody puts them, with the place that each letter was taken from. */
import type * as Y from 'yjs'
import { beginAmendment } from '../../shared/model/amendments.ts'
import { isNestable } from '../../shared/model/about.ts'
import { createUnits } from '../../shared/model/operations.ts'
import type { Placement } from '../../shared/model/operations.ts'
import { takingsSince } from '../../shared/model/taking.ts'
import type { WordsTaken } from '../../shared/model/taking.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { UnitKind, UnitValue } from '../../shared/model/value.ts'
import { editProposal } from '../../shared/text/edit.ts'
import type { SourcePieces } from '../../shared/text/paragraphs.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { refusalFor, sideOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { placeAt } from './places.ts'
import type { Place } from './places.ts'
import type { ShownBlock } from './projection.ts'
import { proposeAfter } from './writing.ts'

/** The paragraph that they are to follow; `first` puts them before all others. */
export type TakeAfter = ShownBlock | 'first'

/** What `act` writes of these words is told as taken, with the very update that writes it. */
export function keepingOrigins({ host }: Desk, taken: readonly WordsTaken[], act: () => void): void {
  let left = taken
  // Before the update is sent: that follows when the transaction has been cleaned up.
  const look = (transaction: Y.Transaction, doc: Y.Doc): void => {
    if (!transaction.local) return
    const told = takingsSince(doc, transaction.beforeState.get(doc.clientID) ?? 0, left)
    if (told.length === 0) return
    left = left.filter(({ place }) => !told.some(({ source }) => source === place))
    host.onTaken?.(told, doc)
  }
  const docs = host.side === null ? [host.shared] : [host.shared, host.side]
  for (const doc of docs) doc.on('afterTransaction', look)
  try {
    act()
  } finally {
    for (const doc of docs) doc.off('afterTransaction', look)
  }
}

/** Null when done; else why nothing was. */
export function takePieces(desk: Desk, pieces: SourcePieces, after: TakeAfter): ErrorCode | null {
  const refused = refusalOf(desk, after)
  if (refused !== null || pieces.values.length === 0) return refused
  desk.write(() => {
    let key = ''
    keepingOrigins(desk, pieces.taken, () => {
      key = desk.host.stage() === 'drafting' ? takeIntoBase(desk, pieces.values, after) : takeIntoSide(desk, pieces.values, after)
    })
    return endOf(desk, key)
  })
  return null
}

function refusalOf(desk: Desk, after: TakeAfter): ErrorCode | null {
  const { host } = desk
  const stage = host.stage()
  if (stage === 'frozen') return 'frozen'
  if (stage === 'drafting') return host.mayWrite(null)
  if (desk.mode() !== 'rolling') return 'base-closed'
  if (host.side === null) return 'only-drafters'
  return after === 'first' || (after.proposal !== null && !after.isCopy) ? host.mayWrite(null) : refusalFor(desk, after)
}

const endOf = (desk: Desk, key: string): Place | null => {
  const block = desk.project().byKey.get(key)
  return block === undefined ? null : placeAt(desk.docs, block, block.words.length)
}

/** A draft has one title: another's is a heading in it. What stands around a text is no more than a paragraph here. */
function kindHere(kind: UnitKind, view: DraftView): UnitKind {
  if (kind === 'title') return view.units.some((unit) => unit.kind === 'title') ? 'heading' : 'title'
  return kind === 'front' || kind === 'closing' ? 'para' : kind
}

/** Sub-paragraphs alone come beneath the paragraph, all else behind it and what it is beneath. */
function placementIn(view: DraftView, after: UnitView | 'first', kind: UnitKind): Placement {
  if (after === 'first') return { parent: null, after: null }
  if (kind === 'sub' && after.kind !== 'sub' && isNestable(after.kind)) return { parent: after.id, after: view.children.get(after.id)?.at(-1)?.id ?? null }
  let beside = after
  while (kind !== 'sub' && beside.kind === 'sub' && beside.parent !== null) beside = view.byId.get(beside.parent) ?? beside
  return { parent: beside.parent, after: beside.id }
}

/** The key of the last one's block. */
function takeIntoBase(desk: Desk, values: readonly UnitValue[], after: TakeAfter): string {
  const { host } = desk
  const { view } = desk.projection()
  const beside = after === 'first' ? 'first' : (after.unit ?? view.byId.get(after.target) ?? 'first')
  const here = values.map((value) => ({ ...value, kind: kindHere(value.kind, view) }))
  const ids = createUnits(host.shared, view, placementIn(view, beside, here[0]!.kind), here, host.origin)
  return `unit:${ids.at(-1) ?? ''}`
}

function takeIntoSide(desk: Desk, values: readonly UnitValue[], after: TakeAfter): string {
  const { host } = desk
  const { view } = desk.projection()
  const side = sideOf(desk)
  let last = ''
  const fill = (id: string, value: UnitValue): void => {
    last = id
    editProposal(side, id, { from: 0, to: 0, words: value.words }, host.origin)
    for (const child of value.children) fill(beginAmendment(side, { kind: 'insert', target: id, unitKind: child.kind, inside: true }, host.origin), child)
  }
  for (const value of values) {
    const unitKind = kindHere(value.kind, view)
    fill(after === 'first' ? beginAmendment(side, { kind: 'insert', target: '', unitKind, inside: false }, host.origin) : proposeAfter(desk, after, unitKind), value)
  }
  return `new:${last}`
}
