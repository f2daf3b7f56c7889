/** What the editor's parts share: the documents, the projection as it is now, and one way to write words. */
import * as Y from 'yjs'
import { beginAmendment, partsIn, readAmendment } from '../../shared/model/amendments.ts'
import type { PlacedAmendment } from '../../shared/model/amendments.ts'
import { amendmentsOf } from '../../shared/model/layout.ts'
import { editAmendment, editBase, editProposal } from '../../shared/text/edit.ts'
import type { AmendTarget, Edit } from '../../shared/text/edit.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import type { EditorHost, ViewMode } from './host.ts'
import type { Character, Documents, Place } from './places.ts'
import type { Projection, ShownBlock } from './projection.ts'

export interface Desk {
  readonly host: EditorHost
  /** Those that the view shows: of what would be incorporated, a copy. */
  readonly docs: Documents
  mode(): ViewMode
  projection(): Projection
  /** Reads the documents again, without showing them. */
  project(): Projection
  /** Several writes, one step of undo, shown once: at the end, with the caret where `act` says (null: where it was). */
  write(act: () => Place | null): void
  /** The same for one write: a keystroke goes on with the step of the one before. */
  type(act: () => Place | null): void
  /** One's own new paragraphs that are shown while they are empty. */
  readonly begun: Set<string>
  edited(block: string): void
}

/** Why words cannot go into a paragraph; null when they can. */
export function refusalFor(desk: Desk, block: ShownBlock): ErrorCode | null {
  const { host } = desk
  const stage = host.stage()
  if (stage === 'frozen') return 'frozen'
  if (stage !== 'drafting' && desk.mode() !== 'rolling') return 'base-closed'
  if (block.isCopy) return 'moved-copy'
  const unit = block.unit?.id ?? unitOf(desk, block.target)
  const refused = host.mayWrite(unit)
  if (refused !== null) return refused
  if (stage === 'drafting') return null
  if (host.side === null) return 'only-drafters'
  return block.own !== null && partsIn(host.side, block.own.amendment.id) >= limits.amendmentPartsTypedMax ? 'too-many-parts' : null
}

/** The unit that a proposal is about; one that follows another proposal is about no unit yet. */
export const unitOf = (desk: Desk, target: string): string | null => (desk.projection().view.byId.has(target) ? target : null)

/** The side document, where proposals are written; throws RangeError where there is none: ask `refusalFor` first. */
export function sideOf(desk: Desk): Y.Doc {
  if (desk.host.side === null) throw new RangeError('there is no side document to write in')
  return desk.host.side
}

export function amendTarget(desk: Desk, block: ShownBlock): AmendTarget | null {
  const { ground, runs, own } = block
  return ground === null ? null : { shared: desk.host.shared, side: sideOf(desk), unit: ground, runs, own: own ?? anew(desk, ground.id) }
}

/** Where one's last amendment on these words has been decided, a new one is begun; the decided one is not written on. */
export function anew(desk: Desk, ground: string): PlacedAmendment | null {
  const side = sideOf(desk)
  const decided = [...amendmentsOf(side).entries()].some(([id, map]) => {
    const view = readAmendment(id, map)
    return view !== null && !view.dropped && view.about.kind === 'modify' && view.about.target === ground && desk.projection().amendments.decided(id)
  })
  if (!decided) return null
  const id = beginAmendment(side, { kind: 'modify', target: ground }, desk.host.origin)
  const amendment = readAmendment(id, amendmentsOf(side).get(id))
  return amendment === null ? null : { amendment, hunks: [], cuts: [], brackets: [], signs: [], broken: [] }
}

/** One replacement in one paragraph that may be written in. Returns the characters that it wrote. */
export function applyEdit(desk: Desk, block: ShownBlock, edit: Edit): Character[] {
  const { host } = desk
  const own = block.proposal?.own === true ? block.proposal : null
  const side = block.proposal !== null || host.stage() !== 'drafting'
  const doc = side ? sideOf(desk) : host.shared
  const before = Y.getState(doc.store, doc.clientID)
  if (own !== null) editProposal(doc, own.view.id, edit, host.origin)
  else if (!side && block.unit !== null) editBase(doc, block.unit, edit, host.origin)
  else if (side) {
    const target = amendTarget(desk, block)
    if (target !== null) editAmendment(target, edit, host.origin)
  }
  desk.edited(block.key)
  return edit.words === '' ? [] : writtenSince(doc, before, side)
}

/** The characters of texts that this document's client has written since its clock stood at `before`. */
export function writtenSince(doc: Y.Doc, before: number, side: boolean): Character[] {
  const structs = doc.store.clients.get(doc.clientID)
  const after = Y.getState(doc.store, doc.clientID)
  if (structs === undefined || after <= before) return []
  const written: Character[] = []
  for (let index = Y.findIndexSS(structs, before); index < structs.length; index++) {
    const item = structs[index]
    if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (let clock = Math.max(before, item.id.clock); clock < item.id.clock + item.length; clock++) {
      written.push({ side, anchor: [doc.clientID, clock, -1] })
    }
  }
  return written
}
