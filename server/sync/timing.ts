/** What the rooms have from outside themselves: alarms, other threads, and chance. A simulation drives all of it. */
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, deflateRaw, inflateRawSync } from 'node:zlib'

/** Timers as a value, so that a test can drive them. Returns what calls it off. */
export type After = (ms: number, run: () => void) => () => void

/** As one block of DEFLATE that ends with a flush (RFC 7692, section 7.2.1). */
export type Deflate = (bytes: Uint8Array) => Promise<Buffer>

/** What `Deflate` packed. */
export const inflated = (packed: Uint8Array): Buffer => inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH })

export interface Outside {
  readonly after: After
  /** When this turn of the event loop is over. */
  readonly soon: (run: () => void) => void
  /** Beside the event loop. */
  readonly deflate: Deflate
  /** From 0 up to, not with, 1: for ids that need only be new. */
  readonly random: () => number
  /** For what nobody may guess. */
  readonly secretBytes: (count: number) => Uint8Array
}

const deflateBeside = promisify(deflateRaw) as (bytes: Uint8Array, options: { readonly finishFlush: number }) => Promise<Buffer>

export const realOutside: Outside = {
  /** Does not keep the process alive. */
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
  soon: (run) => void setImmediate(run),
  deflate: (bytes) => deflateBeside(bytes, { finishFlush: constants.Z_SYNC_FLUSH }),
  random: () => Math.random(),
  secretBytes: randomBytes,
}
