/** Which letters a paragraph shows, by identity: for whoever draws something over words that is no part of them. */
import * as Y from 'yjs'
import { textsOf } from '../../shared/model/layout.ts'
import type { Documents } from './places.ts'
import type { ShownBlock } from './projection.ts'

/** Letters of the base side by side. `from` is their offset in the paragraph as shown. */
export interface ShownLetters {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly from: number
}

/** The base words of a paragraph, in its order. */
export function baseLetters({ shared }: Documents, block: ShownBlock): ShownLetters[] {
  const letters: ShownLetters[] = []
  let start = 0
  for (const part of block.unit?.segments ?? []) {
    const text = textsOf(shared).get(part.text)
    let at = 0
    for (let item = text?._start ?? null; item !== null && at < part.to; item = item.right) {
      if (item.deleted || !item.countable) continue
      const [low, high] = [Math.max(at, part.from), Math.min(at + item.length, part.to)]
      if (low < high && item.content instanceof Y.ContentString) {
        const { client, clock } = item.id
        letters.push(...shownParts(block, start + low - part.from, start + high - part.from).map(({ base, from, length }) => (
          { client, clock: clock + low - at + base - (start + low - part.from), length, from }
        )))
      }
      at += item.length
    }
    start += part.to - part.from
  }
  return letters
}

/** Where a range of the base is shown: in pieces where something is proposed within. */
export function shownParts(block: ShownBlock, from: number, to: number): { readonly base: number; readonly from: number; readonly length: number }[] {
  let start = 0
  return block.runs.flatMap((run) => {
    const at = start
    start += run.words.length
    if (run.kind !== 'base') return []
    const [low, high] = [Math.max(from, run.from), Math.min(to, run.from + run.words.length)]
    return low < high ? [{ base: low, from: at + low - run.from, length: high - low }] : []
  })
}
