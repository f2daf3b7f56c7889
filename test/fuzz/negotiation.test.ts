/**
 * Whole negotiations, one after the other, each from a seed of its own. OMNIBUS_SEED=n repeats a run, alone with
 * OMNIBUS_RUNS=1; OMNIBUS_LONG=1 does more.
 */
import { afterEach, expect, it, vi } from 'vitest'
import { amendmentKinds } from '../../shared/model/about.ts'
import { commandSchema } from '../../shared/wire/commands.ts'
import { check } from './findings.ts'
import { freeze } from './frozen.ts'
import { Negotiation } from './negotiation.ts'
import { amendingKinds, draftingKinds, notingKinds } from './operations.ts'
import { randomOf } from './random.ts'

const seed = Number(process.env['OMNIBUS_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const runsForAll = 200
const runs = Number(process.env['OMNIBUS_RUNS'] ?? (process.env['OMNIBUS_LONG'] ? 1000 : runsForAll))
const stepsPerRun = 300

/** Each of these comes about, in twice as many runs at most, and does not quietly cease to. */
const wanted: readonly string[] = [
  ...commandSchema.options.map(({ shape }) => shape.command.value),
  ...[...draftingKinds, ...amendingKinds, ...notingKinds].map(([kind]) => kind),
  ...amendmentKinds.flatMap((kind) => [`put forward ${kind}`, `incorporated ${kind}`]),
  'put forward by a pause', 'put forward on behalf of a group', 'joined', 'ended hat', 'trespass', 'disconnection', 'reconnection',
  'lost acknowledgement', 'lost answer', 'credited', 'credited to who typed it', 'refused after the freeze',
]

afterEach(() => void vi.restoreAllMocks())

it(`FZ3 whole negotiations over bad wires: nothing is refused, lost, leaked or credited to another (OMNIBUS_SEED=${seed})`, async () => {
  const startedAtMs = performance.now()
  const counts = new Map<string, number>()
  const count = (what: string, times = 1): void => void counts.set(what, (counts.get(what) ?? 0) + times)
  const missing = (): string[] => wanted.filter((what) => !counts.has(what))
  let index = 0
  for (; index < runs || (runs >= runsForAll && missing().length > 0 && index < 2 * runs); index++) {
    const random = randomOf(seed + index * 7919)
    // The rooms draw their own ids from it, so that a run is repeated to the letter.
    vi.spyOn(Math, 'random').mockImplementation(() => random(2 ** 30) / 2 ** 30)
    const world = new Negotiation(random, count)
    try {
      await world.open()
      for (let at = 0; at < stepsPerRun; at++) await world.step()
      await world.finish()
      await check(world)
      if (random(5) === 0) await freeze(world)
    } catch (error) {
      throw new Error(`OMNIBUS_SEED=${seed + index * 7919}, run ${index} of ${seed}; the last were\n${world.told.slice(-14).join('\n')}`, { cause: error })
    } finally {
      await world.rooms.stop()
    }
  }
  process.stdout.write(`negotiation, seed ${seed}, ${index} runs in ${Math.round(performance.now() - startedAtMs)} ms: ${JSON.stringify(Object.fromEntries([...counts].sort()))}\n`)
  if (runs >= runsForAll) expect(missing()).toEqual([])
}, 3_600_000)
