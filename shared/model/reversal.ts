/**
 * Taking a decision back while nothing has been built on it. What a decision did to the base and to the state is kept
 * beside it; it is undone only where all of that still stands as the decision left it.
 */
import * as Y from 'yjs'
import { changeOf, newItems } from './changes.ts'
import type { Change, IdRange, Written } from './changes.ts'
import { readReturned, stateOfReturned } from './forward.ts'
import { stateOf, unitsOf } from './layout.ts'
import { openCopies, revert } from './revert.ts'
import type { Copies, LineageHint } from './revert.ts'
import { readUnitState } from './state.ts'
import type { DraftView, UnitView } from './units.ts'
import type { JsonValue } from '../wire/json.ts'

type Id = readonly [client: number, clock: number]

/** As it is kept in the shared document's state. */
export interface Reversal {
  readonly atMs: number
  /** The command that decided. */
  readonly kind: string
  readonly words: { readonly inserted: readonly IdRange[]; readonly deleted: readonly IdRange[] }
  readonly keys: readonly { readonly unit: string; readonly key: string; readonly before: JsonValue; readonly beforeId: Id | null; readonly afterId: Id }[]
  readonly made: readonly string[]
  /** Keys of the state that it wrote, with what stood there before (null: nothing) and with what the decision left. */
  readonly state: readonly { readonly key: string; readonly before: JsonValue; readonly after: JsonValue }[]
  /** Paragraphs that it changed, as it left them; null where it took one off the page. */
  readonly units: readonly { readonly unit: string; readonly left: string | null }[]
}

export const stateOfReversal = (decision: string): string => `decision:${decision}`

export function readReversal(doc: Y.Doc, decision: string): Reversal | null {
  const value: unknown = stateOf(doc).get(stateOfReversal(decision))
  return typeof value === 'object' && value !== null && 'words' in value ? (value as Reversal) : null
}

/** Decisions that are kept with what would undo them, the latest first. */
export function readReversals(doc: Y.Doc): { readonly decision: string; readonly reversal: Reversal }[] {
  return [...stateOf(doc).keys()]
    .filter((key) => key.startsWith('decision:'))
    .flatMap((key) => {
      const decision = key.slice('decision:'.length)
      const reversal = readReversal(doc, decision)
      return reversal === null ? [] : [{ decision, reversal }]
    })
    .sort((left, right) => right.reversal.atMs - left.reversal.atMs || (left.decision < right.decision ? 1 : -1))
}

/**
 * Runs a decision within the transaction that is open on `doc` and keeps what would undo it. `viewOf` reads the draft;
 * it is asked before and after.
 */
export function decideReversibly<T>(doc: Y.Doc, decision: string, about: { readonly atMs: number; readonly kind: string }, viewOf: () => DraftView, decide: () => T): T {
  return doc.transact((transaction) => {
    const before = viewOf()
    const units = new Map(before.units.map((unit) => [unit.id, unit]))
    const beforeState = clocksOf(doc)
    const stateBefore = new Map(stateOf(doc).entries())
    const deletedBefore = new Map([...transaction.deleteSet.clients].map(([client, ranges]) => [client, ranges.length]))
    const result = decide()
    const written: Written = {
      doc,
      beforeState,
      afterState: clocksOf(doc),
      deleteSet: { clients: new Map([...transaction.deleteSet.clients].map(([client, ranges]) => [client, ranges.slice(deletedBefore.get(client) ?? 0)])) },
    }
    const reversal: Reversal = {
      ...about,
      ...storedChange(changeOf(written)),
      state: stateKeys(written, doc).map((key) => ({ key, before: jsonOf(stateBefore.get(key)), after: jsonOf(stateOf(doc).get(key)) })),
      units: changedUnits(doc, units, viewOf()),
    }
    stateOf(doc).set(stateOfReversal(decision), reversal)
    return result
  })
}

const clocksOf = (doc: Y.Doc): Map<number, number> => new Map([...doc.store.clients.keys()].map((client) => [client, Y.getState(doc.store, client)]))

const jsonOf = (value: unknown): JsonValue => (value === undefined ? null : (value as JsonValue))

function stateKeys(written: Written, doc: Y.Doc): string[] {
  const keys = new Set<string>()
  for (const item of newItems(written)) if (item.parent === stateOf(doc) && item.parentSub !== null) keys.add(item.parentSub)
  return [...keys].sort()
}

function storedChange({ inserted, deleted, keys, made }: Change): Pick<Reversal, 'words' | 'keys' | 'made'> {
  const unitOf = (map: Y.Map<unknown>): string => map._item?.parentSub ?? ''
  const idOf = ({ client, clock }: Y.ID): Id => [client, clock]
  return {
    words: { inserted, deleted },
    keys: keys.map(({ map, key, before, beforeId, afterId }) => ({ unit: unitOf(map), key, before: jsonOf(before), beforeId: beforeId === null ? null : idOf(beforeId), afterId: idOf(afterId) })),
    made: made.flatMap(({ map, key }) => (key === 'removed' ? [unitOf(map)] : [])),
  }
}

function changeIn(doc: Y.Doc, { words, keys, made }: Reversal): Change {
  const idOf = ([client, clock]: Id): Y.ID => Y.createID(client, clock)
  return {
    doc,
    ...words,
    keys: keys.flatMap(({ unit, key, before, beforeId, afterId }) => {
      const map = unitsOf(doc).get(unit)
      return map === undefined ? [] : [{ map, key, before, beforeId: beforeId === null ? null : idOf(beforeId), afterId: idOf(afterId), ofCreation: false }]
    }),
    made: made.flatMap((unit) => {
      const map = unitsOf(doc).get(unit)
      return map === undefined ? [] : [{ map, key: 'removed' as const }]
    }),
    plain: false,
  }
}

/** Everything of a paragraph that a later decision or typist could have changed. */
const printOf = (doc: Y.Doc, unit: UnitView): string =>
  JSON.stringify([unit.kind, unit.parent, unit.rank, unit.label, unit.atoms, unit.notes.map(({ at, words }) => [at, words]), unit.segments.length, readUnitState(doc, unit.id), unit.brackets])

function changedUnits(doc: Y.Doc, before: ReadonlyMap<string, UnitView>, after: DraftView): Reversal['units'] {
  const gone = [...before.keys()].filter((id) => !after.byId.has(id)).map((unit) => ({ unit, left: null }))
  const changed = after.units
    .filter((unit) => {
      const was = before.get(unit.id)
      return was === undefined || was.atoms !== unit.atoms || was.parent !== unit.parent || was.rank !== unit.rank || was.kind !== unit.kind || was.notes.length !== unit.notes.length
    })
    .map((unit) => ({ unit: unit.id, left: printOf(doc, unit) }))
  return [...gone, ...changed]
}

/** Whether the document stands, in all that the decision touched, as the decision left it. */
export function standsAsDecided(doc: Y.Doc, view: DraftView, reversal: Reversal): boolean {
  return (
    reversal.state.every(({ key, after }) => JSON.stringify(jsonOf(stateOf(doc).get(key))) === JSON.stringify(after)) &&
    reversal.units.every(({ unit, left }) => {
      const now = view.byId.get(unit)
      return now === undefined ? left === null : left === printOf(doc, now)
    })
  )
}

/** Words of this decision that a later one took out, and that came back as new letters when that one was undone, are its own. */
export function copiesIn(doc: Y.Doc): Copies {
  const copies = openCopies()
  for (const [client, clock, toClient, toClock, length] of readReturned(doc)) copies.add({ client, clock, length }, { client: toClient, clock: toClock, length })
  return copies
}

/** Undoes it; ask `standsAsDecided` first. Returns what was copied from where: words that come back are new letters. */
export function takeBack(doc: Y.Doc, decision: string, reversal: Reversal): readonly LineageHint[] {
  return doc.transact((transaction) => {
    const hints = revert(transaction, changeIn(doc, reversal), copiesIn(doc))
    for (const { key, before } of reversal.state) {
      if (before === null) stateOf(doc).delete(key)
      else stateOf(doc).set(key, before)
    }
    stateOf(doc).delete(stateOfReversal(decision))
    if (hints.length > 0) stateOf(doc).set(stateOfReturned, [...readReturned(doc), ...hints.map(({ from, to }) => [from[0], from[1], to[0], to[1], to[2]])])
    return hints
  })
}
