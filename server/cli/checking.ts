/** What commands that check something have in common: the file, the key that was given, a line for each finding. */
import { createPublicKey } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Finding } from '../../shared/lifecycle/finding.ts'
import { limits } from '../../shared/wire/limits.ts'
import { CommandRefused, UsageError } from './usage.ts'

const marks: Readonly<Record<Finding<string>['result'], string>> = { holds: 'holds  ', fails: 'FAILS  ', unknown: 'unknown' }

export const lineOf = ({ result, code, sentence }: Finding<string>): string => `${marks[result]}  ${sentence}${code === null ? '' : ` [${code}]`}\n`

/** Throws a UsageError where it is not there. */
export async function bytesOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new UsageError(`There is no file ${path}.`)
  if (found.size > limits.sealedFileBytesMax) throw new CommandRefused(`${path} is larger than anything that this program writes.`)
  return readFile(path)
}

/** As 64 hexadecimal digits: the key, or its fingerprint with or without spaces. */
export async function keyGiven(given: string, usage: string): Promise<string> {
  const digits = given.replace(/[\s:]/g, '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(digits)) return digits
  const pem = await readFile(given, 'utf8').catch(() => null)
  if (pem === null) throw new UsageError(`--key ${given}: that is neither 64 hexadecimal digits nor a file that can be read.\n${usage}`)
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519' && !pem.includes('PRIVATE KEY')) return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
  } catch {
    // Said below.
  }
  throw new UsageError(`--key ${given}: the file holds no Ed25519 public key as PEM. \`omnibus keys\` prints it.`)
}
