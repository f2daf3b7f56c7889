/** What was committed last lies together, and is moved to its documents' own place. */
import { rm } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Database } from '../../../server/store/database.ts'
import { prepareGroup } from '../../../server/store/group.ts'
import { unpackEntries } from '../../../server/store/packed.ts'
import { prepareReads } from '../../../server/store/reads.ts'
import { prepareRecent } from '../../../server/store/recent.ts'
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
    append: (document: string, expectedSeq: number) => {
      const [outcome] = commit([{ op: 'append', request: appendOf(document, expectedSeq, entry(expectedSeq % 256)), nowMs: 1 }])
      return outcome?.ok === true && typeof outcome.value === 'object' && outcome.value?.ok === true
    },
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

it('LG27 what was committed last is read with the rest, before it is moved and after, and goes on from where it was', async () => {
  const { recent, reads, append, count } = await opened()
  for (let seq = 0; !recent.isFull; seq++) for (const document of documents) expect(append(document, seq)).toBe(true)
  const before = documents.map((document) => reads.load(document))
  expect([count('log'), count('entry')]).toEqual([0, count('recent')])
  expect(count('recent')).toBeGreaterThanOrEqual(limits.storeRecentEntries)
  recent.moveToLog()
  expect([count('recent'), recent.isFull]).toEqual([0, false])
  expect(documents.map((document) => reads.load(document))).toEqual(before)
  const { count: seq } = before[0]!
  expect([append('d1', seq), append('d1', seq)]).toEqual([true, false])
  expect(reads.load('d1').count).toBe(seq + 1)
  expect(unpackEntries('d1', reads.entries('d1', seq - 1, 10)).map((one) => one.seq)).toEqual([seq, seq + 1])
})

it('LG27 is moved when the folder is opened', async () => {
  const { append, again } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  const { count, reads, append: goOn } = again()
  expect([count('recent'), count('log'), reads.load('d1').count, goOn('d1', 3)]).toEqual([0, 3, 3, true])
})

it('LG27 what cannot be moved stays where it can be read', async () => {
  const { database, recent, reads, append, count } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  database.prepare("CREATE TRIGGER poison BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no'); END").run()
  expect(() => recent.moveToLog()).toThrow('no')
  expect([database.inTransaction, count('recent'), reads.load('d1').count, append('d1', 3)]).toEqual([false, 3, 3, true])
})

it('LG27 of what the log has another entry for nothing is lost, and the chain says that something is wrong', async () => {
  const { database, recent, reads, append, count } = await opened()
  for (let seq = 0; seq < 3; seq++) append('d1', seq)
  database.prepare("INSERT INTO log SELECT document, seq, at_ms, 'another', kind, bytes, lineage, 'other' FROM recent WHERE seq = 2").run()
  recent.moveToLog()
  expect([count('log'), count('recent')]).toEqual([3, 1])
  expect(() => reads.load('d1')).toThrow(expect.objectContaining({ code: 'log-damaged' }))
})
