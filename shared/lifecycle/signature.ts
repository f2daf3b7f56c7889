/**
 * Ed25519 keys and signatures as they are written: lower-case hexadecimal, 64 digits for a public key (its 32 bytes, RFC 8032)
 * and 128 for a signature. Signing and checking need the platform: what is pure takes a `CheckSignature`.
 */
import { sha256Hex } from './hash.ts'

/** A server's public key, as it is published and kept. */
export interface PublicKey {
  readonly keyId: string
  readonly publicKey: string
}

/** With the times of which it was the one that the server signed with. */
export interface DatedKey extends PublicKey {
  readonly sinceMs: number
  /** Null for the present one. */
  readonly untilMs: number | null
}

export interface Signature {
  readonly algorithm: 'Ed25519'
  readonly keyId: string
  readonly signature: string
}

/** Whether `signature` (hex) over `bytes` is of `publicKey` (hex). Rejects only where the platform cannot check at all. */
export type CheckSignature = (publicKey: string, bytes: Uint8Array, signature: string) => Promise<boolean>

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
  return bytes
}

/** SHA-256 over the 32 bytes of the public key. */
export const keyIdOf = (publicKey: string): string => sha256Hex(bytesOfHex(publicKey))

/** The key's id in groups of four digits, to be compared by eye or read out. */
export const fingerprintOf = (keyId: string): string => keyId.match(/.{1,4}/g)?.join(' ') ?? ''
