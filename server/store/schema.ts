/**
 * The tables. STRICT, so that a value of a wrong type is an error here and not a surprise when it is read.
 *
 * No foreign keys: what refers to what is decided by the commands before they reach the store, and a violated key
 * that shows at COMMIT would fail every other room's append in the same group.
 */
export const SCHEMA_VERSION = 8

/** Every entry of every log, once. One that is being moved is in both tables; two that are not the same are both shown, so that the chain says so. */
export const ENTRY_VIEW = `
  CREATE VIEW entry AS
    SELECT document, seq, at_ms, actor, kind, bytes, lineage, digest FROM log
    UNION ALL
    SELECT document, seq, at_ms, actor, kind, bytes, lineage, digest FROM recent
    WHERE NOT EXISTS (SELECT 1 FROM log WHERE log.document = recent.document AND log.seq = recent.seq AND log.digest = recent.digest);`

/** How many a capacity has in a document is counted in it, for everybody who comes in. */
const LEASE_INDEX = 'CREATE INDEX lease_by_document ON lease (document, hat_id);'

/** From an older form to the next: what is run, in one transaction, on a folder that has it. */
export const MIGRATIONS: Readonly<Record<number, string>> = {
  6: `DROP VIEW entry; ${ENTRY_VIEW}`,
  7: `DROP INDEX lease_by_document; ${LEASE_INDEX}`,
}

export const SCHEMA = `
  CREATE TABLE log (
    document TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL,
    lineage TEXT,
    digest TEXT NOT NULL,
    PRIMARY KEY (document, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE recent (
    document TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL,
    lineage TEXT,
    digest TEXT NOT NULL
  ) STRICT;
  ${ENTRY_VIEW}

  CREATE TABLE snapshot (
    document TEXT PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE history (
    document TEXT NOT NULL,
    after_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, after_seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE record (
    draft TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (draft, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outcome (
    person TEXT NOT NULL,
    draft TEXT NOT NULL,
    key TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (person, draft, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE draft (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    stage TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE person (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    can_create INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE hat (
    id TEXT PRIMARY KEY NOT NULL,
    draft TEXT NOT NULL,
    person TEXT NOT NULL,
    hat TEXT NOT NULL,
    revoked_at_ms INTEGER
  ) STRICT;
  CREATE INDEX hat_by_draft ON hat (draft);
  CREATE INDEX hat_by_person ON hat (person);

  CREATE TABLE delegation (
    draft TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (draft, id)
  ) STRICT;

  CREATE TABLE invite (
    id TEXT PRIMARY KEY NOT NULL,
    secret_hash TEXT NOT NULL,
    draft TEXT,
    hat TEXT NOT NULL,
    person TEXT,
    created_by TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    uses_left INTEGER NOT NULL,
    revoked_at_ms INTEGER
  ) STRICT;
  CREATE INDEX invite_by_draft ON invite (draft);

  CREATE TABLE session (
    secret_hash TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE lease (
    client_id INTEGER PRIMARY KEY NOT NULL,
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    hat_id TEXT NOT NULL,
    delegation TEXT NOT NULL
  ) STRICT;
  ${LEASE_INDEX}

  CREATE TABLE version (
    draft TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    by_delegation TEXT NOT NULL,
    log_seq INTEGER NOT NULL,
    units TEXT NOT NULL,
    point BLOB,
    bytes BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (draft, number)
  ) STRICT;

  CREATE TABLE source (
    draft TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    symbol TEXT NOT NULL,
    language TEXT NOT NULL,
    year INTEGER,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    by_delegation TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    paragraphs INTEGER NOT NULL,
    removed_at_ms INTEGER,
    removed_why TEXT NOT NULL,
    value TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (draft, number)
  ) STRICT;

  CREATE TABLE visit (
    draft TEXT NOT NULL,
    person TEXT NOT NULL,
    record_seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (draft, person)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE seen (
    draft TEXT NOT NULL,
    person TEXT NOT NULL,
    thread TEXT NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (draft, person, thread)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE setting (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
  ) STRICT;
`
