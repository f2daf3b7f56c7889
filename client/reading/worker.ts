/** The page's thread in which a file is read: it may be ended at any moment, and holds nothing. */
import { broughtBack } from '../../shared/convert/docx/brought-back.ts'
import type { BroughtBack, BroughtBackOrder } from '../../shared/convert/docx/brought-back.ts'
import { compilation } from '../../shared/convert/docx/compilation.ts'
import type { Compilation, CompilationOrder } from '../../shared/convert/docx/compilation.ts'
import type { Mode } from '../../shared/convert/docx/modes.ts'
import { readFile } from '../../shared/convert/formats.ts'
import type { Import } from '../../shared/convert/importText.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

/** A file as a resolution, or a Word file as a reply to the draft, or as several delegations' replies in one. */
export type ReadOrder = { readonly read: 'resolution'; readonly bytes: Uint8Array; readonly mode: Mode } | ({ readonly read: 'reply' } & BroughtBackOrder) | ({ readonly read: 'compilation' } & CompilationOrder)

export type ReadAnswer<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly code: ErrorCode }
export type ReadResolution = ReadAnswer<Import & { readonly format: string }>
export type ReadReply = ReadAnswer<BroughtBack>
export type ReadCompilation = ReadAnswer<Compilation>

function answered(order: ReadOrder): ReadResolution | ReadReply | ReadCompilation {
  try {
    return { ok: true, ...(order.read === 'resolution' ? readFile(order.bytes, order.mode) : order.read === 'reply' ? broughtBack(order) : compilation(order)) }
  } catch (fault) {
    return { ok: false, code: fault instanceof Refusal ? fault.code : fault instanceof RangeError ? 'import-too-large' : 'import-damaged' }
  }
}

self.onmessage = ({ data }: MessageEvent<ReadOrder>) => self.postMessage(answered(data))
