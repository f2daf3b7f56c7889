import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addCuts, addHunk, beginAmendment, insertionAnchor, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { newLineage } from '../../../shared/model/decisions.ts'
import { incorporate } from '../../../shared/model/incorporate.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { placeIn, splitUnit } from '../../../shared/model/operations.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { faultOf } from '../../../shared/model/recheck.ts'
import { stateOfAmendment, writeState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import { randomOf } from '../../fuzz/random.ts'
import type { Random } from '../../fuzz/random.ts'
import { asIfIncorporated } from '../../../shared/text/as-if.ts'
import { asIf } from '../../../shared/text/compile.ts'
import { draft } from '../model/support.ts'
import { bench, chair, done, eu, japan, negotiation, stands, type } from '../commands/bench.ts'

const lines = (doc = bench.shared): string[] => readDraft(doc).units.map(({ words }) => words)

describe('as if incorporated', () => {
  test('VW2 the text as if a chosen set were incorporated is what incorporating gives, and nothing of it is kept', async () => {
    await negotiation()
    const [a, b] = [type(eu, 'every year', 'each year'), type(japan, 'Requests', 'Urges')]
    for (const [who, typed] of [[eu, a], [japan, b]] as const) await done(who, { command: 'put-forward', ...typed })
    const before = lines()
    const both = lines(asIfIncorporated(bench.shared, [a.amendment, b.amendment]))
    const one = lines(asIfIncorporated(bench.shared, [b.amendment]))
    expect(lines()).toEqual(before)
    await done(chair, { command: 'incorporate', ...stands(b.amendment) })
    expect(lines()).toEqual(one)
    await done(chair, { command: 'incorporate', ...stands(a.amendment) })
    expect(lines()).toEqual(both)
    expect(lines(asIfIncorporated(bench.shared, ['nobody-1']))).toEqual(both)
  })
})

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** Open amendments of several kinds, some on the same words, on paragraphs of which two share a text. */
function crowded(random: Random): Y.Doc {
  const doc = draft('pp Recalling the report of the Council on the matter\nop Urges all States to act now on it\nop Decides to meet again')
  splitUnit(doc, readDraft(doc), readDraft(doc).units[1]!, 16)
  for (let count = 0; count < 12; count++) {
    const { units } = readDraft(doc)
    const unit = units[random(units.length)]!
    const from = random(unit.atoms.length)
    const kind = random(8)
    if (kind === 0) proposalText(doc, beginAmendment(doc, { kind: 'insert', target: unit.id, unitKind: 'op', inside: false }))!.insert(0, `New ${count}`)
    else if (kind === 1) beginAmendment(doc, { kind: 'split', target: unit.id, at: insertionAnchor(doc, placeIn(unit, from)!)! })
    else if (kind === 2) beginAmendment(doc, { kind: 'move', target: unit.id, parent: '', after: '' })
    else {
      const id = beginAmendment(doc, { kind: 'modify', target: unit.id })
      addCuts(doc, id, doc, unit, from, Math.min(unit.atoms.length, from + random(5)))
      addHunk(doc, id, insertionAnchor(doc, placeIn(unit, from)!)!, `<${count}>`)
    }
  }
  for (const { id } of readAmendments(doc)) {
    writeState(doc, stateOfAmendment(id), {
      status: 'open', proposer: 'eu', proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null,
      asRecorded: false, editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null,
    })
  }
  return doc
}

test(`VW2 many at once give what one after the other gives, OMNIBUS_SEED=${seed}`, () => {
  let deferred = 0
  for (let run = 0; run < 60; run++) {
    const shared = crowded(randomOf(seed + run))
    const amendments = readAmendments(shared)
    const copy = defineShared(newDoc())
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(shared))
    for (const amendment of amendments) {
      const view = readDraft(copy)
      if (faultOf(copy, view, amendment, scanText) !== null) continue
      incorporate(copy, view, amendment, { scans: scanText, wanted: asIf, document: '', by: [], atMs: 0, lineage: newLineage() })
    }
    expect({ run, lines: lines(asIfIncorporated(shared, amendments.map(({ id }) => id))) }).toEqual({ run, lines: lines(copy) })
    if (new Set(amendments.filter(({ about }) => about.kind === 'modify').map(({ about }) => about.target)).size < amendments.filter(({ about }) => about.kind === 'modify').length) deferred++
  }
  expect(deferred).toBeGreaterThan(10)
})
