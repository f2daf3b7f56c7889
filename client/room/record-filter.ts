/** Which entries of the record are shown. */
import type { RecordLine } from '../../shared/record/line.ts'

export const recordGroups = ['proposals', 'positions', 'decisions', 'talk', 'people', 'stages', 'confidential'] as const
export type RecordGroup = (typeof recordGroups)[number]

const groups: Readonly<Record<Exclude<RecordGroup, 'stages'>, readonly string[]>> = {
  proposals: ['put-forward', 'record-for', 'confirm-recorded', 'withdraw', 'take-up', 'cosponsor', 'consent', 'leave', 'correct-editorially', 'put-forward-again', 'sponsor', 'unsponsor', 'sponsors-deadline'],
  positions: ['position', 'record-position', 'open-positions', 'close-positions', 'review', 'release-flag'],
  decisions: ['incorporate', 'not-reflected', 'keep-in-brackets', 'settle', 'undo-decision', 'lift-bracket', 'agree', 'reopen-unit', 'lock', 'unlock', 'close-together', 'ask-reopen', 'answer-request', 'make-package', 'agree-package', 'reopen-package', 'drop-package'],
  talk: ['start-thread', 'reply', 'resolve-thread', 'reopen-thread'],
  people: ['add-delegation', 'invite', 'revoke-invite', 'revoke-member', 'join', 'set-members', 'give-hat', 'open-circle', 'set-circle', 'name-authors'],
  confidential: ['confidential'],
}

const groupByKind = new Map(Object.entries(groups).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group as RecordGroup] as const)))

/** What is of no other group is about the draft as a whole. */
export const groupOf = (kind: string): RecordGroup => groupByKind.get(kind) ?? 'stages'

export interface RecordFilter {
  readonly group: RecordGroup | null
  readonly delegation: string | null
  readonly unit: string | null
  /** `YYYY-MM-DD` in the reader's own time zone, or empty: that day and after, that day and before. */
  readonly from: string
  readonly to: string
  readonly words: string
}

export const wholeRecord: RecordFilter = { group: null, delegation: null, unit: null, from: '', to: '', words: '' }

export interface ShownLine extends RecordLine {
  /** All that stands on its line, to be searched. */
  readonly text: string
  /** Paragraphs that it is about, also by way of an amendment. */
  readonly about: readonly string[]
}

export function passesRecord(filter: RecordFilter, line: ShownLine): boolean {
  const wanted = filter.words.trim().toLocaleLowerCase()
  return (filter.group === null || groupOf(line.kind) === filter.group)
    && (filter.delegation === null || line.delegation === filter.delegation || line.particulars.some((one) => one.name === 'for' && one.value === filter.delegation))
    && (filter.unit === null || line.about.includes(filter.unit))
    && (filter.from === '' || line.atMs >= startOf(filter.from))
    && (filter.to === '' || line.atMs < startOf(filter.to, 1))
    && (wanted === '' || line.text.toLocaleLowerCase().includes(wanted))
}

/** Midnight at the beginning of a day, here; NaN, which nothing is before or after, for what is no day. */
function startOf(day: string, daysLater = 0): number {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).getTime()
}
