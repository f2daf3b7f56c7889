/** What a client says its words were copied from, believed as far as the letters agree. */
import * as Y from 'yjs'
import { isTaking } from '../../shared/model/taking.ts'
import type { SourcePlace, Taking } from '../../shared/model/taking.ts'
import { limits } from '../../shared/wire/limits.ts'

/** A run of one-place characters by identity. */
type Run = readonly [client: number, clock: number, length: number]

interface Copy {
  readonly to: Run
  readonly from: Run
}

export type WordsIn = (source: number, paragraph: number) => string | null

/**
 * The copies that hold, as the log keeps them, or null when none does. `to` was written by `update` and reads letter by
 * letter as `from`, which has been deleted, and it was written right where `from` stood: words are brought back to their
 * place. Whoever could name any letters as sources could write a sentence in another delegation's name. What was taken from
 * the draft's library, `{ to, source }`, reads letter by letter as the source does there.
 * `hints` is JSON of a list of these, or ''; `wordsIn` gives the words of a source's paragraph, null where there is none.
 */
export function lineageOf(doc: Y.Doc, update: Uint8Array, hints: string, wordsIn: WordsIn): string | null {
  if (hints === '') return null
  const written = Y.parseUpdateMeta(update)
  const isNew = ([client, clock, length]: Run): boolean =>
    clock >= (written.from.get(client) ?? Infinity) && clock + length <= (written.to.get(client) ?? 0)
  const copies: Copy[] = []
  const held: (Copy | Taking)[] = []
  for (const hint of hintsIn(hints)) {
    if (!isNew(hint.to)) continue
    const words = wordsOf(doc, hint.to)
    if (words === null) continue
    if ('source' in hint) {
      if (isTaken(words, hint.source, wordsIn)) held.push(hint)
    } else if (hint.to[2] === hint.from[2] && words === wordsOf(doc, hint.from) && isBackInPlace(doc, hint, copies.at(-1))) {
      copies.push(hint)
      held.push(hint)
    }
  }
  return held.length === 0 ? null : JSON.stringify(held)
}

function isTaken(words: string, [source, paragraph, at]: SourcePlace, wordsIn: WordsIn): boolean {
  const whole = wordsIn(source, paragraph)
  return whole !== null && isTaking(whole, at, words.length) && whole.slice(at, at + words.length) === words
}

/** The sources that hints name, to be looked up before they are judged. */
export const sourcesNamed = (hints: string): number[] =>
  hints === '' ? [] : [...new Set(hintsIn(hints).flatMap((hint) => ('source' in hint ? [hint.source[0]] : [])))].slice(0, limits.sourcesOfUpdateMax)

/** Whether a copy was written right before its deleted source, or goes on where the copy before it ended. */
function isBackInPlace(doc: Y.Doc, { to, from }: Copy, before: Copy | undefined): boolean {
  const written = itemAt(doc, to[0], to[1])
  if (written === null || !isGone(doc, from)) return false
  if (before !== undefined && before.to[0] === to[0] && before.to[1] + before.to[2] === to[1] && written.id.clock < to[1] && follows(doc, before.from, from)) return true
  // Items that Yjs has merged were written before the same letter.
  const { rightOrigin } = written
  return rightOrigin !== null && rightOrigin.client === from[0] && rightOrigin.clock === from[1]
}

/**
 * Whether `from` stands behind `before` in its text. What others wrote between the two since, and may have deleted again,
 * is passed: the order holds, and each could have been brought back to its place by itself.
 */
function follows(doc: Y.Doc, [client, clock, length]: Run, from: Run): boolean {
  const last = itemAt(doc, client, clock + length - 1)
  if (last === null) return false
  if (last.id.clock + last.length > clock + length) return from[0] === client && from[1] === clock + length
  let next = last.right
  while (next !== null && (next.id.client !== from[0] || next.id.clock !== from[1])) next = next.right
  return next !== null
}

function isGone(doc: Y.Doc, [client, clock, length]: Run): boolean {
  for (let at = clock; at < clock + length; ) {
    const item = itemAt(doc, client, at)
    if (item === null || !item.deleted) return false
    at = item.id.clock + item.length
  }
  return true
}

function itemAt(doc: Y.Doc, client: number, clock: number): Y.Item | null {
  const structs = doc.store.clients.get(client)
  const found = structs === undefined || clock >= Y.getState(doc.store, client) ? undefined : structs[Y.findIndexSS(structs, clock)]
  return found instanceof Y.Item ? found : null
}

function hintsIn(hints: string): (Copy | Taking)[] {
  let value: unknown
  try {
    value = JSON.parse(hints)
  } catch {
    return []
  }
  if (!Array.isArray(value)) return []
  return value.slice(0, limits.lineageRunsMax).flatMap((one: unknown): (Copy | Taking)[] => {
    if (typeof one !== 'object' || one === null || !('to' in one) || !isRun(one.to)) return []
    if ('from' in one) return isRun(one.from) ? [{ to: one.to, from: one.from }] : []
    return 'source' in one && isPlace(one.source) ? [{ to: one.to, source: one.source }] : []
  })
}

const isPlace = (value: unknown): value is SourcePlace => Array.isArray(value) && value.length === 3 && value.every((part) => Number.isSafeInteger(part) && part >= 0)
const isRun = (value: unknown): value is Run => isPlace(value) && value[2] > 0

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
