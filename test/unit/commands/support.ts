/** A draft's documents without sockets or a log: enough to run commands' handlers and the model they write. */
import type * as Y from 'yjs'
import { defineShared, defineSide, newDoc } from '../../../shared/model/layout.ts'
import { createUnits } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { DraftView, UnitView } from '../../../shared/model/units.ts'
import type { UnitKind, UnitValue } from '../../../shared/model/value.ts'

export const unitValue = (kind: UnitKind, words: string, children: UnitValue[] = []): UnitValue => ({ kind, words, notes: [], children })

export function draftOf(values: readonly UnitValue[]): Y.Doc {
  const doc = defineShared(newDoc())
  doc.clientID = 7
  createUnits(doc, readDraft(doc), { parent: null, after: null }, values)
  return doc
}

export function sideDoc(client = 2 ** 33): Y.Doc {
  const doc = defineSide(newDoc())
  doc.clientID = client
  return doc
}

export const unitAt = (view: DraftView, number: string): UnitView => {
  const found = view.units.find((unit) => unit.number === number)
  if (found === undefined) throw new RangeError(`no unit ${number}`)
  return found
}

/** Each unit on a line: number, then words. */
export const lines = (doc: Y.Doc): string[] => readDraft(doc).units.map((unit) => `${unit.number || unit.kind}: ${unit.words}`)
