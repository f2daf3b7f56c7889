/** `omnibus verify FILE [--key PUB]`: checks a sealed text without a server, and says what was checked and what was not. */
import { readFile, stat } from 'node:fs/promises'
import { createPublicKey } from 'node:crypto'
import { isSound, verifySealed, type Finding } from '../../shared/lifecycle/verify.ts'
import { limits } from '../../shared/wire/limits.ts'
import { checkSignature } from '../keys/keys.ts'
import type { CliOutput } from './convert.ts'
import { CommandRefused, readWords, UsageError } from './usage.ts'

const usage = 'Usage: omnibus verify FILE [--key PUB], where PUB is a public key or fingerprint in hexadecimal digits, or a file with the key as PEM.'

/** 1 where anything does not hold. */
export async function runVerify(args: string[], io: CliOutput): Promise<number> {
  const { positionals: [path], values } = readWords(args, ['key'], 1, usage)
  if (path === undefined) throw new UsageError(usage)
  const key = values.key === undefined ? null : await keyGiven(values.key)
  const findings = await verifySealed(await bytesOf(path), { key, check: checkSignature })
  for (const finding of findings) io.stdout.write(`${lineOf(finding)}\n`)
  const sound = isSound(findings)
  io.stdout.write(sound
    ? `\nSound: nothing in ${path} was changed since it was signed.\n`
    : `\nNOT SOUND: ${path} is not what was signed.\n`)
  return sound ? 0 : 1
}

const marks: Readonly<Record<Finding['result'], string>> = { holds: 'holds  ', fails: 'FAILS  ', unknown: 'unknown' }

const lineOf = ({ result, code, sentence }: Finding): string => `${marks[result]}  ${sentence}${code === null ? '' : ` [${code}]`}`

async function bytesOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new UsageError(`There is no file ${path}.`)
  if (found.size > limits.sealedFileBytesMax) throw new CommandRefused(`${path} is larger than any sealed text.`)
  return readFile(path)
}

/** As 64 hexadecimal digits: the key, or its fingerprint with or without spaces. */
async function keyGiven(given: string): Promise<string> {
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
