import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chainEntries, EMPTY_TAIL, entryDigest, firstDamagedEntry, firstDamagedRecord, GENESIS_DIGEST, recordDigest } from '../../../server/store/digest.ts'
import type { LogEntry } from '../../../server/store/store.ts'

const entry: Omit<LogEntry, 'digest'> = {
  document: 'd1/side/jp',
  seq: 12,
  atMs: 1_700_000_000_000,
  actor: 'Zoë',
  kind: 'update',
  bytes: new Uint8Array([0, 255, 7]),
  lineage: null,
}

/** Redone from the docstrings of digest.ts and chain.ts, as an offline verifier would. */
function redone(...fields: readonly (Buffer | null)[]): string {
  const parts = fields.flatMap((field) => {
    const length = Buffer.from((field === null ? 0xffffffff : field.length).toString(16).padStart(8, '0'), 'hex')
    return field === null ? [length] : [length, field]
  })
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex')
}

const texts = (...values: readonly string[]) => values.map((value) => Buffer.from(value, 'utf8'))

describe('the digest chain', () => {
  it('LG6 digests an entry over the bytes that its description says', () => {
    const head = texts('omnibus/log/1', GENESIS_DIGEST, 'd1/side/jp', '12', '1700000000000', 'Zoë', 'update')
    expect(entryDigest(GENESIS_DIGEST, entry)).toBe(redone(...head, Buffer.from([0, 255, 7]), null))
    expect(entryDigest(GENESIS_DIGEST, { ...entry, lineage: '[]' })).toBe(redone(...head, Buffer.from([0, 255, 7]), ...texts('[]')))
  })

  it('LG6 digests a record row over its canonical body', () => {
    const row = { draft: 'd1', seq: 3, atMs: 9, actor: 'chair', kind: 'lock', body: { b: 1.0, a: ['é'] } }
    const who = createHash('sha256').update('chair').digest('hex')
    const content = redone(...texts('omnibus/record-content/1', who, 'lock', '{"a":["é"],"b":1}'))
    expect(recordDigest('f'.repeat(64), row)).toBe(redone(...texts('omnibus/record/2', 'f'.repeat(64), 'd1', '3', '9', content)))
  })

  it('LG6 keeps its form: logs that exist depend on it', () => {
    expect(entryDigest(GENESIS_DIGEST, entry)).toBe('2ebb1b64547c32204333d372856b5570d2b567406e149154af2a1c9db18516be')
  })

  it.each([
    ['document', { document: 'd1/side/j', actor: 'pZoë' }],
    ['seq', { seq: 13 }],
    ['time', { atMs: 0 }],
    ['actor', { actor: 'Zoe' }],
    ['kind', { kind: 'command' }],
    ['bytes', { bytes: new Uint8Array([0, 255]) }],
    ['lineage', { lineage: '' }],
  ] as const)('LG7 gives another digest to an entry of another %s', (_, change) => {
    expect(entryDigest(GENESIS_DIGEST, { ...entry, ...change })).not.toBe(entryDigest(GENESIS_DIGEST, entry))
  })

  it('LG7 names the first entry that is missing, doubled, moved, earlier than its predecessor or changed', () => {
    const drafts = Array.from({ length: 5 }, (_, index) => ({ actor: 'a', kind: 'update' as const, bytes: new Uint8Array([index]), lineage: null }))
    const log = chainEntries('d1', EMPTY_TAIL, drafts, 50)
    const [one, two, three, four, five] = log as [LogEntry, LogEntry, LogEntry, LogEntry, LogEntry]
    expect(firstDamagedEntry(0, GENESIS_DIGEST, log)).toBeNull()
    expect(firstDamagedEntry(2, two.digest, log.slice(2))).toBeNull()
    expect(firstDamagedEntry(0, GENESIS_DIGEST, [one, two, four, five])).toBe(3)
    expect(firstDamagedEntry(0, GENESIS_DIGEST, [one, two, two, three])).toBe(3)
    expect(firstDamagedEntry(0, GENESIS_DIGEST, [two, one])).toBe(1)
    expect(firstDamagedEntry(0, GENESIS_DIGEST, log.slice(1))).toBe(1)
    expect(firstDamagedEntry(0, GENESIS_DIGEST, [one, two, { ...three, lineage: '[]' }, four])).toBe(3)
    expect(firstDamagedEntry(1, two.digest, log.slice(1))).toBe(2)
    const earlier = { ...two, atMs: 49 }
    expect(firstDamagedEntry(0, GENESIS_DIGEST, [one, { ...earlier, digest: entryDigest(one.digest, earlier) }])).toBe(2)
    expect(firstDamagedRecord(0, GENESIS_DIGEST, [])).toBeNull()
  })
})
