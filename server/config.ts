/** What the environment decides. */
import { z } from 'zod'
import { limits } from '../shared/wire/limits.ts'
import type { KeySource } from './keys/folder.ts'

export interface Config {
  /** 0 asks the system for any free one. */
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** Messages that one person may say in a room a second, in the long run. */
  readonly updatesPerSecondMax: number
  readonly keySource: KeySource
}

const schema = z.object({
  PORT: z.string().regex(/^\d{1,5}$/).transform(Number).refine((port) => port <= 65_535).default(8080),
  HOST: z.string().trim().min(1).regex(/^[^\s/]+$/).default('127.0.0.1'),
  OMNIBUS_DATA: z.string().min(1).default('./data'),
  OMNIBUS_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OMNIBUS_UPDATES_PER_SECOND: z.string().regex(/^[1-9]\d{0,5}$/).transform(Number).default(limits.updatesPerSecondMax),
  OMNIBUS_SIGNING_KEY: z.string().optional(),
  OMNIBUS_SIGNING_KEY_FILE: z.string().min(1).optional(),
})

const expected: Readonly<Record<string, string>> = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'a host name or address to listen on, such as 127.0.0.1 or 0.0.0.0',
  OMNIBUS_DATA: 'the path of the data folder',
  OMNIBUS_LOG: 'one of fatal, error, warn, info, debug, trace, silent',
  OMNIBUS_UPDATES_PER_SECOND: 'how many messages one person may say a second in a room, from 1 to 999999',
  OMNIBUS_SIGNING_KEY_FILE: 'the path of a file with an Ed25519 private key as PEM (PKCS#8)',
}

/** The address to open in a browser on the same machine. */
export function addressOf(host: string, port: number): string {
  const named = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`
}

/** Its message is one line for whoever started the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Throws a ConfigError that names the variable, what it holds and what it should hold. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = schema.safeParse(environment)
  if (read.success) {
    const { PORT, HOST, OMNIBUS_DATA, OMNIBUS_LOG, OMNIBUS_UPDATES_PER_SECOND, OMNIBUS_SIGNING_KEY: pem, OMNIBUS_SIGNING_KEY_FILE: path } = read.data
    if (pem !== undefined && path !== undefined) throw new ConfigError('OMNIBUS_SIGNING_KEY and OMNIBUS_SIGNING_KEY_FILE are both set; one of them should be.')
    const keySource: KeySource = pem !== undefined ? { from: 'variable', pem } : path !== undefined ? { from: 'file', path } : { from: 'folder' }
    return { port: PORT, host: HOST, dataFolder: OMNIBUS_DATA, logLevel: OMNIBUS_LOG, updatesPerSecondMax: OMNIBUS_UPDATES_PER_SECOND, keySource }
  }
  const name = String(read.error.issues[0]?.path[0])
  throw new ConfigError(`${name} is ${JSON.stringify(environment[name])}; it should be ${expected[name]}.`)
}
