/**
 * What freezing fixes. The preview is what everybody can compute and the chair confirms by digest; the canonical form is
 * the preview with what only the server knows (its time, its key, the chain before it), in RFC 8785 JSON.
 */
import type * as Y from 'yjs'
import { readAmendments } from '../model/amendments.ts'
import { valueOf } from '../model/operations.ts'
import { readDraft } from '../model/reader.ts'
import { readAmendmentState, readStage } from '../model/state.ts'
import type { ResolutionValue } from '../model/value.ts'
import { isUndecided } from '../policy/types.ts'
import type { ChainEnd } from '../record/chain.ts'
import { printedSponsors } from '../text/sponsors.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf } from './digests.ts'
import { sha256Hex } from './hash.ts'
import type { Signature } from './signature.ts'

/** An amendment that has no decision yet: freezing closes it as not reflected, or waits. */
export interface OpenAmendment {
  readonly id: string
  readonly target: string
  readonly proposer: string
  readonly flagged: boolean
}

export interface FreezePreview {
  /** Of `resolution`, `sponsors` and `open`: what the chair saw. */
  readonly digest: string
  readonly resolution: ResolutionValue
  readonly sponsors: readonly JsonValue[]
  readonly open: readonly OpenAmendment[]
}

/** `flagged`: amendments under a flag, released or not; they are in no document. */
export function freezePreview(doc: Y.Doc, flagged: ReadonlySet<string>): FreezePreview {
  const { language } = readStage(doc)
  const resolution = valueOf(readDraft(doc, language), language)
  const sponsors: readonly JsonValue[] = printedSponsors(doc).map((one) => ({ ...one }))
  const open: OpenAmendment[] = []
  for (const amendment of readAmendments(doc)) {
    const state = readAmendmentState(doc, amendment.id)
    if (state === null || !isUndecided(state.status)) continue
    open.push({ id: amendment.id, target: amendment.about.target, proposer: state.proposer, flagged: flagged.has(amendment.id) })
  }
  return { digest: digestOf({ resolution: resolution as unknown as JsonValue, sponsors, open: open.map((one) => ({ ...one })) }), resolution, sponsors, open }
}

export const canonicalDomain = 'omnibus-frozen-text-2'

export interface FrozenFacts {
  readonly draft: string
  readonly symbol: string
  readonly title: string
  readonly language: string
  readonly version: number
  readonly atMs: number
  /** Of the key that it will be signed with. */
  readonly keyId: string
  /** SHA-256 of the version before, or null. */
  readonly previous: string | null
  /** The last record entry before the freeze, or null. */
  readonly recordHead: ChainEnd | null
  readonly resolution: JsonValue
  readonly sponsors: readonly JsonValue[]
}

/** The frozen form as a value. `signatures` are over its canonical bytes with that list empty. */
export interface FrozenForm {
  readonly [member: string]: JsonValue
  readonly signatures: readonly JsonValue[]
}

export interface Unsigned {
  readonly form: FrozenForm
  /** What is digested and signed. */
  readonly bytes: Uint8Array
  /** Of `bytes`: it names the version, and stays the same whoever signs. */
  readonly sha256: string
}

/** What is fixed, before it is signed. `parts` are the digests of the words and of the sponsors by themselves, so that a change can be named. */
export function canonicalForm(facts: FrozenFacts): Unsigned {
  const { resolution, sponsors } = facts
  return unsigned({
    domain: canonicalDomain,
    draft: facts.draft,
    symbol: facts.symbol,
    title: facts.title,
    language: facts.language,
    stage: 'frozen',
    version: facts.version,
    time: new Date(facts.atMs).toISOString(),
    keyId: facts.keyId,
    previous: facts.previous,
    recordHead: facts.recordHead === null ? null : { seq: facts.recordHead.seq, digest: facts.recordHead.digest },
    resolution,
    sponsors,
    parts: { resolution: digestOf(resolution), sponsors: digestOf(sponsors) },
    signatures: [],
  })
}

/** The form without its signatures. Throws a RangeError where it has no canonical form. */
export function unsigned(signed: FrozenForm): Unsigned {
  const form = { ...signed, signatures: [] }
  const bytes = new TextEncoder().encode(canonicalJson(form))
  return { form, bytes, sha256: sha256Hex(bytes) }
}

/** What is kept and handed out: the form with who signed it. */
export const signedBytes = ({ form }: Unsigned, signatures: readonly Signature[]): Uint8Array =>
  new TextEncoder().encode(canonicalJson({ ...form, signatures: signatures.map((one) => ({ ...one })) }))
