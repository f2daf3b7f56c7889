/** A room with the gate before it: the server's document, and members who write in documents of their own. */
import { expect } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../../../server/sync/gate/index.ts'
import type { Actor, GateFacts, Verdict } from '../../../../server/sync/gate/index.ts'
import { defineShared, defineSide, newDoc, textsOf } from '../../../../shared/model/layout.ts'
import { createUnits } from '../../../../shared/model/operations.ts'
import { readDraft } from '../../../../shared/model/reader.ts'
import type { UnitKind, UnitValue } from '../../../../shared/model/value.ts'
import type { Hat } from '../../../../shared/policy/types.ts'

export const serverId = 7
export const me = 2 ** 40 + 11
export const other = 2 ** 41 + 23
export const neverIssued = 2 ** 42 + 5

export const japan: Hat = { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' }

export const actor = (hat: Hat = japan, ...ids: readonly number[]): Actor => {
  const owned = new Set(ids.length === 0 ? [me] : ids)
  return { hat, owns: (client) => owned.has(client) }
}

export const drafting: GateFacts = {
  kind: 'shared',
  stage: 'drafting',
  unitFacts: () => ({ locked: false, agreed: false }),
  anyClosedUnit: false,
}

export const locked = (...units: readonly string[]): GateFacts => ({
  ...drafting,
  unitFacts: (unit) => ({ locked: units.includes(unit), agreed: false }),
  anyClosedUnit: true,
})

export const sideFacts = (shared: Y.Doc, more: Partial<GateFacts> = {}): GateFacts => ({
  ...drafting,
  kind: 'side',
  delegation: 'jp',
  stage: 'negotiation',
  shared,
  ...more,
})

export const unit = (words: string, more: Partial<UnitValue> = {}): UnitValue => ({
  kind: 'op' as UnitKind,
  words,
  notes: [],
  children: [],
  ...more,
})

/** The server's shared document with one unit for each line, written under the server's id. Returns the units' ids too. */
export function sharedWith(...values: readonly UnitValue[]): { doc: Y.Doc; ids: string[] } {
  const doc = defineShared(newDoc())
  doc.clientID = serverId
  const ids = createUnits(doc, readDraft(doc), { parent: null, after: null }, values)
  return { doc, ids }
}

export function emptySide(): Y.Doc {
  const doc = defineSide(newDoc())
  doc.clientID = serverId
  return doc
}

/** A member's copy, writing under `id`. */
export function copyOf(doc: Y.Doc, id: number = me, gc = false): Y.Doc {
  const copy = new Y.Doc({ gc })
  for (const [name, type] of doc.share) if (type instanceof Y.Map) copy.getMap(name)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = id
  return copy
}

/** The updates that `write` makes in a document. */
export function updatesOf(doc: Y.Doc, write: (doc: Y.Doc) => void): Uint8Array[] {
  const updates: Uint8Array[] = []
  const note = (update: Uint8Array, _: unknown, __: Y.Doc, transaction: Y.Transaction): void => {
    if (transaction.local) updates.push(update)
  }
  doc.on('update', note)
  write(doc)
  doc.off('update', note)
  return updates
}

export const textOf = (doc: Y.Doc, id: string): Y.Text => textsOf(doc).get(id)!

export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0

/** Asks the gate and, as the room does, applies what passes; fails where anything stays pending. */
export function submit(doc: Y.Doc, update: Uint8Array, by: Actor, facts: GateFacts): Verdict {
  const before = Y.encodeStateAsUpdate(doc)
  const roots = [...doc.share.keys()]
  const verdict = checkUpdate(doc, update, by, facts)
  expect(sameBytes(Y.encodeStateAsUpdate(doc), before), 'the gate changes nothing').toBe(true)
  expect([...doc.share.keys()]).toEqual(roots)
  if (verdict.ok) {
    Y.applyUpdate(doc, verdict.update)
    expect(doc.store.pendingStructs).toBeNull()
    expect(doc.store.pendingDs).toBeNull()
  }
  return verdict
}

/** The code of a refusal, with the document left byte for byte as it was; `accepted` where there was none. */
export function refusal(doc: Y.Doc, update: Uint8Array, by: Actor, facts: GateFacts): string {
  const before = Y.encodeStateAsUpdate(doc)
  const structs = [...doc.store.clients.values()].map((list) => list.length)
  const verdict = checkUpdate(doc, update, by, facts)
  expect(sameBytes(Y.encodeStateAsUpdate(doc), before), 'the gate changes nothing').toBe(true)
  expect([...doc.store.clients.values()].map((list) => list.length), 'no item was cut').toEqual(structs)
  return verdict.ok ? 'accepted' : verdict.code
}

/** The id of a text's letter at an offset, as a hostile update names it. */
export function letter(doc: Y.Doc, id: string, at: number): readonly [number, number] {
  let left = at
  for (let item = textOf(doc, id)._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (left < item.length) return [item.id.client, item.id.clock + left]
    left -= item.length
  }
  throw new RangeError(`${id} has no letter ${String(at)}`)
}

export function itemAt(type: Y.AbstractType<Y.YEvent<never>> | Y.Map<unknown> | Y.Text): readonly [number, number] {
  const item = type._item!
  return [item.id.client, item.id.clock]
}

/** The item that a map holds under a key. */
export function entryAt<T>(map: Y.Map<T>, key: string): readonly [number, number] {
  const item = map._map.get(key)!
  return [item.id.client, item.id.clock]
}

export const my = (clock = 0): string => `${me.toString(36)}-${clock.toString(36)}`
