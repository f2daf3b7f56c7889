import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { textsOf } from '../../shared/model/layout.ts'
import { createUnits, joinUnits, splitUnit, valueOf } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import type { UnitValue } from '../../shared/model/value.ts'
import { pairsOf } from '../../shared/text/alike-units.ts'
import { comparedOf, comparedOfValue } from '../../shared/text/compare.ts'
import { orallyRevised } from '../../shared/text/oral-revision.ts'
import { rewrite } from '../../shared/text/rewrite.ts'
import { sharedDoc } from '../unit/model/support.ts'
import { randomOf } from './random.ts'
import { someDraft } from './some-draft.ts'
import { someOralChanges } from './some-oral.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const textsMade = process.env['OMNIBUS_LONG'] ? 5_000 : 400

/** Empty brackets and all: a text as it is, without what is put round its words. */
const bare = (units: readonly UnitValue[]): UnitValue[] => units.map(({ kind, words, notes, children, label }) => ({ kind, words, notes, children: bare(children), ...(label === undefined ? {} : { label }) }))

it(`VE10 whatever text is taken as the base, the draft then reads as it does, keeps what stands, and reads it back from its bytes (OMNIBUS_SEED=${seed})`, () => {
  const random = randomOf(seed)
  let letters = 0
  let [kept, made, other] = [0, 0, 0]
  for (let round = 0; round < textsMade; round++) {
    const doc = sharedDoc()
    createUnits(doc, readDraft(doc), { parent: null, after: null }, someDraft(random))
    // Paragraphs that share a text, and such as are made of several.
    for (let times = random(4); times > 0; times--) {
      const view = readDraft(doc)
      const at = random(Math.max(1, view.units.length))
      const [unit, next] = [view.units[at], view.units[at + 1]]
      if (unit === undefined) break
      if (random(2) === 0) splitUnit(doc, view, unit, random(unit.atoms.length + 1))
      else if (next !== undefined) joinUnits(doc, view, unit, next)
    }
    const view = readDraft(doc, 'en')
    const value = valueOf(view, 'en')
    // Near to what stands, or another text altogether.
    const revised = orallyRevised(value, someOralChanges(random, value, 4))
    const isNear = revised.ok && random(4) > 0
    const wanted = isNear ? revised.value.units : someDraft(random)
    const pairs = isNear && random(2) === 0 ? new Map(revised.from.flatMap((from, at) => (from === null ? [] : [[at, from] as const]))) : pairsOf(comparedOf(view), comparedOfValue({ language: 'en', units: wanted }))
    const before = Y.snapshot(doc)
    const plain = bare(wanted)
    const count = comparedOfValue({ language: 'en', units: wanted }).length
    rewrite(doc, view, plain, Array.from({ length: count }, (_, at) => view.units[pairs.get(at) ?? -1]?.id ?? null), 0)
    expect(bare(valueOf(readDraft(doc, 'en'), 'en').units)).toEqual(bare(readBack(plain)))
    const copy = sharedDoc(9)
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    expect(valueOf(readDraft(copy, 'en'), 'en')).toEqual(valueOf(readDraft(doc, 'en'), 'en'))
    if (isNear) other++
    kept += pairs.size
    made += count - pairs.size
    // What was there and still is was not written again.
    for (const text of textsOf(doc).values()) {
      if (!(text instanceof Y.Text)) continue
      for (let item = text._start; item !== null; item = item.right) if (!item.deleted && item.countable && item.id.clock < (before.sv.get(item.id.client) ?? 0)) letters += item.length
    }
  }
  process.stdout.write(`rewritten texts, seed ${seed}: ${kept} paragraphs kept, ${made} new, ${other} near, ${letters} letters kept\n`)
  expect(Math.min(kept, made, other, letters)).toBeGreaterThan(100)
}, 300_000)

/** As a draft has it: notes in order. */
function readBack(units: readonly UnitValue[]): UnitValue[] {
  const doc = sharedDoc()
  createUnits(doc, readDraft(doc), { parent: null, after: null }, units)
  return valueOf(readDraft(doc, 'en'), 'en').units
}
