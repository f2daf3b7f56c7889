/** An entry of the record as one line: who did what, about what. Total: what an entry does not say is null. */
import type { JsonValue } from '../wire/json.ts'
import { particularsOf } from './particulars.ts'
import type { Particular } from './particulars.ts'

export interface Recorded {
  readonly seq: number
  readonly atMs: number
  readonly kind: string
  /** Null where the reader sees the delegation alone. */
  readonly actorName: string | null
  readonly body: JsonValue
}

export interface RecordLine {
  readonly seq: number
  readonly atMs: number
  readonly kind: string
  /** The delegation that acted. */
  readonly delegation: string | null
  readonly person: string | null
  readonly amendment: string | null
  readonly unit: string | null
  /** All that it names, where it decided several together. */
  readonly amendments: readonly string[]
  readonly units: readonly string[]
  readonly note: string
  readonly particulars: readonly Particular[]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const stringIn = (value: unknown, key: string): string | null => (isRecord(value) && typeof value[key] === 'string' ? value[key] : null)
/** Ids that stand under these keys, alone, in lists, or with the digest that they were seen with. */
const idsIn = (value: unknown, keys: readonly string[]): readonly string[] =>
  isRecord(value) ? keys.flatMap((key) => value[key]).flatMap((one) => (typeof one === 'string' ? [one] : (stringIn(one, 'amendment') ?? []))) : []

/** Of an oral revision. */
const sentencesIn = (value: unknown): string => {
  const sentences = isRecord(value) ? value['sentences'] : null
  return Array.isArray(sentences) ? sentences.filter((one) => typeof one === 'string').join(' ') : ''
}

/** Of themes that were named; of one that was removed, or said by hand to be spoken to. */
function themesIn(value: unknown): string {
  if (!isRecord(value)) return ''
  if (Array.isArray(value['themes'])) return value['themes'].map((one) => stringIn(one, 'name') ?? '').join(', ')
  const name = typeof value['theme'] === 'number' ? (stringIn(value, 'name') ?? '') : ''
  return 'carries' in value ? `${name}: ${value['carries'] === null ? 'as its words say' : value['carries'] === true ? 'yes' : 'no'}` : name
}

/** Of authors in Word files, said to be a delegation's, of the text, or left out. */
function authorsIn(value: unknown): string {
  const authors = isRecord(value) ? value['authors'] : null
  if (!Array.isArray(authors)) return ''
  return authors.map((one) => `${stringIn(one, 'name') ?? ''}: ${isRecord(one) ? (stringIn(one['role'], 'delegation') ?? (stringIn(one['role'], 'kind') === 'text' ? 'the text as it is' : 'left out')) : ''}`).join(', ')
}

export function recordLine(entry: Recorded): RecordLine {
  const outer: unknown = entry.body
  const inner: unknown = isRecord(outer) ? outer['body'] : null
  const about = isRecord(inner) ? inner['about'] : null
  return {
    seq: entry.seq,
    atMs: entry.atMs,
    kind: entry.kind,
    delegation: stringIn(isRecord(outer) ? outer['hat'] : null, 'delegation'),
    person: entry.actorName,
    amendment: stringIn(inner, 'amendment') ?? stringIn(about, 'amendment'),
    unit: stringIn(inner, 'unit') ?? stringIn(about, 'unit') ?? stringIn(about, 'target'),
    amendments: [...new Set([...idsIn(inner, ['amendment', 'incorporate', 'merge', 'bracket', 'hold', 'decline', 'closed']), ...idsIn(about, ['amendment'])])],
    units: [...new Set([...idsIn(inner, ['unit', 'units']), ...idsIn(about, ['unit', 'target'])])],
    note: stringIn(inner, 'note') ?? stringIn(inner, 'reason') ?? stringIn(inner, 'words') ?? (sentencesIn(inner) || themesIn(inner) || authorsIn(inner)),
    particulars: particularsOf(entry.kind, outer),
  }
}
