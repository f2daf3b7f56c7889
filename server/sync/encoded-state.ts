/**
 * What whoever comes in is told of a document: its state, encoded and packed once, and what has been committed since. Two
 * hundred people who come in cost one encoding, and nobody who types waits for them.
 */
import * as Y from 'yjs'
import { limits } from '../../shared/wire/limits.ts'
import { decodeMessage, encodeMessage, syncStep1, syncStep2, syncUpdate } from '../../shared/wire/protocol.ts'
import { frameOf, messageIn, packedFrameOf, type Frame } from './frames.ts'
import type { Deflate } from './timing.ts'

/** Runs at a moment when the document holds what is committed and nothing else. Rejects when the room ends. */
export type WhenCommitted = <T>(read: (doc: Y.Doc) => T) => Promise<T>

type Step = typeof syncStep2 | typeof syncUpdate

/** A document's state, which is held no longer than until it is packed. */
class State {
  readonly sizeBytes: number
  readonly #deflate: Deflate
  readonly #frames = new Map<Step, Promise<Frame>>()
  #bytes: Uint8Array | null

  constructor(bytes: Uint8Array, deflate: Deflate) {
    this.sizeBytes = bytes.length
    this.#bytes = bytes
    this.#deflate = deflate
  }

  /** As the answer, or as an update that others follow before the answer. Each made once. */
  as(step: Step): Promise<Frame> {
    let frame = this.#frames.get(step)
    if (frame === undefined) this.#frames.set(step, (frame = this.#packed(step)))
    return frame
  }

  async #packed(step: Step): Promise<Frame> {
    const bytes = this.#bytes ?? syncedIn(await [...this.#frames.values()][0]!)
    this.#bytes = null
    return packedFrameOf(encodeMessage({ type: 'sync', step, bytes }), this.#deflate)
  }
}

/** What a document is read from: a state, and the updates behind it. */
export class ReadFrom {
  readonly state: State
  readonly since: readonly Told[]
  readonly sinceBytes: number

  constructor(state: Uint8Array, since: readonly Uint8Array[], deflate: Deflate) {
    this.since = since.map((update) => ({ update, frame: updateFrame(update) }))
    this.sinceBytes = since.reduce((sum, { length }) => sum + length, 0)
    this.state = new State(state, deflate)
  }

  /** All of it, as the answer to who asks for all. */
  async frames(): Promise<readonly Frame[]> {
    return answerOf(await this.state.as(stepOf(this)), this.since)
  }
}

/** An update, and the frame in which it was told. */
interface Told {
  readonly update: Uint8Array
  readonly frame: Frame
}

/** The state at one position of the log. */
interface Base {
  readonly state: State
  /** Null where it was encoded from a document. */
  readonly from: ReadFrom | null
  /** By client id, how far the state and `since` reach, but for what of it is not `counted` yet. */
  readonly clocks: Map<number, number>
  counted: number
  /** What was committed since, in order, as it was told to those who were in. */
  readonly since: Told[]
  sinceBytes: number
}

export class EncodedState {
  readonly #whenCommitted: WhenCommitted
  readonly #deflate: Deflate
  #base: Base | null = null
  #making: Promise<Base> | null = null
  #isUsed = false

  constructor(whenCommitted: WhenCommitted, deflate: Deflate) {
    this.#whenCommitted = whenCommitted
    this.#deflate = deflate
  }

  /** A document that was just read need not be encoded for the first who come in: what it was read from is what they are told. */
  begin(doc: Y.Doc, from: ReadFrom): void {
    const { state, since, sinceBytes } = from
    const base = { from, state, clocks: clocksOf(doc), since: [...since], counted: since.length, sinceBytes }
    if (isLong(base)) return
    this.#base = base
    this.#isUsed = true
    state.as(stepOf(base)).catch(() => undefined)
  }

  /** Whoever was told that has been told everything. */
  isAllOf(from: ReadFrom): boolean {
    return this.#base?.from === from && this.#base.since.length === from.since.length
  }

  /** The message that asks for what is missing here. */
  async greet(tell: (frame: Frame) => void): Promise<void> {
    const base = await this.#current()
    tell(frameOf(encodeMessage({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(reachedBy(base)) })))
  }

  /** Everything that is committed when `tell` is called, and is told later to whom `tell` has let in. */
  async answer(tell: (frames: readonly Frame[]) => void): Promise<void> {
    for (;;) {
      const base = await this.#current()
      const step = stepOf(base)
      const state = await base.state.as(step)
      // While it was packed more may have been committed, or another may have taken its place, which has what was committed since.
      if (base === this.#base && step === stepOf(base)) return tell(answerOf(state, base.since))
    }
  }

  /** Committed, and told to those who are in. */
  add(update: Uint8Array, frame: Frame): void {
    const base = this.#base
    if (base === null) return
    base.since.push({ update, frame })
    base.sinceBytes += update.length
    if (!this.#isUsed && isLong(base)) this.#base = null
  }

  /** Called now and then: what nobody has asked for since the last time is forgotten. */
  rest(): void {
    if (!this.#isUsed) this.#base = null
    this.#isUsed = false
  }

  /** Where much has come since, the next one is made beside those who come in meanwhile. */
  async #current(): Promise<Base> {
    this.#isUsed = true
    const base = this.#base
    if (base === null || isLong(base)) this.#making ??= this.#make()
    return base ?? (await this.#making!)
  }

  async #make(): Promise<Base> {
    try {
      return await this.#whenCommitted((doc) => {
        const state = new State(Y.encodeStateAsUpdate(doc), this.#deflate)
        return (this.#base = { from: null, state, clocks: clocksOf(doc), since: [], counted: 0, sinceBytes: 0 })
      })
    } finally {
      this.#making = null
    }
  }
}

const clocksOf = (doc: Y.Doc): Map<number, number> => Y.decodeStateVector(Y.encodeStateVector(doc))

const stepOf = ({ since }: { readonly since: readonly Told[] }): Step => (since.length === 0 ? syncStep2 : syncUpdate)

const answerOf = (state: Frame, since: readonly Told[]): readonly Frame[] =>
  since.length === 0 ? [state] : [state, ...since.map(({ frame }) => frame), nothingElse]

/** Of a frame that was made of a step of syncing. */
function syncedIn(frame: Frame): Uint8Array {
  const message = decodeMessage(messageIn(frame))
  if (message?.type !== 'sync') throw new Error('A frame that was made here is no message')
  return message.bytes
}

/** An update as those who are in are told it. */
export const updateFrame = (bytes: Uint8Array): Frame => frameOf(encodeMessage({ type: 'sync', step: syncUpdate, bytes }))

const isLong = ({ state, since, sinceBytes }: Base): boolean =>
  since.length > limits.arrivalUpdatesMax || sinceBytes > Math.max(limits.arrivalBytesMin, state.sizeBytes / 4)

function reachedBy(base: Base): Map<number, number> {
  for (; base.counted < base.since.length; base.counted++) {
    for (const [client, clock] of Y.parseUpdateMeta(base.since[base.counted]!.update).to) base.clocks.set(client, clock)
  }
  return base.clocks
}

const nothingElse = frameOf(encodeMessage({ type: 'sync', step: syncStep2, bytes: Y.encodeStateAsUpdate(new Y.Doc()) }))
