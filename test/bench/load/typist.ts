/** Somebody who types: each keystroke an update as Yjs makes it, by who knows the document as it was on coming in. */
import * as Y from 'yjs'
import { textsOf } from '../../../shared/model/layout.ts'

const letters = 'the recalling obligations of States under international law and '

/** Mulberry32: the same seed gives the same places. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export class Typist {
  readonly clientId: number
  /** The clock of the first keystroke; each takes one. */
  readonly firstClock: number
  readonly #doc: Y.Doc
  readonly #text: Y.Text
  readonly #random: () => number
  /** Letters typed in one place before the next place is gone to. */
  readonly #runLength: number
  #count = 0
  #at = 0
  #made: Uint8Array | null = null

  constructor(base: Uint8Array, clientId: number, number: number, runLength: number) {
    this.#doc = new Y.Doc({ gc: false })
    Y.applyUpdate(this.#doc, base)
    this.#doc.clientID = clientId
    this.clientId = clientId
    this.firstClock = Y.getState(this.#doc.store, clientId)
    const texts = [...textsOf(this.#doc).keys()].sort()
    this.#text = textsOf(this.#doc).get(texts[number % texts.length]!)!
    this.#random = randomOf(number + 1)
    this.#runLength = runLength
    this.#doc.on('update', (update: Uint8Array) => { this.#made = update })
  }

  next(): Uint8Array {
    if (this.#count % this.#runLength === 0) this.#at = 1 + Math.floor(this.#random() * (this.#text.length - 2))
    this.#text.insert(this.#at, letters[this.#count % letters.length]!)
    this.#count += 1
    this.#at += 1
    return this.#made!
  }
}
