/**
 * Where everybody stands, folded from the entries that the reader may read: so a reader who may not read what was said to
 * the chair's table sees what that delegation said to all, as before. Pure.
 */
import type { Action, FlagKind, PositionKind } from '../policy/types.ts'
import type { PositionEntry, ReviewEntry, StandEntry } from './entries.ts'

export type Given = Pick<PositionEntry, 'seq' | 'atMs' | 'delegation' | 'position' | 'to' | 'note' | 'digest' | 'asRecorded'>

/** One delegation on one amendment or paragraph. */
export interface Held {
  /** What it said to all; null when nothing, or taken back. */
  readonly all: Given | null
  /** What it said to the chair's table since. */
  readonly table: Given | null
  /** Everything it said, oldest first. */
  readonly given: readonly Given[]
}

export interface Review {
  readonly verdict: 'cleared' | 'flagged'
  readonly flag: FlagKind
  readonly note: string
  readonly digest: string
  readonly atMs: number
  readonly released: boolean
}

export interface Stands {
  /** Of the last entry of the record that was looked at. */
  readonly seq: number
  /** Whether contributors and observers read positions given to all. */
  readonly opened: boolean
  /** By `amendment:<id>` or `unit:<id>`, then by delegation. */
  readonly positions: ReadonlyMap<string, ReadonlyMap<string, Held>>
  /** By amendment: the last one. */
  readonly reviews: ReadonlyMap<string, Review>
}

export const noStands: Stands = { seq: 0, opened: false, positions: new Map(), reviews: new Map() }

/** `seq` where the record has gone on with entries of other kinds. */
export function foldStands(entries: readonly StandEntry[], onto: Stands = noStands, seq = 0): Stands {
  const positions = new Map(onto.positions)
  const reviews = new Map(onto.reviews)
  let { opened } = onto
  for (const entry of entries) {
    if (entry.kind === 'opening') opened = entry.opened
    else if (entry.kind === 'review') for (const one of entry.on) reviews.set(one.amendment, reviewedAs(entry, one.digest))
    else positions.set(entry.about, withGiven(positions.get(entry.about), entry))
  }
  return { seq: Math.max(onto.seq, seq, entries.at(-1)?.seq ?? 0), opened, positions, reviews }
}

const reviewedAs = ({ verdict, flag, note, atMs, released }: ReviewEntry, digest: string): Review => ({ verdict, flag, note, digest, atMs, released })

function withGiven(known: ReadonlyMap<string, Held> | undefined, entry: PositionEntry): ReadonlyMap<string, Held> {
  const { seq, atMs, delegation, position, to, note, digest, asRecorded } = entry
  const given: Given = { seq, atMs, delegation, position, to, note, digest, asRecorded }
  const before = known?.get(delegation) ?? { all: null, table: null, given: [] }
  const slot = position === null ? null : given
  // What is said to all is said to the chair's table too.
  const now = to === 'all' ? { all: slot, table: null } : { all: before.all, table: slot }
  return new Map(known).set(delegation, { ...now, given: [...before.given, given] })
}

/** Where a delegation stands for this reader: what it told the chair's table goes before what it told all. */
export const standsAt = (held: Held | undefined): Given | null => held?.table ?? held?.all ?? null

/** Amendments whose last review is a flag, cleared by nobody since. */
export const flaggedIn = (stands: Stands): ReadonlySet<string> =>
  new Set([...stands.reviews].flatMap(([amendment, review]) => (review.verdict === 'flagged' ? [amendment] : [])))

/** Which right one needs to say it. Taking back needs no more than supporting does. */
export function positionAction(on: 'amendment' | 'unit', position: PositionKind | null): Action {
  const mild = position === null || position === 'support'
  if (on === 'unit') return mild ? 'support-unit' : 'position-unit'
  return mild ? 'support' : 'position'
}
