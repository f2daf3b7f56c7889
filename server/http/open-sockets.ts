/** The sockets that stand on a session: signing out closes them, and one person has only so many over all of theirs. */
import type { WebSocket } from 'ws'
import { limits } from '../../shared/wire/limits.ts'
import { closeCodes } from '../../shared/wire/protocol.ts'
import type { Session } from '../auth/sessions.ts'

export interface OpenSockets {
  /** False where the person has as many as one can have. */
  mayOpen(session: Session): boolean
  add(session: Session, socket: WebSocket): void
  signOut(sessionHash: string): void
}

export function openSockets(): OpenSockets {
  const bySession = new Map<string, Set<WebSocket>>()
  const ofPerson = new Map<string, number>()
  const count = (person: string, more: 1 | -1): void => {
    const now = (ofPerson.get(person) ?? 0) + more
    if (now === 0) ofPerson.delete(person)
    else ofPerson.set(person, now)
  }
  return {
    mayOpen: ({ person }) => (ofPerson.get(person.id) ?? 0) < limits.socketsOfPersonMax,
    add({ secretHash, person }, socket) {
      const own = bySession.get(secretHash) ?? new Set()
      bySession.set(secretHash, own.add(socket))
      count(person.id, 1)
      const { id } = person
      socket.once('close', () => {
        count(id, -1)
        own.delete(socket)
        if (own.size === 0 && bySession.get(secretHash) === own) bySession.delete(secretHash)
      })
    },
    signOut(sessionHash) {
      for (const socket of bySession.get(sessionHash) ?? []) socket.close(closeCodes.signIn, 'not-signed-in')
    },
  }
}
