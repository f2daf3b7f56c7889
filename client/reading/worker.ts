/** The page's thread in which a file is read: it may be ended at any moment, and holds nothing. */
import { broughtBack } from '../../shared/convert/docx/brought-back.ts'
import type { BroughtBack, BroughtBackOrder } from '../../shared/convert/docx/brought-back.ts'
import { compilation } from '../../shared/convert/docx/compilation.ts'
import type { Compilation, CompilationOrder } from '../../shared/convert/docx/compilation.ts'
import type { Taken } from '../../shared/convert/docx/modes.ts'
import type { Proposals } from '../../shared/convert/docx/proposed.ts'
import { readFile, readProposed } from '../../shared/convert/formats.ts'
import type { Import } from '../../shared/convert/importText.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'

/** A file as a resolution, or a Word file as a reply to the draft, or as several delegations' replies in one. */
export type ReadOrder = { readonly read: 'resolution'; readonly bytes: Uint8Array; readonly mode: Taken } | ({ readonly read: 'reply' } & BroughtBackOrder) | ({ readonly read: 'compilation' } & CompilationOrder)

export type ReadAnswer<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly code: ErrorCode }
/** `proposals` where its tracked changes are to be amendments. */
export type ReadResolution = ReadAnswer<Import & { readonly format: string; readonly proposals?: Proposals }>
export type ReadReply = ReadAnswer<BroughtBack>
export type ReadCompilation = ReadAnswer<Compilation>

function answered(order: ReadOrder): ReadResolution | ReadReply | ReadCompilation {
  try {
    return { ok: true, ...(order.read === 'reply' ? broughtBack(order) : order.read === 'compilation' ? compilation(order) : order.mode === 'proposed' ? readProposed(order.bytes) : readFile(order.bytes, order.mode)) }
  } catch (fault) {
    return { ok: false, code: fault instanceof Refusal ? fault.code : fault instanceof RangeError ? 'import-too-large' : 'import-damaged' }
  }
}

self.onmessage = ({ data }: MessageEvent<ReadOrder>) => self.postMessage(answered(data))
