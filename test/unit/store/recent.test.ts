/** What was committed last lies together, and is moved to its documents' own place. */
import { rm } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Database } from '../../../server/store/database.ts'
import { prepareGroup } from '../../../server/store/group.ts'
import { unpackEntries } from '../../../server/store/packed.ts'
import { prepareReads } from '../../../server/store/reads.ts'
import { prepareRecent } from '../../../server/store/recent.ts'
import { SCHEMA_VERSION } from '../../../server/store/schema.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { appendOf, entry } from '../../contract/store-fixtures.ts'
import { newFolder } from '../../contract/store-harness.ts'

const documents = ['d1', 'd2', 'd3']

function inFolder(database: Database) {
  const recent = prepareRecent(database)
  const commit = prepareGroup(database, recent)
  const reads = prepareReads(database)
  return {
    recent,
    reads,
    append: (document: string, expectedSeq: number, entries = 1) => {
      const each = Array.from({ length: entries }, (_, index) => entry((expectedSeq + index) % 256))
      const [outcome] = commit([{ op: 'append', request: appendOf(document, expectedSeq, ...each), nowMs: 1 }])
      return outcome?.ok === true && typeof outcome.value === 'object' && outcome.value?.ok === true
    },
    form: () => database.prepare('PRAGMA user_version').get()!['user_version'],
    count: (table: 'log' | 'recent' | 'entry') => database.prepare(`SELECT count(*) AS found FROM ${table}`).get()!['found'],
  }
}

async function opened() {
  const folder = await newFolder()
  let database = openDatabase(folder)
  onTestFinished(async () => {
    database.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { database, ...inFolder(database), again: () => {
    database.close()
    database = openDatabase(folder)
    return inFolder(database)
  } }
}

/** Until as many are there as are moved. */
function filled({ recent, append }: ReturnType<typeof inFolder>): number {
  for (let seq = 0; ; seq++) {
    if (recent.isDue) return seq
    for (const document of documents) expect(append(document, seq)).toBe(true)
  }
}

it('LG27 what was committed last is read with the rest, before it is moved, while it is, and after, and goes on from where it was', async () => {
  const folder = await opened()
  const { recent, reads, append, count } = folder
  const seq = filled(folder)
  const load = (): unknown[] => documents.map((document) => reads.load(document))
  const before = load()
  const all = count('recent')
  expect([count('log'), count('entry')]).toEqual([0, all])
  expect(all).toBeGreaterThanOrEqual(limits.storeRecentEntries)
  let steps = 0
  for (; recent.isDue; steps++) {
    recent.moveSome()
    expect(count('log')).toBe(Math.min(Number(all), (steps + 1) * limits.storeMovedAtOnce))
    expect([count('entry'), load()]).toEqual([all, before])
  }
  expect(steps).toBeGreaterThan(3)
  expect(count('recent')).toBe(0)
  expect([append('d1', seq), append('d1', seq)]).toEqual([true, false])
  expect(reads.load('d1').count).toBe(seq + 1)
  expect(unpackEntries('d1', reads.entries('d1', seq - 1, 10)).map((one) => one.seq)).toEqual([seq, seq + 1])
})

it('LG27 what is committed while others are moved stays for the next time', async () => {
  const folder = await opened()
  const { recent, reads, append, count } = folder
  const seq = filled(folder)
  recent.moveSome()
  for (const [index, document] of documents.entries()) for (let more = 0; more <= index; more++) expect(append(document, seq + more)).toBe(true)
  while (recent.isDue) recent.moveSome()
  expect([count('recent'), documents.map((document) => reads.load(document).count)]).toEqual([6, [seq + 1, seq + 2, seq + 3]])
})

it('LG27 a server that ends while some are moved loses none and doubles none', async () => {
  const folder = await opened()
  const seq = filled(folder)
  folder.recent.moveSome()
  const before = documents.map((document) => folder.reads.load(document))
  const { count, reads, append } = folder.again()
  expect([count('recent'), count('log'), documents.map((document) => reads.load(document))]).toEqual([0, seq * documents.length, before])
  expect(append('d1', seq)).toBe(true)
})

it('LG22 a folder of the form before is brought to this one, with all that is in it', async () => {
  const { database, append, again } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  database.prepare('DROP VIEW entry').run()
  database.prepare('CREATE VIEW entry AS SELECT document, seq, at_ms, actor, kind, bytes, lineage, digest FROM log UNION ALL SELECT document, seq, at_ms, actor, kind, bytes, lineage, digest FROM recent').run()
  database.prepare('DROP INDEX lease_by_document').run()
  database.prepare('CREATE INDEX lease_by_document ON lease (document)').run()
  database.prepare('PRAGMA user_version = 6').run()
  const { count, reads, append: goOn, recent, form } = again()
  expect([form(), reads.load('d1').count, goOn('d1', 3)]).toEqual([SCHEMA_VERSION, 3, true])
  recent.moveToLog()
  expect([count('entry'), count('log')]).toEqual([4, 4])
})

it('LG27 is moved when the folder is opened', async () => {
  const { append, again } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  const { count, reads, append: goOn } = again()
  expect([count('recent'), count('log'), reads.load('d1').count, goOn('d1', 3)]).toEqual([0, 3, 3, true])
})

it('LG27 what is moved is not waited for, and everything else is, also after a move that failed', async () => {
  const { database } = await opened()
  const waits = (): unknown => database.prepare('PRAGMA synchronous').get()!['synchronous']
  const [normal, full] = [1, 2]
  expect(waits()).toBe(full)
  database.relaxed(() => expect(waits()).toBe(normal))
  expect(waits()).toBe(full)
  expect(() => database.relaxed(() => { throw new Error('no') })).toThrow('no')
  expect(waits()).toBe(full)
})

it('LG27 what cannot be moved stays where it can be read', async () => {
  const { database, recent, reads, append, count } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  database.prepare("CREATE TRIGGER poison BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no'); END").run()
  for (const move of [() => recent.moveToLog(), () => recent.moveSome()]) expect(move).toThrow('no')
  expect([database.inTransaction, recent.isDue, count('recent'), reads.load('d1').count, append('d1', 3)]).toEqual([false, false, 3, 3, true])
  database.prepare('DROP TRIGGER poison').run()
  recent.moveSome()
  expect([count('recent'), count('log'), reads.load('d1').count]).toEqual([0, 4, 4])
})

it('LG27 of what the log has another entry for nothing is lost, and the chain says that something is wrong', async () => {
  const { database, recent, reads, append, count } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  database.prepare("INSERT INTO log SELECT document, seq, at_ms, 'another', kind, bytes, lineage, 'other' FROM recent WHERE seq = 2").run()
  recent.moveSome()
  expect([count('log'), count('recent'), count('entry'), recent.isDue]).toEqual([3, 1, 4, false])
  expect(() => reads.load('d1')).toThrow(expect.objectContaining({ code: 'log-damaged' }))
})

it('LG27 however much comes with each commit, what waits to be moved does not grow without end', async () => {
  const { recent, append, count } = await opened()
  const each = 4 * limits.storeMovedAtOnce
  let most = 0
  for (let commits = 0; commits < 60; commits++) {
    expect(append('d1', commits * each, each)).toBe(true)
    if (recent.isDue) recent.moveSome()
    most = Math.max(most, Number(count('recent')))
  }
  expect(most).toBeLessThan(3 * limits.storeRecentEntries)
})
