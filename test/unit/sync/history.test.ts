/** A history that is kept beside its log, and what is read of it. */
import pino from 'pino'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import { HistoryKeeper } from '../../../server/sync/history-keeper.ts'
import { loadDocument } from '../../../server/sync/loading.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import { Timeline } from '../../../server/sync/timeline.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { randomOf } from '../../fuzz/random.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

/** Three people who write and strike, and now and then a decision; `texts[seq]` is what stood there behind that entry. */
async function written(count: number): Promise<{ readonly store: Store; readonly doc: Y.Doc; readonly texts: readonly string[] }> {
  const store = openMemoryStore()
  const random = randomOf(7)
  const doc = new Y.Doc({ gc: false })
  const text = doc.getText('t')
  const texts = ['']
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  for (let seq = 0; seq < count; ) {
    doc.clientID = 10 + random(3)
    doc.transact(() => {
      if (text.length > 3 && random(4) === 0) text.delete(random(text.length - 2), 2)
      else for (let places = 1 + random(3); places > 0; places--) text.insert(random(text.length + 1), 'abc'.slice(random(3)))
    })
    const isCommand = random(9) === 0
    const entries = updates.splice(0).map((bytes) => ({ actor: 'chair', kind: isCommand ? 'command' as const : 'update' as const, bytes, lineage: null }))
    await store.append({ document: 'd', expectedSeq: seq, entries, ...(isCommand ? { record: { draft: 'd', actor: 'chair', kind: 'keep-version', body: {} } } : {}) })
    seq += entries.length
    texts.push(text.toString())
  }
  return { store, doc, texts }
}

const textAt = (doc: Y.Doc, timeline: Timeline, seq: number): string => Y.createDocFromSnapshot(doc, timeline.pointAt(seq)).getText('t').toString()

test('CP6 a history that is kept beside the log shows every point as the log does, and only what came since is read from the log', async () => {
  const { store, doc, texts } = await written(2 * limits.historyPageEntries + 70)
  const keeper = new HistoryKeeper(store, 'd')
  await keeper.keep(limits.historyPageEntries - 1)
  expect(await store.history('d', 0)).toEqual([])
  await Promise.all([keeper.keep(limits.historyPageEntries + 3), keeper.keep(texts.length - 1)])
  await new HistoryKeeper(store, 'd').keep(texts.length - 1)
  expect((await store.history('d', 0)).map(({ afterSeq, seq }) => [afterSeq, seq])).toEqual([[0, limits.historyPageEntries], [limits.historyPageEntries, 2 * limits.historyPageEntries]])

  const read: number[] = []
  const kept = new Timeline({ ...store, entries: (document, afterSeq, entriesMax) => (read.push(afterSeq), store.entries(document, afterSeq, entriesMax)) }, 'd')
  const logged = new Timeline({ ...store, history: () => Promise.resolve([]) }, 'd')
  await kept.readOn()
  await logged.readOn()
  expect(Math.min(...read)).toBe(2 * limits.historyPageEntries)
  for (let seq = 1; seq < texts.length; seq += 23) expect([textAt(doc, kept, seq), textAt(doc, logged, seq)]).toEqual([texts[seq], texts[seq]])
  const records = await store.record('d', 0)
  expect(records.length).toBeGreaterThan(50)
  expect(records.map(({ seq }) => kept.seqOf(seq))).toEqual(records.map(({ seq }) => logged.seqOf(seq)))
  expect(kept.seqOf(records.at(-1)!.seq)).toBeGreaterThan(2 * limits.historyPageEntries)
})

test('CP6 a room keeps the history of a shared document whenever its snapshot is saved, and has done so when it is closed', async () => {
  const store = openMemoryStore()
  const rooms = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  await store.write([{ put: 'person', row: { id: 'chair', name: 'Chair', canCreate: true } }])
  const made = await rooms.createDraft({ key: 'create-draft-key', body: { command: 'create-draft', title: 'T', language: 'en' } }, { id: 'chair', name: 'Chair' })
  if (!made.ok) throw new Error(made.error.code)
  const { draft } = made.result as { draft: string; hatId: string }
  await rooms.stop()
  const { doc, seq } = await loadDocument(store, draft, 'shared', () => 0.5)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  const notes = doc.getMap('state')
  for (let made = 0; made < limits.historyPageEntries; made++) notes.set('stillTyping', made)
  await store.append({ document: draft, expectedSeq: seq, entries: updates.map((bytes) => ({ actor: 'chair', kind: 'update', bytes, lineage: null })) })
  expect(await store.history(draft, 0)).toEqual([])
  const again = createRooms({ store, keys: fixedKeys, log: pino({ enabled: false }), now: () => 1000 })
  await again.standing(draft, new Set())
  await again.stop()
  expect((await store.history(draft, 0)).map((page) => [page.afterSeq, page.seq])).toEqual([[0, limits.historyPageEntries]])
})
