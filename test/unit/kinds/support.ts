/** A draft in negotiation without a server: proposals begun in side documents, put forward and incorporated by the model. */
import type * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, editText, insertionAnchor, proposalText } from '../../../shared/model/amendments.ts'
import { newLineage, publish, readPublished } from '../../../shared/model/decisions.ts'
import { incorporate } from '../../../shared/model/incorporate.ts'
import type { About, Anchor } from '../../../shared/model/layout.ts'
import { placeIn } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { faultOf, markRecheck } from '../../../shared/model/recheck.ts'
import { readAmendmentState, stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { anchorAfter, scanText } from '../../../shared/model/texts.ts'
import type { UnitView } from '../../../shared/model/units.ts'
import { asIf } from '../../../shared/text/compile.ts'
import { draft, sideDoc, unitOf } from '../model/support.ts'

export const openState: AmendmentState = {
  status: 'open', proposer: 'eu', proposerKind: 'group', sponsors: [], asking: [], needsState: false, takenUpBy: null,
  asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
}

/** The server's clock. */
let atMs = 1

export class Floor {
  readonly shared: Y.Doc
  readonly side: Y.Doc
  constructor(notation: string, shared?: Y.Doc, number = 5) {
    this.shared = shared ?? draft(notation)
    this.side = sideDoc(number)
  }

  /** Another delegation in the same draft. */
  beside(number: number): Floor {
    return new Floor('', this.shared, number)
  }

  unit(words: string): UnitView {
    return unitOf(this.shared, words)
  }

  /** The place right behind these words of a unit. */
  behind(unit: UnitView, words: string): Anchor {
    return insertionAnchor(this.shared, placeIn(unit, unit.atoms.indexOf(words) + words.length)!)!
  }

  begin(about: About, words = ''): string {
    const id = beginAmendment(this.side, about)
    if (words !== '') editText(this.side, proposalText(this.side, id)!, 0, 0, words)
    return id
  }

  cut(id: string, unit: UnitView, words: string): this {
    const from = unit.atoms.indexOf(words)
    addCuts(this.side, id, this.shared, unit, from, from + words.length)
    return this
  }

  hunk(id: string, at: Anchor, words: string): this {
    addHunk(this.side, id, at, words)
    return this
  }

  /** The place in the words that a published amendment proposes. */
  within(amendment: string, words: string): Anchor {
    const text = proposalText(this.shared, amendment)!
    return anchorAfter(text, text.toString().indexOf(words) + words.length)!
  }

  put(id: string, more: Partial<AmendmentState> = {}): string {
    publish(this.shared, this.side, 'side', readPublished(this.side, id)!, 1, ++atMs, {}, newLineage())
    writeState(this.shared, stateOfAmendment(id), { ...openState, ...more })
    return id
  }

  /** What keeps it from being incorporated, or null when it was. */
  decide(id: string): string | null {
    const amendment = readPublished(this.shared, id)!
    const view = readDraft(this.shared)
    const fault = faultOf(this.shared, view, amendment, scanText)
    if (fault !== null) return fault
    const done = incorporate(this.shared, view, amendment, { scans: scanText, wanted: asIf, document: 'draft', by: ['eu'], atMs: ++atMs, lineage: newLineage() })
    if (done === null) return 'nowhere'
    this.close(id, 'incorporated')
    return null
  }

  close(id: string, status: AmendmentState['status']): void {
    writeState(this.shared, stateOfAmendment(id), { ...readAmendmentState(this.shared, id)!, status })
    markRecheck(this.shared, readDraft(this.shared), id, scanText)
  }

  recheck(id: string): string | null {
    return readAmendmentState(this.shared, id)!.recheck
  }
}
