/** Ids and secrets. Of a secret only its hash is kept, so a copy of the database opens nothing. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** 128 random bits, base64url. */
export const newId = (): string => randomBytes(16).toString('base64url')

/** Lower-case hex SHA-256. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares hashes in constant time. */
export function isSecretOf(secret: string, secretHash: string): boolean {
  const given = Buffer.from(hashOf(secret), 'hex')
  const kept = Buffer.from(secretHash, 'hex')
  return given.length === kept.length && timingSafeEqual(given, kept)
}
