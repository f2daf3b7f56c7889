/** What an amendment does to its paragraph, run by run, and when two do the same, whoever proposes them and why. */
import type { AmendmentView, PlacedAmendment } from '../model/amendments.ts'
import type { UnitView } from '../model/units.ts'
import { compile } from './compile.ts'
import type { Run } from './compile.ts'

export interface EditPart {
  /** `bracketed`: base words in square brackets; `sign`: where a paragraph is parted, joined or noted. */
  readonly kind: 'kept' | 'struck' | 'new' | 'bracketed' | 'sign'
  readonly words: string
}

const signs = { split: '¶', join: '⁀', note: '†' } as const

/** A unit with one amendment in place, in runs as long as they can be. */
export function editParts(atoms: string, placed: PlacedAmendment, cleaned: (words: string) => string = (words) => words): EditPart[] {
  const parts: EditPart[] = []
  let depth = 0
  for (const run of compile(atoms, [placed])) {
    depth += run.kind === 'base' ? run.opens.length : 0
    const words = run.kind === 'sign' ? signs[run.sign] : cleaned(run.words)
    const kind = kindOf(run, depth)
    depth -= run.kind === 'base' ? run.closes.length : 0
    if (words === '') continue
    const last = parts.at(-1)
    if (last?.kind === kind) parts[parts.length - 1] = { kind, words: last.words + words }
    else parts.push({ kind, words })
  }
  return parts
}

function kindOf(run: Run, depth: number): EditPart['kind'] {
  if (run.kind === 'proposed') return 'new'
  if (run.kind === 'sign') return 'sign'
  return depth > 0 ? 'bracketed' : run.cutBy.length > 0 ? 'struck' : 'kept'
}

/**
 * Equal for equal edits. `on` is where it stands (grounds.ts); what is of a place in the words and cannot be placed is equal to
 * nothing but itself.
 */
export function editOf(amendment: AmendmentView, on: readonly { readonly unit: UnitView; readonly placed: PlacedAmendment }[]): string {
  const { about, proposal, id } = amendment
  if ('at' in about) return JSON.stringify([{ ...about, at: null }, proposal, partsOn(on), on.length === 0 ? id : ''])
  if ((about.kind === 'modify' || about.kind === 'bracket') && (on.length === 0 || on.some(({ placed }) => placed.broken.length > 0))) return id
  return JSON.stringify([about, proposal, partsOn(on)])
}

const partsOn = (on: readonly { readonly unit: UnitView; readonly placed: PlacedAmendment }[]): EditPart[][] => on.map(({ unit, placed }) => editParts(unit.atoms, placed))
