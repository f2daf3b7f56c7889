/** The highest rate of keystrokes at which 95 in 100 still arrive within 100 ms, everywhere. */
import { build, type Plan } from '../house.ts'
import { atLeastOfBest, type Measure } from '../measure.ts'
import { discard } from '../temporary.ts'
import { visit, type Visit } from '../visit.ts'

const within = { p95Ms: 100, seconds: 3, patienceMs: 15_000 } as const
const firstPerSecond = 1_500
const steps = 4

/** Doubles until it is too much, then halves the interval (of the logarithm): each step is some 6 per cent at the end. */
async function highestRate({ clients }: Pick<Visit, 'clients'>): Promise<number> {
  const holds = async (perSecond: number): Promise<boolean> => {
    const typed = await clients.do('type', { perSecond, seconds: within.seconds, patienceMs: within.patienceMs })
    if (typed.received.samples < typed.expected && process.env['OMNIBUS_VERBOSE']) console.log('missing', typed)
    const isHeld = typed.received.samples === typed.expected && typed.received.p95Ms <= within.p95Ms && typed.perSecond >= 0.95 * perSecond
    if (process.env['OMNIBUS_VERBOSE']) console.log(Math.round(perSecond), isHeld, typed)
    return isHeld
  }
  let low = 0
  let high = firstPerSecond
  while (await holds(high)) [low, high] = [high, high * 2]
  if (low === 0) return 0
  for (let step = 0; step < steps; step++) {
    const middle = Math.sqrt(low * high)
    if (await holds(middle)) low = middle
    else high = middle
  }
  return low
}

const measureOf = (title: string, plan: Plan, typing: number, share: number): Measure => ({
  title,
  kinds: ['omnibus', 'y-websocket', 'hocuspocus'],
  runs: 3,
  figures: [{ name: 'highest rate with p95 under 100 ms', unit: 'keystrokes/s', digits: 0, better: 'more', bar: atLeastOfBest(share) }],
  async prepare() {
    const house = await build(plan)
    return {
      run: (kind) => visit(kind, house, async (here) => {
        await here.clients.do('enter', { rooms: here.rooms(typing), runLength: 40 })
        await here.clients.do('type', { perSecond: 1_000, seconds: 4, patienceMs: within.patienceMs })
        return [await highestRate(here)]
      }),
      end: () => discard(house.folder),
    }
  },
})

export const rateInOneRoom = measureOf('One room of 20, all typing', { rooms: 1, peopleInEach: 20, units: 60, words: 8_000, idsOfEach: 1 }, 20, 1.5)
export const rateInManyRooms = measureOf('100 rooms of 2, all typing', { rooms: 100, peopleInEach: 2, units: 12, words: 1_000, idsOfEach: 1 }, 2, 1.2)
