import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { firstDamagedEntry, GENESIS_DIGEST } from '../../../server/store/digest.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { newFolder } from '../../contract/store-harness.ts'

const KILLS = process.env['OMNIBUS_LONG'] ? 60 : 8
const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** Lets a child append until it has acknowledged so many, kills it, and gives the last acknowledged seq by document. */
async function appendAndKill(folder: string, acknowledgedMin: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./appender.js', import.meta.url)), folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged = new Map<string, number>()
  let count = 0
  // What it wrote before it died is still in the pipe, so the lines are read to their end.
  for await (const line of createInterface({ input: child.stdout })) {
    const [document, seq] = line.split(' ') as [string, string]
    acknowledged.set(document, Number(seq))
    if (++count === acknowledgedMin) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return acknowledged
}

it(`LG23 has every acknowledged append after a kill in the middle of writing (OMNIBUS_SEED=${seed})`, async () => {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const moments = fc.sample(fc.integer({ min: 1, max: 400 }), { seed, numRuns: KILLS })
  const known = new Map<string, number>()
  for (const acknowledgedMin of moments) {
    for (const [document, seq] of await appendAndKill(folder, acknowledgedMin)) known.set(document, seq)
    const store = await openSqliteStore(folder)
    for (const [document, seq] of known) {
      const loaded = await store.load(document)
      expect(loaded.seq).toBeGreaterThanOrEqual(seq)
      expect(firstDamagedEntry(0, GENESIS_DIGEST, loaded.entries)).toBeNull()
    }
    await store.close()
  }
  const acknowledged = [...known.values()].reduce((sum, seq) => sum + seq, 0)
  expect(acknowledged).toBeGreaterThanOrEqual(moments.reduce((sum, count) => sum + count, 0))
})
