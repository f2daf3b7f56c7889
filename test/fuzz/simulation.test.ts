/**
 * Whole days of bad luck, each from a seed of its own. OMNIBUS_SEED=n repeats one, alone with OMNIBUS_RUNS=1;
 * OMNIBUS_LONG=1 goes on until it is stopped, or for OMNIBUS_RUNS.
 */
import { expect, it } from 'vitest'
import { randomOf } from './random.ts'
import { scriptOf, shrink, type Script } from './simulation/script.ts'
import { World } from './simulation/world.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runs = Number(process.env['OMNIBUS_RUNS'] ?? (process.env['OMNIBUS_LONG'] ? Infinity : 500))
const shrinkTriesMax = 300

interface Outcome {
  readonly failure: Error | null
  readonly world: World
}

async function simulate(from: number, script: Script): Promise<Outcome> {
  const world = new World(from)
  try {
    await world.run(script)
    return { failure: null, world }
  } catch (error) {
    return { failure: error as Error, world }
  }
}

async function explain(from: number, script: Script, first: Error): Promise<never> {
  const fails = async (shorter: Script): Promise<boolean> => (await simulate(from, shorter)).failure !== null
  const short = await shrink(script, fails, shrinkTriesMax)
  const { failure, world } = await simulate(from, short)
  throw new Error(`OMNIBUS_SEED=${from}, ${short.length} of ${script.length} steps: ${(failure ?? first).message}\n${JSON.stringify(short)}\n${world.trace.last(60)}`, { cause: failure ?? first })
}

it(`SM1 simulated (OMNIBUS_SEED=${seed})`, async () => {
  const startedAtMs = performance.now()
  const counts = new Map<string, number>()
  for (let index = 0; index < runs; index++) {
    const from = (seed + index * 7919) % 2 ** 31
    const script = scriptOf(randomOf(from))
    const { failure, world } = await simulate(from, script)
    if (failure !== null) await explain(from, script, failure)
    for (const [what, count] of world.trace.counts) counts.set(what, (counts.get(what) ?? 0) + count)
  }
  process.stdout.write(`simulation, seed ${seed}, ${runs} runs in ${Math.round(performance.now() - startedAtMs)} ms: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`)
  expect(counts.size).toBeGreaterThan(0)
}, 3_600_000)
