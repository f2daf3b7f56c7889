/** The commands that bring a file into an empty draft. Pure. */
import type { ResolutionValue } from '../model/value.ts'
import type { Command } from '../wire/commands.ts'
import type { Remark } from './docx/comments.ts'
import type { Preparation } from './docx/proposed.ts'

export interface IntoDraft {
  readonly value: ResolutionValue
  readonly remarks?: readonly Remark[] | undefined
  /** Null where its tracked changes are not to be amendments. */
  readonly proposed?: Preparation | null
}

/**
 * In their order. Where its changes are amendments, they and its comments are the sender's own people's; negotiation is opened last, so
 * that who may not open it has them all the same.
 */
export function intoDraft({ value, remarks = [], proposed = null }: IntoDraft): Command[] {
  if (proposed === null) return [{ command: 'import', value, remarks }]
  const { digest, changes } = proposed
  return [{ command: 'import', value }, { command: 'prepare', digest, changes, remarks }, { command: 'open-negotiation' }]
}
