/**
 * A network as networks are: what is sent on one connection arrives in order or not at all, late, or after the connection
 * is given up by one side alone, so that words of an old connection come in behind those of a new one. What is sent on
 * different connections overtakes freely. A partition holds everything back until it heals.
 */
import { EventEmitter } from 'node:events'
import type { Socket } from '../../../client/connection/index.ts'
import { decodeMessage } from '../../../shared/wire/protocol.ts'
import type { Random } from '../random.ts'
import type { Clock } from './clock.ts'
import type { Trace } from './trace.ts'

const typeOf = (bytes: Uint8Array): string => decodeMessage(bytes)?.type ?? 'none'

/** To the server, or down to the page. */
type Way = 'up' | 'down'

/** What one person's machine has of the network. */
export class Line {
  readonly name: string
  /** The browser there unpacks what comes packed. */
  readonly unpacks: boolean
  latencyMs = 5
  #cutUntilMs = 0
  /** Until then the page reads nothing of what has come. */
  #readsFromMs = 0
  readonly #network: Network

  constructor(network: Network, name: string) {
    this.#network = network
    this.name = name
    this.unpacks = name.length % 2 === 0
  }

  /** From now on, for so long. */
  cut(ms: number): void {
    this.#cutUntilMs = Math.max(this.#cutUntilMs, this.#network.clock.nowMs + ms)
  }

  /** The page stops reading, for so long. */
  stall(ms: number): void {
    this.#readsFromMs = Math.max(this.#readsFromMs, this.#network.clock.nowMs + ms)
  }

  heal(): void {
    this.#cutUntilMs = 0
    this.#readsFromMs = 0
    this.latencyMs = 5
  }

  /** How long until what is sent now arrives. */
  delayMs(way: Way = 'up'): number {
    return Math.max(0, this.#passesFromMs(way) - this.#network.clock.nowMs) + 1 + this.#network.random(this.latencyMs)
  }

  isShut(way: Way): boolean {
    return this.#passesFromMs(way) > this.#network.clock.nowMs
  }

  get isStalled(): boolean {
    return this.#readsFromMs > this.#network.clock.nowMs
  }

  #passesFromMs(way: Way): number {
    return way === 'up' ? this.#cutUntilMs : Math.max(this.#cutUntilMs, this.#readsFromMs)
  }
}

/** One direction of a connection. */
class Pipe {
  readonly #line: Line
  readonly #way: Way
  readonly #clock: Clock
  readonly #deliver: (bytes: Uint8Array) => void
  #waiting: (() => void)[] = []
  #waitingBytes = 0
  #isRunning = false
  /** Nothing that is sent from now on arrives. */
  #isShut = false

  constructor(line: Line, way: Way, clock: Clock, deliver: (bytes: Uint8Array) => void) {
    this.#line = line
    this.#way = way
    this.#clock = clock
    this.#deliver = deliver
  }

  send(bytes: Uint8Array): void {
    // Of its own, as what has crossed a wire is.
    const own = new Uint8Array(bytes)
    if (this.#isShut) return
    this.#waitingBytes += own.length
    this.push(() => this.#deliver(own))
  }

  /** Behind all that is under way. */
  finish(end: () => void): void {
    if (!this.#isShut) this.push(end)
    this.#isShut = true
  }

  /** Only so many of those under way still arrive, and then, where it is given, the end. */
  tear(arriving: number, end?: () => void): void {
    this.#isShut = true
    this.#waiting = this.#waiting.slice(0, arriving)
    if (end !== undefined) this.push(end)
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Those that the other side takes: a network has room for what is under way. */
  get unreadBytes(): number {
    return this.#line.isStalled ? this.#waitingBytes : 0
  }

  /** Behind what is under way. */
  push(run: () => void): void {
    this.#waiting.push(run)
    this.#run()
  }

  #run(): void {
    if (this.#isRunning || this.#waiting.length === 0) return
    this.#isRunning = true
    this.#clock.after(this.#line.delayMs(this.#way), () => {
      this.#isRunning = false
      // The line may have been cut while this was under way. What was sent in one go arrives in one go.
      if (!this.#line.isShut(this.#way)) {
        this.#waitingBytes = 0
        for (const next of this.#waiting.splice(0)) next()
      }
      this.#run()
    })
  }
}

/** The server's side, as `ws` has it. */
export class FarSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  #isPaused = false
  #hasTold = false
  #early: Uint8Array[] = []
  readonly #connection: Connection

  constructor(connection: Connection) {
    super()
    this.#connection = connection
  }

  get bufferedAmount(): number {
    return this.#connection.unreadBytes
  }

  send(bytes: Uint8Array): void {
    if (this.readyState === this.OPEN) this.#connection.saidDown(bytes)
  }

  close(code = 1005): void {
    if (this.readyState !== this.OPEN) return
    this.#connection.endedByServer(code)
    this.gone()
  }

  terminate(): void {
    this.close(1006)
  }

  ping(): void {
    this.#connection.ping()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    for (const bytes of this.#early.splice(0)) this.emit('message', bytes, true)
    this.#tellGone()
  }

  heard(bytes: Uint8Array): void {
    if (this.readyState !== this.OPEN) return
    if (this.#isPaused) this.#early.push(bytes)
    else this.emit('message', bytes, true)
  }

  pong(): void {
    if (this.readyState === this.OPEN) this.emit('pong')
  }

  /** A socket that is paused never hears that the other side has closed too. */
  gone(): void {
    if (this.readyState !== this.OPEN) return
    this.readyState = 3
    this.#tellGone()
  }

  #tellGone(): void {
    if (this.readyState === this.OPEN || this.#isPaused || this.#hasTold) return
    this.#hasTold = true
    this.emit('close')
  }
}

/** The page's side, as the browser has it. */
class NearSocket implements Socket {
  binaryType = 'arraybuffer'
  readyState = 0
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: never) => void) | null = null
  onclose: ((event: never) => void) | null = null
  onerror: ((event: never) => void) | null = null
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  send(bytes: Uint8Array): void {
    if (this.readyState === 1) this.#connection.saidUp(bytes)
  }

  close(): void {
    if (this.readyState === 3) return
    this.#connection.endedByPage()
    this.ended(1005)
  }

  opened(): void {
    if (this.readyState !== 0) return
    this.readyState = 1
    this.onopen?.({} as never)
  }

  heard(bytes: Uint8Array): void {
    if (this.readyState === 1) this.onmessage?.({ data: bytes.buffer } as never)
  }

  ended(code: number): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code } as never)
  }
}

export interface Ears {
  /** The server says it, to this person in this document. */
  readonly down: (bytes: Uint8Array) => void
  /** The page says it. */
  readonly up: (bytes: Uint8Array) => void
}

export type Break = 'reset' | 'half-open' | 'deaf'

export class Connection {
  readonly line: Line
  readonly near: NearSocket
  far: FarSocket | null = null
  readonly #up: Pipe
  readonly #down: Pipe
  readonly #ears: Ears
  readonly #network: Network
  readonly #name: string

  constructor(network: Network, line: Line, name: string, ears: Ears) {
    this.#network = network
    this.line = line
    this.#name = name
    this.#ears = ears
    this.near = new NearSocket(this)
    const { clock, trace } = network
    this.#up = new Pipe(line, 'up', clock, (bytes) => {
      trace.note(`${name} up ${typeOf(bytes)}`, bytes, typeOf(bytes) !== 'awareness')
      this.far?.heard(bytes)
    })
    this.#down = new Pipe(line, 'down', clock, (bytes) => {
      trace.note(`${name} down ${typeOf(bytes)}`, bytes, typeOf(bytes) !== 'awareness')
      this.near.heard(bytes)
    })
  }

  /** Said to the page, which does not read it. */
  get unreadBytes(): number {
    return this.#down.unreadBytes
  }

  saidDown(bytes: Uint8Array): void {
    this.#ears.down(bytes)
    this.#down.send(bytes)
  }

  saidUp(bytes: Uint8Array): void {
    this.#ears.up(bytes)
    this.#up.send(bytes)
    // Somebody on the way has sent it twice.
    if (this.#network.random(20) === 0 && decodeMessage(bytes)?.type === 'submit') {
      this.#network.trace.count('message twice')
      this.#up.send(bytes)
    }
  }

  ping(): void {
    this.#network.clock.after(this.line.delayMs('down'), () => {
      if (this.near.readyState === 1) this.#network.clock.after(this.line.delayMs(), () => this.far?.pong())
    })
  }

  accept(): FarSocket {
    this.far = new FarSocket(this)
    // In front of whatever is said.
    this.#down.push(() => this.near.opened())
    return this.far
  }

  deny(): void {
    this.#network.clock.after(this.line.delayMs('down'), () => this.near.ended(1006))
  }

  endedByServer(code: number): void {
    this.#network.trace.note(`${this.#name} closed by the server ${code}`)
    this.#network.trace.count(`closed ${code}`)
    this.#down.finish(() => this.near.ended(code))
  }

  endedByPage(): void {
    this.#network.trace.note(`${this.#name} closed by the page`)
    this.#up.finish(() => this.far?.gone())
  }

  /** `reset`: both sides hear of it. `half-open`: the page alone, and what it had sent still comes in, late. `deaf`: the server alone. */
  break(how: Break): void {
    const { random, trace } = this.#network
    trace.note(`${this.#name} breaks: ${how}`)
    trace.count(`break ${how}`)
    if (how === 'half-open') this.#up.tear(this.#up.length)
    else this.#up.tear(random(this.#up.length + 1), () => this.far?.gone())
    if (how === 'deaf') this.#down.tear(random(this.#down.length + 1))
    else this.#down.tear(random(this.#down.length + 1), () => this.near.ended(1006))
  }

  /** The server's process has ended. What it had not read it never reads. */
  cutByCrash(isHeardOf: boolean): void {
    this.far = null
    this.#up.tear(0)
    this.#down.tear(this.#network.random(this.#down.length + 1), isHeardOf ? () => this.near.ended(1006) : undefined)
  }

  get isOver(): boolean {
    return this.near.readyState === 3 && (this.far === null || this.far.readyState === 3)
  }
}

export class Network {
  readonly clock: Clock
  readonly random: Random
  readonly trace: Trace
  #connections: Connection[] = []

  constructor(clock: Clock, random: Random, trace: Trace) {
    this.clock = clock
    this.random = random
    this.trace = trace
  }

  connect(line: Line, name: string, ears: Ears): Connection {
    this.#connections = this.#connections.filter((one) => !one.isOver)
    const made = new Connection(this, line, name, ears)
    this.#connections.push(made)
    return made
  }

  of(line: Line): Connection[] {
    return this.#connections.filter((one) => one.line === line && !one.isOver)
  }

  crash(isHeardOf: boolean): void {
    for (const one of this.#connections) one.cutByCrash(isHeardOf)
  }

  /** Resolves when a request has arrived; rejects when it is lost. */
  async carry(line: Line, isLost: boolean): Promise<void> {
    await this.clock.wait(line.delayMs())
    if (!isLost) return
    await this.clock.wait(this.random(4_000))
    throw new Error('no answer came')
  }
}
