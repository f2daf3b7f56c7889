/** The server: the real rooms and commands in a process that can end at any moment, and the door in front of it. */
import { constants, deflateRawSync } from 'node:zlib'
import pino from 'pino'
import { leaseClientIds } from '../../../server/auth/leases.ts'
import { speakerOf } from '../../../server/auth/speaker.ts'
import type { Store } from '../../../server/store/store.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import type { RoomBounds } from '../../../server/sync/room-bounds.ts'
import type { Rooms, Speaker } from '../../../server/sync/service.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { Refusal } from '../../../shared/wire/errors.ts'
import type { WebSocket } from 'ws'
import type { Random } from '../random.ts'
import { carrierTo } from './carrier.ts'
import type { Clock } from './clock.ts'
import type { Disk } from './disk.ts'
import type { Connection } from './network.ts'
import type { Trace } from './trace.ts'
import { fixedKeys } from '../../unit/keys/fixed-keys.ts'

export interface Process {
  readonly store: Store
  readonly rooms: Rooms
  isAlive: boolean
}

interface Parts {
  readonly clock: Clock
  readonly disk: Disk
  readonly trace: Trace
  readonly random: Random
  readonly bounds: Partial<RoomBounds>
  /** The server's log says what it should never have to. */
  readonly alarm: (what: string) => void
}

/** Bounds within the reach of a short script. */
export const withinReach: Partial<RoomBounds> = {
  updatesPerSecondMax: 20, updatesBurstMax: 20, sendBufferBytesMax: 400,
  snapshotEveryEntries: 12, snapshotEveryMs: 1_000, snapshotAtEndEntries: 5,
}

/** What the log may say while the store or the network is in trouble; anything else above a warning is a fault. */
const expected: ReadonlySet<string> = new Set([
  'a room was discarded; it opens again from its log', 'a room could not be opened', 'a command failed', 'a room did not close cleanly',
  'the store has failed; what depends on it is read-only until it is back',
])

/** A side room closes with the text's that the store failed; whoever had asked for something in it is told to ask again. */
const isExpected = (said: string, cause: string): boolean =>
  expected.has(said) && (cause.startsWith('The simulated store') || (said === 'a command failed' && /^The room of \S+ is closed$/.test(cause)))

export class Server {
  readonly #parts: Parts
  process: Process | null = null
  #isStopping = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  start(): void {
    const { clock, disk, trace, random, bounds, alarm } = this.#parts
    const process = { isAlive: true } as { isAlive: boolean; store: Store; rooms: Rooms }
    const alive = (run: () => void) => (): void => { if (process.isAlive) run() }
    process.store = disk.open(process)
    const log = pino({ level: 'warn', errorKey: 'error' }, {
      write: (line: string) => {
        const { level, msg, error } = JSON.parse(line) as { level: number; msg: string; error?: { message?: string } }
        trace.note(`log: ${msg} ${error?.message ?? ''}`)
        trace.count(`log: ${msg}`)
        if (level >= 50 && !isExpected(msg, error?.message ?? '')) alarm(`the server's log: ${line}`)
      },
    })
    process.rooms = createRooms({
      store: process.store, keys: fixedKeys, log, now: () => clock.nowMs, bounds,
      outside: {
        after: (ms, run) => clock.after(ms, alive(run)),
        soon: (run) => void clock.after(0, alive(run)),
        deflate: async (bytes) => {
          await clock.wait(random(4))
          return deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
        },
        random: () => random(2 ** 30) / 2 ** 30,
        secretBytes: (count) => Uint8Array.from({ length: count }, () => random(256)),
      },
    })
    this.process = process
    this.#isStopping = false
    trace.note('the server starts')
  }

  crash(): void {
    if (this.process === null) return
    this.process.isAlive = false
    this.process = null
    this.#parts.trace.note('the server crashes')
    this.#parts.trace.count('crash')
  }

  /** As on SIGTERM. Resolves when it has ended. */
  async stop(): Promise<void> {
    const { process } = this
    if (process === null || this.#isStopping) return
    this.#isStopping = true
    this.#parts.trace.note('the server stops')
    this.#parts.trace.count('stop')
    await Promise.race([process.rooms.stop().catch(() => undefined), this.#parts.clock.wait(limits.stopWaitMs)])
    if (this.process === process) this.crash()
  }

  /** Opens the door to a socket, or not, as `server/http/upgrade.ts` does. */
  async enter(connection: Connection, document: string, person: string, hatId: string): Promise<void> {
    const { process } = this
    if (process === null || this.#isStopping) return connection.deny()
    let speaker: Speaker
    try {
      speaker = await this.#speaker(process, document, person, hatId)
      if (!(await process.rooms.mayOpen(document, speaker))) return connection.deny()
    } catch {
      return connection.deny()
    }
    // It may have ended while it was asked; the connection has then been told.
    if (!process.isAlive || connection.isOver) return
    const far = connection.accept()
    far.pause()
    process.rooms.connect(far as unknown as WebSocket, document, speaker, carrierTo((message) => far.send(message), connection.line.unpacks))
  }

  /** Asks the process that is there now. Never settles where that ends meanwhile. */
  ask<T>(run: (process: Process) => Promise<T>): Promise<T> {
    const { process } = this
    if (process === null || this.#isStopping) return Promise.reject(new Error('nobody listens'))
    return new Promise((resolve, reject) => {
      run(process).then((value) => { if (process.isAlive) resolve(value) }, (error: unknown) => { if (process.isAlive) reject(error as Error) })
    })
  }

  async lease(document: string, person: string, hatId: string): Promise<number> {
    const { random } = this.#parts
    return this.ask(async (process) => {
      const speaker = await this.#speaker(process, document, person, hatId)
      if (!(await process.rooms.mayOpen(document, speaker))) throw new Refusal('not-yours')
      const [id] = await leaseClientIds(process.store, document, speaker, 1, () => limits.serverClientIdMax + random(2 ** 31) * 2 ** 10 + random(2 ** 10))
      return id!
    })
  }

  speaker(person: string, draft: string, hatId: string): Promise<Speaker> {
    return this.ask((process) => this.#speaker(process, draft, person, hatId))
  }

  #speaker({ store }: Process, document: string, person: string, hatId: string): Promise<Speaker> {
    return speakerOf(store, { id: person, name: person, canCreate: false }, document.split('/')[0]!, hatId)
  }
}
