/** Signed-in browsers: a cookie with a random secret, whose hash is in the database. */
import type { PersonRow, Store, Write } from '../store/store.ts'
import { limits } from '../../shared/wire/limits.ts'
import { hashOf, newSecret } from './secrets.ts'

export const sessionCookie = 'omnibus_session'

export interface Session {
  readonly secretHash: string
  readonly person: PersonRow
}

const sessionMs = limits.sessionDays * 24 * 60 * 60 * 1000

export function makeSession(nowMs: number, person: string): { readonly write: Write; readonly secret: string } {
  const secret = newSecret()
  return { secret, write: { put: 'session', row: { secretHash: hashOf(secret), person, expiresAtMs: nowMs + sessionMs } } }
}

/** The value of a Set-Cookie header. `secure` when the browser came by https. */
export function cookieOf(secret: string, secure: boolean): string {
  return cookie(secret, sessionMs / 1000, secure)
}

export function expiredCookie(secure: boolean): string {
  return cookie('', 0, secure)
}

function cookie(value: string, maxAgeSeconds: number, secure: boolean): string {
  return `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`
}

/** The session's secret in a Cookie header, or null. */
export function secretIn(cookieHeader: string | undefined): string | null {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [name, value] = pair.split('=', 2)
    if (name?.trim() === sessionCookie && value) return value.trim()
  }
  return null
}

export async function sessionOf(store: Store, cookieHeader: string | undefined, nowMs: number): Promise<Session | null> {
  const secret = secretIn(cookieHeader)
  if (secret === null) return null
  const row = await store.session(hashOf(secret))
  if (row === null || row.expiresAtMs <= nowMs) return null
  const person = await store.person(row.person)
  return person && { secretHash: row.secretHash, person }
}
