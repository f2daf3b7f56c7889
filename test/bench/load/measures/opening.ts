/** The first to come in after the server was started again: a room with a history is read from the disk. */
import * as Y from 'yjs'
import { mergedHistory, typedHistory } from '../history.ts'
import { build } from '../house.ts'
import { atMostOfBest, exactly, type Measure } from '../measure.ts'
import type { Kind } from '../servers.ts'
import { discard } from '../temporary.ts'
import { visit } from '../visit.ts'

const length = { edits: 50_000, typists: 20 } as const

export const opening: Measure = {
  title: 'Cold open after a restart, 50,000 keystrokes',
  kinds: ['omnibus', 'y-websocket+leveldb', 'hocuspocus'],
  runs: 7,
  figures: [
    { name: 'from connecting to the first answer', unit: 'ms', digits: 0, better: 'less', bar: null },
    { name: 'from connecting to the whole document', unit: 'ms', digits: 0, better: 'less', bar: atMostOfBest(0.5) },
    { name: 'keystrokes missing from the first answer', unit: '', digits: 0, better: 'less', bar: exactly(0, 'missing') },
    { name: 'loading the merged bytes alone', unit: 'ms', digits: 0, better: 'less', bar: null },
  ],
  async prepare() {
    const house = await build({ rooms: 1, peopleInEach: 20, units: 60, words: 8_000, idsOfEach: 1 })
    const folders = new Map<Kind, string>()
    for (const kind of this.kinds) folders.set(kind, await typedHistory(kind, house, length))
    const merged = mergedHistory(house, length)
    return {
      run: (kind) => visit(kind, house, async ({ clients, rooms }) => {
        const { seats } = rooms(0)[0]!
        const { firstMs, wholeMs, missing } = await clients.do('open', { seat: seats[0]!, clients: seats.map(({ clientId }) => clientId), letters: length.edits })
        return [firstMs, wholeMs, missing, loadingMs(merged)]
      }, { folder: folders.get(kind)! }),
      end: () => discard(house.folder, ...folders.values()),
    }
  },
}

function loadingMs(update: Uint8Array): number {
  const doc = new Y.Doc({ gc: false })
  const startMs = performance.now()
  Y.applyUpdate(doc, update)
  return performance.now() - startMs
}
