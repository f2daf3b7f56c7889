/** `omnibus check` of a data folder some of whose pages are not what was written. */
import Libsql from 'libsql'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCheck } from '../../../server/cli/check.ts'
import { DATABASE_FILE } from '../../../server/store/database.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { readConfig } from '../../../server/config.ts'
import { appendOf, entry } from '../../contract/store-fixtures.ts'
import { newFolder, sql } from '../../contract/store-harness.ts'

const ENTRIES = 40
const DOCUMENTS = ['d0', 'd1', 'd2'] as const
let sound = ''
let folder = ''

/** A record entry of each draft that is found again in the file. */
const wordsOf = (draft: string, seq: number): string => `${`${draft} decided ${seq} `.padEnd(20)}${'-'.repeat(400)}`

beforeAll(async () => {
  sound = await newFolder()
  folder = await newFolder()
  const store = await openSqliteStore(sound)
  for (const document of DOCUMENTS) {
    await store.write([{ put: 'draft', row: { id: document, title: 'T', stage: 'drafting', createdBy: 'chair', createdAtMs: 1 } }])
    await store.append(appendOf(document, 0, ...Array.from({ length: ENTRIES }, (_, index) => ({ ...entry(0), bytes: new Uint8Array(400).fill(index + 1) }))))
    for (let seq = 1; seq <= ENTRIES; seq++) {
      await store.append({ ...appendOf(document, ENTRIES + seq - 1, { ...entry(1), kind: 'command' }), record: { draft: document, actor: 'chair', kind: 'lock', body: { words: wordsOf(document, seq) } } })
    }
  }
  await store.close()
  sql(sound, 'VACUUM', 'PRAGMA wal_checkpoint(TRUNCATE)')
})

afterAll(async () => {
  for (const path of [sound, folder]) await rm(path, { recursive: true, force: true })
})

/** Of a copy, with each page overwritten that is named or on which one of these stands. */
async function checked(damages: readonly (Uint8Array | number)[], args: readonly string[] = [], change: string | null = null): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  await rm(folder, { recursive: true, force: true })
  // All is in the file itself; what stands beside it goes when those who read it are collected, which may be meanwhile.
  await cp(sound, folder, { recursive: true, filter: (path) => !/-(?:shm|wal)$/.test(path) })
  if (change !== null) sql(folder, change)
  const path = join(folder, DATABASE_FILE)
  const file = await readFile(path)
  const pageBytes = file.readUInt16BE(16)
  const pages = damages.map((one) => (typeof one === 'number' ? one - 1 : Math.floor(file.indexOf(one) / pageBytes)))
  expect(pages.every((page) => page > 0)).toBe(true)
  for (const page of pages) file.fill(0xff, page * pageBytes, (page + 1) * pageBytes)
  await writeFile(path, file)
  let out = ''
  const stream = { write: (text: string) => { out += text } }
  const code = await runCheck([...args], { stdout: stream, stderr: stream } as never, readConfig({ OMNIBUS_DATA: folder }))
  return { code, lines: out.trimEnd().split('\n') }
}

function rootOf(table: string): number {
  const database = new Libsql(join(sound, DATABASE_FILE))
  const { rootpage } = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get([table]) as { rootpage: number }
  database.close()
  return rootpage
}

function digestOf(table: 'log' | 'record', key: string, seq: number): Buffer {
  const database = new Libsql(join(sound, DATABASE_FILE))
  const { digest } = database.prepare(`SELECT digest FROM ${table} WHERE ${table === 'log' ? 'document' : 'draft'} = ? AND seq = ?`).get([key, seq]) as { digest: string }
  database.close()
  return Buffer.from(digest)
}

const chainsNamed = (lines: readonly string[]): string[] => [...new Set(lines.flatMap((line) => /^(.+): entry \d+ is damaged or gone$/.exec(line)?.[1] ?? []))]
const numbersNamed = (lines: readonly string[], chain: string): number[] => lines.flatMap((line) => (line.startsWith(`${chain}: entry `) ? [Number(/entry (\d+)/.exec(line)![1])] : []))

it('LG34 check names a damaged page, the entries and the draft whose they are, and goes on with the rest', async () => {
  const { code, lines } = await checked([digestOf('log', 'd1', 20), digestOf('record', 'd2', 20)])
  expect([code, chainsNamed(lines)]).toEqual([1, ['d1', 'd2/record']])
  expect(lines.filter((line) => /^the database: page \d+, of log\b/.test(line)).length).toBeGreaterThan(0)
  expect(lines.filter((line) => /^the database: page \d+, of record\b/.test(line)).length).toBeGreaterThan(0)
  for (const chain of ['d1', 'd2/record']) {
    const named = numbersNamed(lines, chain)
    expect([named.includes(20), named.length < ENTRIES / 2, named.includes(ENTRIES)]).toEqual([true, true, false])
  }
})

it('LG34 check names every document also where no name of one can be read in its own place: the page that leads to the logs is damaged', async () => {
  const { code, lines } = await checked([rootOf('log')])
  expect([code, chainsNamed(lines)]).toEqual([1, [...DOCUMENTS]])
  expect(lines.at(-2)).toMatch(/earlier copy/)
})

it('LG34 what lies on a damaged page is not put back into it, which is said; what was changed elsewhere is', async () => {
  const { code, lines } = await checked([digestOf('log', 'd1', 20)], ['--from', sound], "UPDATE record SET actor = 'x' WHERE draft = 'd0' AND seq = 7")
  expect([code, chainsNamed(lines), lines[0]]).toEqual([1, ['d1'], 'd0/record: entry 7 was put back from the backup'])
  expect(lines.filter((line) => line.includes('was put back')).length).toBe(1)
  expect(lines.at(-1)).toMatch(/damaged page .* is not put back/)
})
