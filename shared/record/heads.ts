/**
 * The end of a record, signed by the server. Whoever keeps one can tell later that the record goes on from it, and show others
 * if it does not: two heads of one draft that do not lie on one chain, both signed, are proof of it.
 */
import { canonicalJson } from '../lifecycle/canonical.ts'
import { keyIdOf } from '../lifecycle/signature.ts'
import type { CheckSignature, PublicKey, Signature } from '../lifecycle/signature.ts'
import { chainFaults } from './chain.ts'
import type { ChainEnd, ToldEntry } from './chain.ts'

export const headDomain = 'omnibus-record-head-1'

/** What is signed: the canonical JSON of these members. */
export interface Head extends ChainEnd, PublicKey {
  readonly domain: typeof headDomain
  readonly draft: string
  /** When it was signed, by the server's clock, in UTC (ISO 8601). */
  readonly time: string
}

export interface SignedHead extends Head {
  /** Ed25519, in hexadecimal digits. */
  readonly signature: string
}

const headBytes = ({ domain, draft, seq, digest, time, keyId, publicKey }: Head): Uint8Array =>
  new TextEncoder().encode(canonicalJson({ domain, draft, seq, digest, time, keyId, publicKey }))

export function signHead(keys: { readonly current: PublicKey; sign(bytes: Uint8Array): Signature }, draft: string, { seq, digest }: ChainEnd, atMs: number): SignedHead {
  const { keyId, publicKey } = keys.current
  const head: Head = { domain: headDomain, draft, seq, digest, time: new Date(atMs).toISOString(), keyId, publicKey }
  return { ...head, signature: keys.sign(headBytes(head)).signature }
}

/** Whether it is signed by the key that it names. Rejects where the platform cannot check. */
export const isSigned = async (head: SignedHead, check: CheckSignature): Promise<boolean> =>
  keyIdOf(head.publicKey) === head.keyId && check(head.publicKey, headBytes(head), head.signature)

const digits = (count: number) => (value: unknown): boolean => typeof value === 'string' && value.length === count && /^[0-9a-f]+$/.test(value)
const members: Readonly<Record<keyof SignedHead, (value: unknown) => boolean>> = {
  domain: (value) => value === headDomain,
  draft: (value) => typeof value === 'string',
  seq: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  digest: digits(64),
  time: (value) => typeof value === 'string',
  keyId: digits(64),
  publicKey: digits(64),
  signature: digits(128),
}

export const isSignedHead = (value: unknown): value is SignedHead =>
  typeof value === 'object' && value !== null && Object.entries(members).every(([name, test]) => test((value as Record<string, unknown>)[name]))

/**
 * - `shorter`   the record has fewer entries than were seen
 * - `other`     the entry that was its last one is another now
 * - `broken`    what came since is not chained onto it, or does not lead to the head that the server names
 */
export type Departure = 'shorter' | 'other' | 'broken'

/** Why a record does not go on from a head that was seen before; null where it does. `entries` are those that are known, in order. */
export function departureFrom(kept: ChainEnd, draft: string, entries: readonly ToldEntry[], head: ChainEnd): Departure | null {
  if (head.seq < kept.seq) return 'shorter'
  if (head.seq === kept.seq) return head.digest === kept.digest ? null : 'other'
  const at = entries.find(({ seq }) => seq === kept.seq)
  if (at !== undefined && at.digest !== kept.digest) return 'other'
  const since = entries.filter(({ seq }) => seq > kept.seq && seq <= head.seq)
  if (chainFaults(draft, since, kept).length > 0) return 'broken'
  const last = since.at(-1)
  // An answer may tell of an end that its entries do not reach yet.
  return last !== undefined && last.seq === head.seq && last.digest !== head.digest ? 'broken' : null
}
