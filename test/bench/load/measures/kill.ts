/** The server is killed while two people see each other's typing: what one had seen of the other's must still be there. */
import { build } from '../house.ts'
import { exactly, type Measure } from '../measure.ts'
import { discard } from '../temporary.ts'
import { randomOf } from '../typist.ts'
import { visit } from '../visit.ts'

const rounds = Number(process.env['OMNIBUS_ROUNDS'] ?? 20)
/** How long they type before the blow. */
const [leastMs, mostMs] = [400, 2_400] as const

const measureOf = (perSecond: number): Measure => ({
  title: `Killed with -9 at random while two people type ${perSecond} keystrokes a second, ${rounds} times`,
  kinds: ['omnibus', 'y-websocket+leveldb', 'hocuspocus'],
  runs: 1,
  figures: [
    { name: 'keystrokes that another had seen and that are gone', unit: '', digits: 0, better: 'less', bar: exactly(0, 'gone') },
    { name: 'seen by another', unit: '', digits: 0, better: 'more', bar: null },
  ],
  async prepare() {
    const house = await build({ rooms: 1, peopleInEach: 2, units: 12, words: 1_000, idsOfEach: rounds })
    return {
      run: (kind) => visit(kind, house, async (here) => {
        const random = randomOf(perSecond)
        let gone = 0
        let seen = 0
        for (let round = 0; round < rounds; round++) {
          const [room] = here.rooms(2, round)
          await here.clients.do('enter', { rooms: [room!], runLength: 5 })
          const typed = here.clients.do('typeUntilClosed', { perSecond, seconds: mostMs / 1_000 + 5 })
          await new Promise((resolve) => setTimeout(resolve, leastMs + random() * (mostMs - leastMs)))
          await here.restart('SIGKILL')
          const heard = await typed
          await here.clients.do('leave', null)
          const found = await here.clients.do('find', { seat: here.rooms(2, round)[0]!.seats[0]!, patienceMs: 5_000, wanted: heard })
          for (const [client, clock] of heard) {
            seen += clock
            gone += Math.max(0, clock - (found.find(([other]) => other === client)?.[1] ?? 0))
          }
        }
        return [gone, seen]
      }),
      end: () => discard(house.folder),
    }
  },
})

export const killSlow = measureOf(20)
export const killFast = measureOf(500)
