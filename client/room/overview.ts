/** What somebody should look at first: a delegate what changed, a legal officer what is unreviewed, the chair where it stands. */
import type { Stands } from '../../shared/record/stands.ts'
import type { Hat } from '../../shared/policy/types.ts'
import type { RecordEntry } from '../api.ts'
import { isOpen } from './view.ts'
import type { PublishedCard, RoomView } from './view.ts'

export type Landing = 'changes' | 'unreviewed' | 'statuses'

export function landingOf(hat: Hat): Landing {
  if (hat.role === 'legal') return 'unreviewed'
  return hat.role === 'chair' || hat.role === 'facilitator' || hat.role === 'secretary' ? 'statuses' : 'changes'
}

/** Never reviewed, or reviewed on an earlier wording. */
export const isUnreviewed = ({ id, state }: PublishedCard, stands: Stands): boolean =>
  isOpen(state) && !state.editorial && stands.reviews.get(id)?.digest !== state.digest

export const unreviewed = (view: RoomView, stands: Stands): readonly PublishedCard[] =>
  view.published.filter((card) => isUnreviewed(card, stands))

export type UnitStatus = 'amended' | 'open' | 'agreed' | 'locked'

export function statusOf(view: RoomView, unit: string): UnitStatus {
  const state = view.unitStates.get(unit)
  if ((state?.agreed ?? null) !== null) return 'agreed'
  if (state?.locked === true) return 'locked'
  return view.published.some((card) => card.unit?.id === unit && isOpen(card.state)) ? 'amended' : 'open'
}

const counted: ReadonlySet<string> = new Set(['title', 'heading', 'pp', 'op', 'sub', 'para'])

/** Paragraphs by status, each in the order of the page. */
export function byStatus(view: RoomView): ReadonlyMap<UnitStatus, readonly string[]> {
  const groups = new Map<UnitStatus, string[]>([['amended', []], ['open', []], ['locked', []], ['agreed', []]])
  for (const unit of view.text.units) {
    if (counted.has(unit.kind)) groups.get(statusOf(view, unit.id))!.push(unit.id)
  }
  return groups
}

export interface RecordLine {
  readonly seq: number
  readonly atMs: number
  readonly kind: string
  /** The delegation that acted. */
  readonly delegation: string | null
  readonly person: string | null
  readonly amendment: string | null
  readonly unit: string | null
  readonly note: string
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const stringIn = (value: unknown, key: string): string | null => (isRecord(value) && typeof value[key] === 'string' ? value[key] : null)

/** A record entry as one line. Total: what an entry does not say is null. */
export function recordLine(entry: RecordEntry): RecordLine {
  const outer: unknown = entry.body
  const inner: unknown = isRecord(outer) ? outer['body'] : null
  const about = isRecord(inner) ? inner['about'] : null
  return {
    seq: entry.seq,
    atMs: entry.atMs,
    kind: entry.kind,
    delegation: stringIn(isRecord(outer) ? outer['hat'] : null, 'delegation'),
    person: entry.actorName,
    amendment: stringIn(inner, 'amendment') ?? stringIn(about, 'amendment'),
    unit: stringIn(inner, 'unit') ?? stringIn(about, 'unit') ?? stringIn(about, 'target'),
    note: stringIn(inner, 'note') ?? stringIn(inner, 'reason') ?? stringIn(inner, 'words') ?? '',
  }
}
