/** The layout as the gate sees it: what may stand under which key of which map, and how isOnceKey it may be written. */
import { amendmentKeys, cutKeys, hunkKeys, isCleanWords, isId, noteKeys, noteKinds, unitKeys } from '../../../shared/model/layout.ts'
import { isAbout } from '../../../shared/model/amendments.ts'
import { isRank } from '../../../shared/model/rank.ts'
import { unitKinds } from '../../../shared/model/value.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'

export type MapName = 'units' | 'unit' | 'texts' | 'amendments' | 'amendment' | 'hunks' | 'hunk' | 'cuts' | 'cut' | 'notes' | 'note'
/** `base`: a text of the shared document, of a unit or a note. `words`: a text of an amendment. */
export type TextName = 'base' | 'words'

export type Entry =
  | { readonly make: 'map'; readonly name: MapName }
  | { readonly make: 'text'; readonly name: TextName }
  | { readonly make: 'value'; readonly once: boolean; readonly refusal: (value: unknown) => ErrorCode | null }

/** `ids`: what stands under ids, where they are its keys. `needs`: what must come in the update that makes the map. */
export interface Shape {
  readonly ids: Entry | null
  readonly keys: ReadonlyMap<string, Entry>
  readonly needs: readonly string[]
}

const holds = (is: (value: unknown) => boolean, code: ErrorCode = 'bad-value') => (value: unknown): ErrorCode | null =>
  is(value) ? null : code

const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isIdOrNone = (value: unknown): boolean => value === '' || isId(value)
const isKind = (value: unknown): boolean => unitKinds.some((kind) => kind === value)
const isNoteKind = (value: unknown): boolean => noteKinds.some((kind) => kind === value)
const isLabel = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= limits.labelCharactersMax && isCleanWords(value)

const ids = (entry: Entry): Shape => ({ ids: entry, keys: new Map(), needs: [] })

/** Anchors are judged in the shared document, when the whole update is known (see anchors.ts). */
const later = (): null => null

const isOnceKey = (key: 'once' | 'last'): boolean => key === 'once'

export const shapes: Readonly<Record<MapName, Shape>> = {
  units: ids({ make: 'map', name: 'unit' }),
  texts: ids({ make: 'text', name: 'base' }),
  unit: {
    ids: null,
    keys: new Map<string, Entry>([
      ['text', { make: 'value', once: isOnceKey(unitKeys.text), refusal: holds(isId) }],
      ['kind', { make: 'value', once: isOnceKey(unitKeys.kind), refusal: holds(isKind) }],
      ['parent', { make: 'value', once: isOnceKey(unitKeys.parent), refusal: holds(isIdOrNone) }],
      ['rank', { make: 'value', once: isOnceKey(unitKeys.rank), refusal: holds(isRank, 'bad-rank') }],
      ['joined', { make: 'value', once: isOnceKey(unitKeys.joined), refusal: holds(isIdOrNone) }],
      ['removed', { make: 'value', once: isOnceKey(unitKeys.removed), refusal: holds(isBoolean) }],
      ['label', { make: 'value', once: isOnceKey(unitKeys.label), refusal: holds(isLabel) }],
    ]),
    needs: ['text', 'kind', 'parent', 'rank'],
  },
  amendments: ids({ make: 'map', name: 'amendment' }),
  amendment: {
    ids: null,
    keys: new Map<string, Entry>([
      ['about', { make: 'value', once: isOnceKey(amendmentKeys.about), refusal: holds(isAbout) }],
      ['hunks', { make: 'map', name: 'hunks' }],
      ['cuts', { make: 'map', name: 'cuts' }],
      ['proposal', { make: 'text', name: 'words' }],
      ['rationale', { make: 'text', name: 'words' }],
      ['dropped', { make: 'value', once: isOnceKey(amendmentKeys.dropped), refusal: holds(isBoolean) }],
    ]),
    needs: ['about', 'hunks', 'cuts', 'proposal', 'rationale'],
  },
  hunks: ids({ make: 'map', name: 'hunk' }),
  hunk: {
    ids: null,
    keys: new Map<string, Entry>([
      ['at', { make: 'value', once: isOnceKey(hunkKeys.at), refusal: later }],
      ['text', { make: 'text', name: 'words' }],
    ]),
    needs: ['at', 'text'],
  },
  cuts: ids({ make: 'map', name: 'cut' }),
  cut: {
    ids: null,
    keys: new Map<string, Entry>([
      ['range', { make: 'value', once: isOnceKey(cutKeys.range), refusal: later }],
      ['dropped', { make: 'value', once: isOnceKey(cutKeys.dropped), refusal: holds(isBoolean) }],
    ]),
    needs: ['range'],
  },
  notes: ids({ make: 'map', name: 'note' }),
  note: {
    ids: null,
    keys: new Map<string, Entry>([
      ['unit', { make: 'value', once: isOnceKey(noteKeys.unit), refusal: holds(isId) }],
      ['kind', { make: 'value', once: isOnceKey(noteKeys.kind), refusal: holds(isNoteKind) }],
      ['text', { make: 'text', name: 'words' }],
    ]),
    needs: ['unit', 'kind', 'text'],
  },
}

/** Types are made once: whoever set a key again would delete all that stands in it. */
export const isOnce = (entry: Entry): boolean => entry.make !== 'value' || entry.once

export function entryOf(shape: Shape, key: string): Entry | null {
  return shape.ids ?? shape.keys.get(key) ?? null
}
