/**
 * Words that were taken from a source of the draft's library: which letters came from which place of it. The page says so
 * with the update that writes them, and the server believes it letter by letter.
 */
import * as Y from 'yjs'
import { limits } from '../wire/limits.ts'
import type { LetterRun } from './authors.ts'
import type { LineageHint } from './revert.ts'

/** A source's number, the place of a paragraph in it (from 0) and a UTF-16 offset in that paragraph's words. */
export type SourcePlace = readonly [source: number, paragraph: number, at: number]

export interface Taking {
  readonly to: LetterRun
  readonly source: SourcePlace
}

/** What goes with an update: what it copied from letters of the document, or from a source. */
export type Hint = LineageHint | Taking

/** Words about to be written, in the order in which they are. */
export interface WordsTaken {
  readonly place: SourcePlace
  readonly words: string
}

/**
 * Whether a run of a paragraph is so much that it can have an origin: the whole paragraph, or more than anybody would write by
 * chance. Of single words and letters any sentence can be put together.
 */
export const isTaking = (words: string, at: number, length: number): boolean =>
  at >= 0 && length > 0 && at + length <= words.length && (length >= limits.takenCharactersMin || length === words.length)

/** The letters that `doc`'s client has written since its clock stood at `before`, as takings, where they are these words. */
export function takingsSince(doc: Y.Doc, before: number, taken: readonly WordsTaken[]): Taking[] {
  const found: Taking[] = []
  const runs = runsSince(doc, before)
  let next = 0
  for (const { place, words } of taken) {
    const at = words === '' ? -1 : runs.findIndex((run, index) => index >= next && run.words === words)
    if (at === -1) continue
    next = at + 1
    found.push({ to: [doc.clientID, runs[at]!.clock, words.length], source: place })
  }
  return found
}

/** Words in runs of clocks: what was put into them since lies under later ones. */
function runsSince(doc: Y.Doc, before: number): { clock: number; words: string }[] {
  const structs = doc.store.clients.get(doc.clientID)
  if (structs === undefined || Y.getState(doc.store, doc.clientID) <= before) return []
  const runs: { clock: number; words: string; parent: Y.Item['parent'] }[] = []
  for (let index = Y.findIndexSS(structs, before); index < structs.length; index++) {
    const item = structs[index]
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) continue
    const from = Math.max(before, item.id.clock)
    const words = item.content.str.slice(from - item.id.clock)
    const last = runs.at(-1)
    if (last !== undefined && last.parent === item.parent && last.clock + last.words.length === from) last.words += words
    else runs.push({ clock: from, words, parent: item.parent })
  }
  return runs
}
