/**
 * Who is here. A message says only which of its sender's ids and where the caret is; name, role and delegation are the
 * speaker's. The person is named to the own delegation alone.
 */
import type { JsonValue } from '../../shared/wire/json.ts'
import { encodePresence, type Presence } from '../../shared/wire/presence.ts'
import { encodeMessage } from '../../shared/wire/protocol.ts'
import type { Connection } from './connection.ts'
import { frameOf, type Frame } from './frames.ts'
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
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
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
    if (known?.connection === connection && known.cursor === cursor) return false
    this.#present.set(client, { connection, cursor })
    this.#touch(client)
    return true
  }

  leave(connection: Connection): boolean {
    const own = [...this.#present].filter(([, present]) => present.connection === connection)
    for (const [client] of own) this.#remove(client)
    return own.length > 0
  }

  everyone(): number[] {
    return [...this.#present.keys()]
  }

  takeChanged(): number[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  /**
   * Tells each of `to` about these ids, but for its own. One message per audience: those of one delegation read the same,
   * and all delegations that none of these ids belongs to read the same.
   */
  tell(clients: readonly number[], to: Iterable<Connection>, passesCursor: PassesCursor): void {
    const messages = new Map<string, Frame>()
    const delegations = new Set(clients.map((client) => this.#present.get(client)?.connection.speaker.hat.delegation))
    for (const connection of to) {
      if (clients.some((client) => this.#present.get(client)?.connection === connection)) {
        const others = clients.filter((client) => this.#present.get(client)?.connection !== connection)
        connection.send(this.#encode(others, connection.speaker.hat.delegation, passesCursor))
        continue
      }
      const own = connection.speaker.hat.delegation
      const audience = delegations.has(own) ? own : ''
      const message = messages.get(audience) ?? this.#encode(clients, audience, passesCursor)
      messages.set(audience, message)
      connection.send(message)
    }
  }

  #encode(clients: readonly number[], audience: string, passesCursor: PassesCursor): Frame {
    const all = clients.map((client): Presence => ({
      client,
      clock: this.#clocks.get(client) ?? 0,
      state: this.#stateFor(this.#present.get(client), audience, passesCursor),
    }))
    return frameOf(encodeMessage({ type: 'awareness', bytes: encodePresence(all) }))
  }

  #stateFor(present: Present | undefined, audience: string, passesCursor: PassesCursor): Presence['state'] {
    if (present === undefined) return null
    const { personName, hat } = present.connection.speaker
    const user = { delegation: hat.delegation, role: hat.role, name: hat.delegation === audience ? personName : null }
    if (present.cursor === '' || !passesCursor(present.connection.speaker)) return { user }
    return { user, cursor: JSON.parse(present.cursor) as JsonValue }
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
