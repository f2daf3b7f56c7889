/** A small room without a server: two paragraphs, and proposals as the server would have written them. */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, insertionAnchor, proposalText, readAmendment } from '../../../shared/model/amendments.ts'
import { amendmentsOf, defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import type { About } from '../../../shared/model/layout.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { draftReader, readDraft } from '../../../shared/model/reader.ts'
import { stateOfAmendment, stateOfUnit, writeState } from '../../../shared/model/state.ts'
import type { AmendmentState, UnitState } from '../../../shared/model/state.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import { foldStands, noStands } from '../../../shared/record/stands.ts'
import type { Stands } from '../../../shared/record/stands.ts'
import { standEntryOf } from '../../../shared/record/entries.ts'
import type { JsonValue } from '../../../shared/wire/json.ts'
import type { Hat, Stage } from '../../../shared/policy/types.ts'
import type { Standing } from '../../../client/room/facts.ts'
import { readRoom } from '../../../client/room/view.ts'
import type { RoomView } from '../../../client/room/view.ts'

export const chair: Hat = { role: 'chair', delegation: 'office', kind: 'office', level: 'head' }
export const legal: Hat = { role: 'legal', delegation: 'legal', kind: 'office', level: 'head' }
export const japan: Hat = { role: 'delegate', delegation: 'japan', kind: 'state', level: 'head' }
export const eu: Hat = { role: 'delegate', delegation: 'eu', kind: 'group', level: 'head' }

const open: AmendmentState = {
  status: 'open', proposer: 'eu', proposerKind: 'group', sponsors: [], asking: [], needsState: false, takenUpBy: null,
  asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
}

export class TestRoom {
  readonly shared = defineShared(newDoc())
  readonly side = defineSide(newDoc())
  stands: Stands = noStands
  readonly #reader = draftReader(this.shared)

  constructor(stage: Stage = 'negotiation') {
    writeState(this.shared, 'draft', { stage, title: 'Lamps', language: 'en' })
    writeState(this.shared, 'delegation:eu', { id: 'eu', name: 'EU', kind: 'group' })
    writeState(this.shared, 'delegation:japan', { id: 'japan', name: 'Japan', kind: 'state' })
    createUnits(this.shared, readDraft(this.shared), { parent: null, after: null }, [
      { kind: 'op', words: 'Urges all States to keep every lamp in the harbour burning through the whole of the night;', notes: [], children: [] },
      { kind: 'op', words: 'Decides to remain seized of the matter.', notes: [], children: [] },
    ])
  }

  unit(index: number): UnitView {
    return this.view().text.units[index]!
  }

  setUnit(index: number, state: UnitState): void {
    writeState(this.shared, stateOfUnit(this.unit(index).id), state)
  }

  /** Words struck and words put in their place, as typed in a document. */
  change(doc: Y.Doc, index: number, struck: string, put: string): string {
    const unit = this.unit(index)
    const from = unit.words.indexOf(struck)
    const id = beginAmendment(doc, { kind: 'modify', target: unit.id })
    addCuts(doc, id, this.shared, unit, from, from + struck.length)
    if (put !== '') addHunk(doc, id, insertionAnchor(this.shared, { text: unit.segments[0]!.text, at: from + struck.length })!, put)
    return id
  }

  propose(doc: Y.Doc, about: About, words: string): string {
    const id = beginAmendment(doc, about)
    proposalText(doc, id)?.insert(0, words)
    return id
  }

  /** Writes the state of an amendment that stands in the shared document. */
  publish(id: string, more: Partial<AmendmentState> = {}): string {
    writeState(this.shared, stateOfAmendment(id), { ...open, digest: digestOfAmendment(readAmendment(id, amendmentsOf(this.shared).get(id))!), ...more })
    return id
  }

  /** The side document's amendment as it stands now, published under its own id. */
  putForward(): void {
    const root = amendmentsOf(this.shared)
    for (const [id, map] of amendmentsOf(this.side).entries()) {
      root.set(id, map.clone())
      this.publish(id)
    }
  }

  /** An entry of the record of positions and reviews, as a reader gets it. */
  enter(kind: string, body: JsonValue, atMs = 1): void {
    const entry = standEntryOf({ seq: this.stands.seq + 1, atMs, kind, body: { body } })
    this.stands = foldStands(entry === null ? [] : [entry], this.stands, this.stands.seq + 1)
  }

  view(): RoomView {
    return readRoom(this.shared, this.side, this.#reader)
  }

  standing(hat: Hat): Standing {
    return { hat, view: this.view(), stands: this.stands, chairPresent: false }
  }
}
