/** What many open rooms hold in memory, and what is left when everybody has gone. */
import { setTimeout as pause } from 'node:timers/promises'
import { limits } from '../../../../shared/wire/limits.ts'
import { build } from '../house.ts'
import { atMost, atMostOfBest, type Measure } from '../measure.ts'
import { discard } from '../temporary.ts'
import { visit } from '../visit.ts'

const rooms = Number(process.env['OMNIBUS_ROOMS'] ?? 1_000)
const megabyte = 1e6

export const memory: Measure = {
  title: `${rooms.toLocaleString('en')} open rooms of 10 kB, somebody in each`,
  kinds: ['omnibus', 'y-websocket', 'hocuspocus'],
  runs: 1,
  figures: [
    { name: 'resident at the start', unit: 'MB', digits: 0, better: 'less', bar: null },
    { name: 'more with all rooms open', unit: 'MB', digits: 0, better: 'less', bar: atMostOfBest(1) },
    { name: 'of the start, after all have left', unit: 'x', digits: 2, better: 'less', bar: atMost(1.2, 'x') },
  ],
  async prepare() {
    const house = await build({ rooms, peopleInEach: 1, units: 12, words: 1_500, idsOfEach: 1 })
    return {
      run: (kind) => visit(kind, house, async (here) => {
        const start = await here.server.used(true)
        if (kind !== 'omnibus') await here.clients.do('seed', { seats: here.rooms(0).map(({ seats }) => seats[0]!), update: Buffer.from(house.base).toString('base64') })
        await here.clients.do('enter', { rooms: here.rooms(0), runLength: 1 })
        const open = await here.server.used(true)
        await here.clients.do('leave', null)
        // A room stays open for a while for whoever comes back.
        await pause(2 * limits.roomIdleMs + 10_000)
        const left = await here.server.used(true)
        return [start.rssBytes / megabyte, (open.rssBytes - start.rssBytes) / megabyte, left.rssBytes / start.rssBytes]
      }, { text: null }),
      end: () => discard(house.folder),
    }
  },
}
