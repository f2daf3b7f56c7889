/** `omnibus keys [rotate]`: the public keys of a data folder, and a new one to sign with from now on. */
import { fingerprintOf, type DatedKey } from '../../shared/lifecycle/signature.ts'
import type { Config } from '../config.ts'
import { readKeyList, rotateKeys } from '../keys/folder.ts'
import { publicPemOf } from '../keys/keys.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { CliOutput } from './convert.ts'
import { readWords, UsageError } from './usage.ts'

const usage = 'Usage: omnibus keys [rotate]'

export async function runKeys(args: string[], io: CliOutput, config: Config): Promise<number> {
  const { positionals: [what] } = readWords(args, [], 1, usage)
  if (what !== undefined && what !== 'rotate') throw new UsageError(usage)
  if (what === 'rotate') return rotate(io, config)
  const known = readKeyList(config.dataFolder)
  if (known.length === 0) io.stdout.write('There is no key yet: the server makes one at its first start.\n')
  for (const key of known) io.stdout.write(toldOf(key))
  if (config.keySource.from !== 'folder') io.stdout.write('The private key is kept elsewhere, as OMNIBUS_SIGNING_KEY or OMNIBUS_SIGNING_KEY_FILE says.\n')
  return 0
}

async function rotate(io: CliOutput, config: Config): Promise<number> {
  if (config.keySource.from !== 'folder') {
    throw new UsageError('The private key is kept elsewhere: put another in its place, and the server keeps the public one before it at its next start.')
  }
  // Holds the data folder: a running server would go on signing with the old key.
  const store = await openSqliteStore(config.dataFolder)
  try {
    const { current } = rotateKeys(config.dataFolder, Date.now())
    io.stdout.write(toldOf(current))
    io.stderr.write('The server signs with this key from its next start. Tell its fingerprint to those who check. Texts signed before are checked with the keys before it, which are kept.\n')
    return 0
  } finally {
    await store.close()
  }
}

const day = (atMs: number): string => new Date(atMs).toISOString()

const toldOf = ({ keyId, publicKey, sinceMs, untilMs }: DatedKey): string =>
  `fingerprint ${fingerprintOf(keyId)}\n`
  + `public key  ${publicKey}\n`
  + `signs       from ${day(sinceMs)}${untilMs === null ? '' : ` until ${day(untilMs)}`}\n`
  + `${publicPemOf(publicKey)}\n`
