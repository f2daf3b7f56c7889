/** What the list of drafts shows of one, beside its name. */
import type { Stage } from '../policy/types.ts'

export interface DraftStanding {
  readonly stage: Stage
  readonly reading: number
  /** Of the silence that runs, or null. */
  readonly silenceUntilMs: number | null
  readonly progress: { readonly paragraphs: number; readonly agreed: number; readonly open: number; readonly flagged: number }
}
