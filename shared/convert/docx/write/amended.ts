/**
 * The text with amendments as tracked changes: rejecting all gives the text as it stands, accepting all gives it as if they were
 * incorporated. Each change is that of the delegation whose amendment makes it. Pure but for a copy of the document that it makes and drops.
 */
import type * as Y from 'yjs'
import { idsIn } from '../../../model/about.ts'
import { placeAmendment } from '../../../model/amendments.ts'
import type { AmendmentView } from '../../../model/amendments.ts'
import { followed } from '../../../model/forward.ts'
import { standingOf } from '../../../model/grounds.ts'
import { readDraft } from '../../../model/reader.ts'
import type { Scans } from '../../../model/reader.ts'
import { scanText } from '../../../model/texts.ts'
import type { DraftView, UnitView } from '../../../model/units.ts'
import { asIfIncorporated } from '../../../text/as-if.ts'
import { laidOver } from '../../../text/laid-over.ts'
import type { Reviser } from '../file.ts'
import { changedSheet } from './changes.ts'
import type { Credit, SheetParagraph } from './changes.ts'
import { lettersWith, sheetOf } from './sheet.ts'

export interface Amended {
  readonly shared: Y.Doc
  readonly view: DraftView
  /** In the order in which they would be incorporated. */
  readonly amendments: readonly AmendmentView[]
  readonly scans: Scans
  readonly reviserOf: (amendment: string) => Reviser
}

export function amendedSheet({ shared, view, amendments, scans, reviserOf }: Amended, language: string): SheetParagraph[] {
  const { copy, laid } = asIfIncorporated(shared, view, amendments, scans)
  const doc = copy ?? shared
  const now = copy === null ? view : readDraft(copy, language)
  const owners = new Map<string, readonly (string | null)[]>()
  const after = now.units.map((unit) => {
    const placed = laid.get(unit.id)?.map((amendment) => placeAmendment(doc, unit, amendment, copy === null ? scans : scanText))
    const over = placed === undefined ? null : laidOver(unit, placed)
    if (over === null) return unit
    const own = over.runs.flatMap((run) => run.words.split('').map(() => (run.kind === 'proposed' ? run.insertedBy : null)))
    owners.set(unit.id, inLetters(over.unit, own))
    return over.unit
  })
  const credit = creditFor({ shared, view, amendments, scans, reviserOf }, doc, now, owners)
  copy?.destroy()
  return changedSheet(sheetOf(view.units), sheetOf(after), credit)
}

/** What is known by places in the atoms, by letters of the sheet. */
const inLetters = ({ atoms, brackets }: UnitView, known: readonly (string | null)[]): (string | null)[] =>
  lettersWith(atoms, brackets).places.map((place) => known[place] ?? null)

function creditFor({ shared, view, amendments, scans, reviserOf }: Amended, doc: Y.Doc, now: DraftView, owners: ReadonlyMap<string, readonly (string | null)[]>): Credit {
  const touching = new Map<string, AmendmentView[]>()
  const touch = (unit: string, amendment: AmendmentView): void => void touching.set(unit, [...(touching.get(unit) ?? []), amendment])
  const cutters = new Map<string, (string | null)[]>()
  for (const amendment of amendments) {
    for (const id of new Set([...idsIn(amendment.about), amendment.id].map((named) => followed(doc, named)))) touch(id, amendment)
    for (const { unit, placed } of amendment.about.kind === 'modify' ? standingOf(shared, view, amendment, scans).on : []) {
      if (!view.byId.has(unit.id)) continue
      const known = cutters.get(unit.id) ?? Array.from({ length: unit.atoms.length }, () => null)
      for (const { from, to } of placed.cuts) for (let at = from; at < to; at++) known[at] ??= amendment.id
      cutters.set(unit.id, known)
    }
  }
  const struck = new Map([...cutters].map(([id, known]) => [id, inLetters(view.byId.get(id)!, known)] as const))
  const named = (id: string | null | undefined): Reviser | null => (id === null || id === undefined ? null : reviserOf(id))
  const nearest = (id: string | null): AmendmentView[] => {
    for (let unit = id; unit !== null; unit = (now.byId.get(unit) ?? view.byId.get(unit))?.parent ?? null) {
      const found = touching.get(unit)
      if (found !== undefined) return found
    }
    return []
  }
  return {
    written: ({ id }, at) => named(owners.get(id ?? '')?.[at]),
    struck: ({ id }, at) => named(struck.get(id ?? '')?.[at]),
    whole: (before, after) => {
      const found = [...nearest(after?.id ?? null), ...nearest(before?.id ?? null)]
      // What does more than change words is what makes a paragraph come, go or move.
      const one = found.find(({ about }) => about.kind !== 'modify') ?? found[0] ?? amendments[0]
      return one === undefined ? { author: '', at: null } : reviserOf(one.id)
    },
  }
}
