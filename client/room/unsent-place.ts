/** Where in the text that stands the words are that the server did not take. */
import * as Y from 'yjs'
import { typeAt } from '../../shared/model/deeds.ts'
import { noteGround } from '../../shared/model/grounds.ts'
import { embedCharacter, textNamed } from '../../shared/model/layout.ts'
import { resolveAnchor, scanText } from '../../shared/model/texts.ts'
import type { DraftView, UnitView } from '../../shared/model/units.ts'
import type { UnsentWords } from './link.ts'

export interface Spot {
  /** The paragraph of the page. */
  readonly unit: UnitView
  /** That, or the footnote in it. */
  readonly ground: UnitView
  /** Offset in its atoms. */
  readonly at: number
}

/** Null where it is gone, or was never known. */
export function spotOf(shared: Y.Doc, view: DraftView, { place, struck, words }: UnsentWords): Spot | null {
  const found = place === undefined ? null : placeIn(shared, place, struck === true)
  if (found === null) return null
  const spot = spotIn(shared, view, found.text, found.at)
  // Struck words are struck where they stand; what has been changed meanwhile is somebody else's wish.
  return spot === null || (struck === true && spot.ground.atoms.slice(spot.at, spot.at + words.length) !== words) ? null : spot
}

function placeIn(shared: Y.Doc, { in: path, at }: NonNullable<UnsentWords['place']>, before: boolean): { text: Y.Text; at: number } | null {
  if (at !== null) return resolveAnchor(shared, [at[0], at[1], before ? 0 : -1], scanText)
  const text = typeAt(shared, path)
  return text instanceof Y.Text ? { text, at: 0 } : null
}

function spotIn(shared: Y.Doc, view: DraftView, text: Y.Text, at: number): Spot | null {
  for (const unit of view.units) {
    const note = unit.notes.find(({ id }) => textNamed(shared, id) === text)
    if (note !== undefined) return { unit, ground: noteGround(note), at }
    let start = 0
    for (const part of unit.segments) {
      if (textNamed(shared, part.text) === text && at >= part.from && at <= part.to) return { unit, ground: unit, at: start + at - part.from }
      start += part.to - part.from
    }
  }
  return null
}

/** The last words before a place, for whoever looks for it: empty at the beginning. */
export function wordsBefore({ ground, at }: Pick<Spot, 'ground' | 'at'>): string {
  const all = ground.atoms.slice(0, at).replaceAll(embedCharacter, '').trim()
  const words = all.split(/\s+/).slice(-lastWords).join(' ')
  // Not every language has spaces between its words.
  const last = [...words].slice(-lastLetters).join('')
  return last.length < all.length ? `…${last}` : last
}

const lastWords = 5
const lastLetters = 40
