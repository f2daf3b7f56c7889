/** Writes a reply into a delegation's side document, by the operations that typing there comes to. */
import type * as Y from 'yjs'
import { beginAmendment, insertionAnchor, placeAmendment, proposalText } from '../../model/amendments.ts'
import { readPublished } from '../../model/decisions.ts'
import { noteGround, unitOfNote } from '../../model/grounds.ts'
import type { About } from '../../model/layout.ts'
import { placeIn } from '../../model/operations.ts'
import { scanText } from '../../model/texts.ts'
import type { DraftView, UnitView } from '../../model/units.ts'
import { compile } from '../../text/compile.ts'
import type { Run } from '../../text/compile.ts'
import { editAmendment, editProposal, ownAmendment } from '../../text/edit.ts'
import type { ReplyChange, ReplyEdit } from './reply.ts'

export interface ReplyTarget {
  readonly shared: Y.Doc
  readonly side: Y.Doc
  readonly view: DraftView
}

/** Each change in a transaction of its own, so that one that is refused takes no other with it. Returns how many were written. */
export function applyReply(target: ReplyTarget, changes: readonly ReplyChange[], origin?: unknown): number {
  return changes.filter((change) => target.side.transact(() => applyOne(target, change, (unit) => ownAmendment(target.side, target.shared, unit), origin), origin) !== null).length
}

/** One change as an amendment of its own, whatever else is in preparation there. Returns its id; null where it has no place. */
export const writeApart = (target: ReplyTarget, change: ReplyChange, origin?: unknown): string | null =>
  target.side.transact(() => applyOne(target, change, () => null, origin), origin)

/** `on`: the amendment that words on a unit go into; null for one that is begun. */
function applyOne(target: ReplyTarget, change: ReplyChange, on: (unit: string) => string | null, origin: unknown): string | null {
  const { view } = target
  const unit = change.kind === 'insert' && change.unit === '' ? null : groundFor(view, change.unit)
  if (unit === null && !(change.kind === 'insert' && change.unit === '')) return null
  switch (change.kind) {
    case 'words': {
      const id = on(unit!.id) ?? beginAmendment(target.side, { kind: 'modify', target: unit!.id }, origin)
      for (const one of [...change.edits].reverse()) editWords(target, unit!, id, one, origin)
      return id
    }
    case 'delete':
      return begun(target, { kind: 'delete', target: change.unit }, '', origin)
    case 'insert':
      return begun(target, { kind: 'insert', target: change.unit, unitKind: change.unitKind, inside: change.inside }, change.words, origin)
    case 'move': {
      const parent = view.byId.get(change.after)?.parent ?? ''
      return change.after === change.unit ? null : begun(target, { kind: 'move', target: change.unit, parent: parent === change.unit ? '' : parent, after: change.after }, '', origin)
    }
    case 'join':
      return begun(target, { kind: 'join', target: change.unit, with: change.with }, '', origin)
    case 'split':
    case 'note': {
      const place = placeIn(unit!, change.at)
      const at = place === null ? null : insertionAnchor(target.shared, place)
      return at === null ? null : begun(target, { kind: change.kind, target: change.unit, at }, change.kind === 'note' ? change.words : '', origin)
    }
  }
}

function groundFor(view: DraftView, id: string): UnitView | null {
  const unit = view.byId.get(id)
  if (unit !== undefined) return unit
  const noted = unitOfNote(view, id)
  return noted === null ? null : noteGround(noted.note)
}

function begun({ side }: ReplyTarget, about: About, words: string, origin: unknown): string {
  const id = beginAmendment(side, about, origin)
  if (words !== '' && proposalText(side, id) !== null) editProposal(side, id, { from: 0, to: 0, words }, origin)
  return id
}

function editWords({ shared, side }: ReplyTarget, unit: UnitView, id: string, { from, to, words }: ReplyEdit, origin: unknown): void {
  const view = readPublished(side, id)
  const own = view === null ? null : placeAmendment(shared, unit, view, scanText)
  const runs = compile(unit.atoms, own === null ? [] : [own])
  const start = shownAt(runs, from)
  editAmendment({ shared, side, unit, runs, own }, { from: start, to: to === from ? start : shownAt(runs, to - 1) + 1, words }, origin)
}

/** An offset of the base in the text with what is proposed in it: before the letter that stands there, behind the last one. */
function shownAt(runs: readonly Run[], at: number): number {
  let start = 0
  for (const run of runs) {
    if (run.kind === 'base' && at < run.from + run.words.length) return start + Math.max(0, at - run.from)
    start += run.words.length
  }
  return start
}
