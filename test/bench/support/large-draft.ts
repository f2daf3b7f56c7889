/** A draft as large as the bounds of speed speak of, in the shared document of a room: words, and amendments put forward. */
import { addCuts, addHunk, beginAmendment, insertionAnchor, readAmendment } from '../../../shared/model/amendments.ts'
import { amendmentsOf, defineShared, newDoc } from '../../../shared/model/layout.ts'
import { createUnits, placeIn, splitUnit } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import type * as Y from 'yjs'

export interface Size {
  readonly units: number
  readonly wordsPerUnit: number
  readonly amendments: number
  /** Typed in one go, with Enter: then all paragraphs are parts of one text. Imported ones have a text each. */
  readonly oneText: boolean
}

export const paragraph = (number: number, words: number): string =>
  Array.from({ length: words }, (_, index) => ['recalling', 'the', 'obligations', 'of', 'States'][(index + number) % 5]).join(' ')

const proposers = ['eu', 'japan', 'chile', 'kenya', 'nepal'] as const

/** Negotiation; the amendments go round the units, each a few words struck and others put behind them. */
export function largeDraft({ units, wordsPerUnit, amendments, oneText }: Size): Y.Doc {
  const doc = defineShared(newDoc())
  doc.transact(() => {
    writeState(doc, 'draft', { stage: 'negotiation', title: 'A large draft', language: 'en' })
    for (const id of proposers) writeState(doc, `delegation:${id}`, { id, name: id.toUpperCase(), kind: 'state' })
    const words = Array.from({ length: units }, (_, number) => paragraph(number, wordsPerUnit))
    const values = oneText ? [words.join('')] : words
    createUnits(doc, readDraft(doc), { parent: null, after: null }, values.map((one) => ({ kind: 'op', words: one, notes: [], children: [] })))
    if (oneText) for (const one of words.slice(0, -1)) splitLast(doc, one.length)
    const view = readDraft(doc)
    for (let count = 0; count < amendments; count++) amend(doc, view.units[count % units]!, count)
  })
  return doc
}

function splitLast(doc: Y.Doc, at: number): void {
  const view = readDraft(doc)
  splitUnit(doc, view, view.units.at(-1)!, at)
}

function amend(doc: Y.Doc, unit: ReturnType<typeof readDraft>['units'][number], count: number): void {
  const from = (count * 37) % Math.max(1, unit.atoms.length - 20)
  const id = beginAmendment(doc, { kind: 'modify', target: unit.id })
  addCuts(doc, id, doc, unit, from, from + 6)
  const place = placeIn(unit, from + 6)
  const anchor = place === null ? null : insertionAnchor(doc, place)
  if (anchor !== null) addHunk(doc, id, anchor, ' other words ')
  const digest = digestOfAmendment(readAmendment(id, amendmentsOf(doc).get(id))!)
  writeState(doc, stateOfAmendment(id), {
    status: 'open', proposer: proposers[count % proposers.length]!, proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null,
    asRecorded: false, editorial: false, revision: 1, digest, atMs: 1, decision: null, recheck: null,
  })
}
