/** The draft as it would stand if some amendments were incorporated: computed on a copy, by what *incorporate* does, and never kept. */
import * as Y from 'yjs'
import type { AmendmentView } from '../model/amendments.ts'
import { standingOf } from '../model/grounds.ts'
import { incorporate } from '../model/incorporate.ts'
import { defineShared, newDoc } from '../model/layout.ts'
import { newLineage, readPublished } from '../model/decisions.ts'
import { draftReader } from '../model/reader.ts'
import { faultOf, waitsForOuter } from '../model/recheck.ts'
import { scanText } from '../model/texts.ts'
import type { DraftView } from '../model/units.ts'
import { asIf } from './compile.ts'

/** In the order given. What has no place any more, or stands on a proposal that is not among them, is left out. */
export function asIfIncorporated(shared: Y.Doc, amendments: readonly string[]): Y.Doc {
  const copy = defineShared(newDoc())
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(shared))
  const reader = draftReader(copy)
  let left = amendments
  while (left.length > 0) left = incorporateSome(copy, reader.read(), left)
  reader.stop()
  return copy
}

/**
 * As many as one reading of the draft serves: changes of words in texts that nothing has been written into since it was
 * read, which do not depend on each other; or the first, whatever it is. Returns those that are left, in their order.
 */
function incorporateSome(copy: Y.Doc, view: DraftView, amendments: readonly string[]): string[] {
  const written = new Set<string>()
  const left: string[] = []
  for (const [index, id] of amendments.entries()) {
    const amendment = readPublished(copy, id)
    if (amendment === null) continue
    const texts = wordsOnly(copy, view, amendment)
    if (texts === null && index > 0) return [...left, ...amendments.slice(index)]
    if (texts?.some((text) => written.has(text)) === true) left.push(id)
    else {
      incorporateOne(copy, view, amendment)
      if (texts === null) return amendments.slice(1)
      for (const text of texts) written.add(text)
    }
  }
  return left
}

/** The texts in which it changes words and nothing else; null for what changes more than that. */
function wordsOnly(copy: Y.Doc, view: DraftView, amendment: AmendmentView): string[] | null {
  if (amendment.about.kind !== 'modify') return null
  const { on } = standingOf(copy, view, amendment, scanText)
  return on.length === 1 && view.byId.has(on[0]!.unit.id) ? on[0]!.unit.segments.map(({ text }) => text) : null
}

function incorporateOne(copy: Y.Doc, view: DraftView, amendment: AmendmentView): void {
  if (faultOf(copy, view, amendment, scanText) !== null || waitsForOuter(copy, view, amendment)) return
  copy.transact(() => incorporate(copy, view, amendment, { scans: scanText, wanted: asIf, document: '', by: [], atMs: 0, lineage: newLineage() }))
}
