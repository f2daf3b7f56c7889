/** What several people write into one document at once, from a seed. */
import * as Y from 'yjs'
import type { Random } from '../../fuzz/random.ts'

export interface Written {
  readonly before: Uint8Array
  /** What they sent, in the order in which it arrived. */
  readonly sent: readonly Uint8Array[]
  /** What the document emitted of it, one by one; null where all of it was known. */
  readonly emitted: readonly (Uint8Array | null)[]
  readonly after: Y.Doc
}

/** A document that several people write, and what it emits as their updates arrive one by one. */
export function written(next: Random, count: number): Written {
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
  const sent: Uint8Array[] = []
  const emitted: (Uint8Array | null)[] = []
  // Some know what the others have just written, some do not.
  for (let index = 0; index < count; index++) {
    const person = people[next(3)]!
    const update = next(10) === 0 ? Y.encodeStateAsUpdate(person) : write(person)
    sent.push(update)
    let told: Uint8Array | null = null
    server.once('update', (one: Uint8Array) => { told = one })
    Y.applyUpdate(server, update)
    emitted.push(told)
    if (next(2) === 0) people.forEach((other) => Y.applyUpdate(other, Y.encodeStateAsUpdate(server)))
  }
  return { before, sent, emitted, after: server }
}
