import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { applyTogether } from '../../../server/sync/apply-together.ts'
import { randomOf } from '../../fuzz/random.ts'
import { written } from './written.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)

/** Not in the order in which Yjs writes them: a sender may use any. */
const writersOf = (update: Uint8Array): number[] => [...Y.parseUpdateMeta(update).from.keys()].reverse()

it(`RO48 of updates that are applied together each is kept byte for byte as it would be alone (OMNIBUS_SEED=${seed})`, () => {
  const random = randomOf(seed)
  let known = 0
  for (let round = 0; round < 300; round++) {
    const { before, sent, emitted, after } = written(random, 1 + random(40))
    known += emitted.filter((update) => update === null).length
    const doc = new Y.Doc({ gc: false })
    Y.applyUpdate(doc, before)
    const changed: (Uint8Array | null)[] = []
    for (let at = 0; at < sent.length; ) {
      const count = 1 + random(8)
      let transactions = 0
      doc.once('afterTransaction', () => { transactions += 1 })
      applyTogether(doc, (apply) => changed.push(...sent.slice(at, at + count).map((update) => apply(update, writersOf(update)))))
      expect(transactions).toBe(1)
      at += count
    }
    expect([round, changed]).toEqual([round, emitted])
    expect([round, doc.store.pendingStructs, Y.encodeStateAsUpdate(doc)]).toEqual([round, null, Y.encodeStateAsUpdate(after)])
  }
  expect(known).toBeGreaterThan(0)
}, 60_000)
