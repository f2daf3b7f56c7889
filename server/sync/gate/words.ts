/** New items in texts: words, and in the base the marks of units and notes. */
import { isCleanWords, isId } from '../../../shared/model/layout.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { entryIn, rootMap } from './context.ts'
import type { Context, OpenPlace } from './context.ts'
import { permit, permitInSide } from './permits.ts'
import { reachOf } from './segments.ts'
import type { Home, Struct } from './types.ts'

export function admitWords(context: Context, struct: Struct, home: Home, place: OpenPlace): void {
  const { content } = struct.item!
  if (place.name === 'words') permitInSide(context, place)
  else permitInBase(context, struct, home, place)
  if (home.sub !== null) throw new Refusal('bad-key')
  switch (content.kind) {
    case 'words':
      if (!isCleanWords(content.words)) throw new Refusal('bad-content')
      return
    case 'embed':
      if (place.name !== 'base' || struct.length !== 1) throw new Refusal('bad-content')
      if (sizeOf(struct) > limits.jsonValueCharactersMax) throw new Refusal('bounds')
      if (markOf(content.embed) === null) throw new Refusal('bad-value')
      context.embeds.push({ text: place.key, embed: content.embed })
      return
    case 'deleted':
      return
    case 'values':
    case 'map':
    case 'text':
      throw new Refusal('bad-content')
  }
}

function permitInBase(context: Context, struct: Struct, home: Home, place: OpenPlace): void {
  const content = struct.item!.content
  const mark = content.kind === 'embed' ? markOf(content.embed) : null
  const action = mark?.kind === 'unit' ? 'shape-base' : 'write-base'
  if (!context.facts.anyClosedUnit) return permit(context, action)
  const reach = reachOf(context, home.holder, place.key, struct.item!)
  context.reaches.set(struct, reach)
  permit(context, action, mark?.kind === 'unit' ? [...reach.units, mark.id] : reach.units)
}

export const sizeOf = (struct: Struct): number => (struct.bytes === null ? 0 : struct.bytes[1] - struct.bytes[0])

type Mark = { readonly kind: 'unit' | 'note'; readonly id: string }

function markOf(embed: unknown): Mark | null {
  if (typeof embed !== 'object' || embed === null) return null
  const [key, ...more] = Object.keys(embed)
  if ((key !== 'unit' && key !== 'note') || more.length > 0) return null
  const id = (embed as Record<string, unknown>)[key]
  return isId(id) ? { kind: key, id } : null
}

/**
 * A unit's marker stands in the text that the unit names; a note's mark names a text that is no unit's. Undo sets old
 * marks again, so both may have been there before.
 */
export function checkMarks(context: Context): void {
  for (const { text, embed } of context.embeds) {
    const mark = markOf(embed)!
    if (!isUnit(context, text)) throw new Refusal('bad-content')
    if (mark.kind === 'unit' ? mark.id === text || textOfUnit(context, mark.id) !== text : !isNote(context, mark.id)) {
      throw new Refusal('bad-value')
    }
  }
}

const isUnit = (context: Context, id: string): boolean => textOfUnit(context, id) !== null

const isNote = (context: Context, id: string): boolean => isText(context, id) && !isUnit(context, id)

export function isText(context: Context, id: string): boolean {
  const texts = rootMap(context.doc, 'texts')
  return texts !== null && (texts.has(id) || entryIn(context, texts, id) !== undefined)
}

/** The text that a unit names, stored or new; null where there is no such unit. */
export function textOfUnit(context: Context, id: string): string | null {
  const units = rootMap(context.doc, 'units')
  if (units === null) return null
  const fresh = entryIn(context, units, id)
  const text = fresh === undefined ? storedText(units.get(id)) : valueOf(entryIn(context, fresh, 'text'))
  return typeof text === 'string' ? text : null
}

const storedText = (unit: unknown): unknown =>
  typeof unit === 'object' && unit !== null && 'get' in unit && typeof unit.get === 'function' ? unit.get('text') : null

/** What a map entry will hold: the last of its values. */
export function valueOf(struct: Struct | undefined): unknown {
  const content = struct?.item?.content
  return content?.kind === 'values' ? content.values.at(-1) : undefined
}
