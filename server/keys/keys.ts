/** The server's Ed25519 keys: what it signs with, and the public ones by which its signatures of any time are checked. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { bytesOfHex, keyIdOf, type CheckSignature, type DatedKey, type PublicKey, type Signature } from '../../shared/lifecycle/signature.ts'

export interface Keys {
  readonly current: DatedKey
  /** The present one last. */
  readonly known: readonly DatedKey[]
  sign(bytes: Uint8Array): Signature
}

/** Its message says what is wrong with a key and what to do, in one line. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
}

/** A new private key as PEM (PKCS#8). */
export const newPrivateKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string

/** Throws a KeyError, in which `from` says where the key was found. Of what it holds nothing is told. */
export function privateKeyOf(pem: string, from: string): KeyObject {
  let key: KeyObject | null = null
  try {
    key = createPrivateKey(pem)
  } catch {
    // Said below.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key
  throw new KeyError(`${from} holds no Ed25519 private key as PEM (PKCS#8). Make one with \`openssl genpkey -algorithm ed25519\`.`)
}

export function publicKeyOf(key: KeyObject): PublicKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const publicKey = Buffer.from(x, 'base64url').toString('hex')
  return { keyId: keyIdOf(publicKey), publicKey }
}

/** For keys that are only in memory, `known` are those before it. */
export function keysOf(key: KeyObject, current: DatedKey, before: readonly DatedKey[] = []): Keys {
  return {
    current,
    known: [...before, current],
    sign: (bytes) => ({ algorithm: 'Ed25519', keyId: current.keyId, signature: sign(null, bytes, key).toString('hex') }),
  }
}

/** As PEM (SubjectPublicKeyInfo), which openssl reads. */
export const publicPemOf = (publicKey: string): string => keyObjectOf(publicKey).export({ format: 'pem', type: 'spki' }) as string

const keyObjectOf = (publicKey: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytesOfHex(publicKey)).toString('base64url') }, format: 'jwk' })

export const checkSignature: CheckSignature = async (publicKey, bytes, signature) => {
  try {
    return verify(null, bytes, keyObjectOf(publicKey), bytesOfHex(signature))
  } catch {
    // No point of the curve: no signature is of such a key.
    return false
  }
}
