/**
 * What is fixed of an oral revision. *Announced*: whose it is, against which text, its changes, their sentences and the text that
 * they give; its digest is what its author certifies. *Certified*: that, with who certified it and when, in RFC 8785 JSON, signed by
 * the server, so that it can be checked beside the sealed file of the text without the server.
 */
import type { OralChange } from '../text/oral-revision.ts'
import type { ResolutionValue } from '../model/value.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf } from './digests.ts'
import { sha256Hex } from './hash.ts'

export const oralDomain = 'omnibus-oral-revision-1'

export interface Announced {
  readonly draft: string
  /** The frozen version, and its digest. */
  readonly version: number
  readonly text: string
  /** Among the oral revisions of that version, from 1. */
  readonly number: number
  /** As it is printed. */
  readonly author: string
  /** Digest of the text that its changes and sentences are about: the frozen one as the certified ones before have left it. */
  readonly base: string
  readonly changes: readonly OralChange[]
  readonly sentences: readonly string[]
  /** Digest of the text as it then reads. */
  readonly result: string
}

/** What its author certifies. */
export const digestOfAnnounced = (announced: Announced): string => digestOf(jsonOf(announced))

const jsonOf = ({ draft, version, text, number, author, base, changes, sentences, result }: Announced): Record<string, JsonValue> =>
  ({ draft, version, text, number, author, base, changes: changes as unknown as JsonValue, sentences: [...sentences], result })

export const digestOfResolution = (value: ResolutionValue): string => digestOf(value as unknown as JsonValue)

/** What is signed. */
export interface Certified extends Announced {
  readonly domain: typeof oralDomain
  /** Of what was certified. */
  readonly certified: string
  /** ISO, UTC. */
  readonly announcedAt: string
  readonly certifiedAt: string
  /** SHA-256 of the id of the person who certified, as in the record. */
  readonly certifiedBy: string
  /** By the chair's table for its author. */
  readonly asRecorded: boolean
  /** Digest of the certified oral revision before it, or null. */
  readonly previous: string | null
}

export function certifiedForm(announced: Announced, facts: Omit<Certified, keyof Announced | 'domain' | 'certified'>): { readonly form: Certified; readonly bytes: Uint8Array; readonly sha256: string } {
  const { announcedAt, certifiedAt, certifiedBy, asRecorded, previous } = facts
  const form: Certified = { ...announced, domain: oralDomain, certified: digestOfAnnounced(announced), announcedAt, certifiedAt, certifiedBy, asRecorded, previous }
  return { form, ...bytesOfCertified(form) }
}

/** Throws a RangeError where it has no canonical form. */
export function bytesOfCertified(form: Certified): { readonly bytes: Uint8Array; readonly sha256: string } {
  const bytes = new TextEncoder().encode(canonicalJson(form as unknown as JsonValue))
  return { bytes, sha256: sha256Hex(bytes) }
}
