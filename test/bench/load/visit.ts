/** One run of a measurement on one server: a folder of its own, the server, the process of the clients; and all gone again. */
import { cp } from 'node:fs/promises'
import { Clients } from './clients.ts'
import { seatsIn, type House } from './house.ts'
import type { Room } from './jobs.ts'
import { ServerProcess, type Kind } from './servers.ts'
import { discard, temporaryFolder } from './temporary.ts'

export interface Visit {
  readonly kind: Kind
  readonly house: House
  readonly folder: string
  readonly server: ServerProcess
  readonly clients: Clients
  /** All rooms of the house, the first `typing` people of each to type, under the ids that they have in that turn. */
  readonly rooms: (typing: number, turn?: number) => Room[]
  /** Ends the server and starts it again on the same folder. */
  readonly restart: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** `text`: what stands in every room; the house's base unless the room has a history. */
export async function visit<T>(kind: Kind, house: House, act: (visit: Visit) => Promise<T>, options: { readonly folder?: string; readonly text?: Uint8Array | null } = {}): Promise<T> {
  const folder = await temporaryFolder(kind)
  const template = options.folder ?? (kind === 'omnibus' ? house.folder : null)
  if (template !== null) await cp(template, folder, { recursive: true })
  const clients = new Clients()
  let server = await ServerProcess.start(kind, folder)
  const self: Visit = {
    kind,
    house,
    folder,
    get server() { return server },
    clients,
    rooms: (typing, turn = 0) => house.rooms.map((_, number) => ({
      seats: seatsIn(house, kind, server.port, number, turn),
      typing,
      base: kind !== 'omnibus' ? Buffer.from(house.base).toString('base64') : null,
    })),
    async restart(signal) {
      await server.end(signal)
      server = await ServerProcess.start(kind, folder)
    },
  }
  try {
    const text = options.text === undefined ? house.base : options.text
    if (kind !== 'omnibus' && kind !== 'relay' && options.folder === undefined && text !== null) {
      await clients.do('seed', { seats: self.rooms(0).map(({ seats }) => seats[0]!), update: Buffer.from(text).toString('base64') })
    }
    return await act(self)
  } finally {
    await clients.end()
    await server.end(process.env['OMNIBUS_PROFILE'] === undefined ? 'SIGKILL' : 'SIGTERM')
    await discard(folder)
  }
}
