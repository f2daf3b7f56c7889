/** Whether an amendment can still be read as it was put forward, and why not. */
import type * as Y from 'yjs'
import { usesOf } from './about.ts'
import { readAmendments } from './amendments.ts'
import type { AmendmentView } from './amendments.ts'
import { followed } from './forward.ts'
import { groundOf, isUndecided, openProposal, standingOf, unitOfTarget } from './grounds.ts'
import type { Standing } from './grounds.ts'
import { amendmentsOf } from './layout.ts'
import type { About } from './layout.ts'
import { heightOf } from './operations.ts'
import { readAmendmentState, stateOfAmendment, writeState } from './state.ts'
import type { AmendmentState } from './state.ts'
import type { TextScan } from './texts.ts'
import type { DraftView, UnitView } from './units.ts'
import { limits } from '../wire/limits.ts'

type Scans = (text: Y.Text) => TextScan

/** Codes; the page words them. Those before the last two keep an amendment from being put forward and written into the base. */
export type RecheckReason = 'target-gone' | 'anchor-broken' | 'place-gone' | 'beneath-itself' | 'too-deep' | 'not-next' | 'words-gone' | 'words-changed'
export type Fault = Exclude<RecheckReason, 'words-changed'>

/** Why an amendment cannot be put forward, or written into the base, as things stand. `known`: its standing, if that has been found out already. */
export function faultOf(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans, known?: Standing): Fault | null {
  const { about } = amendment
  switch (about.kind) {
    case 'insert':
    case 'placeholder':
      if (about.target !== '' && groundOf(shared, view, about.target) === null) return 'target-gone'
      return newFault(shared, view, amendment)
    case 'delete':
    case 'replace':
      return wholeOf(shared, view, about.target) === null ? goneUnlessProposed(shared, view, about.target) : null
    case 'move':
      return moveFault(shared, view, about)
    case 'join':
      return joinFault(shared, view, about)
    case 'modify':
    case 'split':
    case 'bracket':
    case 'note': {
      const { on, broken } = known ?? standingOf(shared, view, amendment, scans)
      if (on.length === 0) return broken.length > 0 && groundOf(shared, view, about.target) !== null ? 'anchor-broken' : 'target-gone'
      if (broken.length > 0) return 'anchor-broken'
      if (about.kind === 'bracket') return on.some(({ placed }) => placed.brackets.some(({ from, to }) => to > from)) ? null : 'words-gone'
      if (about.kind !== 'split') return null
      return on.some(({ unit, placed }) => placed.signs.some(({ at }) => at > 0 && at < unit.atoms.length)) ? null : 'words-gone'
    }
  }
}

/** The unit itself, not a paragraph that it was joined to. */
export function wholeOf(shared: Y.Doc, view: DraftView, target: string): UnitView | null {
  return view.byId.get(followed(shared, target)) ?? null
}

const goneUnlessProposed = (shared: Y.Doc, view: DraftView, target: string): Fault | null =>
  unitOfTarget(shared, view, target) === null && groundOf(shared, view, target) !== null ? null : 'target-gone'

function moveFault(shared: Y.Doc, view: DraftView, about: Extract<About, { kind: 'move' }>): Fault | null {
  const unit = wholeOf(shared, view, about.target)
  const gone = unit === null ? goneUnlessProposed(shared, view, about.target) : null
  if (gone !== null) return gone
  const place = placementOf(shared, view, about)
  if (place === null) return 'place-gone'
  if (unit !== null && isWithin(view, place.parent, unit.id)) return 'beneath-itself'
  const depth = place.parent === null ? 0 : view.byId.get(place.parent)!.depth + 1
  return tooDeep(unit === null ? depth : depth + heightOf(view, unit))
}

/** What would hang deeper than drafts are read is shown behind what it was put beneath: another text than was asked for. */
const tooDeep = (depth: number): Fault | null => (depth < limits.nestingMax ? null : 'too-deep')

/** A new paragraph may stand on others that are only proposed, but none of them on it. */
function newFault(shared: Y.Doc, view: DraftView, amendment: AmendmentView): Fault | null {
  const seen = new Set<string>()
  let depth = 0
  for (let on: AmendmentView | null = amendment; on !== null; on = openProposal(shared, on.about.target)) {
    if (seen.has(on.id)) return 'beneath-itself'
    seen.add(on.id)
    depth += 'inside' in on.about && on.about.target !== '' && on.about.inside ? 1 : 0
    const unit = unitOfTarget(shared, view, on.about.target)
    if (unit !== null) return tooDeep(depth + unit.depth)
  }
  return tooDeep(depth)
}

/** Whether a place beneath `parent` is within a unit. */
export const isWithin = (view: DraftView, parent: string | null, unit: string): boolean =>
  parent !== null && (parent === unit || isWithin(view, view.byId.get(parent)?.parent ?? null, unit))

/** Where a move goes, in the units that there are now; null when that place is no more. */
export function placementOf(shared: Y.Doc, view: DraftView, about: Extract<About, { kind: 'move' }>): { parent: string | null; after: string | null } | null {
  const parent = about.parent === '' ? null : unitOfTarget(shared, view, about.parent)
  const after = about.after === '' ? null : unitOfTarget(shared, view, about.after)
  if ((about.parent !== '' && parent === null) || (about.after !== '' && after === null)) return null
  if (after !== null && after.parent !== (parent?.id ?? null)) return null
  // What it was to follow has been joined to it.
  if (after !== null && after.id === followed(shared, about.target)) return null
  return { parent: parent?.id ?? null, after: after?.id ?? null }
}

function joinFault(shared: Y.Doc, view: DraftView, about: Extract<About, { kind: 'join' }>): Fault | null {
  const first = wholeOf(shared, view, about.target)
  const second = wholeOf(shared, view, about.with)
  if (first === null || second === null) return 'target-gone'
  return view.units[view.units.indexOf(first) + 1] === second ? tooDeep(first.depth + heightOf(view, second)) : 'not-next'
}

/** Whether it stands on another proposal, so that its turn comes when that has been decided. */
export function waitsForOuter(shared: Y.Doc, view: DraftView, { about }: Pick<AmendmentView, 'about'>): boolean {
  return unitOfTarget(shared, view, about.target) === null && amendmentsOf(shared).has(about.target)
}

export function recheckReason(shared: Y.Doc, view: DraftView, amendment: AmendmentView, scans: Scans, known = standingOf(shared, view, amendment, scans)): RecheckReason | null {
  const fault = faultOf(shared, view, amendment, scans, known)
  const { hunks, cuts } = usesOf[amendment.about.kind]
  if (fault !== null || !(hunks || cuts || 'at' in amendment.about)) return fault
  const on = known.on.map(({ placed }) => placed)
  if (on.some((placed) => [...placed.cuts, ...placed.brackets].some((range) => range.to <= range.from))) return 'words-gone'
  const parts = on.flatMap((placed) => [...placed.hunks, ...placed.cuts, ...placed.brackets, ...placed.signs])
  return parts.some((part) => part.touched) ? 'words-changed' : null
}

/** Marks every other open amendment that can no longer be read as it was put forward. Returns their ids. */
export function markRecheck(shared: Y.Doc, view: DraftView, decided: string, scans: Scans): string[] {
  const marked: string[] = []
  for (const amendment of readAmendments(shared)) {
    const state = readAmendmentState(shared, amendment.id)
    if (amendment.id === decided || state === null || !isUndecided(shared, amendment.id)) continue
    const reason = recheckReason(shared, view, amendment, scans)
    if (reason === null || reason === state.recheck) continue
    writeState(shared, stateOfAmendment(amendment.id), { ...state, recheck: reason } satisfies AmendmentState)
    marked.push(amendment.id)
  }
  return marked
}
