import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLedgers } from '../../../server/record/ledger.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { RecordRow, Store } from '../../../server/store/store.ts'
import { audienceOf, mayRead } from '../../../shared/record/audience.ts'
import { standEntryOf } from '../../../shared/record/entries.ts'
import { foldStands, noStands } from '../../../shared/record/stands.ts'
import { anyHat } from '../policy/facts.ts'

async function withRows(kinds: readonly string[]): Promise<{ store: Store; rows: RecordRow[] }> {
  const store = openMemoryStore()
  for (const [seq, kind] of kinds.entries()) {
    await store.append({
      document: 'd', expectedSeq: seq,
      entries: [{ actor: 'p', kind: 'command', bytes: new Uint8Array(), lineage: null }],
      record: { draft: 'd', actor: 'p', kind, body: { body: { amendment: 'a-1', digest: `${seq}`, verdict: 'flagged', flag: 'legal', note: `${seq}` } } },
    })
  }
  return { store, rows: [...(await store.record('d', 0))] }
}

describe('the ledger', () => {
  test('PS9 knows what the record says, and reads no entry twice', async () => {
    const { store, rows } = await withRows(['join', 'review', 'start-thread', 'review'])
    const asked: number[] = []
    const ledgers = createLedgers({ record: (draft, after) => { asked.push(after); return store.record(draft, after) } })
    expect((await ledgers.of('d')).entries.map((entry) => entry.seq)).toEqual([2, 4])
    const ledger = await ledgers.of('d')
    expect([ledger.seq, ledger.head, ledger.stands.reviews.get('a-1')?.note]).toEqual([4, rows[3]!.digest, '3'])
    expect(asked).toEqual([0, 4])
  })

  test('PS9 many who ask at once have it read from the beginning once', async () => {
    const { store } = await withRows(['join', 'review', 'review'])
    const asked: number[] = []
    const ledgers = createLedgers({ record: (draft, after) => { asked.push(after); return store.record(draft, after) } })
    const all = await Promise.all([ledgers.of('d'), ledgers.of('d'), ledgers.of('d')])
    expect([all.map(({ seq }) => seq), asked]).toEqual([[3, 3, 3], [0, 3, 3]])
  })

  test('PS9 an entry that is committed while the record is read for the first time is not lost, nor what came before it', async () => {
    const { store, rows } = await withRows(['review', 'review', 'review'])
    let answer = (): void => undefined
    const slow = new Promise<void>((resolve) => { answer = resolve })
    // What was read before the third was committed.
    const ledgers = createLedgers({ record: async () => { await slow; return rows.slice(0, 2) } })
    const asked = ledgers.of('d')
    ledgers.take('d', rows[2]!)
    answer()
    const ledger = await asked
    expect(ledger.entries.map((entry) => entry.seq)).toEqual([1, 2, 3])
    ledgers.take('d', rows[2]!)
    expect([ledger.seq, ledger.entries.length]).toEqual([3, 3])
    await store.close()
  })

  test('PS9 any JSON is read, as an entry or as none, and what has no readable audience is nobody’s but the table’s', () => {
    const kinds = fc.constantFrom('position', 'record-position', 'review', 'release-flag', 'open-positions', 'start-thread')
    fc.assert(fc.property(fc.jsonValue(), kinds, anyHat, (body, kind, hat) => {
      const entry = standEntryOf({ seq: 1, atMs: 1, kind, body: body as never })
      expect(foldStands(entry === null ? [] : [entry], noStands, 1).seq).toBe(1)
      const read = mayRead(hat, audienceOf({ audience: body, body: {} }), true)
      if (read && hat.role !== 'observer' && !['chair', 'facilitator', 'secretary'].includes(hat.role)) {
        expect(body).toMatchObject({ of: hat.delegation })
      }
    }))
  })
})
