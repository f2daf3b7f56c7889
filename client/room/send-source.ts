/** A file on its way to the library: how far it has come, and a way to stop it. `fetch` does not tell how far a body has come. */
import type { Command, CommandRequest, CommandResult } from '../../shared/wire/commands.ts'
import { sha256Hex } from '../../shared/lifecycle/hash.ts'
import { addSourcePath, answerIn } from '../api.ts'
import type { Answer } from '../api.ts'

type AddSource = Extract<Command, { command: 'add-source' }>

export interface Sending {
  readonly draft: string
  readonly hatId: string
  /** One for one file, so that sending it again does no harm. */
  readonly key: string
  readonly file: Blob
  readonly about: Omit<AddSource, 'command' | 'sha256'>
  /** From 0 to 1; at 1 the server has it and reads it. */
  readonly onProgress: (share: number) => void
  readonly stopped: AbortSignal
}

/** null when it was stopped; `file-missing` where the file is gone from the device. */
export async function sendSource({ draft, hatId, key, file, about, onProgress, stopped }: Sending): Promise<Answer<CommandResult> | 'file-missing' | null> {
  const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null)
  if (bytes === null) return 'file-missing'
  const request: CommandRequest = { key, draft, hatId, body: { command: 'add-source', ...about, sha256: sha256Hex(bytes) } }
  return stopped.aborted ? null : upload(addSourcePath(draft, request), bytes, onProgress, stopped)
}

function upload(address: string, bytes: Uint8Array<ArrayBuffer>, onProgress: (share: number) => void, stopped: AbortSignal): Promise<Answer<CommandResult> | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const end = (): void => {
      let body: unknown = null
      try {
        body = JSON.parse(request.responseText)
      } catch {
        // Whoever stands between may answer anything.
      }
      resolve(answerIn(request.status, body))
    }
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.upload.onload = () => onProgress(1)
    request.onload = end
    request.onerror = end
    request.onabort = () => resolve(null)
    stopped.addEventListener('abort', () => request.abort(), { once: true })
    request.open('POST', address)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept', 'application/json')
    request.send(bytes)
  })
}
