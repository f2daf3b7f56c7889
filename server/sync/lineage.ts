/** What a client says its words were copied from, believed as far as the letters agree. */
import * as Y from 'yjs'
import { limits } from '../../shared/wire/limits.ts'

/** A run of one-place characters by identity. */
type Run = readonly [client: number, clock: number, length: number]

interface Copy {
  readonly to: Run
  readonly from: Run
}

/**
 * The copies that hold, as the log keeps them, or null when none does: `to` was written by `update`, and reads letter
 * by letter as `from`, which may have been deleted since. `hints` is JSON of `[{ to, from }]` or ''.
 */
export function lineageOf(doc: Y.Doc, update: Uint8Array, hints: string): string | null {
  if (hints === '') return null
  const written = Y.parseUpdateMeta(update)
  const isNew = ([client, clock, length]: Run): boolean =>
    clock >= (written.from.get(client) ?? Infinity) && clock + length <= (written.to.get(client) ?? 0)
  const held = copiesIn(hints).filter(({ to, from }) => {
    if (to[2] !== from[2] || !isNew(to)) return false
    const words = wordsOf(doc, to)
    return words !== null && words === wordsOf(doc, from)
  })
  return held.length === 0 ? null : JSON.stringify(held)
}

function copiesIn(hints: string): Copy[] {
  let value: unknown
  try {
    value = JSON.parse(hints)
  } catch {
    return []
  }
  if (!Array.isArray(value)) return []
  return value.slice(0, limits.lineageRunsMax).flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('to' in one) || !('from' in one)) return []
    return isRun(one.to) && isRun(one.from) ? [{ to: one.to, from: one.from }] : []
  })
}

const isRun = (value: unknown): value is Run =>
  Array.isArray(value) && value.length === 3 && value.every((part) => Number.isSafeInteger(part) && part >= 0) && value[2] > 0

/** The letters of a run, deleted or not; null where it is not words from end to end. */
function wordsOf(doc: Y.Doc, [client, clock, length]: Run): string | null {
  const structs = doc.store.clients.get(client)
  if (structs === undefined || clock + length > Y.getState(doc.store, client)) return null
  let words = ''
  for (let index = Y.findIndexSS(structs, clock); words.length < length; index++) {
    const item = structs[index]
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return null
    const start = Math.max(0, clock - item.id.clock)
    words += item.content.str.slice(start, start + length - words.length)
  }
  return words
}
