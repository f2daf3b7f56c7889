/**
 * The seam between the server and its database. One contract suite (test/contract/store.ts) runs on every adapter.
 * Nothing here knows of Yjs: a document is a log of bytes.
 */
import type { RecordedEntry } from '../../shared/lifecycle/sealed.ts'
import type { JsonValue } from '../../shared/wire/json.ts'
import type { SourceHead as ToldSource } from '../../shared/wire/sources.ts'

/** `draftId` for the shared document, `draftId/side/<delegation>` for a side document. */
export type DocumentId = string

export interface EntryDraft {
  /** The person's id, or `server`. */
  readonly actor: string
  readonly kind: 'update' | 'command'
  /** A Yjs update; may be empty for a command that changes no document. */
  readonly bytes: Uint8Array
  /** JSON of [run, source run] pairs for words that were copied, or null. */
  readonly lineage: string | null
}

export interface LogEntry extends EntryDraft {
  readonly document: DocumentId
  /** From 1, without gaps. */
  readonly seq: number
  /** Milliseconds since 1970: max(database clock, time of the last entry). */
  readonly atMs: number
  /** Lower-case hex SHA-256 over the previous entry's digest and this entry's fields (see digest.ts). */
  readonly digest: string
}

/** One person's right to speak in a draft, as stored. `hat` is a `Hat` of shared/policy as JSON. */
export interface HatRow {
  readonly id: string
  readonly draft: string
  readonly person: string
  readonly hat: JsonValue
  readonly revokedAtMs: number | null
}

export interface DraftRow {
  readonly id: string
  readonly title: string
  readonly stage: string
  readonly createdBy: string
  readonly createdAtMs: number
}

export interface DelegationRow {
  readonly draft: string
  readonly id: string
  readonly name: string
  /** State, agency, igo, ngo, group, office. */
  readonly kind: string
}

/** An invitation link. Only the hash of its secret is stored. */
export interface InviteRow {
  readonly id: string
  readonly secretHash: string
  /** Null for the first chair's sign-in link, which opens the server and not a draft. */
  readonly draft: string | null
  /** Joining gives this hat; null signs in `person` as they are. */
  readonly hat: JsonValue
  readonly person: string | null
  readonly createdBy: string
  readonly expiresAtMs: number
  readonly usesLeft: number
  readonly revokedAtMs: number | null
}

export interface PersonRow {
  readonly id: string
  readonly name: string
  /** May create drafts. */
  readonly canCreate: boolean
}

export interface SessionRow {
  readonly secretHash: string
  readonly person: string
  readonly expiresAtMs: number
}

/** A Yjs client id, bound for good to who may write under it and where. */
export interface LeaseRow {
  readonly clientId: number
  readonly document: DocumentId
  readonly person: string
  readonly hatId: string
  readonly delegation: string
}

export interface VersionRow {
  readonly draft: string
  readonly number: number
  /** One of the kinds of shared/policy. */
  readonly kind: string
  readonly name: string
  readonly symbol: string
  /** The delegation that kept it. */
  readonly by: string
  /** Where the shared document's log stood. */
  readonly seq: number
  /** Ids of the paragraphs in the order of the text; none of a text from outside. */
  readonly units: readonly string[]
  /** The shared document at that point, as a Yjs snapshot; null of a text from outside. */
  readonly point: Uint8Array | null
  /** The canonical form with its signatures, exactly as it is handed out. */
  readonly bytes: Uint8Array
  /** Of the form without its signatures (shared/lifecycle/freeze.ts): the version's name. */
  readonly sha256: string
  readonly atMs: number
}

/** What a document's history is read from beside its log (server/sync/history-page.ts): of the entries after `afterSeq`, up to `seq`. */
export interface HistoryRow {
  readonly document: DocumentId
  readonly afterSeq: number
  readonly seq: number
  readonly bytes: Uint8Array
}

export type VersionHead = Omit<VersionRow, 'bytes' | 'units' | 'point'>

/** A document of a draft's library, beside its documents. Its number is its name in the draft, and is never given again. */
export interface SourceRow extends ToldSource {
  readonly draft: string
  /** The resolution that was read from it (shared/model/value), or null. */
  readonly value: JsonValue
  /** The file, to the byte; empty once it was taken out. */
  readonly bytes: Uint8Array
}

export type SourceHead = Omit<SourceRow, 'value' | 'bytes'>

export const headOf = ({ draft, number, title, symbol, language, year, name, format, by, atMs, sizeBytes, sha256, paragraphs, removedAtMs, removedWhy }: SourceHead): SourceHead =>
  ({ draft, number, title, symbol, language, year, name, format, by, atMs, sizeBytes, sha256, paragraphs, removedAtMs, removedWhy })

export interface RecordRow extends RecordedEntry {
  readonly draft: string
}

export interface SeenThread {
  readonly thread: string
  readonly message: number
}

/** Every write that is not a log entry. A command's writes go in the same transaction as its entries. */
export type Write =
  | { readonly put: 'draft'; readonly row: DraftRow }
  | { readonly put: 'person'; readonly row: PersonRow }
  | { readonly put: 'hat'; readonly row: HatRow }
  | { readonly put: 'delegation'; readonly row: DelegationRow }
  | { readonly put: 'invite'; readonly row: InviteRow }
  | { readonly put: 'session'; readonly row: SessionRow }
  | { readonly put: 'lease'; readonly row: LeaseRow }
  | { readonly put: 'version'; readonly row: VersionRow }
  | { readonly put: 'source'; readonly row: SourceRow }
  | { readonly put: 'history'; readonly row: HistoryRow }
  | { readonly put: 'visit'; readonly row: { readonly draft: string; readonly person: string; readonly recordSeq: number; readonly atMs: number } }
  /** How far somebody has read a thread: the number of its last message that was on their screen. */
  | { readonly put: 'seen'; readonly row: { readonly draft: string; readonly person: string; readonly thread: string; readonly message: number } }
  | { readonly put: 'setting'; readonly row: { readonly key: string; readonly value: string } }
  | { readonly drop: 'session'; readonly secretHash: string }
  | { readonly drop: 'hat'; readonly id: string; readonly atMs: number }
  | { readonly drop: 'invite'; readonly id: string; readonly atMs: number }
  /** Out of the library: its file and text are deleted, the rest of its row stays. */
  | { readonly drop: 'source'; readonly draft: string; readonly number: number; readonly atMs: number; readonly why: string }
  /** Takes one use off an invite; the transaction fails with `gone` when none is left, or it expired or was revoked at `atMs`. */
  | { readonly use: 'invite'; readonly id: string; readonly atMs: number }

/** A command's outcome, kept under (person, draft, key) so that a second sending gets the first answer. */
export interface CommandOutcome {
  readonly person: string
  readonly draft: string
  readonly key: string
  /** SHA-256 of the command's body; the same key with another body is a mistake of the sender. */
  readonly bodyDigest: string
  readonly result: JsonValue
}

export interface AppendRequest {
  readonly document: DocumentId
  /** The position the check was made against; 0 for an empty log. */
  readonly expectedSeq: number
  /** For a side document: the shared document's position that the check read. Checked against the log's too. */
  readonly alsoExpect?: { readonly document: DocumentId; readonly seq: number }
  readonly entries: readonly EntryDraft[]
  readonly record?: { readonly draft: string; readonly actor: string; readonly kind: string; readonly body: JsonValue }
  readonly outcome?: CommandOutcome
  readonly writes?: readonly Write[]
}

export type AppendResult =
  | { readonly ok: true; readonly entries: readonly LogEntry[]; readonly record: RecordRow | null }
  /** `moved`: the log (or `alsoExpect`'s) is elsewhere; `seq` is where this document's log is now. */
  | { readonly ok: false; readonly why: 'moved'; readonly seq: number }
  /** `repeated`: the outcome's key was used before, with this body and this result. */
  | { readonly ok: false; readonly why: 'repeated'; readonly bodyDigest: string; readonly result: JsonValue }
  | { readonly ok: false; readonly why: 'gone' }

export interface LoadedDocument {
  /** A snapshot that covers every entry up to and including `snapshotSeq`; null and 0 when there is none. */
  readonly snapshot: Uint8Array | null
  readonly snapshotSeq: number
  /** The entries after the snapshot, in order. */
  readonly entries: readonly LogEntry[]
  readonly seq: number
}

/** What can still be proved of a document whose chain does not hold. */
export interface SalvagedDocument extends LoadedDocument {
  /** By number, those that are gone or that nothing proves; `entries` are the others. */
  readonly lost: readonly number[]
}

/**
 * Every method rejects with an `Error` only when the database itself failed; whatever can be foreseen is a value.
 * Appends that arrive while a transaction runs are committed together in the next one, across documents; each
 * succeeds or fails alone (a savepoint each).
 */
export interface Store {
  append(request: AppendRequest): Promise<AppendResult>
  load(document: DocumentId): Promise<LoadedDocument>
  /** Where `load` says `log-damaged`: what of the document is proved by its digests all the same. */
  salvage(document: DocumentId): Promise<SalvagedDocument>
  /** Entries after `afterSeq`, at most `entriesMax`. */
  entries(document: DocumentId, afterSeq: number, entriesMax: number): Promise<readonly LogEntry[]>
  /** What is kept of its history from `afterSeq` on, without a gap: it ends before what is damaged, and the log has the rest. */
  history(document: DocumentId, afterSeq: number): Promise<readonly HistoryRow[]>
  saveSnapshot(document: DocumentId, seq: number, bytes: Uint8Array): Promise<void>
  /** Writes without a log entry, in one transaction. False when a `use` failed; then nothing was written. */
  write(writes: readonly Write[]): Promise<boolean>

  outcome(person: string, draft: string, key: string): Promise<{ bodyDigest: string; result: JsonValue } | null>
  drafts(): Promise<readonly DraftRow[]>
  draft(id: string): Promise<DraftRow | null>
  person(id: string): Promise<PersonRow | null>
  persons(ids: readonly string[]): Promise<readonly PersonRow[]>
  session(secretHash: string): Promise<SessionRow | null>
  invite(id: string): Promise<InviteRow | null>
  invites(draft: string): Promise<readonly InviteRow[]>
  /** All hats of a draft, revoked ones too. */
  hats(draft: string): Promise<readonly HatRow[]>
  hatsOf(person: string): Promise<readonly HatRow[]>
  delegations(draft: string): Promise<readonly DelegationRow[]>
  /** All leases of a document, tens of thousands after months: read when a room opens, and never for each who comes. */
  leases(document: DocumentId): Promise<readonly LeaseRow[]>
  /** How many a capacity has there. */
  leaseCount(document: DocumentId, hatId: string): Promise<number>
  lease(clientId: number): Promise<LeaseRow | null>
  /** Entries after `afterSeq`; all of them, or at most `entriesMax`. */
  record(draft: string, afterSeq: number, entriesMax?: number): Promise<readonly RecordRow[]>
  version(draft: string, number: number): Promise<VersionRow | null>
  versions(draft: string): Promise<readonly VersionHead[]>
  /** By number, those that were taken out too. */
  sources(draft: string): Promise<readonly SourceHead[]>
  /** What was read from it; null where it is not there, was not read or was taken out. */
  sourceValue(draft: string, number: number): Promise<JsonValue>
  /** Its file; null where it is not there or was taken out. */
  sourceFile(draft: string, number: number): Promise<Uint8Array | null>
  visit(draft: string, person: string): Promise<{ recordSeq: number; atMs: number } | null>
  /** Every thread of which somebody has seen something. */
  seen(draft: string, person: string): Promise<readonly SeenThread[]>
  setting(key: string): Promise<string | null>
  /** After everything under way is committed. */
  close(): Promise<void>
}
