/** Presence in a room: what is said of it is checked and gathered, and told to those who are in. */
import type { Logger } from 'pino'
import { limits } from '../../shared/wire/limits.ts'
import { decodePresence } from '../../shared/wire/presence.ts'
import type { Gate } from './admission.ts'
import type { Connection } from './connection.ts'
import type { Leases } from './leases.ts'
import { PresenceTable, type PassesCursor } from './presence.ts'
import type { After } from './timing.ts'

export interface PresenceDeps {
  readonly checkAwareness: Gate<never>['checkAwareness']
  readonly log: Logger
  readonly now: () => number
  readonly after: After
  readonly leases: Leases
  readonly passesCursor: PassesCursor
  readonly connections: ReadonlySet<Connection>
}

export class PresenceTelling {
  readonly #deps: PresenceDeps
  readonly #table: PresenceTable
  #stopGathering: (() => void) | null = null

  constructor(deps: PresenceDeps) {
    this.#deps = deps
    this.#table = new PresenceTable(deps.now, deps.passesCursor)
  }

  announced(from: Connection, bytes: Uint8Array, hasLookedUp = false): void {
    const { leases, log, connections, checkAwareness } = this.#deps
    const words = decodePresence(bytes)
    const owns = (client: number): boolean => leases.owns(from.speaker, client)
    const fresh = words?.filter((one) => owns(one.client) || !this.#table.isEcho(one))
    if (fresh?.length === 0) return
    const unknown = hasLookedUp || fresh === undefined ? [] : fresh.map((one) => one.client).filter((client) => !leases.knows(client))
    if (unknown.length > 0 && unknown.length <= limits.unknownIdsMax) {
      const again = (): void => { if (connections.has(from)) this.announced(from, bytes, true) }
      leases.lookUp(unknown).then(again, (error: unknown) => log.warn({ error }, 'a lease could not be read'))
      return
    }
    const verdict = checkAwareness(bytes, (client) => owns(client) || (fresh?.every((one) => one.client !== client) ?? false))
    if (!verdict.ok || fresh === undefined) return from.say({ type: 'refused', number: 0, code: verdict.ok ? 'bad-awareness' : verdict.code })
    const changes = fresh.map((one) => this.#table.take(from, one))
    if (changes.includes(true)) this.#tellSoon()
  }

  tellTo(connection: Connection): void {
    this.#tell(this.#table.everyone(), [connection])
  }

  /** Says again who is here. */
  renew(): void {
    this.#table.renew()
    this.#tell(this.#table.takeChanged(), this.#synced())
  }

  left(connection: Connection): void {
    if (this.#table.leave(connection)) this.#tellSoon()
  }

  end(): void {
    this.#stopGathering?.()
  }

  #synced(): Connection[] {
    return [...this.#deps.connections].filter((connection) => connection.synced)
  }

  #tell(clients: readonly number[], to: readonly Connection[]): void {
    this.#table.tell(clients, to)
    if (this.#table.tellWithheld()) this.#tellSoon()
  }

  #tellSoon(): void {
    this.#stopGathering ??= this.#deps.after(limits.presenceGatherMs, () => {
      this.#stopGathering = null
      const changed = this.#table.takeChanged()
      this.#tell(changed, changed.length === 0 ? [] : this.#synced())
    })
  }
}
