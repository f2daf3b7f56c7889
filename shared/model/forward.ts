/**
 * What became of a proposed paragraph that was written into the base: which unit it is, and which of its letters are
 * which there; and what became of letters that a decision took out of the base and its undoing brought back. Nothing that
 * names the proposal or the letters is rewritten; who follows a target or an anchor passes through here.
 */
import * as Y from 'yjs'
import { everHeld } from './layout.ts'
import type { Anchor } from './layout.ts'

export interface Became {
  readonly unit: string
  /** The very beginning of its words, where the unit's were when it was written. */
  readonly start: Anchor
  /** Letters of the proposal and the same letters of the base. */
  readonly atMs: number
  readonly runs: readonly (readonly [fromClient: number, fromClock: number, toClient: number, toClock: number, length: number])[]
}

export const stateOfReturned = 'returned'

export const stateOfBecame = (amendment: string): string => `became:${amendment}`

/** Entries are the server's own and of one shape. `doc` need not define the root: a side document has none. */
export function readBecame(doc: Y.Doc, amendment: string): Became | null {
  const state: unknown = doc.share.get('state')
  const value: unknown = state instanceof Y.Map ? state.get(stateOfBecame(amendment)) : undefined
  return typeof value === 'object' && value !== null && 'unit' in value ? (value as Became) : null
}

/** The units that a proposal was ever written into the base as, also those of decisions that were undone since. */
export function everBecame(doc: Y.Doc, amendment: string): string[] {
  const state: unknown = doc.share.get('state')
  const held = state instanceof Y.Map ? everHeld(state as Y.Map<unknown>, stateOfBecame(amendment)) : []
  return held.flatMap((value) => (typeof value === 'object' && value !== null && 'unit' in value ? [(value as Became).unit] : []))
}

/** The unit that a target is now: itself, unless it is a proposal that was written into the base. */
export const followed = (doc: Y.Doc, target: string): string => readBecame(doc, target)?.unit ?? target

/** Where an anchor in the words of a proposal points now; null where the proposal has not been written into the base. */
export interface Forwarded {
  readonly anchor: Anchor
  /** The letter it held on to was deleted before that: this is the one before. */
  readonly touched: boolean
  readonly atMs: number
}

export function forwardAnchor(doc: Y.Doc, item: Y.Item, [client, clock, assoc]: Anchor): Forwarded | null {
  const text: unknown = item.content instanceof Y.ContentType ? item.content.type : item.parent
  const amendment = text instanceof Y.Text && text._item?.parentSub === 'proposal' ? amendmentOf(text) : null
  const became = amendment === null ? null : readBecame(doc, amendment)
  if (became === null) return null
  const { start, atMs } = became
  if (item.content instanceof Y.ContentType) return { anchor: start, touched: item.deleted, atMs }
  const here = mapped(became, client, clock)
  if (here !== null) return { anchor: [...here, assoc], touched: false, atMs }
  for (let left = item.left; left !== null; left = left.left) {
    const before = left.deleted ? null : mapped(became, left.id.client, left.id.clock + left.length - 1)
    if (before !== null) return { anchor: [...before, -1], touched: true, atMs }
  }
  return { anchor: start, touched: true, atMs }
}

type Returned = Became['runs']

/** Letters of the base that an undone decision brought back, and what they are now. */
export function readReturned(doc: Y.Doc): Returned {
  const state: unknown = doc.share.get('state')
  const value: unknown = state instanceof Y.Map ? state.get(stateOfReturned) : undefined
  return Array.isArray(value) ? (value as Returned) : []
}

/** Where an anchor points that held on to letters which came back: to them, however often they came and went. */
export function returnedAnchor(doc: Y.Doc, anchor: Anchor): Anchor {
  const runs = readReturned(doc)
  let [client, clock] = anchor
  for (let run = runIn(runs, client, clock); run !== undefined; run = runIn(runs, client, clock)) {
    clock = run[3] + clock - run[1]
    client = run[2]
  }
  return [client, clock, anchor[2]]
}

const runIn = (runs: Returned, client: number, clock: number): Returned[number] | undefined =>
  runs.find(([from, first, , , length]) => from === client && clock >= first && clock < first + length)

function amendmentOf(proposal: Y.Text): string | null {
  const map: unknown = proposal._item?.parent
  return map instanceof Y.Map ? (map._item?.parentSub ?? null) : null
}

function mapped({ runs }: Became, client: number, clock: number): readonly [number, number] | null {
  const run = runIn(runs, client, clock)
  return run === undefined ? null : [run[2], run[3] + clock - run[1]]
}

interface Letters {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** The live letters of a text from one offset to another, in its order. */
export function lettersIn(text: Y.Text, from: number, to: number): Letters[] {
  const letters: Letters[] = []
  let at = 0
  for (let item = text._start; item !== null && at < to; item = item.right) {
    if (item.deleted || !item.countable) continue
    const low = Math.max(from, at)
    const high = Math.min(to, at + item.length)
    if (low < high) letters.push({ client: item.id.client, clock: item.id.clock + low - at, length: high - low })
    at += item.length
  }
  return letters
}

/** Two sequences of letters that read alike, paired run by run. */
export function pairLetters(from: readonly Letters[], to: readonly Letters[]): Became['runs'] {
  const runs: [number, number, number, number, number][] = []
  const right = to.map((letters) => ({ ...letters }))
  for (const letters of from) {
    let { clock, length } = letters
    while (length > 0 && right.length > 0) {
      const other = right[0]!
      const count = Math.min(length, other.length)
      runs.push([letters.client, clock, other.client, other.clock, count])
      clock += count
      length -= count
      if (count === other.length) right.shift()
      else right[0] = { ...other, clock: other.clock + count, length: other.length - count }
    }
  }
  return runs
}
