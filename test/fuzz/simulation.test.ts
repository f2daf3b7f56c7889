/**
 * Days of bad luck, each from a seed of its own. OMNIBUS_SEED=n repeats one, alone with OMNIBUS_RUNS=1; OMNIBUS_LONG=1 does
 * more, and OMNIBUS_RUNS=Infinity goes on until it finds something. What fails is shrunk and printed as data, to be run
 * again and, once mended, pinned.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { RoomBounds } from '../../server/sync/room-bounds.ts'
import { commandSchema } from '../../shared/wire/commands.ts'
import { randomOf } from './random.ts'
import { pinned } from './simulation/pinned.ts'
import { scriptOf, shrink, type Script } from './simulation/script.ts'
import { World } from './simulation/world.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runsForAll = 500
const runs = Number(process.env['OMNIBUS_RUNS'] ?? (process.env['OMNIBUS_LONG'] ? 5_000 : runsForAll))
const shrinkTriesMax = 300
/** Of the trace, shown with a failure. */
const linesShown = 80

/** Each of these comes about, in twice as many runs at most, and does not quietly cease to. */
const wanted: readonly string[] = [
  'crash', 'stop', 'break reset', 'break half-open', 'break deaf', 'page left', 'page crashed', 'page paused store-down', 'message twice',
  'store full', 'store unsure', 'store dead', 'request lost', 'request answer-lost', 'request twice',
  'looked at while live', 'looked at while offline',
  'refused base-closed', 'refused unit-locked', 'refused frozen', 'answered frozen', 'answered store-failed', 'answered offline',
  'closed 4508', 'told too-fast', 'flood', 'restore from an older copy', 'page restored', 'ended hat-revoked', 'ended with unsent words', 'snapshot read',
  'type', 'erase', 'split', 'join', 'amend', 'amend-cut', 'amend-replace', 'propose', 'undo', 'redo',
]
const wantedCommands = ['open-negotiation', 'reopen-drafting', 'freeze', 'lock', 'unlock', 'put-forward', 'incorporate', 'agree', 'settle', 'position', 'start-thread', 'review', 'revoke-member']

interface Outcome {
  readonly failure: Error | null
  readonly world: World
}

async function simulate(from: number, script: Script, bounds?: Partial<RoomBounds>): Promise<Outcome> {
  const world = new World(from, bounds)
  try {
    await world.run(script)
    return { failure: null, world }
  } catch (error) {
    return { failure: error as Error, world }
  }
}

const fails = async (from: number, script: Script): Promise<boolean> => (await simulate(from, script)).failure !== null

async function explain(from: number, script: Script): Promise<never> {
  const short = await shrink(script, (shorter) => fails(from, shorter), shrinkTriesMax)
  const { failure, world } = await simulate(from, short)
  throw new Error(`OMNIBUS_SEED=${from}, ${short.length} of ${script.length} steps: ${failure?.message}\n${JSON.stringify(short)}\n${world.trace.last(linesShown)}`, { cause: failure })
}

it(`SM1 whatever clock, network, store and processes do: all come to the same, nothing acknowledged is lost, nothing is let in after a freeze, no honest update is refused (OMNIBUS_SEED=${seed})`, async () => {
  const startedAtMs = performance.now()
  const counts = new Map<string, number>()
  const missing = (): string[] => [...wanted, ...wantedCommands].filter((what) => !counts.has(what))
  let index = 0
  for (; index < runs || (runs >= runsForAll && missing().length > 0 && index < 2 * runs); index++) {
    const from = (seed + index * 7919) % 2 ** 31
    const script = scriptOf(randomOf(from))
    const { failure, world } = await simulate(from, script)
    if (failure !== null) await explain(from, script)
    for (const [what, count] of world.trace.counts) counts.set(what, (counts.get(what) ?? 0) + count)
  }
  process.stdout.write(`simulation, seed ${seed}, ${index} runs in ${Math.round(performance.now() - startedAtMs)} ms: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`)
  expect(wantedCommands.filter((name) => !commandSchema.options.some(({ shape }) => shape.command.value === name))).toEqual([])
  if (runs >= runsForAll) expect(missing()).toEqual([])
}, 0)

it.each(pinned)('SM2 what once failed stays mended: $was', async ({ seed: from, script, bounds }) => {
  const { failure } = await simulate(from, script, bounds)
  if (failure !== null) throw failure
})

it(`SM3 the same seed and script give the same run, to the letter (OMNIBUS_SEED=${seed})`, async () => {
  const digestOf = async (from: number): Promise<string> => {
    const { world } = await simulate(from, scriptOf(randomOf(from)))
    return world.trace.digest()
  }
  for (let from = seed; from < seed + 10; from++) {
    const first = await digestOf(from)
    expect(await digestOf(from + 1)).not.toBe(first)
    expect(await digestOf(from)).toBe(first)
  }
})

it('SM3 the rooms and commands ask nobody but `timing.ts` for time, chance and other threads', () => {
  const root = fileURLToPath(new URL('../../server/', import.meta.url))
  const files = ['sync', 'commands', 'record'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))).filter((name) => name.endsWith('.ts') && name !== join('sync', 'timing.ts'))
  const asks = /\b(?:Math\.random|Date\.now|performance\.now|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)\b|new Date\(\)|from 'node:(?:crypto|zlib|timers)/
  expect(files.length).toBeGreaterThan(40)
  expect(files.filter((name) => asks.test(readFileSync(join(root, name), 'utf8')))).toEqual([])
})

it('SM4 a script that fails is shrunk to the steps that it takes', async () => {
  const script = scriptOf(randomOf(5))
  const takes = (shorter: Script): boolean => shorter.includes(script[11]!) && shorter.includes(script[52]!)
  expect(await shrink(script, async (shorter) => takes(shorter), shrinkTriesMax)).toEqual([script[11], script[52]])
})
