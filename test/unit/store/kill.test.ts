import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { firstDamagedEntry, GENESIS_DIGEST } from '../../../server/store/digest.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { entriesInBoth, newFolder } from '../../contract/store-harness.ts'

const KILLS = process.env['OMNIBUS_LONG'] ? 60 : 8
const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** Where chance has never killed it in a move. */
const spareKills = 40

/** Lets a child append until it has acknowledged so many, kills it, and gives the last acknowledged seq by document. */
async function appendAndKill(folder: string, acknowledgedMin: number, crowded: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./appender.js', import.meta.url)), folder, String(crowded)], { stdio: ['ignore', 'pipe', 'inherit'] })
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

it(`LG23 LG27 has every acknowledged append after a kill in the middle of writing, and of moving what was written (OMNIBUS_SEED=${seed})`, async () => {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const moments = fc.sample(fc.integer({ min: 1, max: 400 }), { seed, numRuns: KILLS }).map((acknowledgedMin) => ({ acknowledgedMin, crowded: 0 }))
  const inMoves = fc.sample(fc.integer({ min: 60, max: 150 }), { seed, numRuns: KILLS / 2 + spareKills }).map((acknowledgedMin) => ({ acknowledgedMin, crowded: limits.storeMovedAtOnce }))
  const known = new Map<string, number>()
  let killedInMove = 0
  for (const [index, { acknowledgedMin, crowded }] of [...moments, ...inMoves].entries()) {
    if (index >= 1.5 * KILLS && killedInMove > 0) break
    for (const [document, seq] of await appendAndKill(folder, acknowledgedMin, crowded)) known.set(document, seq)
    if (entriesInBoth(folder) > 0) killedInMove += 1
    const store = await openSqliteStore(folder)
    for (const [document, seq] of [...known, ...(crowded > 0 ? [['d3', 1] as const] : [])]) {
      const loaded = await store.load(document)
      expect(loaded.seq).toBeGreaterThanOrEqual(seq)
      expect(firstDamagedEntry(0, GENESIS_DIGEST, loaded.entries)).toBeNull()
    }
    await store.close()
  }
  expect(killedInMove).toBeGreaterThan(0)
  const acknowledged = [...known.values()].reduce((sum, seq) => sum + seq, 0)
  expect(acknowledged).toBeGreaterThanOrEqual(moments.reduce((sum, { acknowledgedMin }) => sum + acknowledgedMin, 0))
})
