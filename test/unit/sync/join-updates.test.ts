import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { joinUpdates } from '../../../server/sync/join-updates.ts'
import { randomOf } from '../../fuzz/random.ts'
import { written } from './written.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)

it(`RO41 what is committed together is told as one update that says what they all say, whoever wrote and deleted (OMNIBUS_SEED=${seed})`, () => {
  const random = randomOf(seed)
  for (let round = 0; round < 300; round++) {
    const { before, emitted, after } = written(random, 1 + random(40))
    const wanted = Y.encodeStateAsUpdate(after)
    const update = joinUpdates(emitted.filter((update) => update !== null))
    const doc = new Y.Doc({ gc: false })
    Y.applyUpdate(doc, before)
    Y.applyUpdate(doc, update)
    expect([round, doc.store.pendingStructs, doc.store.pendingDs, Y.encodeStateAsUpdate(doc)]).toEqual([round, null, null, wanted])
    // It is an update like any other: it can be merged and read on.
    const merged = new Y.Doc({ gc: false })
    Y.applyUpdate(merged, Y.mergeUpdates([update, before]))
    expect(Y.encodeStateAsUpdate(merged)).toEqual(wanted)
  }
})
