/** From table rows to the values of the seam. A column is always named: nothing else in a row is looked at. */
import type { JsonValue } from '../../shared/wire/json.ts'
import type { Row } from './database.ts'
import type { ChainTail } from './digest.ts'
import type { DelegationRow, DraftRow, HatRow, InviteRow, LeaseRow, LogEntry, PersonRow, RecordRow, SessionRow, SourceHead, VersionHead, VersionRow } from './store.ts'

/**
 * Text columns of what a chain proves. libsql ends the whole process at letters that are none, as a damaged file has them; so they
 * are read as bytes, of which `text` makes letters that the chain then finds to be others.
 */
export const proved = (...columns: readonly string[]): string => columns.map((column) => `CAST(${column} AS BLOB) AS ${column}`).join(', ')

export const recordColumns = `seq, at_ms, ${proved('draft', 'actor', 'kind', 'body', 'digest')}`

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return Buffer.from(value as ArrayBuffer).toString('utf8')
  throw new MistypedError(column)
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new MistypedError(column)
  return value
}

/** A copy of its own size: libsql gives a Buffer or an ArrayBuffer, and a pooled Buffer drags its pool to the other thread. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return new Uint8Array(value)
  throw new MistypedError(column)
}

function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

export function json(row: Row, column: string): JsonValue {
  return JSON.parse(text(row, column)) as JsonValue
}

/** In a sound file the tables, which are STRICT, do not let that happen. */
export class MistypedError extends Error {
  override readonly name = 'MistypedError'

  constructor(column: string) {
    super(`Column ${column} holds another type than the schema says`)
  }
}

export function tailOf(row: Row): ChainTail {
  return { seq: integer(row, 'seq'), atMs: integer(row, 'at_ms'), digest: text(row, 'digest') }
}

export function entryRow(row: Row): LogEntry {
  return {
    document: text(row, 'document'),
    seq: integer(row, 'seq'),
    atMs: integer(row, 'at_ms'),
    actor: text(row, 'actor'),
    kind: text(row, 'kind') as LogEntry['kind'],
    bytes: bytes(row, 'bytes'),
    lineage: textOrNull(row, 'lineage'),
    digest: text(row, 'digest'),
  }
}

export function recordRow(row: Row): RecordRow {
  return {
    draft: text(row, 'draft'),
    seq: integer(row, 'seq'),
    atMs: integer(row, 'at_ms'),
    actor: text(row, 'actor'),
    kind: text(row, 'kind'),
    body: jsonOrNull(row, 'body'),
    digest: text(row, 'digest'),
  }
}

/** A body that is no longer JSON was tampered with; as null it fails the chain, which says where. */
function jsonOrNull(row: Row, column: string): JsonValue {
  try {
    return json(row, column)
  } catch {
    return null
  }
}

export function draftRow(row: Row): DraftRow {
  return {
    id: text(row, 'id'),
    title: text(row, 'title'),
    stage: text(row, 'stage'),
    createdBy: text(row, 'created_by'),
    createdAtMs: integer(row, 'created_at_ms'),
  }
}

export function personRow(row: Row): PersonRow {
  return { id: text(row, 'id'), name: text(row, 'name'), canCreate: integer(row, 'can_create') === 1 }
}

export function hatRow(row: Row): HatRow {
  return {
    id: text(row, 'id'),
    draft: text(row, 'draft'),
    person: text(row, 'person'),
    hat: json(row, 'hat'),
    revokedAtMs: integerOrNull(row, 'revoked_at_ms'),
  }
}

export function delegationRow(row: Row): DelegationRow {
  return { draft: text(row, 'draft'), id: text(row, 'id'), name: text(row, 'name'), kind: text(row, 'kind') }
}

export function inviteRow(row: Row): InviteRow {
  return {
    id: text(row, 'id'),
    secretHash: text(row, 'secret_hash'),
    draft: textOrNull(row, 'draft'),
    hat: json(row, 'hat'),
    person: textOrNull(row, 'person'),
    createdBy: text(row, 'created_by'),
    expiresAtMs: integer(row, 'expires_at_ms'),
    usesLeft: integer(row, 'uses_left'),
    revokedAtMs: integerOrNull(row, 'revoked_at_ms'),
  }
}

export function sessionRow(row: Row): SessionRow {
  return { secretHash: text(row, 'secret_hash'), person: text(row, 'person'), expiresAtMs: integer(row, 'expires_at_ms') }
}

export function leaseRow(row: Row): LeaseRow {
  return {
    clientId: integer(row, 'client_id'),
    document: text(row, 'document'),
    person: text(row, 'person'),
    hatId: text(row, 'hat_id'),
    delegation: text(row, 'delegation'),
  }
}

export function versionHead(row: Row): VersionHead {
  return {
    draft: text(row, 'draft'),
    number: integer(row, 'number'),
    kind: text(row, 'kind'),
    name: text(row, 'name'),
    symbol: text(row, 'symbol'),
    by: text(row, 'by_delegation'),
    seq: integer(row, 'log_seq'),
    sha256: text(row, 'sha256'),
    atMs: integer(row, 'at_ms'),
  }
}

export function versionRow(row: Row): VersionRow {
  return { ...versionHead(row), units: json(row, 'units') as readonly string[], point: row['point'] === null ? null : bytes(row, 'point'), bytes: bytes(row, 'bytes') }
}

export function sourceHead(row: Row): SourceHead {
  return {
    draft: text(row, 'draft'),
    number: integer(row, 'number'),
    title: text(row, 'title'),
    symbol: text(row, 'symbol'),
    language: text(row, 'language'),
    year: integerOrNull(row, 'year'),
    name: text(row, 'name'),
    format: text(row, 'format'),
    by: text(row, 'by_delegation'),
    atMs: integer(row, 'at_ms'),
    sizeBytes: integer(row, 'size_bytes'),
    sha256: text(row, 'sha256'),
    paragraphs: integer(row, 'paragraphs'),
    removedAtMs: integerOrNull(row, 'removed_at_ms'),
    removedWhy: text(row, 'removed_why'),
  }
}
