/** The writes that are not log entries. */
import type { Database, Statement } from './database.ts'
import { sha256 } from './digest.ts'
import type { Write } from './store.ts'

type Put = Extract<Write, { put: string }>
type Take = Exclude<Write, Put>

/** Applies one write inside the caller's savepoint. False: what it names is bound, used up or revoked (`gone`). */
export type ApplyWrite = (write: Write) => boolean

export function prepareWrites(database: Database): ApplyWrite {
  const put = preparePuts(database)
  const take = prepareTakes(database)
  return (write) => ('put' in write ? put(write) : take(write))
}

function preparePuts(database: Database): (write: Put) => boolean {
  const draft = upsert(database, 'draft', ['id'], ['title', 'stage', 'created_by', 'created_at_ms'])
  const person = upsert(database, 'person', ['id'], ['name', 'can_create'])
  const hat = upsert(database, 'hat', ['id'], ['draft', 'person', 'hat', 'revoked_at_ms'])
  const delegation = upsert(database, 'delegation', ['draft', 'id'], ['name', 'kind'])
  const invite = upsert(database, 'invite', ['id'], ['secret_hash', 'draft', 'hat', 'person', 'created_by', 'expires_at_ms', 'uses_left', 'revoked_at_ms'])
  const session = insertOnce(database, 'session', ['secret_hash', 'person', 'expires_at_ms'])
  const lease = insertOnce(database, 'lease', ['client_id', 'document', 'person', 'hat_id', 'delegation'])
  const version = insertOnce(database, 'version', ['draft', 'number', 'kind', 'name', 'symbol', 'by_delegation', 'log_seq', 'units', 'point', 'bytes', 'sha256', 'at_ms'])
  const source = insertOnce(database, 'source', ['draft', 'number', 'title', 'symbol', 'language', 'year', 'name', 'format', 'by_delegation', 'at_ms', 'size_bytes', 'sha256', 'paragraphs', 'removed_at_ms', 'removed_why', 'value', 'bytes'])
  const history = upsert(database, 'history', ['document', 'after_seq'], ['seq', 'sha256', 'bytes'])
  const visit = upsert(database, 'visit', ['draft', 'person'], ['record_seq', 'at_ms'])
  const seen = upsert(database, 'seen', ['draft', 'person', 'thread'], ['message'])
  const setting = upsert(database, 'setting', ['key'], ['value'])

  return (write) => {
    switch (write.put) {
      case 'draft': {
        const { id, title, stage, createdBy, createdAtMs } = write.row
        return draft.run(id, title, stage, createdBy, createdAtMs) > 0
      }
      case 'person':
        return person.run(write.row.id, write.row.name, write.row.canCreate ? 1 : 0) > 0
      case 'hat': {
        const { id, draft, person, revokedAtMs } = write.row
        return hat.run(id, draft, person, JSON.stringify(write.row.hat), revokedAtMs) > 0
      }
      case 'delegation':
        return delegation.run(write.row.draft, write.row.id, write.row.name, write.row.kind) > 0
      case 'invite': {
        const { id, secretHash, draft, hat, person, createdBy, expiresAtMs, usesLeft, revokedAtMs } = write.row
        return invite.run(id, secretHash, draft, JSON.stringify(hat), person, createdBy, expiresAtMs, usesLeft, revokedAtMs) > 0
      }
      case 'session':
        return session.run(write.row.secretHash, write.row.person, write.row.expiresAtMs) > 0
      case 'lease': {
        const { clientId, document, person, hatId, delegation } = write.row
        return lease.run(clientId, document, person, hatId, delegation) > 0
      }
      case 'version': {
        const { draft, number, kind, name, symbol, by, seq, units, point, bytes, sha256, atMs } = write.row
        return version.run(draft, number, kind, name, symbol, by, seq, JSON.stringify(units), point, bytes, sha256, atMs) > 0
      }
      case 'source': {
        const { draft, number, title, symbol, language, year, name, format, by, atMs, sizeBytes, sha256, paragraphs, removedAtMs, removedWhy, value, bytes } = write.row
        return source.run(draft, number, title, symbol, language, year, name, format, by, atMs, sizeBytes, sha256, paragraphs, removedAtMs, removedWhy, JSON.stringify(value), bytes) > 0
      }
      case 'history': {
        const { document, afterSeq, seq, bytes } = write.row
        return history.run(document, afterSeq, seq, sha256(bytes), bytes) > 0
      }
      case 'visit':
        return visit.run(write.row.draft, write.row.person, write.row.recordSeq, write.row.atMs) > 0
      case 'seen':
        return seen.run(write.row.draft, write.row.person, write.row.thread, write.row.message) > 0
      case 'setting':
        return setting.run(write.row.key, write.row.value) > 0
    }
  }
}

/** Not REPLACE, which would give the row a new place in the order. */
function upsert(database: Database, table: string, keys: readonly string[], columns: readonly string[]): Statement {
  const all = [...keys, ...columns]
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  return database.prepare(`INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')}) ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${set}`)
}

/** Bound for good: changes no row when the key exists. */
function insertOnce(database: Database, table: string, columns: readonly string[]): Statement {
  return database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`)
}

function prepareTakes(database: Database): (write: Take) => boolean {
  const dropSession = database.prepare('DELETE FROM session WHERE secret_hash = ?')
  // The first revocation stands: a second one does not move its time.
  const revokeHat = database.prepare('UPDATE hat SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL')
  const revokeInvite = database.prepare('UPDATE invite SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL')
  const dropSource = database.prepare("UPDATE source SET removed_at_ms = ?, removed_why = ?, value = 'null', bytes = x'' WHERE draft = ? AND number = ? AND removed_at_ms IS NULL")
  const useInvite = database.prepare(`
    UPDATE invite SET uses_left = uses_left - 1
    WHERE id = ? AND uses_left > 0 AND revoked_at_ms IS NULL AND expires_at_ms > ?`)

  return (write) => {
    if ('use' in write) return useInvite.run(write.id, write.atMs) > 0
    switch (write.drop) {
      case 'session':
        dropSession.run(write.secretHash)
        return true
      case 'hat':
        revokeHat.run(write.atMs, write.id)
        return true
      case 'invite':
        revokeInvite.run(write.atMs, write.id)
        return true
      case 'source':
        dropSource.run(write.atMs, write.why, write.draft, write.number)
        return true
    }
  }
}
