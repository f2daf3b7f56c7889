/** The highest rate of keystrokes at which 95 in 100 still arrive within 100 ms, everywhere. */
import { build, type House, type Plan } from '../house.ts'
import { atLeastOfBest, type Measure } from '../measure.ts'
import type { Kind } from '../servers.ts'
import { discard } from '../temporary.ts'
import { visit, type Visit } from '../visit.ts'

const within = { p95Ms: 100, seconds: 3, patienceMs: 10_000 } as const
const firstPerSecond = 2_000
/** From each rate to the next, until one is too much; then twice half of that. */
const growth = Math.SQRT2
const halvings = 2

async function highestRate(kind: Kind, house: House, typing: number): Promise<number> {
  let low = 0
  let high = firstPerSecond
  await inWarmRoom(kind, house, typing, async (here) => {
    while (await holds(here, high)) [low, high] = [high, high * growth]
  })
  for (let halving = 0; halving < halvings && low > 0; halving++) {
    const middle = Math.sqrt(low * high)
    // In a room of its own: what was too much before must not be on its way still.
    if (await inWarmRoom(kind, house, typing, (here) => holds(here, middle))) low = middle
    else high = middle
  }
  return low
}

const inWarmRoom = <T>(kind: Kind, house: House, typing: number, act: (here: Visit) => Promise<T>): Promise<T> =>
  visit(kind, house, async (here) => {
    await here.clients.do('enter', { rooms: here.rooms(typing), runLength: 40 })
    for (const perSecond of [500, 2_000]) await here.clients.do('type', { perSecond, seconds: 2, patienceMs: within.patienceMs })
    return act(here)
  })

async function holds({ clients }: Visit, perSecond: number): Promise<boolean> {
  const { received, expected, stopped, perSecond: reached, clientCpuMs, tookMs } = await clients.do('type', { perSecond, seconds: within.seconds, patienceMs: within.patienceMs })
  const isHeld = received.samples === expected && stopped === null && received.p95Ms <= within.p95Ms && reached >= 0.95 * perSecond
  if (process.env['OMNIBUS_VERBOSE'] !== undefined) {
    console.log(`    ${Math.round(perSecond)}/s: ${isHeld ? 'holds' : 'does not hold'}, p95 ${received.p95Ms} ms, ${expected - received.samples} missing, ${stopped ?? 'nobody stopped'}, ${Math.round(reached)}/s sent, clients busy ${Math.round((clientCpuMs / tookMs) * 100)} per cent`)
  }
  return isHeld
}

const measureOf = (title: string, plan: Plan, typing: number, share: number): Measure => ({
  title,
  kinds: ['omnibus', 'y-websocket', 'hocuspocus'],
  runs: 3,
  figures: [{ name: 'highest rate with p95 under 100 ms', unit: 'keystrokes/s', digits: 0, better: 'more', bar: atLeastOfBest(share) }],
  async prepare() {
    const house = await build(plan)
    return {
      run: async (kind) => [await highestRate(kind, house, typing)],
      end: () => discard(house.folder),
    }
  },
})

export const rateInOneRoom = measureOf('One room of 20, all typing', { rooms: 1, peopleInEach: 20, units: 60, words: 8_000, idsOfEach: 1 }, 20, 1.5)
export const rateInManyRooms = measureOf('100 rooms of 2, all typing', { rooms: 100, peopleInEach: 2, units: 12, words: 1_000, idsOfEach: 1 }, 2, 1.2)
