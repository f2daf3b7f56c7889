/**
 * What a server says of a document when a socket to it has opened: its greeting and its answer, in whichever order. Both
 * are compared with what it once had, each as it comes; what it has lost of one's own waits again to be sent.
 */
import * as Y from 'yjs'
import type { Outbox } from './outbox.ts'
import { deletionsLost, lettersLost } from './server-loss.ts'
import type { ServerLoss } from './server-loss.ts'

export class Arrival {
  readonly #doc: Y.Doc
  readonly #outbox: Outbox
  readonly #again: boolean
  #hasGreeted = false
  /** What came before the answer is part of it. */
  readonly #told: Uint8Array[] = []
  #hasAnswered = false
  #othersLost = false

  /** `again`: the document was received before. */
  constructor(doc: Y.Doc, outbox: Outbox, again: boolean) {
    this.#doc = doc
    this.#outbox = outbox
    this.#again = again
  }

  /** Who was never told anything misses nothing. */
  get isHeard(): boolean {
    return this.#hasAnswered && (this.#hasGreeted || !this.#again)
  }

  /** Others' words are nobody's to say again. */
  get othersLost(): boolean {
    return this.#othersLost
  }

  /** Everything that this socket has told is in the state vector, so that only what was told before can be missing. */
  greeted(stateVector: Uint8Array): void {
    const state = stateIn(stateVector)
    if (state === null) return
    this.#hasGreeted = true
    if (this.#again) this.#lose(lettersLost(this.#doc, state, this.#outbox.all(), this.#outbox.acknowledged))
  }

  told(update: Uint8Array): void {
    if (this.#again) this.#told.push(update)
  }

  /** Before it is applied. */
  answered(update: Uint8Array): void {
    this.#hasAnswered = true
    if (this.#again) this.#lose(deletionsLost(this.#doc, [...this.#told, update], this.#outbox.all(), this.#outbox.acknowledged))
  }

  #lose({ own, others }: ServerLoss): void {
    // It goes as it was: to a server that has it after all that is nothing new.
    this.#outbox.takeBack(own)
    this.#othersLost ||= others
  }
}

/** Null where it is none, as from something that is not our server. */
function stateIn(bytes: Uint8Array): ReadonlyMap<number, number> | null {
  try {
    return Y.decodeStateVector(bytes)
  } catch {
    return null
  }
}
