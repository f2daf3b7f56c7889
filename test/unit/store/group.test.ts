/** The worker's core on a real database in this thread, where a full disk can be had. */
import { rm } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../../server/store/database.ts'
import { prepareGroup, type WriteOutcome, type WriteRequest } from '../../../server/store/group.ts'
import { prepareReads } from '../../../server/store/reads.ts'
import type { AppendRequest } from '../../../server/store/store.ts'
import { appendOf, command, entry } from '../../contract/store-fixtures.ts'
import { newFolder } from '../../contract/store-harness.ts'

async function open() {
  const folder = await newFolder()
  const database = openDatabase(folder)
  onTestFinished(async () => {
    database.close()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (sql: string) => database.prepare(sql).get()
  return { database, run, commit: prepareGroup(database), reads: prepareReads(database) }
}

const append = (request: AppendRequest): WriteRequest => ({ op: 'append', request, nowMs: 1 })

const verdict = (outcome: WriteOutcome) => (outcome.ok ? 'kept' : 'rejected')

describe('group commit', () => {
  it('LG20 waits for the disk at every commit, in a log that readers need not wait for', async () => {
    const { run } = await open()
    expect(run('PRAGMA synchronous')).toMatchObject({ synchronous: 2 })
    expect(run('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' })
  })

  it('LG21 keeps nothing of a group that did not fit on the disk, and takes the next', async () => {
    const { database, run, commit, reads } = await open()
    commit([append(appendOf('d1', 0, entry(1)))])
    const pages = run('PRAGMA page_count')!['page_count'] as number
    run(`PRAGMA max_page_count = ${pages + 4}`)
    const large = { ...entry(2), bytes: new Uint8Array(100_000) }
    const group = [append(appendOf('d1', 1, entry(2))), append(command('k', { document: 'd2' })), append(appendOf('d3', 0, large))]
    expect(() => commit(group)).toThrow(expect.objectContaining({ code: 'store-failed', message: expect.stringContaining('SQLITE_FULL') }))
    expect(database.inTransaction).toBe(false)
    expect([reads.load('d1').count, reads.load('d2').count, reads.setting('last')]).toEqual([1, 0, null])
    expect(commit(group.slice(0, 2)).map(verdict)).toEqual(['kept', 'kept'])
    expect([reads.load('d1').count, reads.load('d2').count, reads.setting('last')]).toEqual([2, 1, 'k'])
  })

  it('LG21 keeps nothing of a group whose COMMIT fails, and takes the next', async () => {
    const { database, run, commit, reads } = await open()
    run('PRAGMA foreign_keys = ON')
    run('CREATE TABLE known (id INTEGER PRIMARY KEY)')
    run('CREATE TABLE late (id INTEGER REFERENCES known (id) DEFERRABLE INITIALLY DEFERRED)')
    run("CREATE TRIGGER poison AFTER INSERT ON recent WHEN NEW.actor = 'poison' BEGIN INSERT INTO late VALUES (1); END")
    const good = append(appendOf('d1', 0, entry(1)))
    expect(() => commit([good, append(appendOf('d2', 0, entry(1, 'poison')))])).toThrow(expect.objectContaining({ code: 'store-failed' }))
    expect([database.inTransaction, reads.load('d1').count, reads.load('d2').count]).toEqual([false, 0, 0])
    expect(commit([good]).map(verdict)).toEqual(['kept'])
    expect(reads.load('d1').count).toBe(1)
  })

  it('LG17 rejects alone a request that breaks a constraint or holds what cannot be stored', async () => {
    const { run, commit, reads } = await open()
    run("CREATE TRIGGER poison BEFORE INSERT ON recent WHEN NEW.actor = 'poison' BEGIN SELECT RAISE(ABORT, 'no'); END")
    const group = [
      append(appendOf('d1', 0, entry(1))),
      append(appendOf('d2', 0, entry(1), entry(2, 'poison'))),
      append(appendOf('d3', 0, { ...entry(1), actor: undefined as unknown as string })),
      append(command('k', { document: 'd4', record: { draft: 'd4', actor: 'a', kind: 'lock', body: Number.NaN } })),
      append(appendOf('d5', 0, entry(1))),
    ]
    expect(commit(group).map(verdict)).toEqual(['kept', 'rejected', 'rejected', 'rejected', 'kept'])
    expect(['d1', 'd2', 'd3', 'd4', 'd5'].map((document) => reads.load(document).count)).toEqual([1, 0, 0, 0, 1])
  })
})
