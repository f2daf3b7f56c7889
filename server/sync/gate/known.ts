/**
 * What of an update the document does not have yet. What it has must be the same, whoever wrote it: a plain client
 * sends everything again, and after a lost acknowledgement so do ours.
 */
import * as Y from 'yjs'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { endOf } from './types.ts'
import type { Actor, Content, Decoded, Id, Parts, Range, Struct } from './types.ts'
import { equal } from './values.ts'

export type Fresh = ReadonlyMap<number, readonly Struct[]>

export interface News {
  /** Every client's new structs without a gap, beginning at the document's state; clients without news are left out. */
  readonly fresh: Fresh
  /** Whether the update holds anything besides. */
  readonly known: boolean
}

/** Throws Refusal `not-your-id`, `gap` or `forked`. */
export function newsOf(doc: Y.Doc, decoded: Decoded, actor: Actor): News {
  const fresh = new Map<number, Struct[]>()
  let known = false
  for (const [client, structs] of decoded.structs) {
    const state = Y.getState(doc.store, client)
    const stored = doc.store.clients.get(client) ?? []
    const list: Struct[] = []
    for (const struct of structs) {
      const end = endOf(struct)
      if (end > state && (client < limits.serverClientIdMax || !actor.owns(client))) throw new Refusal('not-your-id')
      if (list.length === 0 && struct.clock > state) throw new Refusal('gap')
      if (struct.clock < state) {
        known = true
        if (!sameAsStored(stored, struct, Math.min(end, state), decoded.deletes.get(client))) throw new Refusal('forked')
      }
      if (end > state) list.push(struct.clock < state ? restOf(struct, state - struct.clock) : struct)
    }
    if (list.length > 0) fresh.set(client, list)
  }
  return { fresh, known }
}

/** Compared letter by letter, since Yjs cuts and merges items: only ranges are the same everywhere. */
function sameAsStored(stored: readonly (Y.Item | Y.GC)[], struct: Struct, to: number, deletes: readonly Range[] = []): boolean {
  let clock = struct.clock
  for (let index = Y.findIndexSS(stored as (Y.Item | Y.GC)[], clock); clock < to; index++) {
    const there = stored[index]!
    const end = Math.min(to, there.id.clock + there.length)
    if (!samePart(there, struct, clock, end, deletes)) return false
    clock = end
  }
  return true
}

function samePart(there: Y.Item | Y.GC, struct: Struct, from: number, to: number, deletes: readonly Range[]): boolean {
  const isTombstone = struct.item === null || struct.item.content.kind === 'deleted'
  if (isTombstone && !there.deleted && !covered(deletes, from, to)) return false
  if (struct.item === null) return true
  // Its letters are gone here; what is sent of them is thrown away.
  if (!(there instanceof Y.Item)) return true
  const before: Id = { client: struct.client, clock: from - 1 }
  const origin = from === struct.clock ? struct.item.origin : before
  const originThere = from === there.id.clock ? there.origin : before
  if (!sameId(origin, originThere) || !sameId(struct.item.right, there.rightOrigin)) return false
  if (origin === null && struct.item.right === null && !sameParent(struct.item, there)) return false
  return sameContent(there, struct, from, to)
}

/** Who collects garbage sends a tombstone for what the same update deletes; whether it may is judged there. */
function covered(deletes: readonly Range[], from: number, to: number): boolean {
  let low = 0
  let high = deletes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (deletes[middle]!.clock <= from) low = middle + 1
    else high = middle
  }
  const range = deletes[low - 1]
  return range !== undefined && to <= range.clock + range.length
}

const sameId = (left: Id | null, right: Id | null): boolean =>
  left === null || right === null ? left === right : left.client === right.client && left.clock === right.clock

function sameParent(sent: Parts, there: Y.Item): boolean {
  const parent = there.parent
  if (!(parent instanceof Y.AbstractType) || sent.sub !== there.parentSub) return false
  if (parent._item !== null) return typeof sent.parent === 'object' && sameId(sent.parent, parent._item.id)
  return typeof sent.parent === 'string' && parent.doc?.share.get(sent.parent) === parent
}

function sameContent(there: Y.Item, struct: Struct, from: number, to: number): boolean {
  const sent = struct.item!.content
  const content = there.content
  if (sent.kind === 'deleted') return true
  if (content instanceof Y.ContentDeleted) return true
  const sentFrom = from - struct.clock
  const thereFrom = from - there.id.clock
  const length = to - from
  switch (sent.kind) {
    case 'words':
      return (
        content instanceof Y.ContentString &&
        sent.words.slice(sentFrom, sentFrom + length) === content.str.slice(thereFrom, thereFrom + length)
      )
    case 'embed':
      return content instanceof Y.ContentEmbed && equal(sent.embed, content.embed)
    case 'values':
      return (
        (sent.json ? content instanceof Y.ContentJSON : content instanceof Y.ContentAny) &&
        equal(sent.values.slice(sentFrom, sentFrom + length), content.getContent().slice(thereFrom, thereFrom + length))
      )
    case 'map':
      return content instanceof Y.ContentType && content.type instanceof Y.Map
    case 'text':
      return content instanceof Y.ContentType && content.type instanceof Y.Text
  }
}

/** What follows the first `known` of a struct: it stands right behind them. */
function restOf(struct: Struct, known: number): Struct {
  const { client, clock, length, item } = struct
  const rest = { client, clock: clock + known, length: length - known, bytes: null }
  if (item === null) return { ...rest, item }
  const origin = { client, clock: clock + known - 1 }
  return { ...rest, item: { origin, right: item.right, parent: null, sub: null, content: contentAfter(item.content, known) } }
}

function contentAfter(content: Content, known: number): Content {
  switch (content.kind) {
    case 'words':
      return { kind: 'words', words: content.words.slice(known) }
    case 'values':
      return { ...content, values: content.values.slice(known) }
    case 'deleted':
    case 'embed':
    case 'map':
    case 'text':
      return content
  }
}
