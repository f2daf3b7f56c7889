/**
 * A document's connection to its room. Sends what is typed here, numbered, until it is acknowledged; keeps it on this
 * device meanwhile; brings in what others write. Yjs cannot take back what the server refuses: then the connection
 * stops, the caller opens the document anew on what the device keeps, and what is still permitted of it is done again.
 */
import * as Y from 'yjs'
import { deedsOf } from '../../shared/model/deeds.ts'
import type { Hint } from '../../shared/model/taking.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { errors } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes, encodeMessage, plainCloseCodes, syncStep1, syncUpdate, type Message, type Notice } from '../../shared/wire/protocol.ts'
import { Arrival } from './arrival.ts'
import { realAfter, type After } from './backoff.ts'
import { ClientId } from './client-id.ts'
import { doAgain } from './do-again.ts'
import type { Judge } from './do-again.ts'
import { Hold } from './hold.ts'
import { Line } from './line.ts'
import type { KeptUpdate } from './local-store.ts'
import { Loss } from './loss.ts'
import { Outbox } from './outbox.ts'
import { RoomPresence } from './presence.ts'
import type { RoomConnection, RoomConnectionOptions } from './room-connection.ts'
import { endingCodes, endings, isOver, Observed, statusOf, type Over, type Phase, type Status } from './status.ts'
import { Wait } from './wait.ts'

type Again = Pick<KeptUpdate, 'update' | 'hints' | 'operations'>

const remote = 'remote'

export class Connection implements RoomConnection {
  readonly status: Observed<Status>
  readonly presence: RoomPresence
  readonly #options: RoomConnectionOptions
  readonly #after: After
  readonly #outbox: Outbox
  readonly #clientId: ClientId
  readonly #wait: Wait
  readonly #line: Line
  readonly #loss = new Loss()
  readonly #hold: Hold
  #phase: Exclude<Phase, 'paused'> = 'connecting'
  #code: ErrorCode | null = null
  #isSynced = false
  #hasSynced = false
  #hasReceived = false
  /** What is written now was written before, and is done again. */
  #again: Again[] | null = null
  #isDoingAgain = false
  #arrival: Arrival
  /** The server lets nothing in on this socket, and has said why. */
  #readOnly: ErrorCode | null = null
  #copies: Hint[] = []

  constructor(options: RoomConnectionOptions) {
    this.#options = options
    this.#after = options.after ?? realAfter
    const random = options.random ?? Math.random
    this.#wait = new Wait(this.#after, random)
    this.#line = new Line(options.socketOf, new Wait(this.#after, random), {
      opened: () => this.#greet(),
      heard: (message) => this.#take(message),
      lost: (code, hasOpened) => this.#lost(code, hasOpened),
    })
    this.#hold = new Hold(this.#after, () => this.#goOn(), () => options.noticed?.({ notice: 'open' }))
    this.#outbox = new Outbox(options.local, () => this.#show())
    this.#arrival = new Arrival(options.doc, this.#outbox, false)
    this.presence = new RoomPresence(options.doc, (bytes) => this.#line.say({ type: 'awareness', bytes }))
    this.#clientId = new ClientId(options.doc, options.lease, (id) => this.#issued(id), new Wait(this.#after, random))
    this.status = new Observed(this.#status())
    options.doc.on('update', this.#updated)
  }

  begin(): void {
    const isWaited = this.#waitForAnswer()
    const connect = (): void => { if (isWaited()) this.#connect() }
    // Without an id it is read meanwhile.
    this.#prepare().then(connect, connect)
  }

  note(copies: readonly Hint[]): void {
    this.#copies.push(...copies)
  }

  retry(): void {
    if (this.#isOver) return
    if (this.#line.isThere) {
      if (this.#isSynced) this.#clientId.seek()
      return this.#probe()
    }
    if (this.#phase !== 'offline') return
    this.#wait.reset()
    this.begin()
  }

  sayAgain(): void {
    if (!this.#isOver) this.#outbox.takeBack(this.#outbox.acknowledged)
  }

  dropUnsent(): Promise<void> {
    return this.#outbox.drop()
  }

  async close(): Promise<void> {
    if (!this.#isOver) this.#phase = 'ended'
    this.#leave()
    this.#options.doc.off('update', this.#updated)
    this.#clientId.stop()
    this.presence.awareness.destroy()
    await this.#options.local.close()
  }

  get #isOver(): boolean {
    return isOver(this.#phase)
  }

  get #isWritable(): boolean {
    return this.#clientId.isIssued && this.#hasSynced
  }

  async #prepare(): Promise<void> {
    await this.#outbox.adopt()
    await this.#clientId.obtain()
  }

  #connect(): void {
    this.#wait.end()
    const { url, room, hatId } = this.#options
    this.#arrival = new Arrival(this.#options.doc, this.#outbox, this.#hasReceived)
    this.#line.open(`${url}/sync/${encodeURIComponent(room)}?hat=${encodeURIComponent(hatId)}`)
  }

  #greet(): void {
    this.#askWhatIsNew()
    this.#line.say({ type: 'drained' })
    this.presence.announce()
  }

  #askWhatIsNew(): void {
    this.#line.say({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(this.#options.doc) })
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'sync':
        // Only what is unacknowledged is ever sent, so the server's question needs no answer.
        if (this.#isSynced || message.step === syncUpdate) {
          if (message.step !== syncStep1) Y.applyUpdate(this.#options.doc, message.bytes, remote)
          if (!this.#isSynced) this.#arrival.told(message.bytes)
          break
        }
        if (message.step === syncStep1) this.#arrival.greeted(message.bytes)
        else {
          this.#arrival.answered(message.bytes)
          Y.applyUpdate(this.#options.doc, message.bytes, remote)
        }
        this.#heardBoth()
        break
      case 'awareness':
        this.presence.receive(message.bytes)
        break
      case 'query-awareness':
        this.presence.announce()
        break
      case 'acknowledged':
        this.#outbox.acknowledge(message.number)
        this.#sendWaiting()
        this.#show()
        break
      case 'refused':
        this.#refused(message.number, message.code in errors ? (message.code as ErrorCode) : 'malformed')
        break
      case 'notice':
        this.#notice(message.notice)
        break
      case 'submit':
      case 'drained':
        break
    }
  }

  #heardBoth(): void {
    if (!this.#arrival.isHeard) return
    if (this.#arrival.othersLost) this.#stop('restored')
    else this.#synced()
  }

  #synced(): void {
    this.#isSynced = true
    this.#wait.reset()
    if (this.#hasSynced) return this.#goLive()
    // Without an id it waits for one, and the document is shown without it.
    if (this.#outbox.isRefused) return this.#clientId.isIssued ? void this.#doAgain() : this.#goLive()
    // Of an earlier session: only now is there what they refer to.
    for (const { update } of this.#outbox.all()) Y.applyUpdate(this.#options.doc, update, 'kept')
    this.#hasSynced = true
    this.#goLive()
  }

  #issued(id: number): void {
    this.presence.changeId(id)
    if (!this.#isSynced) return
    if (!this.#hasSynced && this.#outbox.isRefused) void this.#doAgain()
    else this.#show()
  }

  #goLive(): void {
    this.#phase = 'live'
    this.#loss.over()
    this.#hasReceived = true
    this.#outbox.rewind(1)
    this.#sendWaiting()
    this.#clientId.seek()
    this.#show()
  }

  /** Of what an earlier session left something was refused: what is permitted is done again, under the id of this one. */
  async #doAgain(): Promise<void> {
    if (this.#isDoingAgain) return
    this.#isDoingAgain = true
    const { doc, anchored, judge, unsent } = this.#options
    const ask = await judge?.()
    if (this.#isOver) return
    const again: Again[] = (this.#again = [])
    const left = doAgain({ doc, anchored: anchored ?? doc, judge: ask ?? permitsAll }, this.#outbox.all(), (copies) => this.note(copies))
    this.#again = null
    if (left.length > 0) unsent?.(left)
    // Not sent before the device has let go of the old ones: a reload would do them a second time.
    await this.#outbox.exchange(again)
    this.#hasSynced = this.#hasReceived = true
    if (this.#isOver) return
    if (this.#isSynced) this.#goLive()
    else this.#show()
  }

  /** Also after a refusal: whoever goes on typing until the document is opened anew loses nothing. */
  readonly #updated = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (!transaction.local) return
    if (!this.#isWritable && this.#again === null) throw new RangeError('The document was written before its connection said that it is writable')
    const hints = this.#copies.length === 0 ? '' : JSON.stringify(this.#copies)
    const operations = deedsOf(this.#options.doc, update)
    this.#copies = []
    if (this.#again !== null) return void this.#again.push({ update, hints, operations })
    this.#outbox.add(update, hints, operations)
    this.#sendWaiting()
    this.#show()
  }

  #sendWaiting(): void {
    if (!this.#isSynced || !this.#hasSynced || this.#hold.isOn || this.#readOnly !== null || this.#isOver) return
    for (const { number, update, hints } of this.#outbox.next()) {
      const message = encodeMessage({ type: 'submit', number, bytes: update, hints })
      // The server would not say which it was: it closes the socket, and would again at each that is opened. What is ahead of it is answered
      // first, or it would be done again while it is still on its way.
      if (update.length > limits.updateBytesMax || message.length > limits.messageBytesMax) {
        return this.#outbox.isFirst(number) ? this.#refused(number, 'bounds') : this.#outbox.rewind(number)
      }
      this.#line.send(message)
    }
  }

  #refused(number: number, code: ErrorCode): void {
    // Presence, or a plain client's: nothing of the outbox.
    if (number === 0) return
    if (code !== 'too-fast') {
      this.#outbox.refuse(number, code)
      return this.#stop('refused', code)
    }
    this.#outbox.rewind(number)
    this.#hold.begin(limits.tooFastPauseMs)
    this.#show()
  }

  #notice(notice: Notice): void {
    if (notice.notice === 'open') return this.#goOn()
    if (notice.notice === 'closing') {
      this.#hold.begin(limits.closingWaitMs, true)
      this.#line.say({ type: 'drained' })
    }
    if (notice.notice === 'read-only') this.#readOnly = notice.code
    this.#options.noticed?.(notice)
    if (notice.notice === 'revoked') this.#stop('ended', 'hat-revoked')
    this.#show()
  }

  #goOn(): void {
    this.#hold.end()
    this.#sendWaiting()
    if (this.#isSynced) this.#clientId.seek()
    this.#show()
  }

  #lost(code: number, hasOpened: boolean): void {
    this.#isSynced = false
    this.#readOnly = null
    this.#clientId.rest()
    this.presence.clear()
    const ending = endings.get(code)
    if (code === closeCodes.malformed) this.#outbox.refuseSent('malformed')
    if (code === plainCloseCodes.tooLarge && this.#outbox.refuseLargestSent('bounds')) return this.#stop('refused', 'bounds')
    // Whose rights have ended is told so, whatever was refused before: opened anew, the room would not let them in.
    if (ending !== undefined) return this.#end(ending === 'malformed' && this.#outbox.isRefused ? 'refused' : 'ended', ending)
    // Whatever was asked for a pause is asked again by the next room.
    this.#hold.end()
    if (!hasOpened) return void this.#explain()
    this.#loss.closed(code)
    this.#waitAndRetry()
  }

  /** The socket did not open: the server can say why, where it can be reached. */
  async #explain(): Promise<void> {
    const isWaited = this.#waitForAnswer()
    const code = (await this.#options.why?.().catch(() => null)) ?? null
    // Somebody may have tried again meanwhile.
    if (!isWaited()) return
    if (code !== null && endingCodes.has(code)) return this.#end('ended', code)
    if (this.#loss.explained(code)) this.#wait.reset()
    this.#waitAndRetry()
  }

  /** Whoever has to sign in again may come to a server that was restored from before they were here: it is sent all again. */
  #end(phase: Over, code: ErrorCode): void {
    if (code === 'not-signed-in') this.sayAgain()
    this.#stop(phase, code)
  }

  /** A network that swallows what is asked is no reason to wait for ever. */
  #waitForAnswer(): () => boolean {
    return this.#wait.begin(limits.serverSilenceMs, () => this.#waitAndRetry())
  }

  #waitAndRetry(): void {
    if (this.#isOver) return
    this.#phase = 'offline'
    this.#wait.longer(() => this.begin())
    this.#show()
  }

  /** Asked what is new, a server that is there answers. */
  #probe(): void {
    if (!this.#isSynced) return
    this.#askWhatIsNew()
    this.#line.expect(limits.probeMs)
  }

  #stop(phase: Over, code: ErrorCode | null = null): void {
    if (this.#isOver) return
    this.#phase = phase
    this.#code = code
    this.#leave()
    this.#show()
  }

  #leave(): void {
    this.#wait.end()
    this.#clientId.rest()
    this.#hold.leave()
    this.#isSynced = false
    this.#line.leave()
  }

  #show(): void {
    this.status.set(this.#status())
  }

  #status(): Status {
    return statusOf({
      phase: this.#phase, outbox: this.#outbox, code: this.#code, readOnly: this.#readOnly,
      held: this.#hold.why, lost: this.#loss.why,
      isIssued: this.#clientId.isIssued, unissued: this.#clientId.why, isReceived: this.#hasReceived, isWritable: this.#isWritable,
    })
  }
}

const permitsAll: Judge = () => null
