/**
 * What whoever comes in is told of a document: its state, encoded and packed once, and what has been committed since. Two
 * hundred people who come in cost one encoding, and nobody who types waits for them.
 */
import * as Y from 'yjs'
import { limits } from '../../shared/wire/limits.ts'
import { encodeMessage, syncStep1, syncStep2, syncUpdate } from '../../shared/wire/protocol.ts'
import { frameOf, packedFrameOf, type Frame } from './frames.ts'
import type { Deflate } from './timing.ts'

/** Runs at a moment when the document holds what is committed and nothing else. Rejects when the room ends. */
export type WhenCommitted = <T>(read: (doc: Y.Doc) => T) => Promise<T>

/** What a document is read from: a state, and the updates behind it. */
export class ReadFrom {
  readonly snapshot: Uint8Array
  readonly since: readonly { readonly update: Uint8Array; readonly frame: Frame }[]
  readonly sinceBytes: number
  readonly #deflate: Deflate
  #packed: Promise<Frame> | null = null

  constructor(snapshot: Uint8Array, since: readonly Uint8Array[], deflate: Deflate) {
    this.snapshot = snapshot
    this.since = since.map((update) => ({ update, frame: updateFrame(update) }))
    this.sinceBytes = since.reduce((sum, { length }) => sum + length, 0)
    this.#deflate = deflate
  }

  /** The state as the message that answers; as an update where others follow. Made once. */
  packed(): Promise<Frame> {
    const step = this.since.length === 0 ? syncStep2 : syncUpdate
    return (this.#packed ??= packedFrameOf(encodeMessage({ type: 'sync', step, bytes: this.snapshot }), this.#deflate))
  }

  /** All of it, as the answer to who asks for all. */
  async frames(): Promise<readonly Frame[]> {
    return answerOf(await this.packed(), this.since)
  }
}

/** The state at one position of the log. */
interface Base {
  readonly update: Uint8Array
  /** Null where it was encoded from a document. */
  readonly from: ReadFrom | null
  /** By client id, how far the state and `since` reach, but for what of it is not `counted` yet. */
  readonly clocks: Map<number, number>
  counted: number
  /** What was committed since, in order, as it was told to those who were in. */
  readonly since: { readonly update: Uint8Array; readonly frame: Frame }[]
  sinceBytes: number
  /** The state as the one message that answers; and as an update, behind which `since` follows. */
  answer: Promise<Frame> | null
  beginning: Promise<Frame> | null
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
    const { snapshot, since, sinceBytes } = from
    const base = { ...baseOf(doc, snapshot), from, since: [...since], counted: since.length, sinceBytes }
    if (isLong(base)) return
    this.#base = base
    this.#isUsed = true
    const packing = from.packed()
    if (since.length === 0) base.answer = packing
    else base.beginning = packing
    packing.catch(() => undefined)
  }

  /** Whoever was told that has been told everything. */
  isAllOf(from: ReadFrom): boolean {
    return this.#base?.from === from && this.#base.since.length === from.since.length
  }

  /** The message that asks for what is missing here. */
  async greet(tell: (frame: Frame) => void): Promise<void> {
    const base = await this.#current()
    tell(frameOf(encodeMessage({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(clocksOf(base)) })))
  }

  /** Everything that is committed when `tell` is called, and is told later to whom `tell` has let in. */
  async answer(tell: (frames: readonly Frame[]) => void): Promise<void> {
    for (;;) {
      const base = await this.#current()
      const isAlone = base.since.length === 0
      const state = await (isAlone ? this.#answerOf(base) : this.#beginningOf(base))
      // While it was packed more may have been committed, or another may have taken its place, which has what was committed since.
      if (base !== this.#base || isAlone !== (base.since.length === 0)) continue
      return tell(answerOf(state, base.since))
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

  #answerOf(base: Base): Promise<Frame> {
    return (base.answer ??= packedFrameOf(encodeMessage({ type: 'sync', step: syncStep2, bytes: base.update }), this.#deflate))
  }

  #beginningOf(base: Base): Promise<Frame> {
    return (base.beginning ??= packedFrameOf(encodeMessage({ type: 'sync', step: syncUpdate, bytes: base.update }), this.#deflate))
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
      return await this.#whenCommitted((doc) => (this.#base = baseOf(doc, Y.encodeStateAsUpdate(doc))))
    } finally {
      this.#making = null
    }
  }
}

const baseOf = (doc: Y.Doc, update: Uint8Array): Base => ({
  update,
  from: null,
  clocks: Y.decodeStateVector(Y.encodeStateVector(doc)),
  counted: 0,
  since: [],
  sinceBytes: 0,
  answer: null,
  beginning: null,
})

const answerOf = (state: Frame, since: readonly { readonly frame: Frame }[]): readonly Frame[] =>
  since.length === 0 ? [state] : [state, ...since.map(({ frame }) => frame), nothingElse]

/** An update as those who are in are told it. */
export const updateFrame = (bytes: Uint8Array): Frame => frameOf(encodeMessage({ type: 'sync', step: syncUpdate, bytes }))

const isLong = ({ update, since, sinceBytes }: Base): boolean =>
  since.length > limits.arrivalUpdatesMax || sinceBytes > Math.max(limits.arrivalBytesMin, update.length / 4)

function clocksOf(base: Base): Map<number, number> {
  for (; base.counted < base.since.length; base.counted++) {
    for (const [client, clock] of Y.parseUpdateMeta(base.since[base.counted]!.update).to) base.clocks.set(client, clock)
  }
  return base.clocks
}

const nothingElse = frameOf(encodeMessage({ type: 'sync', step: syncStep2, bytes: Y.encodeStateAsUpdate(new Y.Doc()) }))
