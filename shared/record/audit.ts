/**
 * Checks an exported record, or heads that were kept of it: lines of JSON, each a signed head or an entry (`export.ts`). Pure but for
 * the platform's Ed25519, which is given.
 */
import { fails, holds, unknown } from '../lifecycle/finding.ts'
import type { Finding } from '../lifecycle/finding.ts'
import { isToldEntry } from '../lifecycle/sealed.ts'
import { fingerprintOf } from '../lifecycle/signature.ts'
import type { CheckSignature } from '../lifecycle/signature.ts'
import { chainFaults, endOf, faultSentence, isInConfidence } from './chain.ts'
import type { ChainFaultCode, ToldEntry } from './chain.ts'
import { isSigned, isSignedHead } from './heads.ts'
import type { SignedHead } from './heads.ts'

/**
 * - `bad-line`        a line is neither an entry nor a head
 * - `drafts-mixed`    they are of several drafts
 * - `head-unsigned`   a head is not signed by the key that it names
 * - `wrong-key`       nor by the key that was given
 * - `record-head`     the record ends before a head
 * - `heads-differ`    a head is not on the chain of the entries, or two of one number differ
 */
export type AuditCode = ChainFaultCode | 'bad-line' | 'drafts-mixed' | 'head-unsigned' | 'wrong-key' | 'record-head' | 'heads-differ'

export interface AuditOptions {
  /** The public key or its id, had from elsewhere; null when there is none. */
  readonly key: string | null
  readonly check: CheckSignature
}

type Line = { readonly draft: string } & ({ readonly head: SignedHead } | { readonly entry: ToldEntry } )

const badLinesTold = 20

export async function auditLines(text: string, { key, check }: AuditOptions): Promise<readonly Finding<AuditCode>[]> {
  const lines = text.split('\n').map((line, index) => ({ number: index + 1, line: line.replace(/\r$/, '') })).filter(({ line }) => line !== '')
  const read = lines.map(({ number, line }) => ({ number, value: lineOf(line) }))
  const bad = read.filter(({ value }) => value === null).map(({ number }) => fails('bad-line' as const, `Line ${number} is neither an entry of a record nor the head of one.`))
  const good = read.flatMap(({ value }) => value ?? [])
  const drafts = new Set(good.map(({ draft }) => draft))
  if (good.length === 0) return [...bad.slice(0, badLinesTold), ...(bad.length === 0 ? [fails('bad-line' as const, 'There is nothing in the file.')] : [])]
  if (drafts.size > 1) return [...bad.slice(0, badLinesTold), fails('drafts-mixed', `The lines are of ${drafts.size} drafts.`)]
  const entries = good.flatMap((line) => ('entry' in line ? [line.entry] : []))
  const heads = good.flatMap((line) => ('head' in line ? [line.head] : []))
  return [
    ...bad.slice(0, badLinesTold),
    ...(entries.length === 0 ? [] : chainFindings([...drafts][0]!, entries)),
    ...(await Promise.all(heads.map((head) => headFindings(head, entries, key, check)))).flat(),
    ...betweenHeads(heads),
    ...(heads.length === 0 ? [unknown('There is no signed head in the file: whether entries are missing at its end, it does not tell.')] : []),
  ]
}

function lineOf(line: string): Line | null {
  try {
    const value = JSON.parse(line) as unknown
    if (isSignedHead(value)) return { draft: value.draft, head: value }
    if (typeof value !== 'object' || value === null || !('draft' in value) || typeof value.draft !== 'string') return null
    // The name is told beside the chain, and no part of it.
    const { draft } = value
    const entry: object = Object.fromEntries(Object.entries(value).filter(([member]) => member !== 'draft' && member !== 'name'))
    return isToldEntry(entry) ? { draft, entry } : null
  } catch {
    return null
  }
}

function chainFindings(draft: string, entries: readonly ToldEntry[]): readonly Finding<AuditCode>[] {
  const faults = chainFaults(draft, entries)
  const hidden = entries.filter(isInConfidence).length
  return [
    ...faults.map(({ code, seq }) => fails(code, faultSentence(code, seq))),
    ...(faults.length === 0 ? [holds(`The ${entries.length} entries form one chain, from the first to no. ${endOf(entries).seq}, without a gap.`)] : []),
    ...(hidden === 0 ? [] : [unknown(`${hidden} entries are in confidence: that they are in their place is proved, what they say is not in the file.`)]),
  ]
}

async function headFindings(head: SignedHead, entries: readonly ToldEntry[], key: string | null, check: CheckSignature): Promise<readonly Finding<AuditCode>[]> {
  const named = `the head of entry ${head.seq}, signed at ${head.time}`
  if (!(await isSigned(head, check))) return [fails('head-unsigned', `The signature of ${named}, is not of the key that it names: one of them was changed.`)]
  const at = entries.find(({ seq }) => seq === head.seq)
  return [
    key === null ? unknown(`Whose key has signed ${named}, the file cannot tell. Its fingerprint is ${fingerprintOf(head.keyId)}.`)
      : key === head.publicKey || key === head.keyId ? holds(`The key that you gave has signed ${named}.`)
      : fails('wrong-key', `Another key than the one you gave has signed ${named}.`),
    ...(entries.length === 0 ? []
      : at === undefined ? [fails('record-head' as const, `The entries do not reach ${named}: they were cut off.`)]
      : at.digest === head.digest ? [holds(`Entry ${head.seq} is the one of ${named}.`)]
      : [fails('heads-differ' as const, `Entry ${head.seq} is not the one of ${named}: the record was written anew.`)]),
  ]
}

function betweenHeads(heads: readonly SignedHead[]): readonly Finding<AuditCode>[] {
  const bySeq = new Map<number, SignedHead>()
  const inTime = heads.toSorted((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0))
  for (const [index, head] of inTime.entries()) {
    const before = inTime[index - 1]
    if (before !== undefined && before.time < head.time && before.seq > head.seq) return [fails('heads-differ', `At ${before.time} the record had ${before.seq} entries, and at ${head.time} only ${head.seq}: it was cut off.`)]
    const other = bySeq.get(head.seq)
    if (other !== undefined && other.digest !== head.digest) return [fails('heads-differ', `Two heads of entry ${head.seq} differ: the record was written anew between ${other.time} and ${head.time}.`)]
    bySeq.set(head.seq, head)
  }
  return []
}
