/** The record as a file, as one capacity may read it. */
import type { Keys } from '../keys/keys.ts'
import type { Store } from '../store/store.ts'
import { toldOf } from '../../shared/record/chain.ts'
import { recordCsv, recordLines } from '../../shared/record/export.ts'
import { signHead } from '../../shared/record/heads.ts'
import { recordLine } from '../../shared/record/line.ts'
import type { Hat } from '../../shared/policy/types.ts'
import { recordSeenBy } from './views.ts'

export const recordForms = ['jsonl', 'csv'] as const
export type RecordForm = (typeof recordForms)[number]

export interface RecordDeps {
  readonly store: Store
  readonly keys: Keys
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export async function recordFile({ store, keys, now }: RecordDeps, draft: string, form: RecordForm, asker: Hat, positionsOpen: boolean): Promise<string> {
  const rows = await store.record(draft, 0)
  const [hats, persons, delegations] = await Promise.all([store.hats(draft), store.persons(rows.map(({ actor }) => actor)), store.delegations(draft)])
  const entries = recordSeenBy(asker, rows, hats, persons, positionsOpen)
  if (form === 'jsonl') {
    const last = rows.at(-1)
    const head = last === undefined ? null : signHead(keys, draft, last, now())
    return recordLines(draft, head, entries.map((entry) => ({ told: toldOf(entry), name: entry.actorName })))
  }
  const names = new Map(delegations.map(({ id, name }) => [id, name]))
  return recordCsv(entries.map((entry) => ({ ...recordLine(entry), digest: entry.digest })), (id) => names.get(id) ?? id)
}
