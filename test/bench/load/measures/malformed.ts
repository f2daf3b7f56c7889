/** Twenty people say what nobody should, one after the other, in the room in which another is typing. */
import { build } from '../house.ts'
import { Clients } from '../clients.ts'
import { atMost, exactly, type Measure } from '../measure.ts'
import { discard } from '../temporary.ts'
import { visit } from '../visit.ts'

const messages = Number(process.env['OMNIBUS_MESSAGES'] ?? 2_000)
/** The other person types this long: more than the messages take. */
const seconds = Math.max(10, messages * 0.03)
/** Enough that none of them is asked to wait for having come in too often. */
const pesterers = 20

export const malformed: Measure = {
  title: `${messages.toLocaleString('en')} malformed messages of 15 families`,
  kinds: ['omnibus', 'y-websocket', 'hocuspocus'],
  runs: 1,
  figures: [
    { name: 'messages until the server had ended', unit: '', digits: 0, better: 'more', bar: exactly(messages, 'and alive') },
    { name: 'p95 of the other person', unit: 'ms', digits: 1, better: 'less', bar: atMost(50, 'ms') },
    { name: 'slowest of the other person', unit: 'ms', digits: 0, better: 'less', bar: null },
    { name: 'memory growth', unit: 'MB', digits: 1, better: 'less', bar: atMost(50, 'MB') },
  ],
  async prepare() {
    const house = await build({ rooms: 1, peopleInEach: 2 + pesterers, units: 12, words: 1_000, idsOfEach: 1 })
    return {
      run: (kind) => visit(kind, house, async ({ server, clients, rooms }) => {
        const [room] = rooms(2)
        const others = new Clients()
        try {
          await clients.do('enter', { rooms: [{ ...room!, seats: room!.seats.slice(0, 2) }], runLength: 5 })
          await clients.do('type', { perSecond: 20, seconds: 5, patienceMs: 10_000 })
          const before = await server.used(true)
          const [{ received }, { sent, endedBy }] = await Promise.all([
            clients.do('type', { perSecond: 20, seconds, patienceMs: 2_000 }),
            others.do('pester', { seats: room!.seats.slice(2), messages }),
          ])
          if (!server.isAlive) {
            console.log(`    ${kind} ended after ${sent} messages (${endedBy ?? 'the last'})`)
            return [sent, Number.NaN, Number.NaN, Number.NaN]
          }
          const after = await server.used(true)
          return [sent, received.p95Ms, received.mostMs, (after.rssBytes - before.rssBytes) / 1e6]
        } finally {
          await others.end()
        }
      }),
      end: () => discard(house.folder),
    }
  },
}
