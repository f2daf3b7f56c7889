/**
 * The entries of a document's log, read as columns: a page is one row, whose values are JSON arrays, since what a value costs on its
 * way out of libsql is more than what SQLite does for it. A page comes as bytes, for the reason that rows.ts gives of `proved`.
 */
import { limits } from '../../shared/wire/limits.ts'
import type { Database } from './database.ts'
import { bytes, text } from './rows.ts'
import type { DocumentId, LogEntry } from './store.ts'

/** The bytes of an update are digits in such a page, those of a larger one are read by themselves. */
const pageOf = `
  SELECT CAST(json_array(json_group_array(seq), json_group_array(at_ms), json_group_array(actor), json_group_array(kind), json_group_array(lineage), json_group_array(digest),
    json_group_array(CASE WHEN length(bytes) <= ${limits.storePagedBytesMax} THEN hex(bytes) END)) AS BLOB) AS page
  FROM (SELECT * FROM entry WHERE document = ? AND seq > ? ORDER BY seq LIMIT ?)`

/** In the types that the schema says: the table is STRICT. */
type Page = readonly [number[], number[], string[], LogEntry['kind'][], (string | null)[], string[], (string | null)[]]

/** Entries after a position, in order; at most so many, or all of them. */
export type EntriesAfter = (document: DocumentId, afterSeq: number, entriesMax?: number) => readonly LogEntry[]

export function prepareEntriesAfter(database: Database): EntriesAfter {
  const page = database.prepare(pageOf)
  const large = database.prepare('SELECT bytes FROM entry WHERE document = ? AND seq = ?')

  function entriesOf(document: DocumentId, afterSeq: number, entriesMax: number): readonly LogEntry[] {
    const [seqs, times, actors, kinds, lineages, digests, digits] = JSON.parse(text(page.get(document, afterSeq, entriesMax)!, 'page')) as Page
    return seqs.map((seq, index) => ({
      document,
      seq,
      atMs: times[index]!,
      actor: actors[index]!,
      kind: kinds[index]!,
      bytes: digits[index] === null ? bytes(large.get(document, seq)!, 'bytes') : Buffer.from(digits[index]!, 'hex'),
      lineage: lineages[index]!,
      digest: digests[index]!,
    }))
  }

  return (document, afterSeq, entriesMax = Infinity) => {
    const found: LogEntry[] = []
    for (let left = entriesMax, at = afterSeq; left > 0; ) {
      const asked = Math.min(left, limits.storePageEntries)
      const entries = entriesOf(document, at, asked)
      found.push(...entries)
      if (entries.length < asked) break
      left -= asked
      at = entries.at(-1)!.seq
    }
    return found
  }
}
