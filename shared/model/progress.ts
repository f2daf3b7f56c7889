/** How far a draft has come, in numbers: for the small picture on its page and in the list of drafts. */
import type * as Y from 'yjs'
import { readAmendments } from './amendments.ts'
import { readAmendmentState, readUnitState } from './state.ts'
import type { DraftView } from './units.ts'
import { isUndecided } from '../policy/types.ts'

export interface Progress {
  readonly paragraphs: number
  readonly agreed: number
  /** Proposals to be decided, and those under a legal flag that the asker may know of. */
  readonly open: number
  readonly flagged: number
}

/** What one agrees on: not the masthead, the organ's line, nor what stands behind the text. */
const counted: ReadonlySet<string> = new Set(['title', 'heading', 'pp', 'op', 'sub', 'annex', 'para'])

export const isCounted = (unit: { readonly kind: string }): boolean => counted.has(unit.kind)

export function progressOf(doc: Y.Doc, view: DraftView, flagged: ReadonlySet<string>): Progress {
  const units = view.units.filter(isCounted)
  const open = readAmendments(doc).map(({ id }) => id).filter((id) => {
    const state = readAmendmentState(doc, id)
    return state !== null && isUndecided(state.status)
  })
  return {
    paragraphs: units.length,
    agreed: units.filter(({ id }) => readUnitState(doc, id).agreed !== null).length,
    open: open.length,
    flagged: open.filter((id) => flagged.has(id)).length,
  }
}

/** Nothing is agreed until everything is: what exports say of themselves until then. */
export const untilAllAgreed = 'Nothing is agreed until everything is agreed.'

export const isAllAgreed = ({ paragraphs, agreed, open }: Progress): boolean => paragraphs > 0 && agreed === paragraphs && open === 0
