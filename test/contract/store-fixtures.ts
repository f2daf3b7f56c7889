/** Small requests and rows for tests of the store. */
import type { AppendRequest, AppendResult, DocumentId, EntryDraft, InviteRow, LeaseRow, SourceRow, VersionRow } from '../../server/store/store.ts'

export const bytesOf = (...values: readonly number[]): Uint8Array => new Uint8Array(values)

export const entry = (byte: number, actor = 'amina'): EntryDraft => ({ actor, kind: 'update', bytes: bytesOf(byte), lineage: null })

export const appendOf = (document: DocumentId, expectedSeq: number, ...entries: readonly EntryDraft[]): AppendRequest => ({ document, expectedSeq, entries })

export const command = (key: string, more: Partial<AppendRequest> = {}): AppendRequest => ({
  document: 'd1',
  expectedSeq: 0,
  entries: [{ actor: 'server', kind: 'command', bytes: bytesOf(1, 2), lineage: '[["a:1","b:2"]]' }],
  record: { draft: 'd1', actor: 'chair', kind: 'lock', body: { unit: 'u1', reason: null } },
  outcome: { person: 'chair', draft: 'd1', key, bodyDigest: 'b0', result: { locked: ['u1'] } },
  writes: [{ put: 'setting', row: { key: 'last', value: key } }],
  ...more,
})

export const lease = (clientId: number): LeaseRow => ({ clientId, document: 'd1', person: 'amina', hatId: 'h1', delegation: 'jp' })

export const versionRow = (number: number): VersionRow => ({
  draft: 'd1', number, kind: 'text', name: 'Zero draft', symbol: 'A/1/L.1', by: 'office', seq: 3, units: ['u-1', 'u-2'], point: number === 1 ? null : bytesOf(9), bytes: bytesOf(number), sha256: 'aa', atMs: 5,
})

export const sourceRow = (number: number): SourceRow => ({
  draft: 'd1', number, title: 'Trafficking', symbol: 'A/RES/64/293', language: 'en', year: 2010, name: 'n1047911.txt', format: 'text', by: 'jp', atMs: 5, sizeBytes: 3, sha256: 'aa', paragraphs: 1, removedAtMs: null, removedWhy: '',
  value: { language: 'en', units: [{ kind: 'title', words: 'Trafficking', notes: [], children: [] }] }, bytes: bytesOf(0, 1, 255),
})

export const inviteRow = (id: string, usesLeft: number): InviteRow => ({
  id,
  secretHash: `hash of ${id}`,
  draft: 'd1',
  hat: { role: 'delegate' },
  person: null,
  createdBy: 'chair',
  expiresAtMs: 1_000,
  usesLeft,
  revokedAtMs: null,
})

export function succeeded(result: AppendResult): Extract<AppendResult, { ok: true }> {
  if (!result.ok) throw new Error(`The append was refused: ${JSON.stringify(result)}`)
  return result
}
