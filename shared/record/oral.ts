/**
 * The oral revisions of a draft's frozen texts, as the record tells them: no document has a byte of them. Pure.
 */
import type { Certified } from '../lifecycle/oral.ts'
import type { Signature } from '../lifecycle/signature.ts'
import type { OralChange } from '../text/oral-revision.ts'
import { isOralChange } from '../text/oral-revision.ts'
import type { JsonValue } from '../wire/json.ts'

export interface OralRevision {
  /** Of the frozen version that it is about, and its own among those of it. */
  readonly version: number
  readonly number: number
  /** The delegation whose it is. */
  readonly author: string
  /** As it is printed. */
  readonly authorName: string
  /** Entered by the chair's table for it. */
  readonly asRecorded: boolean
  /** Entry of the record that announced it. */
  readonly seq: number
  readonly atMs: number
  /** Of the text before, as it was announced, and of the text after. */
  readonly base: string
  readonly digest: string
  readonly result: string
  readonly changes: readonly OralChange[]
  readonly sentences: readonly string[]
  /** Null while it waits. */
  readonly certified: Certification | null
}

export interface Certification {
  readonly seq: number
  readonly atMs: number
  /** By the chair's table for its author. */
  readonly asRecorded: boolean
  readonly form: Certified
  readonly sha256: string
  readonly signature: Signature
}

/** By the number of the frozen version, in their order. Only the last can be one that waits. */
export type OralRevisions = ReadonlyMap<number, readonly OralRevision[]>

type Row = { readonly seq: number; readonly atMs: number; readonly kind: string; readonly body: JsonValue }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const string = (value: unknown): string => (typeof value === 'string' ? value : '')
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(string) : [])

/** Total; entries of other kinds change nothing. */
export function foldOral(rows: readonly Row[], onto: OralRevisions = new Map()): OralRevisions {
  return rows.reduce(folded, onto)
}

function folded(before: OralRevisions, { seq, atMs, kind, body }: Row): OralRevisions {
  const said: unknown = isRecord(body) ? body['body'] : null
  const version = isRecord(said) ? said['version'] : null
  if (!isRecord(said) || typeof version !== 'number') return before
  const known = before.get(version) ?? []
  const last = known.at(-1)
  const put = (revisions: readonly OralRevision[]): OralRevisions => new Map(before).set(version, revisions)
  if (kind === 'revise-orally') {
    const changes: unknown = said['changes']
    return put([...known, {
      version, number: known.length + 1, author: string(said['delegation']), authorName: string(said['author']), asRecorded: said['asRecorded'] === true, seq, atMs,
      base: string(said['base']), digest: string(said['digest']), result: string(said['result']),
      changes: Array.isArray(changes) ? changes.filter(isOralChange) : [],
      sentences: strings(said['sentences']), certified: null,
    }])
  }
  if (last === undefined || last.certified !== null || last.digest !== said['digest']) return before
  if (kind === 'discard-oral') return put(known.slice(0, -1))
  if (kind !== 'certify-oral' || !isRecord(said['form'])) return before
  const [form, signature] = [said['form'] as unknown as Certified, said['signature'] as unknown as Signature]
  return put([...known.slice(0, -1), { ...last, certified: { seq, atMs, asRecorded: said['asRecorded'] === true, form, sha256: string(said['sha256']), signature } }])
}

export const oralOf = (revisions: OralRevisions, version: number | undefined): readonly OralRevision[] => (version === undefined ? [] : (revisions.get(version) ?? []))

export const certifiedIn = (revisions: readonly OralRevision[]): readonly OralRevision[] => revisions.filter(({ certified }) => certified !== null)

/** The one that is announced and neither certified nor discarded. */
export const waitingIn = (revisions: readonly OralRevision[]): OralRevision | null => revisions.find(({ certified }) => certified === null) ?? null
