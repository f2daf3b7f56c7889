/**
 * The sealed file of a frozen text: everything that is needed to check it without the server, in one canonical JSON. It is the same
 * for whoever asks, so that two copies can be compared: persons are digests in it, and of entries that are in confidence
 * it holds what the chain needs. Oral revisions that were certified since stand beside the text, each signed by itself. docs/VERIFY.md describes it for those who write a verifier of their own.
 */
import { audienceOf } from '../record/audience.ts'
import { contentDigest, whoDigest } from '../record/chain.ts'
import type { ToldEntry } from '../record/chain.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { canonicalDomain } from './freeze.ts'
import type { FrozenForm } from './freeze.ts'
import { isOralChange } from '../text/oral-revision.ts'
import { oralDomain } from './oral.ts'
import type { Certified } from './oral.ts'
import { fingerprintOf } from './signature.ts'
import type { PublicKey, Signature } from './signature.ts'

export const sealedDomain = 'omnibus-sealed-text-1'

export interface SealedFile {
  readonly domain: typeof sealedDomain
  readonly form: SealedForm
  readonly sha256: string
  readonly key: { readonly algorithm: 'Ed25519'; readonly keyId: string; readonly publicKey: string; readonly fingerprint: string }
  readonly record: readonly ToldEntry[]
  /** What was certified since to be revised orally, in order. Only where there is some: the file is else as it was when the text was frozen. */
  readonly oral?: readonly SealedOral[]
}

export interface SealedOral {
  readonly form: Certified
  readonly key: SealedFile['key']
  readonly signature: Signature
}

/** What is looked at in the form; whatever else is in it is digested and signed with the rest. */
export interface SealedForm extends FrozenForm {
  readonly draft: string
  readonly symbol: string
  readonly title: string
  readonly version: number
  readonly time: string
  readonly keyId: string
  readonly previous: string | null
  readonly recordHead: { readonly seq: number; readonly digest: string } | null
  readonly resolution: JsonValue
  readonly sponsors: readonly JsonValue[]
  readonly parts: { readonly resolution: string; readonly sponsors: string }
  readonly signatures: readonly { readonly algorithm: 'Ed25519'; readonly keyId: string; readonly signature: string }[]
}

type Test = (value: unknown) => boolean

const matches = (pattern: RegExp): Test => (value) => typeof value === 'string' && pattern.test(value)
const digest = matches(/^[0-9a-f]{64}$/)
const text: Test = (value) => typeof value === 'string'
const count: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const anything: Test = () => true
const only = (wanted: string): Test => (value) => value === wanted
const orNull = (test: Test): Test => (value) => value === null || test(value)
const list = (test: Test): Test => (value) => Array.isArray(value) && value.every(test)
const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const members = (tests: Readonly<Record<string, Test>>): Test => (value) =>
  isMap(value) && Object.entries(tests).every(([name, test]) => Object.hasOwn(value, name) && test(value[name]))
const exactly = (tests: Readonly<Record<string, Test>>): Test => (value) => members(tests)(value) && Object.keys(value as object).length === Object.keys(tests).length

const toldEntry = exactly({ seq: count, atMs: count, digest, who: digest, kind: text, body: anything })
const hiddenEntry = exactly({ seq: count, atMs: count, digest, content: digest })

export const isToldEntry = (value: unknown): value is ToldEntry => toldEntry(value) || hiddenEntry(value)

const ed25519 = only('Ed25519')
const publicKey = exactly({ algorithm: ed25519, keyId: digest, publicKey: digest, fingerprint: text })
const signature = exactly({ algorithm: ed25519, keyId: digest, signature: matches(/^[0-9a-f]{128}$/) })

const sealedOral = exactly({
  form: exactly({
    domain: only(oralDomain), draft: text, version: count, text: digest, number: count, author: text, base: digest, changes: list(isOralChange), sentences: list(text), result: digest,
    certified: digest, announcedAt: text, certifiedAt: text, certifiedBy: digest, asRecorded: (value) => typeof value === 'boolean', previous: orNull(digest),
  }),
  key: publicKey,
  signature,
})

const parts: Readonly<Record<string, Test>> = {
  domain: only(sealedDomain),
  form: members({
    domain: only(canonicalDomain), draft: text, symbol: text, title: text, version: count, time: text, keyId: digest, previous: orNull(digest),
    recordHead: orNull(exactly({ seq: count, digest })),
    resolution: anything,
    sponsors: list(anything),
    parts: exactly({ resolution: digest, sponsors: digest }),
    signatures: list(signature),
  }),
  sha256: digest,
  key: publicKey,
  record: list(isToldEntry),
}

const sealedFile: Test = (value) => exactly(parts)(value) || exactly({ ...parts, oral: list(sealedOral) })(value)

/** Of a value that was read as JSON. */
export const isSealedFile = (value: unknown): value is SealedFile => sealedFile(value)

/** An entry of the record as the store has it. */
export interface RecordedEntry {
  readonly seq: number
  readonly atMs: number
  readonly actor: string
  /** The command's name. */
  readonly kind: string
  readonly body: JsonValue
  /** Chained as shared/record/chain.ts says. */
  readonly digest: string
}

/** As it is told to everybody. */
export function openlyTold({ seq, atMs, actor, kind, body, digest: own }: RecordedEntry): ToldEntry {
  const who = whoDigest(actor)
  return audienceOf(body) === null ? { seq, atMs, digest: own, who, kind, body } : { seq, atMs, digest: own, content: contentDigest(who, kind, body) }
}

const keyOf = ({ keyId, publicKey: digits }: PublicKey): { algorithm: 'Ed25519'; keyId: string; publicKey: string; fingerprint: string } =>
  ({ algorithm: 'Ed25519', keyId, publicKey: digits, fingerprint: fingerprintOf(keyId) })

/** A certified oral revision with the key that signed it. */
export type SignedOral = Pick<SealedOral, 'form' | 'signature'> & { readonly key: PublicKey }

/** `form` as it is kept, signed by `key`; `record` up to the head that it names; `oral` since. */
export function sealedText(form: FrozenForm, sha256: string, key: PublicKey, record: readonly RecordedEntry[], oral: readonly SignedOral[]): string {
  return canonicalJson({
    domain: sealedDomain,
    form,
    sha256,
    key: keyOf(key),
    record: record.map((entry) => ({ ...openlyTold(entry) })),
    ...(oral.length === 0 ? {} : { oral: oral.map((one) => ({ form: one.form as unknown as JsonValue, key: keyOf(one.key), signature: { ...one.signature } })) }),
  })
}
