/** A room in which much has been typed: in the log of a server, keystroke by keystroke, or merged. */
import { cp } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { seatsIn, type House } from './house.ts'
import type { Kind, ServerProcess } from './servers.ts'
import { temporaryFolder } from './temporary.ts'
import { Typist } from './typist.ts'
import { visit } from './visit.ts'

export interface Length {
  readonly edits: number
  readonly typists: number
}

/** Three letters in a place, and then elsewhere: 50,000 keystrokes come to some 480 kB, as much as an edited text has. */
const runLength = 3

const quietSeconds = 4
/** Of CPU in a second. */
const idleCpuMs = 50

/** The state of the first room, as Yjs encodes it, with the keystrokes that people on a server without issued ids make. */
export function mergedHistory(house: House, { edits, typists }: Length): Uint8Array {
  const doc = new Y.Doc({ gc: false })
  Y.applyUpdate(doc, house.base)
  const people = seatsIn(house, 'y-websocket', 0, 0).slice(0, typists).map(({ clientId }, number) => new Typist(house.base, clientId, number, runLength))
  doc.transact(() => {
    for (let edit = 0; edit < edits; edit++) Y.applyUpdate(doc, people[edit % typists]!.next())
  })
  return Y.encodeStateAsUpdate(doc)
}

/** A folder in which a server of this kind has taken in every keystroke by itself, and ended. */
export async function typedHistory(kind: Kind, house: House, { edits, typists }: Length): Promise<string> {
  const kept = await temporaryFolder('history')
  await visit(kind, house, async ({ clients, server, rooms, folder }) => {
    const [room] = rooms(typists)
    await clients.do('enter', { rooms: [{ ...room!, seats: room!.seats.slice(0, typists) }], runLength })
    const { received, expected, stopped } = await clients.do('type', { perSecond: 2_000, seconds: edits / 2_000, patienceMs: 120_000 })
    if (received.samples !== expected || stopped !== null) throw new Error(`${kind} did not take in its history (${stopped ?? 'some is missing'})`)
    await clients.do('leave', null)
    await written(server)
    await server.end('SIGTERM')
    await cp(folder, kept, { recursive: true })
  })
  return kept
}

/** Some write when they have time, and say nothing when they have. Resolves once the process has had nothing to do for a while. */
async function written(server: ServerProcess): Promise<void> {
  for (let quiet = 0; quiet < quietSeconds; ) {
    const before = await server.used()
    await pause(1_000)
    quiet = (await server.used()).cpuMs - before.cpuMs < idleCpuMs ? quiet + 1 : 0
  }
}
