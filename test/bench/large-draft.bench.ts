/**
 * What large drafts cost: a unit of 150 words with 40 amendments compiled; and 300 units with 1,000 amendments, each
 * compiled, and read for the panels, where every paragraph has a text of its own and where all are parts of one.
 */
import { bench } from 'vitest'
import { readRoom } from '../../client/room/view.ts'
import { placeAmendment, readAmendments } from '../../shared/model/amendments.ts'
import { draftReader } from '../../shared/model/reader.ts'
import { asIfIncorporated } from '../../shared/text/as-if.ts'
import { compile } from '../../shared/text/compile.ts'
import { largeDraft } from './support/large-draft.ts'

const rounds = 31

const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[values.length >> 1]!

interface Measured {
  readonly name: string
  readonly act: () => void
  readonly times: number[]
}

/** Compiling alone, with every amendment placed; placing and compiling, as when all of it is drawn; and the panels' view. */
function measuredOn(name: string, size: Parameters<typeof largeDraft>[0]): Measured[] {
  const doc = largeDraft(size)
  const reader = draftReader(doc)
  const view = reader.read()
  const amendments = readAmendments(doc)
  const placed = view.units.map((unit) => ({
    unit,
    on: amendments.filter(({ about }) => about.target === unit.id).map((amendment) => placeAmendment(doc, unit, amendment, reader.scans)),
  }))
  return [
    { name: `${name}: compile`, times: [], act: () => placed.forEach(({ unit, on }) => compile(unit.atoms, on)) },
    { name: `${name}: place and compile`, times: [], act: () => placed.forEach(({ unit, on }) => compile(unit.atoms, on.map(({ amendment }) => placeAmendment(doc, unit, amendment, reader.scans)))) },
    { name: `${name}: as if all were incorporated`, times: [], act: () => void asIfIncorporated(doc, reader.read(), amendments, reader.scans).copy?.destroy() },
    { name: `${name}: read for the panels`, times: [], act: () => void readRoom(doc, null, reader) },
  ]
}

function run(): void {
  const all = [
    ...measuredOn('1 unit of 150 words, 40 amendments', { units: 1, wordsPerUnit: 150, amendments: 40, oneText: false }),
    ...measuredOn('300 units, 1,000 amendments', { units: 300, wordsPerUnit: 80, amendments: 1_000, oneText: false }),
    ...measuredOn('300 units in one text, 1,000 amendments', { units: 300, wordsPerUnit: 80, amendments: 1_000, oneText: true }),
  ]
  for (let round = 0; round < rounds; round++) {
    for (const { act, times } of all) {
      const start = performance.now()
      act()
      times.push(performance.now() - start)
    }
  }
  for (const { name, times } of all) console.log(`${name}: median ${median(times).toFixed(2)} ms`)
}

bench('large drafts, compiled and read', run, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 })
