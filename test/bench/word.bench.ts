/** Word files: one with more than 250 tracked changes read as a resolution; one with 1,000 amendments written. Bars: 500 ms and 2 s. */
import { bench, describe } from 'vitest'
import { importWord } from '../../shared/convert/docx/import.ts'
import { amendedSheet } from '../../shared/convert/docx/write/amended.ts'
import { noMasthead } from '../../shared/convert/docx/write/masthead.ts'
import { writeWord } from '../../shared/convert/docx/write/package.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { createUnits } from '../../shared/model/operations.ts'
import { draftReader } from '../../shared/model/reader.ts'
import type { UnitView } from '../../shared/model/units.ts'
import { randomOf } from '../fuzz/random.ts'
import { someAmendment } from '../fuzz/some-amendment.ts'
import { sharedDoc } from '../unit/model/support.ts'

const sheet = { language: 'en', title: 'Measured', atMs: 0, from: { draft: 'd', version: '1' }, masthead: noMasthead }
const sentence = 'Urges Member States to strengthen their cooperation, to share what they have learned, and to report on it in good time;'

function amended(unitCount: number, amendmentCount: number): () => Uint8Array {
  const random = randomOf(7)
  const shared = sharedDoc()
  const reader = draftReader(shared)
  createUnits(shared, reader.read(), { parent: null, after: null }, Array.from({ length: unitCount }, (_, at) => ({ kind: 'op', words: `${sentence.slice(0, -1)} under item ${at};`, notes: [], children: [] })))
  const view = reader.read()
  const unit = (at: number): UnitView => view.units[at % view.units.length]!
  const ids = Array.from({ length: amendmentCount }, (_, at) => someAmendment(random, shared, view, 20 + at, { kinds: ['modify'], unit: unit(at) })?.id ?? []).flat()
  return () => writeWord(sheet, amendedSheet({ shared, view: reader.read(), amendments: ids.flatMap((id) => readPublished(shared, id) ?? []), scans: reader.scans, reviserOf: () => ({ author: 'Japan', at: null }) }, 'en'))
}

const changed = amended(400, 150)()
const thousand = amended(400, 1_000)

describe('Word files', () => {
  bench('400 paragraphs with more than 250 tracked changes, read as a resolution', () => void importWord(changed))
  bench('400 paragraphs with 1,000 amendments, written with tracked changes', () => void thousand())
})
