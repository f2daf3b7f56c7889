/**
 * The draft as it stood at an earlier point, and back to it. A point is a Yjs snapshot: which items there were, and which of
 * them had been deleted. Documents collect no garbage, so all of it is still there to be read.
 */
import * as Y from 'yjs'
import { without } from './changes.ts'
import type { IdRange } from './changes.ts'
import { readReturned, stateOfReturned } from './forward.ts'
import { defineShared, newDoc, stateOf, textsOf, unitKeys, unitsOf } from './layout.ts'
import { copiesIn } from './reversal.ts'
import { deleteLive, revert } from './revert.ts'
import type { LineageHint } from './revert.ts'
import { stateOfAmendment, writeState } from './state.ts'
import type { AmendmentState, Decision } from './state.ts'

/** A copy of the document as it stood then, decisions and proposals with it. Whoever asked for it destroys it. */
export const docAt = (doc: Y.Doc, point: Y.Snapshot): Y.Doc => Y.createDocFromSnapshot(doc, point, defineShared(newDoc()))

/** What went out of the text with the return to an earlier one, and what came into it again. */
export interface Returned {
  readonly hints: readonly LineageHint[]
  /** Proposals that the text no longer reflects, and those that it reflects again. */
  readonly out: readonly string[]
  readonly back: readonly string[]
}

/**
 * Makes the text read as it did at `point`, as a new state: words written since are deleted, words deleted since come back
 * at their tombstones' places as copies that name their source, paragraphs made since leave the page and keep their words.
 * What was decided of proposals follows the words: one whose words go is not reflected, with `left` as the decision.
 */
export function returnTo(doc: Y.Doc, point: Y.Snapshot, left: Decision): Returned {
  return doc.transact((transaction) => {
    const hints = returnWords(transaction, point)
    returnUnits(doc, point)
    returnState(doc, point)
    return { hints, ...returnAmendments(doc, point, left) }
  })
}

const isThen = (point: Y.Snapshot, client: number, clock: number): boolean => clock < (point.sv.get(client) ?? 0)

const isDeletedThen = (point: Y.Snapshot, client: number, clock: number): boolean => Y.isDeleted(point.ds, Y.createID(client, clock))

/** Of a stretch of ids those that stood in the text then. */
function aliveThen(point: Y.Snapshot, range: IdRange): IdRange[] {
  const end = Math.min(range.clock + range.length, point.sv.get(range.client) ?? 0)
  if (end <= range.clock) return []
  const alive: IdRange = { ...range, length: end - range.clock }
  const all = point.ds.clients.get(range.client) ?? []
  // In order of clock, as Yjs writes them: the first that may reach into the stretch is looked for by halving.
  let low = 0
  for (let high = all.length; low < high; ) {
    const middle = (low + high) >> 1
    if (all[middle]!.clock + all[middle]!.len <= range.clock) low = middle + 1
    else high = middle
  }
  const deleted: IdRange[] = []
  for (; low < all.length && all[low]!.clock < end; low++) deleted.push({ client: range.client, clock: all[low]!.clock, length: all[low]!.len })
  return without([alive], deleted)
}

/** In texts that there were then. Words of later ones stay in their paragraphs, which leave the page. */
function returnWords(transaction: Y.Transaction, point: Y.Snapshot): LineageHint[] {
  const { doc } = transaction
  const since: IdRange[] = []
  const gone: IdRange[] = []
  for (const text of textsOf(doc).values()) {
    if (!(text instanceof Y.Text) || text._item === null || !isThen(point, text._item.id.client, text._item.id.clock)) continue
    for (let item = text._start; item !== null; item = item.right) {
      if (!item.countable) continue
      const here = { client: item.id.client, clock: item.id.clock, length: item.length }
      const then = aliveThen(point, here)
      if (item.deleted) gone.push(...then)
      else since.push(...without([here], then))
    }
  }
  const copies = copiesIn(doc)
  // Letters that came back meanwhile stand for those that they are copies of.
  const known = new Set(gone)
  const standing = gone.flatMap((range) => copies.latest(range)).filter((range) => !known.has(range))
  for (const range of without(since, standing)) deleteLive(transaction, range)
  const hints = revert(transaction, { doc, inserted: [], deleted: gone, keys: [], made: [], plain: false }, copies)
  if (hints.length > 0) stateOf(doc).set(stateOfReturned, [...readReturned(doc), ...hints.map(({ from, to }) => [from[0], from[1], to[0], to[1], to[2]])])
  return hints
}

/** What a key of a map held then; undefined where it held nothing. */
function heldThen(map: Y.Map<unknown>, key: string, point: Y.Snapshot): unknown {
  for (let item = map._map.get(key) ?? null; item !== null; item = item.left) {
    // Yjs merges values that were written over each other: it may have been any of them.
    for (let at = item.length - 1; at >= 0; at--) {
      const clock = item.id.clock + at
      if (isThen(point, item.id.client, clock)) return isDeletedThen(point, item.id.client, clock) ? undefined : (item.content.getContent() as unknown[])[at]
    }
  }
  return undefined
}

const lastKeys = Object.entries(unitKeys).flatMap(([key, written]) => (written === 'last' ? [key] : []))
const absent: Readonly<Record<string, unknown>> = { parent: '', joined: '', removed: false, label: '' }

function returnUnits(doc: Y.Doc, point: Y.Snapshot): void {
  for (const map of unitsOf(doc).values()) {
    const item = map instanceof Y.Map ? map._item : null
    if (item === null) continue
    if (!isThen(point, item.id.client, item.id.clock)) {
      if (map.get('removed') !== true) map.set('removed', true)
      // Joined to a paragraph that stays, its words would stay there.
      if ((map.get('joined') ?? '') !== '') map.set('joined', '')
      continue
    }
    for (const key of lastKeys) {
      const then = heldThen(map, key, point) ?? absent[key]
      if (then !== undefined && then !== (map.get(key) ?? absent[key])) map.set(key, then)
    }
  }
}

/** Square brackets of the text, and which paragraph a proposal became. */
const ofTheText = /^(?:bracket|became):/

function returnState(doc: Y.Doc, point: Y.Snapshot): void {
  const state = stateOf(doc)
  for (const key of [...state._map.keys()].filter((name) => ofTheText.test(name))) {
    const then = heldThen(state, key, point)
    if (JSON.stringify(then) === JSON.stringify(state.get(key))) continue
    if (then === undefined) state.delete(key)
    else state.set(key, then)
  }
}

const isInText = (state: AmendmentState | undefined): boolean => state?.status === 'incorporated' || state?.status === 'merged'

function returnAmendments(doc: Y.Doc, point: Y.Snapshot, left: Decision): Pick<Returned, 'out' | 'back'> {
  const state = stateOf(doc)
  const out: string[] = []
  const back: string[] = []
  for (const key of [...state._map.keys()].filter((name) => name.startsWith('amendment:'))) {
    const amendment = key.slice('amendment:'.length)
    const now = state.get(key) as AmendmentState | undefined
    const then = heldThen(state, key, point) as AmendmentState | undefined
    if (now !== undefined && isInText(now) && !isInText(then)) {
      out.push(amendment)
      writeState(doc, stateOfAmendment(amendment), { ...now, status: 'not-reflected', decision: left })
    } else if (then !== undefined && isInText(then) && !isInText(now)) {
      back.push(amendment)
      // An editorial correction that was taken back has no state any more.
      writeState(doc, stateOfAmendment(amendment), { ...(now ?? then), status: then.status, decision: then.decision, recheck: null })
    }
  }
  return { out, back }
}
