/** Files are read in a thread of their own, so that no file holds up the page; one that takes too long is ended. */
import type { BroughtBackOrder } from '../../shared/convert/docx/brought-back.ts'
import type { CompilationOrder } from '../../shared/convert/docx/compilation.ts'
import type { Taken } from '../../shared/convert/docx/modes.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { ReadAnswer as Answered, ReadCompilation, ReadOrder, ReadReply, ReadResolution } from './worker.ts'

export type { ReadReply } from './worker.ts'
export type ReadAnswer = ReadResolution

/** null when it was stopped. `mode`: of the tracked changes of a Word file. */
export const readInPage = (source: Blob | string, stopped: AbortSignal, mode: Taken = 'accepted'): Promise<ReadAnswer | null> =>
  read(source, stopped, (bytes) => ({ read: 'resolution', bytes, mode }))

/** A Word file against the draft as it stands. null when it was stopped. */
export const readReplyInPage = (source: Blob, stopped: AbortSignal, order: Omit<BroughtBackOrder, 'bytes'>): Promise<ReadReply | null> =>
  read(source, stopped, (bytes) => ({ read: 'reply', bytes, ...order }))

/** A Word file of several delegations against the draft as it stands. null when it was stopped. */
export const readCompilationInPage = (source: Blob, stopped: AbortSignal, order: Omit<CompilationOrder, 'bytes'>): Promise<ReadCompilation | null> =>
  read(source, stopped, (bytes) => ({ read: 'compilation', bytes, ...order }))

async function read<T>(source: Blob | string, stopped: AbortSignal, orderOf: (bytes: Uint8Array) => ReadOrder): Promise<Answered<T> | null> {
  if (typeof source !== 'string' && source.size > limits.importFileBytesMax) return { ok: false, code: 'import-too-large' }
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : await bytesOf(source)
  if (stopped.aborted) return null
  return bytes === null ? { ok: false, code: 'file-missing' } : inThread(orderOf(bytes), stopped)
}

/** null where the file is gone, or may not be read. */
const bytesOf = (file: Blob): Promise<Uint8Array | null> => file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null)

function inThread<T>(order: ReadOrder, stopped: AbortSignal): Promise<Answered<T> | null> {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve) => {
    const end = (answer: Answered<T> | null): void => {
      clearTimeout(deadline)
      thread.terminate()
      resolve(answer)
    }
    const deadline = setTimeout(() => end({ ok: false, code: 'import-too-slow' }), limits.convertMsMax)
    stopped.addEventListener('abort', () => end(null), { once: true })
    thread.onmessage = ({ data }: MessageEvent<Answered<T>>) => end(data)
    // It could not be loaded, or ran out of memory.
    thread.onerror = () => end({ ok: false, code: 'import-too-slow' })
    thread.postMessage(order, [order.bytes.buffer as ArrayBuffer])
  })
}
