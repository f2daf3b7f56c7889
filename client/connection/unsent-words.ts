/** What somebody did in some updates that the server does not take, as words that can be read, copied and put elsewhere. */
import * as Y from 'yjs'
import { pathOf } from '../../shared/model/deeds.ts'
import type { Deed, Letter, Path } from '../../shared/model/deeds.ts'
import { itemsIn } from '../../shared/model/changes.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

/** `typed`: words that are nowhere else. `struck`: words that were struck out, and stand again. */
export interface UnsentRun {
  readonly kind: 'typed' | 'struck'
  readonly words: string
  /** The text they were typed or struck in; null where that is not known any more. */
  readonly in: Path | null
  /** Typed: the last letter before them that the server has. Struck: the first of them. Null at the beginning of the text. */
  readonly at: Letter | null
}

export interface Unsent extends UnsentRun {
  readonly code: ErrorCode
}

type Range = readonly [from: number, to: number]
type Now = (letter: Letter) => Letter | null

/**
 * One run for each place in which something was typed, in the order of the document where it has the updates applied
 * (then without what was deleted again), and in the order of typing otherwise. `now`: the letter that stands for one in
 * the server's document; null where it has none.
 */
export function unsentRunsOf(doc: Y.Doc, updates: readonly Uint8Array[], now: Now): UnsentRun[] {
  const items = updates.flatMap((update) => Y.decodeUpdate(update).structs).filter((struct) => struct instanceof Y.Item)
  const typed = items.filter((item) => item.content instanceof Y.ContentString)
  const isThere = typed.every((item) => item.id.clock + item.length <= Y.getState(doc.store, item.id.client))
  return isThere ? inPlace(doc, typed, now) : inOrder(typed).map((words) => ({ kind: 'typed', words, in: null, at: null }))
}

function inPlace(doc: Y.Doc, typed: readonly Y.Item[], now: Now): UnsentRun[] {
  const ranges = new Map<number, Range[]>()
  for (const { id, length } of typed) ranges.set(id.client, [...(ranges.get(id.client) ?? []), [id.clock, id.clock + length]])
  const texts = new Set(typed.flatMap(({ id }) => parentOf(doc, id.client, id.clock) ?? []))
  return [...texts].flatMap((text) => {
    const path = pathOf(doc, text)
    return runsOf(text, ranges, now).map((run): UnsentRun => ({ kind: 'typed', in: path, ...run }))
  })
}

function parentOf(doc: Y.Doc, client: number, clock: number): Y.AbstractType<unknown> | null {
  const [item] = itemsIn(doc, { client, clock, length: 1 })
  return item?.parent instanceof Y.AbstractType ? item.parent : null
}

function runsOf(text: Y.AbstractType<unknown>, ranges: ReadonlyMap<number, readonly Range[]>, now: Now): { words: string; at: Letter | null }[] {
  const runs: { words: string; at: Letter | null }[] = []
  let open = false
  const passed: Letter[] = []
  for (let item = text._start; item !== null; item = item.right) {
    const { id } = item
    const words = item.content instanceof Y.ContentString ? item.content.str : null
    const own = words === null ? [] : (ranges.get(id.client) ?? [])
    for (let offset = 0; offset < item.length; offset++) {
      const clock = id.clock + offset
      if (own.some(([from, to]) => clock >= from && clock < to)) {
        if (item.deleted) continue
        if (!open) runs.push({ words: '', at: lastOf(passed, now) })
        runs.at(-1)!.words += words![offset]
        open = true
      } else {
        passed.push([id.client, clock])
        if (!item.deleted && item.countable) open = false
      }
    }
  }
  return runs
}

function lastOf(letters: readonly Letter[], now: Now): Letter | null {
  for (const letter of [...letters].reverse()) {
    const found = now(letter)
    if (found !== null) return found
  }
  return null
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

/** Words that some deeds struck out and that stand in the document all the same: one run for each place. */
export function struckRunsOf(doc: Y.Doc, deeds: readonly Deed[]): UnsentRun[] {
  const strikes = deeds.filter((deed) => deed.do === 'strike')
  const ranges = new Map<number, Range[]>()
  for (const { from: [client, clock], length } of strikes) ranges.set(client, [...(ranges.get(client) ?? []), [clock, clock + length]])
  const texts = new Set(strikes.flatMap(({ from: [client, clock] }) => parentOf(doc, client, clock) ?? []))
  return [...texts].flatMap((text) => {
    const path = pathOf(doc, text)
    return standing(text, ranges).map((run): UnsentRun => ({ kind: 'struck', in: path, ...run }))
  })
}

function standing(text: Y.AbstractType<unknown>, ranges: ReadonlyMap<number, readonly Range[]>): { words: string; at: Letter }[] {
  const runs: { words: string; at: Letter }[] = []
  let open = false
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const words = item.content instanceof Y.ContentString ? item.content.str : null
    for (let offset = 0; offset < item.length; offset++) {
      const clock = item.id.clock + offset
      const isStruck = words !== null && (ranges.get(item.id.client) ?? []).some(([from, to]) => clock >= from && clock < to)
      if (isStruck && !open) runs.push({ words: '', at: [item.id.client, clock] })
      if (isStruck) runs.at(-1)!.words += words[offset]
      open = isStruck
    }
  }
  return runs
}
