/** What those who have some of a document are missing: after an outage all come back at once, and most of them miss the same. */
import * as Y from 'yjs'
import { limits } from '../../shared/wire/limits.ts'
import { encodeMessage, syncStep2 } from '../../shared/wire/protocol.ts'
import { frameOf, type Frame } from './frames.ts'

export class Missing {
  readonly #frames = new Map<string, Frame>()
  #seq = -1
  #bytes = 0

  /** Of the document as it is at this position of its log. Throws where that is no state vector. */
  from(doc: Y.Doc, seq: number, stateVector: Uint8Array): Frame {
    if (seq !== this.#seq || this.#bytes > limits.missingBytesMax) this.forget()
    this.#seq = seq
    const key = Buffer.from(stateVector).toString('latin1')
    const known = this.#frames.get(key)
    if (known !== undefined) return known
    const frame = frameOf(encodeMessage({ type: 'sync', step: syncStep2, bytes: Y.encodeStateAsUpdate(doc, stateVector) }))
    this.#frames.set(key, frame)
    this.#bytes += frame.plain.length + key.length
    return frame
  }

  forget(): void {
    this.#frames.clear()
    this.#bytes = 0
  }
}
