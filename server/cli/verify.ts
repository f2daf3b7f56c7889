/** `omnibus verify FILE [--key PUB]`: checks a sealed text without a server, and says what was checked and what was not. */
import { isSound } from '../../shared/lifecycle/finding.ts'
import { verifySealed } from '../../shared/lifecycle/verify.ts'
import { checkSignature } from '../keys/keys.ts'
import type { CliOutput } from './convert.ts'
import { bytesOf, keyGiven, lineOf } from './checking.ts'
import { readWords, UsageError } from './usage.ts'

const usage = 'Usage: omnibus verify FILE [--key PUB], where PUB is a public key or fingerprint in hexadecimal digits, or a file with the key as PEM.'

/** 1 where anything does not hold. */
export async function runVerify(args: string[], io: CliOutput): Promise<number> {
  const { positionals: [path], values } = readWords(args, ['key'], 1, usage)
  if (path === undefined) throw new UsageError(usage)
  const key = values.key === undefined ? null : await keyGiven(values.key, usage)
  const findings = await verifySealed(await bytesOf(path), { key, check: checkSignature })
  for (const finding of findings) io.stdout.write(lineOf(finding))
  const sound = isSound(findings)
  io.stdout.write(sound
    ? `\nSound: nothing in ${path} was changed since it was signed.\n`
    : `\nNOT SOUND: ${path} is not what was signed.\n`)
  return sound ? 0 : 1
}
