/**
 * Checks a sealed file with nothing but the file and, where one has it, the key: what holds, what does not, and what cannot be
 * known from it, each in a sentence. Pure but for the platform's Ed25519, which is given.
 */
import { chainFaults, endOf, faultSentence, isInConfidence } from '../record/chain.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf } from './digests.ts'
import { fails, holds, unknown } from './finding.ts'
import type { Finding } from './finding.ts'
import { unsigned } from './freeze.ts'
import { isSealedFile } from './sealed.ts'
import { oralFindings } from './verify-oral.ts'
import type { SealedFile } from './sealed.ts'
import { fingerprintOf, keyIdOf } from './signature.ts'
import type { CheckSignature } from './signature.ts'

/** What a sealed file can fail in; docs/VERIFY.md lists the same. */
export const verifyCodes = [
  'not-json', 'unknown-form', 'not-canonical', 'text-changed', 'sponsors-changed', 'form-changed', 'key-mismatch', 'wrong-key',
  'signature-missing', 'signature-wrong', 'signature-unchecked', 'record-missing', 'record-order', 'record-changed', 'record-time', 'record-head',
  'oral-order', 'oral-changed', 'oral-key', 'oral-signature',
] as const
export type VerifyCode = (typeof verifyCodes)[number]

export type VerifyFinding = Finding<VerifyCode>

export interface VerifyOptions {
  /** The public key or its id (64 hexadecimal digits), had from elsewhere; null when there is none. */
  readonly key: string | null
  readonly check: CheckSignature
}

/** Everything that was looked at, in order. The file is sound where nothing `fails`. */
export async function verifySealed(bytes: Uint8Array, { key, check }: VerifyOptions): Promise<readonly VerifyFinding[]> {
  const read = readSealed(bytes)
  if (!read.ok) return [read.finding]
  const { file, isCanonical } = read
  return [
    isCanonical
      ? holds('The file is whole, and every byte of it is where its form puts it.')
      : fails('not-canonical', 'The bytes of the file are not as they were written: it was edited or formatted anew. What follows is about what it says.'),
    ...textFindings(file),
    ...keyFindings(file, key),
    ...(await signatureFindings(file, check)),
    ...recordFindings(file),
    ...(await oralFindings(file, { key, check })),
    ...unknowable(file),
  ]
}

type Read = { readonly ok: true; readonly file: SealedFile; readonly isCanonical: boolean } | { readonly ok: false; readonly finding: VerifyFinding }

function readSealed(bytes: Uint8Array): Read {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    return { ok: false, finding: fails('not-json', 'The file is not JSON in UTF-8: it was cut short or changed, or is another file.') }
  }
  try {
    if (isSealedFile(value)) return { ok: true, file: value, isCanonical: canonicalJson(value as unknown as JsonValue) === text }
  } catch {
    // Nested without end, or half a surrogate pair: nothing that the server writes.
  }
  return { ok: false, finding: fails('unknown-form', 'The file does not have the form of a sealed text that this program knows: it was changed, or is another file.') }
}

function textFindings({ form, sha256 }: SealedFile): readonly VerifyFinding[] {
  const isText = digestOf(form.resolution) === form.parts.resolution
  const isSponsors = digestOf(form.sponsors) === form.parts.sponsors
  const isForm = unsigned(form).sha256 === sha256
  const named = form.symbol === '' ? `version ${form.version} of “${form.title}”` : `${form.symbol}, version ${form.version} of “${form.title}”`
  return [
    isText ? holds('The words are those that their digest names.') : fails('text-changed', 'The words of the resolution are not those that were frozen.'),
    isSponsors
      ? holds(form.sponsors.length === 0 ? 'No sponsors were named when it was frozen.' : `The ${form.sponsors.length} sponsors are those that their digest names, in that order.`)
      : fails('sponsors-changed', 'The list of sponsors is not the one that was frozen.'),
    isForm
      ? holds(`The digest ${sha256} is that of ${named}, frozen at ${form.time}.`)
      : fails('form-changed', `The digest ${sha256} is not that of the text in the file: something of ${named} was changed.`),
  ]
}

function keyFindings({ form, key }: SealedFile, trusted: string | null): readonly VerifyFinding[] {
  const isWhole = keyIdOf(key.publicKey) === key.keyId && fingerprintOf(key.keyId) === key.fingerprint && form.keyId === key.keyId
  return [
    isWhole
      ? holds(`The key in the file has the fingerprint ${key.fingerprint}, and is the one that the text names.`)
      : fails('key-mismatch', 'The key in the file, its fingerprint and the key that the text names are not one and the same.'),
    trusted === null
      ? unknown('Whose key it is, the file cannot tell. Compare the fingerprint with the one that the server’s operator gave you, or give that key to the check.')
      : trusted === key.publicKey || trusted === keyIdOf(key.publicKey)
        ? holds('It is the key that you gave.')
        : fails('wrong-key', 'It is not the key that you gave: somebody else has signed this, or the server signed it with another of its keys.'),
  ]
}

async function signatureFindings({ form, key }: SealedFile, check: CheckSignature): Promise<readonly VerifyFinding[]> {
  const { bytes } = unsigned(form)
  const own = form.signatures.filter(({ keyId }) => keyId === key.keyId)
  const others = form.signatures.length - own.length
  const findings = await Promise.all(own.map(async ({ signature }): Promise<VerifyFinding> => {
    try {
      return (await check(key.publicKey, bytes, signature))
        ? holds('The signature is of that key, over exactly this text.')
        : fails('signature-wrong', 'The signature is not of that key over this text: one of them was changed.')
    } catch {
      return fails('signature-unchecked', 'This machine cannot check Ed25519 signatures. Check the file with the command `omnibus verify`.')
    }
  }))
  if (own.length === 0) findings.push(fails('signature-missing', 'There is no signature of the key that the text names.'))
  if (others > 0) findings.push(unknown(`There are ${others} signatures of other keys, which are not in the file.`))
  return findings
}

/** No more of one kind of fault is told: a record that was cut to pieces has one in every entry. */
const faultsTold = 20

function recordFindings({ form, record }: SealedFile): readonly VerifyFinding[] {
  const faults = chainFaults(form.draft, record)
  const named = form.recordHead ?? { seq: 0, digest: null }
  const end = endOf(record)
  const isHead = end.seq === named.seq && (named.digest === null || end.digest === named.digest)
  const hidden = record.filter(isInConfidence).length
  return [
    ...faults.slice(0, faultsTold).map(({ code, seq }) => fails(code, faultSentence(code, seq))),
    ...(faults.length === 0 ? [holds(`The ${record.length} entries of the record form one chain without a gap.`)] : []),
    isHead
      ? holds(`The record ends at entry ${named.seq}, as the text says.`)
      : fails('record-head', `The record in the file ends at entry ${end.seq} with another digest than the text names for entry ${named.seq}: entries were removed, added or changed.`),
    ...(hidden === 0 ? [] : [unknown(`${hidden} entries are in confidence: that they are in their place is proved, what they say is not in the file.`)]),
  ]
}

function unknowable({ form, oral = [] }: SealedFile): readonly VerifyFinding[] {
  return [
    ...(oral.length === 0 ? [] : [unknown('That no further oral revision was certified, no file can prove: another copy may have more of them.')]),
    ...(form.previous === null ? [] : [unknown(`It follows a version with the digest ${form.previous}, which is not in the file.`)]),
    unknown('That the server’s clock was right, and that nothing happened which was never recorded, no file can prove.'),
  ]
}
