/** Any day of drafting and deciding, and back to any point of it: the text reads as it did, and no letter is lost. */
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { newLineage, readPublished } from '../../shared/model/decisions.ts'
import { openHistory } from '../../shared/model/history.ts'
import { incorporate } from '../../shared/model/incorporate.ts'
import { textsOf } from '../../shared/model/layout.ts'
import { createUnits } from '../../shared/model/operations.ts'
import { docAt, returnTo } from '../../shared/model/past.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { faultOf } from '../../shared/model/recheck.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { DraftView } from '../../shared/model/units.ts'
import { asIf } from '../../shared/text/compile.ts'
import { misplaced, sharedDoc } from '../unit/model/support.ts'
import { draftingKinds, operationOf, perform } from './operations.ts'
import { randomOf } from './random.ts'
import { someAmendment } from './some-amendment.ts'
import { someDraft } from './some-draft.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 4_000 : 150

const left = { id: null, by: 'office', atMs: 1, note: '', with: [], notIn: 1 }

const read = (view: DraftView): unknown =>
  view.units.map(({ id, kind, parent, label, atoms, notes, brackets, number }) => [id, kind, parent, label, atoms, notes.map(({ at, words }) => [at, words]), brackets, number])

/** Every letter that the document ever held in its texts. */
const lettersOf = (doc: Y.Doc): string =>
  [...textsOf(doc).values()].map((text) => {
    let words = ''
    for (let item = text._start; item !== null; item = item.right) if (item.content instanceof Y.ContentString) words += item.content.str
    return words
  }).join('|')

test(`VE5 a text that is returned to reads as it did, with its ids; nothing is erased, and one can return from the return (OMNIBUS_SEED=${seed})`, { timeout: 600_000 }, () => {
  const met = { returned: 0, changed: 0, returnedFrom: 0, copies: 0, removed: 0, incorporated: 0 }
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed + run)
    const doc = sharedDoc()
    createUnits(doc, readDraft(doc), { parent: null, after: null }, someDraft(random))
    const origin = { typed: true }
    let atMs = 0
    const history = openHistory([doc], { origins: new Set([origin]), now: () => (atMs += random(1_000)) })
    const points: { readonly point: Y.Snapshot; readonly read: unknown }[] = []
    const note = (): void => void points.push({ point: Y.decodeSnapshot(Y.encodeSnapshot(Y.snapshot(doc))), read: read(readDraft(doc)) })
    note()
    for (let step = 0; step < 40; step++) {
      if (random(6) === 0) {
        const amendment = someAmendment(random, doc, readDraft(doc), 100 + step, {})
        const known = amendment === null ? null : readPublished(doc, amendment.id)
        if (known !== null && faultOf(doc, readDraft(doc), known, scanText) === null) {
          doc.transact(() => incorporate(doc, readDraft(doc), known, { scans: scanText, wanted: asIf, document: '', by: [], atMs: 100 + step, lineage: newLineage() }))
          met.incorporated++
        }
      } else perform({ shared: doc, side: null, history, origin }, operationOf(random, draftingKinds))
      if (random(5) === 0) note()
      if (random(12) === 0) returnAndCheck(random(points.length))
    }
    for (let times = 0; times < 3; times++) returnAndCheck(random(points.length))
    history.stop()

    function returnAndCheck(index: number): void {
      const { point, read: then } = points[index]!
      const copy = docAt(doc, point)
      expect({ seed: seed + run, read: read(readDraft(copy)) }).toEqual({ seed: seed + run, read: then })
      copy.destroy()
      const before = JSON.stringify(read(readDraft(doc)))
      const letters = new Set(lettersOf(doc))
      note()
      const { hints } = returnTo(doc, point, left)
      expect({ seed: seed + run, read: read(readDraft(doc)) }).toEqual({ seed: seed + run, read: then })
      expect({ seed: seed + run, misplaced: misplaced(doc) }).toEqual({ seed: seed + run, misplaced: [] })
      for (const letter of letters) expect(lettersOf(doc).includes(letter)).toBe(true)
      for (const { to, from } of hints) expect(to[2]).toBe(from[2])
      met.returned++
      met.changed += before === JSON.stringify(then) ? 0 : 1
      met.copies += hints.length
      met.removed += readDraft(doc).removed.length
      met.returnedFrom += index > 0 ? 1 : 0
    }
  }
  expect(Object.entries(met).filter(([, count]) => count < 20)).toEqual([])
})
