/** The draft as it would stand if some amendments were incorporated: computed on a copy, by what *incorporate* does, and never kept. */
import * as Y from 'yjs'
import { incorporate } from '../model/incorporate.ts'
import { defineShared, newDoc } from '../model/layout.ts'
import { newLineage, readPublished } from '../model/decisions.ts'
import { readDraft } from '../model/reader.ts'
import { faultOf, waitsForOuter } from '../model/recheck.ts'
import { scanText } from '../model/texts.ts'
import { asIf } from './compile.ts'

/** In the order given. What has no place any more, or stands on a proposal that is not among them, is left out. */
export function asIfIncorporated(shared: Y.Doc, amendments: readonly string[]): Y.Doc {
  const copy = defineShared(newDoc())
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(shared))
  for (const id of amendments) {
    const view = readDraft(copy)
    const amendment = readPublished(copy, id)
    if (amendment === null || faultOf(copy, view, amendment, scanText) !== null || waitsForOuter(copy, view, amendment)) continue
    copy.transact(() => incorporate(copy, view, amendment, { scans: scanText, wanted: asIf, document: '', by: [], atMs: 0, lineage: newLineage() }))
  }
  return copy
}
