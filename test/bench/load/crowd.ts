/** The people of a measurement, in the process of the clients. */
import * as Y from 'yjs'
import { Client } from './client.ts'
import type { Clocks, Jobs, Joined, Pace, Room, Typed } from './jobs.ts'
import { Latencies } from './latencies.ts'
import { lettersIn } from './reading.ts'
import { structsOf } from './structs.ts'
import { Typist } from './typist.ts'

interface Writer {
  readonly client: Client
  readonly typist: Typist
  readonly others: number
  /** When each keystroke was sent, from the typist's first clock on. */
  readonly sentMs: number[]
  /** Made before the clock runs. */
  ready: Uint8Array[]
  /** The clock up to which somebody else has heard it. */
  heard: number
}

const comingInAtOnce = 50

export class Crowd {
  readonly #clients: Client[] = []
  readonly #writers: Writer[] = []
  #latencies = new Latencies()
  #arrived: () => void = () => undefined

  async enter({ rooms, runLength }: Jobs['enter']['takes']): Promise<null> {
    const opening = rooms.flatMap((room) => room.seats.map((seat, number) => ({ room, seat, number })))
    const writersOf = new Map<Room, Map<number, Writer>>(rooms.map((room) => [room, new Map<number, Writer>()]))
    for (let at = 0; at < opening.length; at += comingInAtOnce) {
      await Promise.all(opening.slice(at, at + comingInAtOnce).map(async ({ room, seat, number }) => {
        const client = await Client.open(seat)
        this.#clients.push(client)
        const writers = writersOf.get(room)!
        client.heardUpdate = (update, atMs) => this.#hear(writers, seat.clientId, update, atMs)
        const { update } = await client.comeIn()
        client.closed = () => undefined
        if (number >= room.typing) return
        const base = room.base === null ? update : Buffer.from(room.base, 'base64')
        const typist = new Typist(base, seat.clientId, number, runLength)
        const writer = { client, typist, others: room.seats.length - 1, sentMs: [], ready: [], heard: 0 }
        writers.set(seat.clientId, writer)
        this.#writers.push(writer)
      }))
    }
    return null
  }

  /** An open loop: a keystroke is sent when it is due, whatever has arrived. */
  async type({ perSecond, seconds, patienceMs }: Pace): Promise<Typed> {
    const edits = Math.round(perSecond * seconds)
    const order = Array.from({ length: edits }, (_, index) => this.#writers[index % this.#writers.length]!)
    for (const writer of order) writer.ready.push(writer.typist.next())
    for (const writer of this.#writers) writer.ready.reverse()
    this.#latencies = new Latencies()
    const expected = order.reduce((sum, { others }) => sum + others, 0)
    const cpu = process.cpuUsage()
    const startMs = performance.now()
    await this.#send(order, perSecond)
    const sentMs = performance.now() - startMs
    await this.#arrival(expected, patienceMs)
    const spent = process.cpuUsage(cpu)
    const stopped = this.#writers.find(({ client }) => client.refusal !== null || !client.isOpen)?.client
    return {
      edits, expected, stopped: stopped === undefined ? null : (stopped.refusal ?? 'closed'), received: this.#latencies.spread(), perSecond: (edits * 1000) / Math.max(sentMs, seconds * 1000 - 1000 / perSecond),
      clientCpuMs: (spent.user + spent.system) / 1000, tookMs: performance.now() - startMs,
    }
  }

  async typeUntilClosed({ perSecond, seconds }: Jobs['typeUntilClosed']['takes']): Promise<Clocks> {
    const order = Array.from({ length: perSecond * seconds }, (_, index) => this.#writers[index % this.#writers.length]!)
    for (const writer of order) writer.ready.push(writer.typist.next())
    for (const writer of this.#writers) writer.ready.reverse()
    await this.#send(order, perSecond)
    const { client: stillOpen } = this.#writers.find(({ client }) => client.isOpen) ?? {}
    if (stillOpen !== undefined) throw new Error('The server went on until nobody had anything to type')
    for (const { client } of this.#writers) if (client.refusal !== null) throw new Error(`The server refused a keystroke: ${client.refusal}`)
    return this.#writers.map(({ typist, heard }) => [typist.clientId, heard])
  }

  async join({ seats, clients }: Jobs['join']['takes']): Promise<Joined> {
    const joined = await Promise.all(seats.map(async (seat) => {
      const startMs = performance.now()
      const client = await Client.open(seat)
      const { update, atMs } = await client.comeIn()
      client.closed = () => undefined
      this.#clients.push(client)
      return { update, syncedMs: atMs - startMs, bytes: client.socket.bytesRead }
    }))
    const letters = [...new Set(joined.map(({ update }) => Buffer.from(update).toString('latin1')))].map((update) => {
      const doc = new Y.Doc({ gc: false })
      Y.applyUpdate(doc, Buffer.from(update, 'latin1'))
      return lettersIn(doc, clients)
    })
    return { syncedMs: joined.map(({ syncedMs }) => syncedMs), bytesEach: joined.map(({ bytes }) => bytes), letters: [Math.min(...letters), Math.max(...letters)] }
  }

  async seed({ seats, update }: Jobs['seed']['takes']): Promise<null> {
    const bytes = Buffer.from(update, 'base64')
    const wanted = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(bytes))
    for (const seat of seats) {
      const writer = await Client.open(seat)
      await writer.comeIn()
      writer.write(bytes)
      const reader = await Client.open(seat)
      for (;;) {
        const there = Y.decodeStateVector(Y.encodeStateVectorFromUpdate((await reader.comeIn()).update))
        if ([...wanted].every(([client, clock]) => (there.get(client) ?? 0) >= clock)) break
      }
      writer.leave()
      reader.leave()
    }
    return null
  }

  leave(): null {
    for (const client of this.#clients) client.leave()
    this.#clients.length = 0
    this.#writers.length = 0
    return null
  }

  /** Until all is sent, or nobody is there to send it. */
  #send(order: readonly Writer[], perSecond: number): Promise<void> {
    const startMs = performance.now()
    return new Promise((resolve) => {
      let sent = 0
      const send = (): void => {
        const nowMs = performance.now()
        for (; sent < order.length && startMs + (sent * 1000) / perSecond <= nowMs; sent++) {
          const writer = order[sent]!
          writer.sentMs.push(performance.now())
          writer.client.write(writer.ready.pop()!)
        }
        if (sent === order.length || this.#writers.every(({ client }) => !client.isOpen)) resolve()
        else setTimeout(send, 1)
      }
      send()
    })
  }

  #hear(writers: ReadonlyMap<number, Writer>, own: number, update: Uint8Array, atMs: number): void {
    for (const { client, clock, length } of structsOf(update)) {
      const writer = client === own ? undefined : writers.get(client)
      if (writer === undefined) continue
      writer.heard = Math.max(writer.heard, clock + length)
      const first = clock - writer.typist.firstClock
      for (let index = Math.max(0, first); index < first + length; index++) this.#latencies.add(atMs - writer.sentMs[index]!)
    }
    this.#arrived()
  }

  #arrival(expected: number, patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(overdue)
        this.#arrived = () => undefined
        resolve()
      }
      const overdue = setTimeout(end, patienceMs)
      this.#arrived = () => { if (this.#latencies.samples >= expected) end() }
      this.#arrived()
    })
  }
}
