/** Entries of a log in one buffer: as they were, and none that their digests do not prove. */
import { expect, it } from 'vitest'
import { chainEntries, EMPTY_TAIL, GENESIS_DIGEST } from '../../../server/store/digest.ts'
import { packEntries, unpackEntries } from '../../../server/store/packed.ts'
import type { EntryDraft, LogEntry } from '../../../server/store/store.ts'

const drafts: readonly EntryDraft[] = [
  { actor: 'chair', kind: 'update', bytes: new Uint8Array([0, 255, 7]), lineage: null },
  { actor: 'chair', kind: 'command', bytes: new Uint8Array(), lineage: '' },
  { actor: 'Zoë', kind: 'update', bytes: new Uint8Array(9_000).fill(9), lineage: '[{"to":"é"}]' },
  { actor: 'Zoe', kind: 'update', bytes: new Uint8Array([1]), lineage: 'long '.repeat(90) },
  { actor: '中'.repeat(200), kind: 'command', bytes: new Uint8Array([2]), lineage: null },
  { actor: 'Zoe', kind: 'update', bytes: new Uint8Array([3]), lineage: null },
]
const log = chainEntries('d1/side/jp', EMPTY_TAIL, drafts, 1_700_000_000_000)
const packed = (entries: readonly LogEntry[], afterSeq = 0, previous: string | null = GENESIS_DIGEST) => packEntries('d1/side/jp', afterSeq, previous, entries)

it('LG11 what is packed comes back exactly: letters of any kind, no bytes and many, no lineage and an empty one', () => {
  expect(unpackEntries('d1/side/jp', packed(log))).toEqual(log)
  expect(unpackEntries('d1/side/jp', packed(log.slice(3), 3, log[2]!.digest))).toEqual(log.slice(3))
  expect(unpackEntries('d1/side/jp', packed([]))).toEqual([])
})

it('LG11 comes back so from another thread, to which the buffer is handed over', () => {
  const sent = packed(log)
  const { packed: buffer } = sent
  expect(unpackEntries('d1/side/jp', structuredClone(sent, { transfer: [buffer] }))).toEqual(log)
  expect(buffer.byteLength).toBe(0)
})

it('LG7 names the entry that its digest does not prove, and packs none of them', () => {
  const damage = (seq: number) => expect.objectContaining({ code: 'log-damaged', document: 'd1/side/jp', seq })
  const changed = (index: number, change: Partial<LogEntry>) => log.map((entry, at) => (at === index ? { ...entry, ...change } : entry))
  expect(() => packed(changed(2, { actor: 'Zoe' }))).toThrow(damage(3))
  expect(() => packed(changed(4, { digest: 'x' }))).toThrow(damage(5))
  expect(() => packed(changed(1, { lineage: null }))).toThrow(damage(2))
  expect(() => packed(log.filter(({ seq }) => seq !== 4))).toThrow(damage(4))
  expect(() => packed(log.slice(1), 1, null)).toThrow(damage(1))
})
