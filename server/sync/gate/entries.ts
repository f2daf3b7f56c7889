/** New items in maps: ids and keys. */
import * as Y from 'yjs'
import { isId, madeBy } from '../../../shared/model/layout.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { entryIn, placeOf } from './context.ts'
import type { Context, OpenPlace } from './context.ts'
import { permit, permitInSide } from './permits.ts'
import { entryOf, isOnce, shapes } from './schema.ts'
import type { Entry, MapName } from './schema.ts'
import type { Holder, Home, Struct } from './types.ts'
import { sizeOf, valueOf } from './words.ts'

export function admitEntry(context: Context, struct: Struct, home: Home, place: OpenPlace): void {
  const key = home.sub
  permitEntry(context, struct, place, key)
  const shape = shapes[place.name as MapName]
  if (key === null) throw new Refusal('bad-key')
  const entry = entryOf(shape, key)
  if (entry === null) throw new Refusal('bad-key')
  if (shape.ids !== null && (!isId(key) || !madeBy(key, struct.client))) throw new Refusal('bad-key')
  if (isOnce(entry)) admitOnce(context, home.holder, key, shape.ids !== null)
  admitContent(context, struct, home, entry, { name: place.name, holder: home.holder, key, up: place })
  if (struct.item!.origin !== null) context.followed.add(`${struct.item!.origin.client} ${struct.item!.origin.clock}`)
}

/** What happens to a unit's record happens to the block it is in, and to the one it is joined to. */
function permitEntry(context: Context, struct: Struct, place: OpenPlace, key: string | null): void {
  if (context.facts.kind === 'side') return permitInSide(context, place)
  if (place.name === 'texts') return permit(context, 'write-base')
  const units = place.name === 'unit' ? [place.key] : key === null ? [] : [key]
  const joined = key === 'joined' ? valueOf(struct) : null
  permit(context, 'shape-base', typeof joined === 'string' && joined !== '' ? [...units, joined] : units)
}

/** Deleted counts as there: what was made under an id again would inherit what was said of it. */
function admitOnce(context: Context, holder: Holder, key: string, isIdKey: boolean): void {
  if (entryIn(context, holder, key) !== undefined) throw new Refusal('create-once')
  if (!(holder instanceof Y.AbstractType)) return
  if (holder._map.has(key)) throw new Refusal('create-once')
  if (!isIdKey) throw new Refusal('bad-key')
}

function admitContent(context: Context, struct: Struct, home: Home, entry: Entry, place: OpenPlace): void {
  const { content } = struct.item!
  if (content.kind === 'deleted') {
    if (isOnce(entry)) throw new Refusal('bad-content')
    context.tombs.push({ struct, home })
    return
  }
  if (entry.make !== 'value') {
    if (content.kind !== entry.make) throw new Refusal('bad-content')
    admitHolder(context, struct, place, entry.name)
  } else {
    if (content.kind !== 'values') throw new Refusal('bad-content')
    if (entry.once && content.values.length !== 1) throw new Refusal('bad-content')
    if (sizeOf(struct) > limits.jsonValueCharactersMax * content.values.length) throw new Refusal('bounds')
    for (const value of content.values) {
      const refusal = entry.refusal(value)
      if (refusal !== null) throw new Refusal(refusal)
    }
    if (place.key === 'at' || place.key === 'range') context.anchors.push({ entry: place, value: content.values[0] })
  }
  remember(context, home.holder, place.key, struct)
}

function admitHolder(context: Context, struct: Struct, place: OpenPlace, name: OpenPlace['name']): void {
  if (name === 'unit') {
    const units = place.holder
    const stored = units instanceof Y.AbstractType ? units._map.size : 0
    if (stored + (context.entries.get(units)?.size ?? 0) >= limits.unitsMax) throw new Refusal('bounds')
  }
  const made = placeOf(context, struct) as OpenPlace
  context.made.push(made)
}

function remember(context: Context, holder: Holder, key: string, struct: Struct): void {
  let entries = context.entries.get(holder)
  if (entries === undefined) context.entries.set(holder, (entries = new Map()))
  entries.set(key, struct)
}
