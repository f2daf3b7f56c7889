/** 200 people in a room, 20 of whom type: how long a keystroke takes to everybody else, and what it costs the server. */
import { build } from '../house.ts'
import { atMostOf, atMostOfBest, type Measure } from '../measure.ts'
import { discard } from '../temporary.ts'
import { visit } from '../visit.ts'

const pace = { perSecond: 100, patienceMs: 20_000 } as const
/** At this pace V8 takes so long to compile what is used; a room is at work for hours. */
const warmingUpSeconds = 20

export const typing: Measure = {
  title: '200 people in a room, 20 typing at 5 keystrokes a second',
  kinds: ['omnibus', 'y-websocket', 'hocuspocus', 'relay'],
  runs: 5,
  figures: [
    { name: 'keystroke to receipt, p95', unit: 'ms', digits: 1, better: 'less', bar: atMostOf(1, 'y-websocket') },
    { name: 'median', unit: 'ms', digits: 1, better: 'less', bar: null },
    { name: 'p99', unit: 'ms', digits: 1, better: 'less', bar: null },
    { name: 'CPU of the server for 1,000 keystrokes', unit: 's', digits: 2, better: 'less', bar: atMostOfBest(0.6) },
    { name: 'CPU of the clients meanwhile', unit: 's', digits: 2, better: 'less', bar: null },
  ],
  async prepare() {
    const house = await build({ rooms: 1, peopleInEach: 200, units: 60, words: 8_000, idsOfEach: 1 })
    return {
      run: (kind) => visit(kind, house, async ({ server, clients, rooms }) => {
        await clients.do('enter', { rooms: rooms(20), runLength: 40 })
        await clients.do('type', { ...pace, seconds: warmingUpSeconds })
        const before = await server.used()
        const { edits, received, expected, stopped, clientCpuMs } = await clients.do('type', { ...pace, seconds: 10 })
        const after = await server.used()
        if (received.samples !== expected || stopped !== null) throw new Error(`${kind}: ${expected - received.samples} receipts are missing (${stopped ?? 'all wrote on'})`)
        return [received.p95Ms, received.medianMs, received.p99Ms, (after.cpuMs - before.cpuMs) / edits, clientCpuMs / edits]
      }),
      end: () => discard(house.folder),
    }
  },
}
