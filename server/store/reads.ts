/** Every method of the seam that only reads, on one connection. Called between transactions, so they see what is committed. */
import { isDamage, type Database } from './database.ts'
import { assertRecord, damaged, GENESIS_DIGEST, sha256 } from './digest.ts'
import { prepareEntriesAfter } from './log-pages.ts'
import { packEntries, type PackedEntries } from './packed.ts'
import * as rows from './rows.ts'
import { prepareSalvage, type Snapshot } from './salvage.ts'
import type { DocumentId, HistoryRow, LoadedDocument, SalvagedDocument, Store } from './store.ts'

export type ReadName = Exclude<keyof Store, 'append' | 'write' | 'saveSnapshot' | 'close'>

/** What is read, as it crosses to the main thread: logs are packed. */
export type Reads = { readonly [K in Exclude<ReadName, 'load' | 'entries'>]: (...args: Parameters<Store[K]>) => Awaited<ReturnType<Store[K]>> } & {
  load(...args: Parameters<Store['load']>): PackedDocument
  entries(...args: Parameters<Store['entries']>): PackedEntries
}

export interface PackedDocument extends PackedEntries, Pick<LoadedDocument, 'snapshot' | 'snapshotSeq'> {}

/** Rows come in the order they were first put, leases by client id, versions by number. */
export function prepareReads(database: Database): Reads {
  return { ...prepareLogReads(database), ...preparePeopleReads(database), ...prepareDraftReads(database) }
}

function prepareLogReads(database: Database): Pick<Reads, 'load' | 'salvage' | 'entries' | 'history' | 'record'> {
  const snapshotOf = database.prepare(`SELECT seq, ${rows.proved('sha256')}, bytes FROM snapshot WHERE document = ?`)
  const digestAt = database.prepare(`SELECT ${rows.proved('digest')} FROM entry WHERE document = ? AND seq = ?`)
  const historyFrom = database.prepare(`SELECT after_seq, seq, ${rows.proved('sha256')}, bytes FROM history WHERE document = ? AND after_seq >= ? ORDER BY after_seq`)
  const entriesAfter = prepareEntriesAfter(database)
  const salvaged = prepareSalvage(database)
  const recordDigestAt = database.prepare(`SELECT ${rows.proved('digest')} FROM record WHERE draft = ? AND seq = ?`)
  const recordAfter = database.prepare(`SELECT ${rows.recordColumns} FROM record WHERE draft = ? AND seq > ? ORDER BY seq LIMIT ?`)

  function previousDigest(at: typeof digestAt, chain: string, seq: number): string | null {
    if (seq === 0) return GENESIS_DIGEST
    const row = at.get(chain, seq)
    return row && rows.text(row, 'digest')
  }

  /** A snapshot only saves time: one that is damaged is passed over, and the log, which is kept whole, is read instead. */
  function soundSnapshot(document: DocumentId): Snapshot {
    const row = unlessDamaged(() => snapshotOf.get(document), () => null)
    const bytes = row && rows.bytes(row, 'bytes')
    return row && bytes && sha256(bytes) === rows.text(row, 'sha256') ? { snapshot: bytes, snapshotSeq: rows.integer(row, 'seq') } : { snapshot: null, snapshotSeq: 0 }
  }

  function salvage(document: DocumentId): SalvagedDocument {
    return salvaged(document, soundSnapshot(document))
  }

  function load(document: DocumentId): PackedDocument {
    const { snapshot, snapshotSeq } = soundSnapshot(document)
    const entries = entriesAfter(document, snapshotSeq)
    return { snapshot, snapshotSeq, ...packEntries(document, snapshotSeq, previousDigest(digestAt, document, snapshotSeq), entries) }
  }

  return {
    load: (document) =>
      unlessDamaged(() => load(document), () => {
        const { lost, seq } = salvage(document)
        throw damaged(document, lost[0] ?? seq)
      }),
    salvage,
    entries: (document, afterSeq, entriesMax) =>
      unlessDamaged(() => {
        const entries = entriesAfter(document, afterSeq, entriesMax)
        return packEntries(document, afterSeq, entries.length > 0 ? previousDigest(digestAt, document, afterSeq) : GENESIS_DIGEST, entries)
      }, () => { throw damaged(document, afterSeq + 1) }),
    history(document, afterSeq) {
      const found: HistoryRow[] = []
      for (const row of historyFrom.all(document, afterSeq)) {
        const page = { document, afterSeq: rows.integer(row, 'after_seq'), seq: rows.integer(row, 'seq'), bytes: rows.bytes(row, 'bytes') }
        if (page.afterSeq !== (found.at(-1)?.seq ?? afterSeq) || sha256(page.bytes) !== rows.text(row, 'sha256')) break
        found.push(page)
      }
      return found
    },
    record: (draft, afterSeq, entriesMax = -1) =>
      unlessDamaged(() => {
        const found = recordAfter.all(draft, afterSeq, entriesMax).map(rows.recordRow)
        if (found.length > 0) assertRecord(draft, afterSeq, previousDigest(recordDigestAt, draft, afterSeq), found)
        return found
      }, () => { throw damaged(`${draft}/record`, afterSeq + 1) }),
  }
}

function preparePeopleReads(database: Database): Pick<Reads, 'person' | 'persons' | 'session' | 'invite' | 'invites' | 'hats' | 'hatsOf' | 'delegations' | 'setting'> {
  const person = database.prepare('SELECT * FROM person WHERE id = ?')
  const session = database.prepare('SELECT * FROM session WHERE secret_hash = ?')
  const invite = database.prepare('SELECT * FROM invite WHERE id = ?')
  const invites = database.prepare('SELECT * FROM invite WHERE draft = ? ORDER BY rowid')
  const hats = database.prepare('SELECT * FROM hat WHERE draft = ? ORDER BY rowid')
  const hatsOf = database.prepare('SELECT * FROM hat WHERE person = ? ORDER BY rowid')
  const delegations = database.prepare('SELECT * FROM delegation WHERE draft = ? ORDER BY rowid')
  const setting = database.prepare('SELECT value FROM setting WHERE key = ?')

  return {
    person: (id) => mapped(person.get(id), rows.personRow),
    persons: (ids) => [...new Set(ids)].flatMap((id) => mapped(person.get(id), rows.personRow) ?? []),
    session: (secretHash) => mapped(session.get(secretHash), rows.sessionRow),
    invite: (id) => mapped(invite.get(id), rows.inviteRow),
    invites: (draft) => invites.all(draft).map(rows.inviteRow),
    hats: (draft) => hats.all(draft).map(rows.hatRow),
    hatsOf: (person) => hatsOf.all(person).map(rows.hatRow),
    delegations: (draft) => delegations.all(draft).map(rows.delegationRow),
    setting: (key) => mapped(setting.get(key), (row) => rows.text(row, 'value')),
  }
}

function prepareDraftReads(database: Database): Pick<Reads, 'outcome' | 'drafts' | 'draft' | 'leases' | 'leaseCount' | 'lease' | 'version' | 'versions' | 'sources' | 'sourceValue' | 'sourceFile' | 'visit' | 'seen'> {
  const outcome = database.prepare('SELECT body_digest, result FROM outcome WHERE person = ? AND draft = ? AND key = ?')
  const drafts = database.prepare('SELECT * FROM draft ORDER BY rowid')
  const draft = database.prepare('SELECT * FROM draft WHERE id = ?')
  const leases = database.prepare('SELECT * FROM lease WHERE document = ? ORDER BY client_id')
  const leaseCount = database.prepare('SELECT count(*) AS found FROM lease WHERE document = ? AND hat_id = ?')
  const lease = database.prepare('SELECT * FROM lease WHERE client_id = ?')
  const version = database.prepare('SELECT * FROM version WHERE draft = ? AND number = ?')
  const versions = database.prepare('SELECT draft, number, kind, name, symbol, by_delegation, log_seq, sha256, at_ms FROM version WHERE draft = ? ORDER BY number')
  const sources = database.prepare(`
    SELECT draft, number, title, symbol, language, year, name, format, by_delegation, at_ms, size_bytes, sha256, paragraphs, removed_at_ms, removed_why
    FROM source WHERE draft = ? ORDER BY number`)
  const sourceValue = database.prepare('SELECT value FROM source WHERE draft = ? AND number = ?')
  const sourceFile = database.prepare('SELECT bytes FROM source WHERE draft = ? AND number = ? AND removed_at_ms IS NULL')
  const visit = database.prepare('SELECT record_seq, at_ms FROM visit WHERE draft = ? AND person = ?')
  const seen = database.prepare('SELECT thread, message FROM seen WHERE draft = ? AND person = ? ORDER BY thread')

  return {
    outcome: (person, draft, key) =>
      mapped(outcome.get(person, draft, key), (row) => ({ bodyDigest: rows.text(row, 'body_digest'), result: rows.json(row, 'result') })),
    drafts: () => drafts.all().map(rows.draftRow),
    draft: (id) => mapped(draft.get(id), rows.draftRow),
    leases: (document) => leases.all(document).map(rows.leaseRow),
    leaseCount: (document, hatId) => rows.integer(leaseCount.get(document, hatId)!, 'found'),
    lease: (clientId) => mapped(lease.get(clientId), rows.leaseRow),
    version: (draft, number) => mapped(version.get(draft, number), rows.versionRow),
    versions: (draft) => versions.all(draft).map(rows.versionHead),
    sources: (draft) => sources.all(draft).map(rows.sourceHead),
    sourceValue: (draft, number) => mapped(sourceValue.get(draft, number), (row) => rows.json(row, 'value')),
    sourceFile: (draft, number) => mapped(sourceFile.get(draft, number), (row) => rows.bytes(row, 'bytes')),
    visit: (draft, person) =>
      mapped(visit.get(draft, person), (row) => ({ recordSeq: rows.integer(row, 'record_seq'), atMs: rows.integer(row, 'at_ms') })),
    seen: (draft, person) => seen.all(draft, person).map((row) => ({ thread: rows.text(row, 'thread'), message: rows.integer(row, 'message') })),
  }
}

function unlessDamaged<T>(read: () => T, otherwise: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isDamage(error)) throw error
    return otherwise()
  }
}

function mapped<T, U>(row: T | null, map: (row: T) => U): U | null {
  return row === null ? null : map(row)
}
