/** Files are read in a thread of their own, so that no file holds up the page; one that takes too long is ended. */
import type { Import } from '../../shared/convert/importText.ts'
import type { ErrorCode } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'

export type ReadAnswer = ({ readonly ok: true; readonly format: string } & Import) | { readonly ok: false; readonly code: ErrorCode }

/** null when it was stopped. */
export async function readInPage(source: Blob | string, stopped: AbortSignal): Promise<ReadAnswer | null> {
  if (typeof source !== 'string' && source.size > limits.importFileBytesMax) return { ok: false, code: 'import-too-large' }
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : await bytesOf(source)
  if (stopped.aborted) return null
  return bytes === null ? { ok: false, code: 'file-missing' } : inThread(bytes, stopped)
}

/** null where the file is gone, or may not be read. */
const bytesOf = (file: Blob): Promise<Uint8Array | null> => file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null)

function inThread(bytes: Uint8Array, stopped: AbortSignal): Promise<ReadAnswer | null> {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve) => {
    const end = (answer: ReadAnswer | null): void => {
      clearTimeout(deadline)
      thread.terminate()
      resolve(answer)
    }
    const deadline = setTimeout(() => end({ ok: false, code: 'import-too-slow' }), limits.convertMsMax)
    stopped.addEventListener('abort', () => end(null), { once: true })
    thread.onmessage = ({ data }: MessageEvent<ReadAnswer>) => end(data)
    // It could not be loaded, or ran out of memory.
    thread.onerror = () => end({ ok: false, code: 'import-too-slow' })
    thread.postMessage(bytes, [bytes.buffer])
  })
}
