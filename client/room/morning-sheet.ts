/** What the chair reads before the day begins: what is new, paragraph by paragraph, and what waits for somebody. Pure. */
import type { UnitView } from '../../shared/model/units.ts'
import type { FlagKind, PositionKind } from '../../shared/policy/types.ts'
import { standEntryOf } from '../../shared/record/entries.ts'
import type { PositionEntry } from '../../shared/record/entries.ts'
import type { Stands } from '../../shared/record/stands.ts'
import { recordLine } from '../../shared/record/line.ts'
import type { RecordEntry } from '../../shared/wire/answers.ts'
import { isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

export type SheetLine =
  | { readonly kind: 'proposed'; readonly card: PublishedCard }
  | { readonly kind: 'decided'; readonly card: PublishedCard }
  | { readonly kind: 'flag'; readonly card: PublishedCard; readonly flag: FlagKind; readonly note: string }
  | { readonly kind: 'position'; readonly card: PublishedCard | null; readonly delegation: string; readonly before: PositionKind | null; readonly now: PositionKind | null; readonly confidential: boolean; readonly note: string }
  | { readonly kind: 'asks-to-cosponsor'; readonly card: PublishedCard; readonly delegation: string }
  | { readonly kind: 'needs-state' | 'as-recorded'; readonly card: PublishedCard }

export interface SheetParagraph {
  /** Null for what stands before the first paragraph, or whose paragraph is gone. */
  readonly unit: UnitView | null
  readonly lines: readonly SheetLine[]
}

const proposing: ReadonlySet<string> = new Set(['put-forward', 'record-for'])
const deciding: ReadonlySet<string> = new Set(['incorporate', 'not-reflected', 'keep-in-brackets', 'withdraw', 'correct-editorially'])

/** `isNew` says which entries of the record count; what is asked and not answered is listed whenever it was asked. */
export function morningSheet(view: RoomView, stands: Stands, record: readonly RecordEntry[], isNew: (entry: RecordEntry) => boolean): SheetParagraph[] {
  const fresh = record.filter(isNew)
  const named = (kinds: ReadonlySet<string>): ReadonlySet<string | null> =>
    new Set(fresh.filter((entry) => kinds.has(entry.kind)).map((entry) => recordLine(entry).amendment))
  const proposed = named(proposing)
  const decided = named(deciding)
  const flagged = new Set(fresh.map(standEntryOf).flatMap((entry) => (entry?.kind === 'review' ? entry.on.map((one) => one.amendment) : [])))
  const lines = new Map<string, SheetLine[]>()
  const add = (unit: string, line: SheetLine): void => {
    lines.set(unit, [...(lines.get(unit) ?? []), line])
  }
  for (const card of view.published) {
    const unit = card.unit?.id ?? ''
    if (decided.has(card.id)) add(unit, { kind: 'decided', card })
    else if (proposed.has(card.id)) add(unit, { kind: 'proposed', card })
    const review = stands.reviews.get(card.id)
    if (review?.verdict === 'flagged' && isOpen(card.state) && flagged.has(card.id)) add(unit, { kind: 'flag', card, flag: review.flag, note: review.note })
    for (const ask of isOpen(card.state) ? asksOf(card) : []) add(unit, ask)
  }
  for (const change of changedPositions(view, record, isNew)) add(change.unit, change.line)
  const order = ['', ...view.text.units.map((unit) => unit.id)]
  return order.flatMap((id) => (lines.has(id) ? [{ unit: view.text.byId.get(id) ?? null, lines: lines.get(id)! }] : []))
}

const asksOf = (card: PublishedCard): SheetLine[] => [
  ...card.state.asking.map(({ delegation }): SheetLine => ({ kind: 'asks-to-cosponsor', card, delegation })),
  ...(card.state.needsState ? [{ kind: 'needs-state' as const, card }] : []),
  ...(card.state.asRecorded ? [{ kind: 'as-recorded' as const, card }] : []),
]

/** The last of each delegation on each thing, with what it had said before. */
function changedPositions(view: RoomView, record: readonly RecordEntry[], isNew: (entry: RecordEntry) => boolean): { unit: string; line: SheetLine }[] {
  const before = new Map<string, PositionKind | null>()
  const now = new Map<string, PositionEntry>()
  for (const row of record) {
    const entry = standEntryOf(row)
    if (entry?.kind !== 'position') continue
    const key = `${entry.about} ${entry.delegation}`
    if (isNew(row)) now.set(key, entry)
    else before.set(key, entry.position)
  }
  const cards = new Map(view.published.map((card) => [`amendment:${card.id}`, card]))
  return [...now].map(([key, entry]) => {
    const card = cards.get(entry.about) ?? null
    const unit = card === null ? (view.text.blockOf.get(entry.about.replace(/^unit:/, '')) ?? '') : (card.unit?.id ?? '')
    return { unit, line: { kind: 'position', card, delegation: entry.delegation, before: before.get(key) ?? null, now: entry.position, confidential: entry.to === 'table', note: entry.note } }
  })
}
