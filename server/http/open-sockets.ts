/** The sockets that stand on a session: signing out closes them. */
import type { WebSocket } from 'ws'
import { closeCodes } from '../../shared/wire/protocol.ts'

export interface OpenSockets {
  add(sessionHash: string, socket: WebSocket): void
  signOut(sessionHash: string): void
}

export function openSockets(): OpenSockets {
  const bySession = new Map<string, Set<WebSocket>>()
  return {
    add(sessionHash, socket) {
      const own = bySession.get(sessionHash) ?? new Set()
      bySession.set(sessionHash, own.add(socket))
      socket.once('close', () => {
        own.delete(socket)
        if (own.size === 0 && bySession.get(sessionHash) === own) bySession.delete(sessionHash)
      })
    },
    signOut(sessionHash) {
      for (const socket of bySession.get(sessionHash) ?? []) socket.close(closeCodes.signIn, 'not-signed-in')
    },
  }
}
