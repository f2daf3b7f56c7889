/** When two amendments make the same edit: the same words struck and put at the same places, whoever proposes them and why. */
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import { compile } from './compile.ts'

export interface EditPart {
  readonly kind: 'kept' | 'struck' | 'new'
  readonly words: string
}

/** A unit with one amendment in place, in runs as long as they can be. */
export function editParts(atoms: string, placed: PlacedAmendment, cleaned: (words: string) => string = (words) => words): EditPart[] {
  const parts: EditPart[] = []
  for (const run of compile(atoms, [placed])) {
    const words = cleaned(run.words)
    if (words === '') continue
    const kind = run.kind === 'proposed' ? 'new' : run.cutBy.length > 0 ? 'struck' : 'kept'
    const last = parts.at(-1)
    if (last?.kind === kind) parts[parts.length - 1] = { kind, words: last.words + words }
    else parts.push({ kind, words })
  }
  return parts
}

/** Equal for equal edits. What cannot be placed is equal to nothing but itself. */
export function editOf(amendment: AmendmentView, atoms: string | null, placed: PlacedAmendment | null): string {
  const { about, proposal, id } = amendment
  if (about.kind === 'modify' && (atoms === null || placed === null || placed.broken.length > 0)) return id
  return JSON.stringify([about, proposal, atoms === null || placed === null ? [] : editParts(atoms, placed)])
}
