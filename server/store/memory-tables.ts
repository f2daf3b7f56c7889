/** The tables of the store in memory, and a transaction on them that can be taken back. */
import type { JsonValue } from '../../shared/wire/json.ts'
import type * as seam from './store.ts'

/** Maps keep the order in which their keys were first put, as the tables of the store on SQLite do. */
export interface Tables {
  readonly logs: Map<seam.DocumentId, seam.LogEntry[]>
  readonly records: Map<string, seam.RecordRow[]>
  readonly snapshots: Map<seam.DocumentId, { readonly seq: number; readonly bytes: Uint8Array }>
  readonly history: Map<string, seam.HistoryRow>
  readonly outcomes: Map<string, { readonly bodyDigest: string; readonly result: JsonValue }>
  readonly drafts: Map<string, seam.DraftRow>
  readonly persons: Map<string, seam.PersonRow>
  readonly hats: Map<string, seam.HatRow>
  readonly delegations: Map<string, seam.DelegationRow>
  readonly invites: Map<string, seam.InviteRow>
  readonly sessions: Map<string, seam.SessionRow>
  readonly leases: Map<number, seam.LeaseRow>
  readonly versions: Map<string, seam.VersionRow>
  readonly sources: Map<string, seam.SourceRow>
  readonly visits: Map<string, { readonly recordSeq: number; readonly atMs: number }>
  readonly seen: Map<string, { readonly draft: string; readonly person: string; readonly thread: string; readonly message: number }>
  readonly settings: Map<string, string>
}

export function emptyTables(): Tables {
  return {
    logs: new Map(),
    records: new Map(),
    snapshots: new Map(),
    history: new Map(),
    outcomes: new Map(),
    drafts: new Map(),
    persons: new Map(),
    hats: new Map(),
    delegations: new Map(),
    invites: new Map(),
    sessions: new Map(),
    leases: new Map(),
    versions: new Map(),
    sources: new Map(),
    visits: new Map(),
    seen: new Map(),
    settings: new Map(),
  }
}

/** Two or three ids as one key of a Map. */
export function keyOf(...ids: readonly (string | number)[]): string {
  return JSON.stringify(ids)
}

export class Transaction {
  private readonly undos: (() => void)[] = []

  put<K, V>(table: Map<K, V>, key: K, value: V): void {
    const before = table.get(key)
    this.undos.push(() => (before === undefined ? table.delete(key) : table.set(key, before)))
    table.set(key, structuredClone(value))
  }

  delete<K, V>(table: Map<K, V>, key: K): void {
    const before = table.get(key)
    if (before === undefined) return
    this.undos.push(() => table.set(key, before))
    table.delete(key)
  }

  /** Adds to a log in place: copying it for every append would make a long simulation quadratic. */
  push<V>(table: Map<string, V[]>, key: string, rows: readonly V[]): void {
    const log = table.get(key) ?? []
    table.set(key, log)
    this.undos.push(() => (log.length -= rows.length))
    log.push(...structuredClone(rows))
  }

  rollBack(): void {
    for (const undo of this.undos.reverse()) undo()
  }
}

/** As the store on SQLite applies a write; false for what is bound, used up or revoked (`gone`). */
export function applyToTables(tables: Tables, transaction: Transaction, write: seam.Write): boolean {
  if ('put' in write) return put(tables, transaction, write)
  if ('use' in write) {
    const invite = tables.invites.get(write.id)
    if (!invite || invite.usesLeft <= 0 || invite.revokedAtMs !== null || invite.expiresAtMs <= write.atMs) return false
    transaction.put(tables.invites, write.id, { ...invite, usesLeft: invite.usesLeft - 1 })
    return true
  }
  if (write.drop === 'session') transaction.delete(tables.sessions, write.secretHash)
  else if (write.drop === 'source') dropSource(tables, transaction, write)
  else if (write.drop === 'hat') revoke(tables.hats, transaction, write.id, write.atMs)
  else revoke(tables.invites, transaction, write.id, write.atMs)
  return true
}

function dropSource({ sources }: Tables, transaction: Transaction, { draft, number, atMs, why }: Extract<seam.Write, { drop: 'source' }>): void {
  const key = keyOf(draft, number)
  const row = sources.get(key)
  if (row && row.removedAtMs === null) transaction.put(sources, key, { ...row, removedAtMs: atMs, removedWhy: why, value: null, bytes: new Uint8Array(0) })
}

function revoke<V extends { readonly revokedAtMs: number | null }>(table: Map<string, V>, transaction: Transaction, id: string, atMs: number): void {
  const row = table.get(id)
  if (row && row.revokedAtMs === null) transaction.put(table, id, { ...row, revokedAtMs: atMs })
}

function put(tables: Tables, transaction: Transaction, write: Extract<seam.Write, { put: string }>): boolean {
  function once<K, V>(table: Map<K, V>, key: K, row: V): boolean {
    if (table.has(key)) return false
    transaction.put(table, key, row)
    return true
  }
  function always<K, V>(table: Map<K, V>, key: K, row: V): boolean {
    transaction.put(table, key, row)
    return true
  }
  switch (write.put) {
    case 'draft':
      return always(tables.drafts, write.row.id, write.row)
    case 'person':
      return always(tables.persons, write.row.id, write.row)
    case 'hat':
      return always(tables.hats, write.row.id, { ...write.row, hat: asStored(write.row.hat) })
    case 'delegation':
      return always(tables.delegations, keyOf(write.row.draft, write.row.id), write.row)
    case 'invite':
      return always(tables.invites, write.row.id, { ...write.row, hat: asStored(write.row.hat) })
    case 'session':
      return once(tables.sessions, write.row.secretHash, write.row)
    case 'lease':
      return once(tables.leases, write.row.clientId, write.row)
    case 'version':
      return once(tables.versions, keyOf(write.row.draft, write.row.number), write.row)
    case 'source':
      return once(tables.sources, keyOf(write.row.draft, write.row.number), { ...write.row, value: asStored(write.row.value) })
    case 'history':
      return always(tables.history, keyOf(write.row.document, write.row.afterSeq), write.row)
    case 'visit':
      return always(tables.visits, keyOf(write.row.draft, write.row.person), { recordSeq: write.row.recordSeq, atMs: write.row.atMs })
    case 'seen':
      return always(tables.seen, keyOf(write.row.draft, write.row.person, write.row.thread), write.row)
    case 'setting':
      return always(tables.settings, write.row.key, write.row.value)
  }
}

/** What remains of a value that was written as JSON and read again. */
export function asStored(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue
}
