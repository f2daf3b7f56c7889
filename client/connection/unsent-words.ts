/** The words that somebody typed in some updates, for showing them when the server does not take them. */
import * as Y from 'yjs'

type Range = readonly [from: number, to: number]

/**
 * One string for each place in which something was typed, in the order of the document where it has the updates
 * applied (then without what was deleted again), and in the order of typing otherwise.
 */
export function unsentWordsOf(doc: Y.Doc, updates: readonly Uint8Array[]): string[] {
  const items = updates.flatMap((update) => Y.decodeUpdate(update).structs).filter((struct) => struct instanceof Y.Item)
  const typed = items.filter((item) => item.content instanceof Y.ContentString)
  const isThere = typed.every((item) => item.id.clock + item.length <= Y.getState(doc.store, item.id.client))
  return isThere ? inPlace(doc, typed) : inOrder(typed)
}

function inPlace(doc: Y.Doc, typed: readonly Y.Item[]): string[] {
  const ranges = new Map<number, Range[]>()
  for (const { id, length } of typed) ranges.set(id.client, [...(ranges.get(id.client) ?? []), [id.clock, id.clock + length]])
  const texts = new Set(typed.flatMap(({ id }) => parentOf(doc, id.client, id.clock) ?? []))
  return [...texts].flatMap((text) => runsOf(text, ranges))
}

function parentOf(doc: Y.Doc, client: number, clock: number): Y.AbstractType<unknown> | null {
  const structs = doc.store.clients.get(client)!
  const item = structs[Y.findIndexSS(structs, clock)]
  return item instanceof Y.Item && item.parent instanceof Y.AbstractType ? item.parent : null
}

function runsOf(text: Y.AbstractType<unknown>, ranges: ReadonlyMap<number, readonly Range[]>): string[] {
  const runs: string[] = []
  let run = ''
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const words = item.content instanceof Y.ContentString ? item.content.str : null
    const own = words === null ? [] : (ranges.get(item.id.client) ?? [])
    for (let offset = 0; offset < item.length; offset++) {
      const clock = item.id.clock + offset
      if (words !== null && own.some(([from, to]) => clock >= from && clock < to)) run += words[offset]
      else if (run !== '') {
        runs.push(run)
        run = ''
      }
    }
  }
  return run === '' ? runs : [...runs, run]
}

function inOrder(typed: readonly Y.Item[]): string[] {
  const runs: string[] = []
  let last: { readonly client: number; readonly clock: number } | null = null
  for (const { id, length, origin, content } of typed) {
    const words = (content as Y.ContentString).str
    const goesOn = last !== null && origin !== null && origin.client === last.client && origin.clock === last.clock
    if (goesOn) runs[runs.length - 1] += words
    else runs.push(words)
    last = { client: id.client, clock: id.clock + length - 1 }
  }
  return runs
}
