/**
 * Versions of a draft: texts that were kept, each under its number, kind, name and symbol, as bytes with their SHA-256. What
 * is frozen has its own form (freeze.ts); the others have this one. A version is never changed.
 */
import type { ComparedUnit } from '../text/compare.ts'
import { shownOfValue } from '../text/compare.ts'
import type { DraftView } from '../model/units.ts'
import { unitKinds } from '../model/value.ts'
import type { BracketValue, ResolutionValue, UnitKind, UnitValue } from '../model/value.ts'
import type { VersionKind } from '../policy/types.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf } from './digests.ts'
import { sha256Hex } from './hash.ts'

export const keptDomain = 'omnibus-kept-text-1'

export interface KeptFacts {
  readonly draft: string
  readonly version: number
  readonly kind: VersionKind
  readonly name: string
  readonly symbol: string
  readonly title: string
  readonly language: string
  readonly atMs: number
  /** SHA-256 of the version before, or null. */
  readonly previous: string | null
  readonly recordHead: string | null
  readonly sponsors: readonly string[]
  readonly resolution: JsonValue
}

/** The bytes that are digested, kept and handed out, in RFC 8785 JSON. */
export function keptForm(facts: KeptFacts): { bytes: Uint8Array; sha256: string } {
  const { atMs, sponsors, ...rest } = facts
  const form: JsonValue = { domain: keptDomain, ...rest, sponsors: [...sponsors], time: new Date(atMs).toISOString() }
  const bytes = new TextEncoder().encode(canonicalJson(form))
  return { bytes, sha256: sha256Hex(bytes) }
}

/** The ids of a text's paragraphs in the order of the page, which is that of the value that is kept. */
export const unitIdsOf = (view: DraftView): string[] => view.units.map(({ id }) => id)

/** A kept or frozen text, read back for comparing. */
export const textOfVersion = (bytes: Uint8Array, ids: readonly string[]): ComparedUnit[] => shownOfValue(readVersion(bytes).value, ids)

/** What a frozen text is known by, on paper too. */
export const sealLine = ({ symbol, number, atMs, sha256 }: { readonly symbol: string; readonly number: number; readonly atMs: number; readonly sha256: string }): string =>
  `${symbol === '' ? '' : `${symbol}, `}version ${number}, frozen at ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC, SHA-256 ${sha256}`

function formOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    const form: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isRecord(form) ? form : {}
  } catch {
    return {}
  }
}

/** Of its text alone, as `digestOfText` is of the one that stands; null where there is none. */
export function digestOfKeptText(bytes: Uint8Array): string | null {
  const { resolution } = formOf(bytes)
  return isRecord(resolution) ? digestOf(resolution as JsonValue) : null
}

/** A kept or frozen text and the official names of those who sponsored it then. Total: what is not there is left out. */
export function readVersion(bytes: Uint8Array): { readonly value: ResolutionValue; readonly sponsors: readonly string[] } {
  const { resolution, sponsors } = formOf(bytes)
  return {
    value: isRecord(resolution) ? { language: string(resolution['language']) || 'en', units: unitsIn(resolution['units']) } : { language: 'en', units: [] },
    sponsors: list(sponsors).map((one) => (isRecord(one) ? string(one['name']) : string(one))).filter((name) => name !== ''),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const string = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const unitsIn = (value: unknown): UnitValue[] => list(value).filter(isRecord).map((unit) => ({
  kind: unitKinds.find((kind): kind is UnitKind => kind === unit['kind']) ?? 'para',
  words: string(unit['words']),
  notes: list(unit['notes']).filter(isRecord).map((note) => ({ at: number(note['at']), words: string(note['words']) })),
  children: unitsIn(unit['children']),
  ...(Array.isArray(unit['brackets']) ? { brackets: bracketsIn(unit['brackets']) } : {}),
  ...(typeof unit['label'] === 'string' ? { label: unit['label'] } : {}),
}))

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

const bracketsIn = (value: unknown): BracketValue[] => list(value).filter(isRecord).map(({ from, to, placeholder }) => ({ from: number(from), to: number(to), ...(placeholder === true ? { placeholder } : {}) }))
