/** 200 people come at once into a room with a history, in which somebody is already. */
import { typedHistory, mergedHistory } from '../history.ts'
import { build } from '../house.ts'
import { percentile } from '../latencies.ts'
import { atMostOfBest, type Measure } from '../measure.ts'
import { discard } from '../temporary.ts'
import { visit } from '../visit.ts'

const length = { edits: 50_000, typists: 20 } as const

export const joining: Measure = {
  title: '200 people join a room of 50,000 keystrokes at once',
  kinds: ['omnibus', 'y-websocket', 'hocuspocus'],
  runs: 5,
  figures: [
    { name: 'from connecting to the whole document, p95', unit: 'ms', digits: 0, better: 'less', bar: atMostOfBest(0.25) },
    { name: 'median', unit: 'ms', digits: 0, better: 'less', bar: null },
    { name: 'bytes to each', unit: 'kB', digits: 1, better: 'less', bar: atMostOfBest(0.5) },
    { name: 'CPU of the server', unit: 's', digits: 2, better: 'less', bar: null },
  ],
  async prepare() {
    const house = await build({ rooms: 1, peopleInEach: 201, units: 60, words: 8_000, idsOfEach: 1 })
    const folder = await typedHistory('omnibus', house, length)
    const text = mergedHistory(house, length)
    return {
      run: (kind) => visit(kind, house, async ({ clients, server, rooms }) => {
        const { seats } = rooms(0)[0]!
        await clients.do('join', { seats: seats.slice(200), clients: [] })
        const before = await server.used()
        const { syncedMs, bytesEach, letters } = await clients.do('join', { seats: seats.slice(0, 200), clients: seats.slice(0, length.typists).map(({ clientId }) => clientId) })
        const after = await server.used()
        if (letters[0] !== length.edits) throw new Error(`${kind}: somebody was told of ${letters[0]} keystrokes`)
        return [percentile(syncedMs, 0.95), percentile(syncedMs, 0.5), percentile(bytesEach, 0.5) / 1_000, (after.cpuMs - before.cpuMs) / 1_000]
      }, kind === 'omnibus' ? { folder } : { text }),
      end: () => discard(house.folder, folder),
    }
  },
}
