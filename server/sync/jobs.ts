/** What waits at the end of a log, and what an append is made of. */
import type * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { AppendRequest, AppendResult, DocumentId, EntryDraft } from '../store/store.ts'
import { joinUpdates } from './join-updates.ts'
import type { Change } from './room.ts'
import type { Speaker } from './service.ts'

/** Who submitted, and is told what became of it. */
export interface Submitter {
  readonly speaker: Speaker
  readonly isExpelled: boolean
  /** Of an earlier submission: nothing after it can be admitted. */
  readonly refusal: ErrorCode | null
  /** Up to this number, `answered` of them at once. */
  acknowledge(number: number, answered: number): void
  /** What it is told until `uncork` goes on its way together. */
  cork(): void
  uncork(): void
  refuse(number: number, code: ErrorCode): void
}

export interface Submission {
  readonly from: Submitter
  readonly number: number
  readonly update: Uint8Array
  readonly hints: string
}

export interface Admitted extends Submission {
  /** What it changed; null when everything in it was known. Acknowledged after what it repeats. */
  readonly changed: Uint8Array | null
  readonly lineage: string | null
  readonly alsoExpect: AppendRequest['alsoExpect']
}

export interface WaitingSubmission {
  readonly kind: 'submission'
  readonly submission: Submission
  isHeld: boolean
  hasLookedUp: boolean
  /** The sources that its hints name have been looked for. */
  hasRead: boolean
  /** Found not to be let in, it has waited until what the check had read of another document was committed. */
  hasSettled: boolean
}
export interface WaitingRead {
  readonly kind: 'read'
  readonly run: () => void
  readonly reject: (error: unknown) => void
}
export interface WaitingChange {
  readonly kind: 'change'
  readonly write: (doc: Y.Doc) => Change
  readonly resolve: (result: AppendResult) => void
  readonly reject: (error: unknown) => void
}

export type Job = WaitingSubmission | WaitingRead | WaitingChange

/** `draining`: changes wait for what is still on its way. `held`: what is submitted from now on waits for them. */
export type Holding = 'open' | 'draining' | 'held'

/** In order, but for changes, which go to the end. */
export const changesLast = (jobs: readonly Job[]): Job[] => [
  ...jobs.filter((job) => job.kind !== 'change'),
  ...jobs.filter((job) => job.kind === 'change'),
]

/** In order, but for what was submitted before the next change: that goes ahead of the reads. They find more than they had to. */
export function submissionsFirst(jobs: readonly Job[]): Job[] {
  const change = jobs.findIndex((job) => job.kind === 'change')
  const until = change === -1 ? jobs.length : change
  const before = jobs.slice(0, until)
  return [...before.filter((job) => job.kind === 'submission'), ...before.filter((job) => job.kind === 'read'), ...jobs.slice(until)]
}

/** What of it the log is to hold. */
export const entriesOf = (batch: readonly Admitted[]): EntryDraft[] =>
  batch.flatMap(({ from, changed, lineage }) => (changed === null ? [] : [{ actor: from.speaker.person, kind: 'update', bytes: changed, lineage }]))

export const bytesOf = (batch: readonly Admitted[]): number => batch.reduce((sum, { changed }) => sum + (changed?.length ?? 0), 0)

/** What everybody is told of it, and who wrote all of it where one has; null where nothing was new. */
function toldOf(batch: readonly Admitted[]): { readonly update: Uint8Array; readonly by: Submitter | null } | null {
  const updates: Uint8Array[] = []
  const writers = new Set<Submitter>()
  for (const { from, changed } of batch) {
    if (changed === null) continue
    updates.push(changed)
    writers.add(from)
  }
  if (updates.length === 0) return null
  return { update: updates.length === 1 ? updates[0]! : joinUpdates(updates), by: writers.size === 1 ? [...writers][0]! : null }
}

/** What each is told of its own: the last number, and how many it stands for. */
function answersTo(batch: readonly Admitted[]): Map<Submitter, { readonly number: number; readonly answered: number }> {
  const answers = new Map<Submitter, { number: number; answered: number }>()
  for (const { from, number } of batch) {
    const before = answers.get(from)
    if (before === undefined) answers.set(from, { number, answered: 1 })
    else {
      before.number = Math.max(before.number, number)
      before.answered += 1
    }
  }
  return answers
}

/** It is committed: everybody is told of it, and each of its writers that it is. Who is told both is told them together. */
export function tell(batch: readonly Admitted[], committed: (update: Uint8Array, by: Submitter | null) => void): void {
  const answers = answersTo(batch)
  // Who wrote alone is told of nothing else.
  const corked = answers.size === 1 ? [] : [...answers.keys()]
  for (const from of corked) from.cork()
  try {
    const told = toldOf(batch)
    if (told !== null) committed(told.update, told.by)
    for (const [from, { number, answered }] of answers) from.acknowledge(number, answered)
  } finally {
    for (const from of corked) from.uncork()
  }
}

/** Of the positions that the checks read in another document, the earliest: if that still stands, all of them do. */
export function earliestRead(batch: readonly Admitted[]): Pick<AppendRequest, 'alsoExpect'> {
  let earliest: AppendRequest['alsoExpect']
  for (const { alsoExpect } of batch) if (alsoExpect !== undefined && (earliest === undefined || alsoExpect.seq < earliest.seq)) earliest = alsoExpect
  return earliest === undefined ? {} : { alsoExpect: earliest }
}

export function requestFor(change: Change, update: Uint8Array | null, document: DocumentId, expectedSeq: number): AppendRequest {
  const { actor, draft, kind, record, outcome, writes, lineage, alsoExpect } = change
  return {
    document,
    expectedSeq,
    entries: [{ actor, kind: 'command', bytes: update ?? new Uint8Array(0), lineage: lineage === undefined ? null : JSON.stringify(lineage) }],
    ...(alsoExpect === undefined ? {} : { alsoExpect }),
    ...(record === null ? {} : { record: { draft, actor, kind, body: record } }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(writes === undefined ? {} : { writes }),
  }
}

/** What cannot be kept is found before anything is: that is the matter of whoever asked, and not of everybody in the room. */
export function mistakeIn(error: unknown): RangeError {
  if (error instanceof RangeError) return error
  throw error
}
