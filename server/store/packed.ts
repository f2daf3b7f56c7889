/**
 * Entries of a log in one buffer, which goes from thread to thread without being copied.
 *
 * An entry stands in it as the very bytes that its digest is of (digest.ts), so whoever packs checks on the way. The digest of
 * an entry is a field of the next; that of the last stands beside the buffer.
 */
import { assertEntries, entryDigestIn } from './digest.ts'
import { FieldBuffer, FieldReader } from './fields.ts'
import type { DocumentId, LogEntry } from './store.ts'

export interface PackedEntries {
  readonly count: number
  /** Of the last entry; empty where there is none. */
  readonly digest: string
  readonly packed: ArrayBuffer
}

/** Some room to begin with, of an entry that holds a keystroke. */
const entryBytes = 320

/** Throws `log-damaged` when the chain does not hold, as `assertEntries` does. */
export function packEntries(document: DocumentId, afterSeq: number, previous: string | null, entries: readonly LogEntry[]): PackedEntries {
  const fields = new FieldBuffer(entryBytes * entries.length)
  assertEntries(document, afterSeq, previous, entries, (before, entry) => entryDigestIn(fields, before, entry))
  return { count: entries.length, digest: entries.at(-1)?.digest ?? '', packed: fields.taken() }
}

/** The entries, whose bytes are views of the buffer. */
export function unpackEntries(document: DocumentId, { count, digest, packed }: PackedEntries): readonly LogEntry[] {
  const fields = new FieldReader(packed)
  const [actors, kinds] = [fields.repeated(), fields.repeated()]
  /** What stands before each entry's own fields: gives the digest of the one before it. */
  function head(): string {
    fields.skip()
    const before = fields.text()
    fields.skip()
    return before
  }

  if (count > 0) head()
  return Array.from({ length: count }, (_, index) => ({
    document,
    seq: fields.number(),
    atMs: fields.number(),
    actor: actors(),
    kind: kinds() as LogEntry['kind'],
    bytes: fields.bytes(),
    lineage: fields.textOrNull(),
    digest: index + 1 < count ? head() : digest,
  }))
}
