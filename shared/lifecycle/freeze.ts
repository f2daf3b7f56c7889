/**
 * What freezing fixes. The preview is what everybody can compute and the chair confirms by digest; the canonical form is
 * the preview with what only the server knows (its time, the chain before it), in RFC 8785 JSON.
 */
import type * as Y from 'yjs'
import { readAmendments } from '../model/amendments.ts'
import { valueOf } from '../model/operations.ts'
import { readDraft } from '../model/reader.ts'
import { readAmendmentState, readStage } from '../model/state.ts'
import { isUndecided } from '../policy/types.ts'
import type { JsonValue } from '../wire/json.ts'
import { canonicalJson } from './canonical.ts'
import { digestOf, sha256Hex } from './digests.ts'

/** An amendment that has no decision yet: freezing closes it as not reflected, or waits. */
export interface OpenAmendment {
  readonly id: string
  readonly target: string
  readonly proposer: string
  readonly flagged: boolean
}

export interface FreezePreview {
  /** Of `resolution` and `open`: what the chair saw. */
  readonly digest: string
  readonly resolution: JsonValue
  readonly open: readonly OpenAmendment[]
}

/** `flagged`: amendments under a flag, released or not; they are in no document. */
export function freezePreview(doc: Y.Doc, flagged: ReadonlySet<string>): FreezePreview {
  const { language } = readStage(doc)
  const resolution = valueOf(readDraft(doc, language), language) as unknown as JsonValue
  const open: OpenAmendment[] = []
  for (const amendment of readAmendments(doc)) {
    const state = readAmendmentState(doc, amendment.id)
    if (state === null || !isUndecided(state.status)) continue
    open.push({ id: amendment.id, target: amendment.about.target, proposer: state.proposer, flagged: flagged.has(amendment.id) })
  }
  return { digest: digestOf({ resolution, open: open.map((one) => ({ ...one })) }), resolution, open }
}

export const canonicalDomain = 'omnibus-frozen-text-1'

export interface FrozenFacts {
  readonly draft: string
  readonly symbol: string
  readonly title: string
  readonly language: string
  readonly version: number
  readonly atMs: number
  /** SHA-256 of the version before, or null. */
  readonly previous: string | null
  /** Digest of the last record entry before the freeze, or null. */
  readonly recordHead: string | null
  readonly resolution: JsonValue
}

/**
 * The bytes that are digested, kept and handed out. `keyId` and `signatures` have their place and are empty until
 * signing comes; signatures will be over these bytes with `signatures` empty.
 */
export function canonicalForm(facts: FrozenFacts): { bytes: Uint8Array; sha256: string } {
  const form: JsonValue = {
    domain: canonicalDomain,
    draft: facts.draft,
    symbol: facts.symbol,
    title: facts.title,
    language: facts.language,
    stage: 'frozen',
    version: facts.version,
    time: new Date(facts.atMs).toISOString(),
    keyId: null,
    previous: facts.previous,
    recordHead: facts.recordHead,
    resolution: facts.resolution,
    signatures: [],
  }
  const bytes = new TextEncoder().encode(canonicalJson(form))
  return { bytes, sha256: sha256Hex(bytes) }
}
