/**
 * The hash chain of a draft's record. What an entry says is digested first, and the chain runs over that digest, so that an
 * entry whose words are not told keeps its place in a chain that anybody can compute again:
 *
 *     who:     SHA-256 over the UTF-8 of the id of the person who acted
 *     content: SHA-256 over the fields "omnibus/record-content/1", who, kind, body
 *     digest:  SHA-256 over the fields "omnibus/record/2", previous, draft, seq, atMs, content
 *
 * Fields become bytes as in `lifecycle/hash.ts`. Digests are lower-case hexadecimal, and digested as that text. `previous` is the
 * digest of the entry before; 64 zeros for the first. `body` is canonical JSON (RFC 8785). docs/VERIFY.md says the same for
 * those who write a verifier of their own: another form needs another tag.
 */
import { canonicalJson } from '../lifecycle/canonical.ts'
import { fieldBytes, sha256Hex } from '../lifecycle/hash.ts'
import type { JsonValue } from '../wire/json.ts'

export const GENESIS_DIGEST = '0'.repeat(64)

const utf8 = new TextEncoder()

/** Ids of persons are random, so that their digest tells nobody who it was. */
export const whoDigest = (actor: string): string => sha256Hex(utf8.encode(actor))

/** Throws a RangeError when the body has no canonical form. */
export const contentDigest = (who: string, kind: string, body: JsonValue): string =>
  sha256Hex(fieldBytes(['omnibus/record-content/1', who, kind, canonicalJson(body)]))

interface Place {
  readonly seq: number
  readonly atMs: number
}

export const entryDigestAfter = (previous: string, draft: string, { seq, atMs }: Place, content: string): string =>
  sha256Hex(fieldBytes(['omnibus/record/2', previous, draft, seq, atMs, content]))

/** An entry as it is told: with what it says, or with the digest of that alone. */
export type ToldEntry = Place & { readonly digest: string } & (
  | { readonly who: string; readonly kind: string; readonly body: JsonValue }
  | { readonly content: string })

export const isInConfidence = (entry: ToldEntry): entry is Extract<ToldEntry, { content: string }> => 'content' in entry

/** The last entry of a chain, by its number and digest. */
export interface ChainEnd {
  readonly seq: number
  readonly digest: string
}

export const chainBegin: ChainEnd = { seq: 0, digest: GENESIS_DIGEST }

/**
 * - `record-missing`  entries before this one are not there
 * - `record-order`    it stands twice, or behind a later one
 * - `record-changed`  it, or what came before it, is not what was chained
 * - `record-time`     it is earlier than the one before it
 */
export type ChainFaultCode = 'record-missing' | 'record-order' | 'record-changed' | 'record-time'

const faultSentences: Readonly<Record<ChainFaultCode, (seq: number) => string>> = {
  'record-missing': (seq) => `Entries of the record before no. ${seq} are missing.`,
  'record-order': (seq) => `Entry ${seq} of the record stands out of order, or twice.`,
  'record-changed': (seq) => `Entry ${seq} of the record is not the one that was recorded: it was changed, put in, or put in another’s place.`,
  'record-time': (seq) => `Entry ${seq} of the record is earlier than the one before it.`,
}

export const faultSentence = (code: ChainFaultCode, seq: number): string => faultSentences[code](seq)

export interface ChainFault {
  readonly code: ChainFaultCode
  readonly seq: number
}

/** What is wrong with these entries as the continuation of `after`; each cause once. */
export function chainFaults(draft: string, entries: readonly ToldEntry[], after: ChainEnd = chainBegin): readonly ChainFault[] {
  const faults: ChainFault[] = []
  let before = { ...after, atMs: 0 }
  for (const entry of entries) {
    const { seq, atMs, digest } = entry
    if (seq > before.seq + 1) faults.push({ code: 'record-missing', seq })
    else if (seq <= before.seq) faults.push({ code: 'record-order', seq })
    else if (digestOrNull(before.digest, draft, entry) !== digest) faults.push({ code: 'record-changed', seq })
    else if (atMs < before.atMs) faults.push({ code: 'record-time', seq })
    // With the digest that it claims: what follows is then found sound, and each cause named once.
    before = { seq, digest, atMs }
  }
  return faults
}

function digestOrNull(previous: string, draft: string, entry: ToldEntry): string | null {
  try {
    const content = isInConfidence(entry) ? entry.content : contentDigest(entry.who, entry.kind, entry.body)
    return entryDigestAfter(previous, draft, entry, content)
  } catch {
    return null
  }
}

/** Where a chain of told entries ends. */
export const endOf = (entries: readonly ToldEntry[]): ChainEnd => {
  const last = entries.at(-1)
  return last === undefined ? chainBegin : { seq: last.seq, digest: last.digest }
}

/** As the server answers with it: `content` where it is not told what it says. */
export interface AnsweredEntry extends Place {
  readonly digest: string
  readonly who: string | null
  readonly content: string | null
  readonly kind: string
  readonly body: JsonValue
}

export const toldOf = ({ seq, atMs, digest, who, content, kind, body }: AnsweredEntry): ToldEntry =>
  content !== null ? { seq, atMs, digest, content } : { seq, atMs, digest, who: who ?? '', kind, body }
