import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { joinUpdates } from '../../../server/sync/join-updates.ts'
import { randomOf, type Random } from '../../fuzz/random.ts'

/** A document that several people write, and what it emits as their updates arrive one by one. */
function written(next: Random, count: number): { before: Uint8Array; updates: Uint8Array[]; after: Y.Doc } {
  const server = new Y.Doc({ gc: false })
  const people = Array.from({ length: 3 }, (_, index) => {
    const doc = new Y.Doc({ gc: false })
    doc.clientID = [2 ** 40, 7, 2 ** 33 + 5][index]!
    return doc
  })
  const tell = (update: Uint8Array): void => [server, ...people].forEach((doc) => Y.applyUpdate(doc, update))
  const write = (doc: Y.Doc): Uint8Array => {
    const text = doc.getText('words')
    const before = Y.encodeStateVector(doc)
    let update: Uint8Array | null = null
    doc.once('update', (made: Uint8Array) => { update = made })
    const at = next(text.length + 1)
    const length = Math.min(next(3), text.length - at)
    const kind = next(6)
    doc.transact(() => {
      if (kind > 3 || text.length === 0) text.insert(at, 'ab')
      else if (kind > 1) text.delete(at, length)
      else {
        text.delete(at, length)
        text.insert(at, 'cd')
        doc.getMap('state').set('k', next(10))
      }
    })
    return update ?? Y.encodeStateAsUpdate(doc, before)
  }
  for (let index = 0; index < 5; index++) tell(write(people[index % 3]!))
  const before = Y.encodeStateAsUpdate(server)
  const updates: Uint8Array[] = []
  server.on('update', (update: Uint8Array) => updates.push(update))
  // Some know what the others have just written, some do not.
  for (let index = 0; index < count; index++) {
    const person = people[next(3)]!
    const update = write(person)
    Y.applyUpdate(server, update)
    if (next(2) === 0) people.forEach((other) => Y.applyUpdate(other, Y.encodeStateAsUpdate(server)))
  }
  return { before, updates, after: server }
}

const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)

it(`RO41 what is committed together is told as one update that says what they all say, whoever wrote and deleted (OMNIBUS_SEED=${seed})`, () => {
  const random = randomOf(seed)
  for (let round = 0; round < 300; round++) {
    const { before, updates, after } = written(random, 1 + random(40))
    const wanted = Y.encodeStateAsUpdate(after)
    const update = joinUpdates(updates)
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
