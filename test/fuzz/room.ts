/**
 * A room, and the lines to it, without sockets or clocks: updates wait on a line until they are delivered, and are lost
 * with it when it breaks. Every update passes the gate before it is applied, as on the server.
 */
import * as Y from 'yjs'
import { checkUpdate } from '../../server/sync/gate/index.ts'
import type { Actor, GateFacts } from '../../server/sync/gate/index.ts'
import type { Random } from './random.ts'

type Down = { readonly update: Uint8Array } | { readonly acknowledged: number }

interface Numbered {
  readonly number: number
  readonly bytes: Uint8Array
}

export class Room {
  readonly doc: Y.Doc
  readonly facts: () => GateFacts
  readonly lines: Line[] = []
  /** Updates that brought something new, and those that brought nothing. */
  admitted = 0
  repeated = 0

  constructor(doc: Y.Doc, facts: () => GateFacts) {
    this.doc = doc
    this.facts = facts
    // What the server itself writes goes to everyone.
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (!(origin instanceof Line)) this.broadcast(update, null)
    })
  }

  receive(from: Line, { number, bytes }: Numbered): void {
    const verdict = checkUpdate(this.doc, bytes, from.actor, this.facts())
    if (!verdict.ok) throw new Error(`the gate refused an honest update: ${verdict.code} ${describe(bytes)}`)
    if (verdict.news) {
      this.admitted++
      Y.applyUpdate(this.doc, verdict.update, from)
      if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) throw new Error('something is pending in the room')
      this.broadcast(verdict.update, from)
    } else this.repeated++
    from.down.push({ acknowledged: number })
  }

  private broadcast(update: Uint8Array, but: Line | null): void {
    for (const line of this.lines) if (line !== but && line.online) line.down.push({ update })
  }
}

/** One person's copy of a room's document, and what is under way between the two. */
export class Line {
  readonly room: Room
  readonly doc: Y.Doc
  readonly actor: Actor
  readonly down: Down[] = []
  private readonly up: Numbered[] = []
  private unacknowledged: Numbered[] = []
  private number = 0
  online = true
  lostAcknowledgements = 0

  constructor(room: Room, doc: Y.Doc, actor: Actor) {
    this.room = room
    this.doc = doc
    this.actor = actor
    room.lines.push(this)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc), this)
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === this) return
      const sent = { number: ++this.number, bytes }
      this.unacknowledged.push(sent)
      if (this.online) this.up.push(sent)
    })
  }

  get waiting(): number {
    return this.up.length + this.down.length
  }

  get settled(): boolean {
    return this.online && this.waiting === 0 && this.unacknowledged.length === 0
  }

  deliverUp(): boolean {
    const sent = this.up.shift()
    if (sent !== undefined) this.room.receive(this, sent)
    return sent !== undefined
  }

  deliverDown(): boolean {
    const got = this.down.shift()
    if (got === undefined) return false
    if ('update' in got) Y.applyUpdate(this.doc, got.update, this)
    else this.unacknowledged = this.unacknowledged.filter(({ number }) => number > got.acknowledged)
    return true
  }

  /** What waits on the line is lost in both directions; what the room has taken it has taken. */
  disconnect(): void {
    this.online = false
    this.lostAcknowledgements += this.down.filter((got) => 'acknowledged' in got).length
    this.up.length = 0
    this.down.length = 0
  }

  /** The room says what is missing; everything without acknowledgement is sent again, in one of the ways clients have. */
  reconnect(random: Random): void {
    this.online = true
    this.down.push({ update: Y.encodeStateAsUpdate(this.room.doc, Y.encodeStateVector(this.doc)) })
    this.sendAgain(random)
  }

  sendAgain(random: Random): void {
    if (!this.online || this.unacknowledged.length === 0) return
    const { number } = this.unacknowledged.at(-1)!
    switch (random(3)) {
      case 0:
        this.up.push(...this.unacknowledged)
        return
      case 1:
        this.up.push({ number, bytes: Y.mergeUpdates(this.unacknowledged.map(({ bytes }) => bytes)) })
        return
      default:
        // As a plain client answers the room's state vector: with its whole delete set.
        this.up.push({ number, bytes: Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.room.doc)) })
    }
  }
}

const describe = (bytes: Uint8Array): string => {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const told = structs.map((struct) => {
    const at = `${struct.id.client}:${struct.id.clock}+${struct.length}`
    return struct instanceof Y.Item ? `${at} ${struct.parentSub ?? ''} ${JSON.stringify(struct.content)}`.slice(0, 300) : at
  })
  return JSON.stringify({ told, deletes: [...ds.clients].map(([client, ranges]) => `${client}: ${ranges.map((range) => `${range.clock}+${range.len}`).join()}`) })
}
