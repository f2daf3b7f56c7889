/** What whoever comes in is told of a document's state: encoded once for each position of the log, however many come in. */
import * as Y from 'yjs'
import { encodeMessage, syncStep1, syncStep2 } from '../../shared/wire/protocol.ts'

interface Encoded {
  readonly doc: Y.Doc
  readonly seq: number
  /** The message that asks for what is missing here. */
  greeting: Uint8Array | null
  /** The message that answers who has nothing. */
  whole: Uint8Array | null
}

export class EncodedState {
  #known: Encoded | null = null

  greeting(doc: Y.Doc, seq: number): Uint8Array {
    return (this.#at(doc, seq).greeting ??= encodeMessage({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(doc) }))
  }

  /** The message with what is missing from a state vector; throws where that is none. */
  answer(doc: Y.Doc, seq: number, stateVector: Uint8Array): Uint8Array {
    const encode = (): Uint8Array => encodeMessage({ type: 'sync', step: syncStep2, bytes: Y.encodeStateAsUpdate(doc, stateVector) })
    return isEmpty(stateVector) ? (this.#at(doc, seq).whole ??= encode()) : encode()
  }

  /** The log has moved on. */
  forget(): void {
    this.#known = null
  }

  #at(doc: Y.Doc, seq: number): Encoded {
    if (this.#known?.doc !== doc || this.#known.seq !== seq) this.#known = { doc, seq, greeting: null, whole: null }
    return this.#known
  }
}

const isEmpty = (stateVector: Uint8Array): boolean => stateVector.length === 1 && stateVector[0] === 0
