/**
 * What an amendment stands on. Its target may have been joined or split since, may be the new paragraph of another
 * amendment, and that may have been written into the base: who wants to know asks here, and nothing that was written
 * when the amendment was begun is ever rewritten.
 */
import type * as Y from 'yjs'
import { usesOf } from './about.ts'
import { placeAmendment, readAmendment } from './amendments.ts'
import type { AmendmentView, PlacedAmendment } from './amendments.ts'
import { followed } from './forward.ts'
import { amendmentsOf, textNamed } from './layout.ts'
import type { Anchor } from './layout.ts'
import { isUndecided as isUndecidedStatus } from '../policy/types.ts'
import { readAmendmentState } from './state.ts'
import { resolveAnchor } from './texts.ts'
import type { TextScan } from './texts.ts'
import type { DraftView, NoteView, UnitView } from './units.ts'
import type { UnitKind } from './value.ts'

type Scans = (text: Y.Text) => TextScan

/** Words that are no unit, as amendments are laid over them. */
const wordsAsUnit = (id: string, kind: UnitKind, words: string, number: string): UnitView => ({
  id, kind, parent: null, depth: 0, rank: '', segments: [{ unit: id, text: id, from: 0, to: words.length }],
  atoms: words, words, notes: [], brackets: [], number, printed: '', label: null,
})

export const noteGround = (note: NoteView): UnitView => wordsAsUnit(note.id, 'para', note.words, `note ${note.number}`)

/** The paragraph that a published amendment proposes. */
export const proposalGround = (amendment: AmendmentView, kind: UnitKind): UnitView => wordsAsUnit(amendment.id, kind, amendment.proposal, '')

export function isUndecided(shared: Y.Doc, amendment: string): boolean {
  const status = readAmendmentState(shared, amendment)?.status
  return status !== undefined && isUndecidedStatus(status)
}

/** The live unit that a target is, was joined to, or became; null where it is none. */
export function unitOfTarget(shared: Y.Doc, view: DraftView, target: string): UnitView | null {
  const id = followed(shared, target)
  return view.byId.get(view.blockOf.get(id) ?? id) ?? null
}

/** The unit in whose words a footnote's mark stands. */
export function unitOfNote(view: DraftView, note: string): { readonly unit: UnitView; readonly note: NoteView } | null {
  for (const unit of view.units) for (const one of unit.notes) if (one.id === note) return { unit, note: one }
  return null
}

/** The words a target stands for: a unit's, a footnote's, or a paragraph that is still only proposed. Null when they are gone. */
export function groundOf(shared: Y.Doc, view: DraftView, target: string): UnitView | null {
  const unit = unitOfTarget(shared, view, target)
  if (unit !== null) return unit
  const outer = openProposal(shared, target)
  if (outer !== null) {
    const { about } = outer
    const kind = 'unitKind' in about ? about.unitKind : (unitOfTarget(shared, view, about.target)?.kind ?? 'para')
    return proposalGround(outer, kind as UnitKind)
  }
  const noted = amendmentsOf(shared).has(target) ? null : unitOfNote(view, target)
  return noted === null ? null : noteGround(noted.note)
}

/** An open amendment that proposes a paragraph, on which others may be proposed. */
export function openProposal(shared: Y.Doc, id: string): AmendmentView | null {
  const amendment = readAmendment(id, amendmentsOf(shared).get(id))
  return amendment !== null && proposesParagraph(amendment) && isUndecided(shared, id) ? amendment : null
}

export const proposesParagraph = ({ about }: AmendmentView): boolean =>
  about.kind === 'insert' || about.kind === 'placeholder' || about.kind === 'replace'

/** Where an amendment's words and ranges are, in the order of the page: a split may have parted them. */
export interface Standing {
  /** None where its target is gone. */
  readonly on: readonly { readonly unit: UnitView; readonly placed: PlacedAmendment }[]
  /** What of it is in no unit any more. */
  readonly broken: readonly string[]
}

const holdsSomething = ({ hunks, cuts, brackets, signs }: PlacedAmendment): boolean => hunks.length + cuts.length + brackets.length + signs.length > 0

export function standingOf(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans): Standing {
  const { about } = amendment
  const ground = about.target === '' ? null : groundOf(shared, view, about.target)
  const own = ground === null || (usesOf[about.kind].whole && ground.id !== followed(shared, about.target)) ? null : ground
  const placed = own === null ? null : placeAmendment(shared, own, amendment, scans)
  if (placed !== null && placed.broken.length === 0 && !reachesOn(shared, own!, amendment, scans)) return { on: [{ unit: own!, placed }], broken: [] }
  const texts = textsHolding(shared, amendment, scans)
  const elsewhere = texts.size === 0 ? [] : view.units
    .filter((unit) => unit !== own && unit.segments.some((part) => texts.has(textNamed(shared, part.text)!)))
    .map((unit) => ({ unit, placed: placeAmendment(shared, unit, amendment, scans) }))
    .filter((one) => holdsSomething(one.placed))
  const on = own === null || placed === null || (elsewhere.length > 0 && !holdsSomething(placed)) ? elsewhere : [{ unit: own, placed }, ...elsewhere]
  const order = new Map(view.units.map((unit, index) => [unit.id, index]))
  const broken = on.map((one) => new Set(one.placed.broken))
  return {
    on: [...on].sort((left, right) => (order.get(left.unit.id) ?? 0) - (order.get(right.unit.id) ?? 0)),
    broken: (placed?.broken ?? anchorsOf(amendment).map(([id]) => id)).filter((id) => broken.every((ids) => ids.has(id))),
  }
}

/** Whether a range of it goes on where this paragraph has been divided. */
const reachesOn = (shared: Y.Doc, unit: UnitView, amendment: AmendmentView, scans: Scans): boolean =>
  amendment.cuts.some(({ range: [first, last] }) => {
    const [from, to] = [resolveAnchor(shared, first, scans), resolveAnchor(shared, last, scans)]
    if (from === null || to === null || from.text !== to.text || from.at >= to.at) return false
    return !unit.segments.some((part) => part.from <= from.at && to.at <= part.to && textNamed(shared, part.text) === from.text)
  })

function anchorsOf(amendment: AmendmentView): [id: string, anchor: Anchor][] {
  const { about } = amendment
  return [
    ...amendment.hunks.map((hunk): [string, Anchor] => [hunk.id, hunk.at]),
    ...amendment.cuts.map((cut): [string, Anchor] => [cut.id, cut.range[0]]),
    ...('at' in about ? [[amendment.id, about.at] as [string, Anchor]] : []),
  ]
}

function textsHolding(shared: Y.Doc, amendment: AmendmentView, scans: Scans): Set<Y.Text> {
  return new Set(anchorsOf(amendment).flatMap(([, anchor]) => resolveAnchor(shared, anchor, scans)?.text ?? []))
}

/**
 * The units that what it proposes would change, so that none of them may be locked or agreed. A new paragraph may stand
 * after one that is closed, since it changes none of its words, but not within it. `known`: where it stands, if that has
 * been found out already.
 */
export function endsOf(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans, known?: Standing): string[] {
  const { about } = amendment
  const unit = (id: string): string[] => (id === '' ? [] : [unitOfTarget(shared, view, id)?.id ?? unitOfNote(view, id)?.unit.id ?? ''])
  const stands = (): string[] => (known ?? standingOf(shared, view, amendment, scans)).on.flatMap((one) => (view.byId.has(one.unit.id) ? [one.unit.id] : unit(one.unit.id)))
  const ends = (): string[] => {
    switch (about.kind) {
      case 'insert':
      case 'placeholder':
        return about.inside ? unit(about.target) : []
      case 'move':
        return [...unit(about.target), ...unit(about.parent), unitOfTarget(shared, view, about.target)?.parent ?? '']
      case 'join':
        return [...unit(about.target), ...unit(about.with)]
      case 'delete':
      case 'replace':
        return unit(about.target)
      case 'modify':
      case 'split':
      case 'bracket':
      case 'note':
        return [...unit(about.target), ...stands()]
    }
  }
  return [...new Set(ends().filter((id) => id !== ''))]
}
