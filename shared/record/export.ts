/**
 * The record as files. JSON Lines: the signed head, then an entry a line as it is told to this reader, so that `omnibus audit` can
 * compute the chain again. CSV: a line for each entry, for a spreadsheet; it proves nothing.
 */
import { canonicalJson } from '../lifecycle/canonical.ts'
import type { JsonValue } from '../wire/json.ts'
import type { ToldEntry } from './chain.ts'
import type { SignedHead } from './heads.ts'
import type { RecordLine } from './line.ts'
import { particularWords } from './particulars.ts'

/** `name`: who acted, where the reader may know; it is no part of the chain. */
export function recordLines(draft: string, head: SignedHead | null, entries: readonly { readonly told: ToldEntry; readonly name: string | null }[]): string {
  const values = [...(head === null ? [] : [{ ...head }]), ...entries.map(({ told, name }) => ({ draft, ...told, ...(name === null ? {} : { name }) }))]
  return values.map((value) => `${canonicalJson(value as unknown as JsonValue)}\n`).join('')
}

const columns = ['no', 'time (UTC)', 'delegation', 'person', 'kind', 'particulars', 'amendment', 'paragraph', 'note', 'digest'] as const

/** With a byte order mark, so that spreadsheets read it as UTF-8. */
export function recordCsv(lines: readonly (RecordLine & { readonly digest: string })[], nameOf: (delegation: string) => string): string {
  const rows = lines.map((line) => [
    String(line.seq),
    new Date(line.atMs).toISOString(),
    line.delegation === null ? '' : nameOf(line.delegation),
    line.person ?? '',
    line.kind,
    particularWords(line.particulars, nameOf),
    line.amendments.join(' '),
    line.units.join(' '),
    line.note,
    line.digest,
  ])
  return `\ufeff${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** What a spreadsheet would take for a formula is led by an apostrophe, and so is what it takes for one behind white space. */
const cell = (words: string): string => `"${(/^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`
