/** A text laid out in a document of its own, for the time of an answer. */
import * as Y from 'yjs'
import { putStandingBrackets } from '../model/incorporate.ts'
import { createUnits } from '../model/operations.ts'
import { readDraft } from '../model/reader.ts'
import type { DraftView } from '../model/units.ts'
import type { ResolutionValue } from '../model/value.ts'

export interface LaidOut {
  /** Whoever asked for it destroys it. */
  readonly doc: Y.Doc
  readonly view: DraftView
  readonly language: string
}

export function laidOut(value: ResolutionValue): LaidOut {
  const doc = new Y.Doc()
  doc.gc = false
  createUnits(doc, readDraft(doc, value.language), { parent: null, after: null }, value.units)
  putStandingBrackets(doc, readDraft(doc, value.language), value.units, 0)
  return { doc, view: readDraft(doc, value.language), language: value.language }
}
