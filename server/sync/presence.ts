/**
 * Who is here. A message says only which of its sender's ids and where the caret is; name, role and delegation are the
 * speaker's. The person is named to the own delegation alone.
 */
import { limits } from '../../shared/wire/limits.ts'
import type { Presence } from '../../shared/wire/presence.ts'
import type { Connection } from './connection.ts'
import { PresenceNews, type Said } from './presence-news.ts'
import type { Speaker } from './service.ts'

interface Present {
  readonly connection: Connection
  /** JSON of the caret, '' for none. */
  readonly cursor: string
}

/** Whether others may see where this speaker is. */
export type PassesCursor = (speaker: Speaker) => boolean

export class PresenceTable {
  readonly #present = new Map<number, Present>()
  /** Also of those who left, so that an echo of what the server said is known for one. */
  readonly #clocks = new Map<number, number>()
  readonly #changed = new Set<number>()
  /** What those who are behind have not been told. */
  readonly #withheld = new Map<Connection, Set<number>>()
  readonly #now: () => number
  readonly #passesCursor: PassesCursor

  constructor(now: () => number, passesCursor: PassesCursor) {
    this.#now = now
    this.#passesCursor = passesCursor
  }

  /** A plain client repeats to the server what the server told it about others. */
  isEcho({ client, clock }: Presence): boolean {
    return clock <= (this.#clocks.get(client) ?? -1)
  }

  /** True when there is something new to tell. */
  take(connection: Connection, { client, state }: Presence): boolean {
    const known = this.#present.get(client)
    if (state === null) return known?.connection === connection && this.#remove(client)
    const cursor = state['cursor'] === undefined || state['cursor'] === null ? '' : JSON.stringify(state['cursor'])
    const present = { connection, cursor }
    this.#present.set(client, present)
    if (known?.connection === connection && this.#shownOf(known) === this.#shownOf(present)) return false
    this.#touch(client)
    return true
  }

  leave(connection: Connection): boolean {
    this.#withheld.delete(connection)
    const own = [...this.#present].filter(([, present]) => present.connection === connection)
    for (const [client] of own) this.#remove(client)
    return own.length > 0
  }

  everyone(): number[] {
    return [...this.#present.keys()]
  }

  /** Everyone is news again: y-protocols forgets whom it has heard nothing new of for 30 s, and takes nothing else for news than a clock. */
  renew(): void {
    for (const client of this.#present.keys()) this.#touch(client)
  }

  takeChanged(): number[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  /** Who is behind with reading is told later: a caret is not to stand before words in a queue. */
  tell(clients: readonly number[], to: Iterable<Connection>): void {
    const news = new PresenceNews(clients.map((client) => this.#said(client)))
    for (const connection of to) {
      if (this.#isBehind(connection)) this.#withhold(clients, connection)
      else connection.send(news.frameFor(connection))
    }
  }

  /** Tells those who are no longer behind what was withheld from them. True while there are others. */
  tellWithheld(): boolean {
    for (const [connection, clients] of this.#withheld) {
      if (connection.unsentBytes > 0) continue
      this.#withheld.delete(connection)
      this.tell([...clients], [connection])
    }
    return this.#withheld.size > 0
  }

  #said(client: number): Said {
    const present = this.#present.get(client)
    return { client, clock: this.#clocks.get(client) ?? 0, by: present?.connection ?? null, cursor: present === undefined ? '' : this.#shownOf(present) }
  }

  #isBehind(connection: Connection): boolean {
    return this.#withheld.has(connection) || connection.unsentBytes > limits.presenceUnsentBytesMax
  }

  #withhold(clients: readonly number[], connection: Connection): void {
    const withheld = this.#withheld.get(connection) ?? new Set()
    for (const client of clients) withheld.add(client)
    this.#withheld.set(connection, withheld)
  }

  #shownOf({ connection, cursor }: Present): string {
    return this.#passesCursor(connection.speaker) ? cursor : ''
  }

  #remove(client: number): boolean {
    this.#present.delete(client)
    this.#touch(client)
    return true
  }

  /** By the time of day, because readers remember clocks for longer than this server may run. */
  #touch(client: number): void {
    this.#clocks.set(client, Math.max((this.#clocks.get(client) ?? 0) + 1, Math.floor(this.#now())))
    this.#changed.add(client)
  }
}
