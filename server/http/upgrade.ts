/** Opening a room's socket: everything is checked before the upgrade, so that a room never meets a stranger. */
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Session } from '../auth/sessions.ts'
import { isStoreDown } from '../store/errors.ts'
import type { Speaker } from '../sync/service.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { statusOf } from './answers.ts'
import { sessionFor, speakerIn, type Context } from './context.ts'
import { isOwnOrigin } from './origin.ts'
import { draftOfRoom } from './room-name.ts'

interface Entry {
  readonly room: string
  readonly speaker: Speaker
  readonly session: Session
}

/**
 * Packing is negotiated so that a document's state, packed once, can be told to whoever comes in. The sockets themselves pack
 * nothing: what they are told is too short for it, and each would pack it again. Neither side remembers earlier messages.
 */
const packing = { serverNoContextTakeover: true, clientNoContextTakeover: true } as const

/** Ours is packed with the largest window; a client that offers to unpack only a smaller one is told it plain. */
const unpacks = (socket: WebSocket, request: IncomingMessage): boolean =>
  socket.extensions.includes('permessage-deflate') && !(request.headers['sec-websocket-extensions'] ?? '').includes('server_max_window_bits')

export function acceptSockets(server: Server, context: Context): void {
  // One message of a socket in a turn of the event loop, so that whoever floods theirs does not keep the others waiting.
  const sockets = new WebSocketServer({ noServer: true, allowSynchronousEvents: false, clientTracking: false, perMessageDeflate: packing, maxPayload: limits.messageBytesMax })

  // Made here, since what is made where a socket comes in would hold its request, headers and all, for as long as the socket is open.
  const failed = (error: Error): void => context.log.debug({ error: error.message }, 'a socket failed')

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const gone = (): void => { socket.destroy() }
    socket.on('error', gone)
    entryOf(context, request).then(
      (entry) => {
        // The server may have begun to stop while the database was asked.
        if (!server.listening) return deny(socket, 503)
        if (!context.sockets.mayOpen(entry.session)) return deny(socket, statusOf('too-fast'))
        socket.off('error', gone)
        sockets.handleUpgrade(request, socket, head, (open) => {
          open.on('error', failed)
          context.sockets.add(entry.session, open)
          // Until its room listens, which may first have to be loaded, nothing that a client says may be lost.
          open.pause()
          context.rooms.connect(open, entry.room, entry.speaker, { stream: socket, unpacks: unpacks(open, request) })
        })
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) context.log.error({ error }, 'a socket could not be opened')
        deny(socket, error instanceof Refusal ? statusOf(error.code) : 503)
      },
    )
  })
}

/** Throws a Refusal. */
async function entryOf(context: Context, request: IncomingMessage): Promise<Entry> {
  if (!isOwnOrigin(request.headers)) throw new Refusal('wrong-origin')
  const { room, hat } = target(request.url ?? '')
  const draft = draftOfRoom(room)
  if (draft === null) throw new Refusal('no-such-page')
  const session = await sessionFor(context, request.headers.cookie)
  const speaker = await speakerIn(context, session, draft, hat)
  if (!(await context.rooms.mayOpen(room, speaker).catch(waits))) throw new Refusal('not-yours')
  return { room, speaker, session }
}

/** While that cannot be read they are let in to be told so; it is asked again where they come into the room. */
function waits(error: unknown): true {
  if (isStoreDown(error)) return true
  throw error
}

/** `/sync/<room>?hat=<hatId>`; the room's slashes may come encoded. Throws `no-such-page`. */
function target(url: string): { readonly room: string; readonly hat: string | null } {
  try {
    const { pathname, searchParams } = new URL(url, 'http://server')
    if (pathname.startsWith('/sync/')) return { room: decodeURIComponent(pathname.slice('/sync/'.length)), hat: searchParams.get('hat') }
  } catch {
    // Not an address: no page is there either.
  }
  throw new Refusal('no-such-page')
}

function deny(socket: Duplex, status: number): void {
  if (socket.destroyed) return
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
