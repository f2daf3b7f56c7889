import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { newLineage, readPublished } from '../../shared/model/decisions.ts'
import { incorporate } from '../../shared/model/incorporate.ts'
import { defineShared, newDoc } from '../../shared/model/layout.ts'
import { createUnits, splitUnit } from '../../shared/model/operations.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { faultOf } from '../../shared/model/recheck.ts'
import { scanText } from '../../shared/model/texts.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { asIf } from '../../shared/text/compile.ts'
import { sharedDoc } from '../unit/model/support.ts'
import { draftAsIf } from '../unit/text/draft-as-if.ts'
import { closedUp, inOrder } from '../unit/text/clerk-sheet.ts'
import { randomOf } from './random.ts'
import type { Random } from './random.ts'
import { someAmendment } from './some-amendment.ts'
import type { Kind } from './some-amendment.ts'
import { someDraft } from './some-draft.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = process.env['OMNIBUS_LONG'] ? 6_000 : 200

const words: readonly Kind[] = ['modify']
const marks: readonly Kind[] = ['bracket', 'note', 'placeholder']

function write(doc: Y.Doc, id: string, atMs: number): void {
  const view = readDraft(doc)
  const amendment = readPublished(doc, id)!
  if (faultOf(doc, view, amendment, scanText) === null) incorporate(doc, view, amendment, { scans: scanText, wanted: asIf, document: '', by: [], atMs, lineage: newLineage() })
}

/** Short paragraphs and long ones, some of one text, with brackets and footnotes that decisions have put there. */
function begun(random: Random): Y.Doc {
  const shared = sharedDoc()
  createUnits(shared, readDraft(shared), { parent: null, after: null }, someDraft(random))
  const { units } = readDraft(shared)
  const unit = units[random(units.length)]
  if (unit !== undefined && unit.atoms.length > 2) splitUnit(shared, readDraft(shared), unit, 1 + random(unit.atoms.length - 1))
  for (let made = 0; made < 3; made++) {
    const amendment = someAmendment(random, shared, readDraft(shared), 2 + made, { kinds: marks, unit: readDraft(shared).units[random(units.length)] })
    if (amendment !== null) write(shared, amendment.id, 2 + made)
  }
  return shared
}

const read = (units: readonly UnitView[]): string[] =>
  units.map(({ kind, depth, printed, atoms, notes, brackets }) => {
    const round = inOrder(brackets.map((one) => closedUp(atoms, one)).filter(({ from, to, placeholder }) => placeholder || to > from))
    return JSON.stringify([depth, kind, printed, atoms, notes.map(({ number, at, words: said }) => [number, at, said]), round.map(({ from, to, placeholder }) => [from, to, placeholder])])
  })

test(`VW2 all at once give what one after the other gives, OMNIBUS_SEED=${seed}`, { timeout: 600_000 }, () => {
  const met = { laid: 0, severalOnOne: 0, inBrackets: 0, withNotes: 0, inHalves: 0, copied: 0, notCopied: 0, both: 0 }
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed + run)
    const shared = begun(random)
    const { units } = readDraft(shared)
    const isOnlyWords = random(3) > 0
    // Few changes of words in brackets can be laid over, so there are more of them than chance would have.
    const inBrackets = units.filter(({ brackets }) => brackets.length > 0)
    const someUnit = (): UnitView | undefined => (inBrackets.length > 0 && random(2) === 0 ? inBrackets[random(inBrackets.length)] : units[random(units.length)])
    const chosen = Array.from({ length: 2 + random(8) }, (_, count) =>
      someAmendment(random, shared, readDraft(shared), 20 + count, isOnlyWords ? { kinds: words, unit: someUnit() } : {})?.id ?? []).flat()
    const found = draftAsIf(shared, chosen)
    const copy = defineShared(newDoc())
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(shared))
    for (const id of chosen) write(copy, id, 0)
    expect({ seed: seed + run, read: read(found.units) }).toEqual({ seed: seed + run, read: read(readDraft(copy).units) })
    const laid = units.filter(({ id }) => found.laid.has(id))
    met.laid += laid.length
    met.severalOnOne += laid.filter(({ id }) => found.laid.get(id)!.length > 1).length
    met.inBrackets += laid.filter(({ brackets }) => brackets.length > 0).length
    met.withNotes += laid.filter(({ notes }) => notes.length > 0).length
    met.inHalves += laid.filter(({ id, segments }) => segments[0]!.text !== id).length
    met.copied += found.copy === null ? 0 : 1
    met.notCopied += found.copy === null && laid.length > 0 ? 1 : 0
    met.both += found.copy !== null && laid.length > 0 ? 1 : 0
  }
  expect(Object.entries(met).filter(([, count]) => count < 3)).toEqual([])
})
