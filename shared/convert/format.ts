/** What a format of files is to the rest: how it is told, and how it is read and written. */
import type { ResolutionValue } from '../model/value.ts'
import type { Mode } from './docx/modes.ts'
import type { Import } from './importText.ts'

export interface Format {
  readonly id: string
  /** Without the dot; the first is the one that files are written with. */
  readonly extensions: readonly string[]
  readonly mediaType: string
  /** Told from what stands at the beginning of a file (`limits.formatBytesSeen`), as text and as bytes; never from its name. */
  readonly recognises: (head: string, bytes: Uint8Array) => boolean
  /** Total: an Import, or a Refusal whose sentence says what to do. */
  /** `mode`: which of its tracked changes are in the text, where a file has some. */
  readonly read: ((bytes: Uint8Array, mode: Mode) => Import) | null
  /** Total. Null for what is not written, or is typeset. */
  readonly write: ((value: ResolutionValue) => string | Uint8Array) | null
  /** Written by the typesetter, which is native code and in no browser. */
  readonly isTypeset?: true
}
