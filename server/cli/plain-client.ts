/** A client with no page: it keeps one document like the room's, and knows when what it wrote is committed. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { decodeMessage, encodeMessage, syncStep1, syncStep2 } from '../../shared/wire/protocol.ts'

export interface PlainClient {
  readonly doc: Y.Doc
  /** Writes, submits what was written, and resolves when the server has committed it; rejects with the code of a refusal. */
  write(act: () => void): Promise<void>
  close(): void
}

/** Resolves when all of the room is here. `doc` bears an id that was issued to who speaks. */
export async function openPlainClient(url: string, headers: Readonly<Record<string, string>>, doc: Y.Doc): Promise<PlainClient> {
  const socket = new WebSocket(url, { headers })
  socket.binaryType = 'arraybuffer'
  const waiting = new Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>()
  let number = 0
  const settle = (upTo: number): void => {
    for (const [each, { resolve }] of waiting) {
      if (each > upTo) return
      waiting.delete(each)
      resolve()
    }
  }
  const synced = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: ArrayBuffer) => {
      const message = decodeMessage(new Uint8Array(data))
      if (message?.type === 'sync' && message.step !== syncStep1) {
        Y.applyUpdate(doc, message.bytes, socket)
        // What comes before the answer is a part of it.
        if (message.step === syncStep2) resolve()
      }
      if (message?.type === 'acknowledged') settle(message.number)
      if (message?.type === 'refused') waiting.get(message.number)?.reject(new Error(`The server refused: ${message.code}`))
    })
    socket.on('error', reject)
    socket.on('close', (code) => {
      const closed = new Error(`The server closed the socket (${code})`)
      reject(closed)
      for (const one of waiting.values()) one.reject(closed)
    })
  })
  await once(socket, 'open')
  socket.send(encodeMessage({ type: 'sync', step: syncStep1, bytes: Y.encodeStateVector(doc) }))
  await synced
  return {
    doc,
    write(act) {
      const before = Y.encodeStateVector(doc)
      doc.transact(act)
      number += 1
      const done = new Promise<void>((resolve, reject) => waiting.set(number, { resolve, reject }))
      socket.send(encodeMessage({ type: 'submit', number, bytes: Y.encodeStateAsUpdate(doc, before), hints: '' }))
      return done
    },
    close: () => socket.close(),
  }
}
