/**
 * The hash chain of a document's log and of a draft's record.
 *
 * The digest of an entry is the SHA-256 over its fields (shared/lifecycle/hash.ts), as 64 lower-case hexadecimal digits:
 *
 *     "omnibus/log/1", previous, document, seq, atMs, actor, kind, bytes, lineage or null
 *
 * `previous` is the 64 digits of the entry before as text; 64 zeros for the first. That of a record's entry is said in
 * shared/record/chain.ts. Logs that exist depend on these forms: another form needs another tag.
 */
import { hash } from 'node:crypto'
import { contentDigest, entryDigestAfter, GENESIS_DIGEST, whoDigest } from '../../shared/record/chain.ts'
import { StoreError } from './errors.ts'
import { FieldBuffer } from './fields.ts'
import type { AppendRequest, DocumentId, EntryDraft, LogEntry, RecordRow } from './store.ts'

export { GENESIS_DIGEST }

/** The last link of a chain: what the next one is computed from. */
export interface ChainTail {
  readonly seq: number
  readonly atMs: number
  readonly digest: string
}

export const EMPTY_TAIL: ChainTail = { seq: 0, atMs: 0, digest: GENESIS_DIGEST }

/** Where the fields of one digest are put together. */
const scratch = new FieldBuffer(4_096)

/** Puts what the digest is of behind what is in `fields`. */
export function entryDigestIn(fields: FieldBuffer, previous: string, entry: Omit<LogEntry, 'digest'>): string {
  const { document, seq, atMs, actor, kind, bytes, lineage } = entry
  return fields.put(['omnibus/log/1', previous, document, seq, atMs, actor, kind, bytes, lineage])
}

export function entryDigest(previous: string, entry: Omit<LogEntry, 'digest'>): string {
  scratch.clear()
  return entryDigestIn(scratch, previous, entry)
}

/** Throws a RangeError when the body has no canonical form. */
export function recordDigest(previous: string, row: Omit<RecordRow, 'digest'>): string {
  const { draft, seq, atMs, actor, kind, body } = row
  return entryDigestAfter(previous, draft, { seq, atMs }, contentDigest(whoDigest(actor), kind, body))
}

/** SHA-256 of bytes, lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

/** The entries as they will stand in the log, chained onto `tail`. */
export function chainEntries(document: DocumentId, tail: ChainTail, drafts: readonly EntryDraft[], atMs: number): readonly LogEntry[] {
  let previous = tail.digest
  return drafts.map(({ actor, kind, bytes, lineage }, index) => {
    const entry = { document, seq: tail.seq + 1 + index, atMs, actor, kind, bytes, lineage }
    previous = entryDigest(previous, entry)
    return { ...entry, digest: previous }
  })
}

export function chainRecord(tail: ChainTail, record: NonNullable<AppendRequest['record']>, atMs: number): RecordRow {
  const { draft, actor, kind, body } = record
  const row = { draft, seq: tail.seq + 1, atMs, actor, kind, body }
  return { ...row, digest: recordDigest(tail.digest, row) }
}

/**
 * The seq of the first entry that does not continue the chain after (afterSeq, previous): a gap, a time that goes
 * back, or a digest that is not the one computed. Null when all hold.
 */
export function firstDamagedEntry(afterSeq: number, previous: string, entries: readonly LogEntry[], digest = entryDigest): number | null {
  return firstDamaged(afterSeq, previous, entries, digest)
}

export function firstDamagedRecord(afterSeq: number, previous: string, rows: readonly RecordRow[]): number | null {
  return firstDamaged(afterSeq, previous, rows, recordDigest)
}

function firstDamaged<T extends ChainTail>(afterSeq: number, previous: string, links: readonly T[], digest: (previous: string, link: T) => string): number | null {
  let before: ChainTail = { seq: afterSeq, atMs: 0, digest: previous }
  for (const link of links) {
    const seq = before.seq + 1
    if (link.seq !== seq || link.atMs < before.atMs || link.digest !== digest(before.digest, link)) return seq
    before = link
  }
  return null
}

/** What of a chain is proved by its digests, and the numbers of what is not. */
export interface Proved<T extends ChainTail> {
  readonly sound: readonly T[]
  readonly lost: readonly number[]
}

export const provedEntries = (afterSeq: number, previous: string | null, entries: readonly LogEntry[]): Proved<LogEntry> =>
  proved(afterSeq, previous, entries, entryDigest)
export const provedRecord = (rows: readonly RecordRow[]): Proved<RecordRow> => proved(0, GENESIS_DIGEST, rows, recordDigest)

/**
 * A link whose digest is not the one computed is lost; the next is proved by the digest that the lost one has. Where it is
 * the digest alone that was changed, the next link says so, and the words are proved. Behind a gap one link is proved by nothing.
 */
function proved<T extends ChainTail>(afterSeq: number, previous: string | null, links: readonly T[], digest: (previous: string, link: T) => string): Proved<T> {
  const sound: T[] = []
  const lost: number[] = previous === null ? [afterSeq] : []
  const digestAfter = (before: string | null, link: T | undefined): string | null => {
    try {
      return before === null || link === undefined ? null : digest(before, link)
    } catch {
      return null
    }
  }
  let [before, seq] = [previous, afterSeq]
  for (const [index, link] of links.entries()) {
    for (seq += 1; seq < link.seq; seq++) {
      lost.push(seq)
      before = null
    }
    const computed = digestAfter(before, link)
    const next = links[index + 1]
    const isSound = computed === link.digest || (next?.seq === seq + 1 && digestAfter(computed, next) === next.digest)
    if (isSound) sound.push(link)
    else lost.push(link.seq)
    before = isSound ? computed : link.digest
  }
  return { sound, lost }
}

/** Throws `log-damaged` when the chain does not hold; `previous` is null when the entry at `afterSeq` is missing. */
export function assertEntries(document: DocumentId, afterSeq: number, previous: string | null, entries: readonly LogEntry[], digest = entryDigest): void {
  const seq = previous === null ? afterSeq : firstDamagedEntry(afterSeq, previous, entries, digest)
  if (seq !== null) throw damaged(document, seq)
}

export function assertRecord(draft: string, afterSeq: number, previous: string | null, rows: readonly RecordRow[]): void {
  const seq = previous === null ? afterSeq : firstDamagedRecord(afterSeq, previous, rows)
  if (seq !== null) throw damaged(`${draft}/record`, seq)
}

/** `document`: or `<draft>/record`. */
export function damaged(document: string, seq: number): StoreError {
  return new StoreError(
    'log-damaged',
    `The log of ${document} does not verify at entry ${seq}: it was changed outside the server, or the disk has lost it. Restore the data folder from a backup.`,
    { document, seq },
  )
}
