/**
 * What the record says of the resolution's sponsors beside the document: the deadline, and who signed or took their name
 * off after the text was frozen, when nothing may be written into the document any more. Pure.
 */
import type { JsonValue } from '../wire/json.ts'

export interface Sponsoring {
  /** Until when one may sign, or take one's name off; null for no deadline. Server's time. */
  readonly deadlineMs: number | null
  /** Signed after the text was frozen, and when. */
  readonly additional: ReadonlyMap<string, number>
  /** Signed before and took their name off after it. */
  readonly left: ReadonlyMap<string, number>
}

export const noSponsoring: Sponsoring = { deadlineMs: null, additional: new Map(), left: new Map() }

type Row = { readonly atMs: number; readonly kind: string; readonly body: JsonValue }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Total; entries of other kinds change nothing. */
export function foldSponsoring(rows: readonly Row[], onto: Sponsoring = noSponsoring): Sponsoring {
  return rows.reduce(folded, onto)
}

function folded(before: Sponsoring, { atMs, kind, body }: Row): Sponsoring {
  const said: unknown = isRecord(body) ? body['body'] : null
  if (!isRecord(said)) return before
  // From here on the document has them again.
  if (kind === 'reopen-frozen') return { ...before, additional: new Map(), left: new Map() }
  if (kind === 'sponsors-deadline') return { ...before, deadlineMs: typeof said['untilMs'] === 'number' ? said['untilMs'] : null }
  const delegation = said['delegation']
  if ((kind !== 'sponsor' && kind !== 'unsponsor') || typeof delegation !== 'string') return before
  const additional = new Map(before.additional)
  const left = new Map(before.left)
  const isAfterIssue = said['afterIssue'] === true
  if (kind === 'sponsor') {
    // Who comes back to a name in the frozen list is in that list.
    if (!left.delete(delegation) && isAfterIssue) additional.set(delegation, atMs)
    else if (!isAfterIssue) additional.delete(delegation)
  } else if (!additional.delete(delegation) && isAfterIssue) left.set(delegation, atMs)
  return { ...before, additional, left }
}

export const isSigningClosed = ({ deadlineMs }: Sponsoring, nowMs: number): boolean => deadlineMs !== null && nowMs > deadlineMs

/** Whether a delegation's name stands now. `isInText`: among those in the document, which alone count until that is frozen. */
export const isSponsorNow = ({ additional, left }: Sponsoring, delegation: string, isInText: boolean, isFrozen: boolean): boolean =>
  isFrozen ? (isInText && !left.has(delegation)) || additional.has(delegation) : isInText
