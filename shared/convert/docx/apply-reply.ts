/** Writes a reply into a delegation's side document, by the operations that typing there comes to. */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, insertionAnchor, placeAmendment, proposalText } from '../../model/amendments.ts'
import { readPublished } from '../../model/decisions.ts'
import { noteGround, unitOfNote } from '../../model/grounds.ts'
import { cleanWords } from '../../model/layout.ts'
import type { About } from '../../model/layout.ts'
import { placeIn } from '../../model/operations.ts'
import { scanText, wholeRange } from '../../model/texts.ts'
import type { DraftView, UnitView } from '../../model/units.ts'
import { compile } from '../../text/compile.ts'
import type { Run } from '../../text/compile.ts'
import { editAmendment, editProposal, ownAmendments } from '../../text/edit.ts'
import type { ReplyChange, ReplyEdit } from './reply.ts'

export interface ReplyTarget {
  readonly shared: Y.Doc
  readonly side: Y.Doc
  readonly view: DraftView
}

/** Each change in a transaction of its own, so that one that is refused takes no other with it. Returns how many were written. */
export function applyReply(target: ReplyTarget, changes: readonly ReplyChange[], origin?: unknown): number {
  const own = ownAmendments(target.side, target.shared)
  return changes.filter((change) => target.side.transact(() => applyOne(target, change, own, origin), origin) !== null).length
}

/** One change as an amendment of its own, whatever else is in preparation there. Returns its id; null where it has no place. */
export const writeApart = (target: ReplyTarget, change: ReplyChange, origin?: unknown): string | null =>
  target.side.transact(() => applyOne(target, change, new Map(), origin), origin)

/** `own`: by unit, the amendment that typing there goes on with. */
function applyOne(target: ReplyTarget, change: ReplyChange, own: Map<string, string>, origin: unknown): string | null {
  const { view } = target
  const unit = change.kind === 'insert' && change.unit === '' ? null : groundFor(view, change.unit)
  if (unit === null && !(change.kind === 'insert' && change.unit === '')) return null
  switch (change.kind) {
    case 'words': {
      const known = own.get(unit!.id)
      const id = known ?? newWords(target, unit!, change.edits, origin)
      if (known === undefined) own.set(unit!.id, id)
      else for (const one of [...change.edits].reverse()) editWords(target, unit!, one, known, origin)
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

/** Where nothing is prepared yet, what typing the edits one after the other comes to; those that touch are one. */
function newWords({ shared, side }: ReplyTarget, unit: UnitView, edits: readonly ReplyEdit[], origin: unknown): string {
  const id = beginAmendment(side, { kind: 'modify', target: unit.id }, origin)
  for (const edit of joined(edits)) {
    const { from, to } = wholeRange(unit.atoms, edit.from, edit.to)
    const words = cleanWords(edit.words)
    const place = placeIn(unit, to)
    const at = words === '' || place === null ? null : insertionAnchor(shared, place)
    if (to > from) addCuts(side, id, shared, unit, from, to, origin)
    if (at !== null) addHunk(side, id, at, words, origin)
  }
  return id
}

function joined(edits: readonly ReplyEdit[]): ReplyEdit[] {
  const found: ReplyEdit[] = []
  for (const edit of edits) {
    const before = found.at(-1)
    if (before?.to === edit.from) found[found.length - 1] = { from: before.from, to: edit.to, words: before.words + edit.words }
    else found.push(edit)
  }
  return found
}

function editWords({ shared, side }: ReplyTarget, unit: UnitView, { from, to, words }: ReplyEdit, amendment: string, origin: unknown): void {
  const own = placeAmendment(shared, unit, readPublished(side, amendment)!, scanText)
  const runs = compile(unit.atoms, [own])
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
