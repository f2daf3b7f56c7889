/** Opens a room: a document from its log, the end of that log, and the sockets of those who are in it. */
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type * as Y from 'yjs'
import { readStage } from '../../shared/model/state.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, encodeMessage, plainCloseCodes, type Notice } from '../../shared/wire/protocol.ts'
import { StoreError } from '../store/errors.ts'
import type { AppendResult, DocumentId, LeaseRow, Store } from '../store/store.ts'
import type { Gate } from './admission.ts'
import { Connection, isEmptyVector, type Carrier, type Listener } from './connection.ts'
import { draftOf } from './entering.ts'
import { EncodedState, ReadFrom, updateFrame } from './encoded-state.ts'
import { frameOf, type Frame } from './frames.ts'
import type { Submitter } from './jobs.ts'
import { Leases } from './leases.ts'
import { Library } from './library.ts'
import { loadDocument, salvageDocument, type DocumentKind, type Loaded, type Source } from './loading.ts'
import { LogTail } from './log-tail.ts'
import { Missing } from './missing.ts'
import type { Outage } from './outage.ts'
import type { Waiting } from './porch.ts'
import { PresenceTelling } from './presence-telling.ts'
import { Allowances } from './rate.ts'
import type { Change, Hold, Room } from './room.ts'
import { boundsOf, type RoomBounds } from './room-bounds.ts'
import type { Speaker } from './service.ts'
import { realOutside, type After, type Deflate, type Outside } from './timing.ts'
import { Turns } from './turns.ts'

export interface RoomDeps<Facts> extends Gate<Facts> {
  readonly store: Store
  readonly log: Logger
  readonly now: () => number
  readonly bounds?: Partial<RoomBounds> | undefined
  readonly document: DocumentId
  readonly kind: DocumentKind
  /** Where it is given, those who are in when the store fails stay, are told so, and come back when that is over. */
  readonly outage?: Outage
  /** The same where it is this document that cannot be read. */
  readonly unread?: (error: unknown) => Outage
  /** What cannot be read of it now is not waited for any more: it opens with the rest. */
  readonly isLastTry?: boolean
  /** The room has ended by itself, and the next to come needs a new one. */
  readonly discarded: () => void
  /** The last who was in has left. */
  readonly emptied?: () => void
  /** For a side document: what it refers to may be lost. */
  readonly isSharedDamaged?: boolean
  /** For a side document: resolves when the shared one's position is not about to move by itself. */
  readonly steady?: () => Promise<void>
  /** Of its draft; without one a library of its own. */
  readonly library?: Library
  /** Everything up to that entry of the log is in a snapshot. */
  readonly saved?: (seq: number) => Promise<void>
  /** Of all rooms: one snapshot is saved after the other. */
  readonly saving?: Turns
  /** Called before the document is read, which waits for it. */
  readonly aboutToRead?: (source: ReadFrom) => Promise<void>
  readonly random?: Outside['random']
  readonly after?: After
  readonly soon?: Outside['soon']
  readonly deflate?: Deflate
}

/** Rejects when the store fails. Where its log does not hold, what is proved of it can be read and nothing can be changed. */
export async function openRoom<Facts>(deps: RoomDeps<Facts>): Promise<Room> {
  const { random, soon, deflate } = { ...realOutside, ...deps }
  let source: ReadFrom | null = null
  const about = ({ snapshot, since }: Source): Promise<void> => {
    source = new ReadFrom(snapshot, since, deflate)
    return deps.aboutToRead?.(source) ?? Promise.resolve()
  }
  const [loaded, leases] = await Promise.all([
    loadOrSalvage(deps, random, about),
    leasesOrNone(deps),
  ])
  const room = new OpenRoom(deps, loaded.isDamaged || leases === null, new Leases(deps.store, deps.document, leases ?? []), (listeners) =>
    new LogTail({ saving: new Turns(), ...deps, ...listeners, library: deps.library ?? new Library(deps.store, draftOf(deps.document)), random, soon }, loaded),
  )
  if (source !== null && !loaded.isDamaged) room.tellFrom(source)
  room.begin()
  return room
}

async function loadOrSalvage<Facts>({ store, log, document, kind, isLastTry }: RoomDeps<Facts>, random: () => number, about: (source: Source) => Promise<void>): Promise<Loaded & { readonly isDamaged: boolean }> {
  try {
    return { ...(await loadDocument(store, document, kind, random, about)), isDamaged: false }
  } catch (error) {
    if (!isDamaged(error) && !(isLastTry === true && error instanceof StoreError && error.code === 'store-unreadable')) throw error
    const salvaged = await salvageDocument(store, document, kind, random)
    log.error({ error, document, lost: salvaged.lost }, 'a log is damaged; what is left of it can be read')
    return { ...salvaged, isDamaged: true }
  }
}

const isDamaged = (error: unknown): boolean => error instanceof StoreError && error.code === 'log-damaged'

/** Null where they are damaged: nothing that is written under an id can be checked then. */
async function leasesOrNone<Facts>({ store, log, document }: RoomDeps<Facts>): Promise<readonly LeaseRow[] | null> {
  try {
    return await store.leases(document)
  } catch (error) {
    if (!isDamaged(error)) throw error
    log.error({ error, document }, 'the ids of a document are damaged; it can be read')
    return null
  }
}

interface TailListeners {
  readonly leases: Leases
  readonly committed: (update: Uint8Array, by: Submitter | null) => void
  readonly failed: (error: unknown) => void
}

class OpenRoom<Facts> implements Room, Listener {
  readonly document: DocumentId
  readonly #deps: RoomDeps<Facts>
  readonly #isDamaged: boolean
  readonly #bounds: RoomBounds
  readonly #after: After
  readonly #tail: LogTail<Facts>
  readonly #presence: PresenceTelling
  readonly #allowances: Allowances
  readonly #connections = new Set<Connection>()
  /** Those that come anew when an outage is over, until they leave. */
  readonly #suspended = new Map<Connection, () => void>()
  readonly #encoded: EncodedState
  readonly #missing = new Missing()
  #holds = 0
  #stopHolding: () => void = nothing
  #whenHeld: (() => void)[] = []
  #stopPinging: () => void = nothing
  #toldStage: string
  #isClosed = false

  constructor(deps: RoomDeps<Facts>, isDamaged: boolean, leases: Leases, tailOf: (listeners: TailListeners) => LogTail<Facts>) {
    this.#deps = deps
    this.#isDamaged = isDamaged
    this.document = deps.document
    this.#after = deps.after ?? realOutside.after
    const passesCursor = ({ hat }: Speaker): boolean => deps.kind === 'side' || this.#toldStage === 'drafting' || hat.kind === 'office'
    this.#presence = new PresenceTelling({ ...deps, after: this.#after, leases, passesCursor, connections: this.#connections })
    this.#encoded = new EncodedState((read) => this.#tail.read(read), deps.deflate ?? realOutside.deflate)
    this.#bounds = boundsOf(deps.bounds)
    this.#allowances = new Allowances(deps.now, this.#bounds.updatesPerSecondMax, this.#bounds.updatesBurstMax)
    this.#tail = tailOf({
      leases,
      committed: (update, by) => this.#broadcast(update, by),
      failed: (error) => this.#discard(error),
    })
    this.#toldStage = this.#stage()
  }

  get doc(): Y.Doc {
    return this.#tail.doc
  }

  get isDamaged(): boolean {
    return this.#isDamaged || this.#deps.isSharedDamaged === true
  }

  get seq(): number {
    return this.#tail.seq
  }

  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  tellFrom(source: ReadFrom): void {
    this.#encoded.begin(this.doc, source)
  }

  begin(): void {
    this.#stopPinging = this.#after(limits.pingMs, () => {
      for (const connection of this.#connections) connection.ping()
      // Also a message that the page sees: it takes a silent server for gone.
      this.#presence.renew()
      this.#encoded.rest()
      this.#missing.forget()
      this.begin()
    })
  }

  connect(socket: WebSocket, speaker: Speaker, carrier?: Carrier, waited?: Waiting): void {
    if (this.#isClosed) return socket.close(closeCodes.rebuilt)
    // It may have closed where nobody listened for that.
    if (socket.readyState !== socket.OPEN) return
    const connection = new Connection(socket, speaker, this, { carrier, after: this.#after, allowance: this.#allowances.of(speaker.person), sendBufferBytesMax: this.#bounds.sendBufferBytesMax })
    this.#connections.add(connection)
    if (this.isDamaged) connection.letNothingIn('log-damaged')
    else if (this.#deps.outage?.isOn === true) this.#suspend(connection, this.#deps.outage)
    // It is told what is committed at once, which may be of the stage that is just ending.
    if (this.#holds > 0) connection.say({ type: 'notice', notice: { notice: 'closing' } })
    unlessEnded(this.#encoded.greet((frame) => {
      connection.send(frame)
      this.#presence.tellTo(connection)
    }))
    // Nothing was committed since it was told all that the disk held.
    const told = waited?.told ?? null
    const isTold = told !== null && this.#encoded.isAllOf(told)
    connection.synced = isTold
    waited?.goIn(isTold)
    // Paused by whoever handed it over before the room was open, so that its first words are not missed.
    socket.resume()
  }

  change(write: (doc: Y.Doc) => Change): Promise<AppendResult> {
    if (this.isDamaged) return Promise.reject(new Refusal('log-damaged'))
    return this.#tail.change(write)
  }

  settled(): Promise<void> {
    return this.#tail.read(() => undefined)
  }

  notify(notice: Notice, to: (speaker: Speaker) => boolean = () => true): void {
    const frame = frameOf(encodeMessage({ type: 'notice', notice }))
    for (const connection of this.#connections) if (to(connection.speaker)) connection.send(frame)
  }

  expel(whom: (speaker: Speaker) => boolean): void {
    for (const connection of [...this.#connections]) {
      if (!whom(connection.speaker)) continue
      connection.isExpelled = true
      connection.say({ type: 'notice', notice: { notice: 'revoked' } })
      connection.close(closeCodes.revoked)
    }
  }

  hold(): Hold {
    this.#holds += 1
    const held = new Promise<void>((resolve) => this.#whenHeld.push(resolve))
    if (this.#isClosed || this.#tail.holding === 'held') this.#tellHeld()
    else if (this.#tail.holding === 'open') this.#drain()
    let isReleased = false
    const release = (): void => {
      if (isReleased) return
      isReleased = true
      this.#holds -= 1
      if (this.#holds === 0 && !this.#isClosed) this.#release()
    }
    return { held, release }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const connection of [...this.#connections]) connection.close(plainCloseCodes.goingAway)
    this.#tail.hold('open')
    try {
      await this.settled()
      if (!this.#isDamaged) await this.#tail.snapshotAtEnd()
    } finally {
      this.#end(new Error(`The room of ${this.document} is closed`))
    }
  }

  submitted(from: Connection, number: number, update: Uint8Array, hints: string): void {
    this.#tail.submit({ from, number, update, hints })
  }

  asked(from: Connection, stateVector: Uint8Array): void {
    if (isEmptyVector(stateVector)) {
      return unlessEnded(this.#encoded.answer((frames) => {
        from.cork()
        for (const frame of frames) from.send(frame)
        from.uncork()
        from.synced = true
      }))
    }
    unlessEnded(this.#tail.read((doc) => {
      let frame: Frame
      try {
        frame = this.#missing.from(doc, this.seq, stateVector)
      } catch {
        return from.close(closeCodes.malformed)
      }
      from.send(frame)
      from.synced = true
    }))
  }

  announced(from: Connection, bytes: Uint8Array): void {
    if (!this.#isClosed) this.#presence.announced(from, bytes)
  }

  askedPresence(from: Connection): void {
    this.#presence.tellTo(from)
  }

  drained(from: Connection): void {
    from.saysDrained = true
    from.isDrained = true
    this.#holdIfDrained()
  }

  left(from: Connection): void {
    this.#connections.delete(from)
    this.#presence.left(from)
    this.#suspended.get(from)?.()
    this.#suspended.delete(from)
    this.#holdIfDrained()
    if (this.#connections.size === 0) this.#deps.emptied?.()
  }

  #stage(): string {
    return this.#deps.kind === 'shared' ? readStage(this.doc).stage : ''
  }

  #broadcast(update: Uint8Array, by: Submitter | null): void {
    const frame = updateFrame(update)
    this.#encoded.add(update, frame)
    for (const connection of this.#connections) if (connection.synced && connection !== by) connection.send(frame)
    const stage = this.#stage()
    if (stage === this.#toldStage) return
    // Carets that everyone could see may now be nobody's business, or the other way round.
    this.#toldStage = stage
    this.#presence.renew()
  }

  #drain(): void {
    for (const connection of this.#connections) connection.isDrained = !connection.saysDrained
    this.#tail.hold('draining')
    this.notify({ notice: 'closing' })
    this.#stopHolding = this.#after(limits.closingDrainMs, () => this.#hold())
    this.#holdIfDrained()
  }

  #holdIfDrained(): void {
    if (this.#tail.holding === 'draining' && [...this.#connections].every((connection) => connection.isDrained)) this.#hold()
  }

  #hold(): void {
    this.#stopHolding()
    this.#tail.hold('held')
    this.#stopHolding = this.#after(limits.closingDrainMs, () => this.#tail.hold('open'))
    this.#tellHeld()
  }

  #tellHeld(): void {
    for (const tell of this.#whenHeld.splice(0)) tell()
  }

  #release(): void {
    this.#stopHolding()
    this.#tail.hold('open')
    this.notify({ notice: 'open' })
  }

  #discard(error: unknown): void {
    const { log, discarded } = this.#deps
    log.error({ error, document: this.document }, 'a room was discarded; it opens again from its log')
    this.#isClosed = true
    const outage = this.#outageOf(error)
    outage?.begin(error)
    discarded()
    this.#tellHeld()
    for (const connection of [...this.#connections]) {
      if (outage !== null) this.#suspend(connection, outage)
      else connection.close(closeCodes.rebuilt)
    }
    if (outage !== null) outage.whenOver(() => this.#end(error))
    else this.#end(error)
  }

  /** Null where the store has not failed: then it opens again at once. */
  #outageOf(error: unknown): Outage | null {
    const { outage, unread } = this.#deps
    if (!(error instanceof StoreError) || isDamaged(error)) return null
    return (error.code === 'store-unreadable' ? unread?.(error) : undefined) ?? outage ?? null
  }

  /** It stays and is told who else is here, but nothing is let in until the store is back; then it comes anew. */
  #suspend(connection: Connection, outage: Outage): void {
    connection.letNothingIn('store-down')
    this.#suspended.set(connection, outage.whenOver(() => connection.close(closeCodes.rebuilt)))
  }

  #end(error: unknown): void {
    this.#stopPinging()
    this.#stopHolding()
    this.#presence.end()
    this.#tellHeld()
    this.#tail.end(error)
    this.doc.destroy()
  }
}

const nothing = (): void => undefined

/** Rejected only when the room ends, and then its sockets are closed. */
const unlessEnded = (told: Promise<void>): void => void told.catch(nothing)

/** RFC 6455's own: the server stops, come back. */
