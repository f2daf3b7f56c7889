/** The id a document is written under: always one that was issued, also when Yjs takes another by itself. */
import type * as Y from 'yjs'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Wait } from './wait.ts'

/** An id that the server has said it does not issue. */
export class LeaseRefused extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode) {
    super(`no id was issued: ${code}`)
    this.code = code
  }
}

export class ClientId {
  readonly #doc: Y.Doc
  readonly #lease: () => Promise<number>
  readonly #changed: (id: number) => void
  #current: number | null = null
  /** Ready beforehand: a keystroke cannot wait for the server. */
  #spare: number | null = null
  #why: ErrorCode | null = null
  readonly #wait: Wait

  constructor(doc: Y.Doc, lease: () => Promise<number>, changed: (id: number) => void, wait: Wait) {
    this.#doc = doc
    this.#wait = wait
    this.#lease = lease
    this.#changed = changed
    doc.on('afterTransactionCleanup', this.#guard)
  }

  get isIssued(): boolean {
    return this.#current !== null
  }

  /** Why there is none, where the server has said it. */
  get why(): ErrorCode | null {
    return this.isIssued ? null : this.#why
  }

  /** Rejects when no id can be had now. */
  async obtain(): Promise<void> {
    if (this.#current === null) {
      const id = await this.#lease().catch((error: unknown) => {
        this.#why = error instanceof LeaseRefused ? error.code : null
        throw error
      })
      // It may have been asked for twice.
      if (this.#current === null) this.#use(id)
      else this.#spare ??= id
    }
    this.#spare ??= await this.#lease()
  }

  /** Asks now, and then less and less often, until there is one or nobody waits for it any more. */
  seek(): void {
    if (this.isIssued) return
    const isWaited = this.#wait.begin(limits.serverSilenceMs, () => this.seek())
    void this.obtain().catch(() => undefined).then(() => {
      if (!isWaited()) return
      if (this.isIssued) this.rest()
      else this.#wait.longer(() => this.seek())
    })
  }

  rest(): void {
    this.#wait.end()
  }

  stop(): void {
    this.rest()
    this.#doc.off('afterTransactionCleanup', this.#guard)
  }

  /** Yjs leaves an id that others' changes were found under: ours, come back from the server after a reload. */
  readonly #guard = (): void => {
    if (this.#current === null || this.#doc.clientID === this.#current) return
    if (this.#spare === null) {
      // Still ours, and its clock is known now, so it can go on being used.
      this.#doc.clientID = this.#current
    } else {
      this.#use(this.#spare)
      this.#spare = null
    }
    // Without a spare the next time is handled as above.
    this.obtain().catch(() => undefined)
  }

  #use(id: number): void {
    this.#current = id
    this.#doc.clientID = id
    this.#changed(id)
  }
}
