/**
 * The keys of a data folder: `keys/public-keys.json` lists every public key with its times, `keys/<keyId>.pem` is the private one
 * that the server signs with. Whoever keeps that elsewhere names it by OMNIBUS_SIGNING_KEY or OMNIBUS_SIGNING_KEY_FILE; then
 * only the public keys are here.
 */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { fingerprintOf, keyIdOf, type DatedKey } from '../../shared/lifecycle/signature.ts'
import { KeyError, keysOf, newPrivateKey, privateKeyOf, publicKeyOf, type Keys } from './keys.ts'

/** Where the private key is: in the data folder, or with whoever runs the server. */
export type KeySource = { readonly from: 'folder' } | { readonly from: 'variable'; readonly pem: string } | { readonly from: 'file'; readonly path: string }

export const KEYS_FOLDER = 'keys'
const LIST_FILE = 'public-keys.json'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const listSchema = z.array(z.strictObject({ keyId: hex, publicKey: hex, sinceMs: z.number().int().min(0), untilMs: z.number().int().min(0).nullable() }))

export interface OpenedKeys {
  readonly keys: Keys
  /** One line each, for whoever runs the server. */
  readonly warnings: readonly string[]
}

/** Makes a key where there is none yet. Throws a KeyError. */
export function openKeys(dataFolder: string, source: KeySource, nowMs: number): OpenedKeys {
  const folder = join(dataFolder, KEYS_FOLDER)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const warnings = wide(folder, 0o077) ? [`Others on this machine may read the folder ${folder}. Close it with \`chmod 700 ${folder}\`.`] : []
  const list = readKeyList(dataFolder)
  const last = list.at(-1)
  if (source.from !== 'folder') {
    const key = elsewhere(source)
    if (source.from === 'file' && wide(source.path, 0o077)) warnings.push(`Others on this machine may read the signing key ${source.path}. Close it with \`chmod 600 ${source.path}\`.`)
    return { keys: kept(folder, list, key, nowMs), warnings }
  }
  if (last === undefined) return { keys: made(folder, list, nowMs), warnings }
  const path = join(folder, `${last.keyId}.pem`)
  if (!existsSync(path)) {
    throw new KeyError(
      `The signing key ${fingerprintOf(last.keyId)} is not in ${folder}. Name it with OMNIBUS_SIGNING_KEY_FILE, put it back, or make a new one with \`omnibus keys rotate\`.`,
    )
  }
  if (wide(path, 0o077)) throw new KeyError(`Others on this machine may read the signing key ${path}. Close it with \`chmod 600 ${path}\`; if somebody may have read it, make a new one with \`omnibus keys rotate\`.`)
  const key = privateKeyOf(readFileSync(path, 'utf8'), path)
  if (publicKeyOf(key).keyId !== last.keyId) throw new KeyError(`${path} holds another key than its name says. Put the right one back, or make a new one with \`omnibus keys rotate\`.`)
  return { keys: keysOf(key, last, list.slice(0, -1)), warnings }
}

/** A new key from now on; the private one before it is deleted, its public one kept. The caller holds the data folder's lock. */
export function rotateKeys(dataFolder: string, nowMs: number): Keys {
  const folder = join(dataFolder, KEYS_FOLDER)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const list = readKeyList(dataFolder)
  const keys = made(folder, list, nowMs)
  for (const { keyId } of list) rmSync(join(folder, `${keyId}.pem`), { force: true })
  return keys
}

/** Every public key that the server of this folder has signed with, the present one last; none before its first start. */
export function readKeyList(dataFolder: string): readonly DatedKey[] {
  const path = join(dataFolder, KEYS_FOLDER, LIST_FILE)
  if (!existsSync(path)) return []
  const read = listSchema.safeParse(jsonOrNull(readFileSync(path, 'utf8')))
  if (read.success && read.data.every(({ keyId, publicKey }) => keyIdOf(publicKey) === keyId)) return read.data
  throw new KeyError(`${path} is not the list of public keys that the server wrote. Put it back from a backup.`)
}

function made(folder: string, list: readonly DatedKey[], nowMs: number): Keys {
  const pem = newPrivateKey()
  const key = privateKeyOf(pem, folder)
  // The key first: a list that names one that is not there would keep the server from starting.
  write(join(folder, `${publicKeyOf(key).keyId}.pem`), pem, 0o600)
  return kept(folder, list, key, nowMs)
}

/** The list with this key as its present one, written where it was not. */
function kept(folder: string, list: readonly DatedKey[], key: KeyObject, nowMs: number): Keys {
  const last = list.at(-1)
  const { keyId, publicKey } = publicKeyOf(key)
  if (last?.keyId === keyId) return keysOf(key, last, list.slice(0, -1))
  const before = list.map((one) => (one.untilMs === null ? { ...one, untilMs: Math.max(nowMs, one.sinceMs) } : one))
  const current: DatedKey = { keyId, publicKey, sinceMs: Math.max(nowMs, before.at(-1)?.untilMs ?? 0), untilMs: null }
  write(join(folder, LIST_FILE), `${JSON.stringify([...before, current], null, 2)}\n`, 0o600)
  return keysOf(key, current, before)
}

function elsewhere(source: Exclude<KeySource, { from: 'folder' }>): KeyObject {
  if (source.from === 'variable') return privateKeyOf(source.pem, 'OMNIBUS_SIGNING_KEY')
  let pem: string
  try {
    pem = readFileSync(source.path, 'utf8')
  } catch {
    throw new KeyError(`The signing key ${source.path}, which OMNIBUS_SIGNING_KEY_FILE names, cannot be read.`)
  }
  return privateKeyOf(pem, source.path)
}

/** Whole or not at all, also where the machine stops meanwhile. */
function write(path: string, text: string, mode: number): void {
  const beside = `${path}.new`
  rmSync(beside, { force: true })
  const file = openSync(beside, 'wx', mode)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  // The umask may have taken more away than it should.
  chmodSync(beside, mode)
  renameSync(beside, path)
}

/** Windows has other rights, which the mode does not tell. */
const wide = (path: string, bits: number): boolean => process.platform !== 'win32' && (statSync(path).mode & bits) !== 0

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
