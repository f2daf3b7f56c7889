/** What the rest of the client has of a connection to a room. */
import { Connection } from './connection.ts'
import type { RoomConnection, RoomConnectionOptions } from './room-connection.ts'

export { LeaseRefused } from './client-id.ts'
export type { Judge } from './do-again.ts'
export type { KeptUpdate, LocalStore } from './local-store.ts'
export { memoryLocalStore, noLocalStore } from './local-store.ts'
export { pageMemory, pageStore, type PageMemory } from './page-store.ts'
export type { RemotePresence } from './presence.ts'
export type { RoomConnection, RoomConnectionOptions, Socket } from './room-connection.ts'
export type { Observable, Phase, Status } from './status.ts'
export type { Unsent } from './unsent-words.ts'
export { unsentRunsOf } from './unsent-words.ts'

export function openRoomConnection(options: RoomConnectionOptions): RoomConnection {
  const connection = new Connection(options)
  connection.begin()
  return connection
}

