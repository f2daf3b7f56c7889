/** Entries of the record that say where delegations and the legal officer stand, as values. */
import { flagKinds, positionKinds } from '../policy/types.ts'
import type { FlagKind, PositionKind } from '../policy/types.ts'
import type { JsonValue } from '../wire/json.ts'
import { audienceOf } from './audience.ts'
import type { Audience } from './audience.ts'

interface Entry {
  readonly seq: number
  readonly atMs: number
  readonly audience: Audience | null
}

export interface PositionEntry extends Entry {
  readonly kind: 'position'
  /** `amendment:<id>` or `unit:<id>`. */
  readonly about: string
  /** Of the wording it was given on. */
  readonly digest: string
  readonly delegation: string
  /** Null: what was said to these readers is taken back. */
  readonly position: PositionKind | null
  readonly to: 'all' | 'table'
  readonly note: string
  /** Entered by the chair's table for the delegation. */
  readonly asRecorded: boolean
}

export interface ReviewEntry extends Entry {
  readonly kind: 'review'
  /** What was looked at; more than one where several make the same edit. */
  readonly on: readonly { readonly amendment: string; readonly digest: string }[]
  readonly verdict: 'cleared' | 'flagged'
  readonly flag: FlagKind
  readonly note: string
  /** Whether the room knows. A flag is the chair's table's until it is released. */
  readonly released: boolean
}

export interface OpeningEntry extends Entry {
  readonly kind: 'opening'
  readonly opened: boolean
}

export type StandEntry = PositionEntry | ReviewEntry | OpeningEntry

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const string = (value: unknown): string => (typeof value === 'string' ? value : '')
const pairOf = (value: unknown): { amendment: string; digest: string } | null =>
  isRecord(value) && typeof value['amendment'] === 'string' ? { amendment: value['amendment'], digest: string(value['digest']) } : null

export const aboutKey = (about: { readonly kind: 'amendment'; readonly amendment: string } | { readonly kind: 'unit'; readonly unit: string }): string =>
  about.kind === 'amendment' ? `amendment:${about.amendment}` : `unit:${about.unit}`

/** Null for an entry of any other kind. Total. */
export function standEntryOf(row: { readonly seq: number; readonly atMs: number; readonly kind: string; readonly body: JsonValue }): StandEntry | null {
  const { seq, atMs } = row
  const said: unknown = isRecord(row.body) ? row.body['body'] : null
  const common = { seq, atMs, audience: audienceOf(row.body) }
  switch (row.kind) {
    case 'open-positions':
    case 'close-positions':
      return { ...common, kind: 'opening', opened: row.kind === 'open-positions' }
    case 'position':
    case 'record-position':
      return isRecord(said) ? { ...common, ...positionOf(said) } : null
    case 'review':
    case 'release-flag':
      return isRecord(said) ? { ...common, ...reviewOf(said, row.kind === 'release-flag') } : null
    default:
      return null
  }
}

function positionOf(said: Record<string, unknown>): Omit<PositionEntry, keyof Entry> {
  return {
    kind: 'position',
    about: typeof said['unit'] === 'string' ? `unit:${said['unit']}` : `amendment:${string(said['amendment'])}`,
    digest: string(said['digest']),
    delegation: string(said['delegation']),
    position: positionKinds.find((known) => known === said['position']) ?? null,
    to: said['to'] === 'all' ? 'all' : 'table',
    note: string(said['note']),
    asRecorded: said['asRecorded'] === true,
  }
}

function reviewOf(said: Record<string, unknown>, released: boolean): Omit<ReviewEntry, keyof Entry> {
  const alike: unknown = said['alike']
  const on = [said, ...(Array.isArray(alike) ? (alike as unknown[]) : [])].map(pairOf).filter((one) => one !== null)
  const verdict = released || said['verdict'] === 'flagged' ? 'flagged' : 'cleared'
  return {
    kind: 'review',
    on,
    verdict,
    flag: flagKinds.find((known) => known === said['flag']) ?? 'legal',
    note: string(said['note']),
    released: released || verdict === 'cleared',
  }
}
