/**
 * What the gate costs: the same keystrokes into the same document of 100 units and 8,000 words, by `Y.applyUpdate`
 * alone and through the gate first, in turns. Prints the ratio of the medians. The gate is the one that the server
 * runs, as compiled: what a test runner makes of our modules, and not of yjs, would be counted against it.
 */
import { bench } from 'vitest'
import * as Y from 'yjs'
import type * as gate from '../../server/sync/gate/index.ts'
import { textsOf } from '../../shared/model/layout.ts'
import { actor, copyOf, drafting, locked, me, sharedWith, unit, updatesOf } from '../unit/gate/support/room.ts'

const compiled = new URL('../../dist/server/sync/gate/index.js', import.meta.url).href
const { checkUpdate } = (await import(compiled)) as typeof gate

const units = 100
const wordsPerUnit = 80
const strokes = 6_000

const paragraph = (number: number): string =>
  Array.from({ length: wordsPerUnit }, (_, index) => ['recalling', 'the', 'obligations', 'of', 'States'][(index + number) % 5]).join(' ')

const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[values.length >> 1]!

function keystrokes(doc: Y.Doc, ids: readonly string[]): Uint8Array[] {
  const copy = copyOf(doc)
  const places = Array.from({ length: strokes }, (_, index) => ({ id: ids[(index >> 5) % units]!, at: 20 + (index & 31) + (index >> 5) % 300 }))
  return places.flatMap(({ id, at }, index) =>
    updatesOf(copy, () => {
      const text = textsOf(copy).get(id)!
      if (index % 8 === 7) text.delete(Math.min(at, text.length - 1), 1)
      else text.insert(Math.min(at, text.length), 'e')
    }),
  )
}

let turn = 0

function run(closed: boolean): void {
  const { doc, ids } = sharedWith(...Array.from({ length: units + 1 }, (_, index) => unit(paragraph(index))))
  const updates = keystrokes(doc, ids)
  const plain = copyOf(doc, 1)
  const gated = copyOf(doc, 1)
  const by = actor(undefined, me)
  const facts = closed ? locked(ids[units]!) : drafting
  const alone: number[] = []
  const both: number[] = []
  const throughGate = (update: Uint8Array): void => {
    const verdict = checkUpdate(gated, update, by, facts)
    if (!verdict.ok) throw new Error(verdict.code)
    Y.applyUpdate(gated, verdict.update)
  }
  const timed = (into: number[], act: () => void): void => {
    const start = performance.now()
    act()
    into.push(performance.now() - start)
  }
  for (const [index, update] of updates.entries()) {
    const first = index % 2 === 0
    if (first) timed(alone, () => Y.applyUpdate(plain, update))
    timed(both, () => throughGate(update))
    if (!first) timed(alone, () => Y.applyUpdate(plain, update))
  }
  const micro = (ms: number): string => (ms * 1000).toFixed(1)
  const ratio = median(both) / median(alone)
  console.log(
    `${turn === 0 ? 'cold, ' : ''}${closed ? 'one unit locked' : 'all units open'}: apply ${micro(median(alone))} µs, gate and apply ${micro(median(both))} µs, ratio ${ratio.toFixed(2)} (${String(updates.length)} keystrokes)`,
  )
}

bench('gate and apply, beside apply alone', () => { run(false); run(true); turn++ }, { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 })
