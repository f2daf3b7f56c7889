/** Who else is here, and where one's own caret is: y-protocols' awareness, of which only the caret is ever sent. */
import type * as Y from 'yjs'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import type { JsonValue } from '../../shared/wire/json.ts'
import { decodePresence, encodePresence } from '../../shared/wire/presence.ts'

export interface RemotePresence {
  readonly client: number
  readonly delegation: string
  readonly role: string
  /** Of one's own delegation alone. */
  readonly name: string | null
  readonly cursor: JsonValue
}

export class RoomPresence {
  readonly awareness: Awareness
  readonly #send: (bytes: Uint8Array) => void
  #cursor: JsonValue = null
  /** Whoever has no id yet is not announced under another. */
  #isIssued = false

  constructor(doc: Y.Doc, send: (bytes: Uint8Array) => void) {
    this.awareness = new Awareness(doc)
    this.#send = send
    this.awareness.on('update', (_changes: unknown, origin: unknown) => {
      if (origin === 'local') this.announce()
    })
  }

  setCursor(cursor: JsonValue): void {
    this.#cursor = cursor
    this.awareness.setLocalState({ cursor })
  }

  announce(): void {
    if (this.#isIssued) this.#send(this.#own({ cursor: this.#cursor }))
  }

  /** Leaves under the old id and appears under the new one. */
  changeId(id: number): void {
    const old = this.awareness.clientID
    if (old === id) return
    if (this.#isIssued) this.#send(this.#own(null))
    this.#isIssued = true
    this.awareness.states.delete(old)
    this.awareness.meta.delete(old)
    this.awareness.clientID = id
    this.awareness.setLocalState({ cursor: this.#cursor })
  }

  receive(bytes: Uint8Array): void {
    const others = decodePresence(bytes)?.filter((one) => one.client !== this.awareness.clientID)
    if (others !== undefined && others.length > 0) applyAwarenessUpdate(this.awareness, encodePresence(others), 'remote')
  }

  others(): RemotePresence[] {
    return [...this.awareness.getStates()].flatMap(([client, state]) => {
      const user: unknown = state['user']
      if (client === this.awareness.clientID || typeof user !== 'object' || user === null) return []
      const { delegation, role, name } = user as Record<string, unknown>
      return [{
        client,
        delegation: String(delegation),
        role: String(role),
        name: typeof name === 'string' ? name : null,
        cursor: (state['cursor'] ?? null) as JsonValue,
      }]
    })
  }

  /** Nobody is known to be here while there is no connection. */
  clear(): void {
    const left = [...this.awareness.getStates().keys()].filter((client) => client !== this.awareness.clientID)
    for (const client of left) this.awareness.states.delete(client)
    // Forgotten altogether: what the server says next is news again, whatever its clock.
    for (const client of left) this.awareness.meta.delete(client)
    if (left.length > 0) this.awareness.emit('change', [{ added: [], updated: [], removed: left }, 'remote'])
  }

  #own(state: { readonly cursor: JsonValue } | null): Uint8Array {
    const client = this.awareness.clientID
    return encodePresence([{ client, clock: this.awareness.meta.get(client)?.clock ?? 0, state }])
  }
}
