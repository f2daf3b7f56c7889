/**
 * What a stretch of a log did to the points of its document's history: how far each client's structs came, and what was deleted,
 * entry by entry, without the words. Kept beside the log, so that a history is looked at without reading it all again.
 */
import * as Y from 'yjs'
import type { LogEntry } from '../store/store.ts'

export interface HistoryPage {
  /** Of commands, in order: an entry of the record was kept with the log entry of its actor and time (LG8). */
  readonly commands: readonly { readonly seq: number; readonly actor: string; readonly atMs: number }[]
  /** Of each client, in order: the number of an entry, and its clock behind that. */
  readonly reached: readonly (readonly [client: number, seqs: readonly number[], clocks: readonly number[]])[]
  readonly deleted: readonly { readonly seq: number; readonly client: number; readonly clock: number; readonly length: number }[]
}

/** Total: what is in the log has been decoded before it was let in. */
export function historyPage(entries: readonly Pick<LogEntry, 'seq' | 'kind' | 'actor' | 'atMs' | 'bytes'>[]): HistoryPage {
  const commands: { seq: number; actor: string; atMs: number }[] = []
  const reached = new Map<number, { readonly seqs: number[]; readonly clocks: number[] }>()
  const deleted: { seq: number; client: number; clock: number; length: number }[] = []
  for (const { seq, kind, actor, atMs, bytes } of entries) {
    if (kind === 'command') commands.push({ seq, actor, atMs })
    if (bytes.length === 0) continue
    const { structs, ds } = Y.decodeUpdate(bytes)
    for (const { id, length } of structs) {
      let known = reached.get(id.client)
      if (known === undefined) reached.set(id.client, (known = { seqs: [], clocks: [] }))
      const clock = id.clock + length
      if (known.seqs.at(-1) === seq) known.clocks[known.clocks.length - 1] = Math.max(known.clocks.at(-1)!, clock)
      else {
        known.clocks.push(Math.max(known.clocks.at(-1) ?? 0, clock))
        known.seqs.push(seq)
      }
    }
    for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) deleted.push({ seq, client, clock, length: len })
  }
  return { commands, reached: [...reached].map(([client, { seqs, clocks }]) => [client, seqs, clocks]), deleted }
}

export const encodeHistoryPage = (page: HistoryPage): Uint8Array => Buffer.from(JSON.stringify(page))

/** Of bytes that `encodeHistoryPage` made: the store hands out no others. */
export const decodeHistoryPage = (bytes: Uint8Array): HistoryPage => JSON.parse(Buffer.from(bytes).toString()) as HistoryPage
