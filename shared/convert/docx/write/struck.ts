/** Whose amendments have struck what an earlier text of a paragraph has and the one that stands has not. Pure. */
import * as Y from 'yjs'
import type { AmendmentView } from '../../../model/amendments.ts'
import { embedCharacter, textsOf } from '../../../model/layout.ts'
import { itemOf } from '../../../model/texts.ts'
import type { UnitView } from '../../../model/units.ts'
import { wordDiff } from '../../../text/word-diff.ts'

/** Letters by identity. */
export type Strikers = (client: number, clock: number) => string | null

/** The amendment that has struck a letter. `amendments`: those that were incorporated, in the order in which they were decided on. */
export function strikersOf(shared: Y.Doc, amendments: readonly AmendmentView[]): Strikers {
  const byClient = new Map<number, { from: number; to: number; amendment: string }[]>()
  for (const { id, cuts } of amendments) {
    for (const { range: [from, to] } of cuts) {
      const [first, last] = [itemOf(shared, from), itemOf(shared, to)]
      for (let item = last === null ? null : first; item !== null; item = item === last ? null : item.right) {
        const low = item === first ? from[1] + (from[2] === -1 ? 1 : 0) : item.id.clock
        const high = item === last ? to[1] + (to[2] === -1 ? 1 : 0) : item.id.clock + item.length
        const known = byClient.get(item.id.client) ?? []
        if (item.deleted && low < high) byClient.set(item.id.client, [...known, { from: low, to: high, amendment: id }])
      }
    }
  }
  return (client, clock) => byClient.get(client)?.find(({ from, to }) => clock >= from && clock < to)?.amendment ?? null
}

/**
 * For each letter of the earlier text the amendment that has struck it, as far as that is known: it is compared with the letters that
 * were there then, those that stand still and those that were struck since.
 */
export function struckLetters(shared: Y.Doc, before: string, { segments }: UnitView, strikers: Strikers, isSince: (client: number, clock: number) => boolean): (string | null)[] {
  let then = ''
  const by: (string | null)[] = []
  for (const { text: id, from, to } of segments) {
    const text = textsOf(shared).get(id)
    let at = 0
    for (let item = text instanceof Y.Text ? text._start : null; item !== null && at <= to; item = item.right) {
      if (!item.countable) continue
      const { client, clock } = item.id
      const words = item.content instanceof Y.ContentString ? item.content.str : embedCharacter.repeat(item.length)
      for (let letter = 0; letter < item.length; letter++) {
        const place = item.deleted ? at : at + letter
        const striker = item.deleted ? strikers(client, clock + letter) : null
        const isThen = item.deleted ? place >= from && place <= to && striker !== null : place >= from && place < to && !isSince(client, clock + letter)
        if (!isThen) continue
        then += words[letter]!
        by.push(striker)
      }
      if (!item.deleted) at += item.length
    }
  }
  return placesOf(before, then).map((place) => by[place] ?? null)
}

/** For each letter of the first text its place in the second; -1 for what is not there. */
export function placesOf(before: string, after: string): number[] {
  const places: number[] = []
  let at = 0
  for (const { kind, words } of wordDiff(before, after)) {
    if (kind !== 'new') for (let letter = 0; letter < words.length; letter++) places.push(kind === 'kept' ? at + letter : -1)
    if (kind !== 'struck') at += words.length
  }
  return places
}
