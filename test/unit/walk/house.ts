/** The server's own parts in this process, on a free port: so that what it logs can be read, down to the last line. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { firstLink } from '../../../server/auth/invites.ts'
import { createConverters } from '../../../server/convert/converters.ts'
import { createHttpServer } from '../../../server/http/server.ts'
import type { Keys } from '../../../server/keys/keys.ts'
import { openMemoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/store.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { Person } from './person.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'

export class House {
  readonly address: string
  readonly store: Store
  readonly log: readonly string[]
  readonly people: Person[] = []
  /** By which they came in. */
  readonly links: string[] = []
  readonly #close: () => Promise<void>

  private constructor(address: string, store: Store, log: readonly string[], close: () => Promise<void>) {
    this.address = address
    this.store = store
    this.log = log
    this.#close = close
  }

  /** The store is closed with the house. */
  static async open({ store = openMemoryStore(), keys = fixedKeys, now = Date.now }: { readonly store?: Store; readonly keys?: Keys; readonly now?: () => number } = {}): Promise<House> {
    const lines: string[] = []
    const log = pino({ level: 'trace', errorKey: 'error' }, { write: (line: string) => void lines.push(line) })
    const rooms = createRooms({ store, keys, log, now })
    const server = createHttpServer({ store, rooms, keys, converters: createConverters({ threads: 1 }), log, now, clientFolder: '/nowhere' })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new House(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, store, lines, async () => {
      await rooms.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    })
  }

  /** The first chair, with a draft of that title. */
  async chair(title: string): Promise<Person> {
    const chair = new Person('Chair', this.address)
    this.people.push(chair)
    await chair.follow((await firstLink(this.store, Date.now()))!)
    const made = await chair.call('/api/commands', { key: 'first-draft-key', body: { command: 'create-draft', title, language: 'en' } })
    await chair.wear(made.draft!, made.hatId!)
    return chair
  }

  async invited(by: Person, name: string, hat: Extract<Command, { command: 'invite' }>['hat']): Promise<Person> {
    const { link } = await by.command({ command: 'invite', hat, days: 7, uses: 1 })
    this.links.push(link!)
    const person = new Person(name, this.address)
    this.people.push(person)
    await person.follow(link!)
    return person
  }

  async close(): Promise<void> {
    for (const person of this.people) await person.leave()
    await this.#close()
  }
}
