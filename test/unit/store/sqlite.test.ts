import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkDatabase, mendFrom } from '../../../server/store/check.ts'
import { DATABASE_FILE, openDatabase, type Database } from '../../../server/store/database.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { appendOf, bytesOf, command, entry } from '../../contract/store-fixtures.ts'
import { newFolder, sql, sqliteHarness } from '../../contract/store-harness.ts'
import { SCHEMA_VERSION } from '../../../server/store/schema.ts'

async function open() {
  const harness = await sqliteHarness()
  const store = await harness.open(() => 1)
  onTestFinished(async () => {
    await store.close()
    await harness.dispose()
  })
  return { harness, store, folder: harness.folder }
}

describe('the store on SQLite', () => {
  it('LG20 commits appends of many documents that are asked for together in one transaction', async () => {
    const { store } = await open()
    const before = await store.stats()
    const results = await Promise.all(Array.from({ length: 50 }, (_, index) => store.append(appendOf(`d${index}`, 0, entry(1)))))
    const after = await store.stats()
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect([after.commits - before.commits, after.requests - before.requests]).toEqual([1, 50])
  })

  it('LG20 needs fewer transactions than appends when rooms append independently', async () => {
    const { store } = await open()
    const room = async (document: string) => {
      for (let seq = 0; seq < 20; seq++) expect((await store.append(appendOf(document, seq, entry(seq)))).ok).toBe(true)
    }
    await Promise.all(Array.from({ length: 20 }, (_, index) => room(`d${index}`)))
    const { commits, requests } = await store.stats()
    expect(requests).toBe(400)
    expect(commits).toBeLessThan(200)
  })

  it('LG19 closes in the middle of a move: what was committed is told, and all of it is there again', async () => {
    const folder = await newFolder()
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const store = await openSqliteStore(folder)
    const many = Array.from({ length: limits.storeRecentEntries + 50 }, (_, index) => entry(index % 256))
    await store.append(appendOf('d1', 0, ...many))
    const [last, closed] = await Promise.allSettled([store.append(appendOf('d1', many.length, entry(7))), store.close()])
    expect([last.status, closed.status]).toEqual(['fulfilled', 'fulfilled'])
    const again = await openSqliteStore(folder)
    onTestFinished(() => again.close())
    expect((await again.load('d1')).entries).toHaveLength(many.length + 1)
  })

  it('LG21 rejects every request of a group whose commit fails, and goes on', async () => {
    const { store, folder } = await open()
    sql(folder, "CREATE TRIGGER poison AFTER INSERT ON recent WHEN NEW.actor = 'poison' BEGIN SELECT * FROM nowhere; END")
    const group = [store.append(appendOf('d1', 0, entry(1))), store.append(appendOf('d2', 0, entry(1, 'poison'))), store.write([])]
    const settled = await Promise.allSettled(group)
    expect(settled.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'kept'))).toEqual(Array(3).fill('store-failed'))
    expect((await store.load('d1')).seq).toBe(0)
    sql(folder, 'DROP TRIGGER poison')
    // Which the connection hears of with its next look at the tables.
    expect((await store.load('d2')).seq).toBe(0)
    expect((await store.append(appendOf('d1', 0, entry(1)))).ok).toBe(true)
  })

  it('LG22 says store-busy when the folder is open already, here or in another process', async () => {
    const { store, folder } = await open()
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ code: 'store-busy', message: expect.stringContaining(folder) })
    const other = `
      import { openSqliteStore } from ${JSON.stringify(new URL('../../../dist/server/store/sqlite.js', import.meta.url).href)}
      await openSqliteStore(${JSON.stringify(folder)}).then((store) => store.close(), (error) => console.log(error.code))`
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', other], { encoding: 'utf8' })).toMatchObject({ stdout: 'store-busy\n', status: 0 })
    await store.close()
    const again = await openSqliteStore(folder)
    await again.close()
  })

  it('LG22 leaves alone a folder that a later version wrote', async () => {
    const { store, folder } = await open()
    await store.close()
    sql(folder, 'PRAGMA user_version = 99')
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ code: 'store-unknown-version', message: expect.stringContaining('99') })
    sql(folder, `PRAGMA user_version = ${SCHEMA_VERSION}`)
    await (await openSqliteStore(folder)).close()
  })

  it('LG22 says what is wrong with a folder that cannot be opened', async () => {
    const [folder, other] = [await newFolder(), await newFolder()]
    onTestFinished(async () => {
      for (const path of [folder, other]) await rm(path, { recursive: true, force: true })
    })
    await mkdir(join(folder, 'omnibus.db'))
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ code: 'store-failed', message: expect.stringContaining(folder) })
    await writeFile(join(other, 'omnibus.db'), 'not a database, but long enough to look like a file with a header in it'.repeat(100))
    await expect(openSqliteStore(other)).rejects.toMatchObject({ code: 'store-failed', message: expect.stringContaining('SQLITE_NOTADB') })
  })

  it.each([
    ['bytes', "UPDATE log SET bytes = x'00' WHERE seq = 2", 'd1', 2],
    ['lineage', "UPDATE log SET lineage = '[]' WHERE seq = 1", 'd1', 1],
    ['letters that are none', "UPDATE log SET actor = CAST(x'ff00fe' AS TEXT) WHERE seq = 2", 'd1', 2],
    ['missing', 'DELETE FROM log WHERE seq = 2', 'd1', 2],
    ['record', `UPDATE record SET body = '{"unit":"u2","reason":null}' WHERE seq = 2`, 'd1/record', 2],
    ['letters that are none, in a record', "UPDATE record SET actor = CAST(x'ff00fe' AS TEXT) WHERE seq = 2", 'd1/record', 2],
    ['a digest that is none', "UPDATE log SET digest = CAST(x'ff00fe' AS TEXT) WHERE seq = 2", 'd1', 2],
    ['record no longer JSON', "UPDATE record SET body = '{' WHERE seq = 3", 'd1/record', 3],
  ])('LG7 finds what was changed in the file: %s', async (_, change, document, seq) => {
    const { store, folder } = await open()
    for (let at = 0; at < 3; at++) await store.append(command(`k${at}`, { expectedSeq: at }))
    sql(folder, change)
    const read = document === 'd1' ? store.load('d1') : store.record('d1', 0)
    await expect(read).rejects.toMatchObject({ code: 'log-damaged', document, seq })
  })

  it('LG7 finds that the entries under a snapshot are gone', async () => {
    const { store, folder } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2)))
    await store.saveSnapshot('d1', 2, bytesOf(5))
    sql(folder, 'DELETE FROM log WHERE seq = 2')
    await expect(store.load('d1')).rejects.toMatchObject({ code: 'log-damaged', document: 'd1', seq: 2 })
  })

  it.each([
    ['words', "UPDATE log SET bytes = x'00' WHERE seq = 2", [1, 3, 4], [2]],
    ['letters, to what are none', "UPDATE log SET actor = CAST(x'ff00fe' AS TEXT) WHERE seq = 2", [1, 3, 4], [2]],
    ['a quarter of a large update', 'UPDATE log SET bytes = zeroblob(9000) WHERE seq = 3', [1, 2, 4], [3]],
    // The next link is made of the right one, which proves the words.
    ['the digest alone', `UPDATE log SET digest = '${'0'.repeat(64)}' WHERE seq = 2`, [1, 2, 3, 4], []],
    ['the last digest, which no link proves', `UPDATE log SET digest = '${'0'.repeat(64)}' WHERE seq = 4`, [1, 2, 3], [4]],
    // Nothing says what stood before the third.
    ['an entry that is gone', 'DELETE FROM log WHERE seq = 2', [1, 4], [2, 3]],
    ['two that were exchanged', 'UPDATE log SET seq = CASE seq WHEN 2 THEN 30 ELSE 2 END WHERE seq IN (2, 3); UPDATE log SET seq = 3 WHERE seq = 30', [1], [2, 3, 4]],
  ])('LG25 proves what is left of a chain in which somebody changed %s', async (_, change, sound, lost) => {
    const { store, folder } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2), entry(3), entry(4)))
    sql(folder, change)
    await expect(store.load('d1')).rejects.toMatchObject({ code: 'log-damaged' })
    const salvaged = await store.salvage('d1')
    expect([salvaged.entries.map(({ seq }) => seq), salvaged.lost]).toEqual([sound, lost])
  })

  it('LG26 finds damage in every log and record, also under a snapshot, and puts back what a backup has of it', async () => {
    const { store, folder } = await open()
    for (let at = 0; at < 3; at++) await store.append(command(`k${at}`, { expectedSeq: at }))
    await store.append(appendOf('d2', 0, entry(1), entry(2), entry(3)))
    await store.saveSnapshot('d2', 3, bytesOf(5))
    await store.close()
    const [backup, other] = [await newFolder(), await newFolder()]
    onTestFinished(async () => {
      for (const path of [backup, other]) await rm(path, { recursive: true, force: true })
    })
    await cp(folder, backup, { recursive: true })
    const elsewhere = await openSqliteStore(other)
    await elsewhere.append(appendOf('d2', 0, entry(7), entry(8), entry(9)))
    await elsewhere.close()
    const using = <T>(path: string, run: (database: Database) => T): T => {
      const database = openDatabase(path)
      try {
        return run(database)
      } finally {
        database.close()
      }
    }
    expect(using(folder, checkDatabase)).toEqual({ chains: 3, entries: 9, damages: [], faults: [] })
    sql(folder, "UPDATE log SET bytes = x'00' WHERE document = 'd1' AND seq = 2", "DELETE FROM log WHERE document = 'd2' AND seq = 1", "UPDATE record SET actor = 'x' WHERE seq = 3")
    const damages = [{ chain: 'd1', lost: [2] }, { chain: 'd2', lost: [1, 2] }, { chain: 'd1/record', lost: [3] }]
    expect(using(folder, checkDatabase).damages).toEqual(damages)
    expect(using(folder, (database) => using(other, (from) => mendFrom(database, from)))).toEqual([])
    expect(using(folder, checkDatabase).damages).toEqual(damages)
    expect(using(folder, (database) => using(backup, (from) => mendFrom(database, from)))).toEqual(damages)
    expect(using(folder, checkDatabase)).toEqual({ chains: 3, entries: 9, damages: [], faults: [] })
  })

  it('LG7 finds bytes that were overwritten in the file itself', async () => {
    const { store, folder } = await open()
    const words = new TextEncoder().encode('Recalling its resolution')
    await store.append(appendOf('d1', 0, entry(1), { ...entry(2), bytes: words }, entry(3)))
    await store.close()
    const path = join(folder, DATABASE_FILE)
    const file = await readFile(path)
    const at = file.indexOf(words)
    expect(at).toBeGreaterThan(0)
    file[at] = 0x72
    await writeFile(path, file)
    const again = await openSqliteStore(folder)
    await expect(again.load('d1')).rejects.toMatchObject({ code: 'log-damaged', document: 'd1', seq: 2 })
    expect((await again.salvage('d1')).lost).toEqual([2])
    await again.close()
  })

  it('LG21 keeps nothing while somebody else holds the database, and goes on when it is let go', async () => {
    const { store, folder } = await open()
    const other = new Libsql(join(folder, DATABASE_FILE))
    other.exec('BEGIN IMMEDIATE')
    await expect(store.append(appendOf('d1', 0, entry(1)))).rejects.toMatchObject({ code: 'store-failed', message: expect.stringContaining('SQLITE_BUSY') })
    expect((await store.load('d1')).seq).toBe(0)
    other.exec('ROLLBACK')
    other.close()
    expect((await store.append(appendOf('d1', 0, entry(1)))).ok).toBe(true)
  })

  it('LG9 passes over a damaged snapshot and reads the log', async () => {
    const { store, folder } = await open()
    await store.append(appendOf('d1', 0, entry(1), entry(2)))
    await store.saveSnapshot('d1', 2, bytesOf(5))
    sql(folder, "UPDATE snapshot SET bytes = x'0909'")
    expect(await store.load('d1')).toMatchObject({ snapshot: null, snapshotSeq: 0, seq: 2 })
  })

  it('LG28 what is kept of a history ends before a page that was changed', async () => {
    const { store, folder } = await open()
    await store.write([0, 1, 2].map((afterSeq) => ({ put: 'history', row: { document: 'd1', afterSeq, seq: afterSeq + 1, bytes: bytesOf(afterSeq) } })))
    sql(folder, "UPDATE history SET bytes = x'0909' WHERE after_seq = 1")
    expect((await store.history('d1', 0)).map(({ seq }) => seq)).toEqual([1])
  })
})
