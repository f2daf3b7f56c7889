/** What every change of stage writes, whoever makes it. */
import type * as Y from 'yjs'
import { readStage, writeState } from '../../shared/model/state.ts'
import type { DraftState } from '../../shared/model/state.ts'
import type { Stage } from '../../shared/policy/types.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { DraftRow, Write } from '../store/store.ts'

interface Changing {
  readonly doc: Y.Doc
  readonly atMs: number
  readonly before: { readonly draft: DraftRow }
}

/** Into the document, and into the row by which drafts are listed. A key that is given as undefined goes. */
export function stageWrite({ doc, atMs, before }: Changing, stage: Stage, more: { readonly [K in keyof DraftState]?: DraftState[K] | undefined } = {}): Write[] {
  const changed = { ...readStage(doc), ...more, stage, sinceMs: atMs }
  writeState(doc, 'draft', Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) as unknown as DraftState)
  return [{ put: 'draft', row: { ...before.draft, stage } }]
}

/** A deadline is ahead, and not for ever. */
export function requireAhead(deadlineMs: number, afterMs: number): void {
  if (deadlineMs <= afterMs) throw new Refusal('deadline-past')
  if (deadlineMs > afterMs + limits.deadlineDaysMax * 86_400_000) throw new Refusal('deadline-far')
}
