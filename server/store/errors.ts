/**
 * What can go wrong with the database itself. None of these travels to a client: a room that meets one discards
 * itself, and the operator reads the code in the server's log.
 *
 * - `store-busy`: another process has the data folder open.
 * - `store-unknown-version`: the data folder was written by a later version of the server.
 * - `store-failed`: a statement or the commit failed (disk full, input/output); nothing of the request was kept. Or the thread of
 *   the store has ended: whether the request was kept the log says.
 * - `store-unreadable`: something could not be read (input/output), which may be over at any moment: it is neither damage nor nothing.
 * - `store-closed`: the store was closed.
 * - `log-damaged`: the digest chain does not hold; `document` and `seq` say where. Or a page that was asked for, or written to, is damaged.
 */
export type StoreErrorCode = 'store-busy' | 'store-unknown-version' | 'store-failed' | 'store-unreadable' | 'store-closed' | 'log-damaged'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  /** Where the damage is, for `log-damaged`: a document, or `<draft>/record` for the record of a draft. */
  readonly document: string | null
  readonly seq: number | null

  constructor(code: StoreErrorCode, message: string, at?: { readonly document: string; readonly seq: number }) {
    super(message)
    this.code = code
    this.document = at?.document ?? null
    this.seq = at?.seq ?? null
  }
}

/** Whether the store has failed, which may be over at any moment. */
export const isStoreDown = (error: unknown): error is StoreError => error instanceof StoreError && error.code !== 'log-damaged' && error.code !== 'store-closed'

/** An error as it travels from the worker thread, where classes do not survive. */
export interface SentError {
  readonly code: StoreErrorCode | 'misuse'
  readonly message: string
  readonly document: string | null
  readonly seq: number | null
}

export function sent(error: unknown): SentError {
  if (error instanceof StoreError) return { code: error.code, message: error.message, document: error.document, seq: error.seq }
  const message = error instanceof Error ? error.message : String(error)
  return { code: error instanceof RangeError ? 'misuse' : 'store-failed', message, document: null, seq: null }
}

export function received(error: SentError): Error {
  if (error.code === 'misuse') return new RangeError(error.message)
  const at = error.document === null || error.seq === null ? undefined : { document: error.document, seq: error.seq }
  return new StoreError(error.code, error.message, at)
}

/** A snapshot ahead of its log would bring back, after a crash, what nobody was told. */
export function snapshotAhead(document: string, seq: number): RangeError {
  return new RangeError(`A snapshot of ${document} at ${seq} names no entry of its log`)
}
